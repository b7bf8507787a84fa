//! `Method`: how texts at hand are compared. One a profile; reading, batching and judging are the
//! same for all.

use super::error::Error;
use crate::corpus::Reader;
use crate::doc_id::DocId;
use crate::likeness::Likeness;

/// Why two texts are compared.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Why {
    /// They share keys.
    Candidates,
    /// They have a copy in common.
    Friends,
}

/// Compares documents of a corpus.
pub(super) trait Method: Sync {
    /// Buffers for reading texts.
    type Reading: Default + Send;
    /// What is needed of a text that was read.
    type Text: Default + Send + Sync;
    /// Texts that lie side by side to be compared, numbered from 0 in the order of laying.
    type Desk: Default + Send + Sync;
    /// Buffers for comparing.
    type Scratch: Default + Send;
    /// What comparing two texts gives, the first one being `left`.
    type Found: Copy + Send;

    /// Reads a document.
    fn read(
        &self,
        doc: DocId,
        reader: &mut Reader<'_>,
        reading: &mut Self::Reading,
        text: &mut Self::Text,
    ) -> Result<(), Error>;

    /// Takes all texts off the desk.
    fn clear(&self, desk: &mut Self::Desk);

    /// Makes room on the desk for texts of so many words together. Without it there is room, too, but
    /// texts are moved as more come.
    fn make_room(&self, _words: usize, _desk: &mut Self::Desk) {}

    /// Lays one more text on the desk.
    fn lay(&self, text: &Self::Text, desk: &mut Self::Desk);

    /// Compares one text with others on the desk. `docs` are the documents on it, in order.
    fn compare(
        &self,
        laid: (&Self::Desk, &[DocId]),
        why: Why,
        text: usize,
        others: impl Iterator<Item = usize>,
        scratch: &mut Self::Scratch,
        found: impl FnMut(Self::Found),
    );

    /// The figures of what was found.
    fn likeness(&self, found: Self::Found) -> Likeness;
}
