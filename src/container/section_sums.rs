//! Which sections of a file were held against their checksums already.
//!
//! Checking a section reads all of it, at some gigabytes a second: too long to look at one place of
//! it, and nothing to read it whole. So checking is asked for, file by file; then a section is
//! checked before its first use, once, however many ask for it at a time.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use super::error::DiskFault;
use super::section_table::Section;
use crate::hash;

/// What is known of the sections of an open file.
#[derive(Debug)]
pub(super) struct SectionSums {
    at_first_use: AtomicBool,
    /// By section: the checksum of its bytes, once they were read.
    found: Vec<OnceLock<u64>>,
}

impl SectionSums {
    /// Nothing is known of so many sections.
    pub(super) fn of(sections: usize) -> SectionSums {
        SectionSums {
            at_first_use: AtomicBool::new(false),
            found: std::iter::repeat_with(OnceLock::new)
                .take(sections)
                .collect(),
        }
    }

    /// From now on, every section is checked before it is used.
    pub(super) fn check_at_first_use(&self) {
        self.at_first_use.store(true, Ordering::Relaxed);
    }

    /// Whether that was asked for.
    pub(super) fn are_checked(&self) -> bool {
        self.at_first_use.load(Ordering::Relaxed)
    }

    /// Whether the section at this place is as it was written. Its bytes are read the first time only.
    pub(super) fn check(
        &self,
        place: usize,
        section: &Section,
        bytes: &[u8],
    ) -> Result<(), DiskFault> {
        let sum = || hash::bytes(bytes);
        let found = self.found.get(place);
        match found.map_or_else(sum, |found| *found.get_or_init(sum)) {
            found if found == section.xxh3 => Ok(()),
            found => Err(DiskFault::Checksum {
                what: "section",
                offset: section.offset,
                expected: section.xxh3,
                found,
            }),
        }
    }

    /// The section at this place was found to be as it was written.
    pub(super) fn note(&self, place: usize, section: &Section) {
        if let Some(found) = self.found.get(place) {
            let _ = found.set(section.xxh3); // or another thread found it
        }
    }
}
