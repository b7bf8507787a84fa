//! What counts as the same word?
//!
//! A text becomes a sequence of *tokens*: figures by their value (`1,200` and `1 200` are `1200`,
//! `1,5` is `1.5`, `-5` is not `5`), and between them words of UAX #29, each in compatibility form
//! (NFKC), case-folded, freed of punctuation. Signs that change what is said (`$`, `%`, `+`, 👍) are
//! tokens, decoration is none. A word that a hyphen breaks at the end of a line is one (`broken`). Scripts written without spaces (Han, Kana, Thai, Lao, Khmer, Burmese) give a
//! token a character, wherever they occur; no dictionary, no language guess.
//!
//! `definition` says this in a few slow lines, at some 20 MB/s. `blocks` does it at the speed
//! of the hardware: 64 bytes at a time are classified into bit masks, and words of plain ASCII,
//! nine of ten in real news, are cut out of the masks. A stretch with anything else in it goes
//! to `run`, which knows the letters of two-byte scripts and common punctuation by table and
//! leaves the rest to the definition. All three give the same tokens (property test): almost
//! every real news page has a curly quote or an umlaut somewhere, so the choice is made per
//! stretch between two spaces, never per document.
//!
//! Sources: Unicode Standard Annex #29 (text segmentation) and #15 (normalisation forms).

mod blocks;
mod broken;
mod class;
mod definition;
mod figure;
mod lines;
mod run;
mod sign;
mod stem;
mod table;
mod unspaced;
mod value;
#[cfg(target_arch = "x86_64")]
mod x86;

pub use blocks::Kernel;
pub use lines::{Line, lines};
pub use stem::{Letters, STEM, plain_stem, stem};
pub use value::{VALUE, scale, value};

use std::ops::Range;

/// The name of this procedure in a recipe, with the Unicode versions it rests on.
pub const VERSION: &str = "v2-unicode17";

/// Bytes that can always be read from the start of a token's window.
pub const WINDOW: usize = 16;

/// A normalised word, lent to the caller while the text is read.
#[derive(Clone, Copy)]
pub struct Token<'a> {
    window: &'a [u8],
    len: usize,
    start: usize,
    end: usize,
}

impl<'a> Token<'a> {
    /// The normalised word in UTF-8, never empty.
    #[inline(always)]
    pub fn bytes(&self) -> &'a [u8] {
        &self.window[..self.len]
    }

    /// The word and what happens to stand behind it: at least [`WINDOW`] readable bytes, of
    /// which the first [`len`](Self::len) are the word.
    #[inline(always)]
    pub fn window(&self) -> &'a [u8] {
        self.window
    }

    /// The length of the normalised word in bytes.
    #[expect(clippy::len_without_is_empty)] // a token is never empty
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Where the word stands in the text, in bytes. The characters of one Katakana word share
    /// the range of the word.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// Takes the tokens of a text, one after the other.
///
/// Any closure is one. A type of its own can say `#[inline(always)]` of what is done with a
/// word, which is worth a tenth of the whole in the hot path.
pub trait Sink {
    /// The next token.
    fn token(&mut self, token: Token<'_>);
}

impl<F: FnMut(Token<'_>)> Sink for F {
    #[inline]
    fn token(&mut self, token: Token<'_>) {
        self(token);
    }
}

/// Cuts texts into tokens; holds the buffers, so keep one per thread.
pub struct Tokenizer {
    kernel: Kernel,
    lower: Vec<u8>,
    scratch: run::Scratch,
    joined: unspaced::JoinedWord,
}

impl Tokenizer {
    /// A tokenizer for this machine.
    pub fn new() -> Tokenizer {
        Tokenizer::with_kernel(Kernel::detect())
    }

    /// A tokenizer that uses a given kernel; all give the same tokens.
    pub fn with_kernel(kernel: Kernel) -> Tokenizer {
        Tokenizer {
            kernel,
            lower: Vec::new(),
            scratch: run::Scratch::default(),
            joined: unspaced::JoinedWord::default(),
        }
    }

    /// Uses another kernel from now on.
    #[inline]
    pub fn set_kernel(&mut self, kernel: Kernel) {
        self.kernel = kernel;
    }

    /// Hands every token of the text to `sink`, in order.
    ///
    /// Linear in the text; no allocation once the buffers have grown to the longest text.
    #[inline]
    pub fn for_each(&mut self, text: &str, mut sink: impl FnMut(Token<'_>)) {
        self.feed(text, &mut sink);
    }

    /// The same, to a sink of any kind.
    #[inline]
    pub fn feed(&mut self, text: &str, sink: &mut impl Sink) {
        blocks::scan(self.kernel, text, &mut self.lower, &mut self.scratch, sink);
    }

    /// Hands every *word* of the text to `sink`: tokens, but of scripts written without spaces, some
    /// characters at a time. A word ends where one of `lines` does, which are those of this text.
    #[inline]
    pub fn feed_words(&mut self, text: &str, lines: &[Line], sink: &mut impl Sink) {
        let mut joining = unspaced::Joining {
            text,
            lines,
            word: &mut self.joined,
            sink,
        };
        blocks::scan(
            self.kernel,
            text,
            &mut self.lower,
            &mut self.scratch,
            &mut joining,
        );
        joining.finish();
    }
}

impl Default for Tokenizer {
    fn default() -> Tokenizer {
        Tokenizer::new()
    }
}

/// The last boundary of a character up to a place.
pub fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The tokens of a text by the definition: slow, and what the fast paths are tested against.
pub fn reference_tokens(text: &str) -> Vec<(String, Range<usize>)> {
    let mut tokens = Vec::new();
    let mut sink = |token: Token<'_>| {
        let word = String::from_utf8(token.bytes().to_vec()).expect("tokens are UTF-8");
        tokens.push((word, token.range()));
    };
    definition::for_each(text, 0..text.len(), &mut run::Word::default(), &mut sink);
    tokens
}

#[cfg(test)]
mod tests;
