//! What a name is known by: its first letters, without accents.
//!
//! `Édouard` and `Edouard`, `Istanbul` and `Istanbula`, `Sousa` and `Sousanın` are one name to a reader, and
//! two words. Spelling decides about words; where names are compared as facts, the first [`LETTERS`] do.
//! An apostrophe sets an ending apart (`ABD'nin`), so letters behind it do not count, or what stands before
//! the name (`L'Équipe`, `O'Brien`), where there is one letter before it.

use std::sync::LazyLock;

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Letters of a stem. With fewer, other names are the same: `Ali` and `Alican`.
const LETTERS: usize = 4;

/// Bytes that a stem may take.
pub const STEM: usize = 16;

/// `KEEP[n]` keeps the first `n` of four bytes, read as a little-endian number.
const KEEP: [u32; LETTERS + 1] = [0, 0xff, 0xffff, 0x00ff_ffff, u32::MAX];

/// Where scripts with capital letters and few others stand: Latin, Greek, Cyrillic, Armenian.
const CASED: usize = 0x590;

/// Which letters of a word are its name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Letters {
    skipped: usize,
    most: usize,
}

impl Letters {
    /// All letters.
    pub const WHOLE: Letters = Letters {
        skipped: 0,
        most: LETTERS,
    };

    /// Those that an apostrophe leaves in a word as it is written.
    pub fn of(written: &str) -> Letters {
        let Some((before, _)) = written.split_once(['\'', '’']) else {
            return Letters::WHOLE;
        };
        match before.chars().filter(|&c| !is_combining_mark(c)).count() {
            one @ 0..2 => Letters {
                skipped: one,
                most: LETTERS,
            },
            more => Letters {
                skipped: 0,
                most: more.min(LETTERS),
            },
        }
    }
}

/// The stem of a word that begins with plain letters, as a little-endian number; none of other words, of figures
/// and of signs. Most words are such, so this has no branch on their lengths.
#[inline(always)]
pub fn plain_stem(window: &[u8], len: usize) -> Option<u32> {
    let first = u32::from_le_bytes(*window.first_chunk()?);
    let first = first & KEEP[len.min(LETTERS)];
    let is_plain = first & 0x8080_8080 == 0 && first & 0xff >= u32::from(b'A');
    is_plain.then_some(first)
}

/// Writes the stem of a word into a window and returns its length; none, if it has none.
pub fn stem(word: &str, part: Letters, stem: &mut [u8; STEM]) -> Option<usize> {
    if word.as_bytes().first()? < &b'A' {
        return None; // a figure or a sign
    }
    folded(word, part, stem)
}

fn folded(word: &str, part: Letters, stem: &mut [u8; STEM]) -> Option<usize> {
    let (mut letters, mut length) = (0, 0);
    for c in word.chars() {
        let base = match BASES.get(c as usize) {
            Some(&base) => base,
            None if matches!(c, '\u{1e00}'..='\u{1fff}') => base_of(c),
            None => return None,
        };
        if base == MARK {
            continue;
        }
        if letters == part.skipped + part.most {
            break;
        }
        letters += 1;
        if letters > part.skipped {
            length += base.encode_utf8(&mut stem[length..]).len();
        }
    }
    Some(length)
}

/// Stands for what is no letter of its own.
const MARK: char = '\0';

/// The letters below [`CASED`] without their marks.
static BASES: LazyLock<Vec<char>> = LazyLock::new(|| {
    let all = ('\0'..).take(CASED);
    all.map(base_of).collect()
});

/// A letter without its marks.
fn base_of(c: char) -> char {
    if is_combining_mark(c) {
        return MARK;
    }
    if c == 'ı' {
        return 'i'; // as it is typed where there is none
    }
    let mut base = None;
    decompose_canonical(c, |part| {
        base.get_or_insert(part);
    });
    base.unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stem_of(token: &str, part: Letters) -> String {
        let mut buffer = [0; STEM];
        match stem(token, part, &mut buffer) {
            Some(length) => std::str::from_utf8(&buffer[..length]).unwrap().to_owned(),
            None => token.to_owned(),
        }
    }

    #[test]
    fn a_stem_is_four_letters_without_accents() {
        for (token, stem) in [
            ("édouard", "edou"),
            ("edouard", "edou"),
            ("i\u{307}stanbul", "ista"),
            ("ısparta", "ispa"),
            ("nguyễn", "nguy"),
            ("путина", "пути"),
            ("ali", "ali"),
            ("zoë", "zoe"),
            ("1945", "1945"),
            ("-12000", "-12000"),
            ("محمد", "محمد"),
            ("北", "北"),
        ] {
            assert_eq!(stem_of(token, Letters::WHOLE), stem);
        }
    }

    #[test]
    fn a_plain_stem_is_the_stem() {
        for token in [
            "edouard",
            "ali",
            "o",
            "1945",
            "-5",
            "zoë",
            "münchen",
            "edoü",
            "путина",
        ] {
            let mut window = token.as_bytes().to_vec();
            window.resize(token.len() + STEM, b'x');
            let plain = plain_stem(&window, token.len()).map(u32::to_le_bytes);
            let expected = token
                .bytes()
                .take(LETTERS)
                .all(|byte| byte.is_ascii_alphabetic());
            assert_eq!(plain.is_some(), expected, "{token}");
            let mut letters = [0; LETTERS];
            letters[..token.len().min(LETTERS)]
                .copy_from_slice(&token.as_bytes()[..token.len().min(LETTERS)]);
            assert!(plain.is_none_or(|plain| plain == letters));
        }
    }

    #[test]
    fn an_apostrophe_sets_a_name_apart() {
        for (written, token, stem) in [
            ("ABD'nin", "abdnin", "abd"),
            ("AB’ye", "abye", "ab"),
            ("İstanbul'a", "i\u{307}stanbula", "ista"),
            ("L’Équipe", "léquipe", "equi"),
            ("O'Brien", "obrien", "brie"),
            ("'Tis", "tis", "tis"),
        ] {
            assert_eq!(stem_of(token, Letters::of(written)), stem);
        }
    }
}
