//! Tables as Parquet: rows with a type for each column, given as values ([`TableRows`]) or as JSON objects on lines.
//!
//! The same rows in the same parts give the same bytes. Pages are compressed with Zstandard at level 3; a row group has [`ROWS`]
//! rows at most, so that readers may use several cores, and no reader holds more than one in memory.

mod column;
mod rows;

use std::error::Error;
use std::io::{self, Write};
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use serde_json::{Map, Value};

pub use column::{Column, Kind};
pub use rows::{Cell, TableRows};

/// Rows of a row group at most: DuckDB's own number, which its documentation recommends for reading in parallel.
const ROWS: usize = 122_880;

/// Bytes of a row group as it is encoded and compressed, about: what is held before it is written.
const GROUP: usize = 64 << 20;

/// Bytes of lines that are gathered before they are encoded.
const BATCH: usize = 4 << 20;

/// A Parquet file being written.
pub struct ParquetTable<W: Write + Send> {
    columns: Vec<Column>,
    schema: SchemaRef,
    /// Rows that are gathered, and their bytes as lines.
    gathered: TableRows,
    bytes: usize,
    writer: ArrowWriter<Out<W>>,
    /// All lines so far.
    lines: u64,
}

/// What is written to, until it is given back: the writer's own way to give it back loses what kind an error is of.
pub(crate) struct Out<W>(Option<W>);

impl<W> Out<W> {
    pub(crate) fn new(out: W) -> Out<W> {
        Out(Some(out))
    }

    /// What is written to. Nothing can be written any more.
    pub(crate) fn take(&mut self) -> io::Result<W> {
        let out = self.0.take();
        out.ok_or_else(|| io::Error::other("the file was finished before"))
    }
}

impl<W: Write> Write for Out<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.as_mut().map_or(Ok(0), |out| out.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl<W: Write + Send> std::fmt::Debug for ParquetTable<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ParquetTable")
            .field("columns", &self.columns)
            .field("lines", &self.lines)
            .finish_non_exhaustive()
    }
}

/// Writes rows as a table. Without columns, they are those of all rows, which are looked at first, so they are held in memory.
///
/// # Errors
///
/// If a row is no JSON object or does not fit the columns, or `out` fails.
pub fn write_parquet<R: AsRef<[u8]>, W: Write + Send>(
    rows: impl IntoIterator<Item = R>,
    columns: Option<Vec<Column>>,
    out: W,
) -> io::Result<W> {
    let Some(columns) = columns else {
        let rows: Vec<R> = rows.into_iter().collect();
        let columns = Column::all_of(rows.iter().map(AsRef::as_ref))?;
        return write_parquet(rows, Some(columns), out);
    };
    let mut table = ParquetTable::new(columns, out)?;
    for row in rows {
        table.row(row.as_ref())?;
    }
    table.finish()
}

impl<W: Write + Send> ParquetTable<W> {
    /// Begins a table.
    ///
    /// # Errors
    ///
    /// If `out` fails.
    pub fn new(columns: Vec<Column>, out: W) -> io::Result<ParquetTable<W>> {
        let fields: Vec<_> = columns.iter().map(Column::field).collect();
        let schema = Arc::new(Schema::new(fields));
        let level = ZstdLevel::try_new(3).map_err(failed)?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(level))
            .set_created_by(concat!("wirecopy ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_max_row_group_row_count(Some(ROWS))
            .set_max_row_group_bytes(Some(GROUP))
            .build();
        let writer = ArrowWriter::try_new(Out::new(out), Arc::clone(&schema), Some(properties));
        Ok(ParquetTable {
            gathered: TableRows::new(&columns),
            bytes: 0,
            writer: writer.map_err(failed)?,
            columns,
            schema,
            lines: 0,
        })
    }

    /// Writes a row: a JSON object. What it does not have, or has as null, is null; what is no column is left out.
    ///
    /// # Errors
    ///
    /// If it is no object or a value is not of its column's kind, or `out` fails. The table cannot be finished then.
    pub fn row(&mut self, line: &[u8]) -> io::Result<()> {
        self.lines += 1;
        let object: Map<String, Value> = serde_json::from_slice(line)
            .map_err(|error| invalid(format!("row {}: {error}", self.lines)))?;
        for (column, builder) in self.columns.iter().zip(self.gathered.builders()) {
            let value = object.get(&column.name).unwrap_or(&Value::Null);
            if !builder.push(value) {
                let shown: String = value.to_string().chars().take(40).collect();
                return Err(invalid(format!(
                    "row {}, column `{}`: expected {}, found `{shown}`",
                    self.lines, column.name, column.kind
                )));
            }
        }
        self.bytes += line.len();
        match self.bytes >= BATCH || self.gathered.count() >= ROWS {
            true => self.flush(),
            false => Ok(()),
        }
    }

    /// Writes rows that were gathered apart, for the same columns.
    ///
    /// # Errors
    ///
    /// If a value is not of its column's kind or a row is not complete, or `out` fails. The table cannot be finished then.
    pub fn append(&mut self, rows: TableRows) -> io::Result<()> {
        self.flush()?;
        self.write(rows)
    }

    fn flush(&mut self) -> io::Result<()> {
        let fresh = TableRows::new(&self.columns);
        let gathered = std::mem::replace(&mut self.gathered, fresh);
        self.bytes = 0;
        self.write(gathered)
    }

    fn write(&mut self, rows: TableRows) -> io::Result<()> {
        if rows.count() == 0 {
            return Ok(());
        }
        let arrays = rows.arrays(&self.columns)?;
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), arrays);
        self.writer
            .write(&batch.map_err(io::Error::other)?)
            .map_err(failed)
    }

    /// Bytes that were handed to `out`.
    pub fn written(&self) -> u64 {
        self.writer.bytes_written() as u64
    }

    /// Writes what is left, and the footer.
    ///
    /// # Errors
    ///
    /// If `out` fails.
    pub fn finish(mut self) -> io::Result<W> {
        self.flush()?;
        self.writer.finish().map_err(failed)?;
        self.writer.inner_mut().take()
    }
}

fn invalid(what: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// An error of the device as it was, and any other one with its words.
pub(crate) fn failed(error: ParquetError) -> io::Error {
    let mut cause: Option<&(dyn Error + 'static)> = Some(&error);
    while let Some(inner) = cause {
        if let Some(device) = inner.downcast_ref::<io::Error>() {
            return match device.raw_os_error() {
                Some(code) => io::Error::from_raw_os_error(code),
                None => io::Error::new(device.kind(), error),
            };
        }
        cause = inner.source();
    }
    io::Error::other(error)
}

#[cfg(test)]
mod tests;
