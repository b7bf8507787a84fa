//! Which grams stand on many pages, and on which?
//!
//! First a table of small counters, a cell for the grams of equal hash bits, tells roughly which
//! grams stand on enough pages: one that is not frequent may seem so, none that is goes missing.
//! Seemingly frequent grams count only where they cover a long run of a page, and only those are
//! then listed exactly, each with the first pages it stands on. Pages are in the order of their
//! rank, so the first ones are a sample by content hash (bottom-k).
//!
//! Cells are first gathered by parts of the table that fit a near cache, then counted part by part. Of the
//! listed grams each thread owns a part, and reads all pages. So nothing is shared, and nothing depends on
//! how many threads there are.

use std::array;
use std::collections::HashMap;
use std::hint::black_box;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::grams::{GRAM, covered_runs, grams};
use super::pages::Pages;

/// Pages of a sample that a gram's stories are counted on: with 8 a newsroom without line ends
/// came out at ARI .68, with 16 and 32 at .88.
pub(super) const SAMPLED: usize = 16;

/// Most cells of the rough count: 16 MB of them.
const MOST_CELLS: usize = 1 << 24;

/// Parts of the table that are counted one after the other: 1 MB each.
const PARTS: usize = 16;

/// Pages whose cells are gathered at a time: some 2 million, 4 bytes each.
const GATHERED: usize = 4_096;

/// Pages that a thread gathers at a time.
const BLOCK: usize = 128;

/// On how many pages the gram that begins at each word may stand, up to 255: by the word's place among
/// those of all pages, so that whoever asks goes through them in order and never waits for a table.
#[derive(Debug)]
pub(super) struct RoughCounts(Vec<u8>);

impl RoughCounts {
    /// Counts the pages of every gram; of some pages only if somebody asks to stop.
    pub(super) fn of(pages: &Pages, cancelled: &AtomicBool) -> RoughCounts {
        let stops = || cancelled.load(Ordering::Relaxed);
        let cells = (2 * pages.total_words())
            .next_power_of_two()
            .clamp(1 << 10, MOST_CELLS);
        let mut counts = vec![0u8; cells];
        // Written before it is read: a page of memory that is first read is given out twice.
        black_box(&mut counts).fill(0);
        let part = cells / PARTS; // a power of two, too
        let bits = part.trailing_zeros();
        let all: Vec<usize> = (0..pages.len()).collect();
        for some in all.chunks(GATHERED).take_while(|_| !stops()) {
            let gathered: Vec<[Vec<u32>; PARTS]> = some
                .par_chunks(BLOCK)
                .map_init(Met::default, |met, block| {
                    let words: usize = block.iter().map(|&page| pages.range(page).len()).sum();
                    // Hashes spread evenly: an eighth more than the mean is enough for almost every part.
                    let room = words / PARTS + words / PARTS / 8;
                    let mut gathered: [Vec<u32>; PARTS] =
                        array::from_fn(|_| Vec::with_capacity(room));
                    let each = block.iter().map(|&page| pages.words(page));
                    for words in each.take_while(|_| !stops()) {
                        met.begin_page(words.len());
                        for gram in grams(words) {
                            let cell = cell(gram, cells);
                            if met.is_new(cell) {
                                #[expect(clippy::cast_possible_truncation)] // less than a part
                                gathered[cell >> bits].push((cell & (part - 1)) as u32);
                            }
                        }
                    }
                    gathered
                })
                .collect();
            let parts = counts.par_chunks_mut(part).enumerate();
            parts.for_each(|(number, own)| {
                for &cell in gathered.iter().flat_map(|gathered| &gathered[number]) {
                    let count = &mut own[cell as usize];
                    *count = count.saturating_add(1);
                }
            });
        }
        let of_block = |block: &[usize]| {
            let mut own = Vec::new();
            for words in block.iter().map(|&page| pages.words(page)) {
                let end = own.len() + words.len();
                own.extend(grams(words).map(|gram| counts[cell(gram, cells)]));
                own.resize(end, 0); // no gram begins at the last words
            }
            own
        };
        let by_place: Vec<Vec<u8>> = all.par_chunks(BLOCK).map(of_block).collect();
        RoughCounts(by_place.concat())
    }

    /// The counts of a page's grams, in order.
    pub(super) fn of_page(&self, pages: &Pages, page: usize) -> &[u8] {
        let words = pages.range(page);
        let grams = words.len().saturating_sub(GRAM - 1);
        &self.0[words][..grams]
    }
}

/// The cells that the grams of one page have met. Open addressing, at most half full.
#[derive(Debug, Default)]
struct Met {
    /// Cells, plus one.
    slots: Vec<u32>,
}

impl Met {
    fn begin_page(&mut self, words: usize) {
        self.slots.clear();
        self.slots.resize((2 * words).next_power_of_two(), 0);
    }

    #[inline]
    #[expect(clippy::cast_possible_truncation)] // there are at most 2^24 cells
    fn is_new(&mut self, cell: usize) -> bool {
        let (entry, mask) = (cell as u32 + 1, self.slots.len() - 1);
        let mut slot = cell & mask;
        while self.slots[slot] != 0 {
            if self.slots[slot] == entry {
                return false;
            }
            slot = (slot + 1) & mask;
        }
        self.slots[slot] = entry;
        true
    }
}

#[inline]
#[expect(clippy::cast_possible_truncation)] // any bits of the hash will do
fn cell(gram: u64, cells: usize) -> usize {
    gram as usize & (cells - 1)
}

/// A gram on enough pages, covering a long run on some.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Frequent {
    pub(super) gram: u64,
    /// How many pages it stands on.
    pub(super) pages: u32,
    /// The first of them, ascending.
    pub(super) sample: Vec<u32>,
}

/// The grams on at least `fewest` pages that lie in a run of at least `run` words covered by
/// such grams, somewhere. Sorted by gram; of some pages only if somebody asks to stop.
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
            let mut runs = Vec::new();
            covered_runs(counts.map(|&count| count >= fewest_rough), run, |run| {
                runs.push(run);
            });
            runs
        })
        .collect();
    let parts = rayon::current_num_threads().next_power_of_two().min(1 << 8);
    let mut all: Vec<Frequent> = (0..parts)
        .into_par_iter()
        .flat_map_iter(|part| {
            let mut found: HashMap<u64, Listed, foldhash::fast::FixedState> = HashMap::default();
            for (page, runs) in runs.iter().enumerate().take_while(|_| !stops()) {
                let words = pages.words(page);
                #[expect(clippy::cast_possible_truncation)] // a sample is small
                let number = page as u32;
                for run in runs {
                    for gram in grams(&words[run.clone()]) {
                        if (gram >> 56) as usize % parts == part {
                            found.entry(gram).or_default().add(number);
                        }
                    }
                }
            }
            found
                .into_iter()
                .filter(move |(_, listed)| listed.count >= fewest)
                .map(|(gram, listed)| Frequent {
                    gram,
                    pages: listed.count,
                    sample: listed.pages[..SAMPLED.min(listed.count as usize)].to_vec(),
                })
        })
        .collect();
    all.par_sort_unstable_by_key(|frequent| frequent.gram);
    all
}

/// The pages of a gram: how many, the last one, and the first ones.
#[derive(Default)]
struct Listed {
    count: u32,
    /// The page added last, plus one.
    last: u32,
    pages: [u32; SAMPLED],
}

impl Listed {
    fn add(&mut self, page: u32) {
        if self.last == page + 1 {
            return;
        }
        self.last = page + 1;
        if let Some(place) = self.pages.get_mut(self.count as usize) {
            *place = page;
        }
        self.count += 1;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::super::tests::pages_of;
    use super::*;

    proptest! {
        #[test]
        fn frequent_grams_are_those_of_a_plain_count(
            texts in prop::collection::vec(prop::collection::vec(0u64..6, 0..40), 0..30),
            fewest in 1u32..5,
        ) {
            let pages = pages_of(&texts);
            let mut plain: BTreeMap<u64, BTreeSet<u32>> = BTreeMap::new();
            for page in 0..pages.len() {
                for gram in grams(pages.words(page)) {
                    plain.entry(gram).or_default().insert(u32::try_from(page).unwrap());
                }
            }
            plain.retain(|_, on| on.len() >= fewest as usize);
            let expected: Vec<Frequent> = plain
                .into_iter()
                .map(|(gram, on)| Frequent {
                    gram,
                    pages: u32::try_from(on.len()).unwrap(),
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
