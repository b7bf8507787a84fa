//! The method of the `near` profile: exact overlaps of shingle sets.

use super::method::{Method, Why};
use crate::doc_id::DocId;
use crate::likeness::Likeness;
use crate::shingle::Shingling;
use crate::similarity::Overlap;
use crate::verify::{Marks, ShingleSets, WordKind};

/// Counts what shingle sets share.
#[derive(Clone, Copy, Debug)]
pub struct JaccardMethod {
    /// What a set holds of a text.
    pub shingling: Shingling,
}

impl Method for JaccardMethod {
    type Text = Vec<u64>;
    type Batch = ShingleSets;
    type Scratch = Marks;
    type Found = Overlap;

    fn prepare(&self, words: &mut Vec<u64>, _: &mut Vec<WordKind>, text: &mut Vec<u64>) {
        self.shingling.shingles(words, text);
    }

    fn clear(&self, batch: &mut ShingleSets) {
        batch.clear();
    }

    fn push(&self, text: &Vec<u64>, batch: &mut ShingleSets) {
        batch.push(text);
    }

    fn compare(
        &self,
        (batch, _): (&ShingleSets, &[DocId]),
        _: Why,
        text: usize,
        others: impl Iterator<Item = usize>,
        scratch: &mut Marks,
        mut found: impl FnMut(Overlap),
    ) {
        batch.overlaps(text, others, scratch, |_, overlap| found(overlap));
    }

    fn likeness(&self, found: Overlap) -> Likeness {
        Likeness::of_sets(found)
    }
}
