//! `Cluster`: the documents that carry one text, and what became of each.

use std::fmt;

use crate::doc_id::DocId;
use crate::likeness::Likeness;
use crate::relation::Relation;

/// A cluster's name: the smallest content hash among its members, so that it depends neither on
/// the order of the corpus nor on the choice of the representative. Shown as `c` and 16 hex digits.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct ClusterId(pub u64);

impl fmt::Display for ClusterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "c{:016x}", self.0)
    }
}

/// Two or more documents that are copies of one another.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Cluster {
    /// The cluster's name.
    pub id: ClusterId,
    /// The members, at least two: the representative first, the others by date, undated ones
    /// last, then by position.
    pub members: Vec<Member>,
}

/// A document of a cluster, held against the cluster's representative.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Member {
    /// The document.
    pub doc: DocId,
    /// What it is to the representative; `None` for the representative itself.
    pub relation: Option<Relation>,
    /// What it shares with the representative; `left` is this document.
    ///
    /// Exact, and below the threshold where a chain of copies leads away from the representative.
    pub likeness: Likeness,
}

impl Cluster {
    /// The member the others are described against.
    pub fn representative(&self) -> DocId {
        self.members[0].doc
    }
}

/// What becomes of a document when the corpus is deduplicated.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Verdict {
    /// It stays.
    Kept,
    /// It goes, because a kept document is verified to carry its text.
    Removed {
        /// The kept document.
        witness: DocId,
        /// What the removed document is to it.
        relation: Relation,
    },
}
