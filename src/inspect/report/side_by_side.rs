//! Two documents with what comparing them found: places of words, whatever the profile.
//!
//! In `wire` the runs are the very runs that verification scored, cut where one of the two pages
//! has something masked between two words; in `near` passages of equal words in the sets that were
//! counted.

use std::ops::Range;

use super::near_runs::near_runs;
use crate::corpus::OwnedRecord;
use crate::inspect::near_page::NearPage;
use crate::inspect::story_pair::{StoryPage, StoryPair};
use crate::shingle::Shingling;
use crate::verify::{PairVerifier, Run};

/// One of the two.
pub(crate) struct Side {
    pub(super) record: OwnedRecord,
    /// The place of every word in the text, in bytes.
    pub(super) words: Vec<Range<usize>>,
    /// Whether each word is masked as boilerplate.
    pub(super) masked: Vec<bool>,
}

/// Places of equal words in the first document and in the second.
pub(crate) type WordRun = [Range<usize>; 2];

/// The two, aligned.
pub(crate) struct SideBySide {
    pub(super) sides: [Side; 2],
    /// In the order of the first document.
    pub(super) runs: Vec<WordRun>,
    /// Words of each that are facts which the other contradicts.
    pub(super) facts: [Vec<usize>; 2],
}

impl SideBySide {
    /// A pair of story texts that the verifier decided last, in full.
    pub(crate) fn of_stories(pair: StoryPair, verifier: &PairVerifier) -> SideBySide {
        let [a, b] = &pair.pages;
        let length = u32::try_from(a.story.len()).unwrap_or(u32::MAX);
        let whole = [Run {
            a: 0,
            b: 0,
            length,
            filled: false,
        }];
        let is_whole = pair.is_equal && !pair.is_thin() && a.story.len() == b.story.len();
        let runs = match is_whole {
            true => &whole[..],
            false => verifier.alignment().runs(),
        };
        let mut runs: Vec<WordRun> = runs
            .iter()
            .filter(|run| run.length > 0)
            .flat_map(|run| pieces(run, &a.story, &b.story))
            .collect();
        runs.sort_by_key(|[a, _]| a.start);
        let facts = |page: &StoryPage, places: &[u32]| -> Vec<usize> {
            let words = places.iter().map(|&at| page.story[at as usize] as usize);
            words.collect()
        };
        let facts = [facts(a, &verifier.facts().a), facts(b, &verifier.facts().b)];
        SideBySide {
            sides: pair.pages.map(Side::of_page),
            runs,
            facts,
        }
    }

    /// The runs as places in the two texts, in bytes.
    pub(crate) fn places(&self) -> Vec<WordRun> {
        let place = |side: &Side, run: &Range<usize>| {
            side.words[run.start].start..side.words[run.end - 1].end
        };
        let runs = self
            .runs
            .iter()
            .filter(|[a, b]| !a.is_empty() && !b.is_empty());
        runs.map(|[a, b]| [place(&self.sides[0], a), place(&self.sides[1], b)])
            .collect()
    }

    /// A pair of whole texts.
    pub(crate) fn of_sets(pages: [NearPage; 2], shingling: Shingling) -> SideBySide {
        let runs = near_runs(&pages[0], &pages[1], shingling);
        let side = |page: NearPage| Side {
            record: page.record,
            masked: vec![false; page.words.len()],
            words: page.words.into_iter().map(|(place, _)| place).collect(),
        };
        SideBySide {
            sides: pages.map(side),
            runs,
            facts: [Vec::new(), Vec::new()],
        }
    }
}

impl Side {
    fn of_page(page: StoryPage) -> Side {
        let mut masked = vec![true; page.words.len()];
        for &at in &page.story {
            masked[at as usize] = false;
        }
        Side {
            record: page.record,
            words: page.words.iter().map(|word| word.range()).collect(),
            masked,
        }
    }
}

/// A run as stretches of words that follow each other on both pages.
fn pieces(run: &Run, a: &[u32], b: &[u32]) -> Vec<WordRun> {
    let mut pieces: Vec<WordRun> = Vec::new();
    for (at_a, at_b) in run.in_a().zip(run.in_b()) {
        let (word_a, word_b) = (a[at_a as usize] as usize, b[at_b as usize] as usize);
        match pieces.last_mut() {
            Some([in_a, in_b]) if in_a.end == word_a && in_b.end == word_b => {
                in_a.end += 1;
                in_b.end += 1;
            }
            _ => pieces.push([word_a..word_a + 1, word_b..word_b + 1]),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_cut_where_something_is_masked_on_either_page() {
        let run = Run {
            a: 1,
            b: 0,
            length: 5,
            filled: false,
        };
        // Word 4 of the first page is masked, words 12 to 14 of the second.
        let a = [0, 1, 2, 3, 5, 6, 7];
        let b = [10, 11, 15, 16, 17];
        let found = pieces(&run, &a, &b);
        assert_eq!(found, [[1..3, 10..12], [3..4, 15..16], [5..7, 16..18]]);
    }
}
