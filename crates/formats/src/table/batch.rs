//! A part of a table that is some rows of a batch in memory.

use std::ops::Range;

use arrow_array::RecordBatch;

use super::{Lines, Part, Rows};
use crate::sink::Loss;

/// Rows of a batch.
pub(crate) struct Batch {
    writer: Rows,
    batch: RecordBatch,
    /// Those that were not written.
    rows: Range<usize>,
    place: Range<u64>,
}

impl Batch {
    pub(crate) fn new(
        writer: &Rows,
        batch: RecordBatch,
        rows: Range<usize>,
        place: Range<u64>,
    ) -> Batch {
        Batch {
            writer: writer.clone(),
            batch,
            rows,
            place,
        }
    }
}

impl Part for Batch {
    fn rows(&mut self, most: usize, into: &mut Lines) {
        self.rows.start = self
            .writer
            .write(&self.batch, self.rows.clone(), most, into);
    }

    fn lost(&mut self) -> Option<Loss> {
        None
    }

    fn place(&self) -> Range<u64> {
        self.place.clone()
    }
}
