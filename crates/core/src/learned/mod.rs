//! What the `wire` profile learned of a corpus, as a value, and as bytes.
//!
//! All of it is learned from one bounded sample of pages, and then frozen: the same value gives the same verdict on a
//! pair, in this run or another, on this machine or another.

mod error;
mod format;
mod word_counts;

pub use error::LearnedFault;
pub use format::{HEAD, check_head};

use crate::boilerplate::LearnedBoilerplate;
use crate::verify::{Stock, WordFrequencies};

/// Cells of the word counts, as a power of two: 8 MB, and a word in a thousand shares one.
pub const LOG2_WORD_CELLS: u32 = 20;

/// Which text is boilerplate, how common words are, and which passages are the stock of many stories.
///
/// A run gives it and writes it as `boilerplate.bin`; another may start from it and then learns nothing: the pages of one
/// day are masked by what a year has taught, and a pair gets the same verdict in both runs.
#[derive(Clone, Debug)]
pub struct Learned {
    /// What is masked.
    pub boilerplate: LearnedBoilerplate,
    /// How common words are.
    pub words: WordFrequencies,
    /// Shingles of stock paragraphs, once they are known.
    pub stock: Option<Stock>,
    /// The hash of the bytes it was read from.
    file: Option<u64>,
}

impl Learned {
    /// What is known before stock is.
    pub fn without_stock(boilerplate: LearnedBoilerplate, words: WordFrequencies) -> Learned {
        Learned {
            boilerplate,
            words,
            stock: None,
            file: None,
        }
    }

    /// Pages that were learned from.
    pub fn pages(&self) -> u64 {
        self.words.pages()
    }

    /// Grams, runs of four words, that are boilerplate: wherever they are, and on the pages of
    /// one publisher.
    pub fn grams(&self) -> (usize, usize) {
        self.boilerplate.len()
    }

    /// Shingles of passages that are in many stories.
    pub fn stock_shingles(&self) -> usize {
        self.stock().len()
    }

    /// The XXH3-64 hash of the bytes it was read from, if it was.
    pub fn file_hash(&self) -> Option<u64> {
        self.file
    }

    fn stock(&self) -> &[u64] {
        self.stock.as_ref().map_or(&[], Stock::shingles)
    }
}
