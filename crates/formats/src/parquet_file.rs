//! Parquet: every row is an object of its columns.
//!
//! Row groups are read side by side, large ones batch by batch, and are handed over in order. A group that cannot be read is
//! lost from the row on where it cannot; the others are read. Columns that hold no text and cost much are left out:
//! see [`columns`].

mod columns;
mod copy;
mod group;

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
    ParquetRecordBatchReaderBuilder,
};
use parquet::file::metadata::{PageIndexPolicy, ParquetStatisticsPolicy, RowGroupMetaData};

use crate::form::{Form, SourceFile, has_extension};
use crate::sink::{Loss, Sink, Stop};
use crate::table::{Rows, hand_over};

pub use copy::{CopiedGroup, CopySchema, ParquetCopy, ParquetCopyFile};

pub(crate) static FORM: Form = Form {
    name: "Parquet",
    one_document: false,
    recognise,
    read,
};

/// The first and the last bytes of a file; those of one whose footer is encrypted (parquet-format's README and Encryption.md).
const MAGIC: &[u8] = b"PAR1";
const ENCRYPTED: &[u8] = b"PARE";

/// Row groups up to this size, decompressed, are read as a whole, one by each core.
const SMALL: i64 = 16 << 20;

/// Bytes of a batch, about.
const BATCH: i64 = 4 << 20;

/// Rows of a batch at most: what is small stays in a core's cache.
const ROWS: i64 = 8192;

fn recognise(path: &Path, head: &[u8]) -> bool {
    head.starts_with(MAGIC)
        || head.starts_with(ENCRYPTED)
        || has_extension(path, &["parquet", "pq", "parq", "geoparquet"])
}

fn read(file: &SourceFile<'_>, sink: &mut dyn Sink) -> Result<(), Stop> {
    if let Err(loss) = check(&file.bytes) {
        return sink.lost(loss);
    }
    let all = 0..file.bytes.len() as u64;
    // What is damaged may make the reader panic: nothing of it is used afterwards.
    let table = catch_unwind(AssertUnwindSafe(|| Table::open(file)))
        .unwrap_or_else(|_| Err("the footer makes no sense".to_owned()));
    match table {
        Ok(table) => hand_over(&mut group::Groups::new(table), sink),
        Err(what) => sink.lost(Loss {
            at: all.start,
            what: format!("Parquet: {what}"),
            missing: Some(all.end),
        }),
    }
}

/// Whether the file is one that is whole and in the clear.
fn check(bytes: &[u8]) -> Result<(), Loss> {
    let length = bytes.len() as u64;
    let (is_begun, is_ended) = (bytes.starts_with(MAGIC), bytes.ends_with(MAGIC));
    // A head, a footer's length, and the end of it.
    if is_ended && bytes.len() >= 12 {
        return Ok(());
    }
    let shown: String = String::from_utf8_lossy(&bytes[..bytes.len().min(40)])
        .chars()
        .flat_map(char::escape_default)
        .collect();
    let (at, what, missing) = match () {
        () if bytes.is_empty() => (0, "the file is empty".to_owned(), None),
        () if bytes.starts_with(ENCRYPTED) || bytes.ends_with(ENCRYPTED) => (
            0,
            "the file is encrypted: write it again without a key".to_owned(),
            Some(length),
        ),
        () if is_begun => (
            length,
            "the file ends too early: it has no footer, which says where its rows are".to_owned(),
            None,
        ),
        () if bytes.starts_with(b"version https://git-lfs") => (
            0,
            "the file is a pointer of Git LFS, not the data: `git lfs pull` fetches it".to_owned(),
            None,
        ),
        () => (0, format!("expected `PAR1`, found `{shown}`"), Some(length)),
    };
    Err(Loss {
        at,
        what: format!("Parquet: {what}"),
        missing,
    })
}

/// What the footer is read for: its figures and indexes are not.
fn options() -> ArrowReaderOptions {
    ArrowReaderOptions::new()
        .with_page_index_policy(PageIndexPolicy::Skip)
        .with_column_stats_policy(ParquetStatisticsPolicy::SkipAll)
}

fn load(bytes: &Bytes, options: ArrowReaderOptions) -> Result<ArrowReaderMetadata, String> {
    match ArrowReaderMetadata::load(bytes, options.clone()) {
        Ok(metadata) => Ok(metadata),
        // Arrow's own schema beside that of Parquet may be of another version, or wrong.
        Err(_) => ArrowReaderMetadata::load(bytes, options.with_skip_arrow_metadata(true))
            .map_err(|error| said(&error.to_string())),
    }
}

/// What a library says, on one line and without its own name.
fn said(error: &str) -> String {
    let error = error.strip_prefix("Parquet error: ").unwrap_or(error);
    let line = error.lines().next().unwrap_or_default();
    line.chars().take(300).collect()
}

/// A file whose footer was read.
struct Table {
    bytes: Bytes,
    metadata: ArrowReaderMetadata,
    mask: ProjectionMask,
    rows: Rows,
    /// The first row of each group.
    first: Vec<u64>,
}

impl Table {
    fn open(file: &SourceFile<'_>) -> Result<Table, String> {
        let metadata = load(&file.bytes, options())?;
        let mask = columns::needed(metadata.metadata());
        let views = columns::with_views(metadata.schema());
        let metadata = ArrowReaderMetadata::try_new(
            Arc::clone(metadata.metadata()),
            options().with_schema(Arc::new(views)),
        )
        .unwrap_or(metadata);
        let mut first = Vec::new();
        let mut rows = 0u64;
        for group in metadata.metadata().row_groups() {
            first.push(rows);
            rows = rows.saturating_add(u64::try_from(group.num_rows()).unwrap_or(0));
        }
        Ok(Table {
            bytes: file.bytes.clone(),
            mask,
            rows: Rows::new(file.path),
            metadata,
            first,
        })
    }

    fn builder(&self, metadata: &ArrowReaderMetadata) -> ParquetRecordBatchReaderBuilder<Bytes> {
        ParquetRecordBatchReaderBuilder::new_with_metadata(self.bytes.clone(), metadata.clone())
            .with_projection(self.mask.clone())
    }

    /// A reader of rows of a group. With texts as bytes, one that is no UTF-8 does not keep the others from being read.
    fn reader(
        &self,
        number: usize,
        skipped: usize,
        as_bytes: bool,
    ) -> Result<ParquetRecordBatchReader, String> {
        let metadata = match as_bytes {
            false => self.metadata.clone(),
            true => {
                let schema = self.metadata.metadata().file_metadata().schema();
                let schema = columns::as_bytes(schema).map_err(|error| said(&error.to_string()))?;
                load(
                    &self.bytes,
                    options()
                        .with_skip_arrow_metadata(true)
                        .with_parquet_schema(Arc::new(schema)),
                )?
            }
        };
        let group = self.group(number);
        let row = (group.total_byte_size() / group.num_rows().max(1)).max(1);
        let batch = usize::try_from((BATCH / row).clamp(1, ROWS)).unwrap_or(1);
        self.builder(&metadata)
            .with_row_groups(vec![number])
            .with_batch_size(batch)
            .with_offset(skipped)
            .build()
            .map_err(|error| said(&error.to_string()))
    }

    fn group(&self, number: usize) -> &RowGroupMetaData {
        self.metadata.metadata().row_group(number)
    }

    /// Where a group lies.
    fn place(&self, number: usize) -> Range<u64> {
        let group = self.group(number);
        let starts = group.columns().iter().map(|column| {
            let data = column.data_page_offset();
            let first = column
                .dictionary_page_offset()
                .filter(|&at| at > 0 && at < data);
            u64::try_from(first.unwrap_or(data)).unwrap_or(0)
        });
        let end = self.bytes.len() as u64;
        let start = starts.min().unwrap_or(0).min(end);
        let length = u64::try_from(group.compressed_size()).unwrap_or(0);
        start..start.saturating_add(length).min(end)
    }
}

#[cfg(test)]
mod tests;
