//! Dates that are numbers: seconds, milliseconds, micro- or nanoseconds since 1970, digits put together
//! (`20210304100000`), and the serial numbers of spreadsheets.
//!
//! How many digits there are says the unit: 10 of seconds are 2001 to 2286, 13 of milliseconds the same.

use super::When;
use super::calendar::{DAY, day_number, is_plausible};
use super::iso::digits;
use super::shape::{Separator, Shape};

/// What a number says, if the whole value is one: with a sign, a fraction, or in the notation of `1.6e9`.
pub(super) fn read(text: &str) -> Option<Shape> {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    if !unsigned.as_bytes().first()?.is_ascii_digit() {
        return None;
    }
    if let Some(seconds) = scientific(unsigned) {
        return Some(Shape::Moment(When::moment(seconds)));
    }
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    if !whole
        .bytes()
        .chain(fraction.bytes())
        .all(|b| b.is_ascii_digit())
    {
        return None;
    }
    let bytes = whole.as_bytes();
    let value = digits(bytes, 0, bytes.len())
        .or_else(|| digits(bytes.get(..18)?, 0, 18).filter(|_| bytes.len() == 19))?;
    let plain = sign > 0 && fraction.bytes().all(|b| b == b'0');
    let moment = |seconds: i64| Some(Shape::Moment(When::moment(sign * seconds)));
    match bytes.len() {
        1..=3 if plain && value == 0 => Some(Shape::Nothing),
        5 if sign > 0 => serial(value, fraction),
        8 if plain => together(whole, true),
        9 | 10 => moment(value),
        12 if plain => together(whole, false).or_else(|| moment(value / 1000)),
        14 if plain => together(whole, false),
        12 | 13 => moment(value / 1000),
        15 | 16 => moment(value / 1_000_000),
        18 => moment(value / 1_000_000_000),
        // One digit was dropped above.
        19 => moment(value / 100_000_000),
        _ => None,
    }
}

/// `20210304`, `202103041000`, `20210304100000`; eight digits may also end in the year.
pub(super) fn together(whole: &str, may_end_in_year: bool) -> Option<Shape> {
    let part = |from, to| digits(whole.as_bytes(), from, to);
    let (year, month, day) = (part(0, 4)?, part(4, 6)?, part(6, 8)?);
    if is_plausible(year)
        && let Some(days) = day_number(year, month, day)
    {
        if whole.len() == 8 {
            return Some(Shape::Day(days));
        }
        let (hour, minute) = (part(8, 10)?, part(10, 12)?);
        let second = if whole.len() == 14 { part(12, 14)? } else { 0 };
        let clock = hour * 3600 + minute * 60 + second.min(59);
        let sound = hour < 24 && minute < 60 && second <= 60;
        return sound.then(|| Shape::Moment(When::moment(days * DAY + clock)));
    }
    if year == 0 && month == 0 && day == 0 {
        return Some(Shape::Nothing);
    }
    let year = part(4, 8).filter(|&year| may_end_in_year && is_plausible(year))?;
    Some(Shape::Numeric {
        separator: Separator::None,
        short_year: false,
        parts: [part(0, 2)?, part(2, 4)?, year],
    })
}

/// Days since 1899-12-30, as spreadsheets count them, with the time as a fraction; of 1954 to 2064.
fn serial(days: i64, fraction: &str) -> Option<Shape> {
    if !(20_000..=60_000).contains(&days) {
        return None;
    }
    let taken = fraction.len().min(9);
    let part = digits(fraction.as_bytes(), 0, taken).unwrap_or(0);
    let of = 10_i64.pow(u32::try_from(taken).ok()?);
    // To the next second: fractions of a day are rounded.
    let seconds = (part * DAY + of / 2) / of;
    Some(Shape::Serial {
        days: days - 25_569,
        clock: (!fraction.is_empty() && seconds > 0).then_some(seconds),
    })
}

/// `1.6148592e+09`, as programs write large numbers: seconds, milliseconds and so on.
fn scientific(text: &str) -> Option<i64> {
    let (mantissa, exponent) = text.split_once(['e', 'E'])?;
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    let exponent: usize = exponent.parse().ok().filter(|exponent| *exponent <= 18)?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.len() != 1 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let all: String = whole
        .chars()
        .chain(fraction.chars())
        .chain("0".repeat(18).chars())
        .collect();
    let value = digits(all.as_bytes(), 0, exponent + 1)?;
    match exponent + 1 {
        9 | 10 => Some(value),
        12 | 13 => Some(value / 1000),
        15 | 16 => Some(value / 1_000_000),
        18 => Some(value / 1_000_000_000),
        _ => None,
    }
}
