//! Dates with the name of a month, in any order of day, month and year, with words between them: `March 4, 2021`,
//! `4 de marzo de 2021`, `2021. március 4.`, `Thu Mar 4 10:00:00 2021`, `ngày 4 tháng 3 năm 2021`, `4.III.2021`.

use super::calendar::{gregorian_year, is_plausible, persian_day};
use super::fold::Script;
use super::names;
use super::shape::{Shape, Year};
use super::token::Token;

/// A name that is one month in all languages, for dates that count their months.
static ONLY: [[(i64, u64); 1]; 12] = [
    [(1, u64::MAX)],
    [(2, u64::MAX)],
    [(3, u64::MAX)],
    [(4, u64::MAX)],
    [(5, u64::MAX)],
    [(6, u64::MAX)],
    [(7, u64::MAX)],
    [(8, u64::MAX)],
    [(9, u64::MAX)],
    [(10, u64::MAX)],
    [(11, u64::MAX)],
    [(12, u64::MAX)],
];

/// The month of a number, as a name would give it.
pub(super) fn only(month: i64) -> Option<&'static [(i64, u64)]> {
    let at = usize::try_from(month.checked_sub(1)?).ok()?;
    ONLY.get(at).map(|only| &only[..])
}

/// A word for a month, and where it begins and ends.
#[derive(Clone, Copy)]
struct Month {
    months: &'static [(i64, u64)],
    persian: Option<i64>,
    from: usize,
    to: usize,
}

/// The first such date, and where it ends.
pub(super) fn find(tokens: &[Token<'_>], script: Script) -> Option<(Shape, usize)> {
    let months = || (0..tokens.len()).filter_map(|at| month(tokens, at));
    let around = |month: Month| Around::of(tokens, month).shape(month, script);
    months()
        .find_map(around)
        .or_else(|| {
            (0..tokens.len())
                .filter_map(|at| roman(tokens, at))
                .find_map(around)
        })
        .or_else(|| islamic(tokens))
}

fn month(tokens: &[Token<'_>], at: usize) -> Option<Month> {
    let Token::Word(word) = tokens[at] else {
        return None;
    };
    let mut found = Month {
        months: &[],
        persian: None,
        from: at,
        to: at + 1,
    };
    let is_ordinal = at > 0 && matches!(tokens[at - 1], Token::Number(..));
    if matches!(word, "thang" | "thg" | "th") && !is_ordinal {
        // Vietnamese counts its months.
        let next = at + 1 + usize::from(tokens.get(at + 1).is_some_and(|token| token.is_blank()));
        if let Some(Token::Number(number, 1 | 2)) = tokens.get(next) {
            found.to = next + 1;
            found.months = only(*number)?;
            return Some(found);
        }
    }
    let name = names::name(word)?;
    found.persian = name.persian;
    found.months = &name.months;
    (!name.months.is_empty() || name.persian.is_some()).then_some(found)
}

/// `4.III.2021`: between numbers only.
fn roman(tokens: &[Token<'_>], at: usize) -> Option<Month> {
    const NUMBERS: [&str; 12] = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii",
    ];
    let Token::Word(word) = tokens[at] else {
        return None;
    };
    let month = NUMBERS
        .iter()
        .zip(1..)
        .find(|(known, _)| **known == word)?
        .1;
    let is_between = |at: usize| matches!(tokens.get(at), Some(Token::Sign('.' | ' ' | '/' | '-')));
    (at > 0 && is_between(at - 1) && is_between(at + 1)).then_some(Month {
        months: only(month)?,
        persian: None,
        from: at,
        to: at + 1,
    })
}

/// A number, where it ends or begins, and whether a day of a range.
#[derive(Clone, Copy)]
struct Number {
    value: i64,
    digits: usize,
    at: usize,
}

impl Number {
    fn is_day(self) -> bool {
        self.digits <= 2 && (1..=31).contains(&self.value)
    }

    fn is_year(self) -> bool {
        self.digits == 4
    }
}

/// The two numbers before and behind a month.
struct Around {
    before: [Option<Number>; 2],
    behind: [Option<Number>; 2],
}

impl Around {
    fn of(tokens: &[Token<'_>], month: Month) -> Around {
        let left = |from: usize| next(tokens, (0..from).rev(), month);
        let right = |from: usize| next(tokens, from..tokens.len(), month);
        let mut before = left(month.from);
        let mut before_that = before.and_then(|number| left(number.at));
        // `4-10 March 2021` is of the first of these days.
        if let (Some(last), Some(first)) = (before, before_that)
            && first.is_day()
            && first.value < last.value
            && is_range(tokens, first.at, last.at)
        {
            before = before_that;
            before_that = left(first.at);
        }
        let behind = right(month.to);
        let mut then = behind.and_then(|number| right(number.at + 1));
        if let (Some(first), Some(last)) = (behind, then)
            && last.is_day()
            && first.value < last.value
            && is_range(tokens, first.at, last.at)
        {
            then = right(last.at + 1);
        }
        Around {
            before: [before, before_that],
            behind: [behind, then],
        }
    }

    fn shape(&self, month: Month, script: Script) -> Option<(Shape, usize)> {
        let [before, before_that] = self.before;
        let [behind, then] = self.behind;
        let day = |number: Option<Number>| number.filter(|number| number.is_day());
        let full = |number: Option<Number>| number.filter(|number| number.is_year());
        let short = |number: Option<Number>| number.filter(|number| number.digits == 2);
        let pair = |day: Option<Number>, year: Option<Number>| day.zip(year);
        let (day, year) = pair(day(before), full(behind))
            .or_else(|| pair(day(behind), full(then)))
            .or_else(|| pair(day(behind), full(before)))
            .or_else(|| pair(day(before), full(before_that)))
            .or_else(|| pair(day(before), short(behind)))
            .or_else(|| pair(day(behind), short(then)))
            .or_else(|| pair(day(behind), short(before)))?;
        let end = month.to.max(day.at + 1).max(year.at + 1);
        let shape = month.shape(day.value, year, script)?;
        Some((shape, end))
    }
}

impl Month {
    fn shape(self, day: i64, year: Number, script: Script) -> Option<Shape> {
        if let Some(month) = self.persian.filter(|_| self.months.is_empty()) {
            let days = persian_day(year.value, month, day).filter(|_| year.is_year());
            return Some(days.map_or(Shape::Calendar, Shape::Day));
        }
        let year = match (year.is_year(), script.thai) {
            (true, _) => Year::Full(Some(gregorian_year(year.value)).filter(|&y| is_plausible(y))?),
            // 64 is 2564 there.
            (false, true) => Year::Full(2500 + year.value - 543),
            (false, false) => Year::Short(year.value),
        };
        Some(Shape::Named {
            months: self.months,
            day,
            year,
        })
    }
}

/// The next number that belongs to a month, over signs and a few short words.
fn next(tokens: &[Token<'_>], way: impl Iterator<Item = usize>, own: Month) -> Option<Number> {
    const SIGNS: usize = 8;
    const WORDS: usize = 3;
    let (mut signs, mut words) = (0, 0);
    for at in way {
        match tokens[at] {
            Token::Number(value, digits) => return Some(Number { value, digits, at }),
            Token::Sign(';' | '|' | '[' | ']') => return None,
            Token::Sign(_) => signs += 1,
            Token::Gap => {}
            Token::Word(word) => {
                let name = names::name(word);
                let is_day = name.is_some_and(|name| name.weekdays > 0);
                let same = |months: &[(i64, u64)]| {
                    months
                        .iter()
                        .any(|(month, _)| own.months.iter().any(|(m, _)| m == month))
                };
                match name.filter(|name| !name.months.is_empty()) {
                    // The same month by another name: آذار/مارس.
                    Some(name) if !is_day && !same(&name.months) => return None,
                    _ if is_day => {}
                    _ if word.chars().count() <= 4 => words += 1,
                    Some(_) => {}
                    None => return None,
                }
            }
        }
        if signs > SIGNS || words > WORDS {
            return None;
        }
    }
    None
}

/// Whether nothing but a dash stands between two numbers.
fn is_range(tokens: &[Token<'_>], from: usize, to: usize) -> bool {
    let between = &tokens[from + 1..to];
    let signs = between.iter().filter(|token| !token.is_blank());
    let dash = [Token::Sign('-'), Token::Sign('/')];
    between.len() <= 3
        && signs.clone().count() == 1
        && signs.clone().all(|token| dash.contains(token))
}

/// A day of the Islamic calendar.
fn islamic(tokens: &[Token<'_>]) -> Option<(Shape, usize)> {
    let at = tokens
        .iter()
        .position(|token| matches!(token, Token::Word(word) if names::is_islamic(word)))?;
    let has_year = tokens
        .iter()
        .any(|token| matches!(token, Token::Number(1300..=1500, 4)));
    has_year.then_some((Shape::Calendar, at + 1))
}
