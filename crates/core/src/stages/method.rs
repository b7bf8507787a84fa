//! `Method`: how texts at hand are compared. One a profile; reading, batching and finalizing are the
//! same for all.

use crate::doc_id::DocId;
use crate::likeness::Likeness;
use crate::verify::WordKind;

/// Why two texts are compared.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Why {
    /// They share keys.
    Candidates,
    /// Both are like a third text: more has to be asked of them.
    TwoHop,
}

/// A way of comparing two texts.
pub trait Method: Sync {
    /// What is needed of a text that was read.
    type Text: Default + Send + Sync;
    /// Texts in memory to be compared with each other, numbered from 0 in the order of `push`.
    type Batch: Default + Send + Sync;
    /// Buffers for comparing.
    type Scratch: Default + Send;
    /// What comparing two texts gives, the first one being `left`.
    type Found: Copy + Send;

    /// Makes a text of the words of a story and their kinds, which may be taken away.
    fn prepare(&self, words: &mut Vec<u64>, kinds: &mut Vec<WordKind>, text: &mut Self::Text);

    /// Empties the batch.
    fn clear(&self, batch: &mut Self::Batch);

    /// Makes room in the batch for texts of so many words together. Without it there is room, too, but
    /// texts are moved as more come.
    fn reserve(&self, _words: usize, _batch: &mut Self::Batch) {}

    /// Adds one more text to the batch.
    fn push(&self, text: &Self::Text, batch: &mut Self::Batch);

    /// Compares one text with others of the batch, which comes with its documents, in order.
    fn compare(
        &self,
        batch: (&Self::Batch, &[DocId]),
        why: Why,
        text: usize,
        others: impl Iterator<Item = usize>,
        scratch: &mut Self::Scratch,
        found: impl FnMut(Self::Found),
    );

    /// The figures of what was found.
    fn likeness(&self, found: Self::Found) -> Likeness;
}
