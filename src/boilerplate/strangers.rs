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

use std::collections::{HashMap, HashSet};

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

/// The grams, of those given, that stand in blocks foreign to their pages. `masked` has a value a
/// word of all pages.
pub(super) fn furniture(pages: &Pages, frequent: &[&Frequent], masked: &[bool]) -> Vec<u64> {
    let mut groups: Vec<(&[u32], Vec<&Frequent>)> = Vec::new();
    let mut by_sample: Vec<&Frequent> = frequent.to_vec();
    by_sample.sort_unstable_by_key(|one| (&one.sample, one.gram));
    for group in by_sample.chunk_by(|x, y| x.sample == y.sample) {
        groups.push((&group[0].sample, group.to_vec()));
    }
    if groups.is_empty() {
        return Vec::new();
    }
    let words = Words::of(pages);
    groups
        .into_par_iter()
        .filter(|(sample, group)| {
            let on = group.iter().map(|one| one.pages).max().unwrap_or(0);
            is_foreign(pages, sample, on, masked, &words)
        })
        .flat_map_iter(|(_, group)| group.into_iter().map(|one| one.gram))
        .collect()
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
mod tests {
    use super::super::RUN;
    use super::super::frequent::{RoughCounts, frequent};
    use super::super::tests::{own, pages_with, word};
    use super::*;

    /// A page before a block of 150 words: its own words, and words of the block among them.
    #[derive(Clone, Copy)]
    struct Stub {
        own: u64,
        repeated: usize,
        day: Option<i64>,
    }

    const FOREIGN: Stub = Stub {
        own: 12,
        repeated: 0,
        day: None,
    };
    const HEADLINE: Stub = Stub {
        repeated: 1,
        ..FOREIGN
    };

    /// Whether the block is furniture on these pages.
    fn is_foreign_to(stubs: &[Stub]) -> bool {
        let block = own(1, 150);
        let texts: Vec<Vec<u64>> = (100..)
            .zip(stubs)
            .map(|(page, stub)| {
                let from = 70 + (page % 3) as usize; // headlines differ
                let repeated = &block[from..from + stub.repeated];
                [repeated, &own(page, stub.own), &block].concat()
            })
            .collect();
        asked(&texts, stubs)
    }

    fn asked(texts: &[Vec<u64>], stubs: &[Stub]) -> bool {
        let facts: Vec<(Option<u64>, Option<i64>)> =
            stubs.iter().map(|stub| (None, stub.day)).collect();
        let pages = pages_with(texts, &facts);
        let all = frequent(&pages, &RoughCounts::of(&pages), 4, RUN);
        let all: Vec<&Frequent> = all.iter().filter(|one| one.pages >= FEWEST_PAGES).collect();
        let found = furniture(&pages, &all, &vec![false; pages.total_words()]);
        assert!(
            found.is_empty() || found.len() == all.len(),
            "a block is asked about as a whole"
        );
        !found.is_empty()
    }

    #[test]
    fn a_paywall_notice_is_a_stranger_and_a_story_that_the_headline_repeats_is_none() {
        assert!(is_foreign_to(&[FOREIGN; 20]));
        assert!(!is_foreign_to(&[HEADLINE; 20]));
    }

    #[test]
    fn three_of_four_asked_pages_must_be_strangers() {
        // The first sixteen are asked.
        let with_headlines = |count: usize| {
            let mut stubs = [FOREIGN; 20];
            stubs[..count].fill(HEADLINE);
            is_foreign_to(&stubs)
        };
        assert!(with_headlines(4));
        assert!(!with_headlines(5));
        let mut later = [FOREIGN; 20];
        later[FEWEST_PAGES as usize..].fill(HEADLINE);
        assert!(is_foreign_to(&later));
    }

    /// Whether the block is furniture on twenty pages, the first sixteen of which have these of its words.
    fn is_foreign_with(hits: [&[usize]; 16], own_words: u64) -> bool {
        let block = own(1, 150);
        let page = |page: u64| {
            let hits = hits.get(usize::try_from(page).unwrap()).copied();
            let hits = hits.unwrap_or_default().iter().map(|&at| block[at]);
            let own = own(100 + page, if page < 4 { 12 } else { own_words });
            [hits.collect(), own, block.clone()].concat()
        };
        let texts: Vec<Vec<u64>> = (0..20).map(page).collect();
        asked(&texts, &[FOREIGN; 20])
    }

    #[test]
    fn a_word_of_the_menu_that_the_notice_has_makes_no_story_of_it() {
        let mut hits: [&[usize]; 16] = [&[70]; 16];
        assert!(is_foreign_with(hits, 12), "one and the same");
        hits[..4].fill(&[70, 71]);
        assert!(is_foreign_with(hits, 12), "and another on four");
        hits[4] = &[72];
        assert!(!is_foreign_with(hits, 12), "five are no strangers");
        hits = [&[70, 71]; 16];
        assert!(!is_foreign_with(hits, 12), "neither is more than half");
    }

    #[test]
    fn on_few_pages_one_word_makes_a_story() {
        let hits: [&[usize]; 16] = std::array::from_fn(|page| match page {
            0..4 => &[70][..],
            _ => &[],
        });
        assert!(!is_foreign_with(hits, 3), "four are counted");
        assert!(is_foreign_with(hits, 5));
    }

    #[test]
    fn four_asked_pages_must_have_five_words_of_their_own() {
        let with_words = |counted: usize, words: u64| {
            let mut stubs = [Stub { own: 4, ..FOREIGN }; 20];
            stubs[..counted].fill(Stub {
                own: words,
                ..FOREIGN
            });
            is_foreign_to(&stubs)
        };
        assert!(with_words(4, 5));
        assert!(!with_words(3, 5));
        assert!(!with_words(4, 4));
    }

    /// Whether the block is furniture on twenty pages, the first of which are of these days.
    fn is_foreign_on(days: &[i64]) -> bool {
        let mut stubs = [FOREIGN; 20];
        for (stub, &day) in stubs.iter_mut().zip(days) {
            stub.day = Some(day);
        }
        is_foreign_to(&stubs)
    }

    #[test]
    fn where_four_of_the_sampled_pages_are_dated_their_days_count() {
        assert!(is_foreign_on(&[3; 3]));
        assert!(!is_foreign_on(&[3; 4]));
    }

    #[test]
    fn where_three_of_four_dated_pages_are_of_the_same_days_nobody_is_asked() {
        // Sixteen are sampled: so many of them within three days, the others before and after.
        let with_carriers = |carriers: usize| {
            let mut days = [50, 90, 53, 13].repeat(4);
            for (number, day) in days[..carriers].iter_mut().enumerate() {
                *day = [30, 33, 31][number % 3];
            }
            is_foreign_on(&days)
        };
        assert!(with_carriers(11));
        assert!(!with_carriers(12));
        assert!(is_foreign_on(&[30, 34].repeat(8)), "four days apart");
        assert!(!is_foreign_on(&[30, 33].repeat(8)));
    }

    #[test]
    fn everybodys_words_are_nobodys_own() {
        let block = own(1, 150);
        let everybodys = own(2, 9); // too few for a run
        let stub = |page: u64| {
            let theirs = [&everybodys[..], &own(page, 4)].concat();
            match page % 2 {
                0 => [theirs, block.clone()].concat(),
                _ => theirs, // pages without the block have these words too
            }
        };
        let texts: Vec<Vec<u64>> = (100..160).map(stub).collect();
        assert!(!asked(&texts, &[FOREIGN; 60]));
    }

    #[test]
    fn a_word_counts_once_a_page_and_numbers_not_at_all() {
        let mut pages = Pages::new();
        for rank in 0..3 {
            let facts = super::super::PageFacts {
                rank,
                publisher: None,
                day: None,
            };
            pages.push(facts, [word(1_001), word(1_001), word(rank)]);
        }
        let words = Words::of(&pages);
        assert_eq!(words.0.len(), 1);
        assert_eq!(words.0[&word(1_001)], 3);
    }
}
