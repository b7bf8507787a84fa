//! The definition of a token, in a few slow lines.
//!
//! Cut figures and signs out of the text. What is between them, its words broken at line ends joined, segment by
//! UAX #29. Of every segment take
//! NFKC, full case folding, NFKC again, and keep letters, numbers and combining marks; variation
//! selectors go. A character of a script written without spaces is a token of its own, together
//! with the marks behind it. What is left without any of these is no token.

use std::ops::Range;

use caseless::Caseless;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};
use unicode_script::{Script, UnicodeScript};
use unicode_segmentation::UnicodeSegmentation;

use super::broken::{self, place};
use super::run::Word;
use super::{Sink, boundary, figure, sign};

/// Hands the tokens of a part of `text` to `sink`, and says where it ended: behind that part, if a
/// figure reaches further.
pub(super) fn for_each(
    text: &str,
    part: Range<usize>,
    word: &mut Word,
    sink: &mut impl Sink,
) -> usize {
    let (mut start, mut at) = (part.start, part.start);
    while at < part.end {
        if figure::begins(text, at) {
            segments(text, start..at, word, sink);
            at = word.emit_figure(text, at, sink);
            start = at;
            continue;
        }
        let c = text[at..]
            .chars()
            .next()
            .expect("parts end between characters");
        let end = at + c.len_utf8();
        if sign::is_sign(c) && c.nfkc().eq([c]) {
            segments(text, start..at, word, sink);
            if sign::counts(c, text, (at, end)) {
                word.emit_alone(sign::written(c), at..end, sink);
            }
            start = end;
        }
        at = end;
    }
    if start < part.end {
        segments(text, start..part.end, word, sink);
    }
    at
}

/// Hands the tokens of a part without figures, and with signs in compatibility forms alone, to `sink`.
fn segments(text: &str, part: Range<usize>, word: &mut Word, sink: &mut impl Sink) {
    let own = &text[part.clone()];
    let joined = broken::joined(own);
    let (own, cuts) = match &joined {
        Some((joined, cuts)) => (joined.as_str(), cuts.as_slice()),
        None => (own, &[][..]),
    };
    for (start, segment) in own.split_word_bound_indices() {
        let end = start + segment.len();
        let range = part.start + place(cuts, start, false)..part.start + place(cuts, end, true);
        if segment.starts_with(['™', '℠']) {
            continue; // decoration, though its letters are TM and SM
        }
        // As it comes: a segment may be a record, and a character of it become eighteen.
        let (segment, rest) = segment.split_at(boundary(segment, LONGEST));
        let chars = segment.nfkc().default_case_fold().nfkc();
        word.clear();
        for c in chars {
            match kind(c) {
                Kind::Unspaced => {
                    finish(word, &range, sink);
                    word.push_char(c);
                    word.stands_alone = true;
                }
                Kind::Sign => {
                    finish(word, &range, sink);
                    if sign::counts(c, text, (range.start, range.end)) {
                        word.push_char(sign::written(c));
                        word.stands_alone = true;
                    }
                }
                Kind::LetterOrNumber => {
                    if word.stands_alone {
                        finish(word, &range, sink);
                    }
                    let digit = figure::digit(c).map(|digit| char::from(b'0' + digit));
                    word.push_char(digit.unwrap_or(c));
                    word.has_letter_or_number = true;
                }
                Kind::Mark => word.push_char(c),
                Kind::Stroke => finish(word, &range, sink),
                Kind::Dropped => {}
            }
        }
        rest.chars().for_each(|c| word.push_char(c));
        finish(word, &range, sink);
    }
}

/// Bytes of a word that are normalised; what stands behind them counts as it is written. No word of a language has
/// a twentieth of it, and a record that is one word would take seconds that cannot be interrupted.
const LONGEST: usize = 4 << 10;

fn finish(word: &mut Word, range: &Range<usize>, sink: &mut impl Sink) {
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
    /// A word of its own, where it counts.
    Sign,
    Mark,
    /// Stands between the two figures of a fraction, which `½` is.
    Stroke,
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
        _ if sign::is_sign(c) => Kind::Sign,
        _ if c == '\u{2044}' => Kind::Stroke,
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
