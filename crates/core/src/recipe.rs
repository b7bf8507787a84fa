//! May these two be compared?
//!
//! The recipe is every choice that shapes keys, edges and clusters, as one readable line. It is
//! stored with results; two of them may be compared, or one added to the other, if their recipes
//! are equal.

mod error;
mod profile;

use std::fmt;
use std::ops::RangeInclusive;

pub use error::RecipeError;
pub use profile::{Character, Grouping, Profile};

use profile::{WIRE_BANDING, WIRE_SHINGLING};

use crate::cluster::LARGEST_COMPONENT;
use crate::hash;
use crate::likeness::{Aligned, Likeness, Score};
use crate::lsh::CandidateCaps;
use crate::parts::Parts;
use crate::shingle::Shingling;
use crate::similarity::{Overlap, Threshold};
use crate::sketch::Banding;
use crate::text;

/// Every choice that shapes a result.
///
/// Made by [`wire`](Recipe::wire), [`near`](Recipe::near) or their `default_` forms and changed by the methods
/// `with_…`, which refuse what cannot be followed or would find nothing: a recipe that there is can be run.
///
/// ```
/// use wirecopy_core::recipe::Recipe;
/// use wirecopy_core::shingle::Shingling;
///
/// let letters = Recipe::default_near().with_shingling(Shingling::characters(9)?)?;
/// assert_eq!(letters.shingling().to_string(), "char:9");
///
/// // What `wire` has learned of boilerplate is kept by runs of four words.
/// let refused = Recipe::default_wire().with_shingling(Shingling::words(5)?).unwrap_err();
/// assert!(refused.to_string().contains("expected word:4, found word:5"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Recipe {
    profile: Profile,
    shingling: Shingling,
    threshold: Threshold,
    banding: Banding,
    seed: u64,
    caps: CandidateCaps,
    largest_component: usize,
}

/// What each of the [`CandidateCaps`] may be. With 0, no pair of a crowded key would be compared; a key of 1,024
/// documents that are all paired is half a million pairs, and there are such keys in most corpora.
pub const CAPS: RangeInclusive<usize> = 1..=1 << 10;

impl Recipe {
    /// Copies of at least 0.8.
    pub const THRESHOLD: f64 = 0.8;
    /// Story scores from here on are of one story.
    pub const STORY_THRESHOLD: f64 = 0.74;
    /// Documents of a key that are all paired in `wire`. A story of more carriers is found by a part of its pairs. Of
    /// 100,000 generated pages 292,782 pairs are compared, with 64 documents 385,947, and the clusters are the same; of
    /// newsrooms of 10,000 pages 85,903 and 92,075 (ARI .9698 and .9694), 51,524 and 56,307 (.9604 both).
    pub const STORY_GROUP: usize = 24;
    /// Pairs are reported from this share of the threshold on, and compared pairs below it are forgotten.
    pub const REPORTED: f64 = 0.8;
    /// 95 of 100 pairs exactly at the threshold are found, and of more similar ones more.
    pub const RECALL: f64 = 0.95;
    /// Texts of a pair.
    const SMALLEST_COMPONENT: usize = 2;

    /// The recipe of the `near` profile at a threshold, with the cheapest banding of that recall.
    ///
    /// # Errors
    ///
    /// If no banding reaches the recall, or the threshold is above 1.
    pub fn near(threshold: Threshold, recall: f64) -> Result<Recipe, RecipeError> {
        let threshold = share(threshold)?;
        Recipe::near_with_banding(threshold, Banding::for_recall(threshold, recall)?)
    }

    /// The recipe of the `near` profile with a banding given by hand; [`recall`](Recipe::recall) says what it finds.
    ///
    /// # Errors
    ///
    /// If the threshold is above 1.
    pub fn near_with_banding(
        threshold: Threshold,
        banding: Banding,
    ) -> Result<Recipe, RecipeError> {
        Ok(Recipe {
            profile: Profile::Near,
            shingling: Shingling::default(),
            threshold: share(threshold)?,
            banding,
            seed: 1,
            caps: CandidateCaps::default(),
            largest_component: LARGEST_COMPONENT,
        })
    }

    /// The recipe of a profile with a banding given by hand.
    ///
    /// # Errors
    ///
    /// If the profile is made for another banding, or the threshold is above what it measures.
    pub fn of(
        profile: Profile,
        threshold: Threshold,
        banding: Banding,
    ) -> Result<Recipe, RecipeError> {
        match profile {
            Profile::Wire => Recipe::wire(threshold).with_banding(banding),
            Profile::Near => Recipe::near_with_banding(threshold, banding),
        }
    }

    /// The recipe of the `wire` profile at a threshold of the story score.
    pub fn wire(threshold: Threshold) -> Recipe {
        Recipe {
            profile: Profile::Wire,
            shingling: WIRE_SHINGLING,
            threshold,
            banding: WIRE_BANDING,
            seed: 1,
            caps: CandidateCaps {
                group: Recipe::STORY_GROUP,
                ..CandidateCaps::default()
            },
            largest_component: LARGEST_COMPONENT,
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

    /// The same with sets made of other shingles.
    ///
    /// # Errors
    ///
    /// In `wire`, if they are not its own: words by four.
    pub fn with_shingling(self, shingling: Shingling) -> Result<Recipe, RecipeError> {
        match self.profile.character().made_for {
            Some((own, _)) if own != shingling => {
                Err(RecipeError::WireShingling { found: shingling })
            }
            _ => Ok(Recipe { shingling, ..self }),
        }
    }

    /// The same with signatures cut in another way; [`recall`](Recipe::recall) says what that finds.
    ///
    /// # Errors
    ///
    /// In `wire`, if it is not its own.
    pub fn with_banding(self, banding: Banding) -> Result<Recipe, RecipeError> {
        match self.profile.character().made_for {
            Some((_, own)) if own != banding => Err(RecipeError::WireBanding { found: banding }),
            _ => Ok(Recipe { banding, ..self }),
        }
    }

    /// The same with other hash functions of the signature.
    pub fn with_seed(self, seed: u64) -> Recipe {
        Recipe { seed, ..self }
    }

    /// The same with other bounds of the work.
    ///
    /// # Errors
    ///
    /// If one of them is 0, or above 1,024.
    pub fn with_caps(self, caps: CandidateCaps) -> Result<Recipe, RecipeError> {
        let each = [("group", caps.group), ("leaders", caps.leaders)];
        match each.into_iter().find(|(_, cap)| !CAPS.contains(cap)) {
            Some((name, found)) => Err(RecipeError::Cap { name, found }),
            None => Ok(Recipe { caps, ..self }),
        }
    }

    /// The same with another bound of a cluster's distinct texts.
    ///
    /// # Errors
    ///
    /// If it is below 2.
    pub fn with_largest_component(self, texts: usize) -> Result<Recipe, RecipeError> {
        if texts < Recipe::SMALLEST_COMPONENT {
            return Err(RecipeError::LargestComponent { found: texts });
        }
        Ok(Recipe {
            largest_component: texts,
            ..self
        })
    }

    /// What counts as a copy.
    pub fn profile(&self) -> Profile {
        self.profile
    }

    /// What sets are made of.
    pub fn shingling(&self) -> Shingling {
        self.shingling
    }

    /// Least score of a copy: Jaccard similarity in `near`, the story score in `wire`.
    pub fn threshold(&self) -> Threshold {
        self.threshold
    }

    /// How signatures are cut.
    pub fn banding(&self) -> Banding {
        self.banding
    }

    /// Names the hash functions of the signature.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The bounds of the work.
    pub fn caps(&self) -> CandidateCaps {
        self.caps
    }

    /// Most distinct texts of a cluster.
    pub fn largest_component(&self) -> usize {
        self.largest_component
    }

    /// The likeness of equal texts, whose sets are not counted.
    pub fn equal(&self) -> Likeness {
        match self.profile.has_stories() {
            false => Likeness::EQUAL,
            true => Likeness {
                aligned: Some(Aligned {
                    words: Overlap::full(0),
                    lead_left: 0,
                    lead_right: 0,
                    parts_left: Parts::NONE,
                    parts_right: Parts::NONE,
                    score: Score::new(self.profile.character().highest_score),
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
        let is_jaccard = !self.profile.has_stories();
        is_jaccard.then(|| self.banding.candidate_probability(self.threshold.get()))
    }
}

/// A threshold of `near`.
fn share(threshold: Threshold) -> Result<Threshold, RecipeError> {
    match threshold.is_share() {
        true => Ok(threshold),
        false => Err(RecipeError::Threshold { found: threshold }),
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
             caps={}/{}/{}",
            self.profile.name(),
            text::VERSION,
            hash::VERSION,
            self.shingling,
            self.profile.character().measure,
            self.threshold,
            self.banding,
            self.seed,
            self.caps.group,
            self.caps.leaders,
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
             bands=10x6 seed=1 caps=200/8/20000"
        );
        assert!(recipe.recall().unwrap() >= 0.95);
        assert_eq!(Recipe::default_wire().recall(), None);
    }

    #[test]
    fn what_cannot_be_followed_is_refused_with_what_was_meant() {
        let wire = Recipe::default_wire;
        let near = Recipe::default_near;
        let caps = |change: fn(&mut CandidateCaps)| {
            let mut caps = CandidateCaps::default();
            change(&mut caps);
            near().with_caps(caps)
        };
        let two = Threshold::new(1.5).unwrap();
        let refused = [
            (
                wire().with_shingling(Shingling::words(5).unwrap()),
                "shingles of `wire`",
                "expected word:4, found word:5",
            ),
            (
                wire().with_banding(Banding::new(16, 2).unwrap()),
                "banding of `wire`",
                "expected 128x2, found 16x2",
            ),
            (Recipe::near(two, 0.95), "threshold of `near`", "found 1.5"),
            (
                Recipe::near_with_banding(two, Banding::new(8, 8).unwrap()),
                "threshold of `near`",
                "found 1.5",
            ),
            (
                Recipe::near(Threshold::new(0.8).unwrap(), 1.0),
                "recall",
                "found 1",
            ),
            (caps(|caps| caps.group = 0), "cap `group`", "is 0"),
            (caps(|caps| caps.leaders = 0), "cap `leaders`", "is 0"),
            (
                caps(|caps| caps.leaders = usize::MAX),
                "cap `leaders`",
                "expected 1 to 1024",
            ),
            (
                near().with_largest_component(1),
                "largest component is 1",
                "at least 2",
            ),
        ];
        for (recipe, what, values) in refused {
            let said = recipe.unwrap_err().to_string();
            assert!(said.contains(what) && said.contains(values), "{said}");
        }
    }

    #[test]
    fn what_a_profile_has_fixed_may_be_named() {
        let wire = Recipe::default_wire();
        let same = wire.clone().with_banding(wire.banding()).unwrap();
        assert_eq!(same.with_shingling(wire.shingling()), Ok(wire));
    }
}
