//! How a row is written as CSV: RFC 4180, the same figures as in JSON, nothing for `null`.
//!
//! Spreadsheets run a cell that begins like a formula, `=HYPERLINK(…)` in an id as readily as their
//! owner's. In a table of ours such text gets an apostrophe in front, by which they know text
//! (OWASP, "CSV Injection"). Figures are ours and stay, `-60` too. A row that is a user's own stays
//! as it is, and what is added to it must join with it.
//!
//! For Excel ([`CsvForm::Excel`]) cells are separated by `;`, and text is in quotes throughout, as OWASP advises, so that no
//! other separator that a spreadsheet may be set to begins a new cell in it.

use super::columns::{Columns, Value};
use super::json::{boolean, cluster, date, number, ratio, score, separated, signed};

/// A form of CSV.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CsvForm {
    /// RFC 4180, but with a line feed alone.
    Plain,
    /// With `;`, a byte order mark and Windows' line ends: what Excel opens by a double click where lists have `;`.
    Excel,
}

impl CsvForm {
    /// What a file begins with.
    pub(super) fn start(self) -> &'static [u8] {
        match self {
            CsvForm::Plain => b"",
            CsvForm::Excel => "\u{feff}".as_bytes(),
        }
    }

    /// What a row ends with.
    pub(super) fn line_end(self) -> &'static [u8] {
        match self {
            CsvForm::Plain => b"\n",
            CsvForm::Excel => b"\r\n",
        }
    }
}

/// A row being written, its values only.
pub(super) struct Row<'o> {
    out: &'o mut Vec<u8>,
    delimiter: u8,
    begun: bool,
    /// Whether text that begins like a formula is marked as text.
    guarded: bool,
    /// Whether text is in quotes also where it need not be.
    quoted: bool,
}

impl<'o> Row<'o> {
    /// The first column begins at the end of `out`.
    pub(super) fn begin(form: CsvForm, out: &'o mut Vec<u8>) -> Row<'o> {
        let (delimiter, quoted) = match form {
            CsvForm::Plain => (b',', false),
            CsvForm::Excel => (b';', true),
        };
        Row {
            out,
            delimiter,
            begun: false,
            guarded: true,
            quoted,
        }
    }

    /// The first column is one more of a row that `out` ends with.
    pub(super) fn extend(out: &'o mut Vec<u8>, delimiter: u8) -> Row<'o> {
        Row {
            out,
            delimiter,
            begun: true,
            guarded: false,
            quoted: false,
        }
    }

    fn text(&mut self, text: &str) {
        let special = |byte: &u8| *byte == self.delimiter || matches!(byte, b'"' | b'\n' | b'\r');
        let quoted = self.quoted || text.as_bytes().iter().any(special);
        let mark: &[u8] = match self.guarded && text.starts_with(FORMULA) {
            true => b"'",
            false => b"",
        };
        if !quoted {
            self.out.extend_from_slice(mark);
            return self.out.extend_from_slice(text.as_bytes());
        }
        self.out.push(b'"');
        self.out.extend_from_slice(mark);
        for &byte in text.as_bytes() {
            if byte == b'"' {
                self.out.push(b'"');
            }
            self.out.push(byte);
        }
        self.out.push(b'"');
    }
}

impl Columns for Row<'_> {
    fn put<'v>(&mut self, _: &str, value: impl Into<Value<'v>>) {
        if self.begun {
            self.out.push(self.delimiter);
        }
        self.begun = true;
        match value.into() {
            Value::NoNumber | Value::NoText | Value::NoDate | Value::NoClusters => {}
            Value::Text(text) => self.text(text),
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
const FORMULA: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\n'];

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
                "\n=1",
                "a=1",
                "",
            ] {
                row.put("name", text);
            }
            row.put("lag", -60_i64);
        };
        let mut out = Vec::new();
        cells(Row::begin(CsvForm::Plain, &mut out));
        assert_eq!(
            out,
            b"'=cmd|'/c calc'!A1,'+1,'-2,'@x,'\t=1,\"'\r\"\"=1\",\"'\n=1\",a=1,,-60"
        );
        let mut out = b"own".to_vec();
        cells(Row::extend(&mut out, b','));
        assert!(out.starts_with(b"own,=cmd|"));
    }

    /// The examples of OWASP's page.
    #[test]
    fn no_separator_begins_a_cell_in_a_text_for_excel() {
        let mut out = Vec::new();
        let mut row = Row::begin(CsvForm::Excel, &mut out);
        row.put("a", "=1+2\";=1+2");
        row.put("b", "=1+2'\" ;,=1+2");
        row.put("c", "a,b");
        row.put("d", -60_i64);
        row.put("e", (1, 2));
        row.put("f", None::<i64>);
        row.put("g", None::<&str>);
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text, r#""'=1+2"";=1+2";"'=1+2'"" ;,=1+2";"a,b";-60;0.5;;"#);
    }

    proptest! {
        /// Another reader of CSV finds what was written, formulas behind their mark.
        #[test]
        fn fields_are_read_back(
            fields in prop::collection::vec("[a,;=\"\r\n é]{0,8}", 2..5),
            (form, delimiter) in prop_oneof![Just((CsvForm::Plain, b',')), Just((CsvForm::Excel, b';'))],
        ) {
            let mut out = Vec::new();
            let mut row = Row::begin(form, &mut out);
            for field in &fields {
                row.put("name", field.as_str());
            }
            out.extend_from_slice(form.line_end());
            let mut reader = csv::ReaderBuilder::new();
            let mut reader = reader.delimiter(delimiter).has_headers(false).from_reader(&out[..]);
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
