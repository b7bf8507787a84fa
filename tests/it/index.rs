//! An index from day to day: the same clusters as a run over all, whatever the batches.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Stdio;

use serde_json::Value;

use crate::cmd::{Cmd, Dir, fixture};

/// The pages of the newsroom, sorted by date as they came in.
pub(crate) fn pages() -> Vec<String> {
    let text = fs::read_to_string(fixture("newsroom/newsroom.jsonl")).unwrap();
    let mut pages: Vec<(String, String)> = text
        .lines()
        .map(|line| {
            let page: Value = serde_json::from_str(line).unwrap();
            let date = page["date"].as_str().unwrap_or_default().to_owned();
            (date, line.to_owned())
        })
        .collect();
    pages.sort();
    pages.into_iter().map(|(_, line)| line).collect()
}

/// The pages of 60 places, and those between them: stories stand in both.
pub(crate) fn halves(pages: &[String]) -> [Vec<String>; 2] {
    let (second, first): (Vec<_>, Vec<_>) = (0..)
        .zip(pages)
        .partition(|(at, _)| at % 3 == 1 && *at < 84);
    [first, second].map(|half| half.into_iter().map(|(_, page)| page.clone()).collect())
}

pub(crate) fn lines(pages: &[String]) -> String {
    pages.iter().map(|page| format!("{page}\n")).collect()
}

/// Writes pages as batches `0.jsonl`, `1.jsonl`, …, and all of them as `all.jsonl`; clusters all, and
/// builds an index of the first batch with what that run has learned.
pub(crate) fn begun(batches: &[Vec<String>]) -> Dir {
    let dir = Dir::new();
    for (at, batch) in batches.iter().enumerate() {
        dir.write(&format!("{at}.jsonl"), &lines(batch));
    }
    dir.write("all.jsonl", &lines(&batches.concat()));
    dir.wirecopy(&["cluster", "all.jsonl", "-o", "all", "--no-report"])
        .exits(0);
    let learned = "all/boilerplate.bin";
    dir.wirecopy(&[
        "index",
        "build",
        "0.jsonl",
        "--index",
        "ix",
        "--boilerplate",
        learned,
    ])
    .exits(0);
    dir
}

/// One of the frozen indexes, as `ix`.
pub(crate) fn frozen_as(name: &str) -> Dir {
    let dir = Dir::new();
    fs::create_dir(dir.path("ix")).unwrap();
    for entry in fs::read_dir(fixture(&format!("formats/{name}"))).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, dir.path("ix").join(path.file_name().unwrap())).unwrap();
    }
    dir
}

pub(crate) fn add(dir: &Dir, batch: usize) -> Cmd {
    let input = format!("{batch}.jsonl");
    dir.wirecopy(&[
        "index",
        "add",
        &input,
        "--index",
        "ix",
        "--progress",
        "none",
    ])
}

pub(crate) fn export(dir: &Dir) -> Vec<Value> {
    let exported = dir.wirecopy(&["index", "export-clusters", "--index", "ix"]);
    let rows = exported.exits(0).stdout;
    rows.lines()
        .map(|row| serde_json::from_str(row).unwrap())
        .collect()
}

/// What rows of `clusters.jsonl` say, by document, but for the names of clusters.
pub(crate) fn by_id(rows: Vec<Value>) -> BTreeMap<String, Value> {
    let unnamed = |mut row: Value| {
        row["cluster_id"].take();
        row["also_in"].take();
        (row["id"].as_str().unwrap().to_owned(), row)
    };
    rows.into_iter().map(unnamed).collect()
}

pub(crate) fn partition(rows: &[Value]) -> BTreeSet<BTreeSet<String>> {
    let mut clusters: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    for row in rows {
        let cluster = clusters.entry(text(&row["cluster_id"])).or_default();
        cluster.insert(text(&row["id"]));
    }
    clusters.into_values().collect()
}

#[test]
fn day_by_day_it_is_the_run_over_all_with_every_figure() {
    let pages = pages();
    let days: Vec<Vec<String>> = pages.chunks(11).map(<[String]>::to_vec).collect();
    let dir = begun(&days);
    for day in 1..days.len() {
        add(&dir, day).exits(0).says("11 documents");
    }
    let all = dir.rows("all/clusters.jsonl");
    assert!(all.len() > 40, "the newsroom has copies");
    let exported = export(&dir);
    assert_eq!(partition(&exported), partition(&all));
    assert_eq!(by_id(exported), by_id(all));
}

#[test]
fn the_order_and_size_of_batches_changes_no_partition() {
    let mut pages = pages();
    for turn in [17, 40] {
        pages.rotate_left(turn);
        pages.reverse();
        let sizes = [40, 1, 30, 2, 15];
        let mut rest = pages.as_slice();
        let batches = sizes.map(|size| {
            let (batch, behind) = rest.split_at(size);
            rest = behind;
            batch.to_vec()
        });
        let dir = begun(&batches);
        for batch in 1..batches.len() {
            add(&dir, batch).exits(0);
        }
        let all = dir.rows("all/clusters.jsonl");
        assert_eq!(partition(&export(&dir)), partition(&all));
    }
}

#[test]
fn a_cluster_keeps_its_name_while_it_grows() {
    let dir = begun(&halves(&pages()));
    let named = |rows: &[Value]| -> BTreeMap<String, BTreeSet<String>> {
        let mut clusters: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        for row in rows {
            let cluster = clusters.entry(text(&row["cluster_id"])).or_default();
            cluster.insert(text(&row["id"]));
        }
        clusters
    };
    let before = named(&export(&dir));
    add(&dir, 1).exits(0);
    let after = named(&export(&dir));
    let grown = before.iter().filter(|(name, members)| {
        let now = &after[*name];
        assert!(
            now.is_superset(members),
            "{name}: {members:?}, then {now:?}"
        );
        now.len() > members.len()
    });
    assert!(grown.count() > 2);
    assert!(after.len() > before.len(), "and others are new");
}

#[test]
fn many_small_batches_stay_few_segments_and_two_writers_take_turns() {
    let pages = pages();
    let batches: Vec<Vec<String>> = pages.chunks(3).map(<[String]>::to_vec).collect();
    let dir = begun(&batches);
    let children: Vec<_> = (1..batches.len())
        .collect::<Vec<_>>()
        .chunks(2)
        .flat_map(|two| {
            let spawned: Vec<_> = two
                .iter()
                .map(|batch| {
                    let input = format!("{batch}.jsonl");
                    let words = [
                        "index",
                        "add",
                        &input,
                        "--index",
                        "ix",
                        "--progress",
                        "none",
                    ];
                    let mut command = dir.command(&words);
                    command.stdout(Stdio::piped()).stderr(Stdio::piped());
                    command.spawn().unwrap()
                })
                .collect();
            let ended = spawned.into_iter().map(|child| child.wait_with_output());
            ended.collect::<Vec<_>>()
        })
        .collect();
    for output in children {
        Cmd::of(output.unwrap()).exits(0);
    }
    let info = dir
        .wirecopy(&["index", "info", "--index", "ix", "--json"])
        .exits(0);
    let info: Value = serde_json::from_str(&info.stdout).unwrap();
    assert_eq!(info["documents"], 88);
    assert!(info["segments"].as_array().unwrap().len() <= 5, "{info}");
    assert_eq!(
        partition(&export(&dir)),
        partition(&dir.rows("all/clusters.jsonl"))
    );
}
