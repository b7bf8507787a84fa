//! Stock: passages that stand in many stories and distinguish none of them.
//!
//! A background paragraph, an "About the company" text, the skeleton of a daily report. Page
//! counts do not show them, since a story with fifty carriers is on fifty pages too; so stories
//! are counted. A shingle is *stock* if it stands in at least 4 stories and in at least .35
//! stories a page: the pages that carry it are mostly of different stories. Stories come from a
//! first, provisional clustering.
//!
//! Counts do not depend on the order of stories, nor on how they are dealt out to several
//! counters that are merged. Space: 16 bytes a counted shingle, 19 to 39 with the free places of
//! the table. The many that stand on one page need not be given to it: [`PageCounts`] knows which
//! may be stock.
//!
//! Measured in `docs/measured.md`.

use std::collections::HashMap;
use std::hint::black_box;

use foldhash::fast::FixedState;

/// Stories that a stock shingle stands in at least.
const LEAST_STORIES: u32 = 4;

/// Stories per 100 pages that hold a stock shingle, at least.
const STORIES_IN_100: u64 = 35;

/// On how many pages shingles stand, roughly: of shingles of one cell together. One that stands on
/// few pages may seem to stand on more, never on fewer.
#[derive(Clone, Debug)]
pub struct PageCounts(Vec<u8>);

impl PageCounts {
    /// Pages from which on a shingle may be stock: one a story.
    pub const LEAST: u8 = 4;

    /// Cells, a byte each: a sample of 16,384 pages of 300 shingles fills every second one.
    const CELLS: usize = 1 << 23;

    /// No pages yet.
    pub fn new() -> PageCounts {
        let mut cells = vec![0; PageCounts::CELLS];
        // Written before it is read: a page of memory that is first read is given out twice.
        black_box(&mut cells).fill(0);
        PageCounts(cells)
    }

    /// Counts a page by its shingles, each distinct one once.
    pub fn add(&mut self, distinct_shingles: &[u64]) {
        for &shingle in distinct_shingles {
            let count = &mut self.0[PageCounts::cell(shingle)];
            *count = count.saturating_add(1);
        }
    }

    /// Whether a shingle may stand on [`LEAST`](Self::LEAST) pages.
    pub fn may_be_stock(&self, shingle: u64) -> bool {
        self.0[PageCounts::cell(shingle)] >= PageCounts::LEAST
    }

    #[expect(clippy::cast_possible_truncation)] // any bits of the hash will do
    fn cell(shingle: u64) -> usize {
        shingle as usize & (PageCounts::CELLS - 1)
    }
}

impl Default for PageCounts {
    fn default() -> PageCounts {
        PageCounts::new()
    }
}

/// Counts pages and stories of shingles, one story after the other.
#[derive(Debug, Default)]
pub struct StockCounter {
    counts: HashMap<u64, Count, FixedState>,
    /// Shingles of the open story, as often as it has pages with them.
    story: Vec<u64>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Count {
    pages: u32,
    stories: u32,
}

/// The shingles that are stock.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Stock {
    /// Sorted, without repeats.
    shingles: Vec<u64>,
    /// A bit for each of them, so that most other shingles are ruled out at once: a power of two of
    /// words.
    marks: Vec<u64>,
    /// Where those begin whose upper bits are the same, one after the other; hashes are spread evenly, so
    /// these are one or two.
    starts: Vec<u32>,
}

/// Bits a shingle: one other shingle in so many is looked up for nothing.
const BITS_A_SHINGLE: usize = 16;

impl StockCounter {
    /// No stories yet.
    pub fn new() -> StockCounter {
        StockCounter::default()
    }

    /// Begins the next story. A document in no cluster is a story of one page.
    pub fn begin_story(&mut self) {
        self.story.sort_unstable();
        for same in self.story.chunk_by(|a, b| a == b) {
            let count = self.counts.entry(same[0]).or_default();
            count.pages = count.pages.saturating_add(capped(same.len()));
            count.stories += 1;
        }
        self.story.clear();
    }

    /// Counts a page of the story begun last, by its shingles, each distinct one once.
    pub fn page(&mut self, distinct_shingles: impl IntoIterator<Item = u64>) {
        self.story.extend(distinct_shingles);
    }

    /// Adds the stories of another counter; no story may be in both.
    pub fn merge(&mut self, mut other: StockCounter) {
        self.begin_story();
        other.begin_story();
        for (shingle, more) in other.counts {
            let count = self.counts.entry(shingle).or_default();
            count.pages = count.pages.saturating_add(more.pages);
            count.stories += more.stories;
        }
    }

    /// The shingles that are stock.
    pub fn finish(mut self) -> Stock {
        self.begin_story();
        let is_stock = |count: &Count| {
            count.stories >= LEAST_STORIES
                && u64::from(count.stories) * 100 >= u64::from(count.pages) * STORIES_IN_100
        };
        let stock = self.counts.into_iter().filter(|(_, count)| is_stock(count));
        Stock::new(stock.map(|(shingle, _)| shingle).collect())
    }
}

fn capped(pages: usize) -> u32 {
    u32::try_from(pages).unwrap_or(u32::MAX)
}

impl Default for Stock {
    fn default() -> Stock {
        Stock::new(Vec::new())
    }
}

impl Stock {
    /// Takes these shingles for stock, in any order.
    pub fn new(mut shingles: Vec<u64>) -> Stock {
        shingles.sort_unstable();
        shingles.dedup();
        let words = (shingles.len() * BITS_A_SHINGLE).div_ceil(64);
        let mut marks = vec![0; words.next_power_of_two()];
        for &shingle in &shingles {
            let (word, bit) = mark(shingle, marks.len());
            marks[word] |= bit;
        }
        let mut starts = vec![0; shingles.len().next_power_of_two() + 1];
        let parts = starts.len() - 1;
        for &shingle in &shingles {
            starts[part(shingle, parts) + 1] += 1;
        }
        for at in 0..parts {
            starts[at + 1] += starts[at];
        }
        Stock {
            shingles,
            marks,
            starts,
        }
    }

    /// Whether a shingle is stock. A bit is looked at, and if it is set, the few that begin alike: it
    /// is asked for every distinct shingle that is laid out, of which few are stock.
    #[inline]
    pub fn contains(&self, shingle: u64) -> bool {
        let (word, bit) = mark(shingle, self.marks.len());
        let is_marked = self.marks.get(word).is_some_and(|marks| marks & bit != 0);
        is_marked && self.alike(shingle).contains(&shingle)
    }

    /// Those with the same upper bits.
    fn alike(&self, shingle: u64) -> &[u64] {
        let part = part(shingle, self.starts.len() - 1);
        &self.shingles[self.starts[part] as usize..self.starts[part + 1] as usize]
    }

    /// All of them, sorted.
    pub fn shingles(&self) -> &[u64] {
        &self.shingles
    }
}

/// The part, of a power of two of them, that the upper bits of a shingle name.
#[expect(clippy::cast_possible_truncation)] // less than `parts`
fn part(shingle: u64, parts: usize) -> usize {
    ((u128::from(shingle) * parts as u128) >> 64) as usize
}

/// The word of a shingle's mark among a power of two of them, and its bit there.
fn mark(shingle: u64, words: usize) -> (usize, u64) {
    let word = (shingle >> 6) as usize & words.wrapping_sub(1);
    (word, 1 << (shingle & 63))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    type Story = Vec<HashSet<u64>>;

    fn count(stories: &[Story]) -> StockCounter {
        let mut counter = StockCounter::new();
        for story in stories {
            counter.begin_story();
            story
                .iter()
                .for_each(|page| counter.page(page.iter().copied()));
        }
        counter
    }

    /// Stock by its definition.
    fn plain(stories: &[Story]) -> Vec<u64> {
        (0..12)
            .filter(|shingle| {
                let pages = stories
                    .iter()
                    .flatten()
                    .filter(|page| page.contains(shingle))
                    .count();
                let holds = |story: &&Story| story.iter().any(|page| page.contains(shingle));
                let stories = stories.iter().filter(holds).count();
                stories >= 4 && stories as f64 / pages as f64 >= 0.35
            })
            .collect()
    }

    proptest! {
        #[test]
        fn stock_is_that_of_the_definition_in_any_order(
            mut stories in prop::collection::vec(
                prop::collection::vec(prop::collection::hash_set(0u64..12, 0..5), 1..8), 0..12),
            cut in 0usize..12,
        ) {
            let stock = count(&stories).finish();
            prop_assert_eq!(stock.shingles(), plain(&stories));
            for shingle in 0..12 {
                prop_assert_eq!(stock.contains(shingle), stock.shingles().contains(&shingle));
            }
            let cut = cut.min(stories.len());
            let mut merged = count(&stories[cut..]);
            merged.merge(count(&stories[..cut]));
            prop_assert_eq!(&merged.finish(), &stock);
            stories.reverse();
            prop_assert_eq!(count(&stories).finish(), stock);
        }
    }

    #[test]
    fn a_story_on_many_pages_is_not_stock() {
        let page: HashSet<u64> = [7].into();
        let four_stories = vec![vec![page.clone()]; 4];
        assert!(count(&four_stories).finish().contains(7));
        assert!(!count(&four_stories[..3]).finish().contains(7));
        // Four stories on 11 pages are .36 stories a page, on 12 they are .33.
        for (pages, stock) in [(8, true), (9, false)] {
            let mut stories = four_stories.clone();
            stories[2] = vec![page.clone(); pages];
            assert_eq!(count(&stories).finish().contains(7), stock, "{pages} pages");
        }
    }

    #[test]
    fn stock_reads_back_from_its_shingles_in_any_order() {
        let stock = Stock::new(vec![5, 1, 5, 3]);
        assert_eq!(stock.shingles(), [1, 3, 5]);
        assert_eq!(Stock::new(stock.shingles().to_vec()), stock);
        assert!(!Stock::default().contains(0));
    }
}
