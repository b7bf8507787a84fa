//! How a row is written as CSV: RFC 4180, the same figures as in JSON, nothing for `null`.
//!
//! Spreadsheets run a cell that begins like a formula, `=HYPERLINK(…)` in an id as readily as their
//! owner's. In a table of ours such text gets an apostrophe in front, by which they know text
//! (OWASP, "CSV Injection"). Figures are ours and stay, `-60` too. A row that is a user's own stays
//! as it is, and what is added to it must join with it.

use super::columns::{Columns, Value};
use super::json::{boolean, cluster, date, number, ratio, score, separated, signed};

/// A row being written, its values only.
pub(super) struct Row<'o> {
    out: &'o mut Vec<u8>,
    delimiter: u8,
    begun: bool,
    /// Whether text that begins like a formula is marked as text.
    guarded: bool,
}

impl<'o> Row<'o> {
    /// The first column begins at the end of `out`.
    pub(super) fn begin(out: &'o mut Vec<u8>) -> Row<'o> {
        Row {
            out,
            delimiter: b',',
            begun: false,
            guarded: true,
        }
    }

    /// The first column is one more of a row that `out` ends with.
    pub(super) fn extend(out: &'o mut Vec<u8>, delimiter: u8) -> Row<'o> {
        Row {
            out,
            delimiter,
            begun: true,
            guarded: false,
        }
    }
}

impl Columns for Row<'_> {
    fn put<'v>(&mut self, _: &str, value: impl Into<Value<'v>>) {
        if self.begun {
            self.out.push(self.delimiter);
        }
        self.begun = true;
        match value.into() {
            Value::NoNumber | Value::NoText => {}
            Value::Text(text) => {
                let guard = self.guarded && text.starts_with(FORMULA);
                field((guard, text), self.delimiter, self.out);
            }
            Value::Boolean(value) => boolean(value, self.out),
            Value::Number(value) => number(value, self.out),
            Value::Signed(value) => signed(value, self.out),
            Value::Ratio(part, whole) => ratio(part, whole, self.out),
            Value::Score(value) => score(value, self.out),
            Value::Date(value) => date(value, self.out),
            Value::Cluster(id) => cluster(id, self.out),
            Value::Clusters(ids) => separated(ids, b' ', self.out, cluster),
        }
    }
}

/// A header being written: the names of a row's columns only, behind a prefix.
pub(super) struct Header<'o> {
    row: Row<'o>,
    prefix: &'static str,
}

impl<'o> Header<'o> {
    pub(super) fn of(row: Row<'o>, prefix: &'static str) -> Header<'o> {
        Header { row, prefix }
    }
}

impl Columns for Header<'_> {
    fn put<'v>(&mut self, name: &str, _: impl Into<Value<'v>>) {
        self.row.put(name, Value::NoText);
        self.row.out.extend_from_slice(self.prefix.as_bytes());
        self.row.out.extend_from_slice(name.as_bytes());
    }
}

/// What a formula begins with, or what is cut off before one.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Writes a field, in quotes where it holds anything that would end it, perhaps behind the mark of
/// text.
fn field((guard, text): (bool, &str), delimiter: u8, out: &mut Vec<u8>) {
    let special = |byte: &u8| *byte == delimiter || matches!(byte, b'"' | b'\n' | b'\r');
    let mark: &[u8] = if guard { b"'" } else { b"" };
    if !text.as_bytes().iter().any(special) {
        out.extend_from_slice(mark);
        return out.extend_from_slice(text.as_bytes());
    }
    out.push(b'"');
    out.extend_from_slice(mark);
    for &byte in text.as_bytes() {
        if byte == b'"' {
            out.push(b'"');
        }
        out.push(byte);
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_cell_of_a_table_is_a_formula() {
        let cells = |mut row: Row<'_>| {
            for text in [
                "=cmd|'/c calc'!A1",
                "+1",
                "-2",
                "@x",
                "\t=1",
                "\r\"=1",
                "a=1",
                "",
            ] {
                row.put("name", text);
            }
            row.put("lag", -60_i64);
        };
        let mut out = Vec::new();
        cells(Row::begin(&mut out));
        assert_eq!(
            out,
            b"'=cmd|'/c calc'!A1,'+1,'-2,'@x,'\t=1,\"'\r\"\"=1\",a=1,,-60"
        );
        let mut out = b"own".to_vec();
        cells(Row::extend(&mut out, b','));
        assert!(out.starts_with(b"own,=cmd|"));
    }

    proptest! {
        /// Another reader of CSV finds what was written, formulas behind their mark.
        #[test]
        fn fields_are_read_back(fields in prop::collection::vec("[a,;\"\r\n é]{0,8}", 2..5)) {
            let mut out = Vec::new();
            let mut row = Row::begin(&mut out);
            for field in &fields {
                row.put("name", field.as_str());
            }
            out.push(b'\n');
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&out[..]);
            let read: Vec<_> = reader.records().collect::<Result<_, _>>().unwrap();
            prop_assert_eq!(read.len(), 1);
            let mark = |field: &String| match field.starts_with(FORMULA) {
                true => format!("'{field}"),
                false => field.clone(),
            };
            let marked: Vec<String> = fields.iter().map(mark).collect();
            prop_assert_eq!(read[0].iter().collect::<Vec<_>>(), marked);
        }
    }
}
