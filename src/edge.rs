//! `Edge`: two documents whose overlap was counted on the text itself.

use crate::doc_id::DocId;
use crate::similarity::Overlap;

/// A compared pair with its exact figures.
///
/// Invariant: `a < b`; `overlap.left` belongs to `a`, `overlap.right` to `b`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Edge {
    /// The document that stands earlier in the corpus.
    pub a: DocId,
    /// The document that stands later.
    pub b: DocId,
    /// The sizes of the two sets and of what they share.
    pub overlap: Overlap,
}

impl Edge {
    /// The edge between two different documents, in either order.
    pub fn new(left: DocId, right: DocId, overlap: Overlap) -> Edge {
        debug_assert_ne!(left, right);
        if left < right {
            Edge {
                a: left,
                b: right,
                overlap,
            }
        } else {
            Edge {
                a: right,
                b: left,
                overlap: overlap.flipped(),
            }
        }
    }

    /// The overlap as `doc`, one of the two, sees it: `left` is `doc`'s own set.
    pub fn seen_from(&self, doc: DocId) -> Overlap {
        if doc == self.a {
            self.overlap
        } else {
            self.overlap.flipped()
        }
    }

    /// The other document of the two.
    pub fn other(&self, doc: DocId) -> DocId {
        if doc == self.a { self.b } else { self.a }
    }
}
