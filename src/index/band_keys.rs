//! The keys of a band, as a segment has them, and how one is sought.
//!
//! Of the 64 bits of a key the upper 48 are stored. Two keys that differ are then taken for one once in
//! 2^48: among a million documents with 128 keys each, where 6·10^13 pairs of keys meet, in every fourth index
//! once, and what does not belong together is distinguished by comparing it. Three quarters of the place, of
//! which keys take most in an index.

use std::ops::Range;

use super::seeking::{equal_near, share};

/// The upper bits of a key in three numbers, the highest first.
pub(super) type ShortKey = [u16; 3];

/// The bits that are stored.
const STORED: u64 = !0xFFFF;

/// A key as it is stored, in 64 bits again.
pub(super) fn stored(key: u64) -> u64 {
    key & STORED
}

/// The upper bits of a key.
pub(super) fn short(key: u64) -> ShortKey {
    #[expect(clippy::cast_possible_truncation)] // 16 bits each
    [(key >> 48) as u16, (key >> 32) as u16, (key >> 16) as u16]
}

/// Ascending keys.
#[derive(Clone, Copy, Debug)]
pub(super) struct BandKeys<'a>(pub(super) &'a [ShortKey]);

impl<'a> BandKeys<'a> {
    /// All of them, as far as they are stored.
    pub(super) fn iter(self) -> impl Iterator<Item = u64> + 'a {
        self.0.iter().map(|key| {
            let [high, middle, low] = key.map(u64::from);
            high << 48 | middle << 32 | low << 16
        })
    }

    /// Where a key is.
    pub(super) fn equal(self, key: u64) -> Range<usize> {
        self.near(key, share(self.0.len(), key))
    }

    fn near(self, key: u64, guess: usize) -> Range<usize> {
        equal_near(self.0, short(key), guess)
    }
}

/// Seeks one key after the other, ascending. Where the last one stood is a better hint where the next one does
/// than the whole band does: between them are a hundred others, not a million.
pub(super) struct Seeker<'a> {
    keys: BandKeys<'a>,
    /// The last key, and where those behind it begin.
    last: (u64, usize),
}

impl<'a> Seeker<'a> {
    pub(super) fn new(keys: BandKeys<'a>) -> Seeker<'a> {
        Seeker { keys, last: (0, 0) }
    }

    /// Where a key is.
    pub(super) fn equal(&mut self, key: u64) -> Range<usize> {
        let (last, behind) = self.last;
        let between = share(self.keys.0.len(), key.saturating_sub(last));
        let found = self.keys.near(key, behind.saturating_add(between));
        self.last = (key, found.end);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn keys_are_found_where_they_stand(
            mut keys in prop::collection::vec(
                prop_oneof![(0u64..50).prop_map(|key| key << 16), any::<u64>()],
                0..300,
            ),
            other in any::<u64>(),
        ) {
            keys.sort_unstable();
            let shortened: Vec<ShortKey> = keys.iter().copied().map(short).collect();
            let again: Vec<u64> = keys.iter().copied().map(stored).collect();
            let band = BandKeys(&shortened);
            prop_assert!(band.iter().eq(again.iter().copied()));
            let mut sought: Vec<u64> = keys.iter().copied().chain([other, 0, u64::MAX]).collect();
            sought.sort_unstable();
            let mut seeker = Seeker::new(band);
            for &key in &sought {
                let start = again.partition_point(|&it| it < stored(key));
                let end = again.partition_point(|&it| it <= stored(key));
                for found in [band.equal(key), seeker.equal(key)] {
                    prop_assert_eq!(found.len(), end - start);
                    prop_assert!(found.is_empty() || found.start == start);
                }
            }
        }
    }
}
