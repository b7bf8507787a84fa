//! What JSON a file begins with: an object a line, one value over many lines, or an array.

use std::path::Path;

use serde::de::IgnoredAny;
use serde_json::Deserializer;

use super::form::HEAD_BYTES;
use super::lines::BYTE_ORDER_MARK;
use super::options::ReadOptions;
use super::sample::Seen;
use super::tolerant;

/// How the JSON of a file is laid out.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Layout {
    /// An object a line, and how many there may be: one, or several.
    Lines {
        /// Whether something follows the first.
        several: bool,
    },
    /// An object over many lines, as programs print it for people.
    Spread,
    /// An array of objects.
    Array,
}

impl Layout {
    /// What was found where lines are expected, and the way out.
    pub(super) fn says(self, path: &Path) -> String {
        let (what, filter) = match self {
            Layout::Array => ("a JSON array", "'.[]'"),
            Layout::Spread => ("JSON over several lines", "."),
            Layout::Lines { .. } => ("one JSON value without a text", "."),
        };
        let path = path.display();
        format!(
            "found {what}, expected JSON Lines (one object a line): convert it with `jq -c {filter} '{path}'`"
        )
    }
}

/// The first lines that are asked whether they hold a text.
const ASKED: usize = 20;

/// How the JSON is laid out that a file begins with; nothing if it begins with something else.
pub(super) fn layout(head: &[u8]) -> Option<Layout> {
    let text = text(head);
    match text.bytes().next()? {
        b'[' => text[1..]
            .trim_ascii_start()
            .starts_with('{')
            .then_some(Layout::Array),
        b'{' => {
            let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
            let several = !rest.trim_ascii().is_empty();
            // A first line that ends too soon is half a record, unless what follows goes on with it.
            let is_half = |text: &str| {
                let value = Deserializer::from_str(text)
                    .into_iter::<IgnoredAny>()
                    .next();
                value
                    .and_then(Result::err)
                    .is_some_and(|error| error.is_eof())
            };
            let goes_on = || {
                let value = Deserializer::from_str(text)
                    .into_iter::<IgnoredAny>()
                    .next();
                value.is_some_and(|value| value.map_or_else(|error| error.is_eof(), |_| true))
            };
            Some(match several && is_half(first) && goes_on() {
                true => Layout::Spread,
                false => Layout::Lines { several },
            })
        }
        _ => None,
    }
}

/// Whether one of the first objects has a text.
pub(super) fn names_text(head: &[u8], layout: Layout, options: &ReadOptions) -> bool {
    let text = text(head);
    let mut seen = Seen::default();
    match layout {
        Layout::Lines { .. } => text
            .lines()
            .take(ASKED)
            .for_each(|line| seen.line(line.as_bytes())),
        Layout::Spread => seen.json(text),
        Layout::Array => seen.json(text[1..].trim_ascii_start()),
    }
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
    fn lines_are_told_from_one_value() {
        let lines = |several| Some(Layout::Lines { several });
        for (head, expected) in [
            ("{\"a\":1}", lines(false)),
            ("\u{feff}{\"a\":1}\n\n", lines(false)),
            ("{\"a\":1}\n{\"a\":2}\n", lines(true)),
            ("{\"a\":1}\n{\"a\":2", lines(true)),
            ("{\"a\":NaN}\n{\"a\":2}", lines(true)),
            ("{\"a\":\"cut\n{\"a\":2}\n", lines(true)),
            ("{\"a\":1,\n{\"a\":2}\n", lines(true)),
            ("{\"a\":\"cut", lines(false)),
            ("{\n  \"a\": 1\n}\n", Some(Layout::Spread)),
            ("{\n  \"a\": {\n", Some(Layout::Spread)),
            ("{\"a\": 1,\n \"b\": 2}\n{\"a\": 1}", Some(Layout::Spread)),
            ("[\n {\"a\":1}", Some(Layout::Array)),
            ("[{", Some(Layout::Array)),
            ("[Update] The ferry", None),
            ("[1, 2]", None),
            ("The ferry", None),
            ("", None),
        ] {
            assert_eq!(layout(head.as_bytes()), expected, "{head}");
        }
    }

    #[test]
    fn a_text_is_found_in_any_layout() {
        let options = ReadOptions::default();
        let has = |head: &str| {
            let layout = layout(head.as_bytes()).unwrap();
            names_text(head.as_bytes(), layout, &options)
        };
        assert!(has("{\"text\":null}\n{\"text\":\"x\"}\n"));
        assert!(has("{\n \"id\": 1,\n \"body\": \"x\",\n \"cut"));
        assert!(has("[\n{\"content\": \"x\"}, {"));
        assert!(!has("{\"features\": {\"text\": {\"dtype\": \"string\"}}}"));
        assert!(!has("{\n\"text\": 3}"));
        assert!(!has("[{\"name\": \"x\"}]"));
        assert!(has_long_value(b"{\"a\": 1}\n{\"a\": \"long\"}", 6));
        assert!(!has_long_value(b"{\"a\": 1}\n{\"a\": \"long\"}", 7));
        assert!(has_long_value(b"{\"a\": 1}\n{\"a\"", 7), "half a line");
        assert!(first_is_whole(b"{\"a\": NaN}\n{") && !first_is_whole(b"{\"a\": NaN"));
    }
}
