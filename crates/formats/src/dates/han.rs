//! Dates of China, Japan, Taiwan and Korea: `2021年3月4日`, `令和3年3月4日`, `民國110年3月4日`, `2021년 3월 4일`.

use super::shape::{Shape, Year};
use super::token::Token;
use super::{calendar, named};

/// The year before the first of an era: of Japan since 1868, and of Taiwan.
const ERAS: &[(&str, &str, i64)] = &[
    ("令", "和", 2018),
    ("平", "成", 1988),
    ("昭", "和", 1925),
    ("大", "正", 1911),
    ("明", "治", 1867),
    ("民", "國", 1911),
    ("民", "国", 1911),
];

/// The letters that stand for eras of Japan: `R3.3.4`.
const LETTERS: &[(&str, i64)] = &[
    ("r", 2018),
    ("h", 1988),
    ("s", 1925),
    ("t", 1911),
    ("m", 1867),
];

/// The first such date, and where it ends.
pub(super) fn find(tokens: &[Token<'_>]) -> Option<(Shape, usize)> {
    let lettered = |at| lettered(tokens, at);
    (0..tokens.len())
        .find_map(lettered)
        .or_else(|| written_out(tokens))
}

/// `R3.3.4`
fn lettered(tokens: &[Token<'_>], at: usize) -> Option<(Shape, usize)> {
    use Token::{Number, Sign, Word};
    let &[
        Word(letter),
        Number(year, 1 | 2),
        Sign(one),
        Number(month, 1 | 2),
        Sign(two),
        Number(day, 1 | 2),
    ] = tokens.get(at..)?.first_chunk()?
    else {
        return None;
    };
    let before = LETTERS.iter().find(|(known, _)| *known == letter)?.1;
    let days = calendar::day_number(before + year, month, day)?;
    (one == two && matches!(one, '.' | '/' | '-')).then_some((Shape::Day(days), at + 6))
}

fn written_out(tokens: &[Token<'_>]) -> Option<(Shape, usize)> {
    (0..tokens.len()).find_map(|at| {
        let Token::Number(year, digits) = tokens[at] else {
            return None;
        };
        let end = unit(tokens, at + 1, &["年", "년"])?;
        let (month, end) = counted(tokens, end, &["月", "월"])?;
        let (day, end) = counted(tokens, end, &["日", "号", "號", "일"])?;
        let shape = match (era(tokens, at), digits) {
            (Some(before), _) => Shape::Day(calendar::day_number(before + year, month, day)?),
            (None, 4) => Shape::Day(calendar::day_number(year, month, day)?),
            (None, 2) => Shape::Named {
                months: named::only(month)?,
                day,
                year: Year::Short(year),
            },
            _ => return None,
        };
        Some((shape, end))
    })
}

fn skip_blanks(tokens: &[Token<'_>], mut at: usize) -> usize {
    while tokens.get(at).is_some_and(|token| token.is_blank()) {
        at += 1;
    }
    at
}

/// Where a unit ends.
fn unit(tokens: &[Token<'_>], at: usize, units: &[&str]) -> Option<usize> {
    let at = skip_blanks(tokens, at);
    match tokens.get(at)? {
        Token::Word(word) if units.contains(word) => Some(at + 1),
        _ => None,
    }
}

/// A number with its unit.
fn counted(tokens: &[Token<'_>], at: usize, units: &[&str]) -> Option<(i64, usize)> {
    let at = skip_blanks(tokens, at);
    let Token::Number(value, _) = tokens.get(at)? else {
        return None;
    };
    Some((*value, unit(tokens, at + 1, units)?))
}

/// The year before the era that stands before a number.
fn era(tokens: &[Token<'_>], at: usize) -> Option<i64> {
    let mut before = at;
    while before > 0 && tokens[before - 1].is_blank() {
        before -= 1;
    }
    let signs = tokens.get(before.checked_sub(2)?..before)?;
    let [Token::Word(first), Token::Word(second)] = signs else {
        return None;
    };
    let found = ERAS.iter().find(|(a, b, _)| a == first && b == second);
    found.map(|(_, _, before)| *before)
}
