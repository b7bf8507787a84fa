//! How words that others wrote are shown: what steers a terminal, or turns a line around, made visible.
//!
//! Names of files, of fields and of columns come with the inputs, and a terminal obeys what is in
//! them: ESC and its 8-bit relatives (C1) colour, move and retitle, a line break forges a line of a
//! log, direction marks make `gpj.exe` read `exe.jpg`. git quotes such names for the same reason.
//!
//! Errors show names by [`shown`] and [`shown_path`]. JSON needs no help with control characters
//! below space, which it must escape anyway; [`is_steering`] names the others.

use std::borrow::Cow;
use std::fmt::Write;
use std::path::Path;

/// Whether a terminal, or a reader of lines, would obey this character rather than show it; those
/// below space and DEL, the *controls*, apart.
///
/// C1 controls; marks, overrides and isolates of direction (Unicode Standard Annex 9, and CVE-2021-42574
/// for what they do to what is read); the separators of lines and paragraphs.
pub fn is_steering(character: char) -> bool {
    matches!(character,
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}')
}

/// Text with every control and steering character written as Rust writes it: `\n`, `\u{1b}`.
pub fn shown(text: &str) -> Cow<'_, str> {
    let is_odd = |character: char| character.is_control() || is_steering(character);
    if !text.contains(is_odd) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match is_odd(character) {
            true => shown.extend(character.escape_default()),
            false => shown.push(character),
        }
    }
    Cow::Owned(shown)
}

/// Characters of one of several that are shown: more than names have.
const LONGEST: usize = 40;
/// How many of several are shown.
const SHOWN: usize = 24;

/// The same of several, with a comma between. What is no name, such as an article where a header should be, is cut, and so are
/// very many.
pub fn shown_list(texts: &[String]) -> String {
    let one = |text: &String| {
        let text = shown(text);
        match text.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text.into_owned(),
        }
    };
    let shown: Vec<String> = texts.iter().take(SHOWN).map(one).collect();
    let listed = shown.join(", ");
    match texts.len().saturating_sub(SHOWN) {
        0 => listed,
        more => format!("{listed} and {more} more"),
    }
}

/// A path: its text as [`shown`], its bytes that are no UTF-8 as `\xff`. Two paths of different bytes
/// are shown differently, unless one has such an escape in its own name.
pub fn shown_path(path: &Path) -> String {
    shown(&path_text(path)).into_owned()
}

/// A path as text, with its bytes that are no UTF-8 as `\xff`.
pub fn path_text(path: &Path) -> Cow<'_, str> {
    let bytes = path.as_os_str().as_encoded_bytes();
    if let Ok(text) = str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let mut text = String::with_capacity(bytes.len() + 8);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            write!(text, "\\x{byte:02x}").expect("a string takes all");
        }
    }
    Cow::Owned(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_is_written_out() {
        for (text, want) in [
            ("fields-1 Zürich 日本 👍", "fields-1 Zürich 日本 👍"),
            ("a\u{1b}[31mb\nc", "a\\u{1b}[31mb\\nc"),
            ("\u{9b}2J", "\\u{9b}2J"),
            ("gpj\u{202e}exe", "gpj\\u{202e}exe"),
            ("a\u{2028}b\u{2069}\u{7f}", "a\\u{2028}b\\u{2069}\\u{7f}"),
        ] {
            assert_eq!(shown(text), want);
        }
        assert_eq!(shown_list(&["a".into(), "\r".into()]), "a, \\r");
        let article = shown_list(&["é".repeat(3000), "b".into()]);
        assert_eq!(article, format!("{}…, b", "é".repeat(40)));
        assert!(shown_list(&vec!["x".to_owned(); 30]).ends_with("x and 6 more"));
    }

    #[cfg(unix)]
    #[test]
    fn bytes_that_are_no_text_distinguish_paths() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let path = |bytes| shown_path(Path::new(OsStr::from_bytes(bytes)));
        assert_eq!(path(b"day-\xff.jsonl"), "day-\\xff.jsonl");
        assert_eq!(path(b"day-\xfe\x1b.jsonl"), "day-\\xfe\\u{1b}.jsonl");
        assert_eq!(path("tägl\u{9c}".as_bytes()), "tägl\\u{9c}");
    }
}
