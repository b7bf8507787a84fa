//! `RoughCounts`: on how many pages does each gram stand, about?
//!
//! A table of small counters, a cell for the grams of equal hash bits: a gram that is on few pages may seem to be
//! on many, none that is on many goes missing.
//!
//! Cells are first gathered by parts of the table that fit a near cache, then counted part by part. So nothing is
//! shared, and nothing depends on how many threads there are.

use std::array;
use std::hint::black_box;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::grams::{GRAM, grams};
use super::pages::Pages;

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
    /// Counts the pages of every gram; of some pages only if cancelled.
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
