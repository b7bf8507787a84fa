//! The filtered corpora of a run: the records that stay, those that go, and all of them annotated.
//!
//! ```text
//! kept/       the kept records, byte for byte, one file per input, named and compressed like it
//! removed/    the removed ones, likewise
//! annotated/  every record with what became of it
//! ```
//!
//! A record takes the line end along that follows it in its input, so an input of which every
//! record is kept comes out as it went in, a missing last newline included. Only blank lines and
//! rejected records are left out. CSV begins with the header of its input. A folder of text files
//! becomes a folder of those files. Records from memory become `records.jsonl`, standard input
//! `stdin.jsonl` or `stdin.csv`.
//!
//! Parquet becomes Parquet (`tables.rs`): a file a file, its rows with all of their columns as they are, a row group a row group.
//!
//! **Annotated.** A JSON object gets a last field `wirecopy` with `id` (the document's name in the
//! tables), `verdict, duplicate_of, relation, cluster_id, weight`, put in before its closing brace;
//! nothing else of it is written anew. A CSV row gets these as last columns, `wirecopy_id` and so
//! on. What an earlier run said in such a field, or such columns, goes (`annotation.rs`). A folder of text files becomes
//! one JSON Lines file of `id, verdict, …`, without the texts. Parquet gets columns as CSV does.
//!
//! **Merged.** One file of JSON Lines in place of each folder: JSON objects as they are, a CSV row
//! as an object of strings under the names in its header, a text as `id, source, date, title,
//! text`. Every line ends with a newline. Unless all records are called by the ids in them, each gets
//! a last field `wirecopy` with its `id`.
//!
//! Compressed files are written as one gzip member or zstd frame every [`BLOCK`] bytes, so that
//! one large file occupies all cores; every decoder of these formats reads them on.

mod annotation;
mod csv_row;
mod encode;
mod names;
mod needs;
mod object;
mod plan;
mod positioned;
mod render;
mod stretch;
mod tables;
mod text_files;
mod write;

use std::sync::atomic::AtomicBool;

pub use needs::Need;

use super::error::OutputError;
use super::folder::OutputFolder;
use super::rows::Outcome;
use crate::corpus::Corpus;

/// Bytes of records that one thread takes at a time: enough that compression loses nothing by
/// starting anew (zstd looks back 2 MB at its level 3), little enough for every thread to hold.
/// The bytes written do not depend on the number of threads.
const BLOCK: u64 = 2 << 20;

/// Which filtered corpora a run writes, and in which form.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct FilteredCorpora {
    /// Write `kept/`.
    pub kept: bool,
    /// Write `removed/`.
    pub removed: bool,
    /// Write `annotated/`.
    pub annotated: bool,
    /// Write one file `kept.jsonl` in place of the folder, and so on.
    pub merge: bool,
}

/// What became of a record, in short.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Verdict {
    /// It stays.
    Kept,
    /// It goes.
    Removed,
    /// It could not be read, and is in none of the filtered corpora.
    Rejected,
}

/// Where a record is, and whether it stays.
#[derive(Clone, Copy, Debug)]
pub struct FilteredRecord {
    /// The position of its input in the corpus.
    pub input: usize,
    /// Bytes before it there (before compression).
    pub offset: u64,
    /// Its length in bytes, without its line end.
    pub length: u32,
    /// What became of it.
    pub verdict: Verdict,
}

/// The records of a scanned corpus in document order: input by input, by ascending offset.
pub trait FilteredRecords: Sync {
    /// How many there are. Rejected ones may be among them.
    fn count(&self) -> usize;
    /// The record at a position below the count. Called often: it should only look something up.
    fn record(&self, at: usize) -> FilteredRecord;
    /// Whether the tables call every record by the id that is in it.
    fn are_called_by_their_ids(&self) -> bool;
    /// Hands the record's id, as the tables name it, and what became of it to `use_it`. Called
    /// only where these are written: for `annotated`, and for the ids of merged records.
    fn with_outcome<R>(&self, at: usize, use_it: impl FnOnce(&str, &Outcome<'_>) -> R) -> R;
}

/// How much was written.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct Amount {
    /// Records.
    pub records: u64,
    /// Bytes in the files, as compressed.
    pub bytes: u64,
}

/// What each filtered corpus holds; `None` for those that were not asked for.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct Written {
    /// In `kept/`.
    pub kept: Option<Amount>,
    /// In `removed/`.
    pub removed: Option<Amount>,
    /// In `annotated/`.
    pub annotated: Option<Amount>,
    /// Stories that the report shows, if one was written.
    pub reported: Option<u64>,
}

/// One of the three.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Part {
    Kept,
    Removed,
    Annotated,
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Part::Kept => "kept",
            Part::Removed => "removed",
            Part::Annotated => "annotated",
        }
    }

    fn holds(self, verdict: Verdict) -> bool {
        match self {
            Part::Kept => verdict == Verdict::Kept,
            Part::Removed => verdict == Verdict::Removed,
            Part::Annotated => verdict != Verdict::Rejected,
        }
    }
}

impl FilteredCorpora {
    /// Writes them into `folder`, in parallel on the current rayon pool.
    ///
    /// An input without chosen records gives a file without records, so that each input has its
    /// file; only texts are files of their own.
    /// `progress` is given the bytes of records looked at, as they are in the inputs: for each
    /// corpus asked for, all of them. Memory: some 8 MB a thread, more where records are longer.
    ///
    /// A mapped input that is cut meanwhile may read as zeros: call
    /// [`Corpus::check_unchanged`] before the run is committed.
    ///
    /// # Errors
    ///
    /// [`OutputError::DiskFull`], [`OutputError::InputCut`], [`OutputError::Corpus`] for an input
    /// that cannot be read again, [`OutputError::Cancelled`], [`OutputError::Io`].
    pub fn write(
        &self,
        folder: &OutputFolder,
        corpus: &Corpus,
        records: &impl FilteredRecords,
        cancelled: &AtomicBool,
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Written, OutputError> {
        let plan = plan::Plan::of(self, folder, corpus.inputs(), records, BLOCK);
        let job = write::Job {
            corpus,
            records,
            cancelled,
            progress,
        };
        let amounts = job.run(&plan)?;
        let mut written = Written::default();
        for (file, amount) in plan.files.iter().zip(amounts) {
            let sum = match file.part {
                Part::Kept => &mut written.kept,
                Part::Removed => &mut written.removed,
                Part::Annotated => &mut written.annotated,
            };
            let sum = sum.get_or_insert_default();
            sum.records += amount.records;
            sum.bytes += amount.bytes;
        }
        Ok(written)
    }
}

#[cfg(test)]
mod tests;
