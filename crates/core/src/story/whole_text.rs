//! A text as the `near` profile reads it: whole.

use std::ops::Range;

use crate::hash;
use crate::shingle::Shingling;
use crate::text::{self, Sink, Token, Tokenizer};

/// A text as its units and shingles; holds the buffers.
#[derive(Default)]
pub struct TextReading {
    tokenizer: Tokenizer,
    /// What shingles are made of: words or characters.
    pub units: Vec<u64>,
    /// Its shingles.
    pub shingles: Vec<u64>,
}

impl TextReading {
    /// Takes the widest of these instructions from now on.
    pub fn set_kernel(&mut self, kernel: text::Kernel) {
        self.tokenizer.set_kernel(kernel);
    }

    /// Reads a text: afterwards `units` and `shingles` are its own.
    #[inline]
    pub fn read(&mut self, text: &str, shingling: Shingling) {
        self.read_units(text, shingling);
        shingling.shingles(&self.units, &mut self.shingles);
    }

    /// The units of a text alone.
    pub fn read_units(&mut self, text: &str, shingling: Shingling) {
        let TextReading {
            tokenizer, units, ..
        } = self;
        units.clear();
        tokenizer.feed(text, &mut Units { shingling, units });
    }

    /// Is of no text: neither units nor shingles.
    pub fn forget(&mut self) {
        self.units.clear();
        self.shingles.clear();
    }

    /// The same, and says of every word its place in the text and among the units.
    pub fn read_each(
        &mut self,
        text: &str,
        shingling: Shingling,
        mut word: impl FnMut(Range<usize>, Range<usize>),
    ) {
        let TextReading {
            tokenizer,
            units,
            shingles,
        } = self;
        units.clear();
        tokenizer.for_each(text, |token| {
            let before = units.len();
            shingling.push_units(token.window(), token.len(), units);
            word(token.range(), before..units.len());
        });
        shingling.shingles(units, shingles);
    }
}

/// Takes tokens as units.
struct Units<'a> {
    shingling: Shingling,
    units: &'a mut Vec<u64>,
}

impl Sink for Units<'_> {
    #[inline(always)]
    fn token(&mut self, token: Token<'_>) {
        self.shingling
            .push_units(token.window(), token.len(), self.units);
    }
}

/// The identity of a text, by the hash of its bytes and by its units.
pub fn normal_of(content: u64, units: &[u64]) -> u128 {
    match units {
        // Nothing to compare it by: equal only to the same bytes.
        [] => u128::from(content),
        units => hash::words(units),
    }
}

/// The identity of a text in the `near` profile.
pub fn normal_hash(text: &str, units: &[u64]) -> u128 {
    normal_of(hash::bytes(text.as_bytes()), units)
}
