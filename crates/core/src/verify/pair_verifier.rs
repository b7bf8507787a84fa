//! From a candidate pair of the `wire` profile to its verdict.
//!
//! First a *gate* that costs one walk over the shingles: enough of them, outside stock, must be
//! shared. Then the alignment, the story score, and the fact check. [`PairVerifier`] does these in order
//! and keeps its buffers, so that a warm pair allocates nothing.
//!
//! Time: about 2 µs for two stories of 300 words.

use super::align::Aligner;
use super::alignment::Alignment;
use super::appended;
use super::facts::{FactCheck, Facts};
use super::score::{self, LEAST_KEPT, Parts};
use super::stories::Stories;
use super::story::Story;
use super::verdict::{Between, Decision, Rule};
use crate::likeness::Refusal;
use crate::similarity::Overlap;

/// So many shared shingles pass the gate, or half of the smaller set if that is less.
pub const ENOUGH_SHARED: u32 = 6;

/// Decides pairs, one at a time. One a thread.
#[derive(Debug, Default)]
pub struct PairVerifier {
    aligner: Aligner,
    /// The story that was held last.
    held: usize,
    check: FactCheck,
    alignment: Alignment,
    facts: Facts,
}

impl PairVerifier {
    /// A verifier that has seen nothing yet.
    pub fn new() -> PairVerifier {
        PairVerifier::default()
    }

    /// Decides on two stories of a batch, `a` and `b`.
    ///
    /// # Panics
    ///
    /// If a document is not in the batch.
    pub fn decide(
        &mut self,
        stories: &Stories,
        (a, b): (usize, usize),
        rule: &Rule,
        between: Between,
    ) -> Decision {
        self.hold(stories, a);
        self.decide_next(stories, b, rule, between)
    }

    /// Holds a story, for [`decide_next`](Self::decide_next) to decide on it and others.
    ///
    /// # Panics
    ///
    /// If the document is not in the batch.
    pub fn hold(&mut self, stories: &Stories, a: usize) {
        self.aligner.hold(&stories.story(a));
        self.held = a;
    }

    /// The same as [`decide`](Self::decide), for the story of this batch that was held last, as `a`,
    /// and another one: cheaper where one story is compared with many.
    ///
    /// # Panics
    ///
    /// If a document is not in the batch.
    pub fn decide_next(
        &mut self,
        stories: &Stories,
        b: usize,
        rule: &Rule,
        between: Between,
    ) -> Decision {
        let (a, b) = (stories.story(self.held), stories.story(b));
        let decision = self.gate((&a, &b), rule);
        if decision.refused.is_some() {
            self.alignment.clear();
            self.facts.clear();
            return decision;
        }
        self.aligner.align(&a, &b, &mut self.alignment);
        self.measure((&a, &b), rule, between, decision)
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
        between: Between,
    ) -> Decision {
        self.hold(stories, a);
        let (a, b) = (stories.story(a), stories.story(b));
        let decision = self.gate((&a, &b), rule);
        self.aligner.align(&a, &b, &mut self.alignment);
        self.measure((&a, &b), rule, between, decision)
    }

    /// The alignment of the pair decided last; empty if [`decide`](Self::decide) refused it at the
    /// gate.
    pub fn alignment(&self) -> &Alignment {
        &self.alignment
    }

    /// The facts of the pair decided last that stand against each other.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// What is known from the shingles alone.
    fn gate(&mut self, (a, b): (&Story<'_>, &Story<'_>), rule: &Rule) -> Decision {
        let shared = self.aligner.meet(a, b);
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
            figures: 0,
            agreed: 0,
            contradicted: false,
            capped: false,
            refused: (!passes(gated, rule)).then_some(Refusal::Gate),
        }
    }

    /// Fills in what the alignment says.
    fn measure(
        &mut self,
        (a, b): (&Story<'_>, &Story<'_>),
        rule: &Rule,
        between: Between,
        gate: Decision,
    ) -> Decision {
        let alignment = &self.alignment;
        let matched = alignment.matched();
        let parts = Parts {
            covered: score::covered(a, b, alignment, true),
            jaccard: gate.overlap.jaccard(),
            substituted: score::substituted(alignment, matched),
        };
        let has_stock = a.kept_words < a.len() || b.kept_words < b.len();
        let blind = match has_stock {
            true => score::covered(a, b, alignment, false),
            false => parts.covered,
        };
        self.check.check((a, b), alignment, &mut self.facts);
        let contradicted = self.facts.contradict(matched, between.days_apart);
        let score = parts.score();
        let refused = if gate.refused.is_some() {
            gate.refused
        } else if score < rule.threshold {
            Some(Refusal::Score)
        } else if contradicted {
            Some(Refusal::Facts)
        } else {
            let is_appended = between.is_one_outlet && appended::is_appended((a, b), alignment);
            is_appended.then_some(Refusal::Boilerplate)
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
            figures: self.facts.figures,
            agreed: self.facts.agreed,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::testing::{push, push_stock, shingles};

    fn batch(texts: &[&[u64]]) -> Stories {
        let mut stories = Stories::default();
        texts.iter().for_each(|text| push(&mut stories, text));
        stories
    }

    fn decide(a: &[u64], b: &[u64], rule: &Rule) -> Decision {
        PairVerifier::new().decide(&batch(&[a, b]), (0, 1), rule, Between::default())
    }

    fn counting(words: std::ops::Range<u64>) -> Vec<u64> {
        words.collect()
    }

    #[test]
    fn a_copy_is_a_copy() {
        let text = counting(0..60);
        let decision = decide(&text, &text, &Rule::WIRE);
        assert!(decision.is_copy());
        assert_eq!(decision.words, Overlap::full(60));
        assert_eq!(decision.overlap, Overlap::full(57));
        assert_eq!((decision.score, decision.provisional), (2.0, 1.0));
    }

    #[test]
    fn empty_and_tiny_texts_are_refused_without_a_panic() {
        for (a, b) in [(0, 0), (0, 60), (0, 2)] {
            let decision = decide(&counting(0..a), &counting(0..b), &Rule::WIRE);
            assert_eq!(decision.refused, Some(Refusal::Gate));
        }
        // Three words are one shingle: the whole. It is shared, but nothing is aligned.
        let three = decide(&[1, 2, 3], &[1, 2, 3], &Rule::WIRE);
        assert_eq!((three.overlap, three.words.shared), (Overlap::full(1), 0));
        assert_eq!((three.parts.covered, three.parts.jaccard), (0.0, 1.0));
    }

    #[test]
    fn the_gate_asks_for_six_shingles_or_half_and_for_a_share() {
        let gate = |shared: u64, rest: u64, rule: &Rule| {
            let a: Vec<u64> = (0..shared + 3).chain(1_000..1_000 + rest).collect();
            let b: Vec<u64> = (0..shared + 3).chain(2_000..2_000 + rest).collect();
            let decision = decide(&a, &b, rule);
            assert_eq!(u64::from(decision.overlap.shared), shared);
            assert_eq!(u64::from(decision.overlap.left), shared + rest);
            decision.refused != Some(Refusal::Gate)
        };
        assert!(gate(6, 20, &Rule::WIRE));
        assert!(!gate(5, 20, &Rule::WIRE), "fewer than six, and than half");
        assert!(gate(5, 5, &Rule::WIRE), "half");
        assert!(!gate(5, 6, &Rule::WIRE), "less than half");
        assert!(gate(9, 51, &Rule::WIRE), "exactly .15");
        assert!(!gate(9, 52, &Rule::WIRE));
        assert!(gate(9, 52, &Rule::TWO_HOP));
    }

    #[test]
    fn the_gate_does_not_see_stock() {
        let a: Vec<u64> = (0..40).chain(100..140).collect();
        let b: Vec<u64> = (0..40).chain(200..240).collect();
        let mut verifier = PairVerifier::new();
        let blind = verifier.decide(&batch(&[&a, &b]), (0, 1), &Rule::WIRE, Between::default());
        let stock = shingles(&a[..40]);
        let mut stories = Stories::default();
        for text in [&a, &b] {
            push_stock(&mut stories, text, |shingle| stock.contains(&shingle));
        }
        let decision = verifier.decide(&stories, (0, 1), &Rule::WIRE, Between::default());
        assert_eq!(decision.refused, Some(Refusal::Gate));
        assert_eq!((decision.overlap.shared, decision.gated.shared), (37, 0));
        assert_eq!(verifier.alignment().runs(), []);
        assert_eq!(decision.overlap, blind.overlap);
        // With all figures.
        let full = verifier.decide_in_full(&stories, (0, 1), &Rule::WIRE, Between::default());
        assert_eq!(full.refused, Some(Refusal::Gate));
        assert_eq!((full.words.shared, full.parts.covered), (40, 0.0));
    }

    #[test]
    fn a_text_of_stock_alone_is_judged_as_if_it_were_none() {
        let text = counting(0..60);
        let mut stories = Stories::default();
        for _ in 0..2 {
            push_stock(&mut stories, &text, |_| true);
        }
        let decision =
            PairVerifier::new().decide(&stories, (0, 1), &Rule::WIRE, Between::default());
        assert!(decision.is_copy());
        assert_eq!(decision.gated, decision.overlap);
    }

    #[test]
    fn a_score_below_the_threshold_is_refused() {
        let a: Vec<u64> = (0..30).chain(1_000..1_070).collect();
        let b: Vec<u64> = (0..30).chain(2_000..2_070).collect();
        let decision = decide(&a, &b, &Rule::WIRE);
        assert_eq!(decision.refused, Some(Refusal::Score));
        let lenient = Rule {
            threshold: decision.score,
            ..Rule::WIRE
        };
        assert!(
            decide(&a, &b, &lenient).is_copy(),
            "exactly at the threshold"
        );
    }

    #[test]
    fn a_judge_and_a_batch_can_be_used_again() {
        let (text, other) = (counting(0..60), counting(500..560));
        let (mut verifier, mut stories) = (PairVerifier::new(), Stories::default());
        for _ in 0..3 {
            for (a, b, copy) in [(&text, &text, true), (&text, &other, false)] {
                stories.clear();
                push(&mut stories, a);
                push(&mut stories, b);
                let decision = verifier.decide(&stories, (0, 1), &Rule::WIRE, Between::default());
                assert_eq!(decision.is_copy(), copy);
            }
        }
    }
}
