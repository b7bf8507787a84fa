//! Which words belong to the page and not to the story?
//!
//! A scraped page is half story; the rest are menus, teasers, prompts, notices. Two pages of one
//! site share all that and no story, two copies of one story share nothing of it. So it is masked
//! before pages are compared, and nothing is ever deleted. Three sources of knowledge:
//!
//! - the page itself: its short and its doubled lines (`own`);
//! - all pages together: text that stands on pages of four or more stories that are otherwise
//!   different (`frequent`, `stories`), whether anybody said where the pages are from or not; and
//!   on pages of unknown origin that are not of the same few days, blocks that are strangers to
//!   them (`strangers`);
//! - the pages of one publisher, where publishers are known (`publishers`).
//!
//! [`learn`] reads a bounded sample of pages ([`sample`]), so that its cost and what it teaches do
//! not grow with the corpus; samples of shards merge exactly. The result does not depend on the
//! order of pages or the number of threads.

mod frequent;
mod furniture;
mod gram_set;
mod grams;
mod own;
mod pages;
mod publishers;
mod stories;
mod strangers;
mod telling;

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

pub use furniture::{Furniture, RUN};
pub use grams::PageWord;
pub use own::{LineWords, mask_doubled, mask_own};
pub use pages::{PageFacts, Pages, sample};

use frequent::{Frequent, RoughCounts};
use stories::Likenesses;
use telling::{page_sets, tell};

/// The name of this way of masking in files of what was learned: what one version masks with, another
/// would not have learned.
pub const VERSION: &str = "v1";

/// Pages from which on a gram may be furniture: one for each of the distinct stories.
const FEWEST_PAGES: u32 = 4;

/// How often the stories are counted: what the first round masks no longer makes pages of one
/// site look like one story in the second. Four rounds gave what two give.
const ROUNDS: usize = 2;

/// Pages that are learned from at most: 32 MB of words, and 80 pages of each of 200 outlets.
pub const SAMPLE: usize = 1 << 14;

/// Bytes that are taken to remember what so many pages are to one another.
pub fn bytes_of_pairs(pages: usize) -> usize {
    telling::bytes_of_pairs(pages)
}

/// What pages taught.
#[derive(Clone, Debug, Default)]
pub struct Taught {
    /// What is furniture.
    pub furniture: Furniture,
    /// Sets of pages with text in common that were not looked at, as the bound of the work was reached:
    /// what they share is taken for their own.
    pub unjudged: u64,
}

/// Learns from pages what is furniture; nothing if somebody asked to stop meanwhile.
///
/// `by_publisher` says whether publishers are known and tell pages apart (one constant name does
/// not). Runs in the current rayon pool. Time: linear in the words, but for a sort of the grams
/// on many pages; what is compared is bounded by the words too (`telling`, `strangers`). Space: besides the
/// pages, which are 4 bytes a word, counters of 2 to 4 bytes a word and 16 MB at most, 4 bytes a word of a
/// quarter of the most pages while they are counted, then some 2 a word of samples, 80 a gram on many
/// pages, and a quarter of a byte for every pair of pages.
pub fn learn(pages: &Pages, by_publisher: bool, cancelled: &AtomicBool) -> Option<Taught> {
    let go_on = || (!cancelled.load(Ordering::Relaxed)).then_some(());
    let rough = RoughCounts::of(pages, cancelled);
    go_on()?;
    let frequent = frequent::frequent(pages, &rough, FEWEST_PAGES, RUN, cancelled);
    go_on()?;
    let at_home = match by_publisher {
        true => publishers::furniture(pages, &rough, cancelled),
        false => Vec::new(),
    };
    go_on()?;
    let stories = stories::distinct_of(pages.len());
    let size = (pages.len(), pages.total_words());
    let mut everywhere: Vec<u64> = Vec::new();
    let mut masked = vec![false; pages.total_words()];
    let mut open = page_sets(&frequent);
    let mut unjudged = 0;
    for round in 1..=ROUNDS {
        let likenesses = Likenesses::of(pages, &masked, &rough);
        let told = tell(open, &likenesses, size, stories, cancelled)?;
        (open, unjudged) = (told.open, told.unjudged);
        let is_furniture =
            |one: &&Frequent| told.apart.binary_search(&one.sample.as_slice()).is_ok();
        everywhere.extend(frequent.iter().filter(is_furniture).map(|one| one.gram));
        if round < ROUNDS || !by_publisher {
            masked = mask(pages, &everywhere);
        }
        go_on()?;
    }
    if !by_publisher {
        let mut open: Vec<&[u32]> = open.into_iter().map(|set| set.pages).collect();
        open.par_sort_unstable();
        let is_open = |one: &&Frequent| {
            one.pages >= strangers::FEWEST_PAGES
                && open.binary_search(&one.sample.as_slice()).is_ok()
        };
        let left: Vec<&Frequent> = frequent.iter().filter(is_open).collect();
        let found = strangers::furniture(pages, &left, &masked, cancelled);
        everywhere.extend(found.grams);
        unjudged += found.unjudged;
    }
    go_on()?;
    Some(Taught {
        furniture: Furniture::from_parts(everywhere, at_home),
        unjudged: unjudged as u64, // usize is at most 64 bits
    })
}

/// What grams that are furniture everywhere mask of all pages: a value a word. What is so at home does
/// not count: a story that an outlet filed again and again is its furniture, and would make its pages
/// stories of their own.
fn mask(pages: &Pages, everywhere: &[u64]) -> Vec<bool> {
    let furniture = Furniture::from_parts(everywhere.to_vec(), Vec::new());
    let of_pages: Vec<Vec<bool>> = (0..pages.len())
        .into_par_iter()
        .map(|page| {
            let words = pages.words(page);
            let mut masked = vec![false; words.len()];
            furniture.runs(words, None, |run| masked[run].fill(true));
            masked
        })
        .collect();
    of_pages.concat()
}

#[cfg(test)]
mod tests;
