//! The columns of a Parquet file that are read, and as what.
//!
//! Left out are long lists of numbers (embeddings, tokens, samples of sound) and the bytes of pictures and sounds, as Hugging
//! Face's data sets have them: they are most of such a file, and no documents.

use std::sync::Arc;

use arrow_schema::{DataType, Field, FieldRef, Schema};
use parquet::arrow::ProjectionMask;
use parquet::basic::{ConvertedType, LogicalType, Type as Physical};
use parquet::errors::ParquetError;
use parquet::file::metadata::ParquetMetaData;
use parquet::schema::types::{ColumnDescriptor, SchemaDescriptor, Type};

/// Numbers in a row's list, on average, from which on they are no figures that a person wrote.
const NUMBERS: i64 = 64;

/// The columns of a file that are read.
pub(super) fn needed(metadata: &ParquetMetaData) -> ProjectionMask {
    let schema = metadata.file_metadata().schema_descr();
    let all = 0..schema.num_columns();
    let kept = all.filter(|&leaf| !is_long_list(metadata, leaf) && !is_media(schema, leaf));
    ProjectionMask::leaves(schema, kept)
}

fn is_long_list(metadata: &ParquetMetaData, leaf: usize) -> bool {
    let column = metadata.file_metadata().schema_descr().column(leaf);
    let is_number = match column.physical_type() {
        Physical::BYTE_ARRAY | Physical::INT96 => false,
        Physical::FIXED_LEN_BYTE_ARRAY => column.logical_type_ref() == Some(&LogicalType::Float16),
        _ => true,
    };
    if !is_number || column.max_rep_level() == 0 {
        return false;
    }
    let (mut rows, mut numbers) = (0i64, 0i64);
    for group in metadata.row_groups() {
        rows = rows.saturating_add(group.num_rows());
        let values = group
            .columns()
            .get(leaf)
            .map_or(0, |chunk| chunk.num_values());
        numbers = numbers.saturating_add(values);
    }
    numbers > rows.saturating_mul(NUMBERS)
}

/// `{bytes, path}`, as Hugging Face keeps pictures and sounds: of that, the bytes.
fn is_media(schema: &SchemaDescriptor, leaf: usize) -> bool {
    let column = schema.column(leaf);
    let parts = column.path().parts();
    let Some((last, group)) = parts.split_last() else {
        return false;
    };
    if last != "bytes" || group.is_empty() || !is_binary(&column) {
        return false;
    }
    schema.columns().iter().any(|other| {
        let other = other.path().parts();
        other.len() == parts.len() && other.starts_with(group) && other[group.len()] == "path"
    })
}

fn is_binary(column: &ColumnDescriptor) -> bool {
    column.physical_type() == Physical::BYTE_ARRAY
        && column.logical_type_ref().is_none()
        && column.converted_type() == ConvertedType::NONE
}

/// A schema whose texts are views of the decoded pages: they are not copied then.
pub(super) fn with_views(schema: &Schema) -> Schema {
    let fields: Vec<FieldRef> = schema.fields().iter().map(with_view).collect();
    Schema::new_with_metadata(fields, schema.metadata().clone())
}

fn with_view(field: &FieldRef) -> FieldRef {
    let kind = match field.data_type() {
        DataType::Utf8 | DataType::LargeUtf8 => DataType::Utf8View,
        DataType::Binary | DataType::LargeBinary => DataType::BinaryView,
        DataType::List(inner) => DataType::List(with_view(inner)),
        DataType::LargeList(inner) => DataType::LargeList(with_view(inner)),
        DataType::Map(inner, sorted) => DataType::Map(with_view(inner), *sorted),
        DataType::Struct(fields) => DataType::Struct(fields.iter().map(with_view).collect()),
        _ => return Arc::clone(field),
    };
    Arc::new(Field::clone(field).with_data_type(kind))
}

/// A schema whose texts are bytes.
pub(super) fn as_bytes(root: &Type) -> Result<SchemaDescriptor, ParquetError> {
    Ok(SchemaDescriptor::new(Arc::new(without_text(root)?)))
}

fn without_text(kind: &Type) -> Result<Type, ParquetError> {
    let info = kind.get_basic_info();
    let id = info.has_id().then(|| info.id());
    if kind.is_primitive() {
        let is_text = matches!(
            info.logical_type_ref(),
            Some(LogicalType::String | LogicalType::Json | LogicalType::Enum)
        ) || matches!(
            info.converted_type(),
            ConvertedType::UTF8 | ConvertedType::JSON | ConvertedType::ENUM
        );
        if !is_text {
            return Ok(kind.clone());
        }
        return Type::primitive_type_builder(info.name(), kind.get_physical_type())
            .with_repetition(info.repetition())
            .with_id(id)
            .build();
    }
    let fields: Result<Vec<_>, _> = kind
        .get_fields()
        .iter()
        .map(|field| without_text(field).map(Arc::new))
        .collect();
    let mut builder = Type::group_type_builder(info.name())
        .with_fields(fields?)
        .with_logical_type(info.logical_type_ref().cloned())
        .with_converted_type(info.converted_type())
        .with_id(id);
    if info.has_repetition() {
        builder = builder.with_repetition(info.repetition());
    }
    builder.build()
}
