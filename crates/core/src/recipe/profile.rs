//! `Profile`: the ways of comparing, and what each is to all that does not compare texts itself.
//!
//! How texts are compared is a [`Method`](crate::stages::Method), chosen once by a run. Everything else asks for a
//! [`Character`], so that a profile is known in few places by name.

use crate::shingle::Shingling;
use crate::sketch::{Banding, WIRE_SLOTS};

/// What is asked of two documents.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Profile {
    /// The same story, whatever page it stands in: story texts, aligned.
    Wire,
    /// The same text, nearly: whole documents, by the Jaccard similarity of their shingles.
    Near,
}

/// What texts that are copies of each other become.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Grouping {
    /// All that a chain of copies joins.
    Components,
    /// Texts that are copies on average; two-hop pairs are compared for it.
    AverageLinkage,
}

/// What a profile is, beside the way in which two texts are compared.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Character {
    /// The name in recipes and options.
    pub name: &'static str,
    /// What the threshold is of, in recipes.
    pub measure: &'static str,
    /// The figure that decides, in tables and reports.
    pub score: &'static str,
    /// The highest that there is.
    pub highest_score: f64,
    /// Whether a text is the story of a page: boilerplate is learned and masked, words are weighed, credits are read.
    pub has_stories: bool,
    /// How clusters are made of pairs.
    pub grouping: Grouping,
    /// The shingles and signatures that it is made for, where no others will do.
    pub made_for: Option<(Shingling, Banding)>,
}

/// Boilerplate, stock paragraphs and the places of an alignment are kept by runs of four words.
pub(super) const WIRE_SHINGLING: Shingling = Shingling::FOUR_WORDS;
/// A pair is found by two equal slots; the [screen](crate::sketch::ContainmentScreen) that follows is made for
/// signatures of this length.
pub(super) const WIRE_BANDING: Banding = Banding::of_pairs(WIRE_SLOTS);

const WIRE: Character = Character {
    name: "wire",
    measure: "story",
    score: "score",
    highest_score: 2.0,
    has_stories: true,
    grouping: Grouping::AverageLinkage,
    made_for: Some((WIRE_SHINGLING, WIRE_BANDING)),
};

const NEAR: Character = Character {
    name: "near",
    measure: "jaccard",
    score: "jaccard",
    highest_score: 1.0,
    has_stories: false,
    grouping: Grouping::Components,
    made_for: None,
};

impl Profile {
    /// All profiles.
    pub const ALL: [Profile; 2] = [Profile::Wire, Profile::Near];

    /// What it is.
    pub const fn character(self) -> &'static Character {
        match self {
            Profile::Wire => &WIRE,
            Profile::Near => &NEAR,
        }
    }

    /// The name in recipes and options.
    pub const fn name(self) -> &'static str {
        self.character().name
    }

    /// Whether a text is the story of a page, and not all of it.
    pub const fn has_stories(self) -> bool {
        self.character().has_stories
    }
}
