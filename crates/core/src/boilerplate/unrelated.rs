//! Is a passage unrelated to the pages it is on?
//!
//! Pages that share a long passage look like one story, whatever it is: a paywall notice under two
//! sentences of news weighs more than the news. But a story's headline repeats words of the story, and a
//! notice's page has words of its own that the notice does not know. So of passages that stories do not
//! distinguish from boilerplate this is asked on a few of their pages: does any distinctive word from outside the
//! passage occur in it, but for one that is most of what occurs?
//!
//! - Of a publisher's own pages only what is before the middle of the passage counts as their own
//!   words: a page that is fetched or filed again begins alike and ends with other teasers, a stub begins
//!   with its own news. On few pages these must be two sentences, as an agency writes a new lead for every
//!   take of its story.
//! - Of pages of several publishers it is asked only where these print the passage again and again: one
//!   that is on many publishers' pages about once each is a story. It is boilerplate then on the pages of those
//!   that repeat it.
//! - Where no publisher is known, pages of the same few days may carry one story without a word
//!   about it, so they are not asked, unless all of the corpus is of these days.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::distinct::PageSet;
use super::grams::{GRAM, PageWord, grams};
use super::learned::key;
use super::pages::Pages;
use super::rough::RoughCounts;

/// Pages from which on a passage is asked about, but on those of one publisher: fewer could be one story's
/// carriers. It is as many as are sampled, and all of these are asked: with 8 of them, one newsroom's notice
/// was taken for a story as 5 of 7 were unrelated, where 19 of 20 stubs are.
pub(super) const MANY_PAGES: u32 = 16;
/// Telling own words that a page must have to be counted.
const FEWEST_WORDS: usize = 5;
/// Own words that a publisher's page must have to be unrelated, where fewer than [`MANY_PAGES`] have the passage:
/// two short sentences. Leads that an agency wrote for six takes had 13 to 17; with 30 words a newsroom's
/// stubs, of two sentences, were one story (precision .996 to .925).
const TWO_SENTENCES: usize = 20;
/// Pages that must be counted.
const FEWEST_COUNTED: usize = 4;
/// Of them, this part must be unrelated to the passage (as counted / unrelated ≥ 4 / 3).
const UNRELATED: (usize, usize) = (3, 4);
/// Pages that must be counted for one word in common to be an accident. Without the rule, 57 stubs of
/// 1,900 pages and 600 of 20,000 were a story each; asked of fewer pages, stories of sixty carriers
/// were masked.
const FEWEST_FOR_ACCIDENT: usize = 8;
/// Days between pages of the same few days: longer than most stories are carried.
const DAYS: i64 = 3;
/// Dated pages of a sample from which on their days count.
const FEWEST_DATED: usize = 4;
/// If this part of them (as days / dated ≥ 3 / 4) is of the same days, they may be a story's carriers.
/// A story is carried within days, but for a source whose dates are off and a digest of the week;
/// of pages spread evenly over a week, four days hold 4 of 7.
const SAME_DAYS: (usize, usize) = (3, 4);
/// A word on more of the pages than one in fifty, besides those of the passage, is everybody's. A
/// story's words are on more pages than its grams where copies are edited, so one that is most of a
/// small corpus may pass for unrelated; with half as many pages again for it, stubs of a newsroom
/// passed for a story (precision .99 to .67).
const COMMON: usize = 50;

/// Words that are looked at for passages, for each word of all pages: 12 ns each, so at most as much as reading
/// and masking take (.24 µs a word). Real news asked for .1, newsrooms of 20,000 pages for 4, and with large
/// stories for 14. Passages of most grams come first: boilerplate is in runs.
const WORDS: usize = 16;
/// Words that may be looked at in any corpus: some 50 ms.
const FREE: usize = 1 << 19;

/// What passages taught.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Grams that are in passages unrelated to their pages, of unknown publishers.
    pub(super) everywhere: Vec<u64>,
    /// Keys of such grams and of the publishers that print them.
    pub(super) of_outlet: Vec<u64>,
    /// Passages that were not asked about.
    pub(super) unjudged: usize,
}

/// Which of the passages are unrelated to their pages. `masked` has a value a word of all pages. Of some
/// passages only if cancelled.
pub(super) fn unrelated(
    pages: &Pages,
    rough: &RoughCounts,
    open: &[PageSet<'_>],
    masked: &[bool],
    cancelled: &AtomicBool,
) -> Found {
    let asked = |set: &&PageSet<'_>| set[0].publisher.is_some() || on(set) >= MANY_PAGES;
    let mut sets: Vec<PageSet<'_>> = open.iter().filter(asked).copied().collect();
    if sets.is_empty() {
        return Found::default();
    }
    let all = sets.len();
    sets.sort_by_key(|set| Reverse(set.len())); // stable
    sets.truncate(within(
        FREE.max(WORDS * pages.total_words()),
        sets.iter().map(|set| {
            let words = |&page: &u32| pages.range(page as usize).len();
            set[0].sample.iter().map(words).sum()
        }),
    ));
    let asking = Asking {
        pages,
        rough,
        masked,
        words: page_counts(pages),
        days_tell: !are_of_same_days((0..pages.len()).filter_map(|page| pages.facts(page).day)),
    };
    let unrelated: Vec<PageSet<'_>> = sets
        .par_iter()
        .filter(|set| !cancelled.load(Ordering::Relaxed) && asking.is_unrelated(set))
        .copied()
        .collect();
    let mut found = Found {
        unjudged: all - sets.len(),
        ..Found::default()
    };
    for set in unrelated {
        let homes = repeated(pages, &set[0].sample);
        for one in set {
            match homes.is_empty() {
                true => found.everywhere.push(one.gram),
                false => found
                    .of_outlet
                    .extend(homes.iter().map(|&name| key(one.gram, name))),
            }
        }
    }
    found
}

/// How many pages the grams of a set are on, at most.
fn on(set: PageSet<'_>) -> u32 {
    set.iter().map(|one| one.pages).max().unwrap_or(0)
}

/// How many of these come to so much together, at most.
fn within(most: usize, each: impl Iterator<Item = usize>) -> usize {
    let sums = each.scan(0usize, |sum, one| {
        *sum = sum.saturating_add(one);
        Some(*sum)
    });
    sums.take_while(|&sum| sum <= most).count()
}

/// On how many pages a distinctive word stands that is on more of them than [`COMMON`] lets any word be.
///
/// Of the words each thread counts a part, and reads all pages: no word is held twice, and none is sorted.
fn page_counts(pages: &Pages) -> HashMap<PageWord, usize, FixedState> {
    let parts = rayon::current_num_threads().next_power_of_two().min(1 << 8);
    let part_of = |word: PageWord| (word.to_bits() >> 24) as usize & (parts - 1);
    let counted = (0..parts).into_par_iter().map(|part| {
        // Pages with a word, and the last of them, by its number from 1 on.
        let mut on: HashMap<PageWord, (u32, u32), FixedState> = HashMap::default();
        for (page, number) in (0..pages.len()).zip(1..) {
            let words = pages.words(page).iter().copied();
            for word in words.filter(|&word| word.is_distinctive() && part_of(word) == part) {
                let (count, last) = on.entry(word).or_default();
                *count += u32::from(*last != number);
                *last = number;
            }
        }
        on.retain(|_, (count, _)| *count as usize > pages.len() / COMMON);
        on
    });
    let counted: Vec<HashMap<PageWord, (u32, u32), FixedState>> = counted.collect();
    let each = counted.into_iter().flatten();
    each.map(|(word, (count, _))| (word, count as usize))
        .collect()
}

/// The publishers that have more than one of these pages.
fn repeated(pages: &Pages, sample: &[u32]) -> Vec<u64> {
    let publishers = publishers(pages, sample);
    let repeated = publishers
        .chunk_by(|x, y| x == y)
        .filter(|same| same.len() > 1);
    repeated.map(|same| same[0]).collect()
}

/// The known publishers of these pages, sorted.
fn publishers(pages: &Pages, sample: &[u32]) -> Vec<u64> {
    let of = |&page: &u32| pages.facts(page as usize).publisher;
    let mut publishers: Vec<u64> = sample.iter().filter_map(of).collect();
    publishers.sort_unstable();
    publishers
}

/// What is known of all pages while passages are asked about.
struct Asking<'a> {
    pages: &'a Pages,
    rough: &'a RoughCounts,
    masked: &'a [bool],
    words: HashMap<PageWord, usize, FixedState>,
    /// Whether the pages are of different days at all.
    days_tell: bool,
}

impl Asking<'_> {
    fn is_unrelated(&self, set: PageSet<'_>) -> bool {
        let (sample, is_own) = (&set[0].sample, set[0].publisher.is_some());
        if !is_own {
            let mut publishers = publishers(self.pages, sample);
            let known = publishers.len();
            publishers.dedup();
            // As many as have about one page each.
            if 2 * publishers.len() > known.max(1) {
                return false;
            }
            let day = |&page: &u32| self.pages.facts(page as usize).day;
            if known == 0 && self.days_tell && are_of_same_days(sample.iter().filter_map(day)) {
                return false;
            }
        }
        let passage = self.passage(sample);
        let everybodys = self.pages.len() / COMMON + on(set) as usize;
        let fewest = match is_own && on(set) < MANY_PAGES {
            true => TWO_SENTENCES,
            false => 0,
        };
        let hits = sample.iter().filter_map(|&page| {
            let page = self.page(page, (&passage, most_of(sample)), is_own);
            match page.length < fewest {
                true => Some(None),
                false => page
                    .hits(|word| self.words.get(&word).is_none_or(|&on| on <= everybodys))
                    .map(Some),
            }
        });
        let hits: Vec<Option<Vec<PageWord>>> = hits.collect();
        let (counted, unrelated) = (hits.len(), unrelated_pages(&hits, is_own));
        counted >= FEWEST_COUNTED && UNRELATED.1 * unrelated >= UNRELATED.0 * counted
    }

    /// The grams of a page without a masked word that may be on so many pages, and where each begins.
    fn grams(&self, page: u32, fewest: usize) -> impl Iterator<Item = (usize, u64)> + '_ {
        let page = page as usize;
        let counts = self.rough.of_page(self.pages, page).iter();
        let masked = self.masked[self.pages.range(page)].windows(GRAM);
        let fewest = u8::try_from(fewest).unwrap_or(u8::MAX);
        let each = grams(self.pages.words(page)).zip(counts).zip(masked);
        each.enumerate()
            .filter_map(move |(at, ((gram, &count), masked))| {
                (count >= fewest && !masked.contains(&true)).then_some((at, gram))
            })
    }

    /// The grams that more than half of the pages have.
    fn passage(&self, sample: &[u32]) -> HashSet<u64, FixedState> {
        let fewest = most_of(sample);
        let mut common: Vec<u64> = Vec::new();
        let mut own: Vec<u64> = Vec::new();
        for &page in sample {
            own.clear();
            own.extend(self.grams(page, fewest).map(|(_, gram)| gram));
            own.sort_unstable();
            own.dedup();
            common.extend(&own);
        }
        common.sort_unstable();
        let same = common.chunk_by(|x, y| x == y);
        same.filter(|same| same.len() >= fewest)
            .map(|same| same[0])
            .collect()
    }

    /// A page, in the passage, whose grams so many pages have, and outside of it; outside only before the middle of
    /// the passage, if that is what counts.
    fn page(
        &self,
        page: u32,
        (passage, fewest): (&HashSet<u64, FixedState>, usize),
        only_before: bool,
    ) -> AskedPage {
        let words = self.pages.words(page as usize);
        let masked = &self.masked[self.pages.range(page as usize)];
        let mut inside = vec![false; words.len()];
        for (at, gram) in self.grams(page, fewest) {
            if passage.contains(&gram) {
                inside[at..at + GRAM].fill(true);
            }
        }
        let places: Vec<usize> = (0..words.len()).filter(|&at| inside[at]).collect();
        let end = match places.get(places.len() / 2) {
            Some(&middle) if only_before => middle,
            _ => words.len(),
        };
        let outside = || (0..end).filter(|&at| !inside[at] && !masked[at]);
        AskedPage {
            length: outside().count(),
            own: distinct(
                outside()
                    .map(|at| words[at])
                    .filter(|word| word.is_distinctive()),
            ),
            passage: distinct(places.iter().map(|&at| words[at])),
        }
    }
}

/// How many of these pages are more than half.
fn most_of(sample: &[u32]) -> usize {
    sample.len() / 2 + 1
}

/// The words, ascending, each once.
fn distinct(words: impl Iterator<Item = PageWord>) -> Vec<PageWord> {
    let mut words: Vec<PageWord> = words.collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// The words of a page, by whether they are in the passage.
struct AskedPage {
    /// Own words.
    length: usize,
    /// The distinctive ones of them, ascending.
    own: Vec<PageWord>,
    /// Words in the passage, ascending.
    passage: Vec<PageWord>,
}

impl AskedPage {
    /// The page's own rare words that occur in the passage; nothing if it has too few.
    fn hits(mut self, is_rare: impl Fn(PageWord) -> bool) -> Option<Vec<PageWord>> {
        self.own.retain(|&word| is_rare(word));
        let is_hit = |word: &&PageWord| self.passage.binary_search(word).is_ok();
        let hits = || self.own.iter().filter(is_hit).copied().collect();
        (self.own.len() >= FEWEST_WORDS).then(hits)
    }
}

/// How many of the pages, given by their own words that occur in the passage, are unrelated to it: those
/// without any. On enough pages a word that is more than half of what they have does not count: it is
/// one of a menu that the notice has too; of one publisher's pages neither do two that are half each, such
/// as its name. Headlines repeat several words of their story. Pages without enough of their own are related.
fn unrelated_pages(pages: &[Option<Vec<PageWord>>], is_own: bool) -> usize {
    let mut on: HashMap<PageWord, usize, FixedState> = HashMap::default();
    for &hit in pages.iter().flatten().flatten() {
        *on.entry(hit).or_default() += 1;
    }
    let all: usize = on.values().sum();
    let is_accident = |on: usize| 2 * on > all || (is_own && 2 * on == all);
    let counts = |hit: &PageWord| {
        let is_enough = pages.len() >= FEWEST_FOR_ACCIDENT;
        !(is_enough && on.get(hit).is_some_and(|&on| is_accident(on)))
    };
    let is_unrelated = |hits: &&Vec<PageWord>| !hits.iter().any(counts);
    pages.iter().flatten().filter(is_unrelated).count()
}

/// Whether most of these days are no further apart than a story's carriers.
fn are_of_same_days(days: impl Iterator<Item = i64>) -> bool {
    let mut days: Vec<i64> = days.collect();
    days.sort_unstable();
    let from = |&first: &i64| {
        let until = days.partition_point(|&day| day <= first + DAYS);
        until - days.partition_point(|&day| day < first)
    };
    let most = days.iter().map(from).max();
    days.len() >= FEWEST_DATED
        && most.is_some_and(|most| SAME_DAYS.1 * most >= SAME_DAYS.0 * days.len())
}

#[cfg(test)]
mod tests;
