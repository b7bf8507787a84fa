//! `LearnedBoilerplate`: what was learned, and the mask it makes.
//!
//! A set of grams that are boilerplate wherever they are, and of grams that are so on the pages of
//! one publisher. It masks the runs of at least [`RUN`] words that they cover: stock phrases of a
//! few words stay in the stories that use them.

use super::gram_set::GramSet;
use super::grams::{BLOCK, GRAM, PageWord, covered_runs, grams};
use crate::hash;

/// Least words of a run that is masked. 7 to 16 came to the same on newsrooms; below, stock
/// phrases of the trade are masked out of stories.
pub const RUN: usize = 10;

/// Grams that belong to pages and not to stories.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct LearnedBoilerplate {
    everywhere: GramSet,
    /// Keys of grams and publishers.
    of_outlet: GramSet,
}

impl LearnedBoilerplate {
    /// Of grams that are boilerplate everywhere, and of keys of those that are so of one outlet; also as
    /// it was stored.
    pub fn from_parts(everywhere: Vec<u64>, of_outlet: Vec<u64>) -> LearnedBoilerplate {
        LearnedBoilerplate {
            everywhere: GramSet::new(everywhere),
            of_outlet: GramSet::new(of_outlet),
        }
    }

    /// Whether nothing was learned.
    pub fn is_empty(&self) -> bool {
        self.everywhere.is_empty() && self.of_outlet.is_empty()
    }

    /// Grams that are boilerplate everywhere, and grams that are so of one outlet.
    pub fn len(&self) -> (usize, usize) {
        (self.everywhere.grams().len(), self.of_outlet.grams().len())
    }

    /// The two sets as sorted lists, to be stored.
    pub fn to_parts(&self) -> (Vec<u64>, Vec<u64>) {
        (
            self.everywhere.grams().to_vec(),
            self.of_outlet.grams().to_vec(),
        )
    }

    /// Hands the runs of a page's words that are boilerplate to `run`, in order. Says how many words of
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
        let known = self.known(words, publisher);
        let [any, own] = [0, 1].map(|which| known.iter().map(move |bits: &[u64; 2]| bits[which]));
        let length = |bits| {
            let mut length = 0;
            covered_runs(bits, RUN, |run| length += run.len());
            length
        };
        let has_others = known.iter().any(|[any, own]| any & !own != 0);
        let of_others = match (has_others, publisher) {
            (false, _) => 0,
            (true, None) => length(any.clone()),
            (true, Some(_)) => {
                let masked = length(any.clone());
                let of_others = masked - length(own.clone());
                if of_others > words.len() - masked {
                    covered_runs(own, RUN, run);
                    return 0;
                }
                of_others
            }
        };
        covered_runs(any, RUN, &mut run);
        of_others
    }

    /// Of every gram two bits, a [`BLOCK`] of grams together: whether it is boilerplate, and whether it is so of
    /// its publisher's pages.
    fn known(&self, words: &[PageWord], publisher: Option<u64>) -> Vec<[u64; 2]> {
        let all = words.len().saturating_sub(GRAM - 1);
        let (mut block, mut keys) = ([0; BLOCK], [0; BLOCK]);
        let blocks = (0..all).step_by(BLOCK).map(|start| {
            let words = &words[start..words.len().min(start + BLOCK + GRAM - 1)];
            let count = words.len() + 1 - GRAM;
            // First a bit of each: few are worth a second look, and a load that waits for memory lets others
            // begin.
            let (mut other, mut own) = (0, 0);
            for (at, gram) in grams(words).enumerate() {
                block[at] = gram;
                other = self.everywhere.first_bit(gram, other);
            }
            if let Some(name) = publisher {
                for (key_of, &gram) in keys.iter_mut().zip(&block[..count]) {
                    *key_of = key(gram, name);
                    own = self.of_outlet.first_bit(*key_of, own);
                }
            }
            let unused = BLOCK - count;
            let other = self.everywhere.chosen(&block, other >> unused);
            let own = self.of_outlet.chosen(&keys, own >> unused);
            [other | own, own]
        });
        blocks.collect()
    }
}

/// The key of a gram that is boilerplate of a publisher.
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

    fn runs(
        boilerplate: &LearnedBoilerplate,
        text: &[u64],
        publisher: Option<u64>,
    ) -> Vec<[usize; 2]> {
        let mut found = Vec::new();
        boilerplate.runs(&words(text), publisher, |run| {
            found.push([run.start, run.end]);
        });
        found
    }

    #[test]
    fn runs_of_ten_words_are_masked_and_of_nine_are_not() {
        let block = own(1, 40);
        let boilerplate = LearnedBoilerplate::from_parts(grams_of(&block), Vec::new());
        let page = [&own(2, 5), &block[..9], &own(3, 5), &block[30..]].concat();
        assert_eq!(runs(&boilerplate, &page, None), [[19, 29]]);
        assert!(runs(&boilerplate, &block[..3], None).is_empty());
        assert!(runs(&boilerplate, &[], None).is_empty());
        assert_eq!(runs(&boilerplate, &block, None), [[0, 40]]);
    }

    #[test]
    fn boilerplate_of_one_outlet_is_none_elsewhere() {
        let (everywhere, of_outlet) = (own(1, 20), own(2, 20));
        let at_seven = grams_of(&of_outlet).into_iter().map(|gram| key(gram, 7));
        let boilerplate = LearnedBoilerplate::from_parts(grams_of(&everywhere), at_seven.collect());
        let page = [&everywhere[..], &own(3, 10), &of_outlet].concat();
        assert_eq!(runs(&boilerplate, &page, Some(8)), [[0, 20]]);
        assert_eq!(runs(&boilerplate, &page, None), [[0, 20]]);
        // Words of both make one run.
        let joined = [&everywhere[..6], &of_outlet[..6]].concat();
        let page = [&joined[..], &own(4, 12)].concat();
        assert_eq!(runs(&boilerplate, &page, Some(7)), [[0, 12]]);
        assert!(runs(&boilerplate, &joined, None).is_empty());
    }

    /// What is left of a page's story is as long as what other pages take of it, or the page keeps both.
    #[test]
    fn a_page_is_not_masked_by_other_publishers_where_that_is_most_of_it() {
        let (everywhere, of_outlet) = (own(1, 20), own(2, 30));
        let at_seven = grams_of(&of_outlet).into_iter().map(|gram| key(gram, 7));
        let boilerplate = LearnedBoilerplate::from_parts(grams_of(&everywhere), at_seven.collect());
        let page = |words| [&everywhere[..], &own(3, words), &of_outlet].concat();
        assert_eq!(runs(&boilerplate, &page(20), Some(7)), [[0, 20], [40, 70]]);
        assert_eq!(runs(&boilerplate, &page(19), Some(7)), [[39, 69]]);
        assert_eq!(runs(&boilerplate, &page(19), None), [[0, 20]]);
        let of_others = |words, publisher| {
            let page = super::tests::words(&page(words));
            boilerplate.runs(&page, publisher, |_| {})
        };
        assert_eq!([of_others(20, Some(7)), of_others(19, Some(7))], [20, 0]);
        assert_eq!(of_others(19, None), 20);
    }

    #[test]
    fn stored_parts_give_the_same_boilerplate() {
        let boilerplate = LearnedBoilerplate::from_parts(grams_of(&own(1, 30)), vec![9, 3, 5, 3]);
        let (everywhere, of_outlet) = boilerplate.to_parts();
        assert!(everywhere.is_sorted());
        assert_eq!(of_outlet, [3, 5, 9]);
        assert_eq!(boilerplate.len(), (27, 3));
        assert_eq!(
            LearnedBoilerplate::from_parts(everywhere, of_outlet),
            boilerplate
        );
    }

    #[test]
    fn only_boilerplate_with_nothing_in_it_is_empty() {
        assert!(LearnedBoilerplate::default().is_empty());
        assert!(!LearnedBoilerplate::from_parts(vec![1], Vec::new()).is_empty());
        assert!(!LearnedBoilerplate::from_parts(Vec::new(), vec![1]).is_empty());
    }
}
