//! How many different stories stand on these pages?
//!
//! What belongs to a site stands on pages that share little else; a wire story's text stands on
//! pages that share a story. So the pages a gram stands on are gone through in order: a page is
//! *the same story* as one before it if the two have enough of their own text in common and are
//! not days apart; else it *leads* a new story. From four leaders on ([`distinct_of`]: more where
//! pages are many) the gram is furniture. Text already masked does not count as likeness.
//!
//! Pages are compared by a sample of their grams, those whose hash is a multiple of eight
//! (FracMinHash; L. Irber et al., "Lightweight compositional analysis of metagenomes with
//! FracMinHash and minimum metagenome covers", 2022).

use rayon::prelude::*;

use super::grams::{GRAM, grams};
use super::pages::Pages;

/// Distinct stories from which on a gram is furniture; 3 and 5 came to the same on newsrooms.
const DISTINCT: usize = 4;

/// Pages from which on every doubling asks for one distinct story more. Phrases of the trade find
/// a story more with every few pages: of 1,000 wire briefs .1 % of the words were masked, of 7,100
/// 1.2 %. With this they are .5 %, and a newsroom loses no copy by it.
const DOUBLING: usize = 1_000;

/// Distinct stories from which on a gram is furniture, learned from so many pages: 4 of fewer than
/// 2,000, 8 of the most that are learned from.
pub(super) fn distinct_of(pages: usize) -> usize {
    DISTINCT + (pages / DOUBLING).checked_ilog2().unwrap_or(0) as usize
}

/// Two pages are one story from this share of the smaller one's grams on. Flat between .2 and .3;
/// .5 masks stories that are trimmed and edited.
const SAME_STORY: f64 = 0.30;

/// Days between two pages from which on they are not one story: longer than a story is carried.
pub(super) const DAYS: i64 = 3;

/// One of so many grams is kept of a page.
const SAMPLED_GRAMS: u64 = 8;

/// Of pages with fewer sampled grams all are compared: three say nothing of a brief.
const FEW: usize = 4;

/// Samples of the unmasked grams of every page.
#[derive(Debug)]
pub(super) struct Likenesses<'p> {
    pages: &'p Pages,
    masked: &'p [bool],
    sketches: Vec<Vec<u32>>,
}

impl<'p> Likenesses<'p> {
    /// Samples the grams without a word that `masked`, a value a word of all pages, marks.
    pub(super) fn of(pages: &'p Pages, masked: &'p [bool]) -> Likenesses<'p> {
        let sketch = |page: usize| unmasked_grams(pages, masked, page, SAMPLED_GRAMS);
        let sketches = (0..pages.len()).into_par_iter().map(sketch).collect();
        Likenesses {
            pages,
            masked,
            sketches,
        }
    }

    /// Whether so many of the pages, given in ascending order, tell different stories.
    pub(super) fn are_distinct(&self, pages: &[u32], stories: usize) -> bool {
        let mut leaders: Vec<usize> = Vec::with_capacity(stories);
        for &page in pages {
            let page = page as usize;
            if !leaders
                .iter()
                .any(|&leader| self.is_same_story(page, leader))
            {
                leaders.push(page);
            }
            if leaders.len() == stories {
                return true;
            }
        }
        false
    }

    fn is_same_story(&self, page: usize, other: usize) -> bool {
        let days = self.pages.facts(page).day.zip(self.pages.facts(other).day);
        if days.is_some_and(|(a, b)| (a - b).abs() > DAYS) {
            return false;
        }
        let (a, b) = (&self.sketches[page], &self.sketches[other]);
        if a.len().min(b.len()) < FEW {
            return is_enough(&self.all_grams(page), &self.all_grams(other));
        }
        is_enough(a, b)
    }

    /// The unmasked grams of a page, sorted: what its sketch is a sample of.
    fn all_grams(&self, page: usize) -> Vec<u32> {
        unmasked_grams(self.pages, self.masked, page, 1)
    }
}

/// The grams of a page without a masked word that are multiples of `one_of`, sorted, once each.
fn unmasked_grams(pages: &Pages, masked: &[bool], page: usize, one_of: u64) -> Vec<u32> {
    let masked = &masked[pages.range(page)];
    let mut found: Vec<u32> = grams(pages.words(page))
        .zip(masked.windows(GRAM))
        .filter(|(gram, masked)| gram % one_of == 0 && !masked.contains(&true))
        .map(|(gram, _)| upper(gram))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether two pages' grams, ascending, have so many in common that the pages tell one story.
fn is_enough(a: &[u32], b: &[u32]) -> bool {
    let smaller = a.len().min(b.len()).max(1);
    #[expect(clippy::cast_precision_loss)] // a page has fewer grams than 2^52
    let enough = SAME_STORY * smaller as f64;
    #[expect(clippy::cast_precision_loss)] // so has an intersection
    let shared = shared(a, b) as f64;
    shared >= enough
}

fn upper(gram: u64) -> u32 {
    (gram >> 32) as u32 // the upper half fits
}

/// How many values two ascending lists share.
fn shared(a: &[u32], b: &[u32]) -> usize {
    let (mut at, mut shared) = (0, 0);
    for &value in a {
        while b.get(at).is_some_and(|&other| other < value) {
            at += 1;
        }
        shared += usize::from(b.get(at) == Some(&value));
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::super::tests::{edited, own, pages_of, pages_with};
    use super::*;

    /// Whether so many of the pages, nothing of which is masked, tell different stories.
    fn are_distinct(pages: &Pages, sample: &[u32], stories: usize) -> bool {
        let masked = vec![false; pages.total_words()];
        Likenesses::of(pages, &masked).are_distinct(sample, stories)
    }

    /// Pages with this block, each before words of its own.
    fn sharing(block: &[u64], pages: u64, own_words: u64) -> Vec<Vec<u64>> {
        (0..pages)
            .map(|page| [block, &own(100 + page, own_words)].concat())
            .collect()
    }

    #[test]
    fn pages_that_share_only_a_block_tell_different_stories() {
        let pages = pages_of(&sharing(&own(1, 50), 5, 250));
        assert!(are_distinct(&pages, &[0, 1, 2, 3], 4));
        assert!(!are_distinct(&pages, &[0, 1, 2, 3], 5), "there are four");
        assert!(are_distinct(&pages, &[0, 1, 2, 3, 4], 5));
    }

    #[test]
    fn edited_and_trimmed_copies_tell_one_story() {
        let story = own(1, 400);
        let copies: Vec<Vec<u64>> = (0..16)
            .map(|copy| {
                let kept = story.len() - 15 * usize::try_from(copy).unwrap();
                edited(&story[..kept], copy, 20)
            })
            .collect();
        let pages = pages_of(&copies);
        let all: Vec<u32> = (0..16).collect();
        assert!(!are_distinct(&pages, &all, 2));
    }

    #[test]
    fn alike_pages_are_two_stories_from_four_days_apart_on() {
        let text = own(1, 300);
        let texts: Vec<Vec<u64>> = (0..5).map(|seed| edited(&text, seed, 50)).collect();
        let dated = |days: [Option<i64>; 5]| pages_with(&texts, &days.map(|day| (None, day)));
        let told = |days, stories| {
            let pages = dated(days);
            are_distinct(&pages, &[0, 1, 2, 3, 4], stories)
        };
        assert!(told([0, 4, 8, 12, 16].map(Some), 5));
        assert!(
            !told([3, 0, 3, 6, 5].map(Some), 2),
            "three days from the first"
        );
        assert!(
            told([0, -4, 0, -4, 0].map(Some), 2),
            "before counts as after"
        );
        assert!(!told([0, -4, 0, -4, 0].map(Some), 3));
        assert!(!told([Some(0), None, None, None, None], 2));
        assert!(
            !told([None, Some(0), Some(99), Some(200), None], 2),
            "the first leads"
        );
    }

    #[test]
    fn masked_text_makes_no_likeness() {
        let texts = sharing(&own(1, 240), 4, 80);
        let pages = pages_of(&texts);
        assert!(!are_distinct(&pages, &[0, 1, 2, 3], 2));
        let mut masked = vec![false; pages.total_words()];
        for page in 0..pages.len() {
            let start = pages.range(page).start;
            masked[start..start + 240].fill(true);
        }
        assert!(Likenesses::of(&pages, &masked).are_distinct(&[0, 1, 2, 3], 4));
    }

    #[test]
    fn the_smaller_page_decides() {
        // A quarter of the story is all of the brief.
        let story = own(1, 800);
        let pages = pages_of(&[story.clone(), story[300..500].to_vec()]);
        assert!(!are_distinct(&pages, &[0, 1], 2));
    }

    #[test]
    fn edited_briefs_tell_one_story() {
        for seed in 0..40 {
            let brief = own(1_000 + seed, 16);
            let copies: Vec<Vec<u64>> = (0..12).map(|copy| edited(&brief, copy, 20)).collect();
            let pages = pages_of(&copies);
            let all: Vec<u32> = (0..12).collect();
            assert!(!are_distinct(&pages, &all, DISTINCT), "{seed}");
        }
    }

    #[test]
    fn shared_values_are_counted_once_each() {
        assert_eq!(shared(&[1, 3, 5, 9], &[0, 3, 4, 9, 10]), 2);
        assert_eq!(shared(&[], &[1]), 0);
        assert_eq!(shared(&[2, 3], &[]), 0);
        assert_eq!(shared(&[1, 2, 3], &[1, 2, 3]), 3);
    }
}
