//! `Furniture`: what was learned, and the mask it makes.
//!
//! A set of grams that are furniture wherever they stand, and of grams that are so on the pages of
//! one publisher. It masks the runs of at least [`RUN`] words that they cover: stock phrases of a
//! few words stay in the stories that use them.

use super::gram_set::GramSet;
use super::grams::{PageWord, covered_runs, grams};
use super::publishers;

/// Least words of a run that is masked. 7 to 16 came to the same on newsrooms; below, stock
/// phrases of the trade are masked out of stories.
pub const RUN: usize = 10;

/// Grams that belong to pages and not to stories.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Furniture {
    everywhere: GramSet,
    /// Keys of grams and publishers.
    at_home: GramSet,
}

impl Furniture {
    /// Furniture of grams that are so everywhere, and of keys of those that are so at home; also as
    /// it was stored.
    pub fn from_parts(everywhere: Vec<u64>, at_home: Vec<u64>) -> Furniture {
        Furniture {
            everywhere: GramSet::new(everywhere),
            at_home: GramSet::new(at_home),
        }
    }

    /// Whether nothing was learned.
    pub fn is_empty(&self) -> bool {
        self.everywhere.is_empty() && self.at_home.is_empty()
    }

    /// Grams that are furniture everywhere, and grams that are so at home.
    pub fn len(&self) -> (usize, usize) {
        (self.everywhere.grams().len(), self.at_home.grams().len())
    }

    /// The two sets as sorted lists, to be stored.
    pub fn to_parts(&self) -> (Vec<u64>, Vec<u64>) {
        (
            self.everywhere.grams().to_vec(),
            self.at_home.grams().to_vec(),
        )
    }

    /// Hands the runs of a page's words that are furniture to `run`, in order.
    ///
    /// Time: one look-up a word, two where the publisher is known.
    #[inline]
    pub fn runs(
        &self,
        words: &[PageWord],
        publisher: Option<u64>,
        run: impl FnMut(std::ops::Range<usize>),
    ) {
        match publisher.filter(|_| !self.at_home.is_empty()) {
            None => covered_runs(
                grams(words).map(|gram| self.everywhere.contains(gram)),
                RUN,
                run,
            ),
            // No branch between the two: a load that waits for memory lets others begin.
            Some(name) => {
                let is_furniture = |gram: u64| {
                    self.everywhere.contains(gram)
                        | self.at_home.contains(publishers::key(gram, name))
                };
                covered_runs(grams(words).map(is_furniture), RUN, run);
            }
        }
    }
}
