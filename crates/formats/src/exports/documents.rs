//! Documents of office programs: an export of a database in Word or RTF, or one text.

use std::path::Path;

use super::layout::Layout;
use super::lines::{Line, Paragraphs, trim};
use super::office::{self, Document};
use super::out::Out;
use super::rtf::{Rtf, is_rtf};
use super::text::HEAD;
use crate::article::Article;
use crate::form::{Form, SourceFile};
use crate::sink::{Sink, Stop};

/// An export of a database as RTF.
pub(crate) static RTF_EXPORT: Form = Form {
    name: "an export of a news database, as RTF",
    one_document: false,
    recognise: |_, head| is_rtf(head) && Layout::of(&Rtf::new(head).collect::<Vec<_>>()).is_some(),
    read: read_rtf,
};

/// An export of a database as a Word or OpenDocument file.
pub(crate) static OFFICE_EXPORT: Form = Form {
    name: "an export of a news database, as a Word or OpenDocument file",
    one_document: false,
    recognise: |path, head| {
        is_office(path, head) && Layout::of(&office::head_lines(head)).is_some()
    },
    read: read_office,
};

/// A text as RTF.
pub(crate) static RTF: Form = Form {
    name: "RTF",
    one_document: true,
    recognise: |_, head| is_rtf(head),
    read: read_rtf,
};

/// A text as a Word or OpenDocument file.
pub(crate) static OFFICE: Form = Form {
    name: "a Word or OpenDocument file",
    one_document: true,
    recognise: is_office,
    read: read_office,
};

fn is_office(path: &Path, head: &[u8]) -> bool {
    let is_named = crate::form::has_extension(path, &["docx", "docm", "odt"])
        && head.starts_with(b"PK\x03\x04");
    is_named || office::is_document(head)
}

fn read_rtf(file: &SourceFile<'_>, sink: &mut dyn Sink) -> Result<(), Stop> {
    let mut out = Out::new(sink);
    let mut reader = Rtf::new(&file.bytes);
    let head = head_of(reader.by_ref());
    let size = file.bytes.len() as u64;
    match Layout::of(&head) {
        Some(layout) => {
            reader = Rtf::new(&file.bytes);
            layout.read(Box::new(reader.by_ref()), &mut out)?;
        }
        None => {
            let text = text_of(head.into_iter().chain(reader.by_ref()));
            one(text, reader.title(), size, &mut out)?;
        }
    }
    match reader.is_cut() {
        true => out.missing(size, "the RTF ends inside a group".to_owned()),
        false => Ok(()),
    }
}

fn read_office(file: &SourceFile<'_>, sink: &mut dyn Sink) -> Result<(), Stop> {
    let mut out = Out::new(sink);
    let size = file.bytes.len();
    let document = match Document::open(&file.bytes) {
        Ok(document) => document,
        Err(what) => return out.lost(0, what, size as u64),
    };
    let head = head_of(office::of_document(&document.xml, size));
    match Layout::of(&head) {
        Some(layout) => layout.read(Box::new(office::of_document(&document.xml, size)), &mut out),
        None => {
            let text = text_of(office::of_document(&document.xml, size));
            one(text, &document.title(), size as u64, &mut out)
        }
    }
}

/// The first lines, by which the layout is seen.
fn head_of<'a>(lines: impl Iterator<Item = Line<'a>>) -> Vec<Line<'a>> {
    let mut size = 0;
    let mut head = Vec::new();
    for line in lines {
        size += line.text.len() + 1;
        head.push(line);
        if size > HEAD {
            break;
        }
    }
    head
}

fn text_of<'a>(lines: impl Iterator<Item = Line<'a>>) -> String {
    let mut text = Paragraphs::default();
    lines.for_each(|line| text.push(&line.text, true));
    text.take()
}

fn one(text: String, title: &str, at: u64, out: &mut Out<'_>) -> Result<(), Stop> {
    // Programs write the name of a file, or of themselves, where no title was written.
    let is_title = title.len() > 3
        && !title.ends_with(".doc")
        && !title.ends_with(".docx")
        && !title.starts_with("Microsoft Word");
    out.article(
        at,
        &Article {
            title: if is_title {
                trim(title).to_owned()
            } else {
                String::new()
            },
            text,
            ..Article::default()
        },
    )
}

#[cfg(test)]
mod tests;
