//! `DocId`: which document of the corpus is meant.

/// A document's position in its corpus: file order, then byte order, counted from 0.
///
/// A corpus holds at most `u32::MAX` documents. Positions do not depend on threads.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct DocId(u32);

impl DocId {
    /// The document at this position.
    pub const fn new(position: u32) -> DocId {
        DocId(position)
    }

    /// The position as a number.
    pub const fn get(self) -> u32 {
        self.0
    }

    /// The position as an index into a table with one row a document.
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// The document at an index of such a table.
    ///
    /// # Panics
    ///
    /// If the index does not fit a `u32`; reading refuses a corpus that large.
    pub fn from_index(index: usize) -> DocId {
        DocId(u32::try_from(index).expect("a corpus holds at most u32::MAX documents"))
    }
}
