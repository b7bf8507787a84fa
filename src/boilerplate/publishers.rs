//! Which grams are a publisher's own?
//!
//! Where publishers are known, what a publisher prints on several pages and on several days is
//! its furniture, even where those pages tell stories that are alike. Days and not pages, because
//! an outlet may file one story four times in two days.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::frequent::RoughCounts;
use super::grams::grams;
use super::pages::Pages;
use crate::hash;

/// Pages of a publisher from which on a gram is its furniture.
pub(super) const FEWEST_PAGES: u32 = 4;
/// Days on which these must have appeared ...
const FEWEST_DAYS: u32 = 3;
/// ... where the publisher's pages span at least twice as many.
const SPAN: i64 = 6;
/// One page in so many must have it: what a thousand pages teach, ten thousand do too. Without a
/// share, phrases that many stories use reach the fewest pages as a source grows.
const SHARE: usize = 250;

/// The key of a gram that is a publisher's furniture.
pub(super) fn key(gram: u64, publisher: u64) -> u64 {
    hash::pair(gram, publisher)
}

/// The keys of all grams that are furniture of a publisher; of some only if somebody asks to stop.
pub(super) fn furniture(pages: &Pages, rough: &RoughCounts, cancelled: &AtomicBool) -> Vec<u64> {
    let mut by_publisher: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for page in 0..pages.len() {
        if let Some(publisher) = pages.facts(page).publisher {
            by_publisher.entry(publisher).or_default().push(page);
        }
    }
    let by_publisher: Vec<(u64, Vec<usize>)> = by_publisher.into_iter().collect();
    by_publisher
        .into_par_iter()
        .flat_map_iter(|(publisher, own)| {
            let grams = of_one(pages, &own, rough, cancelled);
            grams.into_iter().map(move |gram| key(gram, publisher))
        })
        .collect()
}

/// The pages and days of a gram, as far as they matter.
#[derive(Default)]
struct Seen {
    pages: u32,
    /// The page seen last, plus one.
    last: usize,
    days: [Option<i64>; FEWEST_DAYS as usize],
}

fn of_one(pages: &Pages, own: &[usize], rough: &RoughCounts, cancelled: &AtomicBool) -> Vec<u64> {
    let fewest = u32::try_from(own.len() / SHARE)
        .unwrap_or(u32::MAX)
        .max(FEWEST_PAGES);
    if own.len() < FEWEST_PAGES as usize {
        return Vec::new();
    }
    let days = || own.iter().filter_map(|&page| pages.facts(page).day);
    let span = days()
        .max()
        .zip(days().min())
        .map_or(0, |(last, first)| last - first + 1);
    let mut seen: HashMap<u64, Seen, foldhash::fast::FixedState> = HashMap::default();
    let goes_on = |_: &&usize| !cancelled.load(Ordering::Relaxed);
    for &page in own.iter().take_while(goes_on) {
        let day = pages.facts(page).day;
        let counted = grams(pages.words(page)).zip(rough.of_page(pages, page));
        for (gram, _) in counted.filter(|&(_, &count)| u32::from(count) >= FEWEST_PAGES) {
            let seen = seen.entry(gram).or_default();
            if seen.last == page + 1 {
                continue;
            }
            seen.last = page + 1;
            seen.pages += 1;
            if let Some(day) = day
                && !seen.days.contains(&Some(day))
                && let Some(free) = seen.days.iter_mut().find(|known| known.is_none())
            {
                *free = Some(day);
            }
        }
    }
    let is_furniture = |seen: &Seen| {
        seen.pages >= fewest && (span < SPAN || seen.days.iter().all(Option::is_some))
    };
    seen.into_iter()
        .filter(|(_, seen)| is_furniture(seen))
        .map(|(gram, _)| gram)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{own, pages_with};
    use super::*;

    fn learned(pages: &Pages) -> Vec<u64> {
        let go_on = AtomicBool::new(false);
        furniture(pages, &RoughCounts::of(pages, &go_on), &go_on)
    }

    /// Whether a block on pages of publisher 1 on these days is its furniture, where it also has
    /// `others` pages without the block, on the first of the days.
    fn is_furniture(days: &[Option<i64>], others: u64) -> bool {
        let block = own(1, 4);
        let mut texts: Vec<Vec<u64>> = Vec::new();
        let mut facts: Vec<(Option<u64>, Option<i64>)> = Vec::new();
        for (page, &day) in (100..).zip(days) {
            texts.push([&own(page, 5)[..], &block].concat());
            facts.push((Some(1), day));
        }
        for page in 0..others {
            texts.push(own(1_000 + page, 6));
            facts.push((Some(1), days.first().copied().flatten()));
        }
        let pages = pages_with(&texts, &facts);
        let found = learned(&pages);
        let gram = grams(&pages.words(0)[5..]).next().unwrap();
        assert!(found.iter().all(|&found| found == key(gram, 1)));
        !found.is_empty()
    }

    #[test]
    fn it_takes_four_pages_of_the_publisher() {
        assert!(!is_furniture(&[None; 3], 20));
        assert!(is_furniture(&[None; 4], 20));
    }

    #[test]
    fn it_takes_three_days_where_the_pages_span_six() {
        assert!(!is_furniture(&[0, 0, 5, 5, 5, 5].map(Some), 0));
        assert!(is_furniture(&[0, 0, 2, 5].map(Some), 0));
        assert!(
            is_furniture(&[0, 0, 4, 4].map(Some), 0),
            "five days of pages"
        );
        assert!(is_furniture(&[Some(0); 4], 0));
        let undated = [Some(0), Some(9), None, None, None];
        assert!(!is_furniture(&undated, 0), "two days are known");
    }

    #[test]
    fn it_takes_one_page_in_two_hundred_and_fifty() {
        assert!(is_furniture(&[None; 4], 1_245), "4 of 1,249");
        assert!(!is_furniture(&[None; 4], 1_246), "4 of 1,250");
        assert!(is_furniture(&[None; 5], 1_245), "5 of 1,250");
    }

    #[test]
    fn pages_of_others_and_of_nobody_do_not_count() {
        let block = own(1, 4);
        let texts: Vec<Vec<u64>> = (0..9)
            .map(|page| [&own(100 + page, 5)[..], &block].concat())
            .collect();
        let facts = [1, 1, 1, 2, 2, 2, 0, 0, 0].map(|publisher| match publisher {
            0 => (None, None),
            known => (Some(known), None),
        });
        let pages = pages_with(&texts, &facts);
        assert!(learned(&pages).is_empty());
    }

    #[test]
    fn a_key_is_of_one_gram_and_one_publisher() {
        let keys = [key(1, 2), key(2, 1), key(1, 1), key(2, 2)];
        let distinct: std::collections::HashSet<u64> = keys.into_iter().collect();
        assert_eq!(distinct.len(), 4);
    }
}
