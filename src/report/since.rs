//! `Since`: from which day on clusters are shown, as a day or as a number of days.
//!
//! Days are counted back from the newest dated document and not from the clock, so that the same
//! model gives the same page on any day.

use std::fmt;
use std::str::FromStr;

use super::model::Report;
use super::words::{civil, day_number};

/// From which day on.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Since {
    /// From this day on, `YYYY-MM-DD`.
    Day(String),
    /// So many days, of which that of the newest dated document is the last.
    Days(u32),
}

/// No day and no number of days.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error(
    "expected a day as YYYY-MM-DD, such as 2024-10-16, or a number of days of at least 1, such as 7d"
)]
pub struct SinceError;

impl FromStr for Since {
    type Err = SinceError;

    fn from_str(text: &str) -> Result<Since, SinceError> {
        if let Some(days) = text.strip_suffix('d') {
            let is_number = days.bytes().all(|byte| byte.is_ascii_digit());
            let days = days.parse().ok().filter(|&days| is_number && days > 0);
            return days.map(Since::Days).ok_or(SinceError);
        }
        let plain = |c: char| c.is_ascii_digit() || c == '-';
        let is_day = text.len() == 10 && text.chars().all(plain) && civil(text).is_some();
        is_day
            .then(|| Since::Day(text.to_owned()))
            .ok_or(SinceError)
    }
}

impl fmt::Display for Since {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Since::Day(day) => f.write_str(day),
            Since::Days(days) => write!(f, "{days}d"),
        }
    }
}

impl Since {
    /// The first day, where this is the newest one: both in days since 1970-01-01. `None` if days
    /// are to be counted back and there is nothing to count from.
    pub fn first_day(&self, newest: Option<i64>) -> Option<i64> {
        match self {
            Since::Day(day) => day_number(day),
            Since::Days(days) => Some(newest?.saturating_sub(i64::from(*days) - 1)),
        }
    }

    /// The first day of what is shown of a report.
    pub(super) fn first_day_of(&self, report: &Report) -> Option<i64> {
        self.first_day(
            report
                .days
                .last()
                .and_then(|newest| day_number(&newest.day)),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_the_calendar_or_a_number_of_days_is_read() {
        for right in ["2024-02-29", "7d", "1d", "365d"] {
            assert_eq!(right.parse::<Since>().unwrap().to_string(), right);
        }
        for wrong in [
            "",
            "2024",
            "2023-02-29",
            "16.10.2024",
            "2024-10-16T10:00",
            "20241016",
            "d",
            "0d",
            "-1d",
            "+7d",
            "7",
            "7 d",
            "1w",
            "99999999999d",
        ] {
            assert!(wrong.parse::<Since>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn days_end_with_the_newest_one() {
        let first = |text: &str, newest| text.parse::<Since>().unwrap().first_day(newest);
        assert_eq!(first("1d", Some(20_012)), Some(20_012));
        assert_eq!(first("7d", Some(20_012)), Some(20_006));
        assert_eq!(first("7d", None), None);
        assert_eq!(first("2024-10-16", None), Some(20_012));
    }
}
