//! Datelines: place, date and agency before the first word of a story.
//!
//! `LONDON, Jan 11 (Reuters) - `, `Berlin (dpa/lby) – `, `МОСКВА, 3 июня. /ТАСС/. `,
//! `(서울=연합뉴스) `, `新华社北京1月3日电`. In a page without line breaks the place has to be found
//! backwards from the bracket: it ends where its capitals do.

use std::ops::Range;

use super::bracket::Bracket;
use super::list::List;
use super::shape::{bare, floor, has_digit, is_capitals, is_month, is_name, line_after};
use super::spelling;
use super::words::{PARTICLES, PICTURE, holds};

/// Longest place with its date, in bytes: `FRANKFURT AM MAIN, 30. September 2021`, twice over for
/// scripts of two bytes a letter.
const PLACE: usize = 96;

/// Most words of a place and date: `RANCHO PALOS VERDES, Calif., Sept. 30, 2021` has seven.
const WORDS: usize = 8;

/// How surely a place was found.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Found {
    /// Nothing before the bracket on its line.
    Bare,
    /// A whole line's beginning.
    Line,
    /// Words in capitals.
    Capitals,
    /// A few words with capitals, the story's start or not.
    Run,
}

/// The dateline this list is in. `starts` are places where a line starts without a break.
pub(super) fn read(
    text: &str,
    list: &List,
    bracket: Option<&Bracket>,
    starts: &[usize],
) -> Option<Range<usize>> {
    match bracket {
        Some(bracket) if bracket.place_inside => {
            let first = line_start(text, bracket.place.start, starts)
                .is_some_and(|before| before.trim().is_empty());
            let goes_on = !line_after(text, bracket.place.end, PLACE).trim().is_empty();
            (first && goes_on).then(|| bracket.place.clone())
        }
        Some(bracket) if !bracket.lent => bracketed(text, list, &bracket.place, starts),
        Some(_) => None,
        None => unspaced(text, list, starts).or_else(|| dashed(text, list, starts)),
    }
}

fn bracketed(
    text: &str,
    list: &List,
    bracket: &Range<usize>,
    starts: &[usize],
) -> Option<Range<usize>> {
    let before = text[..bracket.start].trim_end();
    if spelling::explains(before, list.agency, &text[list.place.clone()]) {
        return None; // Agence France-Presse (AFP) – explains, and credits no agency.
    }
    let behind = &text[bracket.end..floor(text, bracket.end + PLACE)];
    let after = behind.trim_start_matches([' ', '\u{a0}', '.', ',']);
    let next = after.chars().next();
    // AP's wires have an underscore for a dash.
    let dash = is_dash(after) || behind.trim_start().starts_with("_ ");
    let opens = dash || next.is_none_or(|c| !c.is_lowercase() && !",;)".contains(c));
    let (start, found) = place(text, bracket.start, starts)?;
    let dated = has_digit(&text[start..bracket.start]);
    let stroke = text[bracket.clone()].starts_with('/');
    let sure = match found {
        Found::Bare => {
            dash || (!list.common
                && next.is_some_and(|c| c.is_uppercase() || spelling::unspaced(c))
                && !after.starts_with('\n'))
        }
        Found::Line => {
            dash || (opens && (dated || !list.common || is_uncased(text, start, bracket)))
        }
        Found::Capitals => dash || (opens && (dated || !list.common)),
        Found::Run => dash && !list.common,
    };
    (sure && (!stroke || dash || dated)).then_some(start..bracket.end)
}

/// Whether a short place in a script without capitals opens a paragraph: there neither letters nor a dash show
/// `کراچی (آن لائن)` from other words in brackets, but that a story follows on the line does.
fn is_uncased(text: &str, start: usize, bracket: &Range<usize>) -> bool {
    /// Words of a place, and characters where none are parted: `ヨハネスブルク` has seven.
    const PLACE_WORDS: usize = 3;
    const UNSPACED: usize = 8;
    let before = text[start..bracket.start].trim();
    let letters = |at: &str| at.chars().filter(|&c| spelling::unspaced(c)).count();
    !before.is_empty()
        && !before.contains(|c: char| c.is_lowercase() || c.is_uppercase())
        && before.split_whitespace().count() <= PLACE_WORDS
        && letters(before) <= UNSPACED
        && opens_paragraph(text, bracket.end)
}

/// Bytes of a paragraph: two headlines, in two bytes a letter.
const PARAGRAPH: usize = 240;

fn opens_paragraph(text: &str, at: usize) -> bool {
    let line = line_after(text, at, PARAGRAPH);
    line.len() + '\u{ffff}'.len_utf8() > PARAGRAPH
}

/// Whether the mark between a dateline and its story comes next.
pub(super) fn is_dash(after: &str) -> bool {
    after
        .trim_start_matches([' ', '\u{a0}', '.', ','])
        .starts_with(['-', '–', '—', ':', '=', '−', '：'])
}

/// `МОСКВА, 3 июн - РИА Новости. `: no bracket, but a dash, a date and a line's start; or `INTERFAX.RU - `
/// before a paragraph.
fn dashed(text: &str, list: &List, starts: &[usize]) -> Option<Range<usize>> {
    let first = line_start(text, list.place.start, starts)?
        .trim()
        .is_empty();
    if first {
        let next = [" - ", " – ", " — "]
            .iter()
            .find_map(|dash| text[list.place.end..].strip_prefix(dash)?.chars().next());
        let opens = next.is_some_and(|c| !c.is_lowercase()) && !list.common;
        return (opens && opens_paragraph(text, list.place.end)).then(|| list.place.clone());
    }
    let before = text[..list.place.start].trim_end_matches([' ', '\u{a0}']);
    let end = before.strip_suffix(['-', '–', '—', '.'])?.len();
    let after = text[list.place.end..].trim_start_matches([' ', '\u{a0}']);
    let (start, found) = place(text, end, starts)?;
    (found == Found::Line
        && has_digit(&text[start..end])
        && (after.starts_with(['.', '-', '–', '—']) || names_reporter(after)))
    .then_some(start..list.place.end)
}

/// `, Иван Петров. Глава …`: the reporter, between the agency and the story.
fn names_reporter(after: &str) -> bool {
    let Some((names, _)) = after
        .strip_prefix(", ")
        .and_then(|rest| rest.split_once(". "))
    else {
        return false;
    };
    names.split(' ').count() <= 3 && names.split(' ').all(is_name)
}

/// `新华社北京1月3日电`: agency, place, date and the sign for a wire, unspaced.
fn unspaced(text: &str, list: &List, starts: &[usize]) -> Option<Range<usize>> {
    /// Bytes of place, date and two reporters' names: sixteen characters of three bytes, twice.
    const WIRE: usize = 96;
    text[list.place.clone()]
        .chars()
        .all(spelling::unspaced)
        .then_some(())?;
    let before = line_start(text, list.place.start, starts)?;
    before
        .trim_end_matches(['（', '(', '【', ' '])
        .is_empty()
        .then_some(())?;
    let after = line_after(text, list.place.end, WIRE);
    let wire = after
        .find(['电', '電', '讯', '訊'])
        .filter(|&at| !after[..at].contains(['。', '，', '：']));
    let end = match wire {
        Some(at) => at + '电'.len_utf8(),
        None => after.find('日').filter(|&at| after[..at].contains('月'))? + '日'.len_utf8(),
    };
    Some(list.place.start..list.place.end + end)
}

/// The place that ends here, and how surely it is one.
fn place(text: &str, end: usize, starts: &[usize]) -> Option<(usize, Found)> {
    if let Some(line) = line_start(text, end, starts) {
        let wrapped = line.trim().is_empty() && text[..end].ends_with('\n');
        let line = if wrapped {
            line_start(text, end - 1, starts).unwrap_or("")
        } else {
            line
        };
        let end = if wrapped { end - 1 } else { end };
        let place = line.trim_start_matches(|c: char| !c.is_alphanumeric());
        if place.trim().is_empty() {
            return Some((end, Found::Bare));
        }
        if is_place(place) {
            return Some((end - place.len(), Found::Line));
        }
        if wrapped {
            return Some((end + 1, Found::Bare));
        }
    }
    inside(text, end)
}

/// The rest of the line before, if it starts within reach.
fn line_start<'a>(text: &'a str, end: usize, starts: &[usize]) -> Option<&'a str> {
    let from = floor(text, end.saturating_sub(PLACE));
    let start = text[from..end]
        .rfind('\n')
        .map(|at| from + at + 1)
        .or_else(|| {
            starts
                .iter()
                .copied()
                .filter(|start| (from..=end).contains(start))
                .max()
        })
        .or((from == 0).then_some(0))?;
    let titled = starts
        .iter()
        .copied()
        .filter(|at| (start..=end).contains(at))
        .max();
    Some(&text[titled.unwrap_or(start)..end])
}

/// Whether every word is written as in a place or a date.
fn is_place(line: &str) -> bool {
    let words = || {
        line.split([' ', '\u{a0}', '/', ',', '[', ']'])
            .filter(|word| !bare(word).is_empty())
    };
    let after_digit = |at: usize| {
        let near = at.saturating_sub(1)..at + 2;
        words()
            .enumerate()
            .any(|(other, word)| near.contains(&other) && has_digit(word))
    };
    !line.starts_with("By ")
        && !words().any(|word| holds(PICTURE, bare(word)))
        && words().count() <= WORDS
        && !line.contains(['"', '“', '„', '»', '?', '!', ';', '|'])
        && words().enumerate().all(|(at, word)| {
            is_name(word)
                || has_digit(word)
                || after_digit(at)
                || holds(PARTICLES, bare(word))
                || is_month(bare(word))
        })
        && words()
            .next()
            .is_some_and(|word| is_name(word) || has_digit(word))
}

/// A place in the middle of a line: its words in capitals, the date after them skipped.
fn inside(text: &str, end: usize) -> Option<(usize, Found)> {
    let from = floor(text, end.saturating_sub(PLACE));
    let before = &text[from..end];
    before.ends_with([' ', '\u{a0}', '-']).then_some(())?; // `--(BUSINESS WIRE)--` is joined
    let mut at = from;
    let words: Vec<(usize, &str)> = before
        .split_inclusive([' ', '\u{a0}', '\n'])
        .map(|word| {
            at += word.len();
            (at - word.len(), word.trim_end())
        })
        .filter(|(_, word)| !bare(word).is_empty())
        .collect();
    let last = words.len().checked_sub(1)?;
    let dates = words.iter().rev().take_while(|(_, word)| {
        !is_capitals(word) && (is_name(word) || has_digit(word) || is_month(bare(word)))
    });
    let dates = dates.take(WORDS / 2 + 1).count();
    let capitals = words
        .iter()
        .rev()
        .skip(dates)
        .take_while(|(_, word)| is_capitals(word))
        .take(WORDS / 2)
        .count();
    if capitals > 0 {
        return Some((words[last + 1 - dates - capitals].0, Found::Capitals));
    }
    let run = words
        .iter()
        .rev()
        .take(3)
        .enumerate()
        .take_while(|(at, (_, word))| {
            (is_name(word) || has_digit(word))
                && (*at == 0 || !word.ends_with(['.', '!', '?', '”', '“']))
        });
    let run = run.count();
    (run > 0).then(|| (words[last + 1 - run].0, Found::Run))
}
