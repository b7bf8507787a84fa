//! Spreadsheets: `.xlsx`, `.xlsm`, `.xlsb`, `.xls` and `.ods`. Each row under a head is an object.
//!
//! Read is the sheet that has the most text, and those with the same head or with texts of their own; so neither legends nor
//! pivot tables become documents. Hidden sheets are read only if they have the head of one that is shown. Of merged cells, the
//! first one has the value; of a formula, its last result counts.

mod book;
mod head;

use std::ops::ControlFlow;
use std::path::Path;

use crate::form::{Form, SourceFile, has_extension, is_office};
use crate::object::push_string;
use crate::sink::{Loss, Sink, Stop};

use book::{Book, Value};
use head::Table;

pub(crate) static FORM: Form = Form {
    name: "a spreadsheet",
    one_document: false,
    recognise,
    read,
};

/// Characters of a cell at most, counted as in UTF-16 (Microsoft, "Excel specifications and limits").
const CELL: usize = 32_767;

/// How a zip archive begins, and a compound file (MS-CFB, section 2.2): `.xls`, and `.xlsx` that is encrypted.
const ZIP: &[u8] = b"PK\x03\x04";
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// What the first bytes of an office document have if it is a workbook, whatever its name.
const INSIDE: [&[u8]; 3] = [
    b"xl/w",
    b"xl/_rels",
    b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
];

fn recognise(path: &Path, head: &[u8]) -> bool {
    const NEW: [&str; 6] = ["xlsx", "xlsm", "xlsb", "xltx", "xltm", "ods"];
    const OLD: [&str; 3] = ["xls", "xlt", "xla"];
    // Many programs save a page or a table with separators as `.xls`: that is for other forms.
    match () {
        () if head.starts_with(COMPOUND) => has_extension(path, &NEW) || has_extension(path, &OLD),
        () if head.starts_with(ZIP) => {
            has_extension(path, &NEW)
                || has_extension(path, &OLD)
                || is_office(head)
                    && INSIDE
                        .iter()
                        .any(|name| memchr::memmem::find(head, name).is_some())
        }
        () => head.is_empty() && has_extension(path, &NEW),
    }
}

fn read(file: &SourceFile<'_>, sink: &mut dyn Sink) -> Result<(), Stop> {
    let length = file.bytes.len() as u64;
    let lost = |what: String, missing| Loss {
        at: 0,
        what: format!("spreadsheet: {what}"),
        missing,
    };
    let mut book = match Book::open(&file.bytes) {
        Ok(book) => book,
        Err(what) => {
            let missing = (!file.bytes.is_empty()).then_some(length);
            return sink.lost(lost(what, missing));
        }
    };
    let sheets = book.sheets();
    let mut tables = Vec::new();
    for (name, is_shown) in &sheets {
        sink.go_on()?;
        match head::look(&mut book, name, *is_shown) {
            Ok(table) => tables.extend(table),
            Err(what) => sink.lost(lost(format!("sheet `{name}`: {what}"), None))?,
        }
    }
    let chosen = head::choose(tables);
    let mut cut = 0;
    for (number, table) in (1..).zip(&chosen) {
        let at = length * number / chosen.len() as u64;
        let mut rows = Rows {
            table,
            name: (chosen.len() > 1).then_some(table.sheet.as_str()),
            object: Vec::new(),
            cut: 0,
        };
        let mut stopped = Ok(());
        let read = book.each_row(&table.sheet, &mut |row, cells| {
            if table.is_data(row) && rows.write(cells) {
                stopped = sink.record(at, &rows.object);
            }
            match stopped {
                Ok(()) => ControlFlow::Continue(()),
                Err(Stop) => ControlFlow::Break(()),
            }
        });
        cut += rows.cut;
        stopped?;
        if let Err(what) = read {
            sink.lost(lost(format!("sheet `{}`: {what}", table.sheet), None))?;
        }
    }
    if cut > 0 {
        let what = format!(
            "{cut} cells have {CELL} characters, all that a cell can have: their texts are probably cut"
        );
        sink.lost(lost(what, None))?;
    }
    Ok(())
}

/// Writes the rows of a table.
struct Rows<'t> {
    table: &'t Table,
    /// The name of its sheet, if it is one of several.
    name: Option<&'t str>,
    object: Vec<u8>,
    /// Cells that are as long as they can be.
    cut: u64,
}

impl Rows<'_> {
    /// Writes a row, and says whether it has anything.
    fn write(&mut self, cells: &[(u32, Value)]) -> bool {
        if self.table.is_head(cells) {
            return false; // it stands again, for print
        }
        self.object.clear();
        self.object.push(b'{');
        for (column, value) in cells {
            if self.object.len() > 1 {
                self.object.push(b',');
            }
            self.object.extend_from_slice(&self.table.key(*column));
            if let Value::Text(text) = value {
                let is_long = text.len() >= CELL && text.encode_utf16().count() >= CELL;
                self.cut += u64::from(is_long);
            }
            value.push(&mut self.object);
        }
        let has_any = self.object.len() > 1;
        if let Some(name) = self
            .name
            .filter(|_| has_any && !self.table.has_name("sheet"))
        {
            self.object.extend_from_slice(b",\"sheet\":");
            push_string(name, &mut self.object);
        }
        self.object.push(b'}');
        has_any
    }
}

#[cfg(test)]
mod tests;
