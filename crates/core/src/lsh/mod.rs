//! Who could be a copy of whom?
//!
//! A document is filed under its keys, one a band. The index is one [`KeyTable`] a band: pairs
//! of key and document, sorted, so that documents with a key in common are together; sorting
//! replaces hash maps, and the same table serves in memory, on disk and in a shuffle.
//! [`candidates()`] turns tables into pairs worth comparing, in bounded number.

mod candidates;
mod group;
mod keys;
mod radix;
mod table;

pub use candidates::{CandidateCaps, Candidates, Limits, candidates};
pub use group::{Crowd, GroupRule};
pub use keys::Keys;
pub use keys::{bands_together, gather};
pub use table::KeyTable;

/// Sorts what is filed by key, those of one key by document; they must come by ascending document.
pub fn sort_filed(filed: &mut Vec<(u64, u32)>) {
    radix::sort(filed);
}
