//! How rare a word is in a collection: weight by document frequency.
//!
//! `weight = max(0.2, ln((N + 1) / (df + 0.5)))`, with `df` of `N` pages holding the word. A
//! figure that two pages share says more than an article does.
//!
//! Frequencies are kept in a count-min sketch: two rows of cells, a word counted in one cell of
//! each, its frequency the lesser of the two. It never reads too low. With `D` distinct
//! word-and-page pairs over `m` cells a row, one row reads `D / m` too high on average, and both
//! read more than three times that too high for at most one word in nine (Markov, twice). At
//! `m = 2^20` and 87,000 pages of 300 distinct words one row reads 25 pages too many: nothing to
//! a common word, and the word of a single page weighs 8.1 where it should weigh 11.0.
//!
//! Sketches of parts of a collection add up to the sketch of the whole, whatever the order.
//!
//! Source: G. Cormode, S. Muthukrishnan, "An improved data stream summary: the count-min sketch
//! and its applications", 2005; the weight is the usual logarithm of rarity.

use std::borrow::Cow;
use std::hint::black_box;

/// In how many pages of a collection each word occurs.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct WordFrequencies {
    pages: u64,
    /// Two rows, one after the other, each a power of two long.
    cells: Vec<u32>,
}

/// Parts that are no table of word frequencies.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error(
    "a table of word frequencies has two rows of 2^n cells, n from 0 to 31; found {cells} cells in all"
)]
pub struct WordFrequenciesError {
    cells: usize,
}

/// The least weight of any word, that of one on 82 % of the pages: a word on all of them would
/// otherwise weigh nothing, or less.
const LEAST: f64 = 0.2;

impl WordFrequencies {
    /// No pages yet, in two rows of `2^log2_cells` cells of 4 bytes.
    ///
    /// # Panics
    ///
    /// If `log2_cells` is over 31.
    pub fn new(log2_cells: u32) -> WordFrequencies {
        assert!(log2_cells < u32::BITS, "rows of at most 2^31 cells");
        let mut cells = vec![0; 2 << log2_cells];
        // Written before it is read: a page of memory that is first read is given out twice.
        black_box(&mut cells).fill(0);
        WordFrequencies { pages: 0, cells }
    }

    /// The table that has these [`pages`](Self::pages) and [`cells`](Self::cells).
    ///
    /// # Errors
    ///
    /// If there are not twice a power of two cells.
    pub fn from_parts(
        pages: u64,
        cells: Vec<u32>,
    ) -> Result<WordFrequencies, WordFrequenciesError> {
        let row = cells.len() / 2;
        if cells.len().is_multiple_of(2) && row.is_power_of_two() && row <= 1 << 31 {
            Ok(WordFrequencies { pages, cells })
        } else {
            Err(WordFrequenciesError { cells: cells.len() })
        }
    }

    /// Pages observed.
    pub fn pages(&self) -> u64 {
        self.pages
    }

    /// The two rows, one after the other.
    pub fn cells(&self) -> &[u32] {
        &self.cells
    }

    /// Counts a page by its words, each distinct one once.
    pub fn observe(&mut self, distinct_words: impl IntoIterator<Item = u64>) {
        self.pages += 1;
        for word in distinct_words {
            for cell in places(word, self.cells.len()) {
                self.cells[cell] = self.cells[cell].saturating_add(1);
            }
        }
    }

    /// Adds the pages of another table.
    ///
    /// # Panics
    ///
    /// If it is of another size.
    pub fn merge(&mut self, other: &WordFrequencies) {
        assert_eq!(self.cells.len(), other.cells.len(), "tables of one size");
        self.pages += other.pages;
        for (cell, more) in self.cells.iter_mut().zip(&other.cells) {
            *cell = cell.saturating_add(*more);
        }
    }

    /// In how many pages the word occurs; never too low.
    pub fn frequency(&self, word: u64) -> u32 {
        let [first, second] = places(word, self.cells.len()).map(|cell| self.cells[cell]);
        first.min(second)
    }

    /// The weight of a word, 0.2 to `ln(2 (N + 1))`.
    pub fn weight(&self, word: u64) -> f32 {
        self.weight_at(self.frequency(word))
    }

    /// The same, to be asked for many words: no logarithm is taken twice, and cells are held in half of
    /// their size, so that twice as many are in a cache.
    ///
    /// Space: 2 bytes a cell, and 4 bytes a page, up to 256 KB.
    pub fn weights(&self) -> WordWeights<'_> {
        let halved = |&count: &u32| u16::try_from(count).unwrap_or(u16::MAX);
        WordWeights {
            words: self,
            halved: self.cells.iter().map(halved).collect(),
            tabled: Cow::Owned(self.weight_table()),
        }
    }

    /// The weights of words by their frequency, for [`weights_by`](Self::weights_by).
    pub fn weight_table(&self) -> Vec<f32> {
        let most = u32::try_from(self.pages).map_or(MOST_TABLED, |pages| pages.min(MOST_TABLED));
        (0..=most).map(|count| self.weight_at(count)).collect()
    }

    /// The same as [`weights`](Self::weights), with a table that was made before.
    pub fn weights_by<'a>(&'a self, table: &'a [f32]) -> WordWeights<'a> {
        WordWeights {
            words: self,
            halved: Vec::new(),
            tabled: Cow::Borrowed(table),
        }
    }

    fn weight_at(&self, frequency: u32) -> f32 {
        let rarity = (self.pages as f64 + 1.0) / (f64::from(frequency) + 0.5);
        #[expect(clippy::cast_possible_truncation)] // a small number, rounded
        let weight = libm::log(rarity).max(LEAST) as f32; // the same bits on every system
        weight
    }
}

/// Frequencies whose weights are kept ready: those of all words of the sample that is learned from.
const MOST_TABLED: u32 = 1 << 16;

/// The weights of words, ready to be looked up.
#[derive(Clone, Debug)]
pub struct WordWeights<'a> {
    words: &'a WordFrequencies,
    /// The cells, those that are too great as `u16::MAX`; or none.
    halved: Vec<u16>,
    /// By frequency.
    tabled: Cow<'a, [f32]>,
}

impl WordWeights<'_> {
    /// The weight of a word, the same as [`WordFrequencies::weight`].
    #[inline(always)]
    pub fn weight(&self, word: u64) -> f32 {
        let halved = self.halved(word);
        match self.tabled.get(usize::from(halved)) {
            Some(&weight) if halved < u16::MAX => weight,
            _ => self.other_weight(word),
        }
    }

    /// The frequency of a word, if it is held in half of its size.
    #[inline(always)]
    fn halved(&self, word: u64) -> u16 {
        if self.halved.is_empty() {
            return u16::MAX;
        }
        let [first, second] = places(word, self.halved.len());
        self.halved[first].min(self.halved[second])
    }

    #[cold]
    fn other_weight(&self, word: u64) -> f32 {
        let frequency = self.words.frequency(word);
        match self.tabled.get(frequency as usize) {
            Some(&weight) => weight,
            None => self.words.weight_at(frequency),
        }
    }
}

/// A word's cell in each row, both by the lower half of its hash, which distinguishes words: the lowest bits,
/// and the highest of a product that all bits go into.
#[inline(always)]
fn places(word: u64, cells: usize) -> [usize; 2] {
    let row = cells / 2;
    #[expect(clippy::cast_possible_truncation)] // the lower half
    let word = word as u32;
    let mixed = word.wrapping_mul(0x9e37_79b1) >> 8; // the golden ratio's odd number; 2^24 cells at most
    let (low, high) = (word as usize & (row - 1), mixed as usize & (row - 1));
    [low, row + high]
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use proptest::prelude::*;

    use super::*;

    /// Spreads small numbers as word hashes are spread.
    fn hash(word: u64) -> u64 {
        let mixed = (word + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9)
    }

    fn counted(pages: &[HashSet<u64>]) -> WordFrequencies {
        let mut table = WordFrequencies::new(12);
        for page in pages {
            table.observe(page.iter().map(|&word| hash(word)));
        }
        table
    }

    proptest! {
        #[test]
        fn frequencies_are_never_too_low_and_seldom_too_high(
            pages in prop::collection::vec(prop::collection::hash_set(0u64..500, 0..40), 0..20)
        ) {
            let table = counted(&pages);
            let mut plain: HashMap<u64, u32> = HashMap::new();
            pages.iter().flatten().for_each(|&word| *plain.entry(word).or_default() += 1);
            let wrong = (0..500).filter(|word| {
                let exact = plain.get(word).copied().unwrap_or(0);
                let read = table.frequency(hash(*word));
                assert!(read >= exact);
                read > exact
            });
            prop_assert!(wrong.count() <= 50);
            let weights = table.weights();
            for word in 0..600 {
                prop_assert_eq!(weights.weight(hash(word)), table.weight(hash(word)));
            }
        }

        #[test]
        fn parts_add_up_to_the_whole(
            pages in prop::collection::vec(prop::collection::hash_set(0u64..500, 0..40), 0..20),
            cut in 0usize..20,
        ) {
            let (left, right) = pages.split_at(cut.min(pages.len()));
            let mut merged = counted(right);
            merged.merge(&counted(left));
            prop_assert_eq!(&merged, &counted(&pages));
            let read = WordFrequencies::from_parts(merged.pages(), merged.cells().to_vec());
            prop_assert_eq!(read.as_ref(), Ok(&merged));
        }
    }

    #[test]
    fn weights_are_those_of_the_formula() {
        let mut table = WordFrequencies::new(10);
        for page in 0..99 {
            table.observe([1].into_iter().chain((page < 2).then_some(2 << 32 | 2)));
        }
        assert_eq!(table.weight(1), 0.2);
        assert_eq!(table.weight(2 << 32 | 2), (100.0f32 / 2.5).ln());
        assert_eq!(table.weight(7 << 32 | 7), 200.0f32.ln());
    }

    #[test]
    fn parts_of_another_shape_are_refused() {
        for wrong in [0, 1, 3, 6, 12] {
            let refused = WordFrequencies::from_parts(1, vec![0; wrong]).unwrap_err();
            assert!(refused.to_string().contains(&format!("{wrong} cells")));
        }
        assert!(WordFrequencies::from_parts(1, vec![0; 2]).is_ok());
    }
}
