//! What documents of one text have together, where it is more than the one that stands for them says.
//!
//! Equal texts are compared once. Whether another text is of the same days or of the same outlet is then asked of all of
//! them: two texts are as many days apart as the two closest of their documents, and of one outlet if all of their
//! documents are. So it does not matter which document stands for its text, or stands first.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::facts::DocFacts;
use super::texts::Texts;
use crate::date::{Date, Precision};
use crate::doc_id::DocId;

/// Seconds.
const DAY: f64 = 86_400.0;

/// What is known of texts, by the documents that stand for them; of those alone that others say more of.
#[derive(Debug, Default)]
pub struct EqualTexts(HashMap<DocId, Several, FixedState>);

/// What is known of a text that several documents have.
#[derive(Debug)]
struct Several {
    dates: Dates,
    /// Whether all are of one outlet.
    is_of_one_outlet: bool,
}

/// The dates of documents of one text.
#[derive(Debug, Default)]
pub struct Dates {
    /// Ascending: seconds of those with a time of day, and their days; days of the others.
    seconds: Vec<i64>,
    timed_days: Vec<i64>,
    days: Vec<i64>,
}

impl Dates {
    /// Those of some documents.
    pub fn of(dates: impl Iterator<Item = Date>) -> Dates {
        let mut all = Dates::default();
        for date in dates {
            match date.precision {
                Precision::Second => {
                    all.seconds.push(date.seconds);
                    all.timed_days.push(date.day());
                }
                Precision::Day => all.days.push(date.day()),
            }
        }
        for list in [&mut all.seconds, &mut all.timed_days, &mut all.days] {
            list.sort_unstable();
            list.dedup();
        }
        all
    }

    /// How many days lie between the two closest: to the second where both have one, else whole days.
    pub fn days_apart(&self, other: &Dates) -> Option<f64> {
        #[expect(clippy::cast_precision_loss)] // seconds of dates are far below 2^52
        let timed = least(&self.seconds, &other.seconds).map(|seconds| seconds as f64 / DAY);
        let days = [
            least(&self.days, &other.days),
            least(&self.days, &other.timed_days),
            least(&self.timed_days, &other.days),
        ];
        #[expect(clippy::cast_precision_loss)]
        let days = days.into_iter().flatten().min().map(|days| days as f64);
        match (timed, days) {
            (Some(timed), Some(days)) => Some(timed.min(days)),
            (timed, days) => timed.or(days),
        }
    }
}

/// How many days lie between two dates: to the second where both have one, else whole days.
pub(super) fn days_between(a: Date, b: Date) -> f64 {
    let timed = a.precision == Precision::Second && b.precision == Precision::Second;
    #[expect(clippy::cast_precision_loss)] // seconds of dates are far below 2^52
    let days = match timed {
        true => a.seconds.abs_diff(b.seconds) as f64 / DAY,
        false => a.day().abs_diff(b.day()) as f64,
    };
    days
}

/// The least difference between a value of one ascending list and one of another.
fn least(mut a: &[i64], mut b: &[i64]) -> Option<u64> {
    let mut least = None;
    while let (Some(x), Some(y)) = (a.first(), b.first()) {
        let apart = x.abs_diff(*y);
        least = Some(least.map_or(apart, |least: u64| least.min(apart)));
        match x <= y {
            true => a = &a[1..],
            false => b = &b[1..],
        }
    }
    least
}

impl EqualTexts {
    /// What documents of equal text say together.
    pub fn of(documents: &dyn DocFacts, texts: &Texts) -> EqualTexts {
        let mut noted = EqualTexts::default();
        for same in texts.equal().chunk_by(|x, y| x.0 == y.0) {
            let first = same[0].0;
            let others = || same.iter().map(|&(_, doc)| doc);
            let outlet = documents.publisher(first);
            let is_of_one_outlet = others().all(|doc| documents.publisher(doc) == outlet);
            let is_of_one_date = others().all(|doc| documents.date(doc) == documents.date(first));
            if is_of_one_outlet && is_of_one_date {
                continue;
            }
            let dates = std::iter::once(first).chain(others());
            let several = Several {
                dates: Dates::of(dates.filter_map(|doc| documents.date(doc))),
                is_of_one_outlet,
            };
            noted.0.insert(first, several);
        }
        noted
    }

    /// How many days lie between two texts, each given by the document that stands for it.
    pub fn days_apart(&self, documents: &dyn DocFacts, a: DocId, b: DocId) -> Option<f64> {
        let own = |doc| Dates::of(documents.date(doc).into_iter());
        match (self.0.get(&a), self.0.get(&b)) {
            (None, None) => {
                let dates = documents.date(a).zip(documents.date(b));
                dates.map(|(a, b)| days_between(a, b))
            }
            (Some(a), None) => a.dates.days_apart(&own(b)),
            (None, Some(b)) => own(a).days_apart(&b.dates),
            (Some(a), Some(b)) => a.dates.days_apart(&b.dates),
        }
    }

    /// Whether all documents of a text are of one outlet, if it is known.
    pub fn is_of_one_outlet(&self, doc: DocId) -> bool {
        let several = self.0.get(&doc);
        several.is_none_or(|several| several.is_of_one_outlet)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: i64) -> Date {
        Date {
            seconds: day * 86_400,
            precision: Precision::Day,
        }
    }

    fn second(seconds: i64) -> Date {
        Date {
            seconds,
            precision: Precision::Second,
        }
    }

    #[test]
    fn texts_are_as_far_apart_as_their_closest_documents() {
        let dates = |all: &[Date]| Dates::of(all.iter().copied());
        let apart = |a: &[Date], b: &[Date]| dates(a).days_apart(&dates(b));
        assert_eq!(
            apart(&[day(3), day(9)], &[day(20), day(7), day(1)]),
            Some(2.0)
        );
        assert_eq!(apart(&[second(0), day(9)], &[second(43_200)]), Some(0.5));
        // Of a day alone the time is not known: whole days count.
        assert_eq!(
            apart(&[second(0), day(1)], &[second(80_000), day(1)]),
            Some(0.0)
        );
        assert_eq!(apart(&[second(100)], &[day(2)]), Some(2.0));
        assert_eq!(apart(&[], &[day(2)]), None);
    }
}
