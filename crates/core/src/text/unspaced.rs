//! Words of scripts written without spaces: Han, Kana, Thai, Lao, Khmer, Burmese.
//!
//! The tokenizer gives a character of these a token. Two or three of them say what a word of another
//! script says, and whoever counts words (four in a row, ten in a line, thirty in a page) must not be
//! given characters. A dictionary would give words, at some megabytes and a list of languages. For
//! comparing copies no word has to be the reader's: the same passage has to be cut alike wherever it
//! stands. So, as files are cut into chunks by their content, characters are joined into words by what
//! they are: between two neighbours `a` and `b` there is a cut if a hash of `(a, b)` is below a
//! threshold, and what stands between two cuts is a word. A changed character moves the two cuts it
//! touches, and no word further away.
//!
//! Blanks between two such characters say nothing: the same text is set with and without them. A line
//! ends a word, as its reader saw lines ([`Line`]), and so does any mark, digit or letter of another
//! script. A Katakana word, which UAX #29 knows, is a word. Measured in `docs/measured.md`.
//!
//! Source: A. Muthitacharoen, B. Chen, D. Mazières, *A low-bandwidth network file system*, 2001
//! (chunks defined by content).

use std::ops::Range;

use unicode_script::{Script, UnicodeScript};

use super::definition::is_unspaced;
use super::{Line, Sink, Token, WINDOW};

/// The first byte of every character from U+0800 on, and of no ASCII or two-byte one.
const FAR: u8 = 0xe0;

/// Of 2^16 neighbours so many are cut apart where a character is a syllable: seven of sixteen, for
/// words of two (a dictionary's word has 1.6 in Chinese, 1.8 in Japanese, 2.0 in Burmese; at two a
/// Chinese headline has as many words as an English one).
const SYLLABLES_CUT: u32 = (1 << 16) / 16 * 7;

/// The same for Thai, Lao and Khmer, where a character is a letter with its marks: five of sixteen, for
/// words of three (a dictionary's word has 2.98 in Thai, 2.9 in Khmer).
const LETTERS_CUT: u32 = (1 << 16) / 16 * 5;

/// A sink that joins the characters of scripts without spaces and hands all other tokens on.
pub(super) struct Joining<'t, S> {
    pub(super) text: &'t str,
    /// Lines that begin behind what was read.
    pub(super) lines: &'t [Line],
    pub(super) word: &'t mut JoinedWord,
    pub(super) sink: &'t mut S,
}

/// A word under construction; empty between words.
#[derive(Default)]
pub(super) struct JoinedWord {
    bytes: Vec<u8>,
    /// Its place in the text.
    place: Range<usize>,
    /// Where the segment of its last character begins.
    segment: usize,
    /// The last character.
    last: u64,
    is_katakana: bool,
}

impl<S: Sink> Sink for Joining<'_, S> {
    #[inline(always)]
    fn token(&mut self, token: Token<'_>) {
        if token.window()[0] < FAR {
            if !self.word.bytes.is_empty() {
                self.finish();
            }
            self.sink.token(token);
        } else {
            self.far(token);
        }
    }
}

impl<S: Sink> Joining<'_, S> {
    /// A token that may be of a script without spaces.
    fn far(&mut self, token: Token<'_>) {
        let first = std::str::from_utf8(token.bytes()).map(|word| word.chars().next());
        let Ok(Some(first)) = first else { return };
        if !is_unspaced(first) {
            self.finish();
            self.sink.token(token);
            return;
        }
        let range = token.range();
        let character = key(token.bytes());
        let script = first.script();
        let is_katakana = script == Script::Katakana;
        let begins_line = self.begins_line(range.start);
        let word = &*self.word;
        let is_joined = !word.bytes.is_empty()
            && (word.segment == range.start
                || !begins_line
                    && !word.is_katakana
                    && !is_katakana
                    && !is_cut(word.last, character, cuts(script))
                    && self.text[word.place.end..range.start]
                        .chars()
                        .all(is_nothing));
        let is_katakana = is_katakana || is_joined && word.is_katakana;
        if !is_joined {
            self.finish();
            self.word.place = range.clone();
        }
        let word = &mut *self.word;
        word.bytes.extend_from_slice(token.bytes());
        word.place.end = range.end;
        word.segment = range.start;
        word.last = character;
        word.is_katakana = is_katakana;
    }

    /// Whether a line begins at or before this place that had not begun before the last one.
    fn begins_line(&mut self, at: usize) -> bool {
        let begun = self.lines.iter().take_while(|line| line.range.start <= at);
        let begun = begun.count();
        self.lines = &self.lines[begun..];
        begun > 0
    }

    /// Hands on the word in progress, if there is one.
    pub(super) fn finish(&mut self) {
        let word = &mut *self.word;
        let len = word.bytes.len();
        if len == 0 {
            return;
        }
        word.bytes.extend_from_slice(&[0; WINDOW]);
        self.sink.token(Token {
            window: &word.bytes,
            len,
            start: word.place.start,
            end: word.place.end,
        });
        word.bytes.clear();
    }
}

/// Whether a character between two others is not seen: a blank, or a mark of where a line may break.
fn is_nothing(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
        )
}

/// How many of 2^16 neighbours of a character of this script are cut from it.
fn cuts(script: Script) -> u32 {
    match script {
        Script::Thai | Script::Lao | Script::Khmer => LETTERS_CUT,
        _ => SYLLABLES_CUT,
    }
}

/// A character with its marks, as a number (FNV-1a).
fn key(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |key, &byte| {
        (key ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    })
}

/// Whether two neighbours are cut apart, as `share` of 2^16 are.
fn is_cut(before: u64, behind: u64, share: u32) -> bool {
    // The finalizer of SplitMix64 over a sum in which the order counts.
    let mut pair = before.rotate_left(32).wrapping_add(behind);
    pair = (pair ^ (pair >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    pair = (pair ^ (pair >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((pair >> 48) as u32) < share
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::definition::Kind;
    use super::super::{Kernel, Tokenizer, definition, lines, run};
    use super::*;

    fn words_of(kernel: Kernel, text: &str) -> Vec<(String, Range<usize>)> {
        let (mut found, mut cut) = (Vec::new(), Vec::new());
        lines(text, &mut cut);
        let mut sink = |token: Token<'_>| {
            assert!(token.window().len() >= WINDOW);
            let word = String::from_utf8(token.bytes().to_vec()).unwrap();
            found.push((word, token.range()));
        };
        Tokenizer::with_kernel(kernel).feed_words(text, &cut, &mut sink);
        found
    }

    fn words(text: &str) -> Vec<String> {
        let found = words_of(Kernel::Scalar, text);
        found.into_iter().map(|(word, _)| word).collect()
    }

    /// The words by the definition of a token.
    fn reference(text: &str) -> Vec<(String, Range<usize>)> {
        let (mut found, mut cut) = (Vec::new(), Vec::new());
        lines(text, &mut cut);
        let mut joining = Joining {
            text,
            lines: &cut,
            word: &mut JoinedWord::default(),
            sink: &mut |token: Token<'_>| {
                let word = String::from_utf8(token.bytes().to_vec()).unwrap();
                found.push((word, token.range()));
            },
        };
        definition::for_each(text, 0..text.len(), &mut run::Word::default(), &mut joining);
        joining.finish();
        found
    }

    const CHINESE: &str = "渡轮公司周一宣布旧船将在年底之前全部出售因为它们耗油太多";
    const THAI: &str = "บริษัทเรือเฟอร์รี่แถลงเมื่อวันจันทร์ว่าเรือเก่าจะถูกขายก่อนสิ้นปี";

    /// Frozen: words feed the keys of an index. A change is a new version of the text procedure.
    #[test]
    fn the_words_of_six_scripts_are_these() {
        for (text, expected) in [
            (
                CHINESE,
                "渡 轮公司周 一宣 布旧 船将在年 底 之 前全部出售 因为它们 耗 油太多",
            ),
            (
                "島のフェリーは月曜日に古い船を売ると発表した。",
                "島の フェリー は月曜 日に古 い 船を 売る と 発表した",
            ),
            (
                THAI,
                "บ ริ ษัทเรื อเ ฟ อร์ รี่ แ ถลงเมื่อวั นจันท ร์ว่ า เรื อเก่าจ ะถูกข ายก่อน สิ้ นปี",
            ),
            (
                "ក្រុមហ៊ុនសាឡាងបានប្រកាសកាលពីថ្ងៃចន្ទ",
                "ក្រុមហ៊ុ ន សាឡាងបា នប្រ កាសកាលពី ថ្ងៃចន្ទ",
            ),
            (
                "ကူးတို့ကုမ္ပဏီက တနင်္လာနေ့တွင် ကြေညာသည်။",
                "ကူး တို့ကုမ္ပဏီ က တ နင်္လာ နေ့တွင်ကြေ ညာ သ ည်",
            ),
            ("ບໍລິສັດເຮືອປະກາດໃນວັນຈັນ", "ບໍລິສັ ດເຮືອ ປະກ າດໃນ ວັ ນຈັນ"),
        ] {
            assert_eq!(words(text).join(" "), expected);
        }
    }

    #[test]
    fn other_scripts_digits_and_marks_end_a_word() {
        assert_eq!(
            words("東Reuters京3月、日"),
            ["東", "reuters", "京", "3", "月", "日"]
        );
        assert_eq!(
            words("Straße 1.5 한국어 don’t नमस्ते"),
            ["strasse", "1.5", "한국어", "dont", "नमस्ते"]
        );
    }

    #[test]
    fn a_katakana_word_is_a_word() {
        assert_eq!(
            words("新コンピューターとインターネット、ｶﾞｽ"),
            ["新", "コンピューター", "と", "インターネット", "ガス"]
        );
        assert_eq!(words("㌔"), ["キロ"]);
    }

    #[test]
    fn blanks_and_breaking_marks_between_characters_say_nothing() {
        for text in [CHINESE, THAI] {
            let plain = words(text);
            for between in [" ", "\u{3000}", "\u{200b}", "\u{ad}", "\u{a0} "] {
                let spaced: String = text.chars().fold(String::new(), |mut spaced, c| {
                    // Never before a mark, which would lose its letter.
                    if matches!(definition::kind(c), Kind::Unspaced) && !spaced.is_empty() {
                        spaced.push_str(between);
                    }
                    spaced.push(c);
                    spaced
                });
                assert_eq!(words(&spaced), plain, "{between:?}");
            }
        }
    }

    #[test]
    fn a_line_is_cut_alike_wherever_it_stands() {
        let alone = words(CHINESE);
        let found = words(&format!("新闻\n{CHINESE}\n{CHINESE}\n体育"));
        let apart = [words("新闻"), alone.clone(), alone, words("体育")].concat();
        assert_eq!(found, apart);
    }

    #[test]
    fn a_passage_is_cut_alike_but_at_its_edges_and_an_edit_stays_where_it_is() {
        for text in [CHINESE, THAI] {
            let alone = words(text);
            let inside = words(&format!("报道称{text}报道称")).join(" ");
            assert!(inside.contains(&alone[1..alone.len() - 1].join(" ")));
            let at = text.char_indices().nth(text.chars().count() / 2).unwrap().0;
            let edited = words(&format!("{}書{}", &text[..at], &text[at..]));
            let same = |(a, b): &(&String, &String)| a == b;
            let before = edited.iter().zip(&alone).take_while(same).count();
            let behind = edited
                .iter()
                .rev()
                .zip(alone.iter().rev())
                .take_while(same)
                .count();
            assert!(before + behind + 2 >= alone.len(), "{edited:?} {alone:?}");
        }
    }

    /// Mean length of words over characters in any order, give or take what 6,000 words allow.
    #[test]
    fn words_are_two_characters_long_and_of_alphabets_three() {
        let mean = |from: u32, count: u64| {
            let mut state = 1_u64; // Knuth's generator, its upper bits
            let mut next = || {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1);
                u32::try_from((state >> 33) % count).unwrap()
            };
            let text: String = (0..20_000)
                .filter_map(|_| char::from_u32(from + next()))
                .collect();
            20_000.0 / words(&text).len() as f64
        };
        let chinese = mean(0x4e00, 0x5000);
        assert!((chinese - 16.0 / 7.0).abs() < 0.06, "{chinese}");
        let thai = mean(0xe01, 46);
        assert!(
            (thai - 16.0 / 5.0).abs() < 0.6,
            "{thai}: few letters, few pairs"
        );
    }

    fn mixed() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "[一-龥]{1,6}",
            "[ぁ-ん]{1,4}",
            "[ァ-ヶー]{1,4}",
            "[ก-ฮ]{1,4}",
            "[a-zA-Z0-9]{1,4}",
            prop::sample::select(vec![
                " ", "\n", "\n\n", ".", "。", "、", "่", "ำ", "េ", "្", "ក", "ມ", "က", "်", "·",
                "\u{200b}", "\u{200d}", "\u{3000}", "ｶﾞ", "㌔", "_", "'", ",", "一", "🙂", "é",
                "\"",
            ])
            .prop_map(str::to_owned),
            any::<char>().prop_map(String::from),
        ];
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn words_are_those_of_the_definition_whole_and_in_order(text in mixed()) {
            let expected = reference(&text);
            for kernel in Kernel::available() {
                prop_assert_eq!(&words_of(kernel, &text), &expected);
            }
            let mut tokens = String::new();
            Tokenizer::new().for_each(&text, |token| {
                tokens.push_str(std::str::from_utf8(token.bytes()).unwrap());
            });
            let joined: String = expected.iter().map(|(word, _)| word.as_str()).collect();
            prop_assert_eq!(joined, tokens);
            prop_assert!(expected.is_sorted_by_key(|(_, range)| range.start));
        }
    }
}
