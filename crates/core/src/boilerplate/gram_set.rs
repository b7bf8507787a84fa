//! `GramSet`: is a gram in a fixed set?
//!
//! Asked of every word of every page in every pass, so it must be one load: four bits of one
//! 64-bit word, a word of the table a gram (a blocked Bloom filter; F. Putze, P. Sanders,
//! J. Singler, "Cache-, hash- and space-efficient Bloom filters", 2007). A gram of the set is always
//! recognised; of the others one in some ten thousand is taken for one. Alone that masks nothing: a
//! mask takes ten words in a row. What is taken for what follows from the set, so equal sets mask
//! alike. Grams are hashes already.

/// A fixed set of grams.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct GramSet {
    /// Sorted, without repeats.
    grams: Vec<u64>,
    /// Four bits of one word for each gram.
    bits: Vec<u64>,
}

impl GramSet {
    /// The set of these grams, in any order.
    pub(super) fn new(mut grams: Vec<u64>) -> GramSet {
        grams.sort_unstable();
        grams.dedup();
        if grams.is_empty() {
            return GramSet::default();
        }
        let mut bits = vec![0; grams.len().next_power_of_two()];
        let last = bits.len() - 1;
        for &gram in &grams {
            bits[word(gram, last)] |= mask(gram);
        }
        GramSet { grams, bits }
    }

    /// The grams, sorted.
    pub(super) fn grams(&self) -> &[u64] {
        &self.grams
    }

    pub(super) fn is_empty(&self) -> bool {
        self.grams.is_empty()
    }

    /// Whether the set holds the gram, as far as its bits tell.
    #[inline(always)]
    pub(super) fn contains(&self, gram: u64) -> bool {
        let Some(last) = self.bits.len().checked_sub(1) else {
            return false;
        };
        let mask = mask(gram);
        self.bits[word(gram, last)] & mask == mask
    }
}

/// The word of a gram's bits; `last` is the last of them, one less than a power of two.
#[inline(always)]
fn word(gram: u64, last: usize) -> usize {
    (gram >> 24) as usize & last
}

/// Four bits, chosen by bits of the hash that do not choose the word.
#[inline(always)]
fn mask(gram: u64) -> u64 {
    1 << (gram & 63) | 1 << (gram >> 6 & 63) | 1 << (gram >> 12 & 63) | 1 << (gram >> 18 & 63)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash;

    #[test]
    fn grams_of_the_set_are_found_and_hardly_any_others() {
        for size in [1u64, 7, 100, 5_000] {
            let set = GramSet::new((0..size).map(|n| hash::stream(3, n)).collect());
            assert!((0..size).all(|n| set.contains(hash::stream(3, n))));
            let others = (size..size + 100_000).filter(|&n| set.contains(hash::stream(3, n)));
            // Four of 64 bits a gram, half a gram to one a word: some .01 %.
            assert!(others.count() < 100, "of {size}");
        }
        assert!(!GramSet::new(Vec::new()).contains(7));
    }

    #[test]
    fn the_set_is_the_same_whatever_the_order() {
        let grams: Vec<u64> = (0..50).map(|n| hash::stream(4, n)).collect();
        let turned = grams.iter().rev().chain(&grams[..5]).copied().collect();
        assert_eq!(GramSet::new(grams), GramSet::new(turned));
    }
}
