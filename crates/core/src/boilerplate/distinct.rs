//! Which sets of pages hold different stories, in bounded work?
//!
//! Grams of one block are on the same pages, so they ask as one; but pages of one-letter words, of
//! numbers or of nothing but stock phrases have nearly as many sets of pages as grams, and each set
//! asks for up to 105 comparisons of whole pages. So
//!
//! - what two pages are to each other is remembered: every pair is compared once a round at most;
//! - comparing ends at a number of [`STEPS`] for each word of all pages. Sets that more grams have
//!   come first, as boilerplate is in blocks; those that are left decide nothing and are counted.
//!
//! Both are the same for any number of threads: sets are taken [`TURN`] at a time, and which pairs
//! these ask for, and so what they cost together, depends on the sets alone.

use std::cmp::Reverse;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};

use rayon::prelude::*;

use super::frequent::Frequent;
use super::stories::Likenesses;

/// Steps of comparing for each word of the pages: samples of all pages have .6 of their words, so
/// each page may be held against fifty others. One takes 1 to 2 ns, so two rounds at most half of what
/// reading and masking take (.24 µs a word). Real news asked for 2 to 9, newsrooms of 20,000 pages for 21.
const STEPS: u64 = 32;

/// Steps that any corpus may take: some 20 ms.
const FREE: u64 = 1 << 24;

/// Sets that are judged before the cost is looked at again.
const TURN: usize = 1 << 10;

/// Grams that are on the same pages first, and are asked of the same publisher, if of one.
pub(super) type PageSet<'f> = &'f [&'f Frequent];

/// The grams by the pages they are on.
pub(super) fn by_pages(frequent: &[Frequent]) -> Vec<&Frequent> {
    let mut by_pages: Vec<&Frequent> = frequent.iter().collect();
    by_pages.par_sort_unstable_by(|x, y| pages_of(x).cmp(&pages_of(y)).then(x.gram.cmp(&y.gram)));
    by_pages
}

fn pages_of(one: &Frequent) -> (&[u32], Option<u64>) {
    (&one.sample, one.publisher)
}

/// Every set of pages that some of these grams have, once, those of most grams first.
pub(super) fn page_sets<'f>(by_pages: &'f [&'f Frequent]) -> Vec<PageSet<'f>> {
    let mut sets: Vec<PageSet<'f>> = by_pages
        .chunk_by(|x, y| pages_of(x) == pages_of(y))
        .collect();
    sets.par_sort_by_key(|set| Reverse(set.len())); // stable: of as many grams by their pages
    sets
}

/// What became of sets of pages.
#[derive(Debug, Default)]
pub(super) struct Decided<'f> {
    /// Those that hold enough different stories.
    pub(super) apart: Vec<PageSet<'f>>,
    /// The others, in their order.
    pub(super) open: Vec<PageSet<'f>>,
    /// How many of the others were not looked at.
    pub(super) unjudged: usize,
}

/// Judges sets of pages, given in the order of [`page_sets`], of so many words together; `stories` says how many
/// different ones are enough.
///
/// Nothing if cancelled meanwhile.
pub(super) fn decide<'f>(
    sets: Vec<PageSet<'f>>,
    likenesses: &Likenesses<'_>,
    (pages, words): (usize, usize),
    stories: impl Fn(PageSet<'f>) -> usize + Sync,
    cancelled: &AtomicBool,
) -> Option<Decided<'f>> {
    decide_within(
        sets,
        &StoryTest::new(likenesses, pages, cancelled),
        stories,
        FREE + STEPS * words as u64, // usize is at most 64 bits
    )
}

fn decide_within<'f>(
    sets: Vec<PageSet<'f>>,
    test: &StoryTest<'_>,
    stories: impl Fn(PageSet<'f>) -> usize + Sync,
    steps: u64,
) -> Option<Decided<'f>> {
    let mut decided = Decided::default();
    for turn in sets.chunks(TURN) {
        if test.steps.load(Ordering::Relaxed) > steps {
            decided.unjudged += turn.len();
            decided.open.extend(turn);
            continue;
        }
        let are_apart: Vec<bool> = turn
            .par_iter()
            .map(|set| test.are_distinct(&set[0].sample, stories(set)))
            .collect::<Option<_>>()?;
        for (set, is_apart) in turn.iter().zip(are_apart) {
            match is_apart {
                true => decided.apart.push(set),
                false => decided.open.push(set),
            }
        }
    }
    Some(decided)
}

/// What pairs of pages are to each other, as far as was asked.
struct StoryTest<'l> {
    likenesses: &'l Likenesses<'l>,
    /// Two bits a pair: [`SAME`], [`OTHER`], or not asked for yet.
    known: Vec<AtomicU8>,
    steps: AtomicU64,
    cancelled: &'l AtomicBool,
}

const SAME: u8 = 1;
const OTHER: u8 = 2;
/// Pairs of a byte.
const IN_BYTE: usize = 4;

impl<'l> StoryTest<'l> {
    fn new(
        likenesses: &'l Likenesses<'l>,
        pages: usize,
        cancelled: &'l AtomicBool,
    ) -> StoryTest<'l> {
        StoryTest {
            likenesses,
            known: bytemuck::zeroed_vec(bytes_of_pairs(pages)),
            steps: AtomicU64::new(0),
            cancelled,
        }
    }

    /// Whether so many of the pages, given in ascending order, hold different stories; nothing if the caller
    /// asked to stop.
    fn are_distinct(&self, pages: &[u32], stories: usize) -> Option<bool> {
        let mut leaders: Vec<usize> = Vec::with_capacity(stories);
        for &page in pages {
            let page = page as usize;
            let mut leads = true;
            for &leader in &leaders {
                if self.is_same_story(leader, page)? {
                    leads = false;
                    break;
                }
            }
            if leads {
                leaders.push(page);
            }
            if leaders.len() == stories {
                return Some(true);
            }
        }
        Some(false)
    }

    /// Whether two pages, the earlier one first, hold one story.
    fn is_same_story(&self, earlier: usize, page: usize) -> Option<bool> {
        let pair = page * (page - 1) / 2 + earlier;
        let (byte, shift) = (&self.known[pair / IN_BYTE], 2 * (pair % IN_BYTE));
        match byte.load(Ordering::Relaxed) >> shift & (SAME | OTHER) {
            SAME => return Some(true),
            OTHER => return Some(false),
            _ => {}
        }
        if self.cancelled.load(Ordering::Relaxed) {
            return None;
        }
        let is_same = self.likenesses.is_same_story(page, earlier);
        let answer = if is_same { SAME } else { OTHER } << shift;
        // Of threads that come to the same answer at once, one counts.
        if byte.fetch_or(answer, Ordering::Relaxed) & answer == 0 {
            let steps = self.likenesses.steps(page, earlier);
            self.steps.fetch_add(steps, Ordering::Relaxed);
        }
        Some(is_same)
    }
}

/// Bytes of two bits for each pair of so many pages: 33 MB of 16,384.
pub(super) fn bytes_of_pairs(pages: usize) -> usize {
    (pages * pages.saturating_sub(1) / 2).div_ceil(IN_BYTE)
}

#[cfg(test)]
mod tests {
    use super::super::pages::Pages;
    use super::super::rough::RoughCounts;
    use super::super::tests::{own, pages_of};
    use super::*;

    /// Sixty pages of words of their own behind a block that each four in a row share.
    fn pages() -> Pages {
        let page = |n: u64| [own(n / 4, 30), own(1_000 + n, 300)].concat();
        pages_of(&(0..60).map(page).collect::<Vec<_>>())
    }

    /// Fifteen sets of four pages, and the more grams the later.
    fn sets() -> Vec<Frequent> {
        let set = |first: u32, gram: u64| Frequent {
            gram,
            publisher: None,
            pages: 4,
            listings: 0,
            sample: (4 * first..4 * first + 4).collect(),
        };
        (0..15u32)
            .flat_map(|first| {
                (0..=u64::from(first)).map(move |n| set(first, 100 * n + u64::from(first)))
            })
            .collect()
    }

    fn decided(sets: &[Frequent], steps: u64) -> (Vec<Vec<u32>>, usize, usize, u64) {
        let pages = pages();
        let masked = vec![false; pages.total_words()];
        let likenesses = Likenesses::of(
            &pages,
            &masked,
            &RoughCounts::of(&pages, &AtomicBool::new(false)),
        );
        let go_on = AtomicBool::new(false);
        let test = StoryTest::new(&likenesses, pages.len(), &go_on);
        let by_pages = by_pages(sets);
        let decided = decide_within(page_sets(&by_pages), &test, |_| 4, steps).unwrap();
        let apart = decided
            .apart
            .iter()
            .map(|set| set[0].sample.clone())
            .collect();
        (
            apart,
            decided.open.len(),
            decided.unjudged,
            test.steps.into_inner(),
        )
    }

    #[test]
    fn sets_of_most_grams_come_first() {
        let frequent = sets();
        let by_pages = by_pages(&frequent);
        let grams: Vec<usize> = page_sets(&by_pages).iter().map(|set| set.len()).collect();
        assert_eq!(grams, (1..=15).rev().collect::<Vec<_>>());
    }

    #[test]
    fn a_pair_is_compared_once_however_many_sets_ask() {
        let frequent = sets();
        let (apart, open, unjudged, once) = decided(&frequent, u64::MAX);
        assert_eq!((apart.len(), open, unjudged), (15, 0, 0));
        // The same pages in sets of three of the four ask for nothing new.
        let mut more = frequent.clone();
        more.extend(frequent.iter().map(|one| Frequent {
            sample: one.sample[1..].to_vec(),
            ..one.clone()
        }));
        let (apart, open, _, again) = decided(&more, u64::MAX);
        assert_eq!((apart.len(), open, again), (15, 15, once));
    }

    #[test]
    fn sets_over_the_bound_are_left_open_and_counted() {
        // The bound is looked at between turns.
        let frequent: Vec<Frequent> = sets_of_many();
        let all = page_sets(&by_pages(&frequent)).len();
        assert!(all > 2 * TURN, "{all}");
        let (_, open, unjudged, steps) = decided(&frequent, 1);
        assert!(steps > 1);
        assert_eq!((open >= unjudged, unjudged), (true, all - TURN));
    }

    /// More sets than two turns take: all triples of some pages.
    fn sets_of_many() -> Vec<Frequent> {
        let mut found = Vec::new();
        for a in 0..30u32 {
            for b in a + 1..30 {
                for c in b + 1..30 {
                    found.push(Frequent {
                        gram: found.len() as u64,
                        publisher: None,
                        pages: 3,
                        listings: 0,
                        sample: vec![a, b, c],
                    });
                }
            }
        }
        found
    }

    #[test]
    fn who_is_asked_to_stop_stops() {
        let pages = pages();
        let masked = vec![false; pages.total_words()];
        let likenesses = Likenesses::of(
            &pages,
            &masked,
            &RoughCounts::of(&pages, &AtomicBool::new(false)),
        );
        let stop = AtomicBool::new(true);
        let frequent = sets();
        let size = (pages.len(), pages.total_words());
        let by_pages = by_pages(&frequent);
        assert!(decide(page_sets(&by_pages), &likenesses, size, |_| 4, &stop).is_none());
    }
}
