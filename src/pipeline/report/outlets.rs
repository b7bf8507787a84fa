//! Who carried how much, how often first and how late; and how much there was a day.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::clusters::Cluster;
use crate::date::{Date, Lag, Precision};
use crate::doc_id::DocId;
use crate::output;
use crate::pipeline::documents::NOBODY;
use crate::pipeline::run::Run;
use crate::report::model::{Day, Outlet};

const DAY: i64 = 86_400;

/// Who published a document, and when.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::pipeline) struct Carried {
    /// The number of its publisher, if one is known.
    pub(in crate::pipeline) publisher: Option<u32>,
    pub(in crate::pipeline) date: Option<Date>,
}

/// The publishers in the order of the report: those of most stories first.
pub(in crate::pipeline) struct Outlets {
    pub(in crate::pipeline) rows: Vec<Outlet>,
    /// By the number of a publisher.
    numbers: Vec<Option<u32>>,
}

/// What is counted of one publisher.
#[derive(Clone, Default)]
struct Carrier {
    documents: u64,
    stories: u64,
    first: u64,
    lags: Vec<i64>,
    /// Whether a lag is in whole days.
    in_days: bool,
}

/// A document of a run.
pub(super) fn carried(run: &Run, doc: DocId) -> Carried {
    let publisher = run.documents.row(doc).publisher;
    Carried {
        publisher: (publisher != NOBODY).then_some(publisher),
        date: run.date(doc),
    }
}

/// The members of a cluster.
fn members(run: &Run, cluster: &Cluster) -> Vec<Carried> {
    let members = cluster.members.iter();
    members.map(|member| carried(run, member.doc)).collect()
}

impl Outlets {
    pub(super) fn of(run: &Run) -> Outlets {
        let publishers = u32::try_from(run.documents.publishers()).unwrap_or(NOBODY);
        let names = (0..publishers).map(|number| run.documents.publisher_name(number));
        let names: Vec<&str> = names.collect();
        let clusters = run.clusters().iter().map(|own| members(run, own));
        let mut outlets = Outlets::counted(
            &names,
            run.documents().map(|doc| carried(run, doc)),
            clusters,
        );
        // The members of all clusters are at hand and tell.
        (outlets.rows.iter_mut()).for_each(|outlet| outlet.lags_in_days = false);
        outlets
    }

    /// Publishers by their names, of these documents and clusters.
    pub(in crate::pipeline) fn counted(
        names: &[&str],
        documents: impl Iterator<Item = Carried>,
        clusters: impl Iterator<Item = Vec<Carried>>,
    ) -> Outlets {
        let mut carriers = vec![Carrier::default(); names.len()];
        for publisher in documents.filter_map(|document| document.publisher) {
            carriers[publisher as usize].documents += 1;
        }
        for cluster in clusters {
            count_cluster(&cluster, &mut carriers);
        }
        let mut order: Vec<usize> = (0..carriers.len())
            .filter(|&publisher| carriers[publisher].documents > 0)
            .collect();
        order.sort_by_key(|&at| {
            let Carrier {
                documents, stories, ..
            } = carriers[at];
            (Reverse(stories), Reverse(documents), names[at])
        });
        let mut numbers = vec![None; carriers.len()];
        let mut rows = Vec::with_capacity(order.len());
        for (number, publisher) in (0..).zip(order) {
            numbers[publisher] = Some(number);
            let carrier = std::mem::take(&mut carriers[publisher]);
            rows.push(Outlet {
                name: names[publisher].to_owned(),
                documents: carrier.documents,
                stories: carrier.stories,
                first: carrier.first,
                median_lag: median(carrier.lags),
                lags_in_days: carrier.in_days,
            });
        }
        Outlets { rows, numbers }
    }

    /// The same, for documents that number their publishers otherwise.
    pub(in crate::pipeline) fn numbered(self, names: &[&str]) -> Outlets {
        let rows = self.rows.iter().zip(0..);
        let by_name: BTreeMap<&str, u32> = rows.map(|(row, at)| (row.name.as_str(), at)).collect();
        let numbers = names.iter().map(|name| by_name.get(name).copied());
        Outlets {
            numbers: numbers.collect(),
            rows: self.rows,
        }
    }

    /// The number in the report of a publisher.
    pub(super) fn number(&self, publisher: Option<u32>) -> Option<u32> {
        *self.numbers.get(publisher? as usize)?
    }
}

fn count_cluster(cluster: &[Carried], carriers: &mut [Carrier]) {
    // The earliest copy of every publisher, if one is dated.
    let mut earliest: BTreeMap<u32, Option<Date>> = BTreeMap::new();
    for member in cluster {
        if let Some(publisher) = member.publisher {
            let known = earliest.entry(publisher).or_default();
            *known = [*known, member.date].into_iter().flatten().min();
        }
    }
    let dated = cluster.iter().filter_map(|member| member.date);
    let first = dated.clone().min().filter(|_| dated.count() > 1);
    for (&publisher, date) in &earliest {
        let carrier = &mut carriers[publisher as usize];
        carrier.stories += 1;
        if let (Some(date), Some(first)) = (date, first) {
            carrier.lags.push(match date.lag_after(first) {
                Lag::Seconds(seconds) => seconds,
                Lag::Days(days) => {
                    carrier.in_days = true;
                    days.saturating_mul(DAY)
                }
            });
        }
    }
    let dates: Vec<(u32, Date)> = (earliest.into_iter())
        .filter_map(|(publisher, date)| Some((publisher, date?)))
        .collect();
    if let Some(&(winner, date)) = dates.iter().min_by_key(|(_, date)| *date) {
        let mut others = dates.iter().filter(|(publisher, _)| *publisher != winner);
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

/// Documents and stories of every day of a run.
pub(super) fn days(run: &Run) -> Vec<Day> {
    let clusters = run.clusters().iter().map(|own| members(run, own));
    days_of(run.documents().map(|doc| run.date(doc)), clusters)
}

/// Documents of every day, and of these the ones that are in no cluster or first in theirs.
pub(in crate::pipeline) fn days_of(
    documents: impl Iterator<Item = Option<Date>>,
    clusters: impl Iterator<Item = Vec<Carried>>,
) -> Vec<Day> {
    let mut days: BTreeMap<i64, (u64, u64)> = BTreeMap::new();
    for date in documents.flatten() {
        let (documents, stories) = days.entry(date.day()).or_default();
        *documents += 1;
        *stories += 1;
    }
    for cluster in clusters {
        let mut dates: Vec<Date> = cluster.iter().filter_map(|member| member.date).collect();
        dates.sort_unstable();
        for repeat in dates.iter().skip(1) {
            if let Some((_, stories)) = days.get_mut(&repeat.day()) {
                *stories = stories.saturating_sub(1);
            }
        }
    }
    let day = |(day, (documents, stories)): (i64, (u64, u64))| Day {
        day: output::date_text(Date {
            seconds: day.saturating_mul(DAY),
            precision: Precision::Day,
        }),
        documents,
        stories,
    };
    days.into_iter().map(day).collect()
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn a_median_is_in_the_middle() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![5, 1, 9]), Some(5));
        assert_eq!(median(vec![4, 1]), Some(2));
    }
}
