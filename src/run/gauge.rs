//! What was read so far, against the memory that may be used: a run that reads more than its sample
//! let expect, or one huge record, is refused while it reads, and not when all is held.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::error::Error;
use crate::run::settings::Settings;

/// Documents that a block counts before it reports them.
const STEP: u32 = 64;
/// Bytes of a text that is looked at before it is read: some hundred times a long article.
const LARGE: usize = 1 << 20;

/// Bytes of rejected records after which it is looked at again.
const REJECTED: u64 = 1 << 20;

/// Counts what is read. Shared by all threads.
pub(crate) struct Gauge<'a> {
    job: &'a Settings,
    documents: AtomicU64,
    text: AtomicU64,
    longest: AtomicU64,
    /// Bytes that rejected records take.
    rejected: AtomicU64,
    is_over: AtomicBool,
}

/// What a block has not reported yet.
#[derive(Debug, Default)]
pub(crate) struct Pending {
    documents: u32,
    text: u64,
}

impl<'a> Gauge<'a> {
    pub(crate) fn new(job: &'a Settings) -> Gauge<'a> {
        Gauge {
            job,
            documents: AtomicU64::new(0),
            text: AtomicU64::new(0),
            longest: AtomicU64::new(0),
            rejected: AtomicU64::new(0),
            is_over: AtomicBool::new(false),
        }
    }

    /// Counts a text of that length. Whether it may be read, and kept.
    pub(crate) fn admits(&self, length: usize, pending: &mut Pending) -> bool {
        if self.is_over.load(Ordering::Relaxed) {
            return false;
        }
        pending.documents += 1;
        pending.text += length as u64;
        if pending.documents < STEP && length < LARGE {
            return true;
        }
        let Pending { documents, text } = std::mem::take(pending);
        self.documents
            .fetch_add(u64::from(documents), Ordering::Relaxed);
        self.text.fetch_add(text, Ordering::Relaxed);
        self.longest.fetch_max(length as u64, Ordering::Relaxed);
        self.still_fits()
    }

    /// Counts bytes that a rejected record takes.
    pub(crate) fn holds(&self, bytes: u64) {
        let before = self.rejected.fetch_add(bytes, Ordering::Relaxed);
        if before / REJECTED != (before + bytes) / REJECTED {
            self.still_fits();
        }
    }

    fn still_fits(&self) -> bool {
        let fits = self.check().is_ok();
        if !fits {
            self.is_over.store(true, Ordering::Relaxed);
        }
        fits
    }

    /// An error if that is more than the job allows.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let count_of = |count: &AtomicU64| count.load(Ordering::Relaxed);
        let (documents, text) = (count_of(&self.documents), count_of(&self.text));
        let rejected = count_of(&self.rejected);
        self.job
            .check_memory((documents, text), count_of(&self.longest), rejected)
            .map(drop)
    }
}
