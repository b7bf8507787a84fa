//! Who carried how much, how often first and how late; and how much there was a day.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::clusters::first_date;
use crate::clusters::Cluster;
use crate::date::{Date, Lag, Precision};
use crate::doc_id::DocId;
use crate::output;
use crate::pipeline::documents::NOBODY;
use crate::pipeline::run::Run;
use crate::report::model::{Day, Outlet};

const DAY: i64 = 86_400;

/// The publishers of a run in the order of the report: those of most stories first.
pub(super) struct Outlets {
    pub(super) rows: Vec<Outlet>,
    /// By the run's number of a publisher.
    numbers: Vec<Option<u32>>,
}

/// What is counted of one publisher.
#[derive(Clone, Default)]
struct Carrier {
    documents: u64,
    stories: u64,
    first: u64,
    lags: Vec<i64>,
}

impl Outlets {
    pub(super) fn of(run: &Run) -> Outlets {
        let mut carriers = vec![Carrier::default(); run.documents.publishers()];
        for doc in run.documents() {
            if let Some(publisher) = publisher(run, doc) {
                carriers[publisher].documents += 1;
            }
        }
        for cluster in run.clusters() {
            count_cluster(run, cluster, &mut carriers);
        }
        let mut order: Vec<usize> = (0..carriers.len())
            .filter(|&publisher| carriers[publisher].documents > 0)
            .collect();
        let name = |publisher: usize| {
            let number = u32::try_from(publisher).unwrap_or(NOBODY);
            run.documents.publisher_name(number)
        };
        order.sort_by_key(|&at| {
            let Carrier {
                documents, stories, ..
            } = carriers[at];
            (Reverse(stories), Reverse(documents), name(at))
        });
        let mut numbers = vec![None; carriers.len()];
        let mut rows = Vec::with_capacity(order.len());
        for (number, publisher) in (0..).zip(order) {
            numbers[publisher] = Some(number);
            let carrier = std::mem::take(&mut carriers[publisher]);
            rows.push(Outlet {
                name: name(publisher).to_owned(),
                documents: carrier.documents,
                stories: carrier.stories,
                first: carrier.first,
                median_lag: median(carrier.lags),
            });
        }
        Outlets { rows, numbers }
    }

    /// The number of a document's publisher in the report.
    pub(super) fn number(&self, run: &Run, doc: DocId) -> Option<u32> {
        self.numbers[publisher(run, doc)?]
    }
}

fn publisher(run: &Run, doc: DocId) -> Option<usize> {
    let publisher = run.documents.row(doc).publisher;
    (publisher != NOBODY).then_some(publisher as usize)
}

fn count_cluster(run: &Run, cluster: &Cluster, carriers: &mut [Carrier]) {
    // The earliest copy of every publisher, if one is dated.
    let mut earliest: BTreeMap<usize, Option<Date>> = BTreeMap::new();
    for member in &cluster.members {
        if let Some(publisher) = publisher(run, member.doc) {
            let date = run.date(member.doc);
            let known = earliest.entry(publisher).or_default();
            *known = [*known, date].into_iter().flatten().min();
        }
    }
    let dated = cluster.members.iter();
    let dated = dated
        .filter(|member| run.date(member.doc).is_some())
        .count();
    let first = first_date(run, cluster).filter(|_| dated > 1);
    for (&publisher, date) in &earliest {
        carriers[publisher].stories += 1;
        if let (Some(date), Some(first)) = (date, first) {
            carriers[publisher].lags.push(match date.lag_after(first) {
                Lag::Seconds(seconds) => seconds,
                Lag::Days(days) => days.saturating_mul(DAY),
            });
        }
    }
    let dates: Vec<(usize, Date)> = (earliest.into_iter())
        .filter_map(|(publisher, date)| Some((publisher, date?)))
        .collect();
    if let Some(&(winner, date)) = dates.iter().min_by_key(|(_, date)| *date) {
        let mut others = dates.iter().filter(|(publisher, _)| *publisher != winner);
        if dates.len() > 1 && others.all(|(_, other)| other.is_after(date)) {
            carriers[winner].first += 1;
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

/// Documents and stories of every day.
pub(super) fn days(run: &Run) -> Vec<Day> {
    let mut repeats = vec![false; run.documents.rows.len()];
    for cluster in run.clusters() {
        let members = cluster.members.iter();
        let first = members.clone().min_by_key(|member| {
            let date = run.date(member.doc);
            (date.is_none(), date)
        });
        let first = first.map(|member| member.doc);
        for member in members.filter(|member| Some(member.doc) != first) {
            repeats[member.doc.index()] = true;
        }
    }
    let mut days: BTreeMap<i64, (u64, u64)> = BTreeMap::new();
    for doc in run.documents() {
        if let Some(date) = run.date(doc) {
            let (documents, stories) = days.entry(date.day()).or_default();
            *documents += 1;
            *stories += u64::from(!repeats[doc.index()]);
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
