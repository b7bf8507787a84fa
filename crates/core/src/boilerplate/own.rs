//! What a page gives away by its own lines.
//!
//! A story is written in sentences. A line of a few words without a full stop is a menu entry, a
//! section, a tag, a teaser; a short line that is on the page twice is one too. Nothing has to
//! be learned for that, and it is where most of a page's boilerplate goes. Where line ends were lost,
//! words said twice in a row are known for a line that stood twice. A page that would be
//! left with next to nothing has a form of its own (a table, a list of results), and keeps it.

use std::collections::HashMap;

/// A line of a page, as a stretch of its words.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct LineWords {
    /// Place of its first word.
    pub start: usize,
    /// Place behind its last word.
    pub end: usize,
    /// Whether it ends as a sentence does.
    pub is_ended: bool,
}

/// A line of fewer words than this is no sentence of a story.
const SHORT: usize = 4;
/// Nor is one of fewer than this that does not end like one.
const SHORT_UNENDED: usize = 10;
/// Longest line that is boilerplate if it is on the page twice. Longer ones may be the lead,
/// which some pages print as a summary first.
const DOUBLED: usize = 20;
/// A page that these rules would leave with fewer words keeps all: on 7,325 wire briefs of the
/// eighties, half of them tables, recall rose from .958 to .995.
const FEWEST: usize = 30;

/// Marks the words of short and of doubled lines, unless too little would stay.
///
/// `masked` has a value a word and is only added to. Says whether too little would stay: the page is a listing, of
/// lines without sentences. Time: linear, but for a sort of the lines.
pub fn mask_own(words: &[u64], lines: &[LineWords], masked: &mut [bool]) -> bool {
    let mut repeated: Vec<(u64, usize)> = Vec::new();
    let mut gone: Vec<usize> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let length = line.end - line.start;
        if length < SHORT || (length < SHORT_UNENDED && !line.is_ended) {
            gone.push(at);
        } else if length <= DOUBLED {
            repeated.push((line_hash(&words[line.start..line.end]), at));
        }
    }
    repeated.sort_unstable();
    for same in repeated
        .chunk_by(|x, y| x.0 == y.0)
        .filter(|same| same.len() > 1)
    {
        gone.extend(same.iter().map(|&(_, at)| at));
    }
    let lost: usize = gone.iter().map(|&at| lines[at].end - lines[at].start).sum();
    if words.len() - lost < FEWEST {
        return lost > 0;
    }
    for at in gone {
        masked[lines[at].start..lines[at].end].fill(true);
    }
    false
}

/// A hash of words that are hashes themselves, to distinguish a few lines: a step of it is the shortest there is, as
/// each waits for the one before. Any odd multiplier would do, this is the golden ratio's.
fn line_hash(words: &[u64]) -> u64 {
    words.iter().fold(0u64, |hash, &word| {
        (hash.rotate_left(29) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    })
}

/// Marks runs of words that are said twice in a row, wherever they are, unless too little would stay:
/// the doubled lines of a page that has lost its line ends. No sentence says four words twice.
///
/// `masked` has a value a word and is only added to. Time: at most 17 comparisons a word, and 40 for
/// each that is doubled.
pub fn mask_doubled(words: &[u64], masked: &mut [bool]) {
    let runs = doubled_runs(words);
    if runs.is_empty() {
        return;
    }
    let mut gone = masked.to_vec();
    let mut at = 0;
    while let Some(first) = words[at..].first_chunk() {
        let length = match runs.get(first) {
            Some(run) if words[at..].starts_with(run) => run.len(),
            _ => 0,
        };
        gone[at..at + length].fill(true);
        at += length.max(1);
    }
    if gone.iter().filter(|&&masked| !masked).count() >= FEWEST {
        masked.copy_from_slice(&gone);
    }
}

/// The runs of a page that follow on themselves, by their first words; of those that begin alike, the
/// first.
fn doubled_runs(words: &[u64]) -> HashMap<[u64; SHORT], &[u64], foldhash::fast::FixedState> {
    let mut found = HashMap::default();
    #[expect(clippy::cast_possible_truncation)] // enough to distinguish most words
    let short: Vec<u16> = words.iter().map(|&word| word as u16).collect();
    let mut at = 0;
    while let Some(&first) = words[at..].first_chunk() {
        if !may_be_said_again(&short[at..]) {
            at += 1;
            continue;
        }
        let is_doubled = |length: &usize| {
            let twice = words.get(at..at + 2 * length);
            twice.is_some_and(|run| run[0] == run[*length] && run[..*length] == run[*length..])
        };
        match (SHORT..=DOUBLED).find(is_doubled) {
            None => at += 1,
            Some(length) => {
                found.entry(first).or_insert(&words[at..at + length]);
                at += 2 * length;
            }
        }
    }
    found
}

/// Whether the first word may stand again where a doubled run would begin anew. All places are looked
/// at: no branch is faster than sixteen, and of short numbers eight are compared at once.
#[inline]
fn may_be_said_again(words: &[u16]) -> bool {
    let again = &words[SHORT..words.len().min(DOUBLED + 1)];
    again
        .iter()
        .fold(false, |any, word| any | (*word == words[0]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash;

    /// The words that are masked of a text, as a mask of `x`, among thirty more words.
    fn doubled(text: &str) -> String {
        let mut words: Vec<u64> = text
            .split(' ')
            .map(|word| hash::bytes(word.as_bytes()))
            .collect();
        let length = words.len();
        words.extend((0..30).map(|n| hash::stream(1, n)));
        let mut masked = vec![false; words.len()];
        mask_doubled(&words, &mut masked);
        assert!(!masked[length..].contains(&true));
        let sign = |&masked: &bool| if masked { 'x' } else { '.' };
        masked[..length].iter().map(sign).collect()
    }

    #[test]
    fn what_is_said_twice_in_a_row_goes_from_four_words_on() {
        assert_eq!(doubled("see a b c d a b c d next"), ".xxxxxxxx.");
        assert_eq!(doubled("a b c a b c"), "......");
        assert_eq!(doubled("a b c d e a b c d"), ".........");
        assert_eq!(
            doubled("a b c d a b c d a b c d x y z v x y z v"),
            "x".repeat(20)
        );
        assert_eq!(doubled("a b c d e said a b c d a b c d"), "xxxx..xxxxxxxx");
        assert_eq!(doubled("a b c x a b c d a b c d"), "....xxxxxxxx");
        let long = (0..21)
            .map(|n| format!("w{n}"))
            .collect::<Vec<_>>()
            .join(" ");
        assert_eq!(doubled(&format!("{long} {long}")), ".".repeat(42));
    }

    #[test]
    fn a_page_of_nothing_but_doubled_words_keeps_them() {
        let words = vec![7; 100];
        let mut masked = vec![false; 100];
        mask_doubled(&words, &mut masked);
        assert!(!masked.contains(&true));
        mask_doubled(&[], &mut []);
    }

    /// Lines of so many words, and whether they end like sentences; each word is its own, but
    /// lines of equal `tag` have equal words.
    fn masked(lines: &[(usize, bool, u64)]) -> Vec<bool> {
        let (mut words, mut cut) = (Vec::new(), Vec::new());
        for &(length, is_ended, tag) in lines {
            let start = words.len();
            words.extend((0..length as u64).map(|n| hash::stream(tag, n)));
            cut.push(LineWords {
                start,
                end: words.len(),
                is_ended,
            });
        }
        let mut masked = vec![false; words.len()];
        let is_listing = mask_own(&words, &cut, &mut masked);
        assert!(!(is_listing && masked.contains(&true)));
        cut.iter().map(|line| masked[line.start]).collect()
    }

    #[test]
    fn short_lines_go_and_sentences_stay() {
        let found = masked(&[
            (2, false, 1),
            (3, true, 2),
            (9, false, 3),
            (9, true, 4),
            (30, false, 5),
        ]);
        assert_eq!(found, [true, true, true, false, false]);
    }

    #[test]
    fn a_doubled_line_goes_both_times_unless_it_is_long() {
        let found = masked(&[
            (12, true, 1),
            (40, true, 2),
            (12, true, 1),
            (25, true, 3),
            (25, true, 3),
        ]);
        assert_eq!(found, [true, false, true, false, false]);
    }

    #[test]
    fn a_page_of_short_lines_keeps_them() {
        assert_eq!(
            masked(&[(3, false, 1), (9, false, 2), (20, true, 3)]),
            [false; 3]
        );
        assert!(masked(&[]).is_empty());
        let line = |end| LineWords {
            start: 0,
            end,
            is_ended: false,
        };
        let words: Vec<u64> = (0..25).collect();
        assert!(mask_own(&words[..9], &[line(9)], &mut [false; 9]));
        assert!(
            !mask_own(&words, &[line(25)], &mut [false; 25]),
            "a brief is none"
        );
    }
}
