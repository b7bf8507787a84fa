//! The lines of an export, whatever holds them: plain text, HTML, RTF or a document of an office program.
//!
//! Layouts of databases are the same in all of these: each is made into lines first, and one reader a database reads lines.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

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

/// The text of bytes: by a byte order mark, by what they declare, as UTF-8 if they are that for the most part, else as Windows-1252.
pub(crate) fn decode<'a>(bytes: &'a [u8], declared: Option<&'static Encoding>) -> Decoded<'a> {
    let (encoding, mark) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (encoding, mark),
        None => (guess(bytes, declared), 0),
    };
    let rest = &bytes[mark..];
    let text = match encoding {
        // The end of a head may be half a letter.
        encoding if encoding == UTF_8 => match std::str::from_utf8(rest) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => String::from_utf8_lossy(rest),
        },
        encoding => encoding.decode_without_bom_handling(rest).0,
    };
    Decoded {
        text,
        mark,
        bytes: bytes.len(),
    }
}

fn guess(bytes: &[u8], declared: Option<&'static Encoding>) -> &'static Encoding {
    let head = &bytes[..bytes.len().min(4096)];
    let zeros = |odd: usize| {
        head.iter()
            .skip(odd)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let many = head.len() / 8;
    if head.len() >= 16 && zeros(1) > many && zeros(0) == 0 {
        return UTF_16LE;
    }
    if head.len() >= 16 && zeros(0) > many && zeros(1) == 0 {
        return UTF_16BE;
    }
    // What is UTF-8 is UTF-8, whatever it says: files are converted, and their declarations are not.
    if is_utf8_mostly(bytes) {
        return UTF_8;
    }
    match declared {
        Some(encoding) if encoding != UTF_8 && encoding.is_ascii_compatible() => encoding,
        _ => WINDOWS_1252,
    }
}

/// Whether it is UTF-8, or letters of several bytes are far more than bytes that are none.
fn is_utf8_mostly(bytes: &[u8]) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(_) => return true,
        // The last letter of a head may be cut.
        Err(error) if error.error_len().is_none() => return true,
        Err(_) => {}
    }
    let (mut letters, mut wrong) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        wrong += usize::from(!chunk.invalid().is_empty());
        let is_letter = |letter: &char| !letter.is_ascii();
        letters += chunk.valid().chars().filter(is_letter).count();
        if wrong > 10_000 {
            break;
        }
    }
    wrong * 10 <= letters
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
        let decoded = decode(text.as_bytes(), None);
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
        assert_eq!(decode(b"\xFF\xFEa\0\xE9\0", None).text, "aé");
        assert_eq!(
            decode(b"L\xC4NGE: 3 W\xF6rter", None).text,
            "LÄNGE: 3 Wörter"
        );
        assert_eq!(
            decode("größer".as_bytes(), Some(WINDOWS_1252)).text,
            "größer"
        );
        assert_eq!(decode(b"\x95\xB6", Some(encoding_rs::SHIFT_JIS)).text, "文");
        assert_eq!(decode(&"grö".as_bytes()[..3], None).text, "gr\u{fffd}");
        let wide: Vec<u8> = "plain words in wide letters"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(decode(&wide, None).text, "plain words in wide letters");
    }

    #[test]
    fn lines_become_paragraphs() {
        let decoded = decode("one\ntwo\n\nthree\n   four\nfive".as_bytes(), None);
        let mut paragraphs = Paragraphs::default();
        of_text(&decoded).for_each(|line| paragraphs.line(&line));
        assert_eq!(paragraphs.take(), "one two\n\nthree\n\nfour five");
    }
}
