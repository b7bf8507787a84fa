//! The pass over all records: in parallel, with results in document order.
//!
//! Mapped JSON Lines need no preparation. All blocks of all such files that follow one another are
//! one parallel loop, collected by index, so threads have no influence on the order.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::error::CorpusError;
use super::fields::Fields;
use super::json::{Reading, Scratch, Slots};
use super::lines::{BYTE_ORDER_MARK, Lines, is_blank};
use super::options::ReadOptions;
use super::record::{BlockVisitor, Reason, Rejection};

/// What a scan needs to know besides the bytes.
pub(super) struct Pass<'a, B> {
    /// How to read.
    pub(super) options: &'a ReadOptions,
    /// Makes the visitor for a block of an input.
    pub(super) begin: B,
    /// Set when the caller wants to stop.
    pub(super) cancelled: &'a AtomicBool,
    /// Told the bytes done.
    pub(super) progress: &'a (dyn Fn(u64) + Sync),
}

/// A range of an input's bytes; it owns the lines that start in it.
struct Block<'c> {
    input: usize,
    fields: &'c Fields,
    bytes: &'c [u8],
    range: Range<usize>,
}

impl<V: BlockVisitor, B: Fn(usize) -> V + Sync> Pass<'_, B> {
    /// Reads mapped JSON Lines: (position among the inputs, its fields, its bytes) each.
    pub(super) fn mapped(
        &self,
        inputs: &[(usize, &Fields, &[u8])],
    ) -> Result<Vec<(usize, V)>, CorpusError> {
        let step = self.options.block_bytes.max(1);
        let mut blocks = Vec::new();
        for &(input, fields, bytes) in inputs {
            blocks.extend((0..bytes.len()).step_by(step).map(|start| {
                let range = start..bytes.len().min(start + step);
                Block {
                    input,
                    fields,
                    bytes,
                    range,
                }
            }));
        }
        let read = |scratch: &mut Scratch, block: &Block<'_>| {
            if self.cancelled.load(Ordering::Relaxed) {
                return Err(CorpusError::Cancelled);
            }
            let mut visitor = (self.begin)(block.input);
            let done = block.range.len() as u64;
            self.lines(
                block.bytes,
                block.range.clone(),
                block.fields,
                scratch,
                &mut visitor,
            );
            (self.progress)(done);
            Ok((block.input, visitor))
        };
        blocks.par_iter().map_init(Scratch::default, read).collect()
    }

    /// Reads the lines of `bytes` that start in `range`.
    pub(super) fn lines(
        &self,
        bytes: &[u8],
        range: Range<usize>,
        fields: &Fields,
        scratch: &mut Scratch,
        visitor: &mut V,
    ) {
        let reading = Reading {
            fields,
            date_format: self.options.date_format.as_deref(),
        };
        let limit = self.options.record_limit();
        let mut slots = Slots::new();
        for mut line in Lines::starting_in(bytes, range) {
            if line.start == 0 && bytes.starts_with(BYTE_ORDER_MARK) {
                line.start = BYTE_ORDER_MARK.len();
            }
            let (offset, length) = (line.start as u64, line.len() as u64);
            let raw = &bytes[line];
            let read = if length > limit {
                Err(Reason::TooLong { limit })
            } else if is_blank(raw) {
                continue;
            } else {
                reading.json_line(raw, offset, &mut slots, scratch, |record| {
                    visitor.record(record)
                })
            };
            if let Err(reason) = read {
                visitor.rejected(Rejection {
                    offset,
                    length,
                    reason,
                });
            }
        }
    }
}
