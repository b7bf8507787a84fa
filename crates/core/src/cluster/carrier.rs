//! `Carrier`: which text may be the witness of another, and what was verified of the two.
//!
//! `near` knows the overlap of their sets and nothing else, a [`Neighbour`]; `wire` has aligned
//! them and determines relation and coverage itself.

use crate::doc_id::DocId;
use crate::relation::Relation;
use crate::similarity::Overlap;

/// A text that may carry another text of the same cluster, and what was verified of the two.
#[derive(Clone, Copy, Debug)]
pub struct Carrier {
    /// The first document of that text.
    pub text: DocId,
    /// What the other text is to it.
    pub relation: Relation,
    /// What it is where it appeared later: dates belong to documents, and texts have several.
    pub if_later: Relation,
    /// How much of the other text it carries, in any unit.
    pub carried: u64,
    /// How much there is of the other text, in the same unit.
    pub of: u64,
    /// How alike the two are: of several carriers, the closest is the witness. Not NaN.
    pub closeness: f64,
}

/// A text that a text of the same cluster was verified to be similar to, in `near`.
#[derive(Clone, Copy, Debug)]
pub struct Neighbour {
    /// The first document of that text.
    pub text: DocId,
    /// Their overlap; `left` is the text itself, `right` the neighbour.
    pub overlap: Overlap,
}

impl From<Neighbour> for Carrier {
    fn from(Neighbour { text, overlap }: Neighbour) -> Carrier {
        let relation = Relation::by_coverage(overlap);
        Carrier {
            text,
            relation,
            if_later: relation,
            carried: u64::from(overlap.shared),
            of: u64::from(overlap.left),
            closeness: overlap.jaccard(),
        }
    }
}
