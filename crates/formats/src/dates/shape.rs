//! What a written date says by itself, before the column is asked what remains open.

use super::When;
use super::calendar::{DAY, day_number, gregorian_year, is_plausible, persian_day, weekday};
use super::clock::{self, Clock};
use super::fold::{Script, fold};
use super::names;
use super::numeric;
use super::relative;
use super::token::{Token, tokens};
use super::zones::Zone;
use super::{han, named, number};

/// What stands between the numbers of `4/3/2021`.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Separator {
    /// `4/3/2021`
    Slash,
    /// `4.3.2021`
    Dot,
    /// `4-3-2021`
    Dash,
    /// `4 3 2021`
    Blank,
    /// `04032021`
    None,
}

/// A date as far as its own form decides it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    /// A day, in days since 1970.
    Day(i64),
    /// A moment, or a day of a system that has no order of its own.
    Moment(When),
    /// Days since 1970, if a number of five digits is a spreadsheet's.
    Serial { days: i64, clock: Option<i64> },
    /// Three numbers of which the last, or with a short year the first or the last, is the year.
    Numeric {
        separator: Separator,
        short_year: bool,
        parts: [i64; 3],
    },
    /// The name of a month, the day, and the year.
    Named {
        months: &'static [(i64, u64)],
        day: i64,
        year: Year,
    },
    /// What programs write for nothing: `0000-00-00`.
    Nothing,
    /// "3 hours ago".
    Relative,
    /// A day of a calendar that is not read.
    Calendar,
}

/// A year, as it was written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Year {
    Full(i64),
    /// Two digits of it.
    Short(i64),
}

/// A written date.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written {
    pub(super) shape: Shape,
    pub(super) clock: Option<Clock>,
    /// The day of the week, if one is named: 1 for Monday.
    pub(super) weekday: Option<i64>,
}

/// Characters of a value that are looked at: a date with its edition and section.
const LOOKED_AT: usize = 200;

/// What programs write for no date.
const NO_DATE: &[&str] = &[
    "null",
    "none",
    "nan",
    "nat",
    "n/a",
    "na",
    "-",
    "--",
    "nil",
    "undefined",
    "unknown",
    "n.d.",
    "n. d.",
    "s.d.",
    "o. d.",
    "o.d.",
    "s.f.",
    "#n/a",
    "\\n",
    "?",
    "0000-00-00",
    "0000-00-00 00:00:00",
    "no date",
    "not available",
    "invalid date",
    "{}",
    "[]",
    "()",
];

/// Takes a written date apart. Nothing if it holds none.
pub(super) fn written(text: &str) -> Option<Written> {
    let end = text
        .char_indices()
        .nth(LOOKED_AT)
        .map_or(text.len(), |(at, _)| at);
    let text = text[..end].trim();
    let alone = |shape| Written {
        shape,
        clock: None,
        weekday: None,
    };
    // What .NET writes into JSON.
    let digits = text
        .strip_prefix("/Date(")
        .and_then(|rest| rest.split([')', '+']).next());
    if let Some(shape) = number::read(digits.unwrap_or(text)) {
        return Some(alone(shape));
    }
    let (folded, script) = fold(text);
    let folded = folded.trim();
    if NO_DATE.contains(&folded) {
        return Some(alone(Shape::Nothing));
    }
    let published = after_publication(folded);
    let found = published.and_then(|from| of_tokens(&folded[from..], script));
    found.or_else(|| of_tokens(folded, script)).or_else(|| {
        let is_relative = relative::is_relative(&tokens(folded));
        is_relative.then(|| alone(Shape::Relative))
    })
}

/// Where the word for publication stands, if the word for an update is before it.
fn after_publication(folded: &str) -> Option<usize> {
    const UPDATED: &[&str] = &[
        "updat",
        "aktualis",
        "mis a jour",
        "modif",
        "actualiz",
        "aggiorn",
        "bijgewerkt",
        "zaktual",
        "обнов",
        "stand",
    ];
    const PUBLISHED: &[&str] = &[
        "publi",
        "posted",
        "erstell",
        "veroff",
        "erschien",
        "pubbl",
        "gepubl",
        "opubl",
        "опубл",
        "created",
    ];
    let first = |words: &[&str]| words.iter().filter_map(|word| folded.find(word)).min();
    let published = first(PUBLISHED)?;
    (first(UPDATED)? < published).then_some(published)
}

fn of_tokens(folded: &str, script: Script) -> Option<Written> {
    let mut tokens = tokens(folded);
    let mut clock = clock::take(&mut tokens);
    let weekday = day_of_week(&tokens);
    // Numbers with a full year first: nothing else is so plain.
    let (shape, end) = han::find(&tokens)
        .or_else(|| numeric::find(&tokens, script, true))
        .or_else(|| named::find(&tokens, script))
        .or_else(|| numeric::find(&tokens, script, false))
        .or_else(|| compact(&tokens, &mut clock))?;
    if clock.is_none() {
        clock = clock::after_date(&tokens, end);
    }
    Some(Written {
        shape,
        clock,
        weekday,
    })
}

/// The one day of the week that is named.
fn day_of_week(tokens: &[Token<'_>]) -> Option<i64> {
    let words = tokens.iter().filter_map(|token| match token {
        Token::Word(word) => Some(*word),
        _ => None,
    });
    // Vietnamese counts them, from the second day: thứ hai is Monday.
    const COUNTED: [&str; 6] = ["hai", "ba", "tu", "nam", "sau", "bay"];
    let mut pairs = words
        .clone()
        .zip(words.clone().skip(1))
        .filter(|(word, _)| *word == "thu");
    if let Some(day) = pairs.find_map(|(_, next)| COUNTED.iter().position(|word| *word == next)) {
        return i64::try_from(day + 1).ok();
    }
    let mut found = words.filter_map(|word| {
        // Short words are too often other words: le, do, die, son, per, min.
        const SHORT: &[&str] = &[
            "mon", "tue", "wed", "thu", "fri", "sat", "sun", "lun", "mer", "jeu", "dim", "jue",
            "vie", "gio",
        ];
        let is_long = !word.is_ascii() || word.len() > 3 || SHORT.contains(&word);
        let name = names::name(word).filter(|_| is_long)?;
        (name.weekdays.count_ones() == 1 && name.months.is_empty()).then_some(name)
    });
    let first = found.next()?.weekdays;
    found
        .all(|name| name.weekdays == first)
        .then(|| i64::from(first.trailing_zeros()) + 1)
}

/// `20210304` or `20210304T100000Z` among other things.
fn compact(tokens: &[Token<'_>], clock: &mut Option<Clock>) -> Option<(Shape, usize)> {
    (0..tokens.len()).find_map(|at| {
        let Token::Number(value, digits @ (8 | 12 | 14)) = tokens[at] else {
            return None;
        };
        let mut shape = number::together(&format!("{value:0digits$}"), digits == 8)
            .filter(|shape| !matches!(shape, Shape::Nothing))?;
        if let Shape::Moment(when) = &mut shape
            && let Some(Zone::East(east)) = clock::with_offset(tokens, at + 1, 0).zone
        {
            when.seconds -= east;
        }
        if let (Some(Token::Word("t")), Some(Token::Number(time, digits @ (4 | 6)))) =
            (tokens.get(at + 1), tokens.get(at + 2))
        {
            let time = if *digits == 4 { time * 100 } else { *time };
            let (hour, minute, second) = (time / 10_000, time / 100 % 100, time % 100);
            if hour < 24 && minute < 60 && second <= 60 {
                let seconds = hour * 3600 + minute * 60 + second.min(59);
                *clock = Some(clock::with_offset(tokens, at + 3, seconds));
            }
        }
        Some((shape, at + 1))
    })
}

/// A full year as it was written, with month and day: days since 1970. `Err` for a calendar that is not read.
pub(super) fn full_day(year: i64, month: i64, day: i64, script: Script) -> Option<Shape> {
    if (1178..=1633).contains(&year) && !is_plausible(year) {
        let persian = script.persian_digits.then(|| persian_day(year, month, day));
        return Some(persian.flatten().map_or(Shape::Calendar, Shape::Day));
    }
    let year = gregorian_year(year);
    if year == 0 && month == 0 && day == 0 {
        return Some(Shape::Nothing);
    }
    let days = day_number(year, month, day).filter(|_| is_plausible(year));
    // The first day that a system can count is what it writes for none.
    match (year, month, day) {
        (0 | 1, 1, 1) => Some(Shape::Nothing),
        _ => days.map(Shape::Day),
    }
}

impl Written {
    /// The moment of a day of this date.
    pub(super) fn on(&self, days: i64) -> When {
        match self.clock {
            None => When::day(days * DAY),
            Some(Clock { seconds, zone }) => {
                let year = super::calendar::year_of(days);
                When::moment(super::zones::moment(days, year, seconds, zone))
            }
        }
    }

    /// Whether a day is on the day of the week that is named, if one is.
    pub(super) fn fits(&self, days: i64) -> bool {
        self.weekday.is_none_or(|named| named == weekday(days))
    }
}
