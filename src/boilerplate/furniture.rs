//! `Furniture`: what was learned, and the mask it makes.
//!
//! A set of grams that are furniture wherever they stand, and of grams that are so on the pages of
//! one publisher. It masks the runs of at least [`RUN`] words that they cover: stock phrases of a
//! few words stay in the stories that use them.

use std::collections::HashSet;

use super::grams::{PageWord, covered_runs, grams};
use super::publishers;

/// Least words of a run that is masked. 7 to 16 came to the same on newsrooms; below, stock
/// phrases of the trade are masked out of stories.
pub const RUN: usize = 10;

type Set = HashSet<u64, foldhash::fast::FixedState>;

/// Grams that belong to pages and not to stories.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Furniture {
    everywhere: Set,
    /// Keys of grams and publishers.
    at_home: Set,
}

impl Furniture {
    pub(super) fn new(
        everywhere: impl IntoIterator<Item = u64>,
        at_home: impl IntoIterator<Item = u64>,
    ) -> Furniture {
        Furniture {
            everywhere: everywhere.into_iter().collect(),
            at_home: at_home.into_iter().collect(),
        }
    }

    /// Whether nothing was learned.
    pub fn is_empty(&self) -> bool {
        self.everywhere.is_empty() && self.at_home.is_empty()
    }

    /// Grams that are furniture everywhere, and grams that are so at home.
    pub fn len(&self) -> (usize, usize) {
        (self.everywhere.len(), self.at_home.len())
    }

    /// The two sets as sorted lists, to be stored.
    pub fn to_parts(&self) -> (Vec<u64>, Vec<u64>) {
        let sorted = |set: &Set| {
            let mut grams: Vec<u64> = set.iter().copied().collect();
            grams.sort_unstable();
            grams
        };
        (sorted(&self.everywhere), sorted(&self.at_home))
    }

    /// Furniture as it was stored.
    pub fn from_parts(everywhere: Vec<u64>, at_home: Vec<u64>) -> Furniture {
        Furniture::new(everywhere, at_home)
    }

    pub(super) fn add_at_home(&mut self, keys: impl IntoIterator<Item = u64>) {
        self.at_home.extend(keys);
    }

    pub(super) fn add(&mut self, grams: impl IntoIterator<Item = u64>) {
        self.everywhere.extend(grams);
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
        let at_home = publisher.filter(|_| !self.at_home.is_empty());
        let is_furniture = |gram: u64| {
            self.everywhere.contains(&gram)
                || at_home.is_some_and(|name| self.at_home.contains(&publishers::key(gram, name)))
        };
        covered_runs(grams(words).map(is_furniture), RUN, run);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{own, word};
    use super::*;

    fn words(text: &[u64]) -> Vec<PageWord> {
        text.iter().map(|&number| word(number)).collect()
    }

    fn grams_of(text: &[u64]) -> Vec<u64> {
        grams(&words(text)).collect()
    }

    fn runs(furniture: &Furniture, text: &[u64], publisher: Option<u64>) -> Vec<[usize; 2]> {
        let mut found = Vec::new();
        furniture.runs(&words(text), publisher, |run| {
            found.push([run.start, run.end]);
        });
        found
    }

    #[test]
    fn runs_of_ten_words_are_masked_and_of_nine_are_not() {
        let block = own(1, 40);
        let furniture = Furniture::new(grams_of(&block), []);
        let page = [&own(2, 5), &block[..9], &own(3, 5), &block[30..]].concat();
        assert_eq!(runs(&furniture, &page, None), [[19, 29]]);
        assert!(runs(&furniture, &block[..3], None).is_empty());
        assert!(runs(&furniture, &[], None).is_empty());
        assert_eq!(runs(&furniture, &block, Some(1)), [[0, 40]]);
    }

    #[test]
    fn what_is_furniture_at_home_is_none_elsewhere() {
        let (everywhere, at_home) = (own(1, 20), own(2, 20));
        let keys = grams_of(&at_home)
            .into_iter()
            .map(|gram| publishers::key(gram, 7));
        let mut furniture = Furniture::default();
        furniture.add(grams_of(&everywhere));
        furniture.add_at_home(keys);
        let page = [&everywhere[..], &own(3, 10), &at_home].concat();
        assert_eq!(runs(&furniture, &page, Some(7)), [[0, 20], [30, 50]]);
        assert_eq!(runs(&furniture, &page, Some(8)), [[0, 20]]);
        assert_eq!(runs(&furniture, &page, None), [[0, 20]]);
        // Words of both make one run.
        let joined = [&everywhere[..6], &at_home[..6]].concat();
        assert_eq!(runs(&furniture, &joined, Some(7)), [[0, 12]]);
        assert!(runs(&furniture, &joined, None).is_empty());
    }

    #[test]
    fn stored_parts_give_the_same_furniture() {
        let furniture = Furniture::new(grams_of(&own(1, 30)), [9, 3, 5]);
        let (everywhere, at_home) = furniture.to_parts();
        assert!(everywhere.is_sorted());
        assert_eq!(at_home, [3, 5, 9]);
        assert_eq!(furniture.len(), (27, 3));
        assert_eq!(Furniture::from_parts(everywhere, at_home), furniture);
    }

    #[test]
    fn only_furniture_with_nothing_in_it_is_empty() {
        assert!(Furniture::default().is_empty());
        assert!(!Furniture::new([1], []).is_empty());
        assert!(!Furniture::new([], [1]).is_empty());
    }
}
