//! Hostile text, made inert.
//!
//! Titles and texts come from anywhere. Three ways of breaking out of a page are closed here; the
//! fourth, HTML, is closed by the templates, which escape whatever they are given.
//!
//! - *Out of a data block.* `</script>` ends one, whatever JSON thinks of it: `<`, `>` and `&` are
//!   written as JSON escapes, and so are U+2028 and U+2029, which end a line in older scripts.
//! - *Out of its line.* Directional embeddings, overrides and isolates (U+202A–E, U+2066–9) turn
//!   the text around them too; an unpaired U+2069 even closes the isolate that a `<bdi>` opens.
//!   They are shown as U+2060, which is as long and does nothing. Letters keep their direction.
//! - *Out of the text altogether.* NUL and other controls are shown as U+FFFD.

use serde::Serialize;

/// A value as JSON that can be in a `<script>` of any page.
pub(super) fn json<T: Serialize + ?Sized>(value: &T) -> String {
    let plain = serde_json::to_string(value).expect("tables of numbers and strings are JSON");
    let mut safe = String::with_capacity(plain.len() + plain.len() / 16);
    for c in plain.chars() {
        match c {
            '<' => safe.push_str("\\u003c"),
            '>' => safe.push_str("\\u003e"),
            '&' => safe.push_str("\\u0026"),
            '\u{2028}' => safe.push_str("\\u2028"),
            '\u{2029}' => safe.push_str("\\u2029"),
            _ => safe.push(c),
        }
    }
    safe
}

/// A text as it may be shown, on one line, `most` characters of it.
pub(super) fn shown(text: &str, most: usize) -> String {
    let mut shown: String = (text.chars().take(most))
        .map(|c| match c {
            '\t' | '\n' | '\r' => ' ',
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => '\u{2060}',
            _ if c.is_control() => '\u{FFFD}',
            _ => c,
        })
        .collect();
    if text.chars().nth(most).is_some() {
        shown.push('…');
    }
    shown
}

/// The longest beginning of a text that has at most `most` characters, cut between words where
/// that costs little.
pub(super) fn opening(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else {
        return text.to_owned();
    };
    let cut = &text[..end];
    let word = cut.rfind(char::is_whitespace).unwrap_or(end);
    let end = if word * 4 >= end * 3 { word } else { end };
    format!("{}…", &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_data_block_cannot_be_left() {
        let hostile = "</script><script>alert(1)</script><!-- & \u{2028}\u{2029}\0";
        let safe = json(hostile);
        for forbidden in ["<", ">", "&", "\u{2028}", "\u{2029}", "\0"] {
            assert!(!safe.contains(forbidden), "{safe}");
        }
        assert_eq!(serde_json::from_str::<String>(&safe).unwrap(), hostile);
    }

    #[test]
    fn a_title_cannot_turn_its_line() {
        assert_eq!(
            shown("a\u{202E}b\u{2069}\0c\nd", 99),
            "a\u{2060}b\u{2060}\u{FFFD}c d"
        );
        assert_eq!(shown("سلام\u{200F}", 99), "سلام\u{200F}");
    }

    #[test]
    fn a_word_without_end_is_cut() {
        let word = "x".repeat(10_000_000);
        assert_eq!(shown(&word, 5), "xxxxx…");
        assert_eq!(opening(&word, 5), "xxxxx…");
        assert_eq!(
            opening("harbour pilots return to work", 25),
            "harbour pilots return to…"
        );
        assert_eq!(opening("short", 5), "short");
    }
}
