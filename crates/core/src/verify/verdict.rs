//! What is asked of a pair of the `wire` profile, and the verdict with every figure it rests on.
//!
//! How it is reached is in [`super::pair_verifier`].

use super::score::Parts;
use crate::likeness::Refusal;
use crate::similarity::Overlap;

/// What two stories must reach to be copies of each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// The least story score.
    pub threshold: f64,
    /// The least share of the smaller shingle set that is in the other, outside stock; `0.0..=1.0`.
    pub containment: f64,
}

impl Rule {
    /// The `wire` profile: score 0.74 (at 0.70 copies are the same and more rewritten texts join:
    /// precision on `fnc1` .91 for .92, on `german_press` .97 for .99), gate 0.15.
    pub const WIRE: Rule = Rule {
        threshold: 0.74,
        containment: 0.15,
    };

    /// The same for pairs that were no candidates but share a neighbour: they are few and have
    /// more for them, so the gate is 0.05.
    pub const TWO_HOP: Rule = Rule {
        threshold: 0.74,
        containment: 0.05,
    };
}

/// What is known of two documents beside their texts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Between {
    /// Days between the two, if both are dated.
    pub days_apart: Option<f64>,
    /// Whether one outlet, and a known one, published both.
    pub is_one_outlet: bool,
}

/// The verdict on a pair. After a refusal at the gate, only the overlaps were measured and the
/// other figures are 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decision {
    /// The sets of all shingles.
    pub overlap: Overlap,
    /// The sets that the gate looked at: without stock, unless that leaves too little.
    pub gated: Overlap,
    /// Aligned words, in place of shared shingles; coverage both ways.
    pub words: Overlap,
    /// What the score is made of.
    pub parts: Parts,
    /// The story score.
    pub score: f64,
    /// The measure of the first clustering, blind to stock: the mean of `X` without stock and of
    /// the containment of the smaller set. Pairs count from [`Decision::PROVISIONAL`].
    pub provisional: f64,
    /// Facts on the side that has fewer.
    pub facts: u32,
    /// Figures in gaps up to a paragraph that the other story does not know, on the side of fewer.
    pub figures: u32,
    /// Figures that are aligned.
    pub agreed: u32,
    /// Whether the stories contradict each other, whatever their score.
    pub contradicted: bool,
    /// Whether there was more to align than is looked at.
    pub capped: bool,
    /// Why they are no copies, if they are not.
    pub refused: Option<Refusal>,
}

impl Decision {
    /// From this provisional measure on, a pair counts in the first clustering.
    pub const PROVISIONAL: f64 = 0.45;

    /// Whether the two stories are copies of each other.
    pub fn is_copy(&self) -> bool {
        self.refused.is_none()
    }
}
