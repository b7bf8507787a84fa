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

    /// Whether the set holds the gram, as far as its bits say.
    #[inline(always)]
    pub(super) fn contains(&self, gram: u64) -> bool {
        let Some(last) = self.bits.len().checked_sub(1) else {
            return false;
        };
        let mask = mask(gram);
        self.bits[word(gram, last)] & mask == mask
    }

    /// Puts before the bits of other grams, from above, whether one of the gram's bits is set: if it is not, the
    /// set does not hold the gram.
    #[inline(always)]
    pub(super) fn first_bit(&self, gram: u64, others: u64) -> u64 {
        let found = match self.bits.len().checked_sub(1) {
            Some(last) => self.bits[word(gram, last)] >> (gram & 63) & 1,
            None => 0,
        };
        others >> 1 | found << 63
    }

    /// Those of the grams with a bit in `among` that the set holds.
    #[inline(always)]
    pub(super) fn chosen(&self, grams: &[u64; 64], among: u64) -> u64 {
        let (mut found, mut rest) = (0, among);
        while rest != 0 {
            let at = rest.trailing_zeros();
            found |= u64::from(self.contains(grams[at as usize])) << at;
            rest &= rest - 1;
        }
        found
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
        let none = GramSet::new(Vec::new());
        assert!(!none.contains(7));
        assert_eq!(none.first_bit(7, 0), 0);
    }

    #[test]
    fn grams_are_chosen_by_their_places() {
        let mut grams = [0; 64];
        (0..)
            .zip(&mut grams)
            .for_each(|(n, gram)| *gram = hash::stream(3, n));
        let set = GramSet::new(grams[10..13].to_vec());
        let first_bits = grams
            .iter()
            .fold(0, |bits, &gram| set.first_bit(gram, bits));
        assert_eq!(first_bits & 0b111 << 10, 0b111 << 10);
        assert!(first_bits.count_ones() < 20);
        assert_eq!(set.chosen(&grams, u64::MAX) & 0x7fff, 0b111 << 10);
        assert_eq!(set.chosen(&grams, 0b101 << 10), 0b101 << 10);
    }

    #[test]
    fn the_set_is_the_same_whatever_the_order() {
        let grams: Vec<u64> = (0..50).map(|n| hash::stream(4, n)).collect();
        let turned = grams.iter().rev().chain(&grams[..5]).copied().collect();
        assert_eq!(GramSet::new(grams), GramSet::new(turned));
    }
}
