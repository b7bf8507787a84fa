//! What the values of a column are, where its name does not tell: addresses, or days.

use wirecopy_formats::dates::{Decision, Outcome, read};

/// The values of a column, counted.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct ValueKinds {
    values: u64,
    addresses: u64,
    days: u64,
    html: u64,
}

/// Longer values are neither.
const LONGEST: usize = 2_000;
/// Values that prove something when all of them are alike.
const FEWEST: u64 = 2;

impl ValueKinds {
    /// Counts a value, as it is or as a JSON string or cell with its quotes.
    pub(super) fn add(&mut self, value: &str) {
        let value = value.trim_matches('"').trim();
        if value.is_empty() {
            return;
        }
        self.values += 1;
        self.html += u64::from(wirecopy_formats::html::is_html(value));
        if value.len() > LONGEST {
            return;
        }
        self.addresses += u64::from(is_address(value));
        self.days += u64::from(is_day(value));
    }

    /// Whether all values are addresses of pages.
    pub(super) fn are_addresses(self) -> bool {
        self.values >= FEWEST && self.addresses == self.values
    }

    /// Whether most values are HTML.
    pub(super) fn are_html(self) -> bool {
        self.html * 2 > self.values
    }

    /// Whether all values are days or times.
    pub(super) fn are_days(self) -> bool {
        self.values >= FEWEST && self.days == self.values
    }
}

fn is_address(value: &str) -> bool {
    let begins = |start: &str| {
        let head = value.get(..start.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(start))
    };
    // JSON may escape a slash.
    let is_web =
        begins("http://") || begins("https://") || begins("http:\\/") || begins("https:\\/");
    is_web && !value.contains(char::is_whitespace)
}

/// Numbers alone are no days: counts and ids are, too.
fn is_day(value: &str) -> bool {
    const LONGEST_DAY: usize = 60;
    let is_number = value
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+'));
    let is_iso = value.len() == 10 && value.split('-').map(str::len).eq([4, 2, 2]);
    if value.len() > LONGEST_DAY || is_number && !is_iso || value.contains("://") {
        return false;
    }
    let outcome = read(value, &Decision::default());
    matches!(outcome, Outcome::Ambiguous) || outcome.date().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[&str]) -> ValueKinds {
        let mut kinds = ValueKinds::default();
        values.iter().for_each(|value| kinds.add(value));
        kinds
    }

    #[test]
    fn all_values_decide() {
        assert!(of(&["2021-03-04", "\"5 March 2021\"", ""]).are_days());
        assert!(of(&["04/03/2021", "2021-03-04T10:00:00Z"]).are_days());
        assert!(!of(&["2021-03-04", "soon"]).are_days());
        assert!(
            !of(&["20210304", "20210305"]).are_days(),
            "ids are numbers, too"
        );
        assert!(!of(&["https://a.example/2021/03/04"; 2]).are_days());
        assert!(!of(&["1.5", "2.7"]).are_days());
        assert!(!of(&["2021-03-04"]).are_days(), "one value proves nothing");
        assert!(of(&["https://a.example/1", "\"http:\\/\\/b.example\""]).are_addresses());
        assert!(!of(&["https://a.example/1", "see https://b.example"]).are_addresses());
        assert!(!of(&[]).are_addresses());
    }
}
