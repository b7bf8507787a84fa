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

/// What a summary tells besides counts.
#[derive(Debug)]
pub(super) struct Figures {
    /// Documents removed, by what they are to their witness; none of 0.
    pub(super) removed: Vec<(Relation, u64)>,
    pub(super) largest: Vec<Largest>,
    /// Length of the inputs on disk; of a stream, of what came.
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
    /// The publisher, where it is only one.
    pub(super) publisher: Option<String>,
    /// Days, as `YYYY-MM-DD`.
    pub(super) first: Option<String>,
    pub(super) last: Option<String>,
}

impl Figures {
    pub(super) fn of(run: &Run, dir: &Path) -> Figures {
        let mut removed = Relation::ALL.map(|relation| (relation, 0));
        for doc in run.documents() {
            if let Verdict::Removed { relation, .. } = run.verdict(doc)
                && let Some((_, count)) = removed.iter_mut().find(|(known, _)| *known == relation)
            {
                *count += 1;
            }
        }
        let mut clusters: Vec<&Cluster> = run.clusters().iter().collect();
        clusters.sort_by_key(|cluster| (Reverse(cluster.members.len()), cluster.id));
        Figures {
            removed: removed
                .into_iter()
                .filter(|&(_, count)| count > 0)
                .collect(),
            largest: clusters
                .iter()
                .take(LARGEST)
                .map(|cluster| Largest::of(run, cluster))
                .collect(),
            bytes: run
                .corpus()
                .inputs()
                .iter()
                .filter_map(|input| input.bytes().or_else(|| input.bytes_decoded()))
                .sum(),
            seconds: run
                .timing()
                .stages()
                .iter()
                .map(|(_, time)| time.as_secs_f64())
                .sum(),
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
            publisher: publishers
                .first()
                .filter(|_| publishers.len() == 1)
                .map(|&name| name.to_owned()),
            first: dates().min().and_then(day),
            last: dates().max().and_then(day),
        }
    }

    pub(super) fn json(&self) -> Value {
        json!({
            "cluster_id": self.id.to_string(),
            "cluster_size": self.size,
            "representative": self.representative,
            "publishers": self.publishers,
            "first_date": self.first,
            "last_date": self.last,
        })
    }
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

fn day(date: Date) -> Option<String> {
    let moment = jiff::Timestamp::from_second(date.seconds).ok()?;
    Some(moment.strftime("%Y-%m-%d").to_string())
}
