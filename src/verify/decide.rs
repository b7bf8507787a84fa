//! The verdict on a candidate pair of the `wire` profile, with every figure it rests on.
//!
//! First a *gate* that costs one walk over the shingles: enough of them, outside stock, must be
//! shared. Then the alignment, the story score, and the fact check. [`Judge`] does these in order
//! and keeps its buffers, so that a warm pair allocates nothing.
//!
//! Time: 1 to 3 µs for two stories of 300 words.

use super::align::{Aligner, Alignment};
use super::facts::{FactCheck, Facts};
use super::score::{self, LEAST_KEPT, Parts};
use super::story::{Stories, Story};
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
    /// The `wire` profile: score 0.70 (0.68 lets `fnc1` fall to .89 precision, 0.72 buys
    /// precision with edited copies), gate 0.15. `pair_decision.md`, section 2, steps 7 and 8.
    pub const WIRE: Rule = Rule {
        threshold: 0.70,
        containment: 0.15,
    };

    /// The same for pairs that were no candidates but share a neighbour: they are few and have
    /// more for them, so the gate is 0.05. Step 11.
    pub const FRIENDS: Rule = Rule {
        threshold: 0.70,
        containment: 0.05,
    };
}

/// So many shared shingles pass the gate, or half of the smaller set if that is less. Step 8.
const ENOUGH_SHARED: u32 = 6;

/// Why two stories are no copies: the first reason that holds.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Refusal {
    /// They share too few shingles outside stock.
    Gate,
    /// The story score is below the threshold.
    Score,
    /// They contradict each other.
    Facts,
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
    /// Whether the stories contradict each other, whatever their score.
    pub contradicted: bool,
    /// Whether there was more to align than is looked at.
    pub capped: bool,
    /// Why they are no copies, if they are not.
    pub refused: Option<Refusal>,
}

impl Decision {
    /// From this provisional measure on, a pair counts in the first clustering. Step 10.
    pub const PROVISIONAL: f64 = 0.45;

    /// Whether the two stories are copies of each other.
    pub fn is_copy(&self) -> bool {
        self.refused.is_none()
    }
}

/// Decides pairs, one at a time. One a thread.
#[derive(Debug, Default)]
pub struct Judge {
    aligner: Aligner,
    check: FactCheck,
    alignment: Alignment,
    facts: Facts,
}

impl Judge {
    /// A judge that has seen nothing yet.
    pub fn new() -> Judge {
        Judge::default()
    }

    /// Decides on two stories of a batch, `a` and `b`, dated `days_apart` if both are dated.
    ///
    /// # Panics
    ///
    /// If a document is not in the batch.
    pub fn decide(
        &mut self,
        stories: &Stories,
        (a, b): (usize, usize),
        rule: &Rule,
        days_apart: Option<f64>,
    ) -> Decision {
        let (a, b) = (stories.story(a), stories.story(b));
        let decision = self.gate(stories, (&a, &b), rule);
        if decision.refused.is_some() {
            self.alignment.clear();
            self.facts.clear();
            return decision;
        }
        self.aligner.align(&a, &b, &mut self.alignment);
        self.measure(stories, (&a, &b), rule, days_apart, decision)
    }

    /// The same with all figures, whether or not the gate refuses: for explaining.
    ///
    /// # Panics
    ///
    /// If a document is not in the batch.
    pub fn decide_in_full(
        &mut self,
        stories: &Stories,
        (a, b): (usize, usize),
        rule: &Rule,
        days_apart: Option<f64>,
    ) -> Decision {
        let (a, b) = (stories.story(a), stories.story(b));
        let decision = self.gate(stories, (&a, &b), rule);
        self.aligner.align(&a, &b, &mut self.alignment);
        self.measure(stories, (&a, &b), rule, days_apart, decision)
    }

    /// The same for a pair that was aligned before, in the same order, when stock was not known.
    ///
    /// # Panics
    ///
    /// If a document is not in the batch, or the alignment is of other documents.
    pub fn decide_again(
        &mut self,
        stories: &Stories,
        (a, b): (usize, usize),
        alignment: &Alignment,
        rule: &Rule,
        days_apart: Option<f64>,
    ) -> Decision {
        let (a, b) = (stories.story(a), stories.story(b));
        let decision = self.gate(stories, (&a, &b), rule);
        self.alignment.clone_from(alignment);
        if decision.refused.is_some() {
            self.facts.clear();
            return decision;
        }
        self.measure(stories, (&a, &b), rule, days_apart, decision)
    }

    /// The alignment of the pair decided last; empty if it was refused at the gate.
    pub fn alignment(&self) -> &Alignment {
        &self.alignment
    }

    /// The facts of the pair decided last that stand against each other.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// What can be told from the shingles alone.
    fn gate(
        &mut self,
        stories: &Stories,
        (a, b): (&Story<'_>, &Story<'_>),
        rule: &Rule,
    ) -> Decision {
        let shared = self.aligner.meet(a, b, stories.stock());
        let overlap = Overlap {
            shared: shared.all,
            left: a.distinct_shingles(),
            right: b.distinct_shingles(),
        };
        let gated = if a.kept_shingles.min(b.kept_shingles) >= LEAST_KEPT {
            Overlap {
                shared: shared.kept,
                left: a.kept_shingles,
                right: b.kept_shingles,
            }
        } else {
            overlap
        };
        Decision {
            overlap,
            gated,
            words: Overlap {
                shared: 0,
                left: a.len(),
                right: b.len(),
            },
            parts: Parts::default(),
            score: 0.0,
            provisional: 0.0,
            facts: 0,
            contradicted: false,
            capped: false,
            refused: (!passes(gated, rule)).then_some(Refusal::Gate),
        }
    }

    /// Fills in what the alignment tells.
    fn measure(
        &mut self,
        stories: &Stories,
        (a, b): (&Story<'_>, &Story<'_>),
        rule: &Rule,
        days_apart: Option<f64>,
        gate: Decision,
    ) -> Decision {
        let alignment = &self.alignment;
        let matched = alignment.matched();
        let parts = Parts {
            covered: score::covered(a, b, alignment, true),
            jaccard: gate.overlap.jaccard(),
            substituted: score::substituted(alignment, matched),
        };
        let blind = score::covered(a, b, alignment, false);
        self.check
            .check(stories, (a, b), alignment, &mut self.facts);
        let contradicted = self.facts.contradict(matched, days_apart);
        let score = parts.score();
        let refused = if gate.refused.is_some() {
            gate.refused
        } else if score < rule.threshold {
            Some(Refusal::Score)
        } else {
            contradicted.then_some(Refusal::Facts)
        };
        Decision {
            words: Overlap {
                shared: matched,
                ..gate.words
            },
            parts,
            score,
            provisional: score::provisional(blind, gate.overlap),
            facts: self.facts.count(),
            contradicted,
            capped: alignment.is_capped(),
            refused,
            ..gate
        }
    }
}

/// The gate: `shared ≥ 6`, or half of the smaller set, and enough of the smaller one contained.
fn passes(overlap: Overlap, rule: &Rule) -> bool {
    let smaller = overlap.left.min(overlap.right);
    let enough =
        overlap.shared >= ENOUGH_SHARED || 2 * u64::from(overlap.shared) >= u64::from(smaller);
    smaller > 0 && enough && f64::from(overlap.shared) / f64::from(smaller) >= rule.containment
}
