//! `Date`: when a document was published, with the precision its source gave.

/// How precisely a date is known.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Precision {
    /// A calendar day, no time of day: "first" may be "same day, order unknown".
    Day,
    /// A time of day.
    Second,
}

/// A moment or a day of publication.
///
/// Ordered by time; a day counts as its first second.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Date {
    /// Seconds since 1970-01-01T00:00:00Z. A source without an offset is read as UTC.
    pub seconds: i64,
    /// Whether the time of day is known.
    pub precision: Precision,
}

/// How long after another document one appeared.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Lag {
    /// Seconds, where both have a time of day.
    Seconds(i64),
    /// Whole days, where one of the two has no time of day.
    Days(i64),
}

impl Date {
    const DAY: i64 = 86_400;

    /// The calendar day in UTC, in days since 1970-01-01.
    pub const fn day(self) -> i64 {
        self.seconds.div_euclid(Self::DAY)
    }

    /// How long this date is after `earlier` (negative if before).
    pub fn lag_after(self, earlier: Date) -> Lag {
        if self.precision == Precision::Second && earlier.precision == Precision::Second {
            Lag::Seconds(self.seconds.saturating_sub(earlier.seconds))
        } else {
            Lag::Days(self.day() - earlier.day())
        }
    }

    /// Whether it is known to be after `other`: on one day, only two times of day tell.
    pub fn is_after(self, other: Date) -> bool {
        match self.lag_after(other) {
            Lag::Seconds(lag) | Lag::Days(lag) => lag > 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lag_is_in_days_where_one_side_has_no_time_of_day() {
        let at = |seconds| Date {
            seconds,
            precision: Precision::Second,
        };
        let day = Date {
            seconds: 2 * Date::DAY,
            precision: Precision::Day,
        };
        assert_eq!(at(100).lag_after(at(40)), Lag::Seconds(60));
        assert_eq!(day.lag_after(at(Date::DAY - 1)), Lag::Days(2));
        assert_eq!(at(-1).day(), -1);
        assert!(at(100).is_after(at(40)) && !at(40).is_after(at(100)));
        assert!(!at(40).is_after(at(40)));
        let noon = at(2 * Date::DAY + Date::DAY / 2);
        assert!(!noon.is_after(day) && !day.is_after(noon), "the same day");
        assert!(day.is_after(at(Date::DAY)));
    }
}
