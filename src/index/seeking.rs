//! Where does a hash stand in an ascending list of hashes?
//!
//! Hashes are spread evenly, so that the place is guessed, and then sought around the guess in growing
//! steps: a few cache lines, where halving takes one for each step but the last ones.

use std::ops::Range;

/// Where a hash is among others.
pub(super) fn equal(hashes: &[u64], hash: u64) -> Range<usize> {
    equal_near(hashes, hash, share(hashes.len(), hash))
}

/// How many of so many evenly spread hashes are below one.
pub(super) fn share(hashes: usize, hash: u64) -> usize {
    let share = (u128::from(hash) * hashes as u128) >> 64;
    usize::try_from(share).unwrap_or(hashes)
}

/// The same, likely near a place. Whatever the order is, a place of the list is given.
pub(super) fn equal_near<T: Copy + Ord>(hashes: &[T], hash: T, guess: usize) -> Range<usize> {
    let length = hashes.len();
    let guess = guess.min(length);
    // All before `low` are smaller, all from `high` on are not.
    let (mut low, mut high) = (guess, guess);
    let mut step = 8;
    while low > 0 && hashes[low - 1] >= hash {
        high = low - 1;
        low = low.saturating_sub(step);
        step *= 4;
    }
    step = 8;
    while high < length && hashes[high] < hash {
        low = high + 1;
        high = (high + step).min(length);
        step *= 4;
    }
    let start = low + hashes[low..high].partition_point(|&other| other < hash);
    // As a rule few are equal, but of a key that very many documents share all are.
    let mut step = 1;
    while hashes.get(start + step - 1) == Some(&hash) {
        step *= 2;
    }
    let near = &hashes[start + step / 2..length.min(start + step - 1)];
    let end = start + step / 2 + near.partition_point(|&other| other == hash);
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn hashes_are_found_where_they_stand_from_wherever_they_are_sought(
            mut hashes in prop::collection::vec(prop_oneof![0u64..50, any::<u64>()], 0..400),
            other in any::<u64>(),
            guess in 0usize..500,
        ) {
            hashes.sort_unstable();
            for hash in hashes.iter().copied().chain([other, 0, u64::MAX]) {
                let start = hashes.partition_point(|&other| other < hash);
                let end = hashes.partition_point(|&other| other <= hash);
                for found in [equal(&hashes, hash), equal_near(&hashes, hash, guess)] {
                    prop_assert_eq!(found.len(), end - start);
                    prop_assert!(found.is_empty() || found.start == start);
                }
            }
        }
    }
}
