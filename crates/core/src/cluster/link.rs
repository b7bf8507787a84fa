//! What average linkage sees: texts, and the compared pairs among them with a weight each.
//!
//! Weights are whole millionths, so that sums of them are exact in any order: no rounding can
//! make a cluster depend on the order of the corpus.

use crate::doc_id::DocId;

/// A text of a component.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Text {
    /// Its content hash, which breaks ties.
    pub rank: u64,
}

/// A compared pair of texts, each given by its place in the component.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Link {
    /// One text.
    pub a: DocId,
    /// The other.
    pub b: DocId,
    /// What the comparison came to.
    pub weight: Weight,
}

/// How strongly a compared pair argues for one story: from -1 to 1, in millionths.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Weight(i32);

impl Weight {
    const ONE: i32 = 1_000_000;

    /// A pair that was compared and is no edge. A pair without a link counts the same, unless both
    /// texts are full and more was not to be expected.
    pub const REFUSED: Weight = Weight(0);

    /// A pair of one form with other facts: it argues against a common story as strongly as the
    /// best edge argues for it.
    pub const CONTRADICTED: Weight = Weight(-Weight::ONE);

    /// An edge: `min(1, score)`, to the nearest millionth and never less than one.
    pub fn accepted(score: f64) -> Weight {
        debug_assert!(!score.is_nan(), "a score is a number");
        let scaled = (score * f64::from(Weight::ONE)).round();
        #[expect(clippy::cast_possible_truncation)] // in 1..=1e6
        Weight(scaled.clamp(1.0, f64::from(Weight::ONE)) as i32)
    }

    /// Whether the pair is an edge.
    pub const fn is_accepted(self) -> bool {
        self.0 > 0
    }

    /// The weight in millionths.
    pub(super) fn millionths(self) -> i64 {
        i64::from(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edge_weighs_its_score_and_at_most_one() {
        assert_eq!(Weight::accepted(0.7).millionths(), 700_000);
        assert_eq!(Weight::accepted(1.8).millionths(), 1_000_000);
        assert!(Weight::accepted(0.0).is_accepted());
        assert!(!Weight::REFUSED.is_accepted());
        assert!(Weight::CONTRADICTED < Weight::REFUSED);
    }
}
