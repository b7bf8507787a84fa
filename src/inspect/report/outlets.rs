//! Who carried how much, how often first and how late; and how much there was a day.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::clusters::Cluster;
use crate::date::{Date, Precision};
use crate::doc_id::DocId;
use crate::report::carrying::{Carried, Carrier, count_story};
use crate::report::model::{Day, Outlet};
use crate::run::finished::Run;
use crate::store::documents::NO_PUBLISHER;

const DAY: i64 = 86_400;

/// The publishers in the order of the report: those that share most stories with others first.
pub(crate) struct Outlets {
    pub(crate) rows: Vec<Outlet>,
    /// By the number of a publisher.
    numbers: Vec<Option<u32>>,
}

/// A document of a run.
pub(super) fn carried(run: &Run, doc: DocId) -> Carried {
    let publisher = run.documents.row(doc).publisher;
    Carried {
        outlet: (publisher != NO_PUBLISHER).then_some(publisher),
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
        let publishers = u32::try_from(run.documents.publishers()).unwrap_or(NO_PUBLISHER);
        let names = (0..publishers).map(|number| run.documents.publisher_name(number));
        let names: Vec<&str> = names.collect();
        let clusters = run.clusters().iter().map(|own| members(run, own));
        Outlets::counted(
            &names,
            run.documents().map(|doc| carried(run, doc)),
            clusters,
        )
    }

    /// Publishers by their names, of these documents and clusters.
    pub(crate) fn counted(
        names: &[&str],
        documents: impl Iterator<Item = Carried>,
        clusters: impl Iterator<Item = Vec<Carried>>,
    ) -> Outlets {
        let mut carriers = vec![Carrier::default(); names.len()];
        for publisher in documents.filter_map(|document| document.outlet) {
            carriers[publisher as usize].documents += 1;
        }
        for cluster in clusters {
            count_story(&cluster, &mut carriers);
        }
        let mut order: Vec<usize> = (0..carriers.len())
            .filter(|&publisher| carriers[publisher].documents > 0)
            .collect();
        order.sort_by_key(|&at| {
            let Carrier {
                documents,
                stories,
                shared,
                ..
            } = carriers[at];
            (
                Reverse(shared),
                Reverse(stories),
                Reverse(documents),
                names[at],
            )
        });
        let mut numbers = vec![None; carriers.len()];
        let mut rows = Vec::with_capacity(order.len());
        for (number, publisher) in (0..).zip(order) {
            numbers[publisher] = Some(number);
            rows.push(carriers[publisher].outlet(names[publisher]));
        }
        Outlets { rows, numbers }
    }

    /// The same, for documents that number their publishers otherwise.
    pub(crate) fn numbered(self, names: &[&str]) -> Outlets {
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

/// Documents and stories of every day of a run.
pub(super) fn days(run: &Run) -> Vec<Day> {
    let clusters = run.clusters().iter().map(|own| members(run, own));
    days_of(run.documents().map(|doc| run.date(doc)), clusters)
}

/// Documents of every day, and of these the ones that are in no cluster or first in theirs.
pub(crate) fn days_of(
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
        day: Date {
            seconds: day.saturating_mul(DAY),
            precision: Precision::Day,
        }
        .to_string(),
        documents,
        stories,
    };
    days.into_iter().map(day).collect()
}
