//! `Parts`: which parts of a text another one holds.
//!
//! A text is cut into 32 parts of equal length, a bit each. That is coarse enough to be kept with
//! every compared pair, and fine enough to say whether two texts hold the same passage of a third.

use std::ops::Range;

/// Which 32nds of a text are found in another: those of which more than half is.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Parts(u32);

/// Parts that a text is cut into.
const PARTS: u32 = u32::BITS;

impl Parts {
    /// No part.
    pub const NONE: Parts = Parts(0);

    /// The parts of a text of so many words that these places, which do not overlap, make up.
    pub fn of(places: impl Iterator<Item = Range<u32>>, words: u32) -> Parts {
        let border = |part: u32| start(part, words);
        let mut found = [0; PARTS as usize];
        for place in places.filter(|place| !place.is_empty()) {
            let reached =
                (first(place.start, words)..PARTS).take_while(|&part| border(part) < place.end);
            for part in reached {
                let end = place.end.min(border(part + 1));
                found[part as usize] += end.saturating_sub(place.start.max(border(part)));
            }
        }
        let is_found = |part: u32| 2 * found[part as usize] > border(part + 1) - border(part);
        Parts(
            (0..PARTS)
                .filter(|&part| is_found(part))
                .fold(0, |parts, part| parts | 1 << part),
        )
    }

    /// A bit a part, the first one lowest.
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// The parts of these bits.
    pub const fn from_bits(bits: u32) -> Parts {
        Parts(bits)
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many there are.
    pub const fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// Whether the two have no part in common.
    pub const fn is_apart_from(self, other: Parts) -> bool {
        self.0 & other.0 == 0
    }

    /// The parts of both.
    #[must_use]
    pub const fn and(self, other: Parts) -> Parts {
        Parts(self.0 | other.0)
    }
}

/// Where a part begins in a text of so many words.
fn start(part: u32, words: u32) -> u32 {
    let start = u64::from(part) * u64::from(words) / u64::from(PARTS);
    u32::try_from(start).expect("not behind the last word")
}

/// A part that begins at a word or before it, and of these the last but one at least.
fn first(word: u32, words: u32) -> u32 {
    let part = u64::from(word) * u64::from(PARTS) / u64::from(words);
    u32::try_from(part).expect("not behind the last part")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The parts of a text that these words, from one up to another, make up.
    fn parts(places: &[(u32, u32)], words: u32) -> Parts {
        Parts::of(places.iter().map(|&(start, end)| start..end), words)
    }

    #[test]
    fn a_part_is_found_if_more_than_half_of_it_is() {
        assert_eq!(parts(&[(0, 5)], 320), Parts(0));
        assert_eq!(parts(&[(0, 6)], 320), Parts(1));
        assert_eq!(parts(&[(0, 3), (7, 10)], 320), Parts(1));
        assert_eq!(parts(&[(4, 16)], 320), Parts(0b11));
        assert_eq!(parts(&[(300, 320)], 320), Parts(0b11 << 30));
    }

    #[test]
    fn all_of_a_text_is_all_parts_that_have_words() {
        for words in [32, 33, 320, 1_000, u32::MAX] {
            assert_eq!(parts(&[(0, words)], words).count(), PARTS, "{words}");
        }
        assert_eq!(parts(&[(0, 12)], 12).count(), 12);
        assert!(parts(&[], 0).is_empty());
        assert!(parts(&[(0, 0)], 0).is_empty());
    }

    #[test]
    fn passages_side_by_side_are_apart() {
        let (before, behind) = (parts(&[(0, 155)], 320), parts(&[(155, 320)], 320));
        assert!(before.is_apart_from(behind));
        assert_eq!(
            before.and(behind).count(),
            31,
            "the part both share by half"
        );
        assert!(!before.is_apart_from(parts(&[(100, 200)], 320)));
    }
}
