//! Figures as a reader expects them: `1,234`, `52.3 %`, `1 h 42 min`, `16 Oct 2024`.

/// A count with separators of thousands.
pub(super) fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count of things, with their name in the right number.
pub(super) fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { many })
}

/// A share in percent; nothing of nothing is no share.
pub(super) fn percent(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    format!("{:.1} %", part as f64 * 100.0 / whole as f64)
}

/// How long after another one a document appeared, in its two largest units.
pub(super) fn lag(seconds: i64) -> String {
    let minutes = seconds.max(0) / 60;
    match (minutes / 1440, minutes / 60 % 24, minutes % 60) {
        (0, 0, 0) => "under 1 min".to_owned(),
        (0, 0, minutes) => format!("{minutes} min"),
        (0, hours, minutes) => format!("{hours} h {minutes:02} min"),
        (days, 0, _) => format!("{days} d"),
        (days, hours, _) => format!("{days} d {hours} h"),
    }
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// Days since 1970-01-01 of a date that begins with `YYYY-MM-DD`.
pub(super) fn day_number(date: &str) -> Option<i64> {
    let part = |from: usize, until: usize| date.get(from..until)?.parse::<i64>().ok();
    let (year, month, day) = (part(0, 4)?, part(5, 7)?, part(8, 10)?);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // Years begin in March here, so that a leap day is the last of its year.
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    Some(365 * year + leap_days + (153 * month + 2) / 5 + day - 1 - 719_468)
}

/// `16 Oct 2024` of a date that begins with `YYYY-MM-DD`; anything else as it is.
pub(super) fn day(date: &str) -> String {
    let month = date.get(5..7).and_then(|month| month.parse::<usize>().ok());
    match (day_number(date), month) {
        (Some(_), Some(month)) => {
            let day = date[8..10].trim_start_matches('0');
            format!("{day} {} {}", MONTHS[month - 1], &date[..4])
        }
        _ => date.to_owned(),
    }
}

/// `16 Oct 2024` of a count of days since 1970-01-01.
pub(super) fn day_of(number: i64) -> String {
    // Days and years begin in March of year 0, as in `day_number`; 400 years are 146,097 days.
    let shifted = number + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (year, month) = match month {
        ..10 => (year + era * 400, month + 3),
        _ => (year + era * 400 + 1, month - 9),
    };
    self::day(&format!("{year:04}-{month:02}-{day:02}"))
}

/// An argument as a shell reads it.
pub(super) fn argument(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-:@%+=,".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_grouped_and_named() {
        assert_eq!(
            [count(7), count(1234), count(1_234_567)],
            ["7", "1,234", "1,234,567"]
        );
        assert_eq!(counted(1, "cluster", "clusters"), "1 cluster");
        assert_eq!(percent(46, 88), "52.3 %");
        assert_eq!(percent(0, 0), "–");
    }

    #[test]
    fn lags_have_their_two_largest_units() {
        let said = [20, 14 * 60, 6120, 47_520, 167_040].map(lag);
        assert_eq!(
            said,
            [
                "under 1 min",
                "14 min",
                "1 h 42 min",
                "13 h 12 min",
                "1 d 22 h"
            ]
        );
    }

    #[test]
    fn days_are_counted_from_1970() {
        let numbers = [
            "1970-01-01",
            "2000-02-29",
            "2000-03-01",
            "1969-12-31",
            "2024-10-16T21:42:00Z",
        ];
        assert_eq!(
            numbers.map(|date| day_number(date).unwrap()),
            [0, 11_016, 11_017, -1, 20_012]
        );
        let days = [0, 11_016, 11_017, -1, 20_012].map(day_of);
        assert_eq!(
            days,
            [
                "1 Jan 1970",
                "29 Feb 2000",
                "1 Mar 2000",
                "31 Dec 1969",
                "16 Oct 2024"
            ]
        );
        assert_eq!(day_number("yesterday"), None);
        assert_eq!(day_number("2024-13-01"), None);
        assert_eq!(day("2024-10-06T21:42:00Z"), "6 Oct 2024");
        assert_eq!(day("12 ét"), "12 ét");
    }

    #[test]
    fn arguments_are_quoted_where_a_shell_would_read_more() {
        assert_eq!(argument("out/copies-1"), "out/copies-1");
        assert_eq!(argument("it's $HOME"), r"'it'\''s $HOME'");
        assert_eq!(argument(""), "''");
    }
}
