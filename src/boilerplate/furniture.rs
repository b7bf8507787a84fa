//! `Furniture`: what was learned, and the mask it makes.
//!
//! A set of grams that are furniture wherever they stand, and of grams that are so on the pages of
//! one publisher. It masks the runs of at least [`RUN`] words that they cover: stock phrases of a
//! few words stay in the stories that use them.

use super::gram_set::GramSet;
use super::grams::{PageWord, covered_runs, grams};
use crate::hash;

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

    /// Hands the runs of a page's words that are furniture to `run`, in order. Says how many words of
    /// them are so on the word of other pages than its publisher's.
    ///
    /// Time: one look-up a word, two where the publisher is known.
    #[inline]
    pub fn runs(
        &self,
        words: &[PageWord],
        publisher: Option<u64>,
        mut run: impl FnMut(std::ops::Range<usize>),
    ) -> usize {
        let everywhere = |gram: u64| self.everywhere.contains(gram);
        let Some(name) = publisher else {
            let mut masked = 0;
            covered_runs(grams(words).map(everywhere), RUN, |found| {
                masked += found.len();
                run(found);
            });
            return masked;
        };
        let (mut found, mut masked, mut of_others) = (Vec::new(), 0, 0);
        // No branch between the two: a load that waits for memory lets others begin.
        let is_furniture = |gram: u64| {
            let (other, own) = (everywhere(gram), self.at_home.contains(key(gram, name)));
            of_others += usize::from(other & !own);
            other | own
        };
        covered_runs(grams(words).map(is_furniture), RUN, |run| {
            masked += run.len();
            found.push(run);
        });
        if of_others == 0 {
            found.into_iter().for_each(run);
            return 0;
        }
        let (mut own, mut own_masked) = (Vec::new(), 0);
        let at_home = |gram: u64| self.at_home.contains(key(gram, name));
        covered_runs(grams(words).map(at_home), RUN, |run| {
            own_masked += run.len();
            own.push(run);
        });
        let of_others = masked - own_masked;
        if of_others > words.len() - masked {
            own.into_iter().for_each(run);
            return 0;
        }
        found.into_iter().for_each(run);
        of_others
    }
}

/// The key of a gram that is furniture of a publisher.
pub(super) fn key(gram: u64, publisher: u64) -> u64 {
    hash::pair(gram, publisher)
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
        let furniture = Furniture::from_parts(grams_of(&block), Vec::new());
        let page = [&own(2, 5), &block[..9], &own(3, 5), &block[30..]].concat();
        assert_eq!(runs(&furniture, &page, None), [[19, 29]]);
        assert!(runs(&furniture, &block[..3], None).is_empty());
        assert!(runs(&furniture, &[], None).is_empty());
        assert_eq!(runs(&furniture, &block, None), [[0, 40]]);
    }

    #[test]
    fn what_is_furniture_at_home_is_none_elsewhere() {
        let (everywhere, at_home) = (own(1, 20), own(2, 20));
        let at_seven = grams_of(&at_home).into_iter().map(|gram| key(gram, 7));
        let furniture = Furniture::from_parts(grams_of(&everywhere), at_seven.collect());
        let page = [&everywhere[..], &own(3, 10), &at_home].concat();
        assert_eq!(runs(&furniture, &page, Some(8)), [[0, 20]]);
        assert_eq!(runs(&furniture, &page, None), [[0, 20]]);
        // Words of both make one run.
        let joined = [&everywhere[..6], &at_home[..6]].concat();
        let page = [&joined[..], &own(4, 12)].concat();
        assert_eq!(runs(&furniture, &page, Some(7)), [[0, 12]]);
        assert!(runs(&furniture, &joined, None).is_empty());
    }

    /// What is left of a page's story is as long as what other pages take of it, or the page keeps both.
    #[test]
    fn a_page_is_not_masked_by_other_publishers_where_that_is_most_of_it() {
        let (everywhere, at_home) = (own(1, 20), own(2, 30));
        let at_seven = grams_of(&at_home).into_iter().map(|gram| key(gram, 7));
        let furniture = Furniture::from_parts(grams_of(&everywhere), at_seven.collect());
        let page = |words| [&everywhere[..], &own(3, words), &at_home].concat();
        assert_eq!(runs(&furniture, &page(20), Some(7)), [[0, 20], [40, 70]]);
        assert_eq!(runs(&furniture, &page(19), Some(7)), [[39, 69]]);
        assert_eq!(runs(&furniture, &page(19), None), [[0, 20]]);
        let of_others = |words, publisher| {
            let page = super::tests::words(&page(words));
            furniture.runs(&page, publisher, |_| {})
        };
        assert_eq!([of_others(20, Some(7)), of_others(19, Some(7))], [20, 0]);
        assert_eq!(of_others(19, None), 20);
    }

    #[test]
    fn stored_parts_give_the_same_furniture() {
        let furniture = Furniture::from_parts(grams_of(&own(1, 30)), vec![9, 3, 5, 3]);
        let (everywhere, at_home) = furniture.to_parts();
        assert!(everywhere.is_sorted());
        assert_eq!(at_home, [3, 5, 9]);
        assert_eq!(furniture.len(), (27, 3));
        assert_eq!(Furniture::from_parts(everywhere, at_home), furniture);
    }

    #[test]
    fn only_furniture_with_nothing_in_it_is_empty() {
        assert!(Furniture::default().is_empty());
        assert!(!Furniture::from_parts(vec![1], Vec::new()).is_empty());
        assert!(!Furniture::from_parts(Vec::new(), vec![1]).is_empty());
    }
}
