//! Why a recipe cannot be.

use super::profile::{WIRE_BANDING, WIRE_SHINGLING};
use super::{CAPS, Recipe};
use crate::shingle::Shingling;
use crate::similarity::Threshold;
use crate::sketch::{Banding, BandingError};

/// A recipe that would find nothing, or cannot be followed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum RecipeError {
    /// No banding is as was asked.
    #[error(transparent)]
    Banding(#[from] BandingError),
    /// No two texts are so similar.
    #[error(
        "the threshold of `near` is a Jaccard similarity: expected a number above 0 and at most 1 \
         (identical), found {found}; lower it, or take the `wire` profile, whose scores go up to 2"
    )]
    Threshold {
        /// What was asked for.
        found: Threshold,
    },
    /// Boilerplate, word counts and stock paragraphs are kept by the shingles of the profile.
    #[error(
        "the shingles of `wire` are fixed: expected {expected}, found {found}; leave them as they are, \
         or take the `near` profile, which compares by any",
        expected = WIRE_SHINGLING
    )]
    WireShingling {
        /// What was asked for.
        found: Shingling,
    },
    /// The screen of candidates is made for the signature of the profile.
    #[error(
        "the banding of `wire` is fixed: expected {expected}, found {found}; leave it as it is, or take \
         the `near` profile, which cuts signatures in any way",
        expected = WIRE_BANDING
    )]
    WireBanding {
        /// What was asked for.
        found: Banding,
    },
    /// A bound of the work that would leave nothing to be found, or no bound.
    #[error(
        "the cap `{name}` of candidates is {found}: expected {least} to {most}; the usual caps are \
         CandidateCaps::default()", least = CAPS.start(), most = CAPS.end()
    )]
    Cap {
        /// The field of [`CandidateCaps`](crate::lsh::CandidateCaps).
        name: &'static str,
        /// What was asked for.
        found: usize,
    },
    /// A cluster of fewer than two texts is none.
    #[error(
        "the largest component is {found}: expected at least {}, the texts of a pair; the usual one is {}",
        Recipe::SMALLEST_COMPONENT,
        crate::cluster::LARGEST_COMPONENT
    )]
    LargestComponent {
        /// What was asked for.
        found: usize,
    },
}
