//! Alignment against its definition, and the cases it is for.

use std::collections::HashSet;

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
    aligner.meet(&a, &b, stories.stock());
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
        for run in alignment.runs() {
            prop_assert!(run.length > 0);
            let in_a = &a[run.a as usize..][..run.length as usize];
            prop_assert_eq!(in_a, &b[run.b as usize..][..run.length as usize]);
        }
        let mut taken = (HashSet::new(), HashSet::new());
        for run in alignment.runs() {
            prop_assert!(run.in_a().all(|at| taken.0.insert(at)), "aligned once");
            prop_assert!(run.in_b().all(|at| taken.1.insert(at)), "aligned once");
        }
        for gap in alignment.gaps() {
            prop_assert!(gap.a.start <= gap.a.end && gap.b.start <= gap.b.end);
            prop_assert!(gap.longer() > 0);
        }
        let common_order = alignment.moved().first().copied().unwrap_or(alignment.runs().len());
        let (runs, moved) = alignment.runs().split_at(common_order);
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
        // Moved passages: in order within, and with no longer gaps than are filled.
        let mut starts: Vec<usize> = alignment.moved().iter().map(|at| at - common_order).collect();
        starts.push(moved.len());
        for bounds in starts.windows(2) {
            let passage = &moved[bounds[0]..bounds[1]];
            prop_assert!(passage.iter().map(|run| run.length).sum::<u32>() >= LEAST_MOVED);
            for two in passage.windows(2) {
                prop_assert!(is_near(&two[0], &two[1]));
                prop_assert!(two[0].in_a().end <= two[1].a && two[0].in_b().end <= two[1].b);
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

#[test]
fn a_paragraph_that_was_moved_counts_from_twenty_words_on() {
    for (words, moved) in [(20, 1), (19, 0)] {
        let (lead, rest): (Vec<u64>, Vec<u64>) = ((0..words).collect(), (100..160).collect());
        let alignment = aligned(&[&lead[..], &rest].concat(), &[&rest[..], &lead].concat());
        assert_eq!(alignment.moved().len(), moved, "{words}");
        assert_eq!(alignment.matched(), 60 + 20 * u32::try_from(moved).unwrap());
        assert_eq!(alignment.gaps().count(), 0, "no gap between passages");
    }
}
