//! What JSON Lines begin with.

use super::form::HEAD_BYTES;
use super::lines::BYTE_ORDER_MARK;
use super::options::ReadOptions;
use super::seen::Seen;
use super::tolerant;

/// The first lines that are asked whether they hold a text.
const ASKED: usize = 20;

/// Whether a file begins with an object.
pub(super) fn is_object(head: &[u8]) -> bool {
    text(head).starts_with('{')
}

/// Whether one of the first lines has a text.
pub(super) fn names_text(head: &[u8], options: &ReadOptions) -> bool {
    let mut seen = Seen::default();
    let lines = text(head).lines().take(ASKED);
    lines.for_each(|line| seen.line(line.as_bytes()));
    seen.has_text(options)
}

/// Whether the first line is all of an object, and not the beginning of one.
pub(super) fn first_is_whole(head: &[u8]) -> bool {
    let first = text(head).lines().next().unwrap_or_default();
    tolerant::each_value(first.as_bytes(), &mut |_, _| {})
}

/// Whether one of the first lines has a value of so many bytes, or may have one behind its cut.
pub(super) fn has_long_value(head: &[u8], bytes: usize) -> bool {
    let mut has = false;
    for line in text(head).lines().take(ASKED) {
        let is_whole = tolerant::each_value(line.as_bytes(), &mut |_, raw| {
            has |= raw.len() >= bytes;
        });
        has |= !is_whole; // of half a line nothing is known
    }
    has
}

/// The beginning, as far as it is text.
fn text(head: &[u8]) -> &str {
    let head = head.strip_prefix(BYTE_ORDER_MARK).unwrap_or(head);
    let head = &head[..head.len().min(HEAD_BYTES)];
    let valid = head.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    valid.trim_ascii_start()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_in_the_first_lines() {
        let options = ReadOptions::default();
        let has = |head: &str| names_text(head.as_bytes(), &options);
        assert!(has("{\"text\":null}\n{\"text\":\"x\"}\n"));
        assert!(!has("{\"features\": {\"text\": {\"dtype\": \"string\"}}}"));
        assert!(is_object(b"\xEF\xBB\xBF {") && !is_object(b"[{"));
        assert!(has_long_value(b"{\"a\": 1}\n{\"a\": \"long\"}", 6));
        assert!(!has_long_value(b"{\"a\": 1}\n{\"a\": \"long\"}", 7));
        assert!(has_long_value(b"{\"a\": 1}\n{\"a\"", 7), "half a line");
        assert!(first_is_whole(b"{\"a\": NaN}\n{") && !first_is_whole(b"{\"a\": NaN"));
    }
}
