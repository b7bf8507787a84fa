//! Passages that two texts of the `near` profile share, matched up.
//!
//! `near` counts sets and aligns nothing. For the eye, shingles of the first text are matched with
//! the same ones of the second, in order and as long as they go on in both. A word is in one
//! passage at most: what one text has more often than the other is matched as often as both have
//! it. So no word is matched that `explain` does not show as shared.
//!
//! Time: n log n in shingles.

use std::collections::HashMap;
use std::ops::Range;

use super::side_by_side::WordRun;
use crate::inspect::near_page::NearPage;
use crate::shingle::Shingling;

/// The shared passages as places of words, in the order of the first text.
pub(super) fn near_runs(a: &NearPage, b: &NearPage, shingling: Shingling) -> Vec<WordRun> {
    let units = unit_runs(&a.shingles, &b.shingles, a.window(shingling));
    let runs = units.into_iter().map(|(in_a, in_b, length)| {
        [
            words_within(a, in_a..in_a + length),
            words_within(b, in_b..in_b + length),
        ]
    });
    runs.filter(|[a, b]| !a.is_empty() && !b.is_empty())
        .collect()
}

/// Place in the first text, place in the second, length; in units.
fn unit_runs(a: &[u64], b: &[u64], window: usize) -> Vec<(usize, usize, usize)> {
    let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
    for (at, &shingle) in b.iter().enumerate() {
        places.entry(shingle).or_default().push(at);
    }
    let mut used = vec![false; b.len() + window];
    let mut runs = Vec::new();
    let (mut at, mut done, mut next) = (0, 0, 0);
    while at < a.len() {
        let Some(places) = places.get(&a[at]) else {
            at += 1;
            continue;
        };
        let ahead = places.partition_point(|&place| place < next);
        let place = *places.get(ahead).unwrap_or(&places[0]);
        let mut same = 1;
        while at + same < a.len() && a.get(at + same) == b.get(place + same) {
            same += 1;
        }
        let (mut start_a, mut start_b) = (at, place);
        let end_b = place + same - 1 + window;
        while start_b < end_b && (start_a < done || used[start_b]) {
            (start_a, start_b) = (start_a + 1, start_b + 1);
        }
        let free = used[start_b..end_b].iter().take_while(|used| !**used);
        let length = free.count();
        if length > 0 {
            used[start_b..start_b + length].fill(true);
            runs.push((start_a, start_b, length));
            done = start_a + length;
        }
        (at, next) = (at + same, place + same);
    }
    runs
}

/// The words that lie wholly within these units.
fn words_within(page: &NearPage, units: Range<usize>) -> Range<usize> {
    let first = page
        .words
        .partition_point(|(_, own)| own.start < units.start);
    let end = page.words.partition_point(|(_, own)| own.end <= units.end);
    first..end.max(first)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shingles(text: &[u64]) -> Vec<u64> {
        let mut shingles = Vec::new();
        Shingling::words(3).unwrap().shingles(text, &mut shingles);
        shingles
    }

    #[test]
    fn a_word_put_in_parts_one_passage_into_two() {
        let b: Vec<u64> = (0..10).collect();
        let mut a = b.clone();
        a.insert(5, 99);
        assert_eq!(
            unit_runs(&shingles(&a), &shingles(&b), 3),
            [(0, 0, 5), (6, 5, 5)]
        );
    }

    #[test]
    fn a_passage_that_stands_twice_is_matched_once() {
        let b: Vec<u64> = (0..6).collect();
        let a = [b.clone(), b.clone()].concat();
        assert_eq!(unit_runs(&shingles(&a), &shingles(&b), 3), [(0, 0, 6)]);
    }

    proptest! {
        #[test]
        fn passages_are_equal_words_in_shared_shingles_and_do_not_overlap(
            a in prop::collection::vec(0u64..6, 3..60),
            b in prop::collection::vec(0u64..6, 3..60),
        ) {
            let (sa, sb) = (shingles(&a), shingles(&b));
            let mut in_b = vec![false; b.len()];
            let mut end = 0;
            for (at, place, length) in unit_runs(&sa, &sb, 3) {
                prop_assert!(at >= end);
                end = at + length;
                prop_assert_eq!(&a[at..end], &b[place..place + length]);
                prop_assert!(in_b[place..place + length].iter().all(|used| !used));
                in_b[place..place + length].fill(true);
                for word in at..end {
                    let covering = word.saturating_sub(2)..=word;
                    prop_assert!(covering.into_iter().any(|start| sa.get(start).is_some_and(|s| sb.contains(s))));
                }
            }
        }
    }
}
