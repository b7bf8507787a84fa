//! Lines of the documents of office programs: Word (`.docx`) and OpenDocument (`.odt`).
//!
//! Both are zip archives with the text as XML. Sources: ECMA-376 part 1, sections 17.3 and 17.4 (paragraphs, runs, breaks);
//! OpenDocument 1.3 part 3, sections 5 and 6.

use std::io::{Cursor, Read};

use super::lines::{CENTRED, Line, Mark, trim};
use super::markup::{Markup, Token, attribute, local, push_text};

/// What is read of a document.
#[derive(Debug, Default)]
pub(crate) struct Document {
    /// The text, as XML.
    pub(crate) xml: String,
    /// The properties, as XML.
    properties: String,
}

/// XML beyond that size is no document of people.
const LARGEST: u64 = 1 << 31;

/// Whether a file is a document of an office program, by its first bytes: the name of a member that only these have.
pub(crate) fn is_document(head: &[u8]) -> bool {
    let has = |name: &[u8]| memchr::memmem::find(head, name).is_some();
    head.starts_with(b"PK\x03\x04")
        && (has(b"word/") || has(b"application/vnd.oasis.opendocument.text"))
}

impl Document {
    /// Unpacks a document.
    ///
    /// # Errors
    ///
    /// If it is no whole archive, or has no text, in words for people.
    pub(crate) fn open(bytes: &[u8]) -> Result<Document, String> {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| format!("the archive is damaged: {error}"))?;
        let mut member = |name: &str| -> Result<Option<String>, String> {
            let mut file = match archive.by_name(name) {
                Ok(file) => file,
                Err(zip::result::ZipError::FileNotFound) => return Ok(None),
                Err(error) => return Err(format!("{name}: {error}")),
            };
            let mut xml = Vec::new();
            let read = file.by_ref().take(LARGEST).read_to_end(&mut xml);
            match read {
                Ok(_) => Ok(Some(String::from_utf8(xml).unwrap_or_else(|error| {
                    String::from_utf8_lossy(error.as_bytes()).into_owned()
                }))),
                Err(error) => Err(format!("{name}: {error}")),
            }
        };
        let xml = match member("word/document.xml")? {
            Some(xml) => Some(xml),
            None => member("content.xml")?,
        };
        let properties = member("docProps/core.xml")
            .ok()
            .flatten()
            .or(member("meta.xml").ok().flatten());
        Ok(Document {
            xml: xml
                .ok_or("expected word/document.xml or content.xml in the archive, found neither")?,
            properties: properties.unwrap_or_default(),
        })
    }

    /// The title that its properties give.
    pub(crate) fn title(&self) -> String {
        let mut title = String::new();
        let mut is_title = false;
        for token in Markup::xml(&self.properties) {
            match token {
                Token::Start(name, _, is_closed) => is_title = local(name) == "title" && !is_closed,
                Token::End(_) => is_title = false,
                Token::Text(raw, _) if is_title => push_text(raw, &mut title),
                Token::Text(..) => {}
            }
        }
        trim(&title).to_owned()
    }
}

/// The first lines of a document of which only the first bytes are there.
pub(crate) fn head_lines(head: &[u8]) -> Vec<Line<'static>> {
    let Some(xml) = head_xml(head) else {
        return Vec::new();
    };
    of_document(&xml, xml.len()).collect()
}

/// Unpacks as much of the text as the first bytes of an archive hold.
fn head_xml(head: &[u8]) -> Option<String> {
    let names: [&[u8]; 2] = [b"word/document.xml", b"content.xml"];
    for name in names {
        for at in memchr::memmem::find_iter(head, name) {
            // A local header is 30 bytes, the name, and as many bytes more as it says (APPNOTE 6.3.10, section 4.3.7).
            let Some(header) = at
                .checked_sub(30)
                .filter(|header| head[*header..].starts_with(b"PK\x03\x04"))
            else {
                continue;
            };
            let extra = usize::from(u16::from_le_bytes([head[header + 28], head[header + 29]]));
            let data = head.get(at + name.len() + extra..)?;
            let mut xml = Vec::new();
            match head[header + 8] {
                0 => xml.extend_from_slice(data),
                _ => {
                    let inflated = flate2::read::DeflateDecoder::new(data).take(1 << 22);
                    // What is cut ends in an error: what came before it is enough.
                    let mut inflated = inflated;
                    let mut chunk = [0; 8192];
                    while let Ok(length @ 1..) = inflated.read(&mut chunk) {
                        xml.extend_from_slice(&chunk[..length]);
                    }
                }
            }
            return Some(
                String::from_utf8(xml)
                    .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
            );
        }
    }
    None
}

/// The lines of a document: a paragraph each. Their places are shares of the file.
pub(crate) fn of_document(xml: &str, bytes: usize) -> impl Iterator<Item = Line<'static>> + '_ {
    let mut lines = Paragraphs {
        markup: Markup::xml(xml),
        scale: (bytes, xml.len().max(1)),
        text: String::new(),
        is_inside: 0,
        empty: 1,
        is_bold: false,
        has_plain: false,
        is_centred: false,
        is_heading: false,
        is_new_page: false,
        skipped: 0,
        is_text: false,
    };
    std::iter::from_fn(move || lines.next_line())
}

struct Paragraphs<'x> {
    markup: Markup<'x>,
    scale: (usize, usize),
    text: String,
    is_inside: u32,
    empty: u32,
    is_bold: bool,
    has_plain: bool,
    is_centred: bool,
    is_heading: bool,
    is_new_page: bool,
    skipped: u32,
    is_text: bool,
}

impl Paragraphs<'_> {
    fn next_line(&mut self) -> Option<Line<'static>> {
        loop {
            let Some(token) = self.markup.next() else {
                return self.flush(1);
            };
            let line = match token {
                Token::Start(name, attributes, is_closed) => {
                    self.start(name, attributes, is_closed)
                }
                Token::End(name) => self.end(local(name)),
                Token::Text(raw, is_plain) => {
                    self.add(raw, is_plain);
                    None
                }
            };
            if line.is_some() {
                return line;
            }
        }
    }

    fn add(&mut self, raw: &str, is_plain: bool) {
        if self.is_inside == 0 || self.skipped > 0 || !self.is_text {
            return;
        }
        self.has_plain |= !self.is_bold && !trim(raw).is_empty();
        match is_plain {
            true => self.text.push_str(raw),
            false => push_text(raw, &mut self.text),
        }
    }

    fn start(&mut self, name: &str, attributes: &str, is_closed: bool) -> Option<Line<'static>> {
        let is_word = !name.starts_with("text:")
            && !name.starts_with("table:")
            && !name.starts_with("office:");
        let value = || attribute(attributes, "val");
        match local(name) {
            // Word writes texts in `w:t`, OpenDocument anywhere in a paragraph.
            "p" | "h" => {
                let line = self.flush(1);
                if !is_closed {
                    self.is_inside += 1;
                    self.is_text = !is_word;
                    self.is_heading = local(name) == "h";
                    (self.is_centred, self.is_bold) = (false, false);
                }
                return line;
            }
            "t" if is_word => self.is_text = !is_closed,
            "tab" | "tc" => self.text.push('\t'),
            "s" if !is_word => self.text.push(' '),
            "br" if value_of(attributes, "type") == "page" => {
                let line = self.flush(1);
                self.is_new_page = true;
                return line;
            }
            "br" | "cr" | "line-break" => return self.flush(0),
            "lastRenderedPageBreak" | "pageBreakBefore" | "soft-page-break" => {}
            "r" => self.is_bold = false,
            "b" if is_word => {
                self.is_bold = !matches!(value().as_deref(), Some("0" | "false" | "off"))
            }
            "jc" => self.is_centred = value().as_deref() == Some("center"),
            "pStyle" => {
                self.is_heading |=
                    value().is_some_and(|style| style.starts_with("Heading") || style == "Title")
            }
            "sectPr" => self.is_new_page = true,
            "instrText" | "delText" | "del" | "annotation" | "note" | "tracked-changes"
            | "fldData"
                if !is_closed =>
            {
                self.skipped += 1
            }
            _ => {}
        }
        None
    }

    fn end(&mut self, name: &str) -> Option<Line<'static>> {
        match name {
            "p" | "h" => {
                let line = self.flush(1);
                self.is_inside = self.is_inside.saturating_sub(1);
                return line;
            }
            "t" => self.is_text = false,
            "tr" | "table-row" => return self.flush(0),
            "instrText" | "delText" | "del" | "annotation" | "note" | "tracked-changes"
            | "fldData" => self.skipped = self.skipped.saturating_sub(1),
            _ => {}
        }
        None
    }

    fn flush(&mut self, empty: u32) -> Option<Line<'static>> {
        let text = trim(&self.text);
        if text.is_empty() {
            self.text.clear();
            self.empty = self.empty.max(empty);
            return None;
        }
        let (bytes, length) = self.scale;
        let share = self.markup.at() as u128 * bytes as u128 / length as u128;
        let line = Line {
            at: u64::try_from(share).unwrap_or(u64::MAX),
            text: text.to_owned().into(),
            empty: std::mem::replace(&mut self.empty, empty),
            indent: if self.is_centred { CENTRED } else { 0 },
            mark: Mark {
                is_heading: self.is_heading || !self.has_plain,
                is_body: false,
                is_new_page: std::mem::take(&mut self.is_new_page),
            },
        };
        self.text.clear();
        self.has_plain = false;
        Some(line)
    }
}

fn value_of(attributes: &str, name: &str) -> String {
    attribute(attributes, name).unwrap_or_default().into_owned()
}
