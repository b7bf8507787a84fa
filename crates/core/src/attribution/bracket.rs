//! The brackets around a credit: `(dpa)`, `（路透社）`, `[서울=뉴시스]`, `/TASS/`.

use std::ops::Range;

use super::list::List;
use super::shape::{bare, floor, has_digit, is_code, is_month};
use super::words::{WITH, holds};

/// A bracket that holds a credit and nothing else.
#[derive(Debug)]
pub(super) struct Bracket {
    /// With the bracket's own marks.
    pub(super) place: Range<usize>,
    /// Whether place or date are inside, as in `(서울=연합뉴스)` and `[東京 3日 ロイター]`.
    pub(super) place_inside: bool,
    /// Whether the agencies only lend: `(mit dpa)`.
    pub(super) lent: bool,
}

/// Bytes of a bracket on either side of its agencies: a place, a date and a few signs.
const INSIDE: usize = 64;

/// The bracket around a list; `None` if there is none, or it holds other words too.
pub(super) fn around(text: &str, list: &List) -> Option<Bracket> {
    let before = &text[floor(text, list.place.start.saturating_sub(INSIDE))..list.place.start];
    let after = &text[list.place.end..floor(text, list.place.end + INSIDE)];
    let (open_at, open) = before
        .char_indices()
        .rev()
        .find(|&(_, c)| is_open(c) || is_close(c) || c == '\n')?;
    let close = closing(open)?;
    let (close_at, _) = after
        .char_indices()
        .find(|&(_, c)| c == close || is_open(c) || c == '\n')
        .filter(|&(_, c)| c == close)?;
    let inside = (&before[open_at + open.len_utf8()..], &after[..close_at]);
    if open == '/' && !(inside.0.is_empty() && inside.1.is_empty()) {
        return None;
    }
    let place =
        list.place.start - (before.len() - open_at)..list.place.end + close_at + close.len_utf8();
    let signs = |inside: &str| {
        let mut words = inside
            .split([' ', ',', '/', ';', '\u{a0}'])
            .filter(|word| !word.is_empty());
        words.all(|word| is_code(word) || holds(WITH, word))
    };
    let lent = inside
        .0
        .split_whitespace()
        .any(|word| holds(WITH, bare(word)));
    if signs(inside.0) && signs(inside.1) {
        return Some(Bracket {
            place,
            place_inside: false,
            lent,
        });
    }
    wired(inside).then_some(Bracket {
        place,
        place_inside: true,
        lent: false,
    })
}

/// Whether a bracket holds place and date before its agency, as in Korea and Japan, and as
/// `(Reuters, Jan 11)` does after it.
fn wired((before, after): (&str, &str)) -> bool {
    let date = |text: &str| {
        let mut words = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .peekable();
        words.peek().is_some() && words.all(|word| has_digit(word) || is_month(word))
    };
    let unspaced = |text: &str| text.chars().any(super::spelling::unspaced);
    match after.trim() {
        "" => before.ends_with('=') || (unspaced(before) && !before.contains(['。', '、'])),
        after => before.trim().is_empty() && date(after),
    }
}

fn is_open(c: char) -> bool {
    closing(c).is_some()
}

fn is_close(c: char) -> bool {
    matches!(c, ')' | '）' | ']' | '］' | '】')
}

fn closing(open: char) -> Option<char> {
    Some(match open {
        '(' => ')',
        '（' => '）',
        '[' => ']',
        '［' => '］',
        '【' => '】',
        '/' => '/',
        _ => return None,
    })
}
