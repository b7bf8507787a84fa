//! `Likeness`: what comparing two documents on their texts gave.
//!
//! Every profile counts the shingle sets. `wire` also aligns the story texts word by word and
//! judges by a score; then [`Aligned`] is there, and coverage is that of words in place.

use crate::parts::Parts;
use crate::relation::LEAD_WORDS;
use crate::similarity::{Overlap, Threshold};

/// The figures of a compared pair.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Likeness {
    /// The shingle sets.
    pub overlap: Overlap,
    /// What aligning gave; `None` in the `near` profile.
    pub aligned: Option<Aligned>,
}

/// The figures of an aligned pair of story texts.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Aligned {
    /// Words aligned, and the words of each story text.
    pub words: Overlap,
    /// Words aligned among the first [`LEAD_WORDS`] of the first document.
    pub lead_left: u32,
    /// Words aligned among the first [`LEAD_WORDS`] of the second document.
    pub lead_right: u32,
    /// The parts of the first document that are aligned, where the two are copies.
    pub parts_left: Parts,
    /// The parts of the second document that are aligned, where the two are copies.
    pub parts_right: Parts,
    /// The story score.
    pub score: Score,
    /// Why the two are no copies of each other, if they are not.
    pub refused: Option<Refusal>,
}

impl Aligned {
    /// The share of the first document's lead that is aligned, in `0.0..=1.0`; 0 of an empty one.
    pub fn lead(self) -> f64 {
        match self.words.left.min(LEAD_WORDS) {
            0 => 0.0,
            words => f64::from(self.lead_left) / f64::from(words),
        }
    }

    /// The same figures seen from the second document.
    #[must_use]
    pub fn flipped(self) -> Aligned {
        Aligned {
            words: self.words.flipped(),
            lead_left: self.lead_right,
            lead_right: self.lead_left,
            parts_left: self.parts_right,
            parts_right: self.parts_left,
            ..self
        }
    }
}

/// Why two story texts are no copies: the first reason that holds.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Refusal {
    /// They share too little outside stock paragraphs to be aligned.
    Gate,
    /// The story score is below the threshold.
    Score,
    /// They contradict each other: one form, other facts.
    Facts,
    /// They are of one outlet and share its passage, under unrelated beginnings.
    Boilerplate,
}

impl Refusal {
    /// The name in every output: lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Refusal::Gate => "gate",
            Refusal::Score => "score",
            Refusal::Facts => "facts",
            Refusal::Boilerplate => "boilerplate",
        }
    }
}

/// A story score in whole millionths, so that sums and comparisons are exact: -1 to 2.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct Score(i32);

impl Score {
    /// The nearest millionth, kept within -1 to 2; of NaN, 0.
    pub fn new(value: f64) -> Score {
        #[expect(clippy::cast_possible_truncation)] // clamped
        Score((value.clamp(-1.0, 2.0) * 1e6).round() as i32)
    }

    /// The score of so many millionths, kept within -1 to 2.
    pub fn from_millionths(millionths: i32) -> Score {
        Score(millionths.clamp(-1_000_000, 2_000_000))
    }

    /// The score as a number.
    pub fn get(self) -> f64 {
        f64::from(self.0) / 1e6
    }

    /// The score in millionths.
    pub fn millionths(self) -> i32 {
        self.0
    }
}

impl Likeness {
    /// Texts equal by hash; their overlap was not computed.
    pub const EQUAL: Likeness = Likeness {
        overlap: Overlap::full(0),
        aligned: None,
    };

    /// The likeness of two shingle sets.
    pub const fn of_sets(overlap: Overlap) -> Likeness {
        Likeness {
            overlap,
            aligned: None,
        }
    }

    /// How much of the two covers the other: aligned words where texts were aligned, else
    /// shingles.
    pub fn coverage(self) -> Overlap {
        self.aligned.map_or(self.overlap, |aligned| aligned.words)
    }

    /// What the threshold acts on: the story score, or the Jaccard similarity.
    pub fn score(self) -> f64 {
        self.aligned
            .map_or_else(|| self.overlap.jaccard(), |aligned| aligned.score.get())
    }

    /// Whether the two are copies of each other.
    pub fn is_copy(self, threshold: Threshold) -> bool {
        match self.aligned {
            Some(aligned) => aligned.refused.is_none(),
            None => threshold.admits(self.overlap),
        }
    }

    /// Whether the score is at least `threshold`, whatever else speaks against the pair.
    pub fn reaches(self, threshold: Threshold) -> bool {
        match self.aligned {
            Some(aligned) => aligned.score >= Score::new(threshold.get()),
            None => threshold.admits(self.overlap),
        }
    }

    /// The same figures seen from the second document.
    #[must_use]
    pub fn flipped(self) -> Likeness {
        Likeness {
            overlap: self.overlap.flipped(),
            aligned: self.aligned.map(Aligned::flipped),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lead_is_a_share_of_forty_words_or_of_a_shorter_story_from_either_side() {
        let aligned = Aligned {
            words: Overlap {
                shared: 18,
                left: 400,
                right: 20,
            },
            lead_left: 10,
            lead_right: 18,
            parts_left: Parts::NONE,
            parts_right: Parts::of(std::iter::once(0..20), 20),
            score: Score::new(1.0),
            refused: None,
        };
        assert_eq!(aligned.lead(), 0.25);
        assert_eq!(aligned.flipped().lead(), 0.9);
        assert_eq!(aligned.flipped().flipped(), aligned);
        let empty = Aligned {
            words: Overlap::full(0),
            lead_left: 0,
            ..aligned
        };
        assert_eq!(empty.lead(), 0.0);
    }
}
