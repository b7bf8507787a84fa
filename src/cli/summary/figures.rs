//! The figures of a summary, drawn from a run.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fs::DirEntry;
use std::path::Path;

use serde_json::{Value, json};
use wirecopy::Run;
use wirecopy::clusters::{Cluster, ClusterId, Verdict};
use wirecopy::date::Date;
use wirecopy::relation::Relation;

/// Clusters that are named in a summary.
const LARGEST: usize = 5;

/// What a summary says besides counts.
#[derive(Debug)]
pub(super) struct Figures {
    /// Documents removed, by what they are to their witness; none of 0.
    pub(super) removed: Vec<(Relation, u64)>,
    pub(super) largest: Vec<Largest>,
    pub(super) bytes: u64,
    pub(super) seconds: f64,
    /// What lies in the output folder.
    pub(super) files: Vec<String>,
}

/// One of the largest clusters.
#[derive(Debug)]
pub(super) struct Largest {
    id: ClusterId,
    pub(super) size: u64,
    /// The representative's id.
    pub(super) representative: String,
    /// Different publishers.
    pub(super) publishers: u64,
    /// What the report calls it, where that can be known.
    pub(super) headline: Option<String>,
    pub(super) first: Option<Date>,
    pub(super) last: Option<Date>,
}

impl Figures {
    pub(super) fn of(run: &Run, dir: &Path) -> Figures {
        let mut clusters: Vec<&Cluster> = run.clusters().iter().collect();
        clusters.sort_by_key(|cluster| (Reverse(cluster.members.len()), cluster.id));
        Figures {
            removed: removed(run),
            largest: clusters
                .iter()
                .take(LARGEST)
                .map(|cluster| Largest::of(run, cluster))
                .collect(),
            bytes: bytes(run),
            seconds: seconds(run),
            files: files(dir),
        }
    }
}

impl Largest {
    fn of(run: &Run, cluster: &Cluster) -> Largest {
        let docs = || cluster.members.iter().map(|member| member.doc);
        let publishers: BTreeSet<&str> = docs().filter_map(|doc| run.publisher(doc)).collect();
        let dates = || docs().filter_map(|doc| run.date(doc));
        Largest {
            id: cluster.id,
            size: cluster.members.len() as u64,
            representative: run.id(cluster.representative()).into_owned(),
            publishers: publishers.len() as u64,
            headline: run.headline(cluster),
            first: dates().min(),
            last: dates().max(),
        }
    }

    pub(super) fn json(&self) -> Value {
        json!({
            "cluster_id": self.id.to_string(),
            "cluster_size": self.size,
            "representative": self.representative,
            "publishers": self.publishers,
            "first_date": self.first.and_then(day).map(|day| day.to_string()),
            "last_date": self.last.and_then(day).map(|day| day.to_string()),
        })
    }
}

/// Documents removed, by what they are to their witness; none of 0.
pub(super) fn removed(run: &Run) -> Vec<(Relation, u64)> {
    let mut removed = Relation::ALL.map(|relation| (relation, 0));
    for doc in run.documents() {
        if let Verdict::Removed { relation, .. } = run.verdict(doc)
            && let Some((_, count)) = removed.iter_mut().find(|(known, _)| *known == relation)
        {
            *count += 1;
        }
    }
    removed
        .into_iter()
        .filter(|&(_, count)| count > 0)
        .collect()
}

/// Length of the inputs on disk; of a stream, of what came.
pub(in crate::cli) fn bytes(run: &Run) -> u64 {
    let inputs = run.corpus().inputs().iter();
    inputs
        .filter_map(|input| input.bytes().or_else(|| input.bytes_decoded()))
        .sum()
}

/// Time that all stages took.
pub(in crate::cli) fn seconds(run: &Run) -> f64 {
    let stages = run.timing().stages().iter();
    stages.map(|(_, time)| time.as_secs_f64()).sum()
}

/// Names of files, and of folders with a `/`, sorted; none where they cannot be listed.
fn files(dir: &Path) -> Vec<String> {
    let entries = dir.read_dir().into_iter().flatten().filter_map(Result::ok);
    let name = |entry: DirEntry| {
        let slash = if entry.path().is_dir() { "/" } else { "" };
        format!("{}{slash}", entry.file_name().to_string_lossy())
    };
    let mut names: Vec<String> = entries.map(name).collect();
    names.sort();
    names
}

fn day(date: Date) -> Option<jiff::civil::Date> {
    let moment = jiff::Timestamp::from_second(date.seconds).ok()?;
    Some(jiff::tz::Offset::UTC.to_datetime(moment).date())
}

/// Days as people write them: `16 – 18 Oct 2024`.
pub(super) fn days(first: Option<Date>, last: Option<Date>) -> Option<String> {
    let (first, last) = (day(first?)?, day(last?)?);
    let from = match (first.year() == last.year(), first.month() == last.month()) {
        _ if first == last => return Some(last.strftime("%-d %b %Y").to_string()),
        (true, true) => first.strftime("%-d"),
        (true, false) => first.strftime("%-d %b"),
        _ => first.strftime("%-d %b %Y"),
    };
    Some(format!("{from} – {}", last.strftime("%-d %b %Y")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(first: &str, last: &str) -> Option<String> {
        let date = |text: &str| {
            let moment: jiff::Timestamp = format!("{text}T12:00:00Z").parse().unwrap();
            Some(Date {
                seconds: moment.as_second(),
                precision: wirecopy::date::Precision::Second,
            })
        };
        days(date(first), date(last))
    }

    #[test]
    fn days_say_no_more_than_they_must() {
        assert_eq!(shown("2021-06-18", "2021-06-18").unwrap(), "18 Jun 2021");
        assert_eq!(
            shown("2024-10-16", "2024-10-18").unwrap(),
            "16 – 18 Oct 2024"
        );
        assert_eq!(
            shown("2021-01-10", "2021-02-09").unwrap(),
            "10 Jan – 9 Feb 2021"
        );
        assert_eq!(
            shown("2020-12-28", "2021-01-03").unwrap(),
            "28 Dec 2020 – 3 Jan 2021"
        );
        assert_eq!(days(None, None), None);
    }
}
