//! The words of a page as the `wire` profile keeps them: a hash, a place, and what the form says.
//!
//! The lower half of a hash distinguishes words. The upper one is of what a fact is compared by: of a figure
//! what it is worth, of any other word its stem ([`crate::text::stem`]). So a story that is kept as hashes, in a
//! file or an index, can be asked for its facts.

use std::ops::Range;

use crate::hash;
use crate::text::{self, Letters, Sink, Token};

/// A word of a page and its place.
#[derive(Clone, Copy)]
pub struct PageToken {
    /// Where it starts, in bytes of the page.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    pub(super) has_digit: bool,
    pub(super) is_long: bool,
}

impl PageToken {
    /// Where it stands in the page, in bytes.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Bytes from which on a word without a digit says something: three letters, or one of a script
/// whose characters are words.
const TELLING: usize = 3;

/// Whether a word of so many bytes says something if it has no digit.
pub fn is_distinctive(bytes: usize) -> bool {
    bytes >= TELLING
}

/// Takes the words of a text.
pub(super) struct Words<'a> {
    text: &'a str,
    words: &'a mut Vec<PageToken>,
    hashes: &'a mut Vec<u64>,
    /// The last word, if it is a figure: the next may be its scale.
    figure: Figure,
}

/// A figure that was met, to be counted in thousands once more is known.
#[derive(Default)]
struct Figure {
    bytes: [u8; text::VALUE],
    length: usize,
}

impl<'a> Words<'a> {
    /// Appends to `words` and `hashes`.
    pub(super) fn of(
        text: &'a str,
        words: &'a mut Vec<PageToken>,
        hashes: &'a mut Vec<u64>,
    ) -> Words<'a> {
        Words {
            text,
            words,
            hashes,
            figure: Figure::default(),
        }
    }

    /// Counts the scale of the last figure in, if this word is one.
    fn scale_figure(&mut self, word: &[u8]) {
        let mut value = [0; text::VALUE];
        let figure = &self.figure.bytes[..self.figure.length];
        let power = text::scale(word);
        let length = power.and_then(|power| text::value(figure, power, &mut value));
        if let (Some(length), Some(last)) = (length, self.hashes.last_mut()) {
            *last = with_upper(*last, hash::word(&value, length));
        }
        self.figure.length = 0;
    }
}

impl Sink for Words<'_> {
    #[inline(always)]
    fn token(&mut self, token: Token<'_>) {
        let place = |at: usize| u32::try_from(at).expect("a record is shorter than 4 GB");
        let range = token.range();
        if self.figure.length > 0 {
            self.scale_figure(token.bytes());
        }
        let Word { hash, has_digit } = Word::of(token.window(), token.len());
        let is_as_written = range.len() == token.len();
        let known = match text::plain_stem(token.window(), token.len()) {
            Some(stem) if is_as_written && !has_digit => with_upper(hash, known_by(stem)),
            _ if has_digit => self.figure_hash(hash, token.window(), token.len()),
            // Something was dropped from the word, or folded to another length.
            _ if !is_as_written => {
                let part = Letters::of(&self.text[range.clone()]);
                name_hash(token.window(), token.len(), part)
            }
            _ => other_name_hash(hash, token.bytes(), Letters::WHOLE),
        };
        self.hashes.push(known);
        self.words.push(PageToken {
            start: place(range.start),
            end: place(range.end),
            has_digit,
            is_long: is_distinctive(token.len()),
        });
    }
}

impl Words<'_> {
    fn figure_hash(&mut self, word: u64, window: &[u8], len: usize) -> u64 {
        if len > text::VALUE {
            return word;
        }
        self.figure.bytes[..len].copy_from_slice(&window[..len]);
        self.figure.length = len;
        let mut value = [0; text::VALUE];
        match text::value(&window[..len], 0, &mut value) {
            Some(length) => with_upper(word, hash::word(&value, length)),
            None => word,
        }
    }
}

/// What is read off the bytes of a word.
struct Word {
    hash: u64,
    /// Whether one of them is an ASCII digit.
    has_digit: bool,
}

impl Word {
    /// Word lengths change from word to word, and a loop over the bytes would be mispredicted at every other end: so
    /// most words are two numbers.
    #[inline(always)]
    fn of(window: &[u8], len: usize) -> Word {
        if len > hash::WORD_WINDOW {
            return Word {
                hash: hash::word(window, len),
                has_digit: window[..len].iter().any(u8::is_ascii_digit),
            };
        }
        let (low, high) = hash::halves(window, len);
        Word {
            hash: hash::word_of_halves((low, high)),
            has_digit: digits(low) | digits(high) != 0,
        }
    }
}

/// The hash of a word that is no figure.
#[inline(always)]
pub fn name_hash(window: &[u8], len: usize, part: Letters) -> u64 {
    let word = hash::word(window, len);
    if part == Letters::WHOLE
        && let Some(stem) = text::plain_stem(window, len)
    {
        return with_upper(word, known_by(stem));
    }
    other_name_hash(word, &window[..len], part)
}

/// The same of a word with other letters, or with an apostrophe.
fn other_name_hash(hash: u64, word: &[u8], part: Letters) -> u64 {
    let mut stem = [0; text::STEM];
    let word = std::str::from_utf8(word).ok();
    let Some(length) = word.and_then(|word| text::stem(word, part, &mut stem)) else {
        return hash;
    };
    match text::plain_stem(&stem, length) {
        Some(plain) if length <= size_of_val(&plain) => with_upper(hash, known_by(plain)),
        _ => with_upper(hash, hash::word(&stem, length)),
    }
}

/// What a stem of plain letters is known by: no two by one number, as the multiplier is odd (the golden ratio's).
#[inline(always)]
fn known_by(stem: u32) -> u64 {
    u64::from(stem.wrapping_mul(0x9e37_79b1)) << 32
}

/// The lower half of one hash with the upper half of another.
fn with_upper(word: u64, known_by: u64) -> u64 {
    const LOWER: u64 = u32::MAX as u64;
    word & LOWER | known_by & !LOWER
}

/// The highest bit of each of eight bytes that is an ASCII digit.
#[inline(always)]
fn digits(eight: u64) -> u64 {
    let each = |byte: u8| u64::from_le_bytes([byte; 8]);
    let from_zero = eight ^ each(b'0'); // a digit: 0 to 9
    let beyond = (from_zero & each(0x7f)) + each(0x80 - 10); // no sum reaches the next byte
    !(beyond | from_zero) & each(0x80)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Tokenizer;

    /// What the words of a text are known by.
    fn uppers(text: &str) -> Vec<u64> {
        let (mut words, mut hashes) = (Vec::new(), Vec::new());
        let mut sink = Words::of(text, &mut words, &mut hashes);
        Tokenizer::new().feed(text, &mut sink);
        hashes.iter().map(|hash| hash >> 32).collect()
    }

    #[test]
    fn facts_written_otherwise_are_known_by_the_same() {
        for (one, other) in [
            ("$3.2bn", "$3,200 million"),
            ("3.2 billion", "3,2 Milliarden"),
            ("45.000", "45 bin"),
            ("46억원을", "46억 원을"),
            ("11.00", "11:00"),
            ("2.50", "2.5"),
            ("Édouard", "Edouard"),
            ("İstanbul'a", "Istanbul a"),
            ("ABD'nin", "ABD nin"),
            ("Sousa’nın", "Sousanın"),
        ] {
            let (one, other) = (uppers(one), uppers(other));
            let at = usize::from(one.len() > 2);
            assert_eq!(one[at], other[at]);
        }
        for (one, other) in [
            ("3.2bn", "3.2 million"),
            ("2.5", "25"),
            ("-5", "5"),
            ("Ankara", "Anadolu"),
        ] {
            assert_ne!(uppers(one)[0], uppers(other)[0]);
        }
    }
}
