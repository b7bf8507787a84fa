//! `Edge`: two documents whose overlap was counted on the text itself.

use crate::doc_id::DocId;
use crate::likeness::Likeness;
use crate::similarity::Overlap;

/// A compared pair with its exact figures.
///
/// Invariant: `a < b`; what is `left` in the likeness belongs to `a`, `right` to `b`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Edge {
    /// The document that is earlier in the corpus.
    pub a: DocId,
    /// The document that is later.
    pub b: DocId,
    /// What comparing them gave.
    pub likeness: Likeness,
}

impl Edge {
    /// The edge between two different documents, in either order.
    pub fn new(left: DocId, right: DocId, likeness: Likeness) -> Edge {
        debug_assert_ne!(left, right);
        let (a, b, likeness) = match left < right {
            true => (left, right, likeness),
            false => (right, left, likeness.flipped()),
        };
        Edge { a, b, likeness }
    }

    /// The shingle sets of the two.
    pub fn overlap(&self) -> Overlap {
        self.likeness.overlap
    }

    /// The likeness as `doc`, one of the two, sees it: `left` is `doc`'s own.
    pub fn seen_from(&self, doc: DocId) -> Likeness {
        match doc == self.a {
            true => self.likeness,
            false => self.likeness.flipped(),
        }
    }

    /// The other document of the two.
    pub fn other(&self, doc: DocId) -> DocId {
        if doc == self.a { self.b } else { self.a }
    }
}
