//! Figures as a reader expects them: `1,234`, `52.3 %`, `1 h 42 min`, `16 Oct 2024`.

use jiff::SignedDuration;
use jiff::civil::Date;

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

const EPOCH: Date = Date::constant(1970, 1, 1);

/// The day of a date that begins with `YYYY-MM-DD`.
pub(super) fn civil(date: &str) -> Option<Date> {
    date.get(..10)?.parse().ok()
}

/// Days since 1970-01-01 of a date that begins with `YYYY-MM-DD`.
pub(super) fn day_number(date: &str) -> Option<i64> {
    Some(civil(date)?.duration_since(EPOCH).as_hours() / 24)
}

/// `16 Oct 2024` of a date that begins with `YYYY-MM-DD`; anything else as it is.
pub(super) fn day(date: &str) -> String {
    civil(date).map_or_else(|| date.to_owned(), in_words)
}

/// `16 Oct 2024` of a count of days since 1970-01-01.
pub(super) fn day_of(number: i64) -> String {
    in_words(civil_of(number))
}

/// `2024-10-16` of a count of days since 1970-01-01.
pub(super) fn iso_day(number: i64) -> String {
    civil_of(number).to_string()
}

fn civil_of(number: i64) -> Date {
    EPOCH.saturating_add(SignedDuration::from_hours(number.saturating_mul(24)))
}

fn in_words(day: Date) -> String {
    day.strftime("%-d %b %Y").to_string()
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

/// The address of a list of stories on the page, with what it is filtered by.
pub(super) fn address(filters: &[(&str, &str)]) -> String {
    let escaped = |text: &str| -> String {
        let byte = |byte: u8| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        };
        text.bytes().map(byte).collect()
    };
    let filters: Vec<String> = (filters.iter())
        .map(|(name, value)| format!("{name}={}", escaped(value)))
        .collect();
    format!("#clusters?{}", filters.join("&"))
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
    fn an_address_holds_any_name() {
        assert_eq!(
            address(&[("outlet", "faz.net")]),
            "#clusters?outlet=faz.net"
        );
        assert_eq!(
            address(&[("outlet", "A&B é"), ("sort", "day")]),
            "#clusters?outlet=A%26B%20%C3%A9&sort=day"
        );
    }

    #[test]
    fn arguments_are_quoted_where_a_shell_would_read_more() {
        assert_eq!(argument("out/copies-1"), "out/copies-1");
        assert_eq!(argument("it's $HOME"), r"'it'\''s $HOME'");
        assert_eq!(argument(""), "''");
    }
}
