//! A row of CSV: its fields under the names of the header, and more columns behind the last.
//!
//! Quoting is RFC 4180's, read leniently, as the `csv` crate does: a quote opens a quoted field
//! only at its start, and what follows the closing quote belongs to the field.

use std::collections::HashSet;

use super::annotation::{self, PREFIX};
use crate::corpus::names_begin;
use crate::output::columns::Columns;
use crate::output::csv::{Header, Row};
use crate::output::error::OutputError;
use crate::output::json;
use crate::output::rows::Outcome;

/// The header of an input.
pub(super) struct Table<'h> {
    header: &'h [u8],
    line_end: &'static str,
    delimiter: u8,
    /// The columns as they are called, and under names that differ.
    columns: Vec<String>,
    names: Vec<String>,
}

impl<'h> Table<'h> {
    /// Reads a header: perhaps a byte order mark, the row, its line end.
    pub(super) fn new(header: &'h [u8], delimiter: u8) -> Table<'h> {
        let line_end = if header.ends_with(b"\r\n") {
            "\r\n"
        } else {
            "\n"
        };
        let header = without_line_end(header);
        let (mut columns, mut names) = (Vec::new(), Vec::new());
        let mut taken = HashSet::new();
        let row = &header[names_begin(header).0.min(header.len())..];
        fields(row, delimiter, |_, field| {
            let name = String::from_utf8_lossy(field).into_owned();
            let mut unique = name.clone();
            // A JSON object has a name only once.
            let mut number = 2;
            while !taken.insert(unique.clone()) {
                unique = format!("{name}_{number}");
                number += 1;
            }
            columns.push(name);
            names.push(unique);
        });
        Table {
            header,
            line_end,
            delimiter,
            columns,
            names,
        }
    }

    /// The columns of an earlier run.
    pub(super) fn annotations(&self) -> Result<Vec<usize>, OutputError> {
        annotation::earlier(&self.columns)
    }

    /// Appends the header line without some columns, and with the added ones.
    pub(super) fn annotated_header(&self, without: &[usize], out: &mut Vec<u8>) {
        let row = self.header.strip_prefix(BYTE_ORDER_MARK);
        if row.is_some() {
            out.extend_from_slice(BYTE_ORDER_MARK);
        }
        self.put(row.unwrap_or(self.header), without, out);
        let mut header = Header::of(Row::extend(out, self.delimiter), PREFIX);
        header.put("id", "");
        Outcome::BLANK.columns(&mut header);
        out.extend_from_slice(self.line_end.as_bytes());
    }

    /// Appends a row as it stands, without some columns, and the added ones: the document's name, and
    /// what became of it.
    pub(super) fn annotated_row(
        &self,
        row: &[u8],
        without: &[usize],
        (id, outcome): (&str, &Outcome<'_>),
        out: &mut Vec<u8>,
    ) {
        self.put(without_line_end(row), without, out);
        let mut columns = Row::extend(out, self.delimiter);
        columns.put("id", id);
        outcome.columns(&mut columns);
        out.extend_from_slice(self.line_end.as_bytes());
    }

    /// Appends the cells of a row as they stand, without some.
    fn put(&self, row: &[u8], without: &[usize], out: &mut Vec<u8>) {
        if without.is_empty() {
            return out.extend_from_slice(row);
        }
        let (mut at, mut begun) = (0, false);
        fields(row, self.delimiter, |raw, _| {
            if !without.contains(&at) {
                if begun {
                    out.push(self.delimiter);
                }
                begun = true;
                out.extend_from_slice(raw);
            }
            at += 1;
        });
    }

    /// Appends a row as a JSON object of strings, without some columns.
    pub(super) fn object(&self, row: &[u8], without: &[usize], out: &mut Vec<u8>) {
        let (mut at, mut opened) = (0, b'{');
        fields(without_line_end(row), self.delimiter, |_, field| {
            // A row that is longer than the header is rejected before it comes here.
            if let Some(name) = self.names.get(at).filter(|_| !without.contains(&at)) {
                out.push(opened);
                opened = b',';
                json::string(name, out);
                out.push(b':');
                // The scan found it to be UTF-8; an input that changed since is reported as such.
                json::string(&String::from_utf8_lossy(field), out);
            }
            at += 1;
        });
        if opened == b'{' {
            out.push(opened);
        }
        out.push(b'}');
    }
}

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A row without its line end. A row's last field cannot end in one, but inside quotes.
fn without_line_end(row: &[u8]) -> &[u8] {
    let row = row.strip_suffix(b"\n").unwrap_or(row);
    row.strip_suffix(b"\r").unwrap_or(row)
}

/// Hands on the fields of a row, as they stand and unquoted.
fn fields(row: &[u8], delimiter: u8, mut use_it: impl FnMut(&[u8], &[u8])) {
    let mut unquoted = Vec::new();
    let mut rest = row;
    loop {
        let end_of = |bytes: &[u8]| memchr::memchr(delimiter, bytes).unwrap_or(bytes.len());
        let end;
        if let Some(quoted) = rest.strip_prefix(b"\"") {
            unquoted.clear();
            let mut inside = quoted;
            loop {
                let quote = memchr::memchr(b'"', inside).unwrap_or(inside.len());
                unquoted.extend_from_slice(&inside[..quote]);
                inside = inside.get(quote + 1..).unwrap_or_default();
                match inside.strip_prefix(b"\"") {
                    Some(after) => {
                        unquoted.push(b'"');
                        inside = after;
                    }
                    None => break,
                }
            }
            let tail = end_of(inside);
            unquoted.extend_from_slice(&inside[..tail]);
            end = rest.len() - inside.len() + tail;
            use_it(&rest[..end], &unquoted);
        } else {
            end = end_of(rest);
            use_it(&rest[..end], &rest[..end]);
        }
        match rest.get(end + 1..) {
            Some(after) if end < rest.len() => rest = after,
            _ => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_row_is_an_object_under_the_header() {
        let table = Table::new("\u{feff}id,text,text\r\n".as_bytes(), b',');
        assert_eq!(
            written(|out| table.object(b"1,\"a \"\"b\"\",\r\nc\",\r", &[], out)),
            r#"{"id":"1","text":"a \"b\",\r\nc","text_2":""}"#
        );
    }

    #[test]
    fn annotated_rows_keep_their_bytes_and_line_ends() {
        let table = Table::new(b"id\t\"text\"\r\n", b'\t');
        assert_eq!(
            written(|out| table.annotated_header(&[], out)),
            "id\t\"text\"\twirecopy_id\twirecopy_verdict\twirecopy_duplicate_of\twirecopy_relation\t\
             wirecopy_page_coverage\twirecopy_cluster_id\twirecopy_weight\r\n"
        );
        assert_eq!(
            written(|out| table.annotated_row(b"1\t\"a\nb\"", &[], ("f#1", &Outcome::BLANK), out)),
            "1\t\"a\nb\"\tf#1\tkept\t\t\t1.0\t\t1.0\r\n"
        );
    }

    #[test]
    fn columns_of_an_earlier_run_go_and_come_back_last() {
        let plain = Table::new("\u{feff}id,text\n".as_bytes(), b',');
        let header = written(|out| plain.annotated_header(&[], out));
        let row = written(|out| plain.annotated_row(b",\"a,b\"", &[], ("x", &Outcome::BLANK), out));
        let table = Table::new(header.as_bytes(), b',');
        let earlier = table.annotations().unwrap();
        assert_eq!(written(|out| table.annotated_header(&earlier, out)), header);
        let again = |out: &mut Vec<u8>| {
            table.annotated_row(row.as_bytes(), &earlier, ("x", &Outcome::BLANK), out);
        };
        assert_eq!(written(again), row);
        assert_eq!(
            written(|out| table.object(row.as_bytes(), &earlier, out)),
            r#"{"id":"","text":"a,b"}"#
        );
        let own = Table::new(b"text,wirecopy_verdict\n", b',');
        let refused = own.annotations().unwrap_err().to_string();
        assert!(refused.contains("`wirecopy_verdict`"), "{refused}");
    }

    proptest! {
        /// The `csv` crate is the definition.
        #[test]
        fn fields_are_those_of_the_csv_crate(row in "[a,\"]{1,10}") {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(row.as_bytes());
            let record = reader.records().next().unwrap().unwrap();
            let mut got = Vec::new();
            fields(row.as_bytes(), b',', |_, field| got.push(String::from_utf8(field.to_vec()).unwrap()));
            prop_assert_eq!(got, record.iter().collect::<Vec<_>>());
        }
    }
}
