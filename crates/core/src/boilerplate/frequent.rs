//! Which grams are on many pages, of all together or of one publisher, and on which?
//!
//! Grams that seem to be on enough pages ([`RoughCounts`]) count where they cover a long run of a page, and only
//! those are listed exactly, each with its pages. Pages are in the order of their rank, so the first ones are a
//! sample by content hash (bottom-k).
//!
//! Of the listed grams each thread owns a part, and reads all pages. So nothing is shared, and nothing depends on
//! how many threads there are.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::grams::{blocks, covered_runs, grams};
use super::pages::Pages;
use super::rough::RoughCounts;

/// Pages of a sample that a gram's stories are counted on: with 8 a newsroom without line ends
/// came out at ARI .68, with 16 and 32 at .88.
pub(super) const SAMPLED: usize = 16;

/// A gram on enough pages, covering a long run on some.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Frequent {
    pub(super) gram: u64,
    /// Whose pages these are, if only those of one publisher are counted.
    pub(super) publisher: Option<u64>,
    /// How many there are.
    pub(super) pages: u32,
    /// How many of them are listings, if they are one publisher's.
    pub(super) listings: u32,
    /// The first of them, ascending.
    pub(super) sample: Vec<u32>,
}

/// The grams on at least `fewest` pages of one publisher, and those on at least so many of all where they are not
/// one publisher's alone, if they lie in a run of at least `run` words covered by grams that seem to be on as many,
/// somewhere. Sorted by gram, then publisher; of some pages only if cancelled.
pub(super) fn frequent(
    pages: &Pages,
    rough: &RoughCounts,
    fewest: u32,
    run: usize,
    cancelled: &AtomicBool,
) -> Vec<Frequent> {
    let stops = || cancelled.load(Ordering::Relaxed);
    let fewest_rough = u8::try_from(fewest).unwrap_or(u8::MAX);
    let runs: Vec<Vec<std::ops::Range<usize>>> = (0..pages.len())
        .into_par_iter()
        .map(|page| {
            let counts = rough.of_page(pages, page).iter();
            let is_frequent = blocks(counts.map(|&count| count >= fewest_rough));
            let mut runs = Vec::new();
            covered_runs(is_frequent, run, |run| runs.push(run));
            runs
        })
        .collect();
    let parts = rayon::current_num_threads().next_power_of_two().min(1 << 8);
    let mut all: Vec<Frequent> = (0..parts)
        .into_par_iter()
        .flat_map_iter(|part| {
            let mut listed = Listed::default();
            for (page, runs) in runs.iter().enumerate().take_while(|_| !stops()) {
                let words = pages.words(page);
                #[expect(clippy::cast_possible_truncation)] // a sample is small
                let number = page as u32;
                for run in runs {
                    for gram in grams(&words[run.clone()]) {
                        if (gram >> 56) as usize % parts == part {
                            listed.add(gram, number);
                        }
                    }
                }
            }
            listed.finish(pages, fewest)
        })
        .collect();
    all.par_sort_unstable_by_key(|one| (one.gram, one.publisher));
    all
}

/// Grams and the pages they are on.
#[derive(Default)]
struct Listed {
    /// By gram, its place in `counts`.
    numbers: HashMap<u64, u32, foldhash::fast::FixedState>,
    counts: Vec<Count>,
    /// A gram's place and a page it is on, by page.
    places: Vec<(u32, u32)>,
}

struct Count {
    gram: u64,
    pages: u32,
    /// The page counted last, plus one.
    last: u32,
}

impl Listed {
    fn add(&mut self, gram: u64, page: u32) {
        #[expect(clippy::cast_possible_truncation)] // fewer than the words of a sample
        let next = self.counts.len() as u32;
        let number = *self.numbers.entry(gram).or_insert(next);
        if number == next {
            self.counts.push(Count {
                gram,
                pages: 0,
                last: 0,
            });
        }
        let count = &mut self.counts[number as usize];
        if count.last != page + 1 {
            count.last = page + 1;
            count.pages += 1;
            self.places.push((number, page));
        }
    }

    /// The grams on enough pages.
    fn finish(self, pages: &Pages, fewest: u32) -> Vec<Frequent> {
        drop(self.numbers);
        let mut counts = self.counts;
        counts
            .iter_mut()
            .filter(|count| count.pages < fewest)
            .for_each(|count| count.pages = 0);
        let starts = counts.iter().scan(0, |end, count| {
            let start = *end;
            *end += count.pages as usize;
            Some(start)
        });
        let mut ends: Vec<usize> = starts.collect();
        let total = counts.iter().map(|count| count.pages as usize).sum();
        let mut of_grams = vec![0u32; total];
        for (number, page) in self.places {
            let number = number as usize;
            if counts[number].pages > 0 {
                of_grams[ends[number]] = page;
                ends[number] += 1;
            }
        }
        let mut found = Vec::new();
        let mut buffer = Vec::new();
        for (count, end) in counts.iter().zip(ends).filter(|(count, _)| count.pages > 0) {
            let own = &of_grams[end - count.pages as usize..end];
            by_publisher(count.gram, own, pages, fewest, &mut buffer, &mut found);
        }
        found
    }
}

/// Adds the gram for all its pages, if they are of several publishers or of none, and for those of every
/// publisher that has enough.
fn by_publisher(
    gram: u64,
    own: &[u32],
    pages: &Pages,
    fewest: u32,
    buffer: &mut Vec<(Option<u64>, u32)>,
    found: &mut Vec<Frequent>,
) {
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let mut add = |publisher, own: &mut dyn ExactSizeIterator<Item = u32>, listings: usize| {
        found.push(Frequent {
            gram,
            publisher,
            pages: count(own.len()),
            listings: count(listings),
            sample: own.take(SAMPLED).collect(),
        });
    };
    buffer.clear();
    buffer.extend(
        own.iter()
            .map(|&page| (pages.facts(page as usize).publisher, page)),
    );
    buffer.sort_unstable();
    let is_ones = buffer[0].0.is_some() && buffer[0].0 == buffer[buffer.len() - 1].0;
    if !is_ones {
        add(None, &mut own.iter().copied(), 0);
    }
    for same in buffer.chunk_by(|x, y| x.0 == y.0) {
        if same[0].0.is_some() && same.len() >= fewest as usize {
            let is_listing = |one: &&(Option<u64>, u32)| pages.facts(one.1 as usize).is_listing;
            let listings = same.iter().filter(is_listing).count();
            add(same[0].0, &mut same.iter().map(|&(_, page)| page), listings);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::super::tests::pages_with;
    use super::*;

    proptest! {
        #[test]
        fn frequent_grams_are_those_of_a_plain_count(
            texts in prop::collection::vec((prop::collection::vec(0u64..6, 0..40), prop::option::of(0u64..3)), 0..30),
            fewest in 1u32..5,
        ) {
            let (texts, publishers): (Vec<Vec<u64>>, Vec<Option<u64>>) = texts.into_iter().unzip();
            let facts: Vec<(Option<u64>, Option<i64>)> = publishers.iter().map(|&of| (of, None)).collect();
            let pages = pages_with(&texts, &facts);
            let mut plain: BTreeMap<(u64, Option<u64>), BTreeSet<u32>> = BTreeMap::new();
            for page in 0..pages.len() {
                for gram in grams(pages.words(page)) {
                    let number = u32::try_from(page).unwrap();
                    plain.entry((gram, None)).or_default().insert(number);
                    if let Some(publisher) = pages.facts(page).publisher {
                        plain.entry((gram, Some(publisher))).or_default().insert(number);
                    }
                }
            }
            let all = plain.clone();
            plain.retain(|&(gram, of), on| {
                let is_ones = |publisher| of.is_none() && all.get(&(gram, Some(publisher))) == Some(on);
                on.len() >= fewest as usize && !(0..3).any(is_ones)
            });
            let expected: Vec<Frequent> = plain
                .into_iter()
                .map(|((gram, publisher), on)| Frequent {
                    gram,
                    publisher,
                    pages: u32::try_from(on.len()).unwrap(),
                    listings: 0,
                    sample: on.into_iter().take(SAMPLED).collect(),
                })
                .collect();
            // With runs of a gram's length every frequent gram is in one.
            let go_on = AtomicBool::new(false);
            let rough = RoughCounts::of(&pages, &go_on);
            let found = frequent(&pages, &rough, fewest, 4, &go_on);
            prop_assert_eq!(found, expected);
        }
    }
}
