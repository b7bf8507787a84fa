//! The newsroom of the fixtures as a `wire` run of the program leaves it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::cmd::{Dir, fixture};

/// The pages with their sources, urls and dates.
pub(crate) static PAGES: LazyLock<Found> =
    LazyLock::new(|| Found::in_input(&fixture("newsroom/newsroom.jsonl")));

/// The same pages as a flat folder of text files: no source, no url; days, but no times of day.
pub(crate) static FOLDER: LazyLock<Found> =
    LazyLock::new(|| Found::in_input(&fixture("newsroom/pages")));

/// The same pages with nothing but an id and a text.
pub(crate) static BARE: LazyLock<Found> = LazyLock::new(|| {
    let dir = Dir::new();
    let input = fs::read_to_string(fixture("newsroom/newsroom.jsonl")).unwrap();
    let bare = |line: &str| {
        let page: Value = serde_json::from_str(line).unwrap();
        json!({"id": page["id"], "text": page["text"]}).to_string() + "\n"
    };
    dir.write("bare.jsonl", &input.lines().map(bare).collect::<String>());
    Found::in_input(dir.path("bare.jsonl").to_str().unwrap())
});

/// The pages, however much is known of them.
pub(crate) fn all() -> [&'static Found; 3] {
    [&PAGES, &FOLDER, &BARE]
}

/// What a run found.
pub(crate) struct Found {
    /// The row of every page in a cluster.
    rows: BTreeMap<String, Value>,
}

/// Two pages, by id, the smaller first.
pub(crate) type IdPair = (String, String);

impl Found {
    fn in_input(input: &str) -> Found {
        let dir = Dir::new();
        dir.wirecopy(&["cluster", input, "-o", "out", "--profile", "wire"])
            .exits(0);
        Found::in_output(&dir, "out")
    }

    /// What an output folder says. Pages of a folder are named without `.txt`.
    pub(crate) fn in_output(dir: &Dir, out: &str) -> Found {
        let rows = dir.rows(&format!("{out}/clusters.jsonl"));
        let named = |row: Value| {
            let id = row["id"].as_str().unwrap();
            (id.trim_end_matches(".txt").to_owned(), row)
        };
        Found {
            rows: rows.into_iter().map(named).collect(),
        }
    }

    /// The row of a page that has copies.
    #[track_caller]
    pub(crate) fn row(&self, id: &str) -> &Value {
        self.rows
            .get(id)
            .unwrap_or_else(|| panic!("{id} is in no cluster"))
    }

    #[track_caller]
    pub(crate) fn relation(&self, id: &str) -> &str {
        self.row(id)["relation"].as_str().unwrap()
    }

    /// The cluster of a page, or its own id where it is alone.
    pub(crate) fn cluster<'a>(&'a self, id: &'a str) -> &'a str {
        match self.rows.get(id) {
            Some(row) => row["cluster_id"].as_str().unwrap(),
            None => id,
        }
    }

    /// They all are in one cluster.
    #[track_caller]
    pub(crate) fn joins(&self, ids: &[&str]) {
        for id in ids {
            assert_eq!(
                self.cluster(ids[0]),
                self.cluster(id),
                "{} and {id} are one story",
                ids[0]
            );
        }
    }

    /// No two of them are in one cluster.
    #[track_caller]
    pub(crate) fn separates(&self, ids: &[&str]) {
        for (at, a) in ids.iter().enumerate() {
            for b in &ids[at + 1..] {
                assert_ne!(
                    self.cluster(a),
                    self.cluster(b),
                    "{a} and {b} are two stories"
                );
            }
        }
    }

    /// Pairs joined that are two stories, then pairs of one story that are not joined.
    pub(crate) fn errors(&self) -> [BTreeSet<IdPair>; 2] {
        let truth = truth();
        let mut errors = [BTreeSet::new(), BTreeSet::new()];
        for (a, story_a) in &truth {
            for (b, story_b) in truth.range::<str, _>((
                std::ops::Bound::Excluded(a.as_str()),
                std::ops::Bound::Unbounded,
            )) {
                let pair = || (a.clone(), b.clone());
                match (story_a == story_b, self.cluster(a) == self.cluster(b)) {
                    (false, true) => errors[0].insert(pair()),
                    (true, false) => errors[1].insert(pair()),
                    _ => false,
                };
            }
        }
        errors
    }

    /// The pages of every cluster.
    pub(crate) fn partition(&self) -> BTreeSet<BTreeSet<&str>> {
        let mut clusters: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for id in self.rows.keys() {
            clusters.entry(self.cluster(id)).or_default().insert(id);
        }
        clusters.into_values().collect()
    }
}

/// The story of every page.
fn truth() -> BTreeMap<String, String> {
    let text = fs::read_to_string(fixture("newsroom/truth.tsv")).unwrap();
    let rows = text.lines().skip(1).map(|line| {
        let (id, story) = line.split_once('\t').unwrap();
        (id.to_owned(), story.to_owned())
    });
    rows.collect()
}
