//! Exports as plain text: databases that are known, and any text with records.

use std::path::Path;

use super::layout::Layout;
use super::lines::{Decoded, Line, Lines, decode, of_text};
use super::out::Out;
use crate::encoding::Hints;
use crate::form::{Form, SourceFile, has_extension};
use crate::sink::{Sink, Stop};

/// An export of a database as text.
pub(crate) static DATABASE: Form = Form {
    name: "an export of a news database, as text",
    one_document: false,
    recognise: |path, head| {
        is_text(path, head) && with_lines(head, |lines| Layout::of_database(lines).is_some())
    },
    read,
};

/// Text with records that have labels.
pub(crate) static RECORDS: Form = Form {
    name: "text with records",
    one_document: false,
    recognise: |path, head| {
        is_text(path, head) && with_lines(head, |lines| Layout::of(lines).is_some())
    },
    read,
};

/// What is looked at to see the layout.
pub(crate) const HEAD: usize = 1 << 18;

fn is_text(path: &Path, head: &[u8]) -> bool {
    let is_named = path.extension().is_none()
        || has_extension(
            path,
            &[
                "txt", "text", "asc", "ris", "dat", "doc", "nexis", "log", "enw", "out", "prn",
            ],
        );
    let begin = head.trim_ascii_start();
    let is_other = begin.starts_with(b"{")
        || begin.starts_with(b"<")
        || begin.starts_with(b"PK\x03\x04")
        || begin.starts_with(b"%PDF")
        || begin.starts_with(b"[{");
    // UTF-16 has zeros, too: it is known by the mark.
    let is_binary = head.contains(&0) && encoding_rs::Encoding::for_bom(head).is_none();
    is_named && !is_other && !is_binary && !head.is_empty()
}

fn with_lines(head: &[u8], is: impl FnOnce(&[Line<'_>]) -> bool) -> bool {
    let decoded = decode(head, &Hints::default());
    let lines: Vec<Line<'_>> = of_text(&decoded).collect();
    is(&lines)
}

fn read(file: &SourceFile<'_>, sink: &mut dyn Sink) -> Result<(), Stop> {
    let decoded = decode(&file.bytes, &file.hints());
    let mut out = Out::new(sink);
    match layout(&decoded) {
        Some(layout) => layout.read(lines(&decoded), &mut out),
        None => Ok(()),
    }
}

fn layout(decoded: &Decoded<'_>) -> Option<Layout> {
    let mut size = 0;
    let head: Vec<Line<'_>> = of_text(decoded)
        .take_while(|line| {
            size += line.text.len() + 1;
            size < HEAD
        })
        .collect();
    Layout::of(&head)
}

fn lines<'a>(decoded: &'a Decoded<'_>) -> Lines<'a, 'a> {
    Box::new(of_text(decoded))
}

#[cfg(test)]
mod tests;
