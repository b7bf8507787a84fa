//! The forms of ISO 8601 that nearly all corpora use, read by hand: what is tried before everything else.
//!
//! `YYYY-MM-DD`, and after it `T` or a blank, `HH:MM`, seconds, a fraction, an offset.

use super::When;
use super::calendar::on_day;

/// A day, or a moment, in one of these forms.
pub(super) fn read(text: &str) -> Option<When> {
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

/// A day with `HH:MM[:SS[.fraction]][offset]` on it.
fn with_clock(day: When, clock: &[u8]) -> Option<When> {
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
    let clock = hour * 3600 + minute * 60 + second.min(59);
    Some(When::moment(day.seconds + clock - offset))
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

/// A number of at most 18 decimal digits.
pub(super) fn digits(bytes: &[u8], from: usize, to: usize) -> Option<i64> {
    let digits = bytes
        .get(from..to)
        .filter(|digits| (1..=18).contains(&digits.len()))?;
    digits.iter().try_fold(0, |value, &digit| {
        digit
            .is_ascii_digit()
            .then(|| value * 10 + i64::from(digit - b'0'))
    })
}
