//! Dates, times and spans of time as ISO 8601 writes them.
//!
//! A moment with a zone is written in UTC, with a `Z`: Arrow keeps it so, and the zone only says how it was shown.

use std::io::Write;

use arrow_array::Array;
use arrow_array::PrimitiveArray;
use arrow_array::temporal_conversions as conversions;
use arrow_array::types::{
    ArrowTemporalType, ArrowTimestampType, IntervalDayTime, IntervalMonthDayNano,
};
use arrow_schema::TimeUnit;

use super::cell::Cell;

/// Writes into a `Vec`, which takes everything.
macro_rules! put {
    ($into:expr, $($what:tt)*) => {{
        write!($into, $($what)*).expect("a Vec takes everything");
        true
    }};
}

/// Days, of any unit.
pub(super) fn dates<'a, T>(array: &'a PrimitiveArray<T>) -> Cell<'a>
where
    T: ArrowTemporalType,
    i64: From<T::Native>,
{
    Box::new(
        move |row, into| match array.is_valid(row).then(|| array.value_as_date(row)) {
            // chrono's Debug is ISO 8601; its Display is not.
            Some(Some(date)) => put!(into, "\"{date:?}\""),
            _ => false,
        },
    )
}

/// Moments.
pub(super) fn moments<'a, T>(array: &'a PrimitiveArray<T>, zone: bool) -> Cell<'a>
where
    T: ArrowTimestampType,
{
    let z = if zone { "Z" } else { "" };
    Box::new(move |row, into| {
        if array.is_null(row) {
            return false;
        }
        match conversions::as_datetime::<T>(array.value(row)) {
            Some(moment) => put!(into, "\"{moment:?}{z}\""),
            None => false, // out of the calendar: 262,000 years
        }
    })
}

/// Times of day.
pub(super) fn times<'a, T>(array: &'a PrimitiveArray<T>) -> Cell<'a>
where
    T: ArrowTemporalType,
    i64: From<T::Native>,
{
    Box::new(
        move |row, into| match array.is_valid(row).then(|| array.value_as_time(row)) {
            Some(Some(time)) => put!(into, "\"{time:?}\""),
            _ => false,
        },
    )
}

/// A span of time in some unit.
pub(super) fn push_duration(value: i64, unit: TimeUnit, into: &mut Vec<u8>) -> bool {
    let digits = match unit {
        TimeUnit::Second => 0,
        TimeUnit::Millisecond => 3,
        TimeUnit::Microsecond => 6,
        TimeUnit::Nanosecond => 9,
    };
    put!(into, "\"PT{}S\"", seconds(value, digits))
}

/// So many parts of a second, of which each has so many digits.
fn seconds(value: i64, digits: u32) -> String {
    let whole = 10_u64.pow(digits);
    let sign = if value < 0 { "-" } else { "" };
    let (seconds, rest) = (value.unsigned_abs() / whole, value.unsigned_abs() % whole);
    let rest = format!(
        "{rest:0width$}",
        width = usize::try_from(digits).unwrap_or(0)
    );
    match rest.trim_end_matches('0') {
        "" => format!("{sign}{seconds}"),
        rest => format!("{sign}{seconds}.{rest}"),
    }
}

pub(super) fn push_months(months: i32, into: &mut Vec<u8>) -> bool {
    put!(into, "\"P{months}M\"")
}

pub(super) fn push_days(value: IntervalDayTime, into: &mut Vec<u8>) -> bool {
    let time = seconds(i64::from(value.milliseconds), 3);
    put!(into, "\"P{}DT{time}S\"", value.days)
}

pub(super) fn push_interval(value: IntervalMonthDayNano, into: &mut Vec<u8>) -> bool {
    let time = seconds(value.nanoseconds, 9);
    put!(into, "\"P{}M{}DT{time}S\"", value.months, value.days)
}
