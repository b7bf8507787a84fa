//! Rows of a Parquet file again, as they are in it: for the corpus without its copies.
//!
//! Columns are copied as Parquet's own values and levels, not as those of Arrow: whatever type a column has, also one that is
//! nested, of a kind that Arrow does not know, or a text that is no UTF-8, comes out as it went in, and the schema and the
//! metadata of the file are its own. A row group becomes a row group; all of its columns are compressed with Zstandard.
//!
//! Which rows there are is said by place: the *lines* that the form handed over of the file, in their order. Where all rows were
//! handed over, the n-th line is the n-th row; where some were lost, the file is read once more to find which.

mod added;
mod column;
mod schema;
mod writer;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use bytes::Bytes;
use parquet::column::writer::ColumnCloseResult;
use rayon::prelude::*;

pub use schema::CopySchema;
pub use writer::ParquetCopyFile;

use super::group::{Group, is_here};
use super::{Table, check};
use crate::form::SourceFile;
use crate::parquet_write::TableRows;
use crate::sink::Loss;

/// A file whose rows are copied.
pub struct ParquetCopy {
    table: Arc<Table>,
    groups: Vec<Handed>,
}

/// A row group, and how many of its rows were handed over: its first ones.
struct Handed {
    number: usize,
    rows: usize,
}

/// A row group that was copied, encoded and compressed.
pub struct CopiedGroup {
    columns: Vec<(Bytes, ColumnCloseResult)>,
}

impl std::fmt::Debug for ParquetCopy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ParquetCopy")
            .field("groups", &self.groups.len())
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for CopiedGroup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CopiedGroup")
            .field("columns", &self.columns.len())
            .finish()
    }
}

impl ParquetCopy {
    /// Opens a file of which so many lines were handed over.
    ///
    /// # Errors
    ///
    /// If it is no Parquet file, or another one now.
    pub fn open(file: &SourceFile<'_>, lines: u64) -> Result<ParquetCopy, Loss> {
        check(&file.bytes)?;
        let all = file.bytes.len() as u64;
        let lost = |what: String| Loss {
            at: 0,
            what: format!("Parquet: {what}"),
            missing: Some(all),
        };
        // What is damaged may make the reader panic: nothing of it is used afterwards.
        let table = catch_unwind(AssertUnwindSafe(|| Table::open(file)))
            .unwrap_or_else(|_| Err("the footer makes no sense".to_owned()));
        let table = Arc::new(table.map_err(lost)?);
        let numbers = 0..table.metadata.metadata().num_row_groups();
        let numbers: Vec<usize> = numbers.filter(|&number| is_here(&table, number)).collect();
        let all_rows = |&number: &usize| Handed {
            number,
            rows: usize::try_from(table.group(number).num_rows()).unwrap_or(0),
        };
        let sum = |groups: &[Handed]| groups.iter().map(|group| group.rows as u64).sum::<u64>();
        let mut groups: Vec<Handed> = numbers.iter().map(all_rows).collect();
        if sum(&groups) != lines {
            let read = |&number: &usize| Handed {
                number,
                rows: rows_read(&table, number),
            };
            groups = numbers.iter().map(read).collect();
        }
        match sum(&groups) {
            found if found == lines => Ok(ParquetCopy { table, groups }),
            found => Err(lost(format!(
                "expected {lines} rows, found {found}: the file was changed meanwhile"
            ))),
        }
    }

    /// How many row groups there are.
    pub fn groups(&self) -> usize {
        self.groups.len()
    }

    /// How many lines were handed over of a row group.
    pub fn lines(&self, group: usize) -> usize {
        self.groups[group].rows
    }

    /// Bytes of a row group, as compressed.
    pub fn bytes(&self, group: usize) -> u64 {
        let place = self.table.place(self.groups[group].number);
        place.end - place.start
    }

    /// Copies the chosen lines of a row group, with what is added to each of those.
    ///
    /// # Errors
    ///
    /// If a column cannot be read.
    ///
    /// # Panics
    ///
    /// If not every line is said to be chosen or not, or what is added does not fit.
    pub fn group(
        &self,
        schema: &CopySchema,
        group: usize,
        chosen: &[bool],
        added: TableRows,
    ) -> Result<CopiedGroup, Loss> {
        let handed = &self.groups[group];
        assert_eq!(chosen.len(), handed.rows, "a word for every line");
        if !chosen.contains(&true) {
            return Ok(CopiedGroup {
                columns: Vec::new(),
            });
        }
        let copied: Result<Vec<_>, Loss> = schema
            .leaves
            .par_iter()
            .enumerate()
            .map(|(to, &from)| {
                let copy =
                    || column::copy(&self.table, (handed.number, from), (schema, to), chosen);
                catch_unwind(AssertUnwindSafe(copy))
                    .unwrap_or_else(|_| Err("its bytes make no sense".to_owned()))
                    .map_err(|what| self.lost(handed, from, &what))
            })
            .collect();
        let mut columns = copied?;
        columns.extend(added::encode(schema, added));
        Ok(CopiedGroup { columns })
    }

    fn lost(&self, handed: &Handed, leaf: usize, what: &str) -> Loss {
        let metadata = self.table.metadata.metadata();
        let column = metadata.file_metadata().schema_descr().column(leaf);
        let (name, number) = (column.path().string(), handed.number + 1);
        let place = self.table.place(handed.number);
        Loss {
            at: place.start,
            what: format!("Parquet: row group {number}, column `{name}`: {what}"),
            missing: Some(place.end - place.start),
        }
    }
}

/// Rows of a group that can be read, as the form reads them.
fn rows_read(table: &Arc<Table>, number: usize) -> usize {
    let mut group = Group::new(table, number);
    let mut rows = 0;
    while let Some(batch) = group.batch() {
        rows += batch.num_rows();
    }
    rows
}

#[cfg(test)]
mod tests;
