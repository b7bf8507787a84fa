//! What is known of a column, and how its values are read by it.

use std::sync::Arc;

use super::When;
use super::calendar::{DAY, day_number};
use super::format::Format;
use super::iso;
use super::shape::{Separator, Shape, Written, Year, written};

/// What a value is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Outcome {
    /// A date.
    Date(When),
    /// No date, and meant so: `null`, `0000-00-00`, `1970-01-01 00:00:00`.
    Nothing,
    /// A date by the time at which it was read: "3 hours ago".
    Relative,
    /// One of several days, and the column does not say which.
    Ambiguous,
    /// A day of a calendar that is not read.
    Calendar,
    /// In no known form.
    Unknown,
}

/// The order of three numbers.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Order {
    /// Day, month, year.
    DayFirst,
    /// Month, day, year.
    MonthFirst,
    /// Year, month, day.
    YearFirst,
}

impl Order {
    /// All orders.
    pub const ALL: [Order; 3] = [Order::DayFirst, Order::MonthFirst, Order::YearFirst];
}

/// What is known of a column.
#[derive(Clone, Debug, Default)]
pub struct Decision {
    /// The order of numbers, by what stands between them and whether the year is short.
    pub(super) orders: [[Option<Order>; 2]; 5],
    /// The first and last full year.
    pub(super) years: Option<(i64, i64)>,
    /// The languages of the names of months, a bit each; 0 if not known.
    pub(super) languages: u64,
    /// Whether numbers of five digits are days of a spreadsheet.
    pub(super) serials: bool,
    /// The forms that were given.
    pub(super) formats: Arc<[Format]>,
}

impl Outcome {
    /// A date, unless it is what systems write for none: their first moment.
    pub(super) fn of(when: When) -> Outcome {
        match when {
            When {
                seconds: 0,
                has_clock: true,
            } => Outcome::Nothing,
            // 0001-01-01, of .NET and Java.
            When { seconds, .. } if seconds < -62_000_000_000 => Outcome::Nothing,
            when => Outcome::Date(when),
        }
    }

    /// The date, if it is one.
    pub fn date(self) -> Option<When> {
        match self {
            Outcome::Date(when) => Some(when),
            _ => None,
        }
    }
}

impl Decision {
    /// Forms that were given: they come before the usual ones, and decide the order of the numbers.
    #[must_use]
    pub fn with_formats(mut self, formats: Arc<[Format]>) -> Decision {
        for format in formats.iter().rev() {
            if let Some((separator, order)) = format.order() {
                self.orders[separator as usize] = [Some(order); 2];
            }
        }
        let languages = formats
            .iter()
            .filter_map(Format::language)
            .fold(0, |all, bit| all | bit);
        if languages != 0 {
            self.languages = languages;
        }
        self.formats = formats;
        self
    }

    /// Whether a form was given that ISO would be mistaken for.
    pub(super) fn formats_first(&self) -> bool {
        self.formats.iter().any(Format::looks_like_iso)
    }

    /// Whether another reads every value as this one does.
    pub fn reads_like(&self, other: &Decision) -> bool {
        let same = (self.orders, self.languages, self.serials)
            == (other.orders, other.languages, other.serials);
        same && self.formats == other.formats
    }

    /// The order that was decided for numbers.
    pub fn order(&self, separator: Separator, short_year: bool) -> Option<Order> {
        self.orders[separator as usize][usize::from(short_year)]
    }

    /// Reads a value that has no blanks around it.
    pub(super) fn read(&self, text: &str) -> Outcome {
        for format in self.formats.iter() {
            if let Some(when) = format.read(text, self) {
                return Outcome::of(when);
            }
        }
        if self.formats_first()
            && let Some(when) = iso::read(text)
        {
            return Outcome::of(when);
        }
        written(text).map_or(Outcome::Unknown, |written| self.decide(&written))
    }

    fn decide(&self, written: &Written) -> Outcome {
        let on = |days| Outcome::of(written.on(days));
        match written.shape {
            Shape::Day(days) => on(days),
            Shape::Moment(when) => Outcome::of(self.at(when, written)),
            Shape::Serial { days, clock } if self.serials => Outcome::Date(match clock {
                Some(seconds) => When::moment(days * DAY + seconds),
                None => When::day(days * DAY),
            }),
            Shape::Serial { .. } => Outcome::Unknown,
            Shape::Numeric {
                separator,
                short_year,
                ..
            } => match self.days(written)[..] {
                [] => Outcome::Unknown,
                [(_, days)] => on(days),
                ref several => {
                    let order = self.order(separator, short_year);
                    let decided = several.iter().find(|(own, _)| Some(*own) == order);
                    decided.map_or(Outcome::Ambiguous, |(_, days)| on(*days))
                }
            },
            Shape::Named { months, day, year } => self.named(written, (months, day, year)),
            Shape::Nothing => Outcome::Nothing,
            Shape::Relative => Outcome::Relative,
            Shape::Calendar => Outcome::Calendar,
        }
    }

    /// A moment of digits put together, with the offset that stands behind it.
    fn at(&self, when: When, written: &Written) -> When {
        match written.clock {
            Some(_) if !when.has_clock => written.on(when.seconds.div_euclid(DAY)),
            _ => when,
        }
    }

    fn named(&self, written: &Written, named: (&[(i64, u64)], i64, Year)) -> Outcome {
        let (months, day, year) = named;
        let year = self.year(year);
        let month = match months {
            [(month, _)] => Some(*month),
            several => {
                let mut fit = several
                    .iter()
                    .filter(|(_, languages)| languages & self.languages != 0);
                fit.next()
                    .filter(|_| fit.next().is_none())
                    .map(|(month, _)| *month)
            }
        };
        match month {
            None => Outcome::Ambiguous,
            Some(month) => day_number(year, month, day)
                .map_or(Outcome::Unknown, |days| Outcome::of(written.on(days))),
        }
    }

    /// The days that numbers may be, each with its order, without two that are the same day.
    ///
    /// A day of the week that is named leaves only those on it.
    fn days(&self, written: &Written) -> Vec<(Order, i64)> {
        let mut days = self.all_days(&written.shape);
        if days.iter().any(|(_, days)| written.fits(*days)) {
            days.retain(|(_, days)| written.fits(*days));
        }
        let order = match written.shape {
            Shape::Numeric {
                separator,
                short_year,
                ..
            } => self.order(separator, short_year),
            _ => None,
        };
        if days.iter().all(|(_, other)| *other == days[0].1) {
            days.truncate(1);
        } else if order != Some(Order::YearFirst)
            && is_year_last_by_use(&written.shape)
            && days.len() > 1
        {
            // 25/03/21 is hardly of 2025.
            days.retain(|(order, _)| *order != Order::YearFirst);
        }
        days
    }

    /// The days that three numbers may be.
    pub(super) fn all_days(&self, shape: &Shape) -> Vec<(Order, i64)> {
        let Shape::Numeric {
            short_year,
            parts: [a, b, c],
            ..
        } = *shape
        else {
            return Vec::new();
        };
        let year = |year| {
            if short_year {
                self.year(Year::Short(year))
            } else {
                year
            }
        };
        let of = |order| {
            let days = match order {
                Order::DayFirst => day_number(year(c), b, a),
                Order::MonthFirst => day_number(year(c), a, b),
                Order::YearFirst if short_year => day_number(year(a), b, c),
                Order::YearFirst => None,
            };
            Some((order, days?))
        };
        Order::ALL.into_iter().filter_map(of).collect()
    }

    /// A year in full. Of two digits the one nearest to the full years of the column; without such 00 to 39 are of this
    /// century.
    pub(super) fn year(&self, year: Year) -> i64 {
        let short = match year {
            Year::Full(year) => return year,
            Year::Short(short) => short,
        };
        let Some((first, last)) = self.years else {
            return if short < 40 {
                2000 + short
            } else {
                1900 + short
            };
        };
        let away = |year: &i64| (first - year).max(year - last).max(0);
        let years = (16..=20).map(|century| century * 100 + short);
        years.min_by_key(away).unwrap_or(2000 + short)
    }
}

/// Whether numbers with these signs hardly ever begin with a short year.
pub(super) fn is_year_last_by_use(shape: &Shape) -> bool {
    matches!(
        shape,
        Shape::Numeric {
            separator: Separator::Slash | Separator::Dot,
            short_year: true,
            ..
        }
    )
}
