//! Rows as lines.

use std::ops::Range;
use std::path::Path;

use arrow_array::RecordBatch;
use arrow_schema::Schema;

use super::cell::{Cell, cell, members};
use crate::object::{keys, push_string};

/// Writes rows of a table as lines.
#[derive(Clone, Debug)]
pub(crate) struct Rows {
    /// Columns that the folders give, each with its only value.
    partitions: Vec<(String, String)>,
}

/// Rows as JSON objects, one behind another.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Lines {
    /// The objects.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let starts = [0].into_iter().chain(self.ends.iter().copied());
        starts
            .zip(&self.ends)
            .map(|(start, &end)| &self.bytes[start..end])
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether they take more than this many bytes.
    pub(crate) fn exceed(&self, bytes: usize) -> bool {
        self.bytes.len() >= bytes
    }
}

impl Rows {
    /// Rows of a file. Some columns are in the names of its folders (`year=2024/month=01/part-0.parquet`), as Hive, Spark and
    /// pyarrow write them.
    pub(crate) fn new(path: &Path) -> Rows {
        Rows {
            partitions: partitions(path),
        }
    }

    /// Writes rows of a batch until they have so many bytes, and returns the first that was not written.
    pub(crate) fn write(
        &self,
        batch: &RecordBatch,
        rows: Range<usize>,
        most: usize,
        into: &mut Lines,
    ) -> usize {
        let schema = batch.schema();
        let names = schema.fields().iter().map(|field| field.name().as_str());
        let columns = schema.fields().iter().zip(batch.columns());
        let fields: Vec<(Vec<u8>, Cell<'_>)> = std::iter::zip(keys(names), columns)
            .map(|(key, (field, column))| (key, cell(field, column)))
            .collect();
        let same = self.same(&schema);
        for row in rows.clone() {
            if into.exceed(most) {
                return row;
            }
            into.bytes.extend_from_slice(&same);
            members(&fields, row, &mut into.bytes);
            into.bytes.push(b'}');
            into.ends.push(into.bytes.len());
        }
        rows.end
    }

    /// How every row begins.
    fn same(&self, schema: &Schema) -> Vec<u8> {
        let mut same = b"{".to_vec();
        for (name, value) in &self.partitions {
            if schema.column_with_name(name).is_some() {
                continue;
            }
            if same.len() > 1 {
                same.push(b',');
            }
            push_string(name, &mut same);
            same.push(b':');
            push_string(value, &mut same);
        }
        same
    }
}

/// `name=value` in the folders of a path.
fn partitions(path: &Path) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    let folders = path.parent().map(Path::components);
    for folder in folders.into_iter().flatten() {
        let folder = folder.as_os_str().to_string_lossy();
        let Some((name, value)) = folder.split_once('=') else {
            continue;
        };
        let is_name = !name.is_empty()
            && name
                .chars()
                .all(|sign| sign.is_alphanumeric() || matches!(sign, '_' | '-' | '.'));
        // Hive's name for null.
        if !is_name || value.is_empty() || value == "__HIVE_DEFAULT_PARTITION__" {
            continue;
        }
        all.retain(|(other, _)| other != name);
        all.push((name.to_owned(), unescaped(value)));
    }
    all
}

/// `%20` and the like, where they give a text.
fn unescaped(value: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = value.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = (first == b'%').then(|| after.get(..2)).flatten();
        let hex = hex.and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| value.to_owned())
}
