//! Which grams are a publisher's own?
//!
//! Where publishers are known, what a publisher prints on several pages and on several days is
//! its furniture, even where those pages tell stories that are alike. Days and not pages, because
//! an outlet may file one story four times in two days.

use std::collections::{BTreeMap, HashMap};

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

/// The keys of all grams that are furniture of a publisher.
pub(super) fn furniture(pages: &Pages, rough: &RoughCounts) -> Vec<u64> {
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
            let grams = of_one(pages, &own, rough);
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

fn of_one(pages: &Pages, own: &[usize], rough: &RoughCounts) -> Vec<u64> {
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
    for &page in own {
        let day = pages.facts(page).day;
        for gram in grams(pages.words(page)).filter(|&gram| rough.may_reach(gram, FEWEST_PAGES)) {
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
