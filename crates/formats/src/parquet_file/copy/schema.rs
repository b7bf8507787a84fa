//! What a copy is written as: the columns of the file, less those that are left out, and those that are added.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use arrow_schema::{FieldRef, Schema};
use parquet::arrow::{ARROW_SCHEMA_META_KEY, ArrowSchemaConverter, encode_arrow_schema};
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{WriterProperties, WriterPropertiesPtr};
use parquet::schema::types::{SchemaDescriptor, Type};

use super::ParquetCopy;
use crate::form::SourceFile;
use crate::parquet_file::{Table, check, said};
use crate::parquet_write::{Column, Kind};

/// What a copy is written as.
pub struct CopySchema {
    pub(super) written: SchemaDescriptor,
    /// The columns of the file that are copied.
    pub(super) leaves: Vec<usize>,
    pub(super) added: Vec<Column>,
    pub(super) properties: WriterPropertiesPtr,
}

impl std::fmt::Debug for CopySchema {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CopySchema")
            .field("added", &self.added)
            .finish_non_exhaustive()
    }
}

impl ParquetCopy {
    /// Names of the fields of a file, if it can be read.
    pub fn fields_of(file: &SourceFile<'_>) -> Option<Vec<String>> {
        check(&file.bytes).ok()?;
        // What is damaged may make the reader panic: nothing of it is used afterwards.
        let table = catch_unwind(AssertUnwindSafe(|| Table::open(file)));
        let table = Arc::new(table.ok()?.ok()?);
        let groups = Vec::new();
        Some(ParquetCopy { table, groups }.fields())
    }

    /// Names of the fields, in their order.
    pub fn fields(&self) -> Vec<String> {
        let fields = self.root().get_fields().iter();
        fields.map(|field| field.name().to_owned()).collect()
    }

    /// What a copy without some of the fields, and with more columns behind them, is written as.
    ///
    /// # Errors
    ///
    /// If an added column is a list or a date.
    pub fn schema(&self, left_out: &[usize], added: Vec<Column>) -> Result<CopySchema, String> {
        self.try_schema(left_out, added)
            .map_err(|error| said(&error.to_string()))
    }

    fn root(&self) -> &Type {
        let metadata = self.table.metadata.metadata();
        metadata.file_metadata().schema_descr().root_schema()
    }

    fn try_schema(
        &self,
        left_out: &[usize],
        added: Vec<Column>,
    ) -> Result<CopySchema, ParquetError> {
        let takes = [Kind::Text, Kind::Whole, Kind::Number, Kind::Truth];
        if added.iter().any(|column| !takes.contains(&column.kind)) {
            let what = "only texts, numbers and truths can be added".to_owned();
            return Err(ParquetError::General(what));
        }
        let own: Vec<FieldRef> = added
            .iter()
            .map(|column| Arc::new(column.field()))
            .collect();
        let converted = ArrowSchemaConverter::new().convert(&Schema::new(own.clone()))?;
        let (root, is_kept) = (self.root(), |at: &usize| !left_out.contains(at));
        let kept = (0..root.get_fields().len()).filter(is_kept);
        let mut fields: Vec<_> = kept.map(|at| Arc::clone(&root.get_fields()[at])).collect();
        fields.extend(converted.root_schema().get_fields().iter().cloned());
        let written = Type::group_type_builder(root.name()).with_fields(fields);
        let written = SchemaDescriptor::new(Arc::new(written.build()?));
        let file = self.table.metadata.metadata().file_metadata();
        let leaves = 0..file.schema_descr().num_columns();
        let is_copied = |leaf: &usize| is_kept(&file.schema_descr().get_column_root_idx(*leaf));
        let leaves: Vec<usize> = leaves.filter(is_copied).collect();
        let changed = !(left_out.is_empty() && added.is_empty());
        let arrow = changed.then(|| self.arrow_schema(left_out, &own)).flatten();
        let known = file.key_value_metadata().cloned().unwrap_or_default();
        let mut notes: Vec<KeyValue> = known
            .into_iter()
            .filter(|note| !changed || note.key != ARROW_SCHEMA_META_KEY)
            .collect();
        notes.extend(arrow.map(|arrow| KeyValue::new(ARROW_SCHEMA_META_KEY.to_owned(), arrow)));
        let properties = self.properties(&leaves)?;
        let properties = properties.set_key_value_metadata((!notes.is_empty()).then_some(notes));
        Ok(CopySchema {
            written,
            leaves,
            added,
            properties: Arc::new(properties.build()),
        })
    }

    /// Arrow's schema, which stands beside that of Parquet, for the fields that are written; nothing if the file has none.
    fn arrow_schema(&self, left_out: &[usize], added: &[FieldRef]) -> Option<String> {
        let metadata = self.table.metadata.metadata();
        let file = metadata.file_metadata();
        let notes = file.key_value_metadata()?;
        notes
            .iter()
            .find(|note| note.key == ARROW_SCHEMA_META_KEY)?;
        let schema =
            parquet::arrow::parquet_to_arrow_schema(file.schema_descr(), file.key_value_metadata());
        let schema = schema.ok()?;
        let fields = schema.fields().iter().enumerate();
        let mut fields: Vec<FieldRef> = fields
            .filter(|(at, _)| !left_out.contains(at))
            .map(|(_, field)| Arc::clone(field))
            .collect();
        fields.extend(added.iter().cloned());
        let schema = Schema::new_with_metadata(fields, schema.metadata().clone());
        Some(encode_arrow_schema(&schema))
    }

    /// How it is encoded: with dictionaries where the file has them, as they would be tried in vain elsewhere.
    fn properties(
        &self,
        leaves: &[usize],
    ) -> Result<parquet::file::properties::WriterPropertiesBuilder, ParquetError> {
        let mut properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
            .set_created_by(concat!("wirecopy ", env!("CARGO_PKG_VERSION")).to_owned());
        for &leaf in leaves {
            let mut chunks = self.groups.iter().map(|group| {
                let group = self.table.group(group.number);
                group.column(leaf)
            });
            let has_dictionary = chunks.any(|chunk| chunk.dictionary_page_offset().is_some());
            let descriptor = self.table.metadata.metadata().file_metadata();
            let path = descriptor.schema_descr().column(leaf).path().clone();
            properties = properties.set_column_dictionary_enabled(path, has_dictionary);
        }
        Ok(properties)
    }
}
