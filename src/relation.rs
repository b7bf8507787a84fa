//! `Relation`: of which kind a copy is, seen from the document it is described against.

use crate::similarity::Overlap;

/// What a document is to another one (its cluster's representative, or its witness).
///
/// The first that fits, in this order. `near` has no story text, so `composite` and `updated`
/// belong to the `wire` profile.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Relation {
    /// The same bytes of text.
    Exact,
    /// The same text after normalisation.
    Normalized,
    /// Mostly contained in the other, which holds much more.
    Excerpt,
    /// Contains most of the other, and much more.
    Extended,
    /// Any other verified copy.
    Revised,
}

/// From this coverage on, a document is mostly contained in the other.
///
/// `excerpt` and `extended` are the two sides of one relation, so they share one pair of bounds:
/// the smaller one covered to at least `CONTAINED`, the larger one to less than `COVERED`.
/// Medians on labelled newsrooms: trims .89 / .46 and excerpts .78 / .14 (document / other side),
/// full copies .94 / .86, so both bounds stand in the gap between trims and copies.
const CONTAINED: f64 = 0.70;
/// Below this coverage, the larger document holds much that the smaller one has not.
const COVERED: f64 = 0.75;

impl Relation {
    /// Every relation, in the order in which they are tried.
    pub const ALL: [Relation; 5] = [
        Relation::Exact,
        Relation::Normalized,
        Relation::Excerpt,
        Relation::Extended,
        Relation::Revised,
    ];

    /// The relation of two documents whose normalised texts differ, by what they cover of each
    /// other; `overlap.left` is the document described, `overlap.right` the one it is held against.
    pub fn by_coverage(overlap: Overlap) -> Relation {
        let (own, other) = (overlap.left_coverage(), overlap.right_coverage());
        if own >= CONTAINED && other < COVERED && own > other {
            Relation::Excerpt
        } else if other >= CONTAINED && own < COVERED && other > own {
            Relation::Extended
        } else {
            Relation::Revised
        }
    }

    /// The name in every output: lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Relation::Exact => "exact",
            Relation::Normalized => "normalized",
            Relation::Excerpt => "excerpt",
            Relation::Extended => "extended",
            Relation::Revised => "revised",
        }
    }

    /// The relation of that name.
    pub fn from_name(name: &str) -> Option<Relation> {
        Relation::ALL
            .into_iter()
            .find(|relation| relation.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relation(shared: u32, own: u32, other: u32) -> Relation {
        Relation::by_coverage(Overlap {
            shared,
            left: own,
            right: other,
        })
    }

    #[test]
    fn a_trim_is_an_excerpt_and_its_full_story_is_extended() {
        assert_eq!(relation(89, 100, 193), Relation::Excerpt);
        assert_eq!(relation(89, 193, 100), Relation::Extended);
    }

    #[test]
    fn two_versions_of_like_length_are_revised() {
        assert_eq!(relation(86, 91, 100), Relation::Revised);
        assert_eq!(relation(60, 100, 100), Relation::Revised);
    }

    #[test]
    fn names_go_both_ways() {
        for relation in Relation::ALL {
            assert_eq!(Relation::from_name(relation.name()), Some(relation));
        }
    }
}
