//! How figures and words of the corpus are shown to people, and who is listening.

use std::io::{self, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};

use super::args::{Color, ProgressMode};
use super::stdout;

/// How loud, in which form, in which colour.
#[derive(Clone, Copy, Debug)]
pub(super) struct Voice {
    pub(super) quiet: bool,
    /// What `auto` came to: never `Auto`, which stands for bars here.
    pub(super) progress: ProgressMode,
    color: ColorChoice,
}

impl Voice {
    pub(super) fn new(quiet: bool, progress: ProgressMode, color: Color) -> Voice {
        Voice {
            quiet,
            progress: match progress {
                _ if quiet => ProgressMode::None,
                ProgressMode::Auto if !io::stderr().is_terminal() => ProgressMode::Plain,
                mode => mode,
            },
            color: match color {
                Color::Auto => ColorChoice::Auto,
                Color::Always => ColorChoice::Always,
                Color::Never => ColorChoice::Never,
            },
        }
    }

    /// Whether a program reads along.
    pub(super) fn is_json(self) -> bool {
        self.progress == ProgressMode::Json
    }

    /// Says something beside the result: to standard error, where nobody needs to hear it.
    pub(super) fn tell(self, text: &str) {
        if !self.quiet {
            self.fail(text);
        }
    }

    /// Says why the exit code is not 0: to standard error, also where it should be quiet.
    pub(super) fn fail(self, text: &str) {
        let mut err = AutoStream::new(io::stderr().lock(), self.color);
        let _ = err.write_all(text.as_bytes()); // a closed standard error is no failure
    }

    /// Prints a result.
    pub(super) fn print(self, text: &str) -> io::Result<()> {
        if self.quiet {
            Ok(())
        } else {
            stdout::write(text.as_bytes(), self.color)
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
        match character {
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                shown.extend(character.escape_unicode());
            }
            _ if character.is_control() => shown.extend(character.escape_default()),
            _ => shown.push(character),
        }
    }
    shown
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
}
