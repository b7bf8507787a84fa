//! Dates as corpora write them.
//!
//! RFC 3339, `YYYY-MM-DD[ HH:MM[:SS]]`, RFC 2822, epoch seconds or milliseconds, `YYYYMMDD`,
//! `DD-MON-YYYY[ HH:MM:SS]`, or one form given in the notation of `strftime`. A form without a
//! time of day gives a day; one without an offset is read as UTC. The ISO forms, which are nearly
//! all there is, are read by hand.

use crate::date::{Date, Precision};

/// The date a field holds, if it is in a known form.
pub(super) fn parse(text: &str, format: Option<&str>) -> Option<Date> {
    let text = text.trim();
    match format {
        Some(format) => by_format(text, format),
        None => iso(text)
            .or_else(|| number(text))
            .or_else(|| day_month_name(text))
            .or_else(|| rfc2822(text)),
    }
}

/// Whether a format can be used at all.
pub(super) fn format_is_valid(format: &str) -> bool {
    jiff::fmt::strtime::format(format, &jiff::ZonedDateTime::UNIX_EPOCH).is_ok()
}

fn by_format(text: &str, format: &str) -> Option<Date> {
    let parts = jiff::fmt::strtime::parse(format, text).ok()?;
    if let Ok(moment) = parts.to_timestamp() {
        return Some(at_second(moment.as_second()));
    }
    if parts.hour().is_some()
        && let Ok(local) = parts.to_datetime()
    {
        let moment = jiff::tz::Offset::UTC.to_timestamp(local).ok()?;
        return Some(at_second(moment.as_second()));
    }
    let day = parts.to_date().ok()?;
    on_day(
        i64::from(day.year()),
        i64::from(day.month()),
        i64::from(day.day()),
    )
}

fn rfc2822(text: &str) -> Option<Date> {
    // Anything in this form holds a colon and a space; most other text is refused cheaply.
    if !text.contains(':') || !text.contains(' ') {
        return None;
    }
    let moment = jiff::fmt::rfc2822::DateTimeParser::new()
        .parse_timestamp(text)
        .ok()?;
    Some(at_second(moment.as_second()))
}

/// `YYYY-MM-DD`, and after it `T` or a space, `HH:MM`, seconds, a fraction, an offset.
fn iso(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let (&[b'-'], &[b'-']) = (bytes.get(4..5)?, bytes.get(7..8)?) else {
        return None;
    };
    let day = on_day(
        digits(bytes, 0, 4)?,
        digits(bytes, 5, 7)?,
        digits(bytes, 8, 10)?,
    )?;
    match bytes.get(10..)? {
        [] => Some(day),
        [b'T' | b't' | b' ', clock @ ..] => with_clock(day, clock),
        _ => None,
    }
}

/// `DD-MON-YYYY`, and after it possibly a time of day.
fn day_month_name(text: &str) -> Option<Date> {
    const MONTHS: &[u8; 36] = b"janfebmaraprmayjunjulaugsepoctnovdec";
    let bytes = text.as_bytes();
    let dash = bytes
        .iter()
        .position(|&b| b == b'-')
        .filter(|at| (1..=2).contains(at))?;
    let name = bytes.get(dash + 1..dash + 4)?.to_ascii_lowercase();
    let month = MONTHS.chunks(3).position(|known| known == name)?;
    if bytes.get(dash + 4) != Some(&b'-') {
        return None;
    }
    let year = digits(bytes, dash + 5, dash + 9)?;
    let day = on_day(
        year,
        i64::try_from(month).ok()? + 1,
        digits(bytes, 0, dash)?,
    )?;
    match bytes.get(dash + 9..)? {
        [] => Some(day),
        [b' ', clock @ ..] => with_clock(day, clock.trim_ascii_start()),
        _ => None,
    }
}

/// Digits alone: a day, or seconds or milliseconds since 1970 (a fraction is dropped).
fn number(text: &str) -> Option<Date> {
    let whole = text.split_once('.').map_or(text, |(whole, fraction)| {
        if fraction.bytes().all(|b| b.is_ascii_digit()) {
            whole
        } else {
            ""
        }
    });
    let bytes = whole.as_bytes();
    let value = digits(bytes, 0, bytes.len())?;
    match bytes.len() {
        8 if whole.len() == text.len() => on_day(
            digits(bytes, 0, 4)?,
            digits(bytes, 4, 6)?,
            digits(bytes, 6, 8)?,
        ),
        9 | 10 => Some(at_second(value)),
        12 | 13 => Some(at_second(value / 1000)),
        _ => None,
    }
}

/// A day with `HH:MM[:SS[.fraction]][offset]` on it.
fn with_clock(day: Date, clock: &[u8]) -> Option<Date> {
    let (hour, minute) = (digits(clock, 0, 2)?, digits(clock, 3, 5)?);
    let mut rest = clock.get(5..)?;
    let mut second = 0;
    if rest.first() == Some(&b':') {
        second = digits(rest, 1, 3)?;
        rest = &rest[3..];
        if let [b'.' | b',', fraction @ ..] = rest {
            let end = fraction
                .iter()
                .position(|b| !b.is_ascii_digit())
                .unwrap_or(fraction.len());
            rest = &fraction[end..];
        }
    }
    if clock[2] != b':' || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let offset = offset(rest.trim_ascii_start())?;
    // A leap second counts as the one before it.
    Some(at_second(
        day.seconds + hour * 3600 + minute * 60 + second.min(59) - offset,
    ))
}

/// `Z`, `UTC`, `GMT`, `+HH:MM`, `+HHMM`, `+HH` or nothing, in seconds east of UTC.
fn offset(text: &[u8]) -> Option<i64> {
    let (sign, rest) = match text {
        [] | [b'Z' | b'z'] | b"UTC" | b"GMT" => return Some(0),
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => return None,
    };
    let hours = digits(rest, 0, 2)?;
    let minutes = match rest.len() {
        2 => 0,
        4 => digits(rest, 2, 4)?,
        5 if rest[2] == b':' => digits(rest, 3, 5)?,
        _ => return None,
    };
    (hours <= 23 && minutes <= 59).then_some(sign * (hours * 3600 + minutes * 60))
}

fn at_second(seconds: i64) -> Date {
    Date {
        seconds,
        precision: Precision::Second,
    }
}

/// A calendar day, if there is such a day.
fn on_day(year: i64, month: i64, day: i64) -> Option<Date> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + i64::from(leap),
        _ => return None,
    };
    if !(1..=last).contains(&day) {
        return None;
    }
    // Days since 1970 with years that begin in March; H. Hinnant, "chrono-compatible low-level
    // date algorithms", days_from_civil.
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    let days = era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100
        + day_of_year
        - 719_468;
    Some(Date {
        seconds: days * 86_400,
        precision: Precision::Day,
    })
}

/// A number of at most 18 decimal digits.
fn digits(bytes: &[u8], from: usize, to: usize) -> Option<i64> {
    let digits = bytes
        .get(from..to)
        .filter(|digits| (1..=18).contains(&digits.len()))?;
    digits.iter().try_fold(0, |value, &digit| {
        digit
            .is_ascii_digit()
            .then(|| value * 10 + i64::from(digit - b'0'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expected values from GNU `date -u -d … +%s`.
    #[test]
    fn the_usual_forms_are_known() {
        let second = |seconds| Some(at_second(seconds));
        let day = |seconds| {
            Some(Date {
                seconds,
                precision: Precision::Day,
            })
        };
        for (text, expected) in [
            ("2023-06-28", day(1_687_910_400)),
            ("1969-12-31", day(-86_400)),
            ("2000-02-29", day(951_782_400)),
            ("2023-06-28T10:20:30Z", second(1_687_947_630)),
            ("2023-06-28 10:20:30", second(1_687_947_630)),
            ("2023-06-28 10:20", second(1_687_947_600)),
            ("2023-06-28T10:20:30.123456+02:00", second(1_687_940_430)),
            ("2023-06-28T10:20:30-0530", second(1_687_967_430)),
            ("2023-06-28 10:20:30 UTC", second(1_687_947_630)),
            ("Wed, 28 Jun 2023 10:20:30 +0200", second(1_687_940_430)),
            ("28 Jun 2023 10:20:30 GMT", second(1_687_947_630)),
            ("1687947630", second(1_687_947_630)),
            ("1687947630.25", second(1_687_947_630)),
            ("1687947630123", second(1_687_947_630)),
            ("20230628", day(1_687_910_400)),
            ("28-JUN-2023", day(1_687_910_400)),
            ("26-FEB-1987 15:01:01.79", second(541_350_061)),
            (" 2-apr-1987 15:01", second(544_374_060)),
            ("2023-02-29", None),
            ("2023-13-01", None),
            ("2023-06-28T25:00", None),
            ("2023-06-28Tsoon", None),
            ("2023", None),
            ("yesterday", None),
            ("", None),
            ("2023-06-é8", None),
        ] {
            assert_eq!(parse(text, None), expected, "{text}");
        }
    }

    #[test]
    fn a_given_form_is_the_only_one() {
        let day = parse("2023-06-28", None);
        assert_eq!(parse("28/06/2023", Some("%d/%m/%Y")), day);
        assert_eq!(parse("2023-06-28", Some("%d/%m/%Y")), None);
        let moment = parse("2023-06-28T10:20:00", None);
        assert_eq!(parse("28.6.2023 10:20", Some("%d.%m.%Y %H:%M")), moment);
        assert_eq!(
            parse("28.6.2023 12:20 +0200", Some("%d.%m.%Y %H:%M %z")),
            moment
        );
    }

    #[test]
    fn a_wrong_format_is_noticed() {
        assert!(format_is_valid("%d/%m/%Y"));
        assert!(!format_is_valid("%d/%!/%Y"));
    }
}
