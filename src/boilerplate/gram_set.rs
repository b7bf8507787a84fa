//! `GramSet`: is a gram in a fixed set?
//!
//! Asked of every word of every page, and mostly answered with no. So a bit table of sixteen bits a
//! gram, which stays in the cache, comes first; only one gram in sixteen that is not in the set
//! gets past it to the table of grams, open addressing at most half full. Grams are hashes already.

/// A fixed set of grams.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct GramSet {
    /// Sorted, without repeats.
    grams: Vec<u64>,
    /// A bit where a gram of the set has one.
    bits: Vec<u64>,
    /// Places of the grams, by hash; `FREE` where none is.
    places: Vec<u32>,
}

const FREE: u32 = u32::MAX;
/// Bits a gram of the first table.
const BITS: usize = 16;

impl GramSet {
    /// The set of these grams, in any order.
    pub(super) fn new(mut grams: Vec<u64>) -> GramSet {
        grams.sort_unstable();
        grams.dedup();
        if grams.is_empty() {
            return GramSet::default();
        }
        let mut set = GramSet {
            bits: vec![0; (grams.len() * BITS / 64).next_power_of_two()],
            places: vec![FREE; (2 * grams.len()).next_power_of_two()],
            grams: Vec::new(),
        };
        for (place, &gram) in (0..).zip(&grams) {
            let (word, bit) = bit(gram, set.bits.len() - 1);
            set.bits[word] |= bit;
            let mut at = set.home(gram);
            while set.places[at] != FREE {
                at = (at + 1) & (set.places.len() - 1);
            }
            set.places[at] = place;
        }
        set.grams = grams;
        set
    }

    /// The grams, sorted.
    pub(super) fn grams(&self) -> &[u64] {
        &self.grams
    }

    pub(super) fn is_empty(&self) -> bool {
        self.grams.is_empty()
    }

    /// Whether the set may hold the gram: always if it does, once in sixteen if it does not.
    #[inline(always)]
    pub(super) fn may_contain(&self, gram: u64) -> bool {
        let Some(last) = self.bits.len().checked_sub(1) else {
            return false;
        };
        let (word, bit) = bit(gram, last);
        self.bits[word] & bit != 0
    }

    /// Whether the set holds the gram.
    #[inline(always)]
    pub(super) fn contains(&self, gram: u64) -> bool {
        self.may_contain(gram) && self.find(gram)
    }

    fn find(&self, gram: u64) -> bool {
        let mut at = self.home(gram);
        loop {
            match self.places[at] {
                FREE => return false,
                place if self.grams[place as usize] == gram => return true,
                _ => at = (at + 1) & (self.places.len() - 1),
            }
        }
    }

    #[expect(clippy::cast_possible_truncation)] // any bits of the hash will do
    fn home(&self, gram: u64) -> usize {
        (gram >> 32) as usize & (self.places.len() - 1)
    }
}

/// The bit of a gram: its place among the words, of which `last` is the last, and within one.
#[inline(always)]
#[expect(clippy::cast_possible_truncation)] // any bits of the hash will do
fn bit(gram: u64, last: usize) -> (usize, u64) {
    ((gram >> 6) as usize & last, 1 << (gram & 63))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::hash;

    proptest! {
        #[test]
        fn a_set_holds_what_was_put_in_and_nothing_else(
            inside in prop::collection::vec(0u64..2_000, 0..600),
            asked in prop::collection::vec(0u64..2_000, 0..300),
        ) {
            let plain: BTreeSet<u64> = inside.iter().map(|&n| hash::stream(3, n)).collect();
            let set = GramSet::new(inside.iter().map(|&n| hash::stream(3, n)).collect());
            prop_assert!(plain.iter().eq(set.grams()));
            for gram in asked.into_iter().map(|n| hash::stream(3, n)).chain([0, u64::MAX]) {
                prop_assert_eq!(set.contains(gram), plain.contains(&gram));
            }
        }
    }
}
