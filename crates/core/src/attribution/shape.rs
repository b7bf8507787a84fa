//! How the text beside a credit is written: names, signs, capitals, ends of sentences and lines.

use super::words::{PICTURE, holds};
use crate::sentence::{is_closer, is_sentence_end};

/// Whether this is a month of the languages a stamp is written in, abbreviated or not.
pub(super) fn is_month(word: &str) -> bool {
    const MONTHS: &[&str] = &[
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mär",
        "mai", "okt", "dez", "ene", "abr", "ago", "dic", "fév", "avr", "juil", "aoû", "déc", "gen",
        "mag", "giu", "lug", "set", "ott", "янв", "фев", "мар", "апр", "мая", "май", "июн", "июл",
        "авг", "сен", "окт", "ноя", "дек",
    ];
    let word = word.to_lowercase();
    // Ten letters cover every month's full name.
    word.chars().count() <= 10 && MONTHS.iter().any(|month| word.starts_with(month))
}

/// A word without the punctuation around it.
pub(super) fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Whether a word is written like a name: a capital first, or in a script without capitals.
pub(super) fn is_name(word: &str) -> bool {
    let first = bare(word).chars().next();
    first.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
}

/// Whether a word of two letters or more is written in capitals.
pub(super) fn is_capitals(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    letters.clone().count() >= 2 && letters.all(char::is_uppercase)
}

/// Whether a word has a digit.
pub(super) fn has_digit(word: &str) -> bool {
    word.chars().any(char::is_numeric)
}

/// Whether this is the short sign of a house or an editor beside an agency: `RND`, `mau`, `lohe.`,
/// `Tsp`. Five letters are the longest seen; a capital with small letters is a name from four on. In a
/// script without spaces two letters are a word, and none is a sign (`ソウル共同`).
pub(super) fn is_code(word: &str) -> bool {
    let word = word.strip_suffix('.').unwrap_or(word);
    let letters = word.chars().count();
    let alone = |wanted: fn(char) -> bool| word.chars().all(wanted);
    (1..=5).contains(&letters)
        && alone(char::is_alphabetic)
        && (alone(char::is_uppercase) || alone(char::is_lowercase) || letters <= 3)
        && !word.chars().any(super::spelling::unspaced)
        && !holds(PICTURE, word)
}

/// Whether this is an outlet written with stops inside: `ntv.de`, `F.A.Z.`.
pub(super) fn is_house(word: &str) -> bool {
    let inner = word.trim_end_matches('.');
    inner.contains('.')
        && inner
            .chars()
            .all(|c| c.is_alphanumeric() || c == '.' || c == '-')
}

/// Whether a text ends where a sentence may end, closing quotes included.
pub(super) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end();
    let text = text.trim_end_matches(is_closer);
    match text.chars().next_back() {
        None | Some('_' | '*') => true,
        Some(last) => is_sentence_end(last),
    }
}

/// What is before on the same line, at most `bytes` of it.
pub(super) fn line_before(text: &str, at: usize, bytes: usize) -> &str {
    let before = &text[floor(text, at.saturating_sub(bytes))..at];
    before.rfind('\n').map_or(before, |end| &before[end + 1..])
}

/// What is after on the same line, at most `bytes` of it.
pub(super) fn line_after(text: &str, at: usize, bytes: usize) -> &str {
    let after = &text[at..floor(text, at.saturating_add(bytes))];
    after.find('\n').map_or(after, |end| &after[..end])
}

/// The largest character boundary up to `at`.
pub(super) fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at)
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0)
}
