//! Writing the planned files: a window of blocks at a time, all threads on it.
//!
//! First every block is prepared, then each knows where in its file it starts, then all are
//! written at their places. Preparing a block that is copied as it is means only to add up its
//! lengths; any other is rendered, and compressed, in memory.

use std::borrow::Cow;
use std::fs::{self, File};
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::encode::encode;
use super::plan::{Block, Form, Plan, PlannedFile};
use super::positioned::Positioned;
use super::{Amount, BLOCK, FilteredRecords, render, stretch, tables, text_files};
use crate::corpus::{Compression, Corpus, Reader};
use crate::output::error::OutputError;
use crate::output::lasting::close;

/// Blocks in a window, per thread: enough that threads seldom wait for the last one.
const BLOCKS: usize = 4;

/// What is written, and from where.
pub(super) struct Job<'a, R> {
    pub(super) corpus: &'a Corpus,
    pub(super) records: &'a R,
    pub(super) cancelled: &'a AtomicBool,
    pub(super) progress: &'a (dyn Fn(u64) + Sync),
}

/// A block under way. Used again in the next window.
#[derive(Default)]
struct Slot {
    rendered: Vec<u8>,
    encoded: Vec<u8>,
    amount: Amount,
    /// Where in its file it starts, and the file's position among the open ones.
    at: u64,
    open: usize,
}

/// How the bytes of a block reach the disk.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Way {
    /// Copied from the input to their place.
    Copied { complete: bool },
    /// Rendered in memory.
    Rendered,
    /// A file for each record.
    Files,
}

impl Way {
    fn of(file: &PlannedFile, block: &Block) -> Way {
        match block.form {
            Form::Files { .. } => Way::Files,
            Form::Raw { complete } if file.compression == Compression::None => {
                Way::Copied { complete }
            }
            _ => Way::Rendered,
        }
    }
}

impl<R: FilteredRecords> Job<'_, R> {
    /// Writes everything; returns the amount for each file.
    pub(super) fn run(&self, plan: &Plan) -> Result<Vec<Amount>, OutputError> {
        let mut amounts = vec![Amount::default(); plan.files.len()];
        let width = BLOCKS * rayon::current_num_threads();
        let mut slots: Vec<Slot> = Vec::new();
        slots.resize_with(width.min(plan.blocks.len()), Slot::default);
        // The files of a window; the last may go on in the next.
        let mut open: Vec<(usize, File)> = Vec::new();
        for window in plan.blocks.chunks(width) {
            let with_reader = || self.corpus.reader();
            let slots = &mut slots[..window.len()];
            slots
                .par_iter_mut()
                .zip(window)
                .try_for_each_init(with_reader, |reader, (slot, block)| {
                    self.prepare(&plan.files[block.file], block, reader, slot)
                })?;
            for (slot, block) in slots.iter_mut().zip(window) {
                let going_on = open.last().is_some_and(|(file, _)| *file == block.file);
                if !going_on && !matches!(block.form, Form::Files { .. }) {
                    open.push((block.file, create(&plan.files[block.file])?));
                }
                let amount = &mut amounts[block.file];
                slot.open = open.len().saturating_sub(1);
                slot.at = amount.bytes;
                amount.records += slot.amount.records;
                amount.bytes += slot.amount.bytes;
            }
            let files = &open;
            slots.par_iter_mut().zip(window).try_for_each_init(
                with_reader,
                |reader, (slot, block)| {
                    let file = files.get(slot.open).map(|(_, file)| file);
                    self.write(file, &plan.files[block.file], block, reader, slot)
                },
            )?;
            for (file, done) in open.drain(..open.len().saturating_sub(1)) {
                close(done, &plan.files[file].path, amounts[file].bytes)?;
            }
        }
        for (file, done) in open {
            close(done, &plan.files[file].path, amounts[file].bytes)?;
        }
        tables::write(self, plan, &mut amounts)?;
        Ok(amounts)
    }

    /// Finds out how long a block will be, and renders it if it is not copied as it is.
    fn prepare(
        &self,
        file: &PlannedFile,
        block: &Block,
        reader: &mut Reader<'_>,
        slot: &mut Slot,
    ) -> Result<(), OutputError> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Err(OutputError::Cancelled);
        }
        slot.clear();
        match Way::of(file, block) {
            Way::Copied { complete } => {
                slot.amount = self.measure(file, block, complete, reader)?;
            }
            Way::Rendered => {
                slot.amount.records = render::block(self, file, block, reader, &mut slot.rendered)?;
                let text = &slot.rendered;
                // The first block of a file is written even if it is empty: no bytes at all are
                // no compressed file.
                let needed = !text.is_empty() || block.header;
                if file.compression != Compression::None && needed {
                    encode(file.compression, text, &mut slot.encoded)
                        .map_err(OutputError::io("compress", &file.path))?;
                }
                slot.amount.bytes = slot.bytes(file).len() as u64;
            }
            Way::Files => {
                for at in block.records.clone() {
                    let record = self.records.record(at);
                    if file.part.holds(record.verdict) {
                        slot.amount.records += 1;
                        slot.amount.bytes += u64::from(record.length);
                    }
                }
            }
        }
        Ok(())
    }

    /// The length of a block that is copied.
    fn measure(
        &self,
        file: &PlannedFile,
        block: &Block,
        complete: bool,
        reader: &mut Reader<'_>,
    ) -> Result<Amount, OutputError> {
        let mut amount = Amount {
            records: 0,
            bytes: self.header(block).len() as u64,
        };
        stretch::each(self.records, block, file.part, reader, |_, stretch| {
            amount.records += stretch.records;
            amount.bytes += stretch.bytes.end - stretch.bytes.start;
            amount.bytes += u64::from(complete && !stretch.complete);
            Ok::<_, OutputError>(())
        })?;
        Ok(amount)
    }

    /// Writes a prepared block to its place.
    fn write(
        &self,
        open: Option<&File>,
        file: &PlannedFile,
        block: &Block,
        reader: &mut Reader<'_>,
        slot: &mut Slot,
    ) -> Result<(), OutputError> {
        match (Way::of(file, block), open) {
            (Way::Copied { complete }, Some(open)) => {
                let mut out = Positioned::at(open, &file.path, slot.at, &mut slot.rendered);
                out.put(&self.header(block))?;
                stretch::each(self.records, block, file.part, reader, |reader, stretch| {
                    let bytes = stretch.bytes.clone();
                    stretch::read(reader, block.input, bytes, |bytes| out.put(bytes))?;
                    if complete && !stretch.complete {
                        out.put(b"\n")?;
                    }
                    Ok::<_, OutputError>(())
                })?;
                if out.finish()? != slot.at + slot.amount.bytes {
                    // A line end that was there is gone: the input is another one now.
                    let path = file.path.clone();
                    return Err(OutputError::InputCut { path });
                }
            }
            (Way::Rendered, Some(open)) => {
                let mut none = Vec::new();
                let mut out = Positioned::at(open, &file.path, slot.at, &mut none);
                out.write(slot.bytes(file))?;
            }
            _ => {
                let input = &self.corpus.inputs()[block.input];
                text_files::write(self.records, file, (block, input), reader)?;
            }
        }
        (self.progress)(block.bytes);
        Ok(())
    }

    /// What the block's file begins with, if the block is the first.
    pub(super) fn header(&self, block: &Block) -> Cow<'_, [u8]> {
        match block.header {
            true => render::header(&self.corpus.inputs()[block.input]),
            false => Cow::Borrowed(b""),
        }
    }
}

impl Slot {
    fn clear(&mut self) {
        for buffer in [&mut self.rendered, &mut self.encoded] {
            buffer.clear();
            // One record of 64 MB should not stay for the rest of the run.
            buffer.shrink_to(usize::try_from(2 * BLOCK).unwrap_or(usize::MAX));
        }
        self.amount = Amount::default();
    }

    /// What goes into the file.
    fn bytes(&self, file: &PlannedFile) -> &[u8] {
        match file.compression {
            Compression::None | Compression::Other(_) => &self.rendered,
            Compression::Gzip | Compression::Zstd => &self.encoded,
        }
    }
}

/// Creates a file and its folders. Its path is its own, so it cannot be there yet.
fn create(file: &PlannedFile) -> Result<File, OutputError> {
    if let Some(parent) = file.path.parent() {
        fs::create_dir_all(parent).map_err(OutputError::io("create the folder", parent))?;
    }
    File::create_new(&file.path).map_err(OutputError::io("create", &file.path))
}
