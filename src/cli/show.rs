//! How figures and words of the corpus are shown to people, and who is listening.

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::Path;

use anstream::{AutoStream, ColorChoice};
use serde_json::json;

use wirecopy::shown::{is_steering, shown_path};

use super::args::execute::{Color, ProgressMode};
use super::{event, stdout, wrap};

/// How loud, in which form, in which colour.
#[derive(Clone, Copy, Debug)]
pub(super) struct Voice {
    pub(super) quiet: bool,
    pub(super) progress: ProgressMode,
    pub(super) color: ColorChoice,
    /// Columns of standard error and standard output, where they are terminals.
    wide: Option<usize>,
    pub(super) wide_out: Option<usize>,
}

impl Voice {
    pub(super) fn new(quiet: bool, progress: ProgressMode, color: Color) -> Voice {
        Voice {
            quiet,
            progress: match progress {
                _ if quiet => ProgressMode::None,
                mode => mode,
            },
            color: match color {
                Color::Auto => ColorChoice::Auto,
                Color::Always => ColorChoice::Always,
                Color::Never => ColorChoice::Never,
            },
            wide: wrap::width(io::stderr()),
            wide_out: wrap::width(io::stdout()),
        }
    }

    /// Whether a program reads along.
    pub(super) fn is_json(self) -> bool {
        self.progress == ProgressMode::Json
    }

    /// Prints a note beside the result, to standard error; not where it should be quiet.
    pub(super) fn note(self, text: &str) {
        if !self.quiet {
            self.fail(text);
        }
    }

    /// Says why the exit code is not 0: to standard error, also where it should be quiet.
    pub(super) fn fail(self, text: &str) {
        let mut err = AutoStream::new(io::stderr().lock(), self.color);
        let text = match self.wide.filter(|_| !self.is_json()) {
            Some(width) => Cow::Owned(wrap::wrapped(&tame(text), width)),
            None => tame(text),
        };
        let _ = err.write_all(text.as_bytes()); // a closed standard error is no failure
    }

    /// Warns of something: an event for programs, a line for people; `always` also where it should be quiet.
    pub(super) fn warn(self, kind: &str, message: &str, always: bool) {
        let text = match self.is_json() {
            true => event::line(json!({ "event": "warning", "kind": kind, "message": message })),
            false => format!("wirecopy: warning: {message}\n"),
        };
        match always {
            true => self.fail(&text),
            false => self.note(&text),
        }
    }

    /// Prints a result.
    pub(super) fn print(self, text: &str) -> io::Result<()> {
        match self.wide_out {
            Some(width) => self.print_whole(&wrap::wrapped(text, width)),
            None => self.print_whole(text),
        }
    }

    /// Prints a result whose lines stay whole: those of programs.
    pub(super) fn print_whole(self, text: &str) -> io::Result<()> {
        match self.quiet {
            true => Ok(()),
            false => stdout::write(text, self.color),
        }
    }
}

/// A number with its thousands apart: `1,234,567`.
pub(super) fn number(value: u64) -> String {
    let digits = value.to_string();
    let mut shown = String::with_capacity(digits.len() * 4 / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// What is said, with nothing in it that steers a terminal but line ends, tabs and styles. Names and
/// words of a corpus are [`safe`] before; this is for what was forgotten, and for JSON, of which it
/// changes no value: outside of strings there is none of these.
pub(super) fn tame(text: &str) -> Cow<'_, str> {
    let mut tame = Cow::Borrowed("");
    let mut copied = 0;
    for (at, character) in text.char_indices() {
        let steers = match character {
            '\n' | '\t' => false,
            '\u{1b}' => !is_style(&text[at..]),
            other => other.is_control() || is_steering(other),
        };
        if steers {
            let tame = tame.to_mut();
            tame.push_str(&text[copied..at]);
            tame.push_str(&format!("\\u{:04x}", u32::from(character)));
            copied = at + character.len_utf8();
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    tame.to_mut().push_str(&text[copied..]);
    tame
}

/// Whether the text begins with colour or weight, as ours does: `ESC [ 1 m`.
fn is_style(text: &str) -> bool {
    let parameters = text.strip_prefix("\u{1b}[").unwrap_or_default();
    let parameters = parameters.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';');
    parameters.starts_with('m')
}

/// A number of things: `1 document`, `1,234 documents`.
pub(super) fn count(value: u64, thing: &str) -> String {
    format!(
        "{} {thing}{}",
        number(value),
        if value == 1 { "" } else { "s" }
    )
}

/// Bytes: `890 bytes`, `1.2 GB`. Powers of 1024, as flags take them.
pub(super) fn bytes(value: u64) -> String {
    const UNITS: [&str; 4] = ["KB", "MB", "GB", "TB"];
    let mut scaled = value as f64;
    let mut unit = None;
    for name in UNITS {
        if scaled < 999.5 {
            break;
        }
        scaled /= 1024.0;
        unit = Some(name);
    }
    match unit {
        None => count(value, "byte"),
        Some(name) if scaled < 9.95 => format!("{scaled:.1} {name}"),
        Some(name) => format!("{scaled:.0} {name}"),
    }
}

/// A part of a whole: `26.8 %`. Less than all is never 100, more than nothing never 0.
pub(super) fn percent(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "0 %".into();
    }
    let share = part as f64 * 100.0 / whole as f64;
    match part {
        0 => "0 %".into(),
        _ if part == whole => "100 %".into(),
        _ if share < 0.05 => "< 0.1 %".into(),
        _ if share >= 99.95 => "> 99.9 %".into(),
        _ => format!("{share:.1} %"),
    }
}

/// A duration in seconds: `0.3 s`, `12 s`, `3 min 20 s`, `2 h 05 min`.
pub(super) fn seconds(value: f64) -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // saturates
    let whole = value.round() as u64;
    match whole {
        _ if value < 9.95 => format!("{value:.1} s"),
        0..60 => format!("{whole} s"),
        60..3600 => format!("{} min {:02} s", whole / 60, whole % 60),
        _ => format!("{} h {:02} min", whole / 3600, whole / 60 % 60),
    }
}

/// Words of the corpus, cut to a width, control and direction characters made visible: a terminal
/// obeys them.
pub(super) fn safe(text: &str, width: usize) -> String {
    let mut shown = String::new();
    for (at, character) in text.chars().enumerate() {
        if at == width {
            shown.push('…');
            break;
        }
        match character.is_control() || is_steering(character) {
            true => shown.extend(character.escape_default()),
            false => shown.push(character),
        }
    }
    shown
}

/// A path as it may be typed again.
pub(super) fn path(path: &Path) -> String {
    let text = shown_path(path);
    let plain = |c: char| c.is_alphanumeric() || "/._-+:@%,=#…".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(number(0), "0");
        assert_eq!(number(999), "999");
        assert_eq!(number(1_234), "1,234");
        assert_eq!(number(1_234_567), "1,234,567");
        assert_eq!(count(1, "cluster"), "1 cluster");
    }

    #[test]
    fn sizes_and_times_fit_their_order() {
        assert_eq!(bytes(890), "890 bytes");
        assert_eq!(bytes(1 << 20), "1.0 MB");
        assert_eq!(bytes(64 << 20), "64 MB");
        assert_eq!(bytes(3 << 30), "3.0 GB");
        assert_eq!(seconds(0.26), "0.3 s");
        assert_eq!(seconds(200.0), "3 min 20 s");
        assert_eq!(seconds(7500.0), "2 h 05 min");
    }

    #[test]
    fn a_part_is_neither_nothing_nor_all() {
        assert_eq!(percent(1, 1_000_000), "< 0.1 %");
        assert_eq!(percent(999_999, 1_000_000), "> 99.9 %");
        assert_eq!(percent(15, 56), "26.8 %");
        assert_eq!(percent(0, 0), "0 %");
    }

    #[test]
    fn a_terminal_obeys_no_document() {
        assert_eq!(safe("a\u{1b}[31mb\nc", 20), "a\\u{1b}[31mb\\nc");
        assert_eq!(safe("x\u{202e}y", 20), "x\\u{202e}y");
        assert_eq!(safe("Zürich", 3), "Zür…");
    }

    #[test]
    fn what_was_forgotten_steers_nothing() {
        let styled = "\u{1b}[1mFound\u{1b}[0m\n\tZürich 👍\n";
        assert_eq!(tame(styled), styled);
        assert_eq!(
            tame("a\u{1b}]0;x\u{7}\u{9b}2Jb"),
            "a\\u001b]0;x\\u0007\\u009b2Jb"
        );
        let json = serde_json::json!({"id": "a\u{9b}\u{202e}\u{7f}"}).to_string();
        assert_eq!(tame(&json), r#"{"id":"a\u009b\u202e\u007f"}"#);
    }

    #[test]
    fn a_path_can_be_typed_again() {
        assert_eq!(path(Path::new("a/b.jsonl")), "a/b.jsonl");
        assert_eq!(path(Path::new("my news")), "'my news'");
        assert_eq!(path(Path::new("it's")), r"'it'\''s'");
    }
}
