//! Does an index that was filled in batches have the clusters of one run over all?

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;
use wirecopy::{Context, Index};
use wirecopy::{Job, Recipe, Run};

/// Batches in the order of dates.
const BATCHES: usize = 4;

/// Pairs of one cluster that an index filled in batches and a run over all both have, of those that either
/// has: as the batches left it, and after it has learned anew.
pub(crate) fn agreement(documents: &Path) -> (f64, f64) {
    let folder = tempfile::tempdir().unwrap();
    let index = folder.path().join("index");
    let job = |path: &Path| Job::new(Recipe::default_wire()).path(path);
    let whole = pairs(&job(documents).run().unwrap());

    let text = fs::read_to_string(documents).unwrap();
    let mut lines: Vec<(String, &str)> = text
        .lines()
        .map(|line| {
            let record: Value = serde_json::from_str(line).unwrap();
            (record["date"].to_string(), line)
        })
        .collect();
    lines.sort_unstable();
    for (at, batch) in lines.chunks(lines.len().div_ceil(BATCHES)).enumerate() {
        let path = folder.path().join(format!("{at}.jsonl"));
        let batch: Vec<&str> = batch.iter().map(|(_, line)| *line).collect();
        fs::write(&path, batch.join("\n")).unwrap();
        let open = job(&path).open().unwrap();
        match at {
            0 => Index::build(&index, open, Context::default()).unwrap(),
            _ => Index::add(&index, open, Context::default()).unwrap(),
        };
    }
    let found = |index: &Index| pairs(&index.clusters(Context::default()).unwrap());
    let added = found(&Index::open(&index).unwrap());
    let (rebuilt, _) =
        Index::rebuild_keys(&index, Job::new(Recipe::default_wire()), Context::default()).unwrap();
    let rebuilt = found(&rebuilt);
    (shared(&added, &whole), shared(&rebuilt, &whole))
}

/// The pairs of documents of one cluster, by their ids.
fn pairs(run: &Run) -> BTreeSet<(String, String)> {
    let mut members: BTreeMap<u64, Vec<String>> = BTreeMap::new();
    for cluster in run.clusters() {
        let ids = cluster.members.iter().map(|member| run.id(member.doc));
        let own = members.entry(cluster.id.0).or_default();
        own.extend(ids.map(|id| id.into_owned()));
        own.sort_unstable();
    }
    let each = members.values().flat_map(|ids| {
        let later = |at: usize| ids[at + 1..].iter();
        (0..ids.len()).flat_map(move |at| later(at).map(move |b| (ids[at].clone(), b.clone())))
    });
    each.collect()
}

fn shared(a: &BTreeSet<(String, String)>, b: &BTreeSet<(String, String)>) -> f64 {
    #[expect(clippy::cast_precision_loss)] // counts of pairs
    let share = a.intersection(b).count() as f64 / a.union(b).count().max(1) as f64;
    share
}
