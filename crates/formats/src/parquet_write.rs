//! Tables as Parquet: rows that are JSON objects on lines, with a type for each column.
//!
//! The same rows give the same bytes. Pages are compressed with Zstandard at level 3; a row group has [`ROWS`] rows at most, so
//! that readers may use several cores, and no reader holds more than one in memory.

mod column;

use std::error::Error;
use std::io::{self, Write};
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use serde_json::{Map, Value};

pub use column::{Column, Kind};

use column::Builder;

/// Rows of a row group at most: DuckDB's own number, which its documentation recommends for reading in parallel.
const ROWS: usize = 122_880;

/// Bytes of a row group, about, before compression.
const GROUP: usize = 128 << 20;

/// Bytes of lines that are gathered before they are encoded.
const BATCH: usize = 4 << 20;

/// A Parquet file being written.
pub struct ParquetTable<W: Write + Send> {
    columns: Vec<Column>,
    schema: SchemaRef,
    builders: Vec<Builder>,
    writer: ArrowWriter<Out<W>>,
    /// Rows that are gathered, their bytes as lines, and all rows before.
    gathered: usize,
    bytes: usize,
    rows: u64,
}

/// What is written to, until it is given back: the writer's own way to give it back loses what kind an error is of.
struct Out<W>(Option<W>);

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
            .field("rows", &self.rows)
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
            .build();
        let writer = ArrowWriter::try_new(Out(Some(out)), Arc::clone(&schema), Some(properties));
        Ok(ParquetTable {
            builders: columns
                .iter()
                .map(|column| Builder::new(column.kind))
                .collect(),
            writer: writer.map_err(failed)?,
            columns,
            schema,
            gathered: 0,
            bytes: 0,
            rows: 0,
        })
    }

    /// Writes a row: a JSON object. What it does not have, or has as null, is null; what is no column is left out.
    ///
    /// # Errors
    ///
    /// If it is no object or a value is not of its column's kind, or `out` fails. The table cannot be finished then.
    pub fn row(&mut self, line: &[u8]) -> io::Result<()> {
        self.rows += 1;
        let object: Map<String, Value> = serde_json::from_slice(line)
            .map_err(|error| invalid(format!("row {}: {error}", self.rows)))?;
        for (column, builder) in self.columns.iter().zip(&mut self.builders) {
            let value = object.get(&column.name).unwrap_or(&Value::Null);
            if !builder.push(value) {
                let shown: String = value.to_string().chars().take(40).collect();
                return Err(invalid(format!(
                    "row {}, column `{}`: expected {}, found `{shown}`",
                    self.rows, column.name, column.kind
                )));
            }
        }
        self.gathered += 1;
        self.bytes += line.len();
        match self.bytes >= BATCH || self.gathered >= ROWS {
            true => self.flush(),
            false => Ok(()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.gathered == 0 {
            return Ok(());
        }
        let arrays: Vec<ArrayRef> = self.builders.iter_mut().map(Builder::finish).collect();
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), arrays);
        self.writer
            .write(&batch.map_err(io::Error::other)?)
            .map_err(failed)?;
        (self.gathered, self.bytes) = (0, 0);
        match self.writer.in_progress_size() > GROUP {
            true => self.writer.flush().map_err(failed),
            false => Ok(()),
        }
    }

    /// Writes what is left, and the footer.
    ///
    /// # Errors
    ///
    /// If `out` fails.
    pub fn finish(mut self) -> io::Result<W> {
        self.flush()?;
        self.writer.finish().map_err(failed)?;
        let out = self.writer.inner_mut().0.take();
        out.ok_or_else(|| io::Error::other("the table was finished before"))
    }
}

fn invalid(what: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// An error of the device as it was, and any other one with its words.
fn failed(error: ParquetError) -> io::Error {
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
