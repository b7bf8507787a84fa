//! The lines of an export, whatever holds them: plain text, HTML, RTF or a document of an office program.
//!
//! Layouts of databases are the same in all of these: each is made into lines first, and one reader a database reads lines.

use std::borrow::Cow;

use crate::encoding::{self, Hints};

/// A line with something on it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Line<'a> {
    /// Where it begins, in bytes of the file; about there if the file is compressed or not in UTF-8.
    pub(crate) at: u64,
    /// Without the blanks around it.
    pub(crate) text: Cow<'a, str>,
    /// How many empty lines stand before it. A paragraph of HTML or of an office program has one.
    pub(crate) empty: u32,
    /// How many columns it is set in. What is centred has many.
    pub(crate) indent: u32,
    pub(crate) mark: Mark,
}

/// What is known of a line beside its text.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Mark {
    /// It is bold throughout, or said to be a headline.
    pub(crate) is_heading: bool,
    /// It is said to be a paragraph of the article.
    pub(crate) is_body: bool,
    /// A page or section begins with it.
    pub(crate) is_new_page: bool,
}

/// The indent of what is centred.
pub(crate) const CENTRED: u32 = 30;

pub(crate) type Lines<'l, 'i> = Box<dyn Iterator<Item = Line<'l>> + 'i>;

/// Text of a file, and how its places map to those of the file.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    mark: usize,
    bytes: usize,
}

impl Decoded<'_> {
    /// The place in the file of a place in the text.
    pub(crate) fn at(&self, at: usize) -> u64 {
        match &self.text {
            Cow::Borrowed(_) => (self.mark + at) as u64,
            Cow::Owned(text) => {
                let share = at as u128 * self.bytes as u128 / text.len().max(1) as u128;
                u64::try_from(share).unwrap_or(u64::MAX)
            }
        }
    }
}

/// The text of bytes, whose encoding is decided by all of them.
pub(crate) fn decode<'a>(bytes: &'a [u8], hints: &Hints<'_>) -> Decoded<'a> {
    let text = encoding::decode(bytes, hints).text;
    let mark = match &text {
        Cow::Borrowed(text) => bytes.len() - text.len(),
        Cow::Owned(_) => 0,
    };
    Decoded {
        text,
        mark,
        bytes: bytes.len(),
    }
}

/// The lines of plain text. A form feed begins a page.
pub(crate) fn of_text<'a>(decoded: &'a Decoded<'_>) -> impl Iterator<Item = Line<'a>> + 'a {
    let text: &'a str = &decoded.text;
    let mut at = 0;
    let (mut empty, mut is_new_page) = (0, false);
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
            let bytes = rest.as_bytes();
            let length = memchr::memchr3(b'\n', b'\r', 0x0C, bytes).unwrap_or(bytes.len());
            let line = &rest[..length];
            let begin = at;
            let end = bytes.get(length).copied();
            let is_pair = end == Some(b'\r') && bytes.get(length + 1) == Some(&b'\n');
            at += length + usize::from(end.is_some()) + usize::from(is_pair);
            let trimmed = trim(line);
            let found = (!trimmed.is_empty()).then(|| Line {
                at: decoded.at(begin),
                text: Cow::Borrowed(trimmed),
                empty,
                indent: indent(line),
                mark: Mark {
                    is_new_page,
                    ..Mark::default()
                },
            });
            match found {
                Some(_) => (empty, is_new_page) = (0, false),
                None if end != Some(0x0C) => empty += 1,
                None => {}
            }
            if end == Some(0x0C) {
                (empty, is_new_page) = (empty.max(1), true);
            }
            if found.is_some() {
                return found;
            }
        }
    })
}

fn indent(line: &str) -> u32 {
    let mut columns = 0;
    for letter in line.chars() {
        match letter {
            ' ' | '\u{a0}' => columns += 1,
            '\u{3000}' => columns += 2,
            '\t' => columns += 8,
            _ => break,
        }
    }
    columns
}

/// Without blanks, byte order marks and controls around it.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(|letter: char| {
        letter.is_whitespace()
            || letter.is_control()
            || matches!(letter, '\u{feff}' | '\u{200b}' | '\u{fffe}')
    })
}

/// Puts paragraphs together from lines that were cut to a width.
#[derive(Debug, Default)]
pub(crate) struct Paragraphs {
    text: String,
    last: usize,
    indent: u32,
}

/// A line longer than that was not cut to a width: it is a paragraph.
const UNCUT: usize = 200;

impl Paragraphs {
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub(crate) fn line(&mut self, line: &Line<'_>) {
        let is_set_in = line.indent >= 2 && self.indent < line.indent;
        self.push(
            &line.text,
            line.empty > 0 || is_set_in || line.mark.is_new_page,
        );
        self.indent = line.indent;
    }

    /// Adds a line, as a paragraph of its own or as the next line of the last one.
    pub(crate) fn push(&mut self, line: &str, is_new: bool) {
        let line = trim(line);
        if line.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            let before = self.text.chars().next_back();
            let is_cjk = |letter: Option<char>| {
                letter.is_some_and(|letter| ('\u{2e80}'..='\u{ffef}').contains(&letter))
            };
            match is_new || self.last > UNCUT || line.len() > UNCUT {
                true => self.text.push_str("\n\n"),
                false if is_cjk(before) && is_cjk(line.chars().next()) => {}
                false => self.text.push(' '),
            }
        }
        self.text.push_str(line);
        (self.last, self.indent) = (line.len(), 0);
    }

    pub(crate) fn take(&mut self) -> String {
        (self.last, self.indent) = (0, 0);
        std::mem::take(&mut self.text)
    }
}

/// Adds words to a value that may have some, with one blank between.
pub(crate) fn append(value: &mut String, more: &str) {
    for word in more.split_whitespace() {
        if !value.is_empty() {
            value.push(' ');
        }
        value.push_str(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(String, u32, u32)> {
        let decoded = decode(text.as_bytes(), &Hints::default());
        of_text(&decoded)
            .map(|line| (line.text.into_owned(), line.empty, line.indent))
            .collect()
    }

    #[test]
    fn lines_have_their_place() {
        let of = |text: &str, empty, indent| (text.to_owned(), empty, indent);
        assert_eq!(
            lines("\u{feff}a\r\n\r\n  b \rc\n\n\n\u{c}\td"),
            [of("a", 0, 0), of("b", 1, 2), of("c", 0, 0), of("d", 2, 8)]
        );
    }

    #[test]
    fn code_pages_are_found() {
        let text = |bytes: &[u8]| decode(bytes, &Hints::default()).text.into_owned();
        assert_eq!(text(b"\xFF\xFEa\0\xE9\0"), "aé");
        assert_eq!(text(b"L\xC4NGE: 3 W\xF6rter"), "LÄNGE: 3 Wörter");
        let (japanese, _, _) = encoding_rs::SHIFT_JIS.encode("見出しと本文のある記事です。");
        assert_eq!(text(&japanese), "見出しと本文のある記事です。");
        assert_eq!(text(&"größer, grö".as_bytes()[..13]), "größer, gr\u{fffd}");
        let wide: Vec<u8> = "plain words in wide letters"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(text(&wide), "plain words in wide letters");
    }

    #[test]
    fn lines_become_paragraphs() {
        let decoded = decode(
            "one\ntwo\n\nthree\n   four\nfive".as_bytes(),
            &Hints::default(),
        );
        let mut paragraphs = Paragraphs::default();
        of_text(&decoded).for_each(|line| paragraphs.line(&line));
        assert_eq!(paragraphs.take(), "one two\n\nthree\n\nfour five");
    }
}
