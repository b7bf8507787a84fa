//! The pass over all records: in parallel, with results in document order.
//!
//! All blocks of all inputs are one parallel loop, collected by index, so threads have no
//! influence on the order.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::block::{Block, Piece, Work};
use super::error::CorpusError;
use super::fields::Fields;
use super::json::{Reading, Scratch, Slots};
use super::lines::{BYTE_ORDER_MARK, Lines, is_blank};
use super::memory;
use super::options::ReadOptions;
use super::record::{BlockVisitor, Reason, Record, Rejection};
use super::text;
use super::unmapped;

/// What a scan needs to know besides the bytes.
pub(super) struct Pass<'a, B> {
    /// How to read.
    pub(super) options: &'a ReadOptions,
    /// Makes the visitor for a block of an input.
    pub(super) begin: B,
    /// Set when the caller wants to stop.
    pub(super) cancelled: &'a AtomicBool,
    /// Called with the bytes done.
    pub(super) progress: &'a (dyn Fn(u64) + Sync),
}

impl<V: BlockVisitor, B: Fn(usize) -> V + Sync> Pass<'_, B> {
    /// Reads all records of some blocks, each with its visitor's position among the inputs.
    pub(super) fn read(&self, blocks: Vec<Block<'_>>) -> Result<Vec<(usize, V)>, CorpusError> {
        let read = |scratch: &mut Scratch, block: Block<'_>| {
            self.go_on()?;
            let mut visitor = (self.begin)(block.input);
            self.block(block.work, scratch, &mut visitor)?;
            self.go_on()?;
            if let Some(damage) = block.after {
                visitor.rejected(*damage);
            }
            (self.progress)(block.weight);
            Ok((block.input, visitor))
        };
        blocks
            .into_par_iter()
            .map_init(Scratch::default, read)
            .collect()
    }

    /// Whether it was not cancelled.
    fn go_on(&self) -> Result<(), CorpusError> {
        match self.cancelled.load(Ordering::Relaxed) {
            true => Err(CorpusError::Cancelled),
            false => Ok(()),
        }
    }

    fn block(
        &self,
        work: Work<'_>,
        scratch: &mut Scratch,
        visitor: &mut V,
    ) -> Result<(), CorpusError> {
        match work {
            Work::Lines(fields, piece, range) => {
                self.lines(piece, range, fields, scratch, visitor);
            }
            Work::Unmapped(fields, path, range, length) => {
                let limit = self.options.record_limit();
                let read = unmapped::read(path, range, length, limit);
                let read = read.map_err(|error| CorpusError::io(path, "read it", error))?;
                let piece = Piece::whole(&read.bytes, read.base);
                self.lines(piece, read.range, fields, scratch, visitor);
                if let Some((offset, length)) = read.too_long {
                    visitor.rejected(Rejection {
                        offset,
                        length,
                        reason: Reason::TooLong { limit },
                    });
                }
            }
            Work::Rows(table, bytes, part, range) => {
                table.rows(
                    bytes,
                    &part,
                    range,
                    self.options,
                    scratch,
                    |row| match row {
                        Ok(record) => visitor.record(record),
                        Err((range, reason)) => visitor.rejected(Rejection {
                            offset: range.start as u64,
                            length: range.len() as u64,
                            reason,
                        }),
                    },
                );
            }
            Work::Texts(texts, spool, range) => {
                for file in &texts.files[range] {
                    self.go_on()?;
                    let length = u64::from(file.length);
                    let read = match &file.fault {
                        Some(fault) => Err((**fault).clone()),
                        None => {
                            let raw = file.bytes(spool);
                            let options = self.options;
                            let use_it = |record: &Record<'_>| visitor.record(record);
                            text::record((file, texts), raw, options, scratch, use_it)
                                .map_err(|reason| (length, reason))
                        }
                    };
                    if let Err((length, reason)) = read {
                        visitor.rejected(Rejection {
                            offset: file.start,
                            length,
                            reason,
                        });
                    }
                }
            }
            Work::Records(records, range, dates) => {
                let how = (self.options, dates);
                for at in range {
                    self.go_on()?;
                    let use_it = |record: &Record<'_>| visitor.record(record);
                    let read = memory::record(records, at, how, scratch, use_it);
                    if let Err(rejection) = read {
                        visitor.rejected(rejection);
                    }
                }
            }
        }
        Ok(())
    }

    /// Reads the lines of a piece that start in `range` of it.
    pub(super) fn lines(
        &self,
        piece: Piece<'_>,
        range: Range<usize>,
        fields: &Fields,
        scratch: &mut Scratch,
        visitor: &mut V,
    ) {
        let bytes = piece.bytes;
        let reading = Reading { fields };
        let limit = self.options.record_limit();
        let mut slots = Slots::new();
        for mut line in Lines::starting_in(bytes, range) {
            if self.go_on().is_err() {
                return; // whoever reads the block says so
            }
            let touches_cut = (piece.cut_at_end && line.end == bytes.len())
                || (piece.cut_at_start && line.start == 0);
            if line.start == 0 && piece.base == 0 && bytes.starts_with(BYTE_ORDER_MARK) {
                line.start = BYTE_ORDER_MARK.len();
            }
            let (offset, length) = (piece.base + line.start as u64, line.len() as u64);
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
                let reason = if touches_cut {
                    Reason::CutByDamage
                } else {
                    reason
                };
                visitor.rejected(Rejection {
                    offset,
                    length,
                    reason,
                });
            }
        }
    }
}
