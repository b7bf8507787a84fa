//! Reading a row group: as a whole by one core, or, where it is large, batch by batch, which are written by all.

use std::collections::VecDeque;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use arrow_array::RecordBatch;
use parquet::arrow::arrow_reader::ParquetRecordBatchReader;

use super::{SMALL, Table, said};
use crate::sink::Loss;
use crate::table::{Batch, Lines, Part, Parts};

/// The row groups of a file, in order.
pub(super) struct Groups {
    table: Arc<Table>,
    /// Those that were not begun.
    left: VecDeque<usize>,
    /// A large one, which is being read.
    large: Option<Group>,
}

impl Groups {
    pub(super) fn new(table: Table) -> Groups {
        let all = 0..table.metadata.metadata().num_row_groups();
        let left = all.filter(|&number| is_here(&table, number));
        Groups {
            left: left.collect(),
            table: Arc::new(table),
            large: None,
        }
    }

    fn is_small(&self, number: usize) -> bool {
        (0..=SMALL).contains(&self.table.group(number).total_byte_size())
    }
}

/// Whether a group is in the file: `_metadata` of Spark and Dask describes groups that lie in other files.
pub(super) fn is_here(table: &Table, number: usize) -> bool {
    let columns = table.group(number).columns();
    columns.iter().all(|column| column.file_path().is_none())
}

impl Parts for Groups {
    fn next(&mut self, most: usize) -> Vec<Box<dyn Part>> {
        let mut window: Vec<Box<dyn Part>> = Vec::new();
        while window.len() < most {
            if let Some(group) = &mut self.large {
                match group.batch() {
                    Some(batch) => {
                        let rows = 0..batch.num_rows();
                        let place = group.place();
                        window.push(Box::new(Batch::new(&self.table.rows, batch, rows, place)));
                    }
                    None => window.extend(
                        self.large
                            .take()
                            .map(|group| Box::new(group) as Box<dyn Part>),
                    ),
                }
                continue;
            }
            let Some(number) = self.left.pop_front() else {
                break;
            };
            let group = Group::new(&self.table, number);
            match self.is_small(number) {
                true => window.push(Box::new(group)),
                false => self.large = Some(group),
            }
        }
        window
    }
}

/// A row group.
pub(super) struct Group {
    table: Arc<Table>,
    number: usize,
    reader: Option<ParquetRecordBatchReader>,
    /// A batch, and the first of its rows that was not written.
    batch: Option<(RecordBatch, usize)>,
    rows: u64,
    /// Rows that were read.
    read: u64,
    /// Those of them that were read before the last ones.
    before: u64,
    /// Texts are read as bytes, since one is no UTF-8.
    as_bytes: bool,
    error: Option<String>,
}

impl Group {
    pub(super) fn new(table: &Arc<Table>, number: usize) -> Group {
        let rows = table.group(number).num_rows();
        Group {
            table: Arc::clone(table),
            number,
            reader: None,
            batch: None,
            rows: u64::try_from(rows).unwrap_or(0),
            read: 0,
            before: 0,
            as_bytes: false,
            error: None,
        }
    }

    /// The next batch.
    pub(super) fn batch(&mut self) -> Option<RecordBatch> {
        self.before = self.read;
        while self.read < self.rows && self.error.is_none() {
            // What is damaged may make the reader panic: it is not used again.
            let taken = self.reader.take();
            let next = catch_unwind(AssertUnwindSafe(|| self.next_of(taken)))
                .unwrap_or_else(|_| Err("its bytes make no sense".to_owned()));
            match next {
                Ok((reader, Some(batch))) if batch.num_rows() > 0 => {
                    self.reader = Some(reader);
                    self.read += batch.num_rows() as u64;
                    return Some(batch);
                }
                Ok(_) => {
                    let what = format!("expected {} rows, found {}", self.rows, self.read);
                    self.error = Some(what);
                }
                Err(what)
                    if !self.as_bytes && what.to_lowercase().replace('-', "").contains("utf8") =>
                {
                    self.as_bytes = true;
                }
                Err(what) => self.error = Some(what),
            }
        }
        None
    }

    fn next_of(
        &self,
        reader: Option<ParquetRecordBatchReader>,
    ) -> Result<(ParquetRecordBatchReader, Option<RecordBatch>), String> {
        let mut reader = match reader {
            Some(reader) => reader,
            None => {
                let skipped = usize::try_from(self.read).map_err(|error| error.to_string())?;
                self.table.reader(self.number, skipped, self.as_bytes)?
            }
        };
        match reader.next().transpose() {
            Ok(batch) => Ok((reader, batch)),
            Err(error) => Err(said(&error.to_string())),
        }
    }
}

impl Part for Group {
    fn rows(&mut self, most: usize, into: &mut Lines) {
        let before = self.read;
        while !into.exceed(most) {
            let Some((batch, from)) = self
                .batch
                .take()
                .or_else(|| self.batch().map(|batch| (batch, 0)))
            else {
                break;
            };
            let to = batch.num_rows();
            let next = self.table.rows.write(&batch, from..to, most, into);
            if next < to {
                self.batch = Some((batch, next));
            }
        }
        self.before = before;
    }

    fn lost(&mut self) -> Option<Loss> {
        let (number, first) = (self.number, self.table.first[self.number]);
        let place = self.table.place(number);
        if let Some(what) = &self.error {
            let left = (self.rows - self.read).max(1);
            let length = u128::from(place.end - place.start);
            let missing = length * u128::from(left) / u128::from(self.rows.max(1));
            let rows = format!("{} to {}", first + self.read + 1, first + self.rows.max(1));
            return Some(Loss {
                at: place.start,
                what: format!("Parquet: row group {}, rows {rows}: {what}", number + 1),
                missing: u64::try_from(missing).ok(),
            });
        }
        self.as_bytes.then(|| Loss {
            at: place.start,
            what: format!(
                "Parquet: row group {}: some texts are no UTF-8 and were left out of their rows",
                number + 1
            ),
            missing: None,
        })
    }

    fn place(&self) -> Range<u64> {
        let place = self.table.place(self.number);
        let at = |rows: u64| {
            let length = u128::from(place.end - place.start);
            let part = length * u128::from(rows.min(self.rows)) / u128::from(self.rows.max(1));
            place.start + u64::try_from(part).unwrap_or(0)
        };
        at(self.before)..at(self.read)
    }
}
