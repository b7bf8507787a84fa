//! A table in all the forms that are asked for: JSON Lines always, CSV and Parquet beside them.
//!
//! Many rows are made by several threads, each a [`TablePart`] of them, and written by one. What is written does not depend on
//! the number of threads.

use rayon::prelude::*;
use wirecopy_formats::{Column, ParquetTable, TableRows};

use super::csv::{self, CsvForm};
use super::error::OutputError;
use super::file::OutputFile;
use super::folder::OutputFolder;
use super::rows::TableRow;
use super::{json, parquet};

/// The forms of tables besides JSON Lines, which are always written.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct TableForms {
    /// As CSV, in this form of it.
    pub csv: Option<CsvForm>,
    /// As Parquet.
    pub parquet: bool,
}

/// Things whose rows are made at a time.
const TURN: usize = 16_384;
/// Those whose rows one thread makes.
const PART: usize = TURN / 16;

/// A table being written.
pub(crate) struct Table {
    jsonl: OutputFile,
    csv: Option<(CsvForm, OutputFile)>,
    parquet: Option<Parquet>,
}

/// Its form as Parquet.
struct Parquet {
    path: std::path::PathBuf,
    columns: Vec<Column>,
    table: ParquetTable<OutputFile>,
}

/// Rows of a table, made by one thread.
pub(crate) struct TablePart {
    jsonl: Vec<u8>,
    csv: Option<(CsvForm, Vec<u8>)>,
    parquet: Option<TableRows>,
}

impl TablePart {
    fn new(csv: Option<CsvForm>, columns: Option<&[Column]>) -> TablePart {
        TablePart {
            jsonl: Vec::new(),
            csv: csv.map(|form| (form, Vec::new())),
            parquet: columns.map(TableRows::new),
        }
    }

    /// Adds a row.
    pub(crate) fn put(&mut self, row: &impl TableRow) {
        let mut object = json::Row::begin(&mut self.jsonl);
        row.columns(&mut object);
        object.end();
        if let Some((form, out)) = &mut self.csv {
            write_row(row, *form, out);
        }
        if let Some(rows) = &mut self.parquet {
            row.columns(&mut parquet::Row(rows));
        }
    }
}

impl Table {
    /// Creates the table `name` for rows of one type.
    pub(crate) fn create<R: TableRow>(
        folder: &OutputFolder,
        name: &str,
        forms: TableForms,
    ) -> Result<Table, OutputError> {
        let jsonl = folder.file(&format!("{name}.jsonl"))?;
        let mut csv = None;
        if let Some(form) = forms.csv {
            let mut file = folder.file(&format!("{name}.csv"))?;
            file.put_with(|out| write_header::<R>(form, out))?;
            csv = Some((form, file));
        }
        let mut parquet = None;
        if forms.parquet {
            let file = folder.file(&format!("{name}.parquet"))?;
            parquet = Some(Parquet::create::<R>(file)?);
        }
        Ok(Table {
            jsonl,
            csv,
            parquet,
        })
    }

    /// Writes the rows of many things in their order: `rows` adds those of one. `go_on` is asked in between.
    pub(crate) fn put_all<T: Sync>(
        &mut self,
        all: &[T],
        go_on: impl Fn() -> Result<(), OutputError>,
        rows: impl Fn(&T, &mut TablePart) + Sync,
    ) -> Result<(), OutputError> {
        for turn in all.chunks(TURN) {
            go_on()?;
            let csv = self.csv.as_ref().map(|(form, _)| *form);
            let columns = self.parquet.as_ref().map(|parquet| &parquet.columns[..]);
            let parts: Vec<TablePart> = turn
                .par_chunks(PART)
                .map(|some| {
                    let mut part = TablePart::new(csv, columns);
                    some.iter().for_each(|one| rows(one, &mut part));
                    part
                })
                .collect();
            parts.into_iter().try_for_each(|part| self.write(part))?;
        }
        Ok(())
    }

    fn write(&mut self, part: TablePart) -> Result<(), OutputError> {
        self.jsonl.put(&part.jsonl)?;
        if let (Some((_, file)), Some((_, rows))) = (&mut self.csv, &part.csv) {
            file.put(rows)?;
        }
        match (&mut self.parquet, part.parquet) {
            (Some(parquet), Some(rows)) => parquet.write(rows),
            _ => Ok(()),
        }
    }

    /// Completes its files.
    pub(crate) fn finish(self) -> Result<(), OutputError> {
        self.jsonl.finish()?;
        self.csv
            .map_or(Ok(()), |(_, file)| file.finish().map(drop))?;
        self.parquet.map_or(Ok(()), Parquet::finish)
    }
}

impl Parquet {
    fn create<R: TableRow>(file: OutputFile) -> Result<Parquet, OutputError> {
        let path = file.path().to_owned();
        let mut schema = parquet::Schema::default();
        R::blank(&mut schema);
        let columns = schema.columns;
        let table = ParquetTable::new(columns.clone(), file);
        Ok(Parquet {
            table: table.map_err(OutputError::writing(&path, 0))?,
            path,
            columns,
        })
    }

    fn write(&mut self, rows: TableRows) -> Result<(), OutputError> {
        let written = self.table.written();
        self.table
            .append(rows)
            .map_err(OutputError::writing(&self.path, written))
    }

    fn finish(self) -> Result<(), OutputError> {
        let written = self.table.written();
        let file = self.table.finish();
        let file = file.map_err(OutputError::writing(&self.path, written))?;
        file.finish().map(drop)
    }
}

/// Appends a row as CSV.
pub(super) fn write_row(row: &impl TableRow, form: CsvForm, out: &mut Vec<u8>) {
    row.columns(&mut csv::Row::begin(form, out));
    out.extend_from_slice(form.line_end());
}

/// Appends what a table as CSV begins with.
pub(super) fn write_header<R: TableRow>(form: CsvForm, out: &mut Vec<u8>) {
    out.extend_from_slice(form.start());
    R::blank(&mut csv::Header::of(csv::Row::begin(form, out), ""));
    out.extend_from_slice(form.line_end());
}
