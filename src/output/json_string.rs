//! Strings of JSON: UTF-8 as it is, but for what JSON must escape and what a terminal would obey.
//!
//! Rows are printed, too (`index export-clusters`, `cat clusters.jsonl`), with ids and publishers
//! that others wrote. JSON itself escapes what is below space; C1 controls, marks of direction and
//! separators of lines ([`is_steering`]) are escaped here, which is the same value to every reader.

use crate::shown::is_steering;

const HEX: &[u8; 16] = b"0123456789abcdef";

/// Writes a string with its quotes.
pub(super) fn string(value: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    // Without a branch a byte, so that it runs 16 bytes at a time; ids rarely need more.
    if value
        .bytes()
        .fold(false, |any, byte| any | may_need_escape(byte))
    {
        escape(value, out);
    } else {
        out.extend_from_slice(value.as_bytes());
    }
    out.push(b'"');
}

/// Whether a byte is escaped, or begins a character that may be: steering ones begin with these.
fn may_need_escape(byte: u8) -> bool {
    let may_steer = (byte == 0xc2) | (byte == 0xd8) | (byte == 0xe2);
    (byte < 0x20) | (byte == b'"') | (byte == b'\\') | (byte == 0x7f) | may_steer
}

fn escape(value: &str, out: &mut Vec<u8>) {
    let mut copied = 0;
    for (at, byte) in value.bytes().enumerate() {
        if !may_need_escape(byte) {
            continue;
        }
        let character = value[at..].chars().next().unwrap_or_default();
        if byte >= 0x80 && !is_steering(character) {
            continue;
        }
        out.extend_from_slice(&value.as_bytes()[copied..at]);
        copied = at + character.len_utf8();
        match character {
            '"' => out.extend_from_slice(b"\\\""),
            '\\' => out.extend_from_slice(b"\\\\"),
            '\n' => out.extend_from_slice(b"\\n"),
            '\r' => out.extend_from_slice(b"\\r"),
            '\t' => out.extend_from_slice(b"\\t"),
            '\u{8}' => out.extend_from_slice(b"\\b"),
            '\u{c}' => out.extend_from_slice(b"\\f"),
            other => unit(u32::from(other), out),
        }
    }
    out.extend_from_slice(&value.as_bytes()[copied..]);
}

/// Writes `\u202e`. All that is escaped is below U+10000.
fn unit(code: u32, out: &mut Vec<u8>) {
    out.extend_from_slice(b"\\u");
    for shift in [12, 8, 4, 0] {
        out.push(HEX[(code >> shift & 15) as usize]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(value: &str) -> String {
        let mut out = Vec::new();
        string(value, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_steers_is_escaped() {
        for (text, want) in [
            ("it’s Zürich, Ø 3 m", "\"it’s Zürich, Ø 3 m\""),
            ("a\u{9b}31mb", "\"a\\u009b31mb\""),
            ("gpj\u{202e}exe\u{2069}", "\"gpj\\u202eexe\\u2069\""),
            ("\u{1b}]0;\u{7f}\n\u{8}", "\"\\u001b]0;\\u007f\\n\\b\""),
            ("\u{61c}\"\\", "\"\\u061c\\\"\\\\\""),
        ] {
            assert_eq!(written(text), want);
        }
    }

    proptest! {
        #[test]
        fn every_reader_finds_the_same_text(text in "(\\PC|[\\x00-\\xff’\u{2020}-\u{2070}\u{600}-\u{620}]){0,40}") {
            let written = written(&text);
            prop_assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
            prop_assert!(!written.contains(|c: char| c.is_control() || is_steering(c)));
        }

        #[test]
        fn other_strings_are_written_as_serde_json_writes_them(text in "(\\PC|[\\x00-\\x7e]){0,40}") {
            prop_assume!(!text.contains(is_steering));
            prop_assert_eq!(written(&text), serde_json::to_string(&text).unwrap());
        }
    }
}
