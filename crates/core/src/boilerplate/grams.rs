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
    /// The word of this hash; `is_distinctive` of words of three letters or more that are no numbers.
    #[inline]
    pub fn new(hash: u64, is_distinctive: bool) -> PageWord {
        #[expect(clippy::cast_possible_truncation)] // the lower half distinguishes words
        let lower = hash as u32;
        PageWord(lower & !1 | u32::from(is_distinctive))
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
    pub(super) fn is_distinctive(self) -> bool {
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

/// Grams whose bits are kept together.
pub(super) const BLOCK: usize = u64::BITS as usize;

/// The answers for each gram in order, as bits, [`BLOCK`] of them together.
#[inline]
pub(super) fn blocks(each: impl Iterator<Item = bool>) -> impl Iterator<Item = u64> {
    let mut each = each;
    std::iter::from_fn(move || {
        // Without a branch on any of them: a look-up that waits for memory lets others begin.
        let (mut bits, mut count) = (0, 0);
        for answer in each.by_ref().take(BLOCK) {
            bits |= u64::from(answer) << count;
            count += 1;
        }
        (count > 0).then_some(bits)
    })
}

/// Finds the maximal runs of at least `fewest` words that grams cover, and hands each to `run`.
///
/// `covering` says of every gram, in order, whether it covers its four words: see [`blocks`].
#[inline]
pub(super) fn covered_runs(
    covering: impl Iterator<Item = u64>,
    fewest: usize,
    mut run: impl FnMut(std::ops::Range<usize>),
) {
    let (mut start, mut end) = (0, 0);
    for (block, mut covering) in covering.enumerate() {
        while covering != 0 {
            let first = covering.trailing_zeros();
            let at = BLOCK * block + first as usize;
            let in_a_row = (covering >> first).trailing_ones() as usize;
            // What is added to the first of them carries over all.
            covering &= covering.wrapping_add(1 << first);
            if at > end {
                if end - start >= fewest {
                    run(start..end);
                }
                start = at;
            }
            end = at + in_a_row + GRAM - 1;
        }
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
        let covering = blocks(covering.bytes().map(|byte| byte == b'x'));
        covered_runs(covering, fewest, |run| found.push(run));
        found
    }

    #[test]
    fn runs_are_what_neighbouring_grams_cover() {
        assert!(runs("", 1).is_empty());
        assert!(runs("x", 4).iter().eq([&(0..4)]));
        assert!(runs("x", 5).is_empty());
        assert!(runs("..xx...x", 5).iter().eq([&(2..11)])); // words 2..7 and 7..11 touch
        // Blocks of grams do not show.
        assert!(runs(&"x".repeat(200), 5).iter().eq([&(0..203)]));
        for at in 55..70 {
            let covering = ".".repeat(at) + "xxx.....x";
            assert!(
                runs(&covering, 4)
                    .iter()
                    .eq([&(at..at + 6), &(at + 8..at + 12)])
            );
        }
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
