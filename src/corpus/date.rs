//! The date of a record: what its field says, read as its column was decided, else the day in its address or path.
//!
//! ISO is tried first, and in every column; `wirecopy_formats::dates` knows the rest.

use std::sync::LazyLock;

use wirecopy_formats::dates::{self, Decision, Outcome, When};

use super::record::{DateField, UnreadDate};
use crate::date::{Date, Precision};

/// What is known of a column before it is looked at, and of dates that belong to none.
pub(super) static UNDECIDED: LazyLock<Decision> = LazyLock::new(Decision::default);

/// The date that a field holds; where it gives none, the day in the path of the page's address.
pub(super) fn of(text: Option<&str>, url: Option<&str>, decision: &Decision) -> DateField {
    let read = text.map_or(Outcome::Nothing, |text| dates::read(text, decision));
    if let Outcome::Date(when) = read {
        return DateField::Parsed(date(when));
    }
    if let Some(day) = url.and_then(dates::in_url) {
        return DateField::Parsed(date(day));
    }
    match read {
        Outcome::Ambiguous => DateField::Unparsed(UnreadDate::Ambiguous),
        Outcome::Relative => DateField::Unparsed(UnreadDate::Relative),
        Outcome::Calendar => DateField::Unparsed(UnreadDate::Calendar),
        Outcome::Unknown if text.is_some_and(|text| !text.trim().is_empty()) => {
            DateField::Unparsed(UnreadDate::Unknown)
        }
        Outcome::Unknown | Outcome::Nothing | Outcome::Date(_) => DateField::Absent,
    }
}

/// The day that the path of a text file names.
pub(super) fn in_path(path: &str) -> Option<Date> {
    dates::in_path(path).map(date)
}

/// Whether text is a day of ISO, and nothing else.
pub(super) fn is_iso_day(text: &str) -> bool {
    dates::iso(text).is_some_and(|when| !when.has_clock)
}

fn date(when: When) -> Date {
    Date {
        seconds: when.seconds,
        precision: if when.has_clock {
            Precision::Second
        } else {
            Precision::Day
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, url: Option<&str>) -> String {
        match of(Some(text), url, &UNDECIDED) {
            DateField::Parsed(date) => date.to_string(),
            other => format!("{other:?}"),
        }
    }

    /// Expected values from GNU `date -u -d … +%s`.
    #[test]
    fn the_forms_of_before_are_read_as_before() {
        let second = |seconds| Date {
            seconds,
            precision: Precision::Second,
        };
        let day = |seconds| Date {
            seconds,
            precision: Precision::Day,
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
        ] {
            assert_eq!(
                of(Some(text), None, &UNDECIDED),
                DateField::Parsed(expected),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_date_is_reported_by_its_kind() {
        for (text, expected) in [
            ("2023-02-29", "Unparsed(Unknown)"),
            ("2023", "Unparsed(Unknown)"),
            ("2023-06-é8", "Unparsed(Unknown)"),
            ("yesterday", "Unparsed(Relative)"),
            ("4/3/2021", "Unparsed(Ambiguous)"),
            ("14 رجب 1442", "Unparsed(Calendar)"),
            ("0000-00-00", "Absent"),
            (" ", "Absent"),
        ] {
            assert_eq!(said(text, None), expected, "{text}");
        }
    }

    #[test]
    fn an_address_gives_the_day_that_no_field_gives() {
        let url = Some("https://site.example/2021/03/04/story");
        for text in ["", "3 hours ago", "soon", "4/3/2021"] {
            assert_eq!(said(text, url), "2021-03-04", "{text}");
        }
        assert_eq!(said("2021-03-05", url), "2021-03-05");
    }
}
