//! Who carried how many stories, how often first, and how late: one rule for runs, indexes and the part of a report
//! that was asked for.

use std::collections::BTreeMap;

use super::model::Outlet;
use crate::date::{Date, Lag, doubted_first};

const DAY: i64 = 86_400;

/// Who published a document, and when.
#[derive(Clone, Copy, Debug, Default)]
pub struct Carried {
    /// The number of its outlet, if one is known.
    pub outlet: Option<u32>,
    /// Its date.
    pub date: Option<Date>,
}

/// What is counted of one outlet.
#[derive(Clone, Debug, Default)]
pub struct Carrier {
    /// Its documents; counted by the caller.
    pub documents: u64,
    /// Stories it has a document in.
    pub stories: u64,
    /// Of these, the ones that others have a document in, too.
    pub shared: u64,
    /// Stories in which it alone was first.
    pub first: u64,
    /// Whether a lag is in whole days.
    pub in_days: bool,
    lags: Vec<i64>,
}

impl Carrier {
    /// The median of the seconds that it was behind, of the stories where it was: in those where it was first itself, or
    /// may have been, there is no delay.
    pub fn median_lag(&self) -> Option<i64> {
        median(self.lags.clone())
    }

    /// Its row in a report, under this name.
    pub fn outlet(&self, name: &str) -> Outlet {
        Outlet {
            name: name.to_owned(),
            documents: self.documents,
            stories: self.stories,
            shared: self.shared,
            first: self.first,
            median_lag: self.median_lag(),
            lags_in_days: self.in_days,
        }
    }
}

/// Counts a story, of which these are the documents. Of one whose first date is doubted nobody is first or late.
pub fn count_story(members: &[Carried], carriers: &mut [Carrier]) {
    // The earliest copy of every outlet, if one is dated.
    let mut earliest: BTreeMap<u32, Option<Date>> = BTreeMap::new();
    for member in members {
        if let Some(outlet) = member.outlet {
            let known = earliest.entry(outlet).or_default();
            *known = [*known, member.date].into_iter().flatten().min();
        }
    }
    let is_shared = earliest.len() > 1;
    for &outlet in earliest.keys() {
        let carrier = &mut carriers[outlet as usize];
        carrier.stories += 1;
        carrier.shared += u64::from(is_shared);
    }
    let dated = || members.iter().filter_map(|member| member.date);
    let Some(first) = dated().min().filter(|_| doubted_first(dated()).is_none()) else {
        return;
    };
    let dates: Vec<(u32, Date)> = (earliest.into_iter())
        .filter_map(|(outlet, date)| Some((outlet, date?)))
        .collect();
    for &(outlet, date) in dates.iter().filter(|(_, date)| date.is_after(first)) {
        let carrier = &mut carriers[outlet as usize];
        carrier.lags.push(match date.lag_after(first) {
            Lag::Seconds(seconds) => seconds,
            Lag::Days(days) => {
                carrier.in_days = true;
                days.saturating_mul(DAY)
            }
        });
    }
    if let Some(&(winner, date)) = dates.iter().min_by_key(|(_, date)| *date) {
        let mut others = dates.iter().filter(|(outlet, _)| *outlet != winner);
        if dates.len() > 1 && others.all(|(_, other)| other.is_after(date)) {
            carriers[winner as usize].first += 1;
        }
    }
}

/// The middle one; of an even number the mean of the two in the middle.
fn median(mut values: Vec<i64>) -> Option<i64> {
    values.sort_unstable();
    let upper = *values.get(values.len() / 2)?;
    Some(match values.len() % 2 {
        0 => i64::midpoint(values[values.len() / 2 - 1], upper),
        _ => upper,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Precision;

    fn at(outlet: u32, hours: i64) -> Carried {
        Carried {
            outlet: Some(outlet),
            date: Some(Date {
                seconds: hours * 3600,
                precision: Precision::Second,
            }),
        }
    }

    fn counted(stories: &[&[Carried]]) -> Vec<Carrier> {
        let mut carriers = vec![Carrier::default(); 3];
        for story in stories {
            count_story(story, &mut carriers);
        }
        carriers
    }

    #[test]
    fn a_median_is_in_the_middle() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![5, 1, 9]), Some(5));
        assert_eq!(median(vec![4, 1]), Some(2));
    }

    #[test]
    fn who_was_first_has_no_delay_and_others_only_theirs() {
        let carriers = counted(&[
            &[at(0, 0), at(1, 2)],
            &[at(0, 0), at(1, 6)],
            &[at(1, 0), at(0, 1), at(0, 9)],
        ]);
        assert_eq!(carriers[0].first, 2);
        assert_eq!(
            carriers[0].median_lag(),
            Some(3600),
            "of the one story where it was not first"
        );
        assert_eq!(carriers[1].median_lag(), Some(4 * 3600));
        assert_eq!((carriers[2].stories, carriers[2].median_lag()), (0, None));
    }

    #[test]
    fn on_one_day_nobody_is_known_to_be_first_or_late() {
        let day = |outlet| Carried {
            outlet: Some(outlet),
            date: Some(Date {
                seconds: 0,
                precision: Precision::Day,
            }),
        };
        let carriers = counted(&[&[day(0), day(1)]]);
        assert!(
            carriers
                .iter()
                .all(|carrier| carrier.first == 0 && carrier.median_lag().is_none())
        );
    }

    #[test]
    fn a_story_within_one_outlet_is_not_shared() {
        let carriers = counted(&[&[at(0, 0), at(0, 5)], &[at(0, 0), at(1, 5)]]);
        assert_eq!(
            (carriers[0].stories, carriers[0].shared, carriers[0].first),
            (2, 1, 1)
        );
        assert_eq!((carriers[1].stories, carriers[1].shared), (1, 1));
    }

    #[test]
    fn by_a_doubted_date_nobody_is_first() {
        let carriers = counted(&[&[at(0, 0), at(1, 617 * 24), at(2, 617 * 24 + 3)]]);
        assert!(
            carriers
                .iter()
                .all(|carrier| carrier.first == 0 && carrier.median_lag().is_none())
        );
        assert!(carriers.iter().all(|carrier| carrier.shared == 1));
    }
}
