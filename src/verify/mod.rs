//! Is it really a copy?
//!
//! The verdict of the `near` profile: the exact Jaccard similarity of two shingle sets, and how
//! much each covers of the other. Works on the shingles of a batch of documents at a time, so
//! that each text is read once however many candidates its document has.

mod sets;

pub use sets::{Marks, ShingleSets};
