//! A row of `story-text.jsonl`: a document without its boilerplate.
//!
//! A file of texts and no table, so it has one form.

use super::columns::Columns;
use super::json;

/// What is left of a document when boilerplate is masked.
#[derive(Clone, Copy, Debug)]
pub struct StoryTextRow<'a> {
    /// The document.
    pub id: &'a str,
    /// Words of the text that is left.
    pub words: u32,
    /// Words masked.
    pub masked_words: u32,
    /// What is left, with the characters of the page; a line break where something was masked.
    pub text: &'a str,
}

impl StoryTextRow<'_> {
    /// Appends the row as a line of JSON.
    pub fn write_jsonl(&self, out: &mut Vec<u8>) {
        let mut row = json::Row::begin(out);
        row.put("id", self.id);
        row.put("words", self.words);
        row.put("masked_words", self.masked_words);
        row.put("text", self.text);
        row.end();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stands_on_one_line() {
        let mut out = Vec::new();
        let row = StoryTextRow {
            id: "a",
            words: 2,
            masked_words: 5,
            text: "One\n\"two\"",
        };
        row.write_jsonl(&mut out);
        let line = r#"{"id":"a","words":2,"masked_words":5,"text":"One\n\"two\""}"#;
        assert_eq!(String::from_utf8(out).unwrap(), format!("{line}\n"));
    }
}
