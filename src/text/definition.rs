//! The definition of a token, in a few slow lines.
//!
//! Join the words that are broken at line ends, and segment the text by UAX #29. Of every segment take NFKC, full case folding, NFKC again, and
//! keep letters, numbers and combining marks, and `.` or `,` between two ASCII digits; variation
//! selectors go. A character of a script written without spaces is a token of its own, together
//! with the marks behind it. What is left without a letter or a number is no token.

use caseless::Caseless;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};
use unicode_script::{Script, UnicodeScript};
use unicode_segmentation::UnicodeSegmentation;

use super::broken::{self, place};
use super::run::Word;
use super::{Sink, boundary};

/// Hands the tokens of `text` to `sink`, their ranges moved by `offset`.
pub(super) fn for_each(text: &str, offset: usize, word: &mut Word, sink: &mut impl Sink) {
    match broken::joined(text) {
        None => segments(text, &[], offset, word, sink),
        Some((joined, cuts)) => segments(&joined, &cuts, offset, word, sink),
    }
}

/// The same of a text in which words were joined, with what was left out.
fn segments(
    text: &str,
    cuts: &[(usize, usize)],
    offset: usize,
    word: &mut Word,
    sink: &mut impl Sink,
) {
    for (start, segment) in text.split_word_bound_indices() {
        let end = start + segment.len();
        let range = offset + place(cuts, start, false)..offset + place(cuts, end, true);
        // As it comes: a segment may be a record, and a character of it become eighteen.
        let (segment, rest) = segment.split_at(boundary(segment, LONGEST));
        let mut chars = segment.nfkc().default_case_fold().nfkc().peekable();
        let mut before = None;
        word.clear();
        while let Some(c) = chars.next() {
            match kind(c) {
                Kind::Unspaced => {
                    finish(word, &range, sink);
                    word.push_char(c);
                    word.unspaced = true;
                }
                Kind::LetterOrNumber => {
                    if word.unspaced {
                        finish(word, &range, sink);
                    }
                    word.push_char(c);
                    word.has_letter_or_number = true;
                }
                Kind::Mark => word.push_char(c),
                Kind::Dropped => {
                    let digit = |at: Option<char>| at.is_some_and(|c| c.is_ascii_digit());
                    if matches!(c, '.' | ',') && digit(before) && digit(chars.peek().copied()) {
                        word.push_char(c);
                        word.has_marks_in_number = true;
                    }
                }
            }
            before = Some(c);
        }
        rest.chars().for_each(|c| word.push_char(c));
        finish(word, &range, sink);
    }
}

/// Bytes of a word that are normalised; what stands behind them counts as it is written. No word of a language has
/// a twentieth of it, and a record that is one word would take seconds that nobody can interrupt.
const LONGEST: usize = 4 << 10;

fn finish(word: &mut Word, range: &std::ops::Range<usize>, sink: &mut impl Sink) {
    word.emit(range.start, range.end, sink);
}

/// NFKC, full case folding, and NFKC of that.
#[cfg(test)]
pub(super) fn normalize(segment: &str) -> String {
    caseless::default_case_fold_str(&segment.nfkc().collect::<String>())
        .nfkc()
        .collect()
}

/// The first character that may be of a script without spaces: Thai.
const UNSPACED_FROM: char = '\u{e00}';

pub(super) enum Kind {
    LetterOrNumber,
    Unspaced,
    Mark,
    Dropped,
}

/// What a normalised character is to a token.
pub(super) fn kind(c: char) -> Kind {
    match c.general_category_group() {
        GeneralCategoryGroup::Letter | GeneralCategoryGroup::Number if is_unspaced(c) => {
            Kind::Unspaced
        }
        GeneralCategoryGroup::Letter | GeneralCategoryGroup::Number => Kind::LetterOrNumber,
        GeneralCategoryGroup::Mark if !is_variation_selector(c) => Kind::Mark,
        _ => Kind::Dropped,
    }
}

fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{180b}'..='\u{180f}')
}

/// Whether words of the character's script are written without spaces between them.
pub(super) fn is_unspaced(c: char) -> bool {
    // U+30FC, the prolonged sound mark, belongs to both Kana scripts and to neither.
    c == 'ー' || (c >= UNSPACED_FROM && is_of_unspaced_script(c))
}

fn is_of_unspaced_script(c: char) -> bool {
    matches!(
        c.script(),
        Script::Han
            | Script::Hiragana
            | Script::Katakana
            | Script::Thai
            | Script::Lao
            | Script::Khmer
            | Script::Myanmar
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_script_without_spaces_begins_before_thai() {
        assert!(('\0'..UNSPACED_FROM).all(|c| !is_of_unspaced_script(c)));
        assert!(is_of_unspaced_script('\u{e01}'));
    }

    #[test]
    fn characters_as_they_come_are_those_of_the_normal_form() {
        let all: String = ('\0'..='\u{ffff}').step_by(3).collect();
        let come: String = all.nfkc().default_case_fold().nfkc().collect();
        assert_eq!(come, normalize(&all));
    }
}
