//! A row of CSV: its fields under the names of the header, and more columns behind the last.
//!
//! Quoting is RFC 4180's, read leniently, as the `csv` crate does: a quote opens a quoted field
//! only at its start, and what follows the closing quote belongs to the field.

use std::collections::HashSet;

use crate::output::columns::Columns;
use crate::output::csv::{Header, Row};
use crate::output::json;
use crate::output::rows::Outcome;

/// What the columns of annotated rows are called, before their own names.
const PREFIX: &str = "wirecopy_";

/// The header of an input.
pub(super) struct Table<'h> {
    header: &'h [u8],
    line_end: &'static str,
    delimiter: u8,
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
        let mut names = Vec::new();
        let mut taken = HashSet::new();
        let row = header.strip_prefix("\u{feff}".as_bytes()).unwrap_or(header);
        fields(row, delimiter, |field| {
            let name = String::from_utf8_lossy(field).into_owned();
            let mut unique = name.clone();
            // A JSON object has a name only once.
            let mut number = 2;
            while !taken.insert(unique.clone()) {
                unique = format!("{name}_{number}");
                number += 1;
            }
            names.push(unique);
        });
        Table {
            header,
            line_end,
            delimiter,
            names,
        }
    }

    /// Appends the header line with the added columns.
    pub(super) fn annotated_header(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.header);
        let mut header = Header::of(Row::extend(out, self.delimiter), PREFIX);
        header.put("id", "");
        Outcome::BLANK.columns(&mut header);
        out.extend_from_slice(self.line_end.as_bytes());
    }

    /// Appends a row as it stands, and the added columns: the document's name, and what became of it.
    pub(super) fn annotated_row(
        &self,
        row: &[u8],
        (id, outcome): (&str, &Outcome<'_>),
        out: &mut Vec<u8>,
    ) {
        out.extend_from_slice(without_line_end(row));
        let mut columns = Row::extend(out, self.delimiter);
        columns.put("id", id);
        outcome.columns(&mut columns);
        out.extend_from_slice(self.line_end.as_bytes());
    }

    /// Appends a row as a JSON object of strings.
    pub(super) fn object(&self, row: &[u8], out: &mut Vec<u8>) {
        let mut at = 0;
        out.push(b'{');
        fields(without_line_end(row), self.delimiter, |field| {
            // A row that is longer than the header is rejected before it comes here.
            let Some(name) = self.names.get(at) else {
                return;
            };
            if at > 0 {
                out.push(b',');
            }
            json::string(name, out);
            out.push(b':');
            // The scan found it to be UTF-8; an input that changed since is reported as such.
            json::string(&String::from_utf8_lossy(field), out);
            at += 1;
        });
        out.push(b'}');
    }
}

/// A row without its line end. A row's last field cannot end in one, but inside quotes.
fn without_line_end(row: &[u8]) -> &[u8] {
    let row = row.strip_suffix(b"\n").unwrap_or(row);
    row.strip_suffix(b"\r").unwrap_or(row)
}

/// Hands on the fields of a row, unquoted.
fn fields(row: &[u8], delimiter: u8, mut use_it: impl FnMut(&[u8])) {
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
            use_it(&unquoted);
            end = rest.len() - inside.len() + tail;
        } else {
            end = end_of(rest);
            use_it(&rest[..end]);
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
            written(|out| table.object(b"1,\"a \"\"b\"\",\r\nc\",\r", out)),
            r#"{"id":"1","text":"a \"b\",\r\nc","text_2":""}"#
        );
    }

    #[test]
    fn annotated_rows_keep_their_bytes_and_line_ends() {
        let table = Table::new(b"id\t\"text\"\r\n", b'\t');
        assert_eq!(
            written(|out| table.annotated_header(out)),
            "id\t\"text\"\twirecopy_id\twirecopy_verdict\twirecopy_duplicate_of\twirecopy_relation\t\
             wirecopy_cluster_id\twirecopy_weight\r\n"
        );
        assert_eq!(
            written(|out| table.annotated_row(b"1\t\"a\nb\"", ("f#1", &Outcome::BLANK), out)),
            "1\t\"a\nb\"\tf#1\tkept\t\t\t\t1\r\n"
        );
    }

    proptest! {
        /// The `csv` crate is the definition.
        #[test]
        fn fields_are_those_of_the_csv_crate(row in "[a,\"]{1,10}") {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(row.as_bytes());
            let record = reader.records().next().unwrap().unwrap();
            let mut got = Vec::new();
            fields(row.as_bytes(), b',', |field| got.push(String::from_utf8(field.to_vec()).unwrap()));
            prop_assert_eq!(got, record.iter().collect::<Vec<_>>());
        }
    }
}
