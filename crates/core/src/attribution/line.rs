//! Lines that are a credit: `Reuters,`, `By AP`, `Von dpa`, `By Jane Doe, Associated Press`.
//!
//! A page scraped into one line has none; there, a byline with its capital counts before a capital
//! or a date.

use std::ops::Range;

use super::NEAR;
use super::bracket::Bracket;
use super::list::List;
use super::shape::{bare, has_digit, is_code, is_month, is_name, line_after, line_before};
use super::words::{BY, FILLER, STAFF, TIME, WITH, holds};

/// Longest credit line: two authors, an agency and a title.
const LINE: usize = 160;

/// Most words of a place after the agency's name.
const PLACE: usize = 3;

/// The credit line this list is in.
pub(super) fn read(text: &str, list: &List, bracket: Option<&Bracket>) -> Option<Range<usize>> {
    let place = bracket.map_or(&list.place, |bracket| &bracket.place);
    let before = line_before(text, place.start, LINE);
    let after = line_after(text, place.end, LINE);
    let whole = before.len() + after.len() + place.len() < LINE;
    let start = place.start - before.trim_start().len();
    if whole {
        let opens = before.trim().is_empty() || is_by(before) || author(before) || house(before);
        let alone = bracket.is_none() || before.trim().is_empty();
        let closes = stamp(after) || staff(after) || (is_by(before) && is_office(after));
        let near = !before.trim().is_empty() || start < NEAR || text.len() - place.end < NEAR;
        return (opens && alone && closes && near)
            .then(|| start..place.end + after.trim_end().len());
    }
    // In a page of one line.
    let after = line_after(text, place.end, LINE);
    if bracket.is_some() {
        return None;
    }
    if dated(after) {
        return Some(place.clone());
    }
    let start = inline_by(before.trim_end())?;
    let next = after.trim_start_matches([' ', ',', '|', '-']);
    let goes_on = next.chars().next().is_none_or(|c| !c.is_lowercase());
    (goes_on && after.starts_with([' ', ',']))
        .then(|| place.start - (before.len() - start)..place.end)
}

/// `, Jan 11 2023`: a whole date, as a page's stamp has it and a sentence rarely.
fn dated(after: &str) -> bool {
    let Some(date) = after.strip_prefix(", ") else {
        return false;
    };
    let words: Vec<&str> = date
        .split(' ')
        .map(bare)
        .filter(|word| !word.is_empty())
        .take(3)
        .collect();
    let [month, day, year] = words[..] else {
        return false;
    };
    let months = is_month(month) || is_month(day);
    months
        && (has_digit(month) || has_digit(day))
        && year.len() == 4
        && year.bytes().all(|byte| byte.is_ascii_digit())
}

/// `By `, `Published by: `, `Autor: `.
fn is_by(before: &str) -> bool {
    let mut words = before
        .split_whitespace()
        .map(bare)
        .filter(|word| !word.is_empty())
        .peekable();
    words.peek().is_some() && words.all(|word| holds(BY, word))
}

/// `By Jane Doe and John Roe, `: names after the word for an author.
fn author(before: &str) -> bool {
    let mut words = before.split_whitespace();
    let opens = words.next().is_some_and(|word| {
        matches!(
            word,
            "By" | "BY" | "Von" | "Par" | "Por" | "Di" | "De" | "Av" | "Af" | "Door"
        )
    });
    opens
        && words.all(|word| {
            is_name(word)
                || holds(FILLER, bare(word))
                || holds(&["for", "für", "pour", "para"], bare(word))
        })
}

/// `Le Monde avec `, `FAZ.NET mit `: an outlet that names its lender.
fn house(before: &str) -> bool {
    let words: Vec<&str> = before.split_whitespace().collect();
    let Some((last, outlet)) = words.split_last() else {
        return false;
    };
    let lends = holds(WITH, last) && !holds(&["and", "et", "y", "e", "und"], last);
    lends && outlet.len() <= PLACE && outlet.iter().all(|word| is_name(word) || is_code(word))
}

/// Nothing, or a date and a time: `, Jan 11 2023, 02:53 ist`, ` - 2 hours ago`.
fn stamp(after: &str) -> bool {
    // A full stop would end a sentence, and a colon open a headline.
    if after.starts_with(['.', ':', ';', '?', '!', ')']) {
        return false;
    }
    let words = || {
        after
            .split([' ', '\u{a0}', ',', '|', '/', '•', '·'])
            .map(bare)
            .filter(|word| !word.is_empty())
    };
    let timed =
        |word: &str| has_digit(word) || is_month(word) || holds(TIME, word) || is_weekday(word);
    words().all(timed)
        && (words().next().is_none()
            || words().any(has_digit)
            || words().any(|word| holds(&["ago"], word)))
}

/// ` Staff`, `, National Security Writer`, ` and agencies`.
fn staff(after: &str) -> bool {
    let words: Vec<&str> = after
        .split([' ', ',', '|'])
        .map(bare)
        .filter(|word| !word.is_empty())
        .collect();
    // `Chief White House Correspondent` is the longest seen.
    let short = words.len() <= 4
        && words
            .iter()
            .all(|word| is_name(word) || holds(&["staff", "writer"], word));
    short && words.last().is_some_and(|last| holds(STAFF, last))
        || matches!(words[..], ["and", "agencies" | "Agencies"])
}

/// `, New Delhi`: the office, after a byline.
fn is_office(after: &str) -> bool {
    let Some(office) = after.trim().strip_prefix([',', '|']) else {
        return false;
    };
    let words = || office.split_whitespace();
    words().count() <= PLACE
        && words().all(|word| is_name(word) || has_digit(word))
        && !after.trim_end().ends_with(['.', '?', '!'])
}

fn is_weekday(word: &str) -> bool {
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    word.is_ascii()
        && days
            .iter()
            .any(|day| word.len() >= 3 && word[..3].eq_ignore_ascii_case(day))
}

/// Where a capital `By` or `Published by` at the end of a running line starts.
fn inline_by(before: &str) -> Option<usize> {
    let by = [" By", " Von", " Published by", " Posted by", " Written by"];
    by.iter()
        .filter_map(|by| before.strip_suffix(by))
        .map(|rest| rest.len() + 1)
        .min()
}
