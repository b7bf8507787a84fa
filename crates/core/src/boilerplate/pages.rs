//! The pages that boilerplate is learned from.
//!
//! A sample, so that learning costs the same whatever the corpus: of every publisher the pages
//! with the smallest content hashes, all first ones before all second ones, until it is full. What
//! is in the sample depends on the set of pages alone. Shards of a corpus may each take their
//! sample, and the sample of the samples is that of the whole: a page that is among the first of
//! its publisher in the corpus is so in its shard, and fewer pages of a shard are before it.
//!
//! Source of the idea: E. Cohen, H. Kaplan, "Summarizing data using bottom-k sketches", 2007.

use std::collections::HashMap;

use rayon::prelude::*;

use super::PageWord;

/// What is known of a page besides its words.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct PageFacts {
    /// A hash of its words: pages of equal rank are equal, and count once.
    pub rank: u64,
    /// A hash of its publisher's name, if it is known.
    pub publisher: Option<u64>,
    /// The day of its publication, if it is known, in days since any date.
    pub day: Option<i64>,
    /// Whether it is a listing: lines without sentences.
    pub is_listing: bool,
}

const IN_ORDER: &str = "pages are added by ascending rank, equal ones once";

/// Pages, by ascending rank.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    words: Vec<PageWord>,
    ends: Vec<usize>,
    facts: Vec<PageFacts>,
}

impl Pages {
    /// No pages.
    pub fn new() -> Pages {
        Pages::default()
    }

    /// These pages, put together by several threads.
    ///
    /// # Panics
    ///
    /// If their ranks do not ascend.
    pub fn of(pages: &[(PageFacts, &[PageWord])]) -> Pages {
        let facts: Vec<PageFacts> = pages.iter().map(|(facts, _)| *facts).collect();
        assert!(facts.is_sorted_by(|a, b| a.rank < b.rank), "{IN_ORDER}");
        let ends = pages.iter().scan(0, |end, (_, words)| {
            *end += words.len();
            Some(*end)
        });
        let ends: Vec<usize> = ends.collect();
        let mut words = vec![PageWord::from_bits(0); ends.last().copied().unwrap_or(0)];
        let (mut own, mut rest) = (Vec::with_capacity(pages.len()), words.as_mut_slice());
        for (_, page) in pages {
            let (first, behind) = rest.split_at_mut(page.len());
            own.push(first);
            rest = behind;
        }
        let each = own.into_par_iter().zip(pages);
        each.for_each(|(own, (_, page))| own.copy_from_slice(page));
        Pages { words, ends, facts }
    }

    /// Adds a page.
    ///
    /// # Panics
    ///
    /// If its rank is not above that of the page added last.
    pub fn push(&mut self, facts: PageFacts, words: impl IntoIterator<Item = PageWord>) {
        let in_order = self.facts.last().is_none_or(|last| last.rank < facts.rank);
        assert!(in_order, "{IN_ORDER}");
        self.words.extend(words);
        self.ends.push(self.words.len());
        self.facts.push(facts);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The words of a page.
    pub fn words(&self, page: usize) -> &[PageWord] {
        &self.words[self.range(page)]
    }

    /// What is known of a page.
    pub fn facts(&self, page: usize) -> PageFacts {
        self.facts[page]
    }

    /// Where the words of a page are among those of all.
    pub(super) fn range(&self, page: usize) -> std::ops::Range<usize> {
        let start = page.checked_sub(1).map_or(0, |before| self.ends[before]);
        start..self.ends[page]
    }

    /// Words of all pages together.
    pub(super) fn total_words(&self) -> usize {
        self.words.len()
    }

    /// The pages of two samples as one sample of at most `limit` pages.
    #[must_use]
    pub fn merge(&self, other: &Pages, limit: usize) -> Pages {
        let both = [self, other];
        let facts: Vec<PageFacts> = both
            .iter()
            .flat_map(|pages| &pages.facts)
            .copied()
            .collect();
        let mut merged = Pages::new();
        for at in sample(&facts, limit) {
            let (pages, at) = if at < self.len() {
                (self, at)
            } else {
                (other, at - self.len())
            };
            merged.push(pages.facts(at), pages.words(at).iter().copied());
        }
        merged
    }
}

/// The places of the pages to learn from, at most `limit`, by ascending rank. Equal pages count
/// once: one of a known day before others, then of the smallest publisher, then of the earliest day.
///
/// Time: two sorts.
pub fn sample(pages: &[PageFacts], limit: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..pages.len()).collect();
    order.par_sort_unstable_by_key(|&at| (pages[at].rank, pages[at].day.is_none(), pages[at]));
    order.dedup_by_key(|at| pages[*at].rank);
    if order.len() <= limit {
        return order;
    }
    let mut met: HashMap<Option<u64>, u32, foldhash::fast::FixedState> = HashMap::default();
    let mut layered: Vec<(u32, usize)> = Vec::with_capacity(order.len());
    for (place, &at) in order.iter().enumerate() {
        let met = met.entry(pages[at].publisher).or_default();
        layered.push((*met, place));
        *met += 1;
    }
    layered.sort_unstable();
    layered.truncate(limit);
    let mut places: Vec<usize> = layered.into_iter().map(|(_, place)| place).collect();
    places.sort_unstable();
    places.into_iter().map(|place| order[place]).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::hash;

    fn facts(rank: u64, publisher: u64) -> PageFacts {
        PageFacts {
            rank,
            publisher: Some(publisher),
            day: None,
            is_listing: false,
        }
    }

    #[test]
    fn small_publishers_are_heard_before_large_ones_are_heard_again() {
        let pages: Vec<PageFacts> = (0..100)
            .map(|n| facts(n, 0))
            .chain([facts(500, 1), facts(501, 2), facts(502, 2)])
            .collect();
        let chosen: Vec<u64> = sample(&pages, 6)
            .into_iter()
            .map(|at| pages[at].rank)
            .collect();
        assert_eq!(chosen, [0, 1, 2, 500, 501, 502]);
    }

    #[test]
    fn pages_put_together_are_pages_added() {
        let word = |n: u32| PageWord::from_bits(2 * n);
        let texts: [Vec<PageWord>; 4] = [3, 0, 1, 5].map(|length| (0..length).map(word).collect());
        let given: Vec<(PageFacts, &[PageWord])> = (0..)
            .zip(&texts)
            .map(|(rank, words)| (facts(rank, 1), words.as_slice()))
            .collect();
        let mut added = Pages::new();
        for (facts, words) in &given {
            added.push(*facts, words.iter().copied());
        }
        let together = Pages::of(&given);
        assert_eq!(
            (&together.words, &together.ends),
            (&added.words, &added.ends)
        );
        assert_eq!(together.facts, added.facts);
        assert!(Pages::of(&[]).is_empty());
    }

    #[test]
    #[should_panic(expected = "ascending rank")]
    fn equal_ranks_are_refused() {
        Pages::of(&[(facts(1, 1), &[]), (facts(1, 2), &[])]);
    }

    #[test]
    fn equal_pages_count_once() {
        assert_eq!(sample(&[facts(7, 1), facts(7, 2), facts(3, 1)], 10), [2, 0]);
    }

    proptest! {
        #[test]
        fn the_sample_of_samples_is_the_sample_of_the_whole(
            pages in prop::collection::vec((0u64..300, 0u64..5), 0..120),
            split in any::<prop::sample::Index>(),
            limit in 0usize..60,
        ) {
            // A page's publisher follows from its rank, so that equal pages are equal in all.
            let pages: Vec<PageFacts> = pages
                .into_iter()
                .map(|(rank, _)| facts(rank, hash::stream(1, rank) % 5))
                .collect();
            let of = |pages: &[PageFacts]| {
                let mut found = Pages::new();
                for at in sample(pages, limit) {
                    found.push(pages[at], []);
                }
                found
            };
            let at = split.index(pages.len() + 1);
            let merged = of(&pages[..at]).merge(&of(&pages[at..]), limit);
            prop_assert_eq!(merged.facts, of(&pages).facts);
        }
    }
}
