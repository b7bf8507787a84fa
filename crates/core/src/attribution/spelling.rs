//! Finding the agencies' spellings in a text: whole words, the longest at each place.
//!
//! One pass over the bytes; three bytes that open no spelling cost one look at a table. Spellings in
//! scripts without spaces have no word boundaries to ask for, and are held in check by the forms.

use std::ops::Range;
use std::sync::LazyLock;

use super::agencies::{Agency, SHOUTED, agencies};

/// A spelling met in a text.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) agency: &'static Agency,
    /// Whether the spelling is too common a word to count outside the strict forms.
    pub(super) common: bool,
    pub(super) place: Range<usize>,
}

struct Spelling {
    text: &'static str,
    agency: &'static Agency,
    common: bool,
}

/// The spellings by their first byte, longest first.
static BY_BYTE: LazyLock<[Vec<Spelling>; 256]> = LazyLock::new(|| {
    let mut table = [const { Vec::new() }; 256];
    for agency in agencies() {
        for (text, common) in agency.spellings() {
            table[usize::from(text.as_bytes()[0])].push(Spelling {
                text,
                agency,
                common,
            });
        }
    }
    for spellings in &mut table {
        spellings.sort_by_key(|spelling| std::cmp::Reverse(spelling.text.len()));
    }
    table
});

/// The three bytes that spellings begin with, as they are written or shouted: a bit for each, and for
/// some others. A spelling of two bytes begins with these and any third one.
static OPENINGS: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let mut bits = vec![0; BITS / 64];
    let mut set = |opening: [u8; 3]| {
        let bit = bit(opening);
        bits[bit / 64] |= 1 << (bit % 64);
    };
    for (text, _) in agencies().iter().flat_map(Agency::spellings) {
        let text = text.as_bytes();
        for shouted in [false, true] {
            let byte = |at: usize| match shouted {
                true => text[at].to_ascii_uppercase(),
                false => text[at],
            };
            match text.len() {
                2 => (0..=u8::MAX).for_each(|third| set([text[0], byte(1), third])),
                _ => set([text[0], byte(1), byte(2)]),
            }
        }
    }
    bits
});

/// Bits of the table of openings: 8 KB, few of which are set (a test holds it).
const BITS: usize = 1 << 16;

/// The bit of an opening; any that spreads them will do.
fn bit([first, second, third]: [u8; 3]) -> usize {
    let all = u32::from_le_bytes([first, second, third, 0]);
    (all.wrapping_mul(0x9e37_79b1) >> 16) as usize
}

/// The first spelling that starts in this range of the text. None is shorter than two bytes.
pub(super) fn next(text: &str, range: Range<usize>) -> Option<Name> {
    let (openings, bytes) = (OPENINGS.as_slice(), text.as_bytes());
    let end = range.end.min(bytes.len().saturating_sub(1));
    let is_opening = |at: usize| {
        let third = bytes.get(at + 2).copied().unwrap_or_default();
        let bit = bit([bytes[at], bytes[at + 1], third]);
        let is_behind_letter = at > 0 && bytes[at - 1].is_ascii_alphanumeric();
        let is_inside = is_behind_letter & bytes[at].is_ascii();
        (openings[bit / 64] >> (bit % 64) & 1 == 1) & !is_inside
    };
    let mut at = range.start;
    let mut is_letter_before = at > 0 && bytes[at - 1].is_ascii_alphabetic();
    while at < end {
        let rest = &bytes[at..end];
        let mut openings = match rest.first_chunk() {
            Some(block) => openings_of(block, &mut is_letter_before),
            None => {
                let mut block = [0; BLOCK];
                block[..rest.len()].copy_from_slice(rest);
                openings_of(&block, &mut is_letter_before) & ((1 << rest.len()) - 1)
            }
        };
        while openings != 0 {
            let place = at + openings.trailing_zeros() as usize;
            if is_opening(place)
                && let Some(name) = name_at(text, place)
            {
                return Some(name);
            }
            openings &= openings - 1;
        }
        at += BLOCK;
    }
    None
}

/// Bytes that are looked at together: their openings are the bits of one number, so that there is
/// hardly a branch on what stands where.
const BLOCK: usize = 64;

/// The bytes of a block that may open a word, a bit each: those behind no letter, and where characters
/// of more than one byte begin.
fn openings_of(block: &[u8; BLOCK], is_letter_before: &mut bool) -> u64 {
    let mut openings = 0;
    let mut before = if *is_letter_before { TOP } else { 0 };
    for (place, eight) in (0..).step_by(8).zip(block.as_chunks().0) {
        let eight = u64::from_le_bytes(*eight);
        let letters = letters(eight);
        let behind = letters << 8 | before;
        before = letters >> 56;
        let goes_on = eight & !(eight << 1);
        openings |= gathered((eight | !behind) & !goes_on & HIGHS) << place;
    }
    *is_letter_before = before != 0;
    openings
}

/// The highest bits of eight bytes, the others of which are not set, as one byte.
fn gathered(highs: u64) -> u64 {
    (highs >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// The highest bit of the first of eight bytes, and of each.
const TOP: u64 = 0x80;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// The highest bit of each of eight bytes that is an ASCII letter.
fn letters(eight: u64) -> u64 {
    let each = HIGHS >> 7;
    // Letters have bit 6, and in the five lowest 1 to 26. No sum reaches the next byte.
    let low = eight & (each * 0x1f);
    let some = low + each * 0x1f; // bit 5: not 0
    let beyond = low + each * 5; // bit 5: 27 or more
    (some & !beyond) << 2 & eight << 1 & !eight & HIGHS
}

/// The spelling that starts here as a whole word.
pub(super) fn name_at(text: &str, at: usize) -> Option<Name> {
    let rest = text.get(at..)?;
    let first = usize::from(*rest.as_bytes().first()?);
    BY_BYTE[first]
        .iter()
        .find(|spelling| {
            let len = spelling.text.len();
            written(rest, spelling)
                && (is_unspaced(spelling.text) || free(&text[..at], &rest[len..]))
        })
        .map(|spelling| Name {
            agency: spelling.agency,
            common: spelling.common,
            place: at..at + spelling.text.len(),
        })
}

/// Whether the words before an abbreviation spell it out (`Agence France-Presse (AFP)`), as it is
/// listed or by their initials: then it explains, and credits no agency.
pub(super) fn explains(before: &str, agency: &Agency, written: &str) -> bool {
    let listed = agency.spellings().any(|(name, _)| {
        before
            .strip_suffix(name)
            .is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
    });
    let letters = written.chars().count();
    let before = before.rsplit('\n').next().unwrap_or(before);
    let small = ["of", "de", "da", "di", "and", "und"];
    let words = before
        .rsplit([' ', '-', '\u{a0}'])
        .filter(|word| !small.contains(word));
    let initials = words
        .take(letters)
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_lowercase);
    // Two initials meet by chance in any place of two words: `Abu Plaza (AP)`.
    let spelled = letters >= 3 && initials.eq(written.chars().rev().flat_map(char::to_lowercase));
    listed || spelled
}

/// A name without its English article.
pub(super) fn without_article(name: &str) -> &str {
    name.strip_prefix("The ")
        .or_else(|| name.strip_prefix("the "))
        .unwrap_or(name)
}

/// Whether a script writes this character without spaces between words.
pub(super) fn unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

fn is_unspaced(name: &str) -> bool {
    name.chars().any(unspaced)
}

/// Whether the text goes on as the spelling says, or shouts it.
fn written(rest: &str, spelling: &Spelling) -> bool {
    if rest.starts_with(spelling.text) {
        return true;
    }
    let len = spelling.text.len();
    !spelling.common
        && len >= SHOUTED
        && rest.get(..len).is_some_and(|shouted| {
            shouted.eq_ignore_ascii_case(spelling.text)
                && !shouted.bytes().any(|byte| byte.is_ascii_lowercase())
        })
}

/// Whether a word between these two stands free: no part of a compound, a domain or a handle.
fn free(before: &str, after: &str) -> bool {
    let mut left = before.chars().rev();
    let left = (left.next(), left.next());
    let mut right = after.chars();
    let right = (right.next(), right.next());
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !unspaced(c));
    let opens = match left.0 {
        Some('@' | '#' | '_') => false,
        Some('-' | '.') => !is_word(left.1),
        c => !is_word(c),
    };
    let closes = match right.0 {
        Some('_' | '\'' | '’') => !is_word(right.1),
        Some('-') => !is_word(right.1),
        Some('.') => right.1.is_none_or(|c| !c.is_lowercase()),
        c => !is_word(c),
    };
    opens && closes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn names() -> Vec<&'static str> {
        let spellings = agencies().iter().flat_map(Agency::spellings);
        spellings.map(|(text, _)| text).collect()
    }

    fn first(text: &str) -> Option<(&'static str, &str)> {
        let name = next(text, 0..text.len())?;
        Some((name.agency.name(), &text[name.place]))
    }

    #[test]
    fn letters_are_distinguished_from_all_other_bytes() {
        for byte in 0..=u8::MAX {
            for place in 0..8 {
                let mut eight = [b'a'; 8];
                eight[place] = byte;
                let found = letters(u64::from_le_bytes(eight)).to_le_bytes();
                let all = eight.map(|byte| if byte.is_ascii_alphabetic() { 0x80 } else { 0 });
                assert_eq!(found, all, "{byte}");
            }
        }
    }

    proptest! {
        /// Against asking at every place.
        #[test]
        fn no_spelling_is_passed_over(
            pieces in prop::collection::vec(
                prop_oneof![
                    3 => prop::sample::select(names()),
                    2 => prop::sample::select(vec![" ", "a", "7", "(", "-", "Über ", "one Reuter ", "x.", "@"]),
                    1 => prop::sample::select(vec!["ä", "Ж", "不", "新华", "\n"]),
                ],
                0..9,
            ),
            start in any::<prop::sample::Index>(),
        ) {
            let text = pieces.concat();
            let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let start = starts[start.index(starts.len())];
            let found = next(&text, start..text.len()).map(|name| (name.agency.name(), name.place));
            let bytes = text.as_bytes();
            let is_inside = |at: usize| {
                at > 0 && bytes[at - 1].is_ascii_alphanumeric() && bytes[at].is_ascii()
            };
            let places = start..text.len().saturating_sub(1);
            let mut names = places.filter(|&at| !is_inside(at)).filter_map(|at| name_at(&text, at));
            let first = names.next().map(|name| (name.agency.name(), name.place));
            prop_assert_eq!(found, first);
        }
    }

    #[test]
    fn few_words_open_like_a_spelling() {
        let set: u32 = OPENINGS.iter().map(|bits| bits.count_ones()).sum();
        let share = f64::from(set) / 65_536.0;
        assert!(share < 0.1, "{share}");
    }

    #[test]
    fn the_longest_spelling_is_taken() {
        assert_eq!(first("(dpa-AFX) x"), Some(("DPA-AFX", "dpa-AFX")));
        let pakistan = "Associated Press of Pakistan";
        assert_eq!(first(pakistan), Some(("APP", pakistan)));
    }

    #[test]
    fn every_spelling_is_found_as_it_is_written_and_shouted_if_that_counts() {
        for agency in agencies() {
            for (text, common) in agency.spellings() {
                let found = next(text, 0..text.len()).map(|name| name.place);
                assert_eq!(found, Some(0..text.len()), "{text}");
                let shouted = text.to_ascii_uppercase();
                if !common && text.len() >= SHOUTED && shouted.as_bytes()[0] == text.as_bytes()[0] {
                    let found = next(&shouted, 0..shouted.len());
                    assert!(found.is_some_and(|name| name.place.start == 0), "{shouted}");
                }
            }
        }
    }

    #[test]
    fn a_long_name_is_known_in_capitals_and_a_short_one_only_as_written() {
        assert_eq!(first("ASSOCIATED PRESS"), Some(("AP", "ASSOCIATED PRESS")));
        assert_eq!(first("Ap afP ansa reuters"), None);
    }

    #[test]
    fn parts_of_words_compounds_domains_and_handles_are_no_names() {
        for text in [
            "APEC",
            "dpa-Bericht",
            "www.reuters.com",
            "@AFP",
            "Nach-AFP",
            "AFP’s",
        ] {
            assert_eq!(first(text), None, "{text}");
        }
        assert_eq!(first("据新华社报道"), Some(("Xinhua", "新华社")));
    }
}
