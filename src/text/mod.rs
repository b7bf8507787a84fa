//! What counts as the same word?
//!
//! A text becomes a sequence of *tokens*: words of UAX #29, each in compatibility form (NFKC),
//! case-folded, freed of punctuation, with three-digit groups joined (`1,200` is `1200`, `1.5`
//! stays `1.5`). A word that a hyphen breaks at the end of a line is one (`broken`). Scripts written without spaces (Han, Kana, Thai, Lao, Khmer, Burmese) give a
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
mod lines;
mod number;
mod run;
mod table;
mod unspaced;
#[cfg(target_arch = "x86_64")]
mod x86;

pub use blocks::Kernel;
pub use lines::{Line, lines};

use std::ops::Range;

/// The name of this procedure in a recipe, with the Unicode versions it rests on.
pub const VERSION: &str = "v1-unicode17";

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

/// The tokens of a text by the definition: slow, and what the fast paths are tested against.
pub fn reference_tokens(text: &str) -> Vec<(String, Range<usize>)> {
    let mut tokens = Vec::new();
    definition::for_each(text, 0, &mut run::Word::default(), &mut |token: Token<
        '_,
    >| {
        let word = String::from_utf8(token.bytes().to_vec()).expect("tokens are UTF-8");
        tokens.push((word, token.range()));
    });
    tokens
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fast_tokens(kernel: Kernel, text: &str) -> Vec<(String, Range<usize>)> {
        let mut tokens = Vec::new();
        Tokenizer::with_kernel(kernel).for_each(text, |token| {
            assert!(token.window().len() >= WINDOW);
            tokens.push((
                String::from_utf8(token.bytes().to_vec()).unwrap(),
                token.range(),
            ));
        });
        tokens
    }

    fn words(text: &str) -> Vec<String> {
        let expected = reference_tokens(text);
        for kernel in Kernel::available() {
            assert_eq!(
                fast_tokens(kernel, text),
                expected,
                "{kernel:?} on {text:?}"
            );
        }
        expected.into_iter().map(|(word, _)| word).collect()
    }

    #[test]
    fn case_quotes_and_compatibility_forms_do_not_tell_words_apart() {
        assert_eq!(
            words("“Don’t!” DON'T ﬁnance ＷＩＲＥ"),
            ["dont", "dont", "finance", "wire"]
        );
        assert_eq!(
            words("STRASSE Straße cafe\u{301} CAFÉ"),
            ["strasse", "strasse", "café", "café"]
        );
        assert_eq!(
            words("co\u{ad}operate coopera\u{200d}te"),
            ["cooperate", "cooperate"]
        );
    }

    #[test]
    fn three_digit_groups_are_joined_and_decimals_stay() {
        assert_eq!(
            words("1,200 1200 1.5 1,5 2,019,000.50"),
            ["1200", "1200", "1.5", "1.5", "2019000.50"]
        );
        assert_eq!(
            words("1’200 １，２００ 1,20 at 12:30."),
            ["1200", "1200", "1.20", "at", "12", "30"]
        );
    }

    #[test]
    fn punctuation_around_and_inside_words_is_dropped() {
        assert_eq!(
            words("U.S. state-owned (dpa) – foo_bar, e.g.: x;y"),
            ["us", "state", "owned", "dpa", "foobar", "eg", "x", "y"]
        );
        assert_eq!(words(" … !? — «» \u{a0}"), [""; 0]);
    }

    #[test]
    fn scripts_without_spaces_give_a_token_a_character() {
        assert_eq!(
            words("東京でReutersは"),
            ["東", "京", "で", "reuters", "は"]
        );
        assert_eq!(words("カタカナ"), ["カ", "タ", "カ", "ナ"]);
        assert_eq!(words("วันนี้"), ["วั", "น", "นี้"]);
        assert_eq!(words("한국어 뉴스"), ["한국어", "뉴스"]);
    }

    #[test]
    fn a_double_quote_joins_hebrew_letters_and_a_joiner_ties_a_sign() {
        assert_eq!(words("צה\"ל ש\"ש é\"ש"), ["צהל", "שש", "é", "ש"]);
        assert_eq!(words("A\u{200d}® b"), ["a", "b"]);
    }

    #[test]
    fn ranges_point_into_the_text() {
        let text = "Grüße, “World” 1,200 km";
        let found: Vec<_> = reference_tokens(text)
            .into_iter()
            .map(|(_, r)| &text[r])
            .collect();
        assert_eq!(found, ["Grüße", "World", "1,200", "km"]);
    }

    #[test]
    fn words_broken_at_a_line_end_are_joined() {
        assert_eq!(
            words("an eleven-\nday strike, Zucht¬\r\n haus co\u{ad}\noperate"),
            ["an", "elevenday", "strike", "zuchthaus", "cooperate"]
        );
        assert_eq!(
            words("Anglo-\nAmerican Haupt-\nund well- known 1990-\n95"),
            [
                "anglo", "american", "haupt", "und", "well", "known", "1990", "95"
            ]
        );
        assert_eq!(
            words("grö-\nße Über-\nsicht é-\nt\u{301}"),
            ["grösse", "übersicht", "ét\u{301}"]
        );
        // At every place of a block, the line end in the next one, and indented.
        for pad in 40..80 {
            words(&format!(
                "{}eleven-\n    day off-\r\nice, don't-\nworry tail",
                "x".repeat(pad)
            ));
            words(&format!("{} eleven-\nday¬\nlight", "-".repeat(pad)));
        }
    }

    #[test]
    fn words_that_straddle_blocks_are_whole() {
        for pad in 50..70 {
            let text = format!(
                "{}{} tail’s end",
                "x ".repeat(pad / 2),
                "Ünïcödewörds and plainwords"
            );
            words(&text);
            words(&format!("{}it's 1,200.5,000 a_b", "-".repeat(pad)));
        }
    }

    /// Characters that stress every rule: letters, marks, mids, digits, joiners, wide scripts.
    fn hostile() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "[a-zA-Z]{1,12}",
            "[0-9]{1,4}",
            Just(" ".to_owned()),
            Just("\n".to_owned()),
            prop::sample::select(vec![
                ".",
                ",",
                "'",
                "’",
                ":",
                ";",
                "_",
                "\"",
                "-",
                "…",
                "“",
                "”",
                "–",
                "·",
                "‧",
                "․",
                "é",
                "E\u{301}",
                "ß",
                "İ",
                "ŉ",
                "ǅ",
                "µ",
                "ª",
                "²",
                "½",
                "Ω",
                "σ",
                "ς",
                "Ж",
                "ё",
                "ש",
                "״",
                "ע",
                "ا",
                "٠",
                "١",
                "،",
                "٫",
                "一",
                "の",
                "カ",
                "ー",
                "ｶ",
                "ﾞ",
                "่",
                "ก",
                "ລ",
                "ក",
                "្",
                "မ",
                "်",
                "한",
                "ᄀ",
                "ᅡ",
                "ᆨ",
                "👩",
                "\u{200d}",
                "🇩",
                "🇪",
                "\u{fe0f}",
                "\u{20e3}",
                "\u{ad}",
                "\u{200b}",
                "\u{202f}",
                "\u{a0}",
                "\u{feff}",
                "\u{0}",
                "\u{7f}",
                "Ａ",
                "１",
                "，",
                "．",
                "＿",
                "‿",
                "ﬃ",
                "㎏",
                "Ⅳ",
                "®",
                "°",
                "\u{308}",
                "\u{300}",
                "क",
                "्",
                "ष",
                "ि",
                "ǰ",
                "ΐ",
                "և",
                "\u{85}",
                "®",
                "©",
                "‼",
                "\r\n",
                "\u{2028}",
                "\u{3000}",
                "、",
                "々",
                "-\n",
                "-\r\n ",
                "¬\n",
                "\u{ad}\n",
                "\u{2010}\n",
                "-\nund",
            ])
            .prop_map(str::to_owned),
            any::<char>().prop_map(String::from),
        ];
        prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]
        #[test]
        fn the_fast_paths_equal_the_definition(text in hostile()) {
            words(&text);
        }
    }
}
