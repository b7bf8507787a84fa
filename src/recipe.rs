//! May these two be compared?
//!
//! The recipe is every choice that shapes keys, edges and clusters, as one readable line. It is
//! stored with results; two of them may be compared, or one added to the other, if their recipes
//! are equal.

use std::fmt;

use crate::cluster::LARGEST_COMPONENT;
use crate::hash;
use crate::index::CandidateCaps;
use crate::likeness::{Aligned, Likeness, Score};
use crate::parts::Parts;
use crate::shingle::Shingling;
use crate::similarity::{Overlap, Threshold};
use crate::sketch::{Banding, BandingError};
use crate::text;

/// What counts as a copy: a named way of comparing.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Profile {
    /// The same story, whatever page it stands in: story texts, aligned.
    Wire,
    /// The same text, nearly: whole documents, by the Jaccard similarity of their shingles.
    Near,
}

impl Profile {
    /// The name in recipes and options.
    pub const fn name(self) -> &'static str {
        match self {
            Profile::Wire => "wire",
            Profile::Near => "near",
        }
    }
}

/// Every choice that shapes a result.
#[derive(Clone, Debug, PartialEq)]
pub struct Recipe {
    /// What counts as a copy.
    pub profile: Profile,
    /// What sets are made of.
    pub shingling: Shingling,
    /// Least score of a copy: Jaccard similarity in `near`, the story score in `wire`.
    pub threshold: Threshold,
    /// How signatures are cut.
    pub banding: Banding,
    /// Names the hash functions of the signature.
    pub seed: u64,
    /// The bounds of the work.
    pub caps: CandidateCaps,
    /// Most distinct texts of a cluster.
    pub largest_component: usize,
}

impl Recipe {
    /// Copies of at least 0.8.
    pub const THRESHOLD: f64 = 0.8;
    /// Story scores from here on are of one story.
    pub const STORY_THRESHOLD: f64 = 0.74;
    /// Candidates that a document counts in `wire`, and documents of a key that are all paired. A story of more
    /// carriers is told from a part of its pairs. With 256 and 200, as in `near`, verifying 100,000 generated pages took
    /// 1.35 s in place of .85, and the clusters were the same but for one: the story of 2,000 carriers had 1,934
    /// in place of 1,973.
    pub const STORY_CANDIDATES: usize = 64;
    /// 95 of 100 pairs exactly at the threshold are found, and of more similar ones more.
    pub const RECALL: f64 = 0.95;

    /// The recipe of the `near` profile at a threshold, with the cheapest banding of that recall.
    ///
    /// # Errors
    ///
    /// If no banding reaches the recall.
    pub fn near(threshold: Threshold, recall: f64) -> Result<Recipe, BandingError> {
        Ok(Recipe::with_banding(
            threshold,
            Banding::for_recall(threshold, recall)?,
        ))
    }

    /// The recipe of the `near` profile with a banding given by hand.
    pub fn with_banding(threshold: Threshold, banding: Banding) -> Recipe {
        Recipe {
            profile: Profile::Near,
            shingling: Shingling::default(),
            threshold,
            banding,
            seed: 1,
            caps: CandidateCaps::default(),
            largest_component: LARGEST_COMPONENT,
        }
    }

    /// The recipe of the `wire` profile at a threshold of the story score.
    pub fn wire(threshold: Threshold) -> Recipe {
        let banding = Banding::new(128, 2).expect("within the longest signature");
        Recipe {
            profile: Profile::Wire,
            shingling: Shingling::words(4).expect("a length that can be"),
            caps: CandidateCaps {
                group: Recipe::STORY_CANDIDATES,
                per_document: Recipe::STORY_CANDIDATES,
                ..CandidateCaps::default()
            },
            ..Recipe::with_banding(threshold, banding)
        }
    }

    /// Stories of at least [`STORY_THRESHOLD`](Self::STORY_THRESHOLD).
    pub fn default_wire() -> Recipe {
        Recipe::wire(Threshold::new(Recipe::STORY_THRESHOLD).expect("between 0 and 1"))
    }

    /// Copies of at least 0.8 Jaccard similarity, 95 % of those exactly there.
    pub fn default_near() -> Recipe {
        let threshold = Threshold::new(Recipe::THRESHOLD).expect("between 0 and 1");
        Recipe::near(threshold, Recipe::RECALL).expect("within the longest signature")
    }

    /// The likeness of equal texts, whose sets nobody counts.
    pub fn equal(&self) -> Likeness {
        match self.profile {
            Profile::Near => Likeness::EQUAL,
            Profile::Wire => Likeness {
                aligned: Some(Aligned {
                    words: Overlap::full(0),
                    lead_left: 0,
                    lead_right: 0,
                    parts_left: Parts::NONE,
                    parts_right: Parts::NONE,
                    score: Score::new(2.0),
                    refused: None,
                }),
                ..Likeness::EQUAL
            },
        }
    }

    /// The share of pairs exactly at the threshold that become candidates, in `0.0..=1.0`.
    ///
    /// `None` in `wire`: keys are drawn by Jaccard similarity, and its threshold is of another
    /// measure, so that there is no such share.
    pub fn recall(&self) -> Option<f64> {
        match self.profile {
            Profile::Near => Some(self.banding.candidate_probability(self.threshold.get())),
            Profile::Wire => None,
        }
    }
}

impl Default for Recipe {
    /// The `wire` profile as it is used.
    fn default() -> Recipe {
        Recipe::default_wire()
    }
}

impl fmt::Display for Recipe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} text={} hash={} shingle={} measure={} threshold={} bands={} seed={} \
             caps={}/{}/{}/{}",
            self.profile.name(),
            text::VERSION,
            hash::VERSION,
            self.shingling,
            match self.profile {
                Profile::Near => "jaccard",
                Profile::Wire => "story",
            },
            self.threshold,
            self.banding,
            self.seed,
            self.caps.group,
            self.caps.leaders,
            self.caps.per_document,
            self.largest_component,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recipe_is_one_readable_line() {
        let recipe = Recipe::near(Threshold::new(0.8).unwrap(), 0.95).unwrap();
        assert_eq!(
            recipe.to_string(),
            "near text=v2-unicode17 hash=v1 shingle=word:5 measure=jaccard threshold=0.8 \
             bands=10x6 seed=1 caps=200/8/256/20000"
        );
        assert!(recipe.recall().unwrap() >= 0.95);
        assert_eq!(Recipe::default_wire().recall(), None);
        let slots = Recipe::default_wire().banding.slots();
        assert_eq!(
            slots as usize,
            crate::sketch::WIRE_SLOTS,
            "what the screen is made for"
        );
    }
}
