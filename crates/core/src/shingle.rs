//! Which set stands for a document?
//!
//! The set of its *shingles*: all runs of `k` consecutive units, a unit being a word or a
//! character of the normalised text, each run hashed to 64 bits. A document of fewer than `k`
//! units has one shingle, the whole; one without units has none, and no signature.
//!
//! The hash of a run is the cyclic polynomial of its units' hashes: each rotated by its distance
//! from the end, all XORed. It rolls: the next shingle costs two rotations whatever `k`. Units
//! are hashed on their own before, so `ab c` and `a bc` differ.
//!
//! Source: D. Lemire, O. Kaser, "Recursive n-gram hashing is pairwise independent, at best", 2010.

use std::fmt;
use std::str::FromStr;

use crate::hash;

/// How far a unit's hash is rotated for each unit behind it. Odd, so that 64 distances have 64
/// different rotations; runs are shorter than that.
const ROTATION: u32 = 13;

/// The longest run. Rotations repeat behind 64; and of 64 equal units the rotations together are
/// all bits or none, so that runs of one word, whichever it is, would be alike.
const LONGEST: u32 = 63;

/// The word that is between two words in a sequence of characters.
const SPACE: u64 = hash::stream(0, 32);

/// What a run is made of, and how long it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Shingling {
    unit: Unit,
    length: u32,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Unit {
    Word,
    Character,
}

/// A shingling that cannot be.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error(
    "cannot make shingles of `{asked}`: write word:K or char:K with K from 1 to {LONGEST}, such as word:5"
)]
pub struct ShinglingError {
    asked: String,
}

impl Shingling {
    /// Runs of four words: those of the `wire` profile.
    pub const FOUR_WORDS: Shingling = Shingling {
        unit: Unit::Word,
        length: 4,
    };

    /// Runs of `length` words.
    ///
    /// # Errors
    ///
    /// If `length` is not in `1..=63`.
    pub fn words(length: u32) -> Result<Shingling, ShinglingError> {
        Shingling {
            unit: Unit::Word,
            length,
        }
        .checked()
    }

    /// Runs of `length` characters, one space between two words.
    ///
    /// # Errors
    ///
    /// If `length` is not in `1..=63`.
    pub fn characters(length: u32) -> Result<Shingling, ShinglingError> {
        Shingling {
            unit: Unit::Character,
            length,
        }
        .checked()
    }

    fn checked(self) -> Result<Shingling, ShinglingError> {
        if (1..=LONGEST).contains(&self.length) {
            Ok(self)
        } else {
            Err(ShinglingError {
                asked: self.to_string(),
            })
        }
    }

    /// Whether the units are words, and not characters.
    pub fn is_of_words(self) -> bool {
        self.unit == Unit::Word
    }

    /// Units in a run.
    pub fn length(self) -> u32 {
        self.length
    }

    /// Appends the units of one token: the first `len` bytes of `window`, as
    /// [`hash::word`] takes them.
    #[inline(always)]
    pub fn push_units(self, window: &[u8], len: usize, units: &mut Vec<u64>) {
        match self.unit {
            Unit::Word => units.push(hash::word(window, len)),
            Unit::Character => push_characters(&window[..len], units),
        }
    }

    /// Replaces `shingles` by the shingles of a document, in reading order, repeats included.
    ///
    /// Time: linear, two rotations a shingle.
    pub fn shingles(self, units: &[u64], shingles: &mut Vec<u64>) {
        shingles.clear();
        let length = self.length as usize;
        let (head, tail) = units.split_at(units.len().min(length));
        if head.is_empty() {
            return;
        }
        let mut rolling = head
            .iter()
            .fold(0u64, |h, unit| h.rotate_left(ROTATION) ^ unit);
        if head.len() < length {
            shingles.push(rolling ^ hash::stream(1, head.len() as u64));
            return;
        }
        let leaves = ROTATION * self.length % u64::BITS;
        shingles.reserve(tail.len() + 1);
        shingles.push(rolling);
        shingles.extend(units.iter().zip(tail).map(|(oldest, newest)| {
            rolling = rolling.rotate_left(ROTATION) ^ oldest.rotate_left(leaves) ^ newest;
            rolling
        }));
    }
}

#[cold]
fn push_characters(word: &[u8], units: &mut Vec<u64>) {
    if !units.is_empty() {
        units.push(SPACE);
    }
    for chunk in word.utf8_chunks() {
        for c in chunk.valid().chars() {
            let mut window = [0; hash::WORD_WINDOW];
            let len = c.encode_utf8(&mut window).len();
            units.push(hash::word(&window, len));
        }
    }
}

impl Default for Shingling {
    /// Five words: long enough that stock phrases do not meet, short enough for edited copies.
    fn default() -> Shingling {
        Shingling {
            unit: Unit::Word,
            length: 5,
        }
    }
}

impl fmt::Display for Shingling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Word => "word",
            Unit::Character => "char",
        };
        write!(f, "{unit}:{}", self.length)
    }
}

impl FromStr for Shingling {
    type Err = ShinglingError;

    fn from_str(text: &str) -> Result<Shingling, ShinglingError> {
        let refused = || ShinglingError {
            asked: text.to_owned(),
        };
        let (unit, length) = text.split_once(':').ok_or_else(refused)?;
        let length = length.parse().map_err(|_| refused())?;
        match unit {
            "word" => Shingling::words(length),
            "char" => Shingling::characters(length),
            _ => Err(refused()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shingles(shingling: &str, text: &str) -> Vec<u64> {
        let shingling: Shingling = shingling.parse().unwrap();
        let mut units = Vec::new();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let mut window = word.as_bytes().to_vec();
            window.extend([0; hash::WORD_WINDOW]);
            shingling.push_units(&window, word.len(), &mut units);
        }
        let mut shingles = vec![1, 2, 3];
        shingling.shingles(&units, &mut shingles);
        shingles
    }

    #[test]
    fn shingles_are_frozen() {
        assert_eq!(
            shingles("word:5", "a b c d e f"),
            [9_372_617_433_095_793_213, 18_034_000_208_477_374_600]
        );
        assert_eq!(
            shingles("char:3", "ab c"),
            [17_021_109_807_749_202_203, 7_201_238_043_038_066_984]
        );
    }

    #[test]
    fn the_rolling_hash_of_a_run_is_that_of_the_run_alone() {
        let words = [
            "the", "dry", "period", "means", "the", "cocoa", "will", "be", "late",
        ];
        for length in 1..=6 {
            let shingling = format!("word:{length}");
            let whole = shingles(&shingling, &words.join(" "));
            let alone: Vec<u64> = words
                .windows(length)
                .map(|run| shingles(&shingling, &run.join(" "))[0])
                .collect();
            assert_eq!(whole, alone);
        }
    }

    #[test]
    fn words_are_not_joined_across_their_borders() {
        assert_ne!(shingles("word:2", "ab c"), shingles("word:2", "a bc"));
        assert_ne!(shingles("word:2", "a b"), shingles("word:2", "b a"));
        assert_ne!(shingles("char:4", "ab c"), shingles("char:4", "a bc"));
    }

    #[test]
    fn a_short_text_is_one_shingle_and_an_empty_one_none() {
        assert_eq!(shingles("word:5", "three words only").len(), 1);
        assert_ne!(shingles("word:5", "a"), shingles("word:1", "a"));
        assert!(shingles("word:5", "").is_empty());
    }

    #[test]
    fn impossible_shinglings_are_refused_with_the_way_out() {
        for wrong in ["word:0", "char:64", "line:3", "5", "word:", "word:-1"] {
            let message = wrong.parse::<Shingling>().unwrap_err().to_string();
            assert!(
                message.contains(wrong) && message.contains("word:5"),
                "{message}"
            );
        }
    }
}
