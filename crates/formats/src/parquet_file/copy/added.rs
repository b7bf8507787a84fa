//! Columns that a copy has besides those of the file: texts, numbers, and what is true or false.

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef};
use bytes::Bytes;
use parquet::column::writer::{ColumnCloseResult, ColumnWriter};
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;

use super::CopySchema;
use super::column::encoded;
use crate::parquet_write::TableRows;

/// The added columns of some rows, encoded.
pub(super) fn encode(schema: &CopySchema, rows: TableRows) -> Vec<(Bytes, ColumnCloseResult)> {
    let first = schema.leaves.len();
    let arrays = rows.arrays(&schema.added);
    let arrays = arrays.expect("rows are gathered for these columns");
    let column = |(at, array): (usize, &ArrayRef)| {
        let written = encoded(schema, first + at, |writer| put(writer, array));
        written.expect("what is in memory is encoded into memory")
    };
    arrays.iter().enumerate().map(column).collect()
}

fn put(writer: &mut ColumnWriter<'_>, array: &ArrayRef) -> Result<(), ParquetError> {
    let present = |row: usize| array.is_valid(row);
    let levels: Vec<i16> = (0..array.len())
        .map(|row| i16::from(present(row)))
        .collect();
    let rows = (0..array.len()).filter(|&row| present(row));
    match writer {
        ColumnWriter::ByteArrayColumnWriter(writer) => {
            let texts = array.as_string::<i32>();
            let values: Vec<ByteArray> = rows.map(|row| texts.value(row).into()).collect();
            writer.write_batch(&values, Some(&levels), None)?;
        }
        ColumnWriter::DoubleColumnWriter(writer) => {
            let numbers = array.as_primitive::<Float64Type>();
            let values: Vec<f64> = rows.map(|row| numbers.value(row)).collect();
            writer.write_batch(&values, Some(&levels), None)?;
        }
        ColumnWriter::Int64ColumnWriter(writer) => {
            let numbers = array.as_primitive::<Int64Type>();
            let values: Vec<i64> = rows.map(|row| numbers.value(row)).collect();
            writer.write_batch(&values, Some(&levels), None)?;
        }
        ColumnWriter::BoolColumnWriter(writer) => {
            let truths = array.as_boolean();
            let values: Vec<bool> = rows.map(|row| truths.value(row)).collect();
            writer.write_batch(&values, Some(&levels), None)?;
        }
        _ => unreachable!("`CopySchema` takes columns of these kinds only"),
    }
    Ok(())
}
