//! Is a block a stranger to the pages it stands on?
//!
//! Pages of unknown publishers that share a long block look like one story, whatever it is: a
//! paywall notice under two sentences of news weighs more than the news. Dates tell such pages
//! apart only if the block is found on four of them that are each more than three days from the
//! others, which in a fortnight of news is a matter of luck. But a story's headline repeats words
//! of the story, and a notice's page has words of its own that the notice does not know. So for
//! blocks on many pages the question is asked on a few of them: does any telling word from outside
//! the block occur in it, but for one that is most of what occurs?
//!
//! It is not asked where most of the pages are of the same few days: so are the carriers of a story,
//! and one that is hardly edited may have headlines that do not repeat it.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::frequent::Frequent;
use super::grams::{GRAM, PageWord, grams};
use super::pages::Pages;
use super::stories::DAYS;

/// Pages from which on a block is asked about: fewer could be one story's carriers. It is as many
/// as are sampled, and all of these are asked: with 8 of them, one newsroom's notice was taken for a
/// story as 5 of 7 were strangers, where 19 of 20 stubs are.
pub(super) const FEWEST_PAGES: u32 = 16;
/// Own words that a page must have to be counted.
const FEWEST_WORDS: usize = 5;
/// Pages that must be counted.
const FEWEST_COUNTED: usize = 4;
/// Of them, this part must be strangers to the block (as counted / strangers ≥ 4 / 3).
const STRANGERS: (usize, usize) = (3, 4);
/// Pages that must be counted for one word in common to be an accident. Without the rule, 57 stubs of
/// 1,900 pages and 600 of 20,000 were a story each; asked of fewer pages, stories of sixty carriers
/// were masked.
const FEWEST_FOR_ACCIDENT: usize = 8;
/// Dated pages of a sample from which on their days count.
const FEWEST_DATED: usize = 4;
/// If this part of them (as days / dated ≥ 3 / 4) is of the same days, they may be a story's carriers.
/// A story is carried within days, but for a source whose dates are off and a digest of the week;
/// of pages spread evenly over a week, four days hold 4 of 7.
const SAME_DAYS: (usize, usize) = (3, 4);
/// A word on more of the pages than one in fifty, besides those of the block, is everybody's. A
/// story's words are on more pages than its grams where copies are edited, so one that is most of a
/// small corpus may pass for a stranger; with half as many pages again for it, stubs of a newsroom
/// passed for a story (precision .99 to .67).
const COMMON: u32 = 50;

/// Words that are looked at for blocks, for each word of all pages: 12 ns each, so at most as much as reading
/// and masking take (.24 µs a word). Real news asked for .1, newsrooms of 20,000 pages for 4, and with large
/// stories for 14. Blocks of most grams come first: furniture stands in runs.
const WORDS: usize = 16;
/// Words that may be looked at in any corpus: some 50 ms.
const FREE: usize = 1 << 19;

/// Words of pages by how many pages they stand on.
struct Words(HashMap<PageWord, u32, foldhash::fast::FixedState>);

impl Words {
    fn of(pages: &Pages) -> Words {
        let mut on: HashMap<PageWord, u32, foldhash::fast::FixedState> = HashMap::default();
        let mut own: Vec<PageWord> = Vec::new();
        for page in 0..pages.len() {
            own.clear();
            own.extend(pages.words(page).iter().filter(|word| word.is_telling()));
            own.sort_unstable();
            own.dedup();
            own.iter()
                .for_each(|&word| *on.entry(word).or_default() += 1);
        }
        Words(on)
    }
}

/// What blocks taught.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Grams that stand in blocks foreign to their pages.
    pub(super) grams: Vec<u64>,
    /// Blocks that were not asked about.
    pub(super) unjudged: usize,
}

/// The grams, of those given, that stand in blocks foreign to their pages. `masked` has a value a
/// word of all pages. Of some blocks only if somebody asks to stop.
pub(super) fn furniture(
    pages: &Pages,
    frequent: &[&Frequent],
    masked: &[bool],
    cancelled: &AtomicBool,
) -> Found {
    let mut groups: Vec<(&[u32], Vec<&Frequent>)> = Vec::new();
    let mut by_sample: Vec<&Frequent> = frequent.to_vec();
    by_sample.sort_unstable_by_key(|one| (&one.sample, one.gram));
    for group in by_sample.chunk_by(|x, y| x.sample == y.sample) {
        groups.push((&group[0].sample, group.to_vec()));
    }
    if groups.is_empty() {
        return Found::default();
    }
    let all = groups.len();
    groups.sort_by_key(|(_, group)| Reverse(group.len())); // stable
    groups.truncate(within(
        FREE.max(WORDS * pages.total_words()),
        groups.iter().map(|(sample, _)| {
            let words = |&page: &u32| pages.range(page as usize).len();
            sample.iter().map(words).sum()
        }),
    ));
    let unjudged = all - groups.len();
    let words = Words::of(pages);
    let grams = groups
        .into_par_iter()
        .filter(|(sample, group)| {
            let on = group.iter().map(|one| one.pages).max().unwrap_or(0);
            !cancelled.load(Ordering::Relaxed) && is_foreign(pages, sample, on, masked, &words)
        })
        .flat_map_iter(|(_, group)| group.into_iter().map(|one| one.gram))
        .collect();
    Found { grams, unjudged }
}

/// How many of these come to so much together, at most.
fn within(most: usize, each: impl Iterator<Item = usize>) -> usize {
    let sums = each.scan(0usize, |sum, one| {
        *sum = sum.saturating_add(one);
        Some(*sum)
    });
    sums.take_while(|&sum| sum <= most).count()
}

fn is_foreign(pages: &Pages, sample: &[u32], on: u32, masked: &[bool], words: &Words) -> bool {
    if are_of_same_days(pages, sample) {
        return false;
    }
    let unmasked = |page: u32| {
        let masked = &masked[pages.range(page as usize)];
        let starts = masked.windows(GRAM).map(|masked| !masked.contains(&true));
        grams(pages.words(page as usize)).zip(starts)
    };
    let mut common: HashMap<u64, usize, foldhash::fast::FixedState> = HashMap::default();
    for &page in sample {
        let own: HashSet<u64, foldhash::fast::FixedState> = unmasked(page)
            .filter(|(_, free)| *free)
            .map(|(gram, _)| gram)
            .collect();
        own.into_iter()
            .for_each(|gram| *common.entry(gram).or_default() += 1);
    }
    common.retain(|_, on| 2 * *on > sample.len());
    let everybodys = u32::try_from(pages.len()).unwrap_or(u32::MAX) / COMMON + on;
    let mut hits: Vec<Vec<PageWord>> = Vec::new();
    for &page in sample {
        let own_words = pages.words(page as usize);
        let masked = &masked[pages.range(page as usize)];
        let mut in_block = vec![false; own_words.len()];
        for (at, (gram, free)) in unmasked(page).enumerate() {
            if free && common.contains_key(&gram) {
                in_block[at..at + GRAM].fill(true);
            }
        }
        let block: HashSet<PageWord> = own_words
            .iter()
            .zip(&in_block)
            .filter(|(_, inside)| **inside)
            .map(|(word, _)| *word)
            .collect();
        let own: HashSet<PageWord> = own_words
            .iter()
            .zip(in_block.iter().zip(masked))
            .filter(|(word, (inside, masked))| {
                let rare = || words.0.get(*word).is_none_or(|&on| on <= everybodys);
                !**inside && !**masked && word.is_telling() && rare()
            })
            .map(|(word, _)| *word)
            .collect();
        if own.len() >= FEWEST_WORDS {
            hits.push(own.intersection(&block).copied().collect());
        }
    }
    let (counted, strangers) = (hits.len(), strangers(&hits));
    counted >= FEWEST_COUNTED && STRANGERS.1 * strangers >= STRANGERS.0 * counted
}

/// How many of the pages, given by their own words that occur in the block, are strangers to it: those
/// without any. On enough pages a word that is more than half of what they have does not count: it is
/// one of a menu that the notice has too. Headlines repeat several words of their story.
fn strangers(pages: &[Vec<PageWord>]) -> usize {
    let mut on: HashMap<PageWord, usize, foldhash::fast::FixedState> = HashMap::default();
    for &hit in pages.iter().flatten() {
        *on.entry(hit).or_default() += 1;
    }
    let all: usize = on.values().sum();
    let accident = on.into_iter().find(|&(_, on)| 2 * on > all);
    let accident = accident.filter(|_| pages.len() >= FEWEST_FOR_ACCIDENT);
    let counts = |hit: &PageWord| accident.is_none_or(|(word, _)| word != *hit);
    let is_stranger = |hits: &&Vec<PageWord>| !hits.iter().any(counts);
    pages.iter().filter(is_stranger).count()
}

/// Whether most of the dated pages are no further apart in time than a story's carriers.
fn are_of_same_days(pages: &Pages, sample: &[u32]) -> bool {
    let day = |&page: &u32| pages.facts(page as usize).day;
    let days: Vec<i64> = sample.iter().filter_map(day).collect();
    let from = |first: i64| {
        days.iter()
            .filter(move |&&day| (0..=DAYS).contains(&(day - first)))
    };
    let most = days.iter().map(|&first| from(first).count()).max();
    days.len() >= FEWEST_DATED
        && most.is_some_and(|most| SAME_DAYS.1 * most >= SAME_DAYS.0 * days.len())
}

#[cfg(test)]
mod tests;
