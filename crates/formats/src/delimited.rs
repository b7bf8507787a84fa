//! Tables with separators: each row is an object by the names of the first row.

mod dialect;

use std::io;

use self::dialect::Dialect;
use crate::encoding::decode;
use crate::form::{Form, SourceFile, has_extension};
use crate::object::{keys, push_string};
use crate::sink::{Failed, Loss, Sink, Stop};

pub use self::dialect::is_unusual;

/// CSV and its kin, which whoever can read them in place does not need to convert: none of [`FORMS`](crate::FORMS).
pub static DELIMITED: Form = Form {
    name: "CSV",
    one_document: false,
    recognise: |path, _| has_extension(path, &["csv", "tsv", "tab", "psv"]),
    read: read_file,
};

fn read_file(file: &SourceFile<'_>, sink: &mut dyn Sink) -> Result<(), Stop> {
    match read(file, sink) {
        Err(Failed::Read(error)) => sink.lost(Loss {
            at: 0,
            what: error.to_string(),
            missing: None,
        }),
        Err(Failed::Stop) => Err(Stop),
        Ok(()) => Ok(()),
    }
}

/// Hands over the rows.
pub(crate) fn read(file: &SourceFile<'_>, sink: &mut dyn Sink) -> Result<(), Failed> {
    let text = decode(&file.bytes, &file.hints()).text;
    let dialect = Dialect::of(file.path, text.as_bytes(), file.delimiter);
    rows(dialect, text.as_bytes(), sink)
}

fn rows(dialect: Dialect, text: &[u8], sink: &mut dyn Sink) -> Result<(), Failed> {
    let mut table = dialect.reader(text);
    let mut row = csv::ByteRecord::new();
    for _ in 0..dialect.before + usize::from(dialect.is_said) {
        table.read_byte_record(&mut row).map_err(io::Error::other)?;
    }
    if !table.read_byte_record(&mut row).map_err(io::Error::other)? {
        return Ok(());
    }
    let names: Vec<String> = (1..)
        .zip(&row)
        .map(|(number, name)| match name.trim_ascii() {
            name if dialect.has_names && !name.is_empty() => {
                String::from_utf8_lossy(name).into_owned()
            }
            _ => format!("column {number}"),
        })
        .collect();
    let keys = keys(names.iter().map(String::as_str));
    let mut object = Vec::new();
    let mut start = 0;
    let mut is_first = !dialect.has_names;
    loop {
        if !std::mem::take(&mut is_first) {
            start = table.position().byte();
            match table.read_byte_record(&mut row) {
                Ok(false) => return Ok(()),
                Ok(true) => {}
                Err(error) => return Err(Failed::Read(said(error))),
            }
        }
        let end = table.position().byte();
        let line = row.position().map_or(0, csv::Position::line);
        match write(&keys, &row, &mut object) {
            Ok(()) => sink.record(end, &object)?,
            Err(what) => sink.lost(Loss {
                at: start,
                what: format!("line {line}: {what}"),
                missing: Some(end - start),
            })?,
        }
    }
}

fn said(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn write(keys: &[Vec<u8>], row: &csv::ByteRecord, object: &mut Vec<u8>) -> Result<(), String> {
    let more = row.iter().skip(keys.len());
    if more.clone().any(|cell| !cell.trim_ascii().is_empty()) {
        let (names, cells) = (keys.len(), row.len());
        return Err(format!("expected {names} cells, found {cells}"));
    }
    object.clear();
    object.push(b'{');
    for (key, cell) in keys.iter().zip(row) {
        if cell.is_empty() {
            continue;
        }
        let text = std::str::from_utf8(cell).map_err(|_| "a cell is no UTF-8".to_owned())?;
        if object.len() > 1 {
            object.push(b',');
        }
        object.extend_from_slice(key);
        push_string(text, object);
    }
    object.push(b'}');
    Ok(())
}
