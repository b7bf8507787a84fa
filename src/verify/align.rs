//! Alignment of two stories: which words of the one are which words of the other.
//!
//! Shared shingles that stand in the same order in both (see [`super::anchors`]) become *runs* of
//! equal words; each run reaches left and right as far as the words are equal and no other run
//! stands. A gap of 1 to 16 words a side between two runs is filled with the words that both
//! sides have in the same order (see [`super::fill`]). Before the first run and after the last
//! nothing is filled: what stands there is another lead or another ending, and single words that
//! two texts happen to share would say nothing.
//!
//! The alignment of two texts does not depend on which of them is asked for first.
//!
//! Source of the rule: `pair_decision.md`, section 2, steps 1 and 2, measured on five labelled
//! sets of news.

use std::ops::Range;

use super::anchors::{Anchors, Piece, Shared};
use super::fill::{self, LONGEST_GAP};
use super::story::{SHINGLE, Story, size};

/// Equal words, one after the other in both stories.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Run {
    /// The place of the first word in the first story.
    pub a: u32,
    /// Its place in the second story.
    pub b: u32,
    /// How many words there are; never 0.
    pub length: u32,
    /// Whether it was found by filling a gap and not by a shared shingle.
    pub filled: bool,
}

/// What stands between two consecutive runs; at most one side is empty.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Gap {
    /// Places in the first story.
    pub a: Range<u32>,
    /// Places in the second story.
    pub b: Range<u32>,
}

/// The aligned words of two stories.
///
/// Invariant: runs follow each other in both stories and do not overlap.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Alignment {
    pub(super) runs: Vec<Run>,
    pub(super) capped: bool,
}

impl Run {
    /// Places in the first story.
    pub fn in_a(&self) -> Range<u32> {
        self.a..self.a + self.length
    }

    /// Places in the second story.
    pub fn in_b(&self) -> Range<u32> {
        self.b..self.b + self.length
    }
}

impl Gap {
    /// Words on the longer side.
    pub fn longer(&self) -> u32 {
        (self.a.end - self.a.start).max(self.b.end - self.b.start)
    }

    /// Words on the shorter side.
    pub fn shorter(&self) -> u32 {
        (self.a.end - self.a.start).min(self.b.end - self.b.start)
    }
}

impl Alignment {
    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        self.runs.clear();
        self.capped = false;
    }

    /// The runs, in reading order.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Aligned words, the same on both sides.
    pub fn matched(&self) -> u32 {
        self.runs.iter().map(|run| run.length).sum()
    }

    /// What filling left between the runs, in reading order.
    pub fn gaps(&self) -> impl Iterator<Item = Gap> {
        self.runs.windows(2).map(|two| Gap {
            a: two[0].a + two[0].length..two[1].a,
            b: two[0].b + two[0].length..two[1].b,
        })
    }

    /// Whether the stories shared more pieces of text, in different orders, than are looked at.
    pub fn is_capped(&self) -> bool {
        self.capped
    }
}

/// Room to align in, reused from pair to pair.
#[derive(Debug, Default)]
pub(super) struct Aligner {
    anchors: Anchors,
    turned: bool,
}

impl Aligner {
    /// Finds what two stories share.
    pub(super) fn meet(&mut self, a: &Story<'_>, b: &Story<'_>, stock: &[bool]) -> Shared {
        self.turned = b.rank() < a.rank();
        if self.turned {
            self.anchors.find(b, a, stock)
        } else {
            self.anchors.find(a, b, stock)
        }
    }

    /// Aligns the two stories that met last.
    pub(super) fn align(&mut self, a: &Story<'_>, b: &Story<'_>, alignment: &mut Alignment) {
        let (chain, capped) = self.anchors.chain();
        alignment.capped = capped;
        alignment.runs.clear();
        if !self.turned {
            lay(a.words, b.words, chain, &mut alignment.runs);
            return;
        }
        lay(b.words, a.words, chain, &mut alignment.runs);
        for run in &mut alignment.runs {
            std::mem::swap(&mut run.a, &mut run.b);
        }
    }
}

/// Makes runs of pieces, from left to right.
fn lay(a: &[u32], b: &[u32], chain: &[Piece], runs: &mut Vec<Run>) {
    let mut open: Option<Run> = None;
    for piece in chain {
        let mut run = Run {
            a: piece.a,
            b: piece.b,
            length: piece.anchors + SHINGLE - 1,
            filled: false,
        };
        let Some(last) = &mut open else {
            reach_left(a, b, &mut run, (0, 0));
            open = Some(run);
            continue;
        };
        // Two pieces may have up to three words of one text in common; the earlier keeps them.
        let (end_a, end_b) = (last.a + last.length, last.b + last.length);
        let taken = end_a.saturating_sub(run.a).max(end_b.saturating_sub(run.b));
        run = Run {
            a: run.a + taken,
            b: run.b + taken,
            length: run.length - taken,
            filled: false,
        };
        reach_right(a, b, last, (run.a, run.b));
        let ends = (last.a + last.length, last.b + last.length);
        reach_left(a, b, &mut run, ends);
        if ends == (run.a, run.b) {
            last.length += run.length;
            continue;
        }
        runs.push(*last);
        fill_gap(a, b, ends, (run.a, run.b), runs);
        open = Some(run);
    }
    if let Some(mut last) = open {
        let ends = (u32::MAX, u32::MAX);
        reach_right(a, b, &mut last, ends);
        runs.push(last);
    }
}

/// Takes equal words on the left into the run, not going below `least`.
fn reach_left(a: &[u32], b: &[u32], run: &mut Run, least: (u32, u32)) {
    while run.a > least.0 && run.b > least.1 && a[run.a as usize - 1] == b[run.b as usize - 1] {
        run.a -= 1;
        run.b -= 1;
        run.length += 1;
    }
}

/// Takes equal words on the right into the run, staying below `most`.
fn reach_right(a: &[u32], b: &[u32], run: &mut Run, most: (u32, u32)) {
    loop {
        let (at_a, at_b) = (run.a + run.length, run.b + run.length);
        let equal = at_a < most.0
            && at_b < most.1
            && a.get(at_a as usize)
                .is_some_and(|word| b.get(at_b as usize) == Some(word));
        if !equal {
            return;
        }
        run.length += 1;
    }
}

/// Adds runs of the words that both sides of a gap have in the same order.
fn fill_gap(a: &[u32], b: &[u32], from: (u32, u32), to: (u32, u32), runs: &mut Vec<Run>) {
    let (size_a, size_b) = (to.0 - from.0, to.1 - from.1);
    // Runs reach as far as they can, so a gap of one word a side has nothing in common.
    if size_a.min(size_b) == 0 || size_a.max(size_b) > LONGEST_GAP || size_a + size_b == 2 {
        return;
    }
    let side_a = &a[from.0 as usize..to.0 as usize];
    let side_b = &b[from.1 as usize..to.1 as usize];
    let first = runs.len();
    fill::common_words(side_a, side_b, |i, j| {
        let (at_a, at_b) = (from.0 + size(i), from.1 + size(j));
        match runs[first..].last_mut() {
            Some(next) if (next.a, next.b) == (at_a + 1, at_b + 1) => {
                *next = Run {
                    a: at_a,
                    b: at_b,
                    length: next.length + 1,
                    filled: true,
                };
            }
            _ => runs.push(Run {
                a: at_a,
                b: at_b,
                length: 1,
                filled: true,
            }),
        }
    });
    runs[first..].reverse();
}
