//! How many different stories stand on these pages?
//!
//! What belongs to a site stands on pages that share little else; a wire story's text stands on
//! pages that share a story. So the pages a gram stands on are gone through in order: a page is
//! *the same story* as one before it if the two have enough of their own text in common and are
//! not days apart; else it *leads* a new story. From [`DISTINCT`] leaders on the gram is
//! furniture. Text already masked does not count as likeness.
//!
//! Pages are compared by a sample of their grams, those whose hash is a multiple of eight
//! (FracMinHash; L. Irber et al., "Lightweight compositional analysis of metagenomes with
//! FracMinHash and minimum metagenome covers", 2022).

use rayon::prelude::*;

use super::grams::{GRAM, grams};
use super::pages::Pages;

/// Distinct stories from which on a gram is furniture; 3 and 5 came to the same on newsrooms.
pub(super) const DISTINCT: usize = 4;

/// Two pages are one story from this share of the smaller one's grams on. Flat between .2 and .3;
/// .5 masks stories that are trimmed and edited.
const SAME_STORY: f64 = 0.30;

/// Days between two pages from which on they are not one story: longer than a story is carried.
const DAYS: i64 = 3;

/// One of so many grams is kept of a page.
const SAMPLED_GRAMS: u64 = 8;

/// Samples of the unmasked grams of every page.
#[derive(Debug)]
pub(super) struct Likenesses<'p> {
    pages: &'p Pages,
    sketches: Vec<Vec<u32>>,
}

impl<'p> Likenesses<'p> {
    /// Samples the grams without a word that `masked`, a value a word of all pages, marks.
    pub(super) fn of(pages: &'p Pages, masked: &[bool]) -> Likenesses<'p> {
        let sketch = |page: usize| {
            let masked = &masked[pages.range(page)];
            let mut sketch: Vec<u32> = grams(pages.words(page))
                .zip(masked.windows(GRAM))
                .filter(|(gram, masked)| gram % SAMPLED_GRAMS == 0 && !masked.contains(&true))
                .map(|(gram, _)| upper(gram))
                .collect();
            sketch.sort_unstable();
            sketch.dedup();
            sketch
        };
        let sketches = (0..pages.len()).into_par_iter().map(sketch).collect();
        Likenesses { pages, sketches }
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
        let smaller = a.len().min(b.len()).max(1);
        #[expect(clippy::cast_precision_loss)] // a page has fewer grams than 2^52
        let enough = SAME_STORY * smaller as f64;
        #[expect(clippy::cast_precision_loss)] // so has an intersection
        let shared = shared(a, b) as f64;
        shared >= enough
    }
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
