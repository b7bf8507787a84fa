//! The section table: the list at the end of a segment that says where its sections are.
//!
//! Sections stand one behind the other from byte 64 on, each at the next multiple of 64, and the
//! table behind the last: every byte of a file is the preamble's, a section's, the table's, or one
//! of fewer than 64 zeros of padding. So where a section must begin follows from the ones before,
//! and a table is right only if it says just that. Kinds are in any order, none twice.

use std::ops::Range;

use super::coding;
use super::error::DiskFault;
use super::preamble::{ALIGN, number};

/// What a segment says of itself.
#[derive(Clone, Debug, Eq, PartialEq, bincode::Encode, bincode::Decode)]
pub(super) struct SectionTable {
    /// How its documents were read and filed.
    pub(super) recipe: String,
    /// The number of its first document.
    pub(super) first: u64,
    /// How many documents it is about.
    pub(super) documents: u64,
    /// Its sections, as they are in the file.
    pub(super) sections: Vec<Section>,
}

/// One section: numbers of one size, raw.
#[derive(Clone, Copy, Debug, Eq, PartialEq, bincode::Encode, bincode::Decode)]
pub struct Section {
    /// What it holds, as its reader knows.
    pub kind: u32,
    /// Bytes an element.
    pub element_size: u32,
    /// Where it begins in the file, a multiple of 64.
    pub offset: u64,
    /// Its length in bytes.
    pub length: u64,
    /// How many elements it has.
    pub count: u64,
    /// XXH3-64 of its bytes.
    pub xxh3: u64,
}

/// The table as it is written: the variant is its version.
#[derive(bincode::Encode, bincode::Decode)]
enum Versioned {
    V1(SectionTable),
}

/// Bytes of a section's entry.
const ENTRY: u64 = 40;

impl SectionTable {
    /// Its bytes.
    pub(super) fn encode(self) -> Result<Vec<u8>, DiskFault> {
        coding::encode(Versioned::V1(self))
    }

    /// Reads the table of a file in which it begins at `offset`.
    ///
    /// # Errors
    ///
    /// If it is none, or does not describe such a file.
    pub(super) fn decode(bytes: &[u8], offset: u64) -> Result<SectionTable, DiskFault> {
        let Versioned::V1(table) = coding::decode(bytes, offset)?;
        table.check(offset)?;
        Ok(table)
    }

    /// The numbers of its documents.
    pub(super) fn documents(&self) -> Range<u64> {
        self.first..self.first + self.documents
    }

    /// Where the entry of a section begins, given where the table does.
    pub(super) fn entry(&self, table: u64, place: u64) -> u64 {
        // Behind the two numbers of documents and the count of sections.
        self.first_offset(table) + 3 * 8 + place * ENTRY
    }

    /// Where the number of the first document is.
    fn first_offset(&self, table: u64) -> u64 {
        // Behind the variant, the length of the recipe and the recipe.
        table + 4 + 8 + self.recipe.len() as u64
    }

    fn check(&self, table: u64) -> Result<(), DiskFault> {
        let first = self.first_offset(table);
        if self.first.checked_add(self.documents).is_none() {
            let what = "its documents have no numbers";
            return Err(DiskFault::Content {
                what,
                offset: first,
            });
        }
        let mut next = ALIGN;
        for (place, section) in (0..).zip(&self.sections) {
            let entry = self.entry(table, place);
            if section.element_size == 0 {
                let what = "its elements have no size";
                return Err(DiskFault::Content {
                    what,
                    offset: entry + 4,
                });
            }
            number("beginning of a section", entry + 8, next, section.offset)?;
            let bytes = section.count.checked_mul(section.element_size.into());
            let bytes = bytes.unwrap_or(u64::MAX); // more than any file has, as shown below
            number("length of a section", entry + 16, bytes, section.length)?;
            let end = next.checked_add(section.length);
            let end = end.and_then(|end| end.checked_next_multiple_of(ALIGN));
            next = end.filter(|&end| end <= table).ok_or(DiskFault::Content {
                what: "a section ends behind the last",
                offset: entry + 16,
            })?;
        }
        number("beginning of the table", 24, next, table)?;
        let mut kinds: Vec<u32> = self.sections.iter().map(|section| section.kind).collect();
        kinds.sort_unstable();
        match kinds.is_sorted_by(|a, b| a < b) {
            true => Ok(()),
            false => Err(DiskFault::Content {
                what: "two sections are of one kind",
                offset: self.entry(table, 0),
            }),
        }
    }
}
