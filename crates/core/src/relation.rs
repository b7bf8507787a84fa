//! `Relation`: of which kind a copy is, seen from the document it is described against.
//!
//! On labelled newsrooms, the medians of what is aligned (share of the document / share of the
//! page it is held against) are
//!
//! | full copy | trimmed | excerpt | updated | copy with local text | composite |
//! |---|---|---|---|---|---|
//! | .94 / .86 | .89 / .46 | .78 / .14 | .68 / .61 | .78 / .88 | .63 / .79 |
//!
//! All bounds below are in the gaps of this table. The kinds overlap around their medians, so
//! a relation is a description by fixed rules and no classification with a known error.

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
    /// Holds another story besides: a digest, or a live ticker.
    Composite,
    /// Mostly contained in the other, which holds much more.
    Excerpt,
    /// Contains most of the other, and much more.
    Extended,
    /// A later version of the story: its body, under a new lead.
    Updated,
    /// Any other verified copy.
    Revised,
}

/// What alignment says of a document and the one it is held against, whose texts differ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Aligned {
    /// Share of the document's story words that are aligned, in `0.0..=1.0`.
    pub own: f64,
    /// Share of the other's story words that are aligned, in `0.0..=1.0`.
    pub other: f64,
    /// Share of the document's first [`LEAD_WORDS`] story words that are aligned, in `0.0..=1.0`.
    pub lead: f64,
    /// Whether it is known to have appeared after the other.
    pub later: bool,
    /// Whether what is left of it covers [`ANOTHER_STORY`] of another cluster's representative.
    pub holds_another: bool,
}

/// The words at the beginning of a story that are its lead.
///
/// Judged, not measured: a lead is one sentence of 25 to 40 words. The longer one is taken, so that
/// another headline, which stays in the story text, does not by itself make a lead new.
pub const LEAD_WORDS: u32 = 40;

/// From this share on, a document's unmatched rest holds the story of another representative.
///
/// Twice what an excerpt covers of a full page (.14), so that a shared quotation or a teaser is
/// not another story.
pub const ANOTHER_STORY: f64 = 0.30;

/// From this coverage on, a document is mostly contained in the other.
///
/// `excerpt` and `extended` are the two sides of one relation, so they share one pair of bounds:
/// the smaller one covered to at least `CONTAINED`, the larger one to less than `COVERED`.
/// Trims and excerpts are covered to .89 and .78, an update to .68; a full copy covers .86 of the
/// other page, a trim .46 and a composite's own share is .63.
const CONTAINED: f64 = 0.70;
/// Below this coverage, the larger document holds much that the smaller one has not.
pub const COVERED: f64 = 0.75;
/// From this coverage of both sides on, they share a body: half of what an update has (.68 / .61).
const BODY: f64 = 0.30;
/// Below this share of aligned words a lead is new: most of it was written for this version.
/// Judged, not measured.
const LEAD: f64 = 0.50;

impl Relation {
    /// Every relation, in the order in which they are tried.
    pub const ALL: [Relation; 7] = [
        Relation::Exact,
        Relation::Normalized,
        Relation::Composite,
        Relation::Excerpt,
        Relation::Extended,
        Relation::Updated,
        Relation::Revised,
    ];

    /// The relation of two documents whose normalised texts differ, by what they cover of each
    /// other; `overlap.left` is the document described, `overlap.right` the one it is held against.
    ///
    /// For `near`, which knows no story: never composite or updated.
    pub fn by_coverage(overlap: Overlap) -> Relation {
        contained(overlap.left_coverage(), overlap.right_coverage()).unwrap_or(Relation::Revised)
    }

    /// The relation of two documents whose story texts differ, by their alignment.
    pub fn by_alignment(aligned: Aligned) -> Relation {
        let Aligned { own, other, .. } = aligned;
        let partly = BODY..COVERED;
        let updated = aligned.later
            && aligned.lead < LEAD
            && partly.contains(&own)
            && partly.contains(&other);
        if aligned.holds_another && own < COVERED {
            return Relation::Composite;
        }
        contained(own, other).unwrap_or(if updated {
            Relation::Updated
        } else {
            Relation::Revised
        })
    }

    /// The name in every output: lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Relation::Exact => "exact",
            Relation::Normalized => "normalized",
            Relation::Composite => "composite",
            Relation::Excerpt => "excerpt",
            Relation::Extended => "extended",
            Relation::Updated => "updated",
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

/// Whether one of two documents is contained in the other, and which.
fn contained(own: f64, other: f64) -> Option<Relation> {
    if own >= CONTAINED && other < COVERED && own > other {
        Some(Relation::Excerpt)
    } else if other >= CONTAINED && own < COVERED && other > own {
        Some(Relation::Extended)
    } else {
        None
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

    /// A page that appeared later under a new lead.
    fn later(own: f64, other: f64) -> Aligned {
        Aligned {
            own,
            other,
            lead: 0.1,
            later: true,
            holds_another: false,
        }
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
    fn the_medians_of_every_kind_are_distinguished() {
        let rest = |own, other| Aligned {
            holds_another: true,
            ..later(own, other)
        };
        for (aligned, expected) in [
            (later(0.94, 0.86), Relation::Revised),
            (later(0.89, 0.46), Relation::Excerpt),
            (later(0.78, 0.14), Relation::Excerpt),
            (later(0.68, 0.61), Relation::Updated),
            (later(0.78, 0.88), Relation::Revised),
            (rest(0.63, 0.79), Relation::Composite),
            (later(0.63, 0.79), Relation::Extended),
        ] {
            assert_eq!(Relation::by_alignment(aligned), expected, "{aligned:?}");
        }
    }

    #[test]
    fn an_update_is_later_and_has_a_new_lead() {
        let update = later(0.68, 0.61);
        let earlier = Aligned {
            later: false,
            ..update
        };
        let same_lead = Aligned {
            lead: 0.5,
            ..update
        };
        assert_eq!(Relation::by_alignment(earlier), Relation::Revised);
        assert_eq!(Relation::by_alignment(same_lead), Relation::Revised);
        let little_in_common = Relation::by_alignment(later(0.29, 0.61));
        assert_eq!(little_in_common, Relation::Revised);
    }

    #[test]
    fn a_page_that_is_nearly_all_one_story_is_no_composite() {
        let page = Aligned {
            holds_another: true,
            ..later(0.80, 0.90)
        };
        assert_eq!(Relation::by_alignment(page), Relation::Revised);
    }

    #[test]
    fn names_go_both_ways() {
        for relation in Relation::ALL {
            assert_eq!(Relation::from_name(relation.name()), Some(relation));
        }
    }
}
