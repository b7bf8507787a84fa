//! Days of the Gregorian, the Buddhist and the Persian calendar, as days since 1970.

use super::When;

pub(super) const DAY: i64 = 86_400;

/// A day of the Gregorian calendar, if there is such a day: days since 1970.
///
/// Years begin in March here; H. Hinnant, "chrono-compatible low-level date algorithms", `days_from_civil`.
pub(super) fn day_number(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + i64::from(leap),
        _ => return None,
    };
    if !(1..=last).contains(&day) || !(0..=9999).contains(&year) {
        return None;
    }
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    let days = era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100;
    Some(days + day_of_year - 719_468)
}

/// The same, as a day without a time.
pub(super) fn on_day(year: i64, month: i64, day: i64) -> Option<When> {
    Some(When::day(day_number(year, month, day)? * DAY))
}

/// The year of a day.
pub(super) fn year_of(days: i64) -> i64 {
    // 400 years are 146,097 days; the estimate is off by one at most.
    let about = 1970 + (days * 400).div_euclid(146_097);
    let begins = |year| day_number(year, 1, 1).is_some_and(|first| first <= days);
    [about + 1, about]
        .into_iter()
        .find(|year| begins(*year))
        .unwrap_or(about - 1)
}

/// The day of the week, 1 for Monday.
pub(super) fn weekday(days: i64) -> i64 {
    // 1970-01-01 was a Thursday.
    (days + 3).rem_euclid(7) + 1
}

/// A day of the solar calendar of Iran.
///
/// Years of 366 days are those with `(25 y + 11) mod 33 < 8`, right for 1178 to 1633 (K. M. Borkowski, "The Persian calendar
/// for 3000 years", Earth, Moon, and Planets 74, 1996). 1 Farvardin 1348 was 21 March 1969.
pub(super) fn persian_day(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = |year: i64| (25 * year + 11).rem_euclid(33) < 8;
    let last = match month {
        1..=6 => 31,
        7..=11 => 30,
        12 => 29 + i64::from(leap(year)),
        _ => return None,
    };
    if !(1178..=1633).contains(&year) || !(1..=last).contains(&day) {
        return None;
    }
    let years = |from: i64, to: i64| (from..to).map(|y| 365 + i64::from(leap(y))).sum::<i64>();
    let new_year = day_number(1969, 3, 21)? + years(1348, year) - years(year, 1348);
    let months = 31 * (month - 1).min(6) + 30 * (month - 7).max(0);
    Some(new_year + months + day - 1)
}

/// A year as it was written, in the calendar that most of the world uses: years from 2443 to 2643 are those of
/// Thailand (1900 to 2100).
pub(super) fn gregorian_year(year: i64) -> i64 {
    match year {
        2443..=2643 => year - 543,
        _ => year,
    }
}

/// Whether a year may be one of news: Strasbourg's *Relation* of 1605 was the first newspaper, pamphlets are older.
pub(super) fn is_plausible(year: i64) -> bool {
    (1450..=2200).contains(&year)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Persian days from the tables of the University of Tehran's calendar centre: Nowruz of each year.
    #[test]
    fn persian_years_begin_in_march() {
        for (persian, gregorian) in [
            ((1399, 12, 14), (2021, 3, 4)),
            ((1400, 1, 1), (2021, 3, 21)),
            ((1403, 12, 30), (2025, 3, 20)),
            ((1357, 11, 22), (1979, 2, 11)),
            ((1300, 1, 1), (1921, 3, 21)),
        ] {
            let (y, m, d) = persian;
            let (year, month, day) = gregorian;
            assert_eq!(
                persian_day(y, m, d),
                day_number(year, month, day),
                "{persian:?}"
            );
        }
        assert_eq!(persian_day(1400, 12, 30), None);
    }

    #[test]
    fn days_of_the_week() {
        for (day, expected) in [((2021, 3, 4), 4), ((1969, 12, 28), 7), ((2024, 1, 1), 1)] {
            assert_eq!(weekday(day_number(day.0, day.1, day.2).unwrap()), expected);
        }
    }
}
