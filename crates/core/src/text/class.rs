//! What a character is to a word, for the characters met often enough to deserve a table.
//!
//! The table covers two-byte scripts (Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic), Latin
//! and Greek with diacritics, and general punctuation; Han, Hiragana and Hangul are ranges.
//! Everything else is [`Class::Complex`] and left to the definition. A test derives every class
//! and every folding from the definition and compares.

use super::table::{BLOCKS, FOLDS};

/// The part a character plays in UAX #29 word segmentation, as far as the fast path goes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Class {
    /// ALetter: part of a word, written as its folding.
    Letter,
    /// An ASCII digit: a figure begins.
    Digit,
    /// An ASCII sign that is a word or begins a figure, where it counts.
    Sign,
    /// Joins two digits, as `,` does: figures know of it, words end there.
    MidNum,
    /// Joins two letters or two digits, as `.` does.
    MidNumLet,
    /// Joins two letters, as `:` does.
    MidLetter,
    /// Joins whatever it touches, as `_` does.
    Joiner,
    /// A word of its own: a character of a script without spaces, or a sign that counts anywhere.
    Unspaced,
    /// Never part of a word.
    Break,
    /// Ask the definition.
    Complex,
}

/// The class of an ASCII byte; of any other byte, [`Class::Break`].
#[inline(always)]
pub(super) const fn of_ascii(byte: u8) -> Class {
    const TABLE: [Class; 256] = {
        let mut table = [Class::Break; 256];
        let mut byte = 0;
        while byte < 128 {
            table[byte as usize] = derive_ascii(byte);
            byte += 1;
        }
        table
    };
    TABLE[byte as usize]
}

const fn derive_ascii(byte: u8) -> Class {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
        b'0'..=b'9' => Class::Digit,
        b',' | b';' => Class::MidNum,
        b'.' | b'\'' => Class::MidNumLet,
        b':' => Class::MidLetter,
        b'_' => Class::Joiner,
        b'#'..=b'%' | b'+' | b'-' | b'<'..=b'>' => Class::Sign,
        _ => Class::Break,
    }
}

/// The class of any other character.
#[inline]
pub(super) fn of_char(c: char) -> Class {
    match c {
        '\u{80}'..'\u{3000}' => of_symbol(table_symbol(c)),
        '\u{4e00}'..='\u{9fff}' | '\u{3041}'..='\u{3096}' => Class::Unspaced,
        '\u{ac00}'..='\u{d7a3}' => Class::Letter,
        '\u{3000}'..='\u{3002}' | '\u{3008}'..='\u{3011}' => Class::Break,
        _ => Class::Complex,
    }
}

#[inline]
fn of_symbol(symbol: Option<u8>) -> Class {
    match symbol {
        Some(b'l' | b'f') => Class::Letter,
        Some(b'n') => Class::MidNum,
        Some(b'm') => Class::MidNumLet,
        Some(b':') => Class::MidLetter,
        Some(b'_') => Class::Joiner,
        Some(b'-') => Class::Break,
        Some(b'u') => Class::Unspaced,
        _ => Class::Complex,
    }
}

/// How a non-ASCII [`Class::Letter`] or [`Class::Unspaced`] is written in a token, where that
/// differs from the character itself.
pub(super) fn folding(c: char) -> Option<&'static str> {
    if table_symbol(c) != Some(b'f') {
        return None;
    }
    let at = FOLDS.binary_search_by_key(&c, |&(from, _)| from).ok()?;
    Some(FOLDS[at].1)
}

#[inline]
fn table_symbol(c: char) -> Option<u8> {
    let code = c as u32;
    BLOCKS.iter().find_map(|(first, symbols)| {
        let at = code.checked_sub(*first)?;
        symbols.as_bytes().get(at as usize).copied()
    })
}

#[cfg(test)]
pub(super) mod tests {
    use unicode_segmentation::UnicodeSegmentation;

    use super::super::definition::{Kind, kind, normalize};
    use super::super::sign;
    use super::*;

    fn one_word(text: &str) -> bool {
        text.split_word_bounds().count() == 1
    }

    fn all_apart(text: &str) -> bool {
        text.split_word_bounds().count() == text.chars().count()
    }

    /// The symbol of a character, found by asking the definition about it in context.
    pub(in super::super) fn derive(c: char) -> u8 {
        let normal = normalize(c.encode_utf8(&mut [0; 4]));
        let joined = |pattern: &str| one_word(&pattern.replace('?', &c.to_string()));
        let apart = |pattern: &str| all_apart(&pattern.replace('?', &c.to_string()));
        let letters = !normal.is_empty()
            && normal
                .chars()
                .all(|c| matches!(kind(c), Kind::LetterOrNumber) && !c.is_numeric());
        let dropped = normal.chars().all(|c| matches!(kind(c), Kind::Dropped));
        let is_sign = normal == c.to_string()
            && matches!(kind(c), Kind::Sign)
            && sign::counts_anywhere(c)
            && sign::written(c) == c;
        // Inside a number these two are kept, which only the definition knows how to do.
        let dropped_anywhere = dropped && !normal.contains(['.', ',']);
        if letters
            && [
                "a?", "?a", "1?", "?1", "??", "_?", "?_", "a'?", "?'a", "a:?", "?:a", "a’?",
            ]
            .iter()
            .all(|p| joined(p))
            && ["1,?", "?,1", "?,a", "?'", "'?", "?\"?", "!?", "カ?", "?カ"]
                .iter()
                .all(|p| apart(p))
        {
            return if normal == c.to_string() { b'l' } else { b'f' };
        }
        // (Two spaces may stand together: a longer break is still a break.)
        let free = ["a?", "?a", "1?", "?1", "!?", "カ?カ"]
            .iter()
            .all(|p| apart(p));
        let (between_letters, between_digits) = (joined("a?a"), joined("1?1"));
        let neither = apart("a?1") && apart("1?a") && apart("_?") && apart("?_");
        match (free && neither, between_letters, between_digits) {
            (true, false, false) if dropped && apart("a?a") && apart("1?1") => b'-',
            (true, false, false) if is_sign && apart("a?a") && apart("1?1") && apart("??") => b'u',
            _ if !dropped_anywhere => b'?',
            (true, true, true) => b'm',
            (true, true, false) if apart("1?1") => b':',
            (true, false, true) if apart("a?a") => b'n',
            (false, ..)
                if ["a?", "?a", "1?", "?1", "??", "_?", "?_", "a?1", "カ?カ"]
                    .iter()
                    .all(|p| joined(p))
                    && apart("!?") =>
            {
                b'_'
            }
            _ => b'?',
        }
    }

    #[test]
    fn the_table_is_what_the_definition_says() {
        let mut expected_folds = Vec::new();
        for (first, symbols) in BLOCKS {
            let derived: String = (*first..)
                .take(symbols.len())
                .map(|code| char::from(derive(char::from_u32(code).unwrap())))
                .collect();
            assert_eq!(&derived, symbols, "block at U+{first:04X}");
            for (code, symbol) in (*first..).zip(derived.bytes()) {
                if symbol == b'f' {
                    let c = char::from_u32(code).unwrap();
                    expected_folds.push((c, normalize(&c.to_string())));
                }
            }
        }
        let folds: Vec<_> = FOLDS
            .iter()
            .map(|&(c, fold)| (c, fold.to_owned()))
            .collect();
        assert_eq!(folds, expected_folds);
    }

    #[test]
    fn the_ranges_are_what_the_definition_says() {
        for c in ('\u{3000}'..='\u{3096}')
            .chain('\u{4e00}'..='\u{9fff}')
            .chain('\u{ac00}'..='\u{d7a3}')
        {
            let normal = normalize(&c.to_string());
            match of_char(c) {
                Class::Unspaced => {
                    assert_eq!(normal, c.to_string());
                    assert!(matches!(kind(c), Kind::Unspaced), "{c}");
                    assert!(all_apart(&format!("a{c}カ{c}1{c}{c}_{c}'{c}!")), "{c}");
                }
                Class::Letter => assert_eq!(derive(c), b'l', "{c}"),
                Class::Break => assert_eq!(derive(c), b'-', "{c:?}"),
                class => assert_eq!(class, Class::Complex),
            }
        }
    }

    #[test]
    fn ascii_classes_are_what_the_definition_says() {
        for byte in 0u8..128 {
            let derived = derive(char::from(byte));
            let class = of_ascii(byte);
            let agrees = match class {
                Class::Letter => matches!(derived, b'l' | b'f'),
                Class::Digit => byte.is_ascii_digit(),
                Class::MidNum => derived == b'n' || byte == b',',
                Class::MidNumLet => derived == b'm' || byte == b'.',
                Class::MidLetter => derived == b':',
                Class::Joiner => derived == b'_',
                Class::Break => derived == b'-' || byte == b'"',
                Class::Sign => derived == b'?' || matches!(byte, b'$' | b'-'),
                Class::Unspaced | Class::Complex => false,
            };
            assert!(
                agrees,
                "{:?} is {class:?}, derived {:?}",
                char::from(byte),
                char::from(derived)
            );
        }
    }
}
