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
            Lag::Seconds(self.seconds - earlier.seconds)
        } else {
            Lag::Days(self.day() - earlier.day())
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
    }
}
