//! Words broken at the end of a line.
//!
//! Old newspapers and whatever was set in columns break words: `eleven-` at the end of a line, `day` at the
//! beginning of the next. Copies break them elsewhere, so what was broken is joined, hyphen and line end left out.
//! Only a letter before the hyphen and a letter behind the line end that is no capital make a broken word:
//! `Anglo-` and `American` stay two, as does `Haupt-` before `und`, which is half of a compound. A compound that
//! was itself cut at its hyphen (`non-` and `performing`) becomes one word; in text that is not hyphenated that is
//! rare (27 of 45,000 pages of nineteen sets, 20 of them in one set of wires of 1987).
//!
//! Inside a line `Zucht- haus` is not joined: of 1,740 places of the form in the same sets, 25 make a word that the set knows, and
//! nearly all others are halves of compounds and dashes.

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use super::definition::{Kind, kind};

/// Blanks in front of a line that are passed over.
const INDENT: usize = 8;

/// Words that stand behind half of a compound, not behind half of a word.
const BEHIND_HALVES: [&str; 20] = [
    "and",
    "or",
    "to", // English
    "und",
    "oder",
    "bis",
    "bzw",
    "sowie",
    "beziehungsweise",
    "noch", // German
    "en",
    "of", // Dutch
    "och",
    "eller",
    "og",
    "samt", // Swedish, Danish, Norwegian
    "et",
    "ou",
    "y",
    "e", // French, Spanish, Italian, Portuguese
];

/// Where a word goes on that a hyphen at `at` breaks, if one does.
#[inline]
pub(super) fn goes_on(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    // The hyphen, U+00AC as OCR writes it, U+00AD, U+2010.
    let behind = match bytes[at..] {
        [b'-', ..] => at + 1,
        [0xc2, 0xac | 0xad, ..] => at + 2,
        [0xe2, 0x80, 0x90, ..] => at + 3,
        _ => return None,
    };
    let line = match bytes[behind..] {
        [b'\n', ..] => behind + 1,
        [b'\r', b'\n', ..] => behind + 2,
        _ => return None,
    };
    let blanks = bytes[line..]
        .iter()
        .take_while(|byte| matches!(byte, b' ' | b'\t'));
    let next = line + blanks.take(INDENT).count();
    (ends_in_letter(&text[..at]) && begins_inside(&text[next..])).then_some(next)
}

fn ends_in_letter(text: &str) -> bool {
    let last = text.chars().next_back();
    last.is_some_and(|c| matches!(kind(c), Kind::LetterOrNumber | Kind::Mark) && !is_number(c))
}

/// Whether a text begins with what may be the rest of a word.
fn begins_inside(text: &str) -> bool {
    let first = text.chars().next();
    let is_inside =
        |c: char| matches!(kind(c), Kind::LetterOrNumber) && !is_number(c) && !c.is_uppercase();
    if !first.is_some_and(is_inside) {
        return false;
    }
    let word = text
        .split(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default();
    !BEHIND_HALVES.contains(&word)
}

fn is_number(c: char) -> bool {
    c.general_category_group() == GeneralCategoryGroup::Number
}

/// The text with its broken words joined, and where something was left out: places in what is left, and bytes that
/// were left out up to there. None if no word is broken.
pub(super) fn joined(text: &str) -> Option<(String, Vec<(usize, usize)>)> {
    let mut out: Option<(String, Vec<(usize, usize)>)> = None;
    let mut kept = 0;
    for end in memchr::memchr_iter(b'\n', text.as_bytes()) {
        let line = text[..end].strip_suffix('\r').unwrap_or(&text[..end]);
        let Some((at, _)) = line.char_indices().next_back() else {
            continue;
        };
        if let Some(next) = goes_on(text, at) {
            let (out, cuts) = out.get_or_insert_default();
            out.push_str(&text[kept..at]);
            let before = cuts.last().map_or(0, |&(_, bytes)| bytes);
            cuts.push((out.len(), before + next - at));
            kept = next;
        }
    }
    if let Some((out, _)) = &mut out {
        out.push_str(&text[kept..]);
    }
    out
}

/// Where a place of the joined text stands in the text itself. `is_end` of the end of a word, which does not reach
/// over what was left out behind it.
pub(super) fn place(cuts: &[(usize, usize)], at: usize, is_end: bool) -> usize {
    let passed = cuts.partition_point(|&(cut, _)| if is_end { cut < at } else { cut <= at });
    at + passed.checked_sub(1).map_or(0, |last| cuts[last].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_goes_on_behind_its_line_end() {
        for (text, expected) in [
            ("eleven-\nday", Some(8)),
            ("eleven-\r\n  day", Some(11)),
            ("grö\u{ad}\nße", Some(7)),
            ("port¬\nal", Some(7)),
            ("port\u{2010}\nal", Some(8)),
            ("Anglo-\nAmerican", None),
            ("Haupt-\nund Neben", None),
            ("Haupt-\nundine", Some(7)),
            ("1990-\n95", None),
            ("word -\nnext", None),
            ("word-\n\nnext", None),
            ("word- next", None),
            ("word-\n", None),
            ("東-\n京", None),
            ("слово-\nсловие", Some(12)),
        ] {
            let at = text.find(['-', '\u{ad}', '¬', '\u{2010}']).unwrap();
            assert_eq!(goes_on(text, at), expected, "{text:?}");
        }
    }

    #[test]
    fn places_lead_back_into_the_text() {
        let text = "an eleven-\nday strike-\n  breaker";
        let (joined, cuts) = joined(text).unwrap();
        assert_eq!(joined, "an elevenday strikebreaker");
        let range = |word: &str| {
            let at = joined.find(word).unwrap();
            place(&cuts, at, false)..place(&cuts, at + word.len(), true)
        };
        assert_eq!(&text[range("elevenday")], "eleven-\nday");
        assert_eq!(&text[range("strikebreaker")], "strike-\n  breaker");
        assert_eq!(&text[range("an")], "an");
        assert_eq!(super::joined("nothing - here\nat all"), None);
    }
}
