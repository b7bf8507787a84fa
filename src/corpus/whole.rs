//! Whether all that was given was read: a scan of damaged inputs, or one that reads nothing, fails.
//!
//! What is damaged is known once inputs are decoded and their ends looked at, before the records
//! are read: so a run that fails at it fails soon, and reads no more than shows how much stood before.

use std::sync::atomic::AtomicBool;

use rayon::prelude::*;

use super::Corpus;
use super::block::{Block, Blocks, blocks};
use super::damage;
use super::damaged_file::DamagedFile;
use super::error::CorpusError;
use super::input::{Input, Origin};
use super::options::ReadOptions;
use super::preflight::Preflight;
use super::record::{BlockVisitor, Reason, Record, Rejection};
use super::scan::Pass;

/// A visitor, and how many records it was given.
pub(super) struct Tally<V> {
    visitor: V,
    records: u64,
    rejected: u64,
    /// The first rejection, as long as nothing else was read.
    first: Option<(u64, Reason)>,
}

impl<V> Tally<V> {
    pub(super) fn of(visitor: V) -> Tally<V> {
        Tally {
            visitor,
            records: 0,
            rejected: 0,
            first: None,
        }
    }
}

impl<V: BlockVisitor> BlockVisitor for Tally<V> {
    fn record(&mut self, record: &Record<'_>) {
        self.records += 1;
        self.visitor.record(record);
    }

    fn rejected(&mut self, rejection: Rejection) {
        self.rejected += 1;
        if self.records == 0 && self.first.is_none() {
            self.first = Some((rejection.offset, rejection.reason.clone()));
        }
        self.visitor.rejected(rejection);
    }
}

/// What was read: damaged files, and the visitors with the positions of their inputs.
type Read<V> = (Vec<DamagedFile>, Vec<(usize, V)>);

/// Reads all records of all inputs, if nothing is missing that should be there.
pub(super) fn read<V, B>(inputs: &[Input], pass: &Pass<'_, B>) -> Result<Read<V>, CorpusError>
where
    V: BlockVisitor,
    B: Fn(usize) -> Tally<V> + Sync,
{
    let prepared: Vec<Blocks<'_>> = inputs
        .par_iter()
        .enumerate()
        .map(|(at, input)| blocks(at, input, pass.options, pass.cancelled))
        .collect::<Result<_, _>>()?;
    let (mut damaged, mut all) = (Vec::new(), Vec::new());
    for (at, (input, Blocks { blocks, cut })) in inputs.iter().zip(prepared).enumerate() {
        let files = damage::of_input(at, input, cut);
        if damaged.is_empty() && !files.is_empty() && !pass.options.accept_damaged {
            // Those of the first damaged input are read in any case, if only to be counted.
            all.clear();
        }
        if damaged.is_empty() || pass.options.accept_damaged {
            all.extend(blocks);
        }
        damaged.extend(files);
    }
    if !damaged.is_empty() && !pass.options.accept_damaged {
        let records = records_before(all, pass.options, pass.cancelled)?;
        return Err(CorpusError::Damaged {
            files: damaged,
            records: Some(records),
        });
    }
    let read = pass.read(all)?;
    if !pass.options.allow_empty {
        some(inputs, &read)?;
    }
    let visitors = read
        .into_iter()
        .map(|(input, tally)| (input, tally.visitor));
    Ok((damaged, visitors.collect()))
}

/// Records of an input before its first damage.
fn records_before(
    mut blocks: Vec<Block<'_>>,
    options: &ReadOptions,
    cancelled: &AtomicBool,
) -> Result<u64, CorpusError> {
    if let Some(at) = blocks.iter().position(|block| block.after.is_some()) {
        blocks.truncate(at + 1);
    }
    let pass = Pass {
        options,
        begin: |_| Tally::of(Discard),
        cancelled,
        progress: &|_| {},
    };
    let read = pass.read(blocks)?;
    Ok(read.iter().map(|(_, tally)| tally.records).sum())
}

/// Keeps nothing.
struct Discard;

impl BlockVisitor for Discard {
    fn record(&mut self, _: &Record<'_>) {}

    fn rejected(&mut self, _: Rejection) {}
}

/// Checks that some record was read, unless there is nothing but records in memory.
fn some<V>(inputs: &[Input], read: &[(usize, Tally<V>)]) -> Result<(), CorpusError> {
    let in_memory = |input: &Input| matches!(input.origin, Origin::Records(_));
    if read.iter().any(|(_, tally)| tally.records > 0) || inputs.iter().all(in_memory) {
        return Ok(());
    }
    let first = read.iter().find_map(|(input, tally)| {
        let (offset, reason) = tally.first.as_ref()?;
        let place = match inputs.len() {
            1 => String::new(),
            _ => format!("in {} ", inputs[*input].name),
        };
        Some(format!("{place}at byte {offset}: {reason}"))
    });
    Err(CorpusError::NothingRead {
        input: described(inputs),
        rejected: read.iter().map(|(_, tally)| tally.rejected).sum(),
        first,
    })
}

impl Corpus {
    /// Fails if a look at the inputs has shown what would make a scan fail: something is missing of
    /// them, or there is nothing in them.
    ///
    /// # Errors
    ///
    /// [`CorpusError::Damaged`] or [`CorpusError::NothingRead`].
    pub fn refuse(&self, seen: &Preflight) -> Result<(), CorpusError> {
        let files: Vec<DamagedFile> = seen.damaged().cloned().collect();
        if !files.is_empty() && !self.options.accept_damaged {
            let records = None;
            return Err(CorpusError::Damaged { files, records });
        }
        let is_empty = |input: &Input| input.bytes == Some(0);
        if self.options.allow_empty || !self.inputs.iter().all(is_empty) {
            return Ok(());
        }
        Err(CorpusError::NothingRead {
            input: described(&self.inputs),
            rejected: 0,
            first: None,
        })
    }
}

/// The inputs by name, or by their number.
fn described(inputs: &[Input]) -> String {
    let bytes = inputs
        .iter()
        .filter_map(|input| input.bytes.or(input.bytes_decoded()));
    let bytes: u64 = bytes.sum();
    match inputs {
        [input] => format!("{} ({bytes} bytes)", input.place().display()),
        _ => format!("{} inputs ({bytes} bytes in all)", inputs.len()),
    }
}
