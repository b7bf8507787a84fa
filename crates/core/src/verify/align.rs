//! Alignment of two stories: which words of the one are which words of the other.
//!
//! Shared shingles that stand in the same order in both (see [`super::anchors`]) become *runs* of
//! equal words; each run reaches left and right as far as the words are equal and no other run
//! stands. A gap of 1 to 16 words a side between two runs is filled with the words that both
//! sides have in the same order (see [`super::fill`]). Before the first run and after the last
//! nothing is filled: what stands there is another lead or another ending, and single words that
//! two texts happen to share would say nothing.
//!
//! Paragraphs that were moved are added by [`super::moved`].
//!
//! The alignment of two texts does not depend on which of them is asked for first.
//!
//! The rule was measured on five labelled sets of news (`docs/measured.md`).

use super::alignment::{Alignment, Run};
use super::anchors::{Anchors, Piece, Shared};
use super::fill::{self, LONGEST_GAP};
use super::moved::Moved;
use super::story::{SHINGLE, Story, size};

/// Room to align in, reused from pair to pair.
#[derive(Debug, Default)]
pub(super) struct Aligner {
    anchors: Anchors,
    turned: bool,
    moved: Moved,
}

impl Aligner {
    /// Holds a story, for others to meet it.
    pub(super) fn hold(&mut self, story: &Story<'_>) {
        self.anchors.hold(story);
    }

    /// Finds what the held story and another one share.
    pub(super) fn meet(&mut self, held: &Story<'_>, other: &Story<'_>) -> Shared {
        self.turned = other.rank() < held.rank();
        self.anchors.find(held, other, self.turned)
    }

    /// Aligns the two stories that met last.
    pub(super) fn align(&mut self, a: &Story<'_>, b: &Story<'_>, alignment: &mut Alignment) {
        let (first, second) = if self.turned { (b, a) } else { (a, b) };
        let (chain, capped) = self.anchors.chain();
        alignment.clear();
        alignment.capped = capped;
        lay(first.words, second.words, chain, &mut alignment.runs);
        self.moved
            .add(&mut self.anchors, (first.words, second.words), alignment);
        if self.turned {
            for run in &mut alignment.runs {
                std::mem::swap(&mut run.a, &mut run.b);
            }
        }
    }
}

/// Makes runs of pieces, from left to right.
pub(super) fn lay(a: &[u32], b: &[u32], chain: &[Piece], runs: &mut Vec<Run>) {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::verify::alignment::Gap;
    use crate::verify::stories::Stories;
    use crate::verify::testing::push;

    fn aligned(a: &[u64], b: &[u64]) -> Alignment {
        let mut stories = Stories::default();
        push(&mut stories, a);
        push(&mut stories, b);
        let (a, b) = (stories.story(0), stories.story(1));
        let (mut aligner, mut alignment) = (Aligner::default(), Alignment::default());
        aligner.hold(&a);
        aligner.meet(&a, &b);
        aligner.align(&a, &b, &mut alignment);
        alignment
    }

    fn run(a: u32, b: u32, length: u32) -> Run {
        Run {
            a,
            b,
            length,
            filled: false,
        }
    }

    fn filled(a: u32, b: u32, length: u32) -> Run {
        Run {
            filled: true,
            ..run(a, b, length)
        }
    }

    fn common(a: &[u64], b: &[u64]) -> u32 {
        match (a, b) {
            ([], _) | (_, []) => 0,
            ([x, a @ ..], [y, b @ ..]) if x == y => 1 + common(a, b),
            ([_, rest_a @ ..], [_, rest_b @ ..]) => common(rest_a, b).max(common(a, rest_b)),
        }
    }

    /// Edits a text: at each place a word is kept, dropped, replaced or another put before it.
    fn edited(words: &[u64], edits: &[(usize, u64)]) -> Vec<u64> {
        let mut text: Vec<u64> = words.to_vec();
        for &(at, word) in edits {
            let at = at % (text.len() + 1);
            match word % 3 {
                0 if at < text.len() => text[at] = word,
                1 if at < text.len() => _ = text.remove(at),
                _ => text.insert(at, word),
            }
        }
        text
    }

    proptest! {
        /// Everything the head of the file says, word by word.
        #[test]
        fn runs_are_equal_words_in_order_as_long_as_can_be(
            words in prop::collection::vec(0u64..25, 0..90),
            edits in prop::collection::vec((0usize..90, 0u64..30), 0..12),
            turn in 0usize..90,
        ) {
            let a = words.clone();
            let mut b = edited(&words, &edits);
            let turn = turn.min(b.len());
            b.rotate_left(turn);
            let alignment = aligned(&a, &b);
            // Moved passages are held to their own definition.
            let common_order = alignment.moved().first().copied();
            let runs = &alignment.runs()[..common_order.unwrap_or(alignment.runs().len())];
            for run in runs {
                prop_assert!(run.length > 0);
                let in_a = &a[run.a as usize..][..run.length as usize];
                prop_assert_eq!(in_a, &b[run.b as usize..][..run.length as usize]);
            }
            for gap in alignment.gaps() {
                prop_assert!(gap.a.start <= gap.a.end && gap.b.start <= gap.b.end);
                prop_assert!(gap.longer() > 0);
            }
            let anchored: Vec<Run> = runs.iter().copied().filter(|run| !run.filled).collect();
            prop_assert_eq!(anchored.first(), runs.first());
            prop_assert_eq!(anchored.last(), runs.last());
            let word = |text: &[u64], at: u32| text.get(at as usize).copied();
            if let (Some(first), Some(last)) = (anchored.first(), anchored.last()) {
                let reach = first.a == 0 || first.b == 0
                    || word(&a, first.a - 1) != word(&b, first.b - 1);
                prop_assert!(reach);
                let after = (word(&a, last.in_a().end), word(&b, last.in_b().end));
                prop_assert!(after.0 != after.1 || after.0.is_none());
            }
            for two in anchored.windows(2) {
                let (from_a, from_b) = (two[0].in_a().end, two[0].in_b().end);
                let gap_a = &a[from_a as usize..two[1].a as usize];
                let gap_b = &b[from_b as usize..two[1].b as usize];
                let both = !gap_a.is_empty() && !gap_b.is_empty();
                if both {
                    prop_assert!(gap_a[0] != gap_b[0] && gap_a.last() != gap_b.last());
                }
                let filling: u32 = runs
                    .iter()
                    .filter(|run| run.filled && (from_a..two[1].a).contains(&run.a))
                    .map(|run| run.length)
                    .sum();
                let small = gap_a.len().max(gap_b.len()) <= 16;
                // The plain definition is exponential: it is asked about gaps of few words.
                if !small {
                    prop_assert_eq!(filling, 0);
                } else if gap_a.len() + gap_b.len() <= 18 {
                    prop_assert_eq!(filling, common(gap_a, gap_b));
                }
            }
            // Seen from the other side, it is the same.
            let mut other = aligned(&b, &a);
            other.runs.iter_mut().for_each(|run| std::mem::swap(&mut run.a, &mut run.b));
            prop_assert_eq!(other, alignment);
        }
    }

    #[test]
    fn a_text_aligns_with_itself_in_one_run() {
        let text: Vec<u64> = (0..50).collect();
        assert_eq!(aligned(&text, &text).runs(), [run(0, 0, 50)]);
        // Also where it repeats itself: no first place is left, equal words carry on.
        let twice: Vec<u64> = text.iter().chain(&text).copied().collect();
        assert_eq!(aligned(&twice, &twice).runs(), [run(0, 0, 100)]);
        assert_eq!(aligned(&[7; 30], &[7; 20]).runs(), [run(0, 0, 20)]);
    }

    #[test]
    fn without_four_equal_words_in_a_row_there_is_no_run() {
        assert_eq!(aligned(&[], &[]).runs(), []);
        assert_eq!(aligned(&[1, 2, 3], &[1, 2, 3]).runs(), []);
        assert_eq!(aligned(&[1, 2, 3, 4, 5], &[1, 2, 3, 9, 5]).runs(), []);
        assert_eq!(aligned(&[1, 2, 3, 4], &[1, 2, 3, 4]).runs(), [run(0, 0, 4)]);
    }

    #[test]
    fn a_gap_is_filled_with_the_words_of_both_sides() {
        let a = [1, 2, 3, 4, 50, 51, 52, 53, 5, 6, 7, 8];
        let b = [1, 2, 3, 4, 60, 51, 52, 61, 62, 5, 6, 7, 8];
        let alignment = aligned(&a, &b);
        let runs = [run(0, 0, 4), filled(5, 5, 2), run(8, 9, 4)];
        assert_eq!(alignment.runs(), runs);
        assert_eq!(alignment.matched(), 10);
        let gaps: Vec<Gap> = alignment.gaps().collect();
        assert_eq!(gaps, [Gap { a: 4..5, b: 4..5 }, Gap { a: 7..8, b: 7..9 }]);
        assert_eq!((gaps[1].shorter(), gaps[1].longer()), (1, 2));
    }

    #[test]
    fn a_gap_of_seventeen_words_is_not_filled() {
        for (size, runs) in [(16, 3), (17, 2)] {
            let text = |side: u64| -> Vec<u64> {
                let mut text = vec![1, 2, 3, 4];
                text.extend((0..size).map(|at| if at == 5 { 99 } else { side + at }));
                text.extend([5, 6, 7, 8]);
                text
            };
            assert_eq!(aligned(&text(1_000), &text(2_000)).runs().len(), runs);
        }
    }

    #[test]
    fn nothing_is_filled_before_the_first_run_and_after_the_last() {
        let a = [90, 50, 1, 2, 3, 4, 51, 91];
        let b = [90, 60, 1, 2, 3, 4, 61, 91];
        assert_eq!(aligned(&a, &b).runs(), [run(2, 2, 4)]);
    }

    #[test]
    fn a_phrase_said_twice_in_one_text_is_aligned_once() {
        // The pieces around the doubled phrase share two words of the shorter text.
        let a = [1, 2, 3, 4, 5, 6, 7, 8];
        let b = [1, 2, 3, 4, 5, 4, 5, 6, 7, 8];
        let alignment = aligned(&a, &b);
        assert_eq!(alignment.runs(), [run(0, 0, 5), run(5, 7, 3)]);
    }
}
