//! Words and 4-grams of pages, as numbers.
//!
//! Four words in a row are the least that is boilerplate's or a story's own: three are too often
//! a phrase of the language, five miss what a menu's changing entry leaves between two others.

use crate::hash;

/// Words in a gram.
pub(super) const GRAM: usize = 4;

/// A word of a page in 32 bits: 31 of its hash, and whether it says something of its own.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct PageWord(u32);

impl PageWord {
    /// The word of this hash; `is_telling` of words of three letters or more that are no numbers.
    #[inline]
    pub fn new(hash: u64, is_telling: bool) -> PageWord {
        #[expect(clippy::cast_possible_truncation)] // the lower half tells words apart
        let lower = hash as u32;
        PageWord(lower & !1 | u32::from(is_telling))
    }

    /// The word as a number, to be stored.
    pub fn to_bits(self) -> u32 {
        self.0
    }

    /// The word that was stored as this number.
    pub fn from_bits(bits: u32) -> PageWord {
        PageWord(bits)
    }

    /// Whether the word says something of its own.
    pub(super) fn is_telling(self) -> bool {
        self.0 & 1 == 1
    }
}

/// The grams of a page, in order: one less than its words for each word of a gram but the first.
#[inline]
pub(super) fn grams(words: &[PageWord]) -> impl Iterator<Item = u64> + '_ {
    words.windows(GRAM).map(|run| {
        let two = |at: usize| u64::from(run[at].0) << 32 | u64::from(run[at + 1].0);
        hash::pair(two(0), two(2))
    })
}

/// Finds the maximal runs of at least `fewest` words that grams cover, and hands each to `run`.
///
/// `is_covering` tells of every gram, in order, whether it covers its four words.
#[inline]
pub(super) fn covered_runs(
    is_covering: impl Iterator<Item = bool>,
    fewest: usize,
    mut run: impl FnMut(std::ops::Range<usize>),
) {
    let (mut start, mut end) = (0, 0);
    let (mut is_covering, mut block) = (is_covering, 0);
    loop {
        // First what covers, without a branch on it: a look-up that waits for memory lets others begin.
        let (mut covering, mut grams) = (0u64, 0);
        for covers in is_covering.by_ref().take(u64::BITS as usize) {
            covering |= u64::from(covers) << grams;
            grams += 1;
        }
        while covering != 0 {
            let at = block + covering.trailing_zeros() as usize;
            covering &= covering - 1;
            if at > end {
                if end - start >= fewest {
                    run(start..end);
                }
                start = at;
            }
            end = at + GRAM;
        }
        if grams < u64::BITS {
            break;
        }
        block += u64::BITS as usize;
    }
    if end - start >= fewest {
        run(start..end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(covering: &str, fewest: usize) -> Vec<std::ops::Range<usize>> {
        let mut found = Vec::new();
        covered_runs(covering.bytes().map(|byte| byte == b'x'), fewest, |run| {
            found.push(run)
        });
        found
    }

    #[test]
    fn runs_are_what_neighbouring_grams_cover() {
        assert!(runs("", 1).is_empty());
        assert!(runs("x", 4).iter().eq([&(0..4)]));
        assert!(runs("x", 5).is_empty());
        assert!(runs("..xx...x", 5).iter().eq([&(2..11)])); // words 2..7 and 7..11 touch
    }

    #[test]
    fn a_gram_depends_on_its_words_and_their_order() {
        let word = |n: u64| PageWord::new(hash::stream(5, n), true);
        let page: Vec<PageWord> = [1, 2, 3, 4, 1, 2, 3, 4, 3].map(word).to_vec();
        let found: Vec<u64> = grams(&page).collect();
        assert_eq!(found.len(), 6);
        assert_eq!(found[0], found[4]);
        let distinct: std::collections::HashSet<u64> = found.into_iter().collect();
        assert_eq!(distinct.len(), 5);
        assert_eq!(grams(&page[..3]).count(), 0);
    }
}
