//! Days in paths, names of files and addresses: `2021/03/04`, `2021-03-04_x.txt`, `20210304`.

use super::When;
use super::calendar::DAY;
use super::fold::fold;
use super::numeric;
use super::shape::{Shape, Year};
use super::token::{Token, tokens};
use super::{calendar, named, number};

/// Years that numbers in names are of, if they are any.
const YEARS: std::ops::RangeInclusive<i64> = 1600..=2100;

/// The day that a path names, the last part first: only a day that cannot be misread.
pub fn in_path(path: &str) -> Option<When> {
    let (folded, script) = fold(path);
    let stem = folded
        .rsplit_once('.')
        .map_or(&folded[..], |(stem, extension)| {
            // A name may end in its day: 2021.03.04
            if extension.bytes().all(|b| b.is_ascii_digit()) {
                &folded
            } else {
                stem
            }
        });
    let name = stem.rsplit_once('/').map_or(stem, |(_, name)| name);
    [name, stem].into_iter().find_map(|part| {
        let tokens = tokens(part);
        let plain = |at| numbers(&tokens, at).or_else(|| together(&tokens, at));
        let days =
            (0..tokens.len())
                .find_map(plain)
                .or_else(|| match named::find(&tokens, script)?.0 {
                    Shape::Named {
                        months: [(month, _)],
                        day,
                        year: Year::Full(year),
                    } => calendar::day_number(year, *month, day),
                    _ => None,
                });
        days.map(|days| When::day(days * DAY))
    })
}

/// The day in the path of an address, as sites put it there: `/2021/03/04/` or `/2021/mar/04/`, each part by itself.
pub fn in_url(url: &str) -> Option<When> {
    let path = url.split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split('/').collect();
    parts.windows(3).find_map(|parts| {
        let [year, month, day] = parts else {
            return None;
        };
        let digits = |part: &str, most: usize| {
            let is_number =
                (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
            part.parse::<i64>().ok().filter(|_| is_number)
        };
        let year = digits(year, 4).filter(|year| (1990..=2100).contains(year))?;
        let month = digits(month, 2).or_else(|| {
            match super::names::months(&month.to_ascii_lowercase())? {
                [(month, _)] => Some(*month),
                _ => None,
            }
        })?;
        let days = calendar::day_number(year, month, digits(day, 2)?)?;
        Some(When::day(days * DAY))
    })
}

/// `2021-03-04` and the like, from the number of a year on.
fn numbers(tokens: &[Token<'_>], at: usize) -> Option<i64> {
    let Token::Number(year, 4) = tokens[at] else {
        return None;
    };
    match numeric::from(tokens, at)? {
        Shape::Day(days) if YEARS.contains(&year) => Some(days),
        _ => None,
    }
}

/// `20210304`, alone or with a time behind it.
fn together(tokens: &[Token<'_>], at: usize) -> Option<i64> {
    let Token::Number(value, digits @ (8 | 12 | 14)) = tokens[at] else {
        return None;
    };
    let day = value / 10_i64.pow(u32::try_from(digits - 8).ok()?);
    let shape = number::together(&day.to_string(), false)?;
    match shape {
        Shape::Day(days) if YEARS.contains(&(day / 10_000)) => Some(days),
        _ => None,
    }
}
