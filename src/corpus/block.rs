//! Cutting inputs into blocks, which threads read independently.
//!
//! Mapped JSON Lines need no preparation: a block is a range of bytes, cut anywhere. Of CSV one
//! pass finds where rows start.

use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use wirecopy_formats::dates::Decision;

use super::csv::{Starts, Table};
use super::damaged_file::Cut;
use super::date::UNDECIDED;
use super::ending;
use super::error::CorpusError;
use super::fields::Fields;
use super::input::{Input, Origin, Part};
use super::options::ReadOptions;
use super::record::{OwnedRecord, Rejection};
use super::rows::Rows;
use super::text::Texts;

/// A stretch of an input that one thread reads at a time.
pub(super) struct Block<'c> {
    pub(super) input: usize,
    pub(super) work: Work<'c>,
    /// Damage behind it.
    pub(super) after: Option<Box<Rejection>>,
    /// Bytes on disk to be reported when it is done.
    pub(super) weight: u64,
}

/// What is to be read.
pub(super) enum Work<'c> {
    /// The lines that start in a range of a piece.
    Lines(&'c Fields, Piece<'c>, Range<usize>),
    /// The lines that start in a range of a file.
    Unmapped(&'c Fields, &'c Path, Range<u64>, u64),
    /// The rows that start in a range of bytes.
    Rows(&'c Table, &'c [u8], Part, Range<usize>),
    /// Text files, by their position, and the spool that holds them.
    Texts(&'c Texts, &'c [u8], Range<usize>),
    /// Records in memory, by their position, and how their dates are read.
    Records(&'c dyn Rows, Range<usize>, &'c Decision),
}

/// Bytes of an input that begin and end with a record, or with damage.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'b> {
    pub(super) bytes: &'b [u8],
    /// Where they start in the input.
    pub(super) base: u64,
    /// Whether damage is before them.
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

/// No records.
static NONE: Vec<OwnedRecord> = Vec::new();
/// Records in memory that one thread takes at a time.
const RECORDS_A_BLOCK: usize = 1024;

/// An input in blocks, in their order.
pub(super) struct Blocks<'c> {
    pub(super) blocks: Vec<Block<'c>>,
    /// Whether its last record is cut off, by what its end looks like.
    pub(super) cut: Option<Cut>,
}

/// Cuts an input into blocks.
pub(super) fn blocks<'c>(
    at: usize,
    input: &'c Input,
    options: &ReadOptions,
    cancelled: &AtomicBool,
) -> Result<Blocks<'c>, CorpusError> {
    let step = options.block_bytes.max(1);
    let (mut blocks, mut cut) = (Vec::new(), None);
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
                add(
                    Work::Records(&**records, start..end, input.decision()),
                    None,
                );
            }
        }
        (Origin::Texts(texts), Some(spool)) => {
            for range in texts.blocks(step) {
                add(Work::Texts(texts, spool, range), None);
            }
        }
        (_, Some(bytes)) => {
            for (part, damage) in input.parts(bytes) {
                let damage = damage.map(Box::new);
                let mut works = match (&input.table, &input.fields) {
                    (Some(table), _) => {
                        let (works, ends) = rows_in(table, bytes, &part, options, cancelled)?;
                        cut = ends;
                        works
                    }
                    (None, Some(fields)) => {
                        // Of what is damaged before its end that need not be asked.
                        if input.damages.is_empty() {
                            cut = ending::cut_line(bytes);
                        }
                        lines_in(fields, bytes, &part, step)
                    }
                    (None, None) => Vec::new(), // CSV without a header: nothing at all
                };
                let last = works.pop();
                works.into_iter().for_each(|work| add(work, None));
                match (last, damage) {
                    (Some(last), damage) => add(last, damage),
                    (None, Some(damage)) => {
                        add(Work::Records(&NONE, 0..0, &UNDECIDED), Some(damage))
                    }
                    (None, None) => {}
                }
            }
        }
        (Origin::File(stamp), None) => {
            if let (Some(fields), Some(path)) = (&input.fields, &input.path) {
                cut = ending::cut_line_at(path, stamp.length)?;
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
    Ok(Blocks { blocks, cut })
}

/// The blocks of a part of CSV.
fn rows_in<'c>(
    table: &'c Table,
    bytes: &'c [u8],
    part: &Part,
    options: &ReadOptions,
    cancelled: &AtomicBool,
) -> Result<(Vec<Work<'c>>, Option<Cut>), CorpusError> {
    let mut part = part.clone();
    if part.range.start < table.header {
        part.range.start = table.header.min(part.range.end);
    }
    let limit = options.record_limit();
    let keep_on = || !cancelled.load(Ordering::Relaxed);
    let starts = table.starts(bytes, &part, options.block_bytes.max(1), limit, keep_on);
    if cancelled.load(Ordering::Relaxed) {
        return Err(CorpusError::Cancelled);
    }
    let Starts { places, cut } = starts;
    let ends = places.iter().copied().skip(1).chain([part.range.end]);
    let ranges = places.iter().zip(ends).map(|(&start, end)| start..end);
    let works = ranges.map(|range| Work::Rows(table, bytes, part.clone(), range));
    Ok((works.collect(), cut))
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

/// Shares the bytes on disk that are still to be shared out among the blocks: all of them, or half
/// where the other half was reported when they were spooled.
fn weigh(blocks: &mut [Block<'_>], input: &Input) {
    let left = match (input.bytes, &input.spool) {
        (Some(bytes), None) => bytes,
        (Some(bytes), Some(_)) => bytes - bytes / 2,
        (None, _) => 0,
    };
    let lengths: Vec<u64> = blocks.iter().map(|block| block.work.length()).collect();
    let total = lengths.iter().sum::<u64>().max(1);
    let (mut done, mut given) = (0, 0);
    for (block, length) in blocks.iter_mut().zip(lengths) {
        done += length;
        let share = u128::from(left) * u128::from(done) / u128::from(total);
        let share = u64::try_from(share).unwrap_or(left);
        block.weight = share - given;
        given = share;
    }
}

impl Work<'_> {
    /// How much there is to do.
    fn length(&self) -> u64 {
        match self {
            Work::Lines(_, _, range)
            | Work::Rows(_, _, _, range)
            | Work::Texts(_, _, range)
            | Work::Records(_, range, _) => range.len() as u64,
            Work::Unmapped(_, _, range, _) => range.end - range.start,
        }
    }
}
