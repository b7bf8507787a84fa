//! Members that are tables with separators: each row is an object by the names of the first row.

use std::io::{self, Read};
use std::path::Path;

use super::member::{Failed, decoded};
use crate::form::has_extension;
use crate::object::{keys, push_string};
use crate::sink::{Loss, Sink};

/// What the separator is decided by.
const HEAD: u64 = 64 << 10;

/// Hands over the rows.
pub(super) fn read(
    path: &Path,
    mut reader: &mut dyn Read,
    sink: &mut dyn Sink,
) -> Result<(), Failed> {
    let mut head = Vec::new();
    Read::by_ref(&mut reader)
        .take(HEAD)
        .read_to_end(&mut head)?;
    // "Unicode text" of Excel is UTF-16, which is not read by bytes.
    if matches!(head[..], [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) {
        reader.read_to_end(&mut head)?;
        let text = decoded(&head)
            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "the text is no UTF-16"))?;
        let separator = separator(path, text.as_bytes());
        return rows(separator, &mut text.as_bytes(), sink);
    }
    let start = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&head);
    let separator = separator(path, start);
    let start = start.to_vec();
    rows(separator, &mut io::Cursor::new(start).chain(reader), sink)
}

/// The separator: as the file says (`sep=;`, for Excel), or the one that the first row has most often.
fn separator(path: &Path, head: &[u8]) -> (u8, bool) {
    if let [b's', b'e', b'p', b'=', separator, b'\r' | b'\n', ..] = *head {
        return (separator, true);
    }
    let fallback = if has_extension(path, &["csv"]) {
        b','
    } else {
        b'\t'
    };
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    let mut is_quoted = false;
    for &byte in head {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' | b'\r' if !is_quoted => break,
            _ if is_quoted => {}
            _ => {
                for (separator, count) in &mut counts {
                    *count += usize::from(*separator == byte);
                }
            }
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let is_best = |of: u8| counts.contains(&(of, most));
    let best = counts.iter().find(|(_, count)| *count == most);
    match best {
        Some((separator, _)) if most > 0 && !is_best(fallback) => (*separator, false),
        _ => (fallback, false),
    }
}

fn rows(
    (separator, is_said): (u8, bool),
    reader: &mut dyn Read,
    sink: &mut dyn Sink,
) -> Result<(), Failed> {
    let mut table = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(reader);
    let mut row = csv::ByteRecord::new();
    if is_said {
        table.read_byte_record(&mut row).map_err(io::Error::other)?;
    }
    if !table.read_byte_record(&mut row).map_err(io::Error::other)? {
        return Ok(());
    }
    let names: Vec<String> = (1..)
        .zip(&row)
        .map(|(number, name)| match name.trim_ascii() {
            [] => format!("column {number}"),
            name => String::from_utf8_lossy(name).into_owned(),
        })
        .collect();
    let keys = keys(names.iter().map(String::as_str));
    let mut object = Vec::new();
    loop {
        let start = table.position().byte();
        match table.read_byte_record(&mut row) {
            Ok(false) => return Ok(()),
            Ok(true) => {}
            Err(error) => return Err(Failed::Read(said(error))),
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
