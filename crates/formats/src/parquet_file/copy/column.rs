//! Copying a column of a row group: values and levels of the rows that are chosen.

use std::sync::Arc;

use bytes::Bytes;
use parquet::column::reader::{ColumnReader, ColumnReaderImpl, get_column_reader};
use parquet::column::writer::{
    ColumnCloseResult, ColumnWriter, ColumnWriterImpl, get_column_writer,
};
use parquet::data_type::DataType;
use parquet::errors::ParquetError;
use parquet::file::serialized_reader::SerializedPageReader;
use parquet::file::writer::{SerializedPageWriter, TrackedWrite};

use super::CopySchema;
use crate::parquet_file::{BATCH, ROWS, Table, said};

/// The chosen rows of a column, encoded. `from` is its place among those of the file, `to` among those that are written.
pub(super) fn copy(
    table: &Table,
    (group, from): (usize, usize),
    (schema, to): (&CopySchema, usize),
    chosen: &[bool],
) -> Result<(Bytes, ColumnCloseResult), String> {
    copy_column(table, (group, from), (schema, to), chosen)
        .map_err(|error| said(&error.to_string()))
}

fn copy_column(
    table: &Table,
    (group, from): (usize, usize),
    (schema, to): (&CopySchema, usize),
    chosen: &[bool],
) -> Result<(Bytes, ColumnCloseResult), ParquetError> {
    let metadata = table.group(group);
    let chunk = metadata.column(from);
    let rows = usize::try_from(metadata.num_rows())?;
    let pages = SerializedPageReader::new(Arc::new(table.bytes.clone()), chunk, rows, None)?;
    let reader = get_column_reader(chunk.column_descr_ptr(), Box::new(pages));
    // Rows of some megabytes: texts are views of decoded pages, which are held as long as any of them.
    let row = (chunk.uncompressed_size() / metadata.num_rows().max(1)).max(1);
    let batch = usize::try_from((BATCH / row).clamp(1, ROWS))?;
    encoded(schema, to, |writer| match (reader, writer) {
        (ColumnReader::BoolColumnReader(reader), ColumnWriter::BoolColumnWriter(writer)) => {
            filter(reader, writer, chosen, batch)
        }
        (ColumnReader::Int32ColumnReader(reader), ColumnWriter::Int32ColumnWriter(writer)) => {
            filter(reader, writer, chosen, batch)
        }
        (ColumnReader::Int64ColumnReader(reader), ColumnWriter::Int64ColumnWriter(writer)) => {
            filter(reader, writer, chosen, batch)
        }
        (ColumnReader::Int96ColumnReader(reader), ColumnWriter::Int96ColumnWriter(writer)) => {
            filter(reader, writer, chosen, batch)
        }
        (ColumnReader::FloatColumnReader(reader), ColumnWriter::FloatColumnWriter(writer)) => {
            filter(reader, writer, chosen, batch)
        }
        (ColumnReader::DoubleColumnReader(reader), ColumnWriter::DoubleColumnWriter(writer)) => {
            filter(reader, writer, chosen, batch)
        }
        (
            ColumnReader::ByteArrayColumnReader(reader),
            ColumnWriter::ByteArrayColumnWriter(writer),
        ) => filter(reader, writer, chosen, batch),
        (
            ColumnReader::FixedLenByteArrayColumnReader(reader),
            ColumnWriter::FixedLenByteArrayColumnWriter(writer),
        ) => filter(reader, writer, chosen, batch),
        _ => Err(ParquetError::General(
            "the group has a column of another type than the footer says".to_owned(),
        )),
    })
}

/// A column of the file that is written, encoded in memory.
pub(super) fn encoded(
    schema: &CopySchema,
    to: usize,
    write: impl FnOnce(&mut ColumnWriter<'_>) -> Result<(), ParquetError>,
) -> Result<(Bytes, ColumnCloseResult), ParquetError> {
    let mut out = TrackedWrite::new(Vec::new());
    let closed = {
        let pages = Box::new(SerializedPageWriter::new(&mut out));
        let properties = Arc::clone(&schema.properties);
        let mut writer = get_column_writer(schema.written.column(to), properties, pages);
        write(&mut writer)?;
        writer.close()?
    };
    Ok((Bytes::from(out.into_inner()?), closed))
}

/// Copies the chosen ones of the first rows of a column.
fn filter<T: DataType>(
    mut reader: ColumnReaderImpl<T>,
    writer: &mut ColumnWriterImpl<'_, T>,
    chosen: &[bool],
    batch: usize,
) -> Result<(), ParquetError> {
    let mut rows = Rows::<T> {
        values: Vec::new(),
        definition: Vec::new(),
        repetition: Vec::new(),
        most: writer.get_descriptor().max_def_level(),
        is_repeated: writer.get_descriptor().max_rep_level() > 0,
    };
    let mut done = 0;
    for chosen in chosen.chunks(batch) {
        let expected = chosen.len();
        if !chosen.contains(&true) {
            let skipped = reader.skip_records(expected)?;
            rows.complete(done, expected, skipped)?;
        } else {
            let levels = rows.read(&mut reader, done, expected)?;
            if chosen.contains(&false) {
                rows.retain(chosen, levels);
            }
            rows.write(writer)?;
        }
        done += expected;
    }
    Ok(())
}

/// Some rows of a column: its values that are not null, and where they stand.
struct Rows<T: DataType> {
    values: Vec<T::T>,
    definition: Vec<i16>,
    repetition: Vec<i16>,
    /// The definition level of a value that is not null.
    most: i16,
    /// Whether a row may have several values.
    is_repeated: bool,
}

impl<T: DataType> Rows<T> {
    /// Reads so many rows, and says how many levels they have.
    fn read(
        &mut self,
        reader: &mut ColumnReaderImpl<T>,
        done: usize,
        rows: usize,
    ) -> Result<usize, ParquetError> {
        self.values.clear();
        self.definition.clear();
        self.repetition.clear();
        let (read, _, levels) = reader.read_records(
            rows,
            Some(&mut self.definition),
            Some(&mut self.repetition),
            &mut self.values,
        )?;
        self.complete(done, rows, read)?;
        Ok(levels)
    }

    fn complete(&self, done: usize, expected: usize, found: usize) -> Result<(), ParquetError> {
        match found == expected {
            true => Ok(()),
            false => Err(ParquetError::General(format!(
                "expected {} rows or more, found {}",
                done + expected,
                done + found
            ))),
        }
    }

    /// Leaves the chosen rows.
    fn retain(&mut self, chosen: &[bool], levels: usize) {
        let (mut row, mut value) = (0, 0);
        let (mut levels_kept, mut values_kept) = (0, 0);
        for level in 0..levels {
            let begins = !self.is_repeated || self.repetition[level] == 0;
            row += usize::from(begins);
            let is_value = self.most == 0 || self.definition[level] == self.most;
            // A row begins before its first level.
            if row > 0 && chosen.get(row - 1) == Some(&true) {
                if self.most > 0 {
                    self.definition[levels_kept] = self.definition[level];
                }
                if self.is_repeated {
                    self.repetition[levels_kept] = self.repetition[level];
                }
                if is_value {
                    self.values.swap(values_kept, value);
                    values_kept += 1;
                }
                levels_kept += 1;
            }
            value += usize::from(is_value);
        }
        self.values.truncate(values_kept);
        self.definition.truncate(levels_kept);
        self.repetition.truncate(levels_kept);
    }

    fn write(&self, writer: &mut ColumnWriterImpl<'_, T>) -> Result<(), ParquetError> {
        let definition = (self.most > 0).then_some(&self.definition[..]);
        let repetition = self.is_repeated.then_some(&self.repetition[..]);
        writer.write_batch(&self.values, definition, repetition)?;
        Ok(())
    }
}
