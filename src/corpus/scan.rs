//! The pass over all records: in parallel, with results in document order.
//!
//! All blocks of all inputs are one parallel loop, collected by index, so threads have no
//! influence on the order. Mapped JSON Lines need no preparation; of CSV one pass finds where
//! rows start.

use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::csv::{Part, Table};
use super::error::CorpusError;
use super::fields::Fields;
use super::input::{Input, Origin};
use super::json::{Reading, Scratch, Slots};
use super::lines::{BYTE_ORDER_MARK, Lines, is_blank};
use super::memory;
use super::options::ReadOptions;
use super::record::{BlockVisitor, OwnedRecord, Reason, Record, Rejection};
use super::text::{self, Texts};
use super::unmapped;

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

/// A stretch of an input that one thread reads at a time.
struct Block<'c> {
    input: usize,
    work: Work<'c>,
    /// Damage behind it.
    after: Option<Rejection>,
    /// Bytes on disk to be told when it is done.
    weight: u64,
}

/// What is to be read.
enum Work<'c> {
    /// The lines that start in a range of a piece.
    Lines(&'c Fields, Piece<'c>, Range<usize>),
    /// The lines that start in a range of a file.
    Unmapped(&'c Fields, &'c Path, Range<u64>, u64),
    /// The rows that start in a range of bytes.
    Rows(&'c Table, &'c [u8], Part, Range<usize>),
    /// Text files, by their position, and the spool that holds them.
    Texts(&'c Texts, &'c [u8], Range<usize>),
    /// Records in memory, by their position.
    Records(&'c [OwnedRecord], Range<usize>),
}

/// Bytes of an input that begin and end with a record, or with damage.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'b> {
    pub(super) bytes: &'b [u8],
    /// Where they start in the input.
    pub(super) base: u64,
    /// Whether damage stands before them.
    pub(super) cut_at_start: bool,
    /// Whether damage cut their last record.
    pub(super) cut_at_end: bool,
}

impl<'b> Piece<'b> {
    /// Bytes without damage.
    pub(super) fn whole(bytes: &'b [u8], base: u64) -> Piece<'b> {
        Piece {
            bytes,
            base,
            cut_at_start: false,
            cut_at_end: false,
        }
    }
}

/// Records in memory that one thread takes at a time.
const RECORDS_A_BLOCK: usize = 1024;

impl<V: BlockVisitor, B: Fn(usize) -> V + Sync> Pass<'_, B> {
    /// Reads all records of all inputs, each with its visitor's position among the inputs.
    pub(super) fn all(&self, inputs: &[Input]) -> Result<Vec<(usize, V)>, CorpusError> {
        let prepared: Vec<Vec<Block<'_>>> = inputs
            .par_iter()
            .enumerate()
            .map(|(at, input)| self.blocks(at, input))
            .collect::<Result<_, _>>()?;
        let blocks: Vec<Block<'_>> = prepared.into_iter().flatten().collect();
        let read = |scratch: &mut Scratch, block: Block<'_>| {
            if self.cancelled.load(Ordering::Relaxed) {
                return Err(CorpusError::Cancelled);
            }
            let mut visitor = (self.begin)(block.input);
            self.block(block.work, scratch, &mut visitor)?;
            if let Some(damage) = block.after {
                visitor.rejected(damage);
            }
            (self.progress)(block.weight);
            Ok((block.input, visitor))
        };
        blocks
            .into_par_iter()
            .map_init(Scratch::default, read)
            .collect()
    }

    /// Cuts an input into blocks, in their order.
    fn blocks<'c>(&self, at: usize, input: &'c Input) -> Result<Vec<Block<'c>>, CorpusError> {
        let step = self.options.block_bytes.max(1);
        let mut blocks = Vec::new();
        let mut add = |work, after| {
            blocks.push(Block {
                input: at,
                work,
                after,
                weight: 0,
            });
        };
        match (&input.origin, input.decoded()) {
            (Origin::Records(records), _) => {
                for start in (0..records.len()).step_by(RECORDS_A_BLOCK) {
                    let end = records.len().min(start + RECORDS_A_BLOCK);
                    add(Work::Records(records, start..end), None);
                }
            }
            (Origin::Texts(texts), Some(spool)) => {
                for range in texts.blocks(step) {
                    add(Work::Texts(texts, spool, range), None);
                }
            }
            (_, Some(bytes)) => {
                for (part, damage) in input.parts(bytes) {
                    let mut works = match (&input.table, &input.fields) {
                        (Some(table), _) => self.rows_in(table, bytes, &part, step)?,
                        (None, Some(fields)) => lines_in(fields, bytes, &part, step),
                        (None, None) => Vec::new(), // CSV without a header: nothing at all
                    };
                    let last = works.pop();
                    works.into_iter().for_each(|work| add(work, None));
                    match (last, damage) {
                        (Some(last), damage) => add(last, damage),
                        (None, Some(damage)) => add(Work::Records(&[], 0..0), Some(damage)),
                        (None, None) => {}
                    }
                }
            }
            (Origin::File(stamp), None) => {
                if let (Some(fields), Some(path)) = (&input.fields, &input.path) {
                    let mut start = 0;
                    while start < stamp.length {
                        let end = stamp.length.min(start + step as u64);
                        add(Work::Unmapped(fields, path, start..end, stamp.length), None);
                        start = end;
                    }
                }
            }
            _ => {}
        }
        weigh(&mut blocks, input);
        Ok(blocks)
    }

    /// The blocks of a part of CSV.
    fn rows_in<'c>(
        &self,
        table: &'c Table,
        bytes: &'c [u8],
        part: &Part,
        step: usize,
    ) -> Result<Vec<Work<'c>>, CorpusError> {
        let mut part = part.clone();
        if part.range.start < table.header {
            part.range.start = table.header.min(part.range.end);
        }
        let limit = self.options.record_limit();
        let keep_on = || !self.cancelled.load(Ordering::Relaxed);
        let starts = table.starts(bytes, &part, step, limit, keep_on);
        if self.cancelled.load(Ordering::Relaxed) {
            return Err(CorpusError::Cancelled);
        }
        let ends = starts.iter().copied().skip(1).chain([part.range.end]);
        let ranges = starts.iter().zip(ends).map(|(&start, end)| start..end);
        Ok(ranges
            .map(|range| Work::Rows(table, bytes, part.clone(), range))
            .collect())
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
                    let length = u64::from(file.length);
                    let read = match &file.fault {
                        Some(fault) => Err((**fault).clone()),
                        None => {
                            let raw = file.bytes(spool);
                            let options = self.options;
                            let use_it = |record: &Record<'_>| visitor.record(record);
                            text::record(file, texts.alone, raw, options, scratch, use_it)
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
            Work::Records(records, range) => {
                for at in range {
                    let use_it = |record: &Record<'_>| visitor.record(record);
                    let read = memory::record(records, at, self.options, scratch, use_it);
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
        let reading = Reading {
            fields,
            date_format: self.options.date_format.as_deref(),
        };
        let limit = self.options.record_limit();
        let mut slots = Slots::new();
        for mut line in Lines::starting_in(bytes, range) {
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

/// The blocks of a part of JSON Lines.
fn lines_in<'c>(fields: &'c Fields, bytes: &'c [u8], part: &Part, step: usize) -> Vec<Work<'c>> {
    let bytes = &bytes[part.range.clone()];
    let piece = Piece {
        bytes,
        base: part.range.start as u64,
        cut_at_start: part.cut_at_start,
        cut_at_end: part.cut_at_end,
    };
    let ranges = (0..bytes.len()).step_by(step);
    ranges
        .map(|start| Work::Lines(fields, piece, start..bytes.len().min(start + step)))
        .collect()
}

/// Shares the bytes on disk that are still to be told out among the blocks: all of them, or half
/// where the other half was told when they were spooled.
fn weigh(blocks: &mut [Block<'_>], input: &Input) {
    let left = match (input.bytes, &input.spool) {
        (Some(bytes), None) => bytes,
        (Some(bytes), Some(_)) => bytes - bytes / 2,
        (None, _) => 0,
    };
    let lengths: Vec<u64> = blocks.iter().map(|block| block.work.length()).collect();
    let total = lengths.iter().sum::<u64>().max(1);
    let (mut done, mut told) = (0, 0);
    for (block, length) in blocks.iter_mut().zip(lengths) {
        done += length;
        let share = u128::from(left) * u128::from(done) / u128::from(total);
        let share = u64::try_from(share).unwrap_or(left);
        block.weight = share - told;
        told = share;
    }
}

impl Work<'_> {
    /// How much there is to do.
    fn length(&self) -> u64 {
        match self {
            Work::Lines(_, _, range)
            | Work::Rows(_, _, _, range)
            | Work::Texts(_, _, range)
            | Work::Records(_, range) => range.len() as u64,
            Work::Unmapped(_, _, range, _) => range.end - range.start,
        }
    }
}
