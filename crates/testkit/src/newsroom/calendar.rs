//! Minutes as dates: of the year 2023, which began on a Sunday.

pub(crate) const DAY: u32 = 1440;
/// Days of the year.
pub(crate) const YEAR: u32 = 365;

const MONTHS: [(&str, u32); 12] = [
    ("January", 31),
    ("February", 28),
    ("March", 31),
    ("April", 30),
    ("May", 31),
    ("June", 30),
    ("July", 31),
    ("August", 31),
    ("September", 30),
    ("October", 31),
    ("November", 30),
    ("December", 31),
];

/// A day of the year.
pub(crate) struct Date {
    /// 1 is January.
    number: usize,
    pub(crate) month: &'static str,
    pub(crate) day: u32,
}

impl Date {
    /// Of minutes since the year began; a later year has no place here.
    pub(crate) fn new(minute: u32) -> Date {
        let mut day = minute / DAY % YEAR;
        let mut months = (1..).zip(MONTHS);
        loop {
            let (number, (month, days)) = months.next().expect("a day of the year");
            if day < days {
                return Date {
                    number,
                    month,
                    day: day + 1,
                };
            }
            day -= days;
        }
    }

    /// `Jan`.
    pub(crate) fn short_month(&self) -> &'static str {
        &self.month[..3]
    }
}

/// `2023-01-07`.
pub(crate) fn date(minute: u32) -> String {
    let Date { number, day, .. } = Date::new(minute);
    format!("2023-{number:02}-{day:02}")
}

/// `16:00`.
pub(crate) fn clock(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60 % 24, minute % 60)
}

/// RFC 3339.
pub(crate) fn timestamp(minute: u32) -> String {
    format!("{}T{}:00Z", date(minute), clock(minute))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_become_dates_of_the_year() {
        assert_eq!(timestamp(6 * DAY + 16 * 60 + 5), "2023-01-07T16:05:00Z");
        assert_eq!(date(31 * DAY), "2023-02-01");
        assert_eq!(date(58 * DAY), "2023-02-28");
        assert_eq!(date(59 * DAY), "2023-03-01");
        assert_eq!(date(364 * DAY), "2023-12-31");
    }
}
