//! Arrow's own files: Feather version 2, which is the IPC file, and the IPC stream.
//!
//! A file holds a stream between its magic bytes and its footer, so one without a footer is read as a stream: what comes before a
//! cut is read in any case. The footer says where messages begin, also behind damage.

mod message;
mod scan;

use std::path::Path;

use crate::form::{Form, SourceFile, has_extension};
use crate::sink::{Loss, Sink, Stop};
use crate::table::{Rows, hand_over};

pub(crate) static FORM: Form = Form {
    name: "Arrow",
    one_document: false,
    recognise,
    read,
};

/// How a file begins and ends (Arrow Columnar Format, "IPC File Format").
const MAGIC: &[u8] = b"ARROW1";

/// How a message begins, since version 0.15.
const MARK: &[u8] = &[0xFF; 4];

/// The older Feather, before Arrow.
const FEATHER_1: &[u8] = b"FEA1";

fn recognise(path: &Path, head: &[u8]) -> bool {
    let is_stream = head.starts_with(MARK)
        && matches!(head.get(4..8), Some(&[_, _, b, c]) if c == 0 && b < 0x40); // a schema of less than 4 MiB
    is_stream
        || head.starts_with(MAGIC)
        || head.starts_with(FEATHER_1)
        || has_extension(path, &["arrow", "arrows", "feather", "fea", "ipc"])
}

fn read(file: &SourceFile<'_>, sink: &mut dyn Sink) -> Result<(), Stop> {
    let bytes = &file.bytes;
    if bytes.is_empty() || bytes.starts_with(FEATHER_1) {
        let (what, missing) = match bytes.is_empty() {
            true => ("the file is empty", None),
            false => (
                "a Feather file of version 1, which is not read: pandas or R's arrow read it and write version 2",
                Some(bytes.len() as u64),
            ),
        };
        return sink.lost(Loss {
            at: 0,
            what: format!("Arrow: {what}"),
            missing,
        });
    }
    let mut messages = scan::Messages::new(bytes.clone(), Rows::new(file.path));
    hand_over(&mut messages, sink)
}

#[cfg(test)]
mod tests;
