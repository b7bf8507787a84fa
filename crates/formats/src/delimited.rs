//! Tables with separators: each row is an object by the names of the first row.

mod dialect;

use std::io;

use self::dialect::Dialect;
use crate::encoding::decode;
use crate::form::{Form, SourceFile, has_extension};
use crate::object::{keys, push_string};
use crate::sink::{Failed, Loss, Sink, Stop};

pub use self::dialect::is_unusual;

/// CSV and its kin. None of [`FORMS`](crate::FORMS): a reader that reads them in place does not convert them.
pub static DELIMITED: Form = Form {
    name: "CSV",
    one_document: false,
    recognise: |path, _| has_extension(path, &["csv", "tsv", "tab", "psv"]),
    read: read_file,
};

fn read_file(file: &SourceFile<'_>, sink: &mut dyn Sink) -> Result<(), Stop> {
    read(file, sink).or_else(|failed| failed.lost(sink))
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
        let raw = &text[place(start)..place(end)];
        let is_last = end == text.len() as u64 && !text.ends_with(b"\n") && !text.ends_with(b"\r");
        if is_last && (row.len() < keys.len() || dialect.is_open(raw.trim_ascii_start())) {
            sink.lost(Loss {
                at: start,
                what: format!("line {line}: the table ends in the middle of a row"),
                missing: None,
            })?;
            return Ok(());
        }
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

fn place(at: u64) -> usize {
    usize::try_from(at).expect("a place in memory")
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::read as read_form;

    #[test]
    fn a_table_that_ends_in_the_middle_of_a_row_is_not_whole() {
        let whole = "a;'it''s; fine'\nb;'two'\nc;'three'";
        let head = "text one;kind\n";
        for (cut, records) in [(0, 3), (1, 2), (5, 2), (8, 2)] {
            let text = format!("{head}{}", &whole[..whole.len() - cut]);
            let kept = read_form(&DELIMITED, "a.csv", text.as_str());
            assert_eq!(kept.records.len(), records, "{text}");
            assert_eq!(kept.lost.is_empty(), cut == 0, "{text}");
            assert!(
                kept.lost.iter().all(|loss| loss.missing.is_none()),
                "{text}"
            );
        }
    }
}
