//! Which words belong to the page and not to the story?
//!
//! A scraped page is half story; the rest are menus, teasers, prompts, notices. Two pages of one
//! site share all that and no story, two copies of one story share nothing of it. So it is masked
//! before pages are compared, and nothing is ever deleted. Three sources of knowledge:
//!
//! - the page itself: its short and its doubled lines (`own`);
//! - the pages of one publisher, where publishers are known: text that is on pages of four or
//!   more stories that are otherwise different (`frequent`, `stories`), and passages that have
//!   nothing to do with what stands before them (`unrelated`);
//! - all pages together, in the same way. What they teach is doubted on a page of a known publisher
//!   that would lose more to it than it keeps (`learned`): there it is the story.
//!
//! Days count for nothing in that, but where no publisher is known (`unrelated`).
//!
//! [`learn`] reads a bounded sample of pages ([`sample`]), so that its cost and what it teaches do
//! not grow with the corpus; samples of shards merge exactly. The result does not depend on the
//! order of pages or the number of threads.

mod disputed;
mod distinct;
mod frequent;
mod gram_set;
mod grams;
mod learned;
mod own;
mod pages;
mod rough;
mod stories;
mod unrelated;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

pub use disputed::disputed_pages;
pub use grams::PageWord;
pub use learned::{LearnedBoilerplate, RUN};
pub use own::{LineWords, mask_doubled, mask_own};
pub use pages::{PageFacts, Pages, sample};

use distinct::{PageSet, by_pages, decide, page_sets};
use learned::key;
use rough::RoughCounts;
use stories::Likenesses;

/// The name of this way of masking in files of what was learned: what one version masks with, another
/// would not have learned.
pub const VERSION: &str = "v1";

/// Pages from which on a gram may be boilerplate: one for each of the distinct stories.
const FEWEST_PAGES: u32 = 4;

/// One page in so many of a publisher must have a gram that is its boilerplate: what a thousand pages teach, ten
/// thousand do too. Without a share, phrases that many stories use reach the fewest pages as a source grows.
const SHARE: usize = 250;

/// How often the stories are counted: what the first round masks no longer makes pages of one
/// site look like one story in the second. Four rounds gave what two give.
const ROUNDS: usize = 2;

/// Pages that are learned from at most: 32 MB of words, and 80 pages of each of 200 outlets.
pub const SAMPLE: usize = 1 << 14;

/// Bytes that are taken to remember what so many pages are to one another.
pub fn bytes_of_pairs(pages: usize) -> usize {
    distinct::bytes_of_pairs(pages)
}

/// What pages taught.
#[derive(Clone, Debug, Default)]
pub struct Taught {
    /// What is boilerplate.
    pub boilerplate: LearnedBoilerplate,
    /// Sets of pages with text in common that were not looked at, as the bound of the work was reached:
    /// what they share is taken for their own.
    pub unjudged: u64,
}

/// Learns from pages what is boilerplate; nothing if cancelled meanwhile.
///
/// Publishers are those of [`PageFacts`]: where they do not distinguish pages (one constant name does not),
/// pages have none. Runs in the current rayon pool. Time: linear in the words, but for a sort of the grams
/// on many pages; what is compared is bounded by the words too (`telling`, `unrelated`). Space: besides the
/// pages, which are 4 bytes a word, counters of 2 to 4 bytes a word and 16 MB at most, 4 bytes a word of a
/// quarter of the most pages while they are counted, then some 2 a word of samples, 8 for each page of a gram
/// on many pages and 100 a gram, and a quarter of a byte for every pair of pages.
pub fn learn(pages: &Pages, cancelled: &AtomicBool) -> Option<Taught> {
    examined(pages, cancelled, |examined| Taught {
        boilerplate: examined.boilerplate,
        unjudged: examined.unjudged as u64, // usize is at most 64 bits
    })
}

/// What was found out about passages that repeat.
struct Examined<'j> {
    boilerplate: LearnedBoilerplate,
    /// Sets of pages around whose passages no different stories stand.
    open: &'j [PageSet<'j>],
    /// Sets that were not looked at.
    unjudged: usize,
}

/// Asks of every repeated passage whether the pages around it hold different stories, and hands on what was found.
fn examined<R>(
    pages: &Pages,
    cancelled: &AtomicBool,
    use_it: impl FnOnce(Examined<'_>) -> R,
) -> Option<R> {
    let go_on = || (!cancelled.load(Ordering::Relaxed)).then_some(());
    let rough = RoughCounts::of(pages, cancelled);
    go_on()?;
    let frequent = frequent::frequent(pages, &rough, FEWEST_PAGES, RUN, cancelled);
    go_on()?;
    let pages_of = pages_of(pages);
    let stories = |set: PageSet<'_>| {
        let own = set[0].publisher.and_then(|name| pages_of.get(&name));
        stories::distinct_of(own.copied().unwrap_or(pages.len()))
    };
    let size = (pages.len(), pages.total_words());
    let mut by_pages = by_pages(&frequent);
    by_pages.retain(|one| {
        let own = one.publisher.and_then(|name| pages_of.get(&name));
        one.pages as usize >= own.map_or(0, |pages| pages / SHARE)
    });
    // What a publisher prints on listings is its menu, however alike these are: no story is among it.
    let is_menu = |set: &PageSet<'_>| set.iter().all(|one| one.listings >= FEWEST_PAGES);
    let (mut found, mut open): (Vec<PageSet<'_>>, Vec<PageSet<'_>>) =
        page_sets(&by_pages).into_iter().partition(is_menu);
    let mut unjudged = 0;
    let mut masked = vec![false; pages.total_words()];
    for _ in 0..ROUNDS {
        let likenesses = Likenesses::of(pages, &masked, &rough);
        let decided = decide(open, &likenesses, size, stories, cancelled)?;
        (open, unjudged) = (decided.open, decided.unjudged);
        found.extend(decided.apart);
        masked = mask(pages, &boilerplate(&found, unrelated::Found::default()));
        go_on()?;
    }
    let unrelated = unrelated::unrelated(pages, &rough, &open, &masked, cancelled);
    go_on()?;
    unjudged += unrelated.unjudged;
    Some(use_it(Examined {
        boilerplate: boilerplate(&found, unrelated),
        open: &open,
        unjudged,
    }))
}

/// How many pages every known publisher has.
fn pages_of(pages: &Pages) -> HashMap<u64, usize> {
    let mut found = HashMap::new();
    for name in (0..pages.len()).filter_map(|page| pages.facts(page).publisher) {
        *found.entry(name).or_default() += 1;
    }
    found
}

/// The grams of these sets, those of one outlet with its key and the others everywhere, and what else was
/// found.
fn boilerplate(sets: &[PageSet<'_>], unrelated: unrelated::Found) -> LearnedBoilerplate {
    let (mut everywhere, mut of_outlet) = (unrelated.everywhere, unrelated.of_outlet);
    for one in sets.iter().copied().flatten() {
        match one.publisher {
            None => everywhere.push(one.gram),
            Some(name) => of_outlet.push(key(one.gram, name)),
        }
    }
    LearnedBoilerplate::from_parts(everywhere, of_outlet)
}

/// What is masked of all pages: a value a word.
fn mask(pages: &Pages, boilerplate: &LearnedBoilerplate) -> Vec<bool> {
    let of_pages: Vec<Vec<bool>> = (0..pages.len())
        .into_par_iter()
        .map(|page| {
            let words = pages.words(page);
            let mut masked = vec![false; words.len()];
            let publisher = pages.facts(page).publisher;
            boilerplate.runs(words, publisher, |run| masked[run].fill(true));
            masked
        })
        .collect();
    of_pages.concat()
}

#[cfg(test)]
mod tests;
