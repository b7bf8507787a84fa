//! A text that is written in parts: a list of paragraphs, sections of them, blocks of an editor.

use serde_json::value::RawValue;

use super::columns::folded;
use super::json::each_value;

/// Keys of what is text inside of parts. Others hold addresses, kinds and pictures.
const TEXTS: [&str; 14] = [
    "text",
    "content",
    "body",
    "paragraphs",
    "paragraph",
    "headline",
    "sections",
    "summary",
    "value",
    "children",
    "blocks",
    "p",
    "title",
    "nodes",
];

/// Parts inside parts that are looked into: more than any editor nests.
const DEPTH: usize = 16;

/// Writes the text of a value of JSON that is an array or an object, a paragraph a part. Whether there is any.
pub(super) fn text_of(raw: &str, text: &mut String) -> bool {
    text.clear();
    if !raw.starts_with(['[', '{']) {
        return false;
    }
    add(raw, text, DEPTH);
    !text.is_empty()
}

fn add(raw: &str, text: &mut String, depth: usize) {
    match raw.as_bytes().first() {
        Some(b'"') => {
            let part: String = serde_json::from_str(raw).unwrap_or_default(); // half a surrogate pair is no text
            let part = part.trim_ascii();
            if !part.is_empty() {
                if !text.is_empty() {
                    text.push_str("\n\n");
                }
                text.push_str(part);
            }
        }
        Some(b'[') if depth > 0 => {
            let parts: Vec<&RawValue> = serde_json::from_str(raw).unwrap_or_default();
            parts
                .iter()
                .for_each(|part| add(part.get(), text, depth - 1));
        }
        Some(b'{') if depth > 0 => each_value(raw, &mut |key, part| {
            if TEXTS.contains(&folded(key).as_str()) {
                add(part, text, depth - 1);
            }
        }),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(raw: &str) -> Option<String> {
        let mut text = String::new();
        text_of(raw, &mut text).then_some(text)
    }

    #[test]
    fn parts_are_paragraphs() {
        assert_eq!(of(r#"["One.", " Two. ", ""]"#).unwrap(), "One.\n\nTwo.");
        let sections = r#"{"summary": ["S."], "sections": [{"headline": ["H"], "paragraphs": ["One.", "Two."]}], "version": "1"}"#;
        assert_eq!(of(sections).unwrap(), "S.\n\nH\n\nOne.\n\nTwo.");
        let blocks =
            r#"[{"type": "paragraph", "text": "One."}, {"type": "image", "url": "https://x"}]"#;
        assert_eq!(of(blocks).unwrap(), "One.");
        for none in [
            "[]",
            "{}",
            r#"{"url": "x"}"#,
            r#"[1, null]"#,
            r#""x""#,
            "[\"\\ud800\"]",
        ] {
            assert_eq!(of(none), None, "{none}");
        }
    }
}
