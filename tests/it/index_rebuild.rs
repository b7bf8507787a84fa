//! An index that has grown learns anew: it becomes what a run over all its documents gives.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Child;

use serde_json::Value;

use crate::cmd::{Cmd, Dir};
use crate::faults_stop::interrupt;
use crate::index::{add, export, lines, pages, partition};
use crate::index_faults::restore;

/// An index of the first days, which learned of these alone, and then of all others.
fn grown() -> Dir {
    let pages = pages();
    let dir = Dir::new();
    for (at, batch) in pages.chunks(22).enumerate() {
        dir.write(&format!("{at}.jsonl"), &lines(batch));
    }
    dir.write("all.jsonl", &lines(&pages));
    dir.wirecopy(&["index", "build", "0.jsonl", "--index", "ix", "-q"])
        .exits(0);
    for batch in 1..4 {
        add(&dir, batch).exits(0);
    }
    dir
}

fn rebuild(dir: &Dir, more: &[&str]) -> Cmd {
    let command = ["index", "rebuild-keys", "--index", "ix"];
    dir.wirecopy(&[&command, more].concat())
}

fn info(dir: &Dir) -> Value {
    let answer = dir.wirecopy(&["index", "info", "--index", "ix", "--json"]);
    serde_json::from_str(&answer.exits(0).stdout).unwrap()
}

fn names(rows: &[Value]) -> BTreeMap<String, BTreeSet<String>> {
    let mut clusters: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in rows {
        let text = |name: &str| row[name].as_str().unwrap().to_owned();
        let cluster = clusters.entry(text("cluster_id")).or_default();
        cluster.insert(text("id"));
    }
    clusters
}

/// Learns anew and says how.
fn answer(dir: &Dir) -> Value {
    let answer = rebuild(dir, &["--progress", "json"]).exits(0);
    serde_json::from_str(answer.stdout.trim()).unwrap()
}

/// How many pages teach. Equal ones teach once, so not all do.
fn learned_from(answer: &Value) -> u64 {
    answer["learned_from"].as_u64().unwrap()
}

#[test]
fn an_index_that_has_grown_becomes_the_run_over_all() {
    let dir = grown();
    dir.wirecopy(&["cluster", "all.jsonl", "-o", "all", "--no-report"])
        .exits(0);
    let answer = dir.wirecopy(&["index", "info", "--index", "ix"]).exits(0);
    assert!(answer.stdout.contains("rebuild-keys"), "{}", answer.stdout);
    assert_eq!(info(&dir)["learned_of"], 22);
    let before = names(&export(&dir));
    rebuild(&dir, &["--dry-run"])
        .exits(0)
        .says("88 documents would be filed anew")
        .says("memory    about ");
    rebuild(&dir, &["--dry-run", "--memory", "1M"])
        .exits(1)
        .stderr_has(&["--memory"]);
    rebuild(&dir, &[]).exits(0).says("88 documents");
    dir.wirecopy(&["index", "verify", "--index", "ix"]).exits(0);
    let exported = export(&dir);
    assert_eq!(
        partition(&exported),
        partition(&dir.rows("all/clusters.jsonl"))
    );
    assert_eq!(info(&dir)["learned_of"], 88);
    assert_eq!(info(&dir)["documents"], 88);
    let answer = dir.wirecopy(&["index", "info", "--index", "ix"]).exits(0);
    assert!(!answer.stdout.contains("rebuild-keys"), "{}", answer.stdout);
    // A cluster that is as it was keeps its name.
    let after = names(&exported);
    let kept = before
        .iter()
        .filter(|(_, members)| after.values().any(|now| now == *members));
    let kept: Vec<_> = kept.collect();
    assert!(kept.len() > 10, "{}", kept.len());
    for (name, members) in kept {
        assert_eq!(&after[name], members);
    }
    // The names of agencies and titles are still there, and a day more finds its copies.
    let again: Value = serde_json::from_str(&pages()[40]).unwrap();
    dir.write("again.txt", again["text"].as_str().unwrap());
    let found = dir.wirecopy(&["index", "query", "again.txt", "--index", "ix", "-q"]);
    assert!(
        found
            .exits(0)
            .stdout
            .contains(again["id"].as_str().unwrap())
    );
}

#[test]
fn learning_again_from_the_same_documents_changes_nothing() {
    let dir = grown();
    let first = learned_from(&answer(&dir));
    assert!((80..=88).contains(&first), "{first}");
    let (before, learned) = (names(&export(&dir)), info(&dir)["learned"].clone());
    let again = answer(&dir);
    assert_eq!(learned_from(&again), first);
    assert_eq!(again["masked_anew"], 0);
    assert_eq!(again["changes"], 0);
    assert_eq!(names(&export(&dir)), before);
    assert_eq!(info(&dir)["learned"], learned);
}

/// `kill -9` and Ctrl-C at every step that is reported: the index opens, every byte is right, and it is the one before
/// or the one after.
#[test]
fn a_rebuild_that_is_stopped_leaves_the_index_before_or_after() {
    let dir = grown();
    let before = (dir.tree("ix"), partition(&export(&dir)));
    rebuild(&dir, &["-q"]).exits(0);
    let after = partition(&export(&dir));
    assert_ne!(before.1, after);
    let mut states = BTreeSet::new();
    let words = ["index", "rebuild-keys", "--index", "ix"];
    for point in 0.. {
        restore(&dir, &before.0);
        let (step, is_killed) = (point / 2, point % 2 == 0);
        let stop = |child: &mut Child| match is_killed {
            true => child.kill().unwrap(),
            false => interrupt(child),
        };
        let Some(ended) = dir.at_step(&words, step, stop) else {
            assert!(step > 4, "{step} steps");
            break;
        };
        dir.wirecopy(&["index", "verify", "--index", "ix"]).exits(0);
        let learned_of = info(&dir)["learned_of"].as_u64().unwrap();
        let expected = match learned_of {
            22 => &before.1,
            88 => &after,
            other => panic!("learned of {other} at {point}"),
        };
        assert_eq!(&partition(&export(&dir)), expected, "at {point}");
        if !is_killed && learned_of == 22 {
            assert_ne!(ended.code(), Some(0), "interrupted at {point}");
        }
        states.insert(learned_of);
    }
    assert!(states.contains(&22), "stopped before the end at least once");
}

#[test]
fn what_was_removed_teaches_nothing_and_is_gone() {
    let dir = grown();
    let clustered = names(&export(&dir)).into_values().flatten();
    let going: Vec<String> = clustered.step_by(3).collect();
    dir.write("ids.txt", &lines(&going));
    dir.wirecopy(&["index", "remove", "--ids", "ids.txt", "--index", "ix"])
        .exits(0);
    let left = 88 - going.len() as u64;
    let teach = learned_from(&answer(&dir));
    assert!(teach <= left && teach > left - 8, "{teach} of {left}");
    assert_eq!(info(&dir)["documents"], left);
    assert_eq!(info(&dir)["removed"], 0);
    let clustered: BTreeSet<String> = names(&export(&dir)).into_values().flatten().collect();
    assert!(going.iter().all(|id| !clustered.contains(id)));
}

#[test]
fn merged_and_compacted_segments_teach_as_they_did_apart() {
    let dir = grown();
    let segments = info(&dir)["segments"].as_array().unwrap().len();
    assert!(segments < 4, "small segments are merged");
    dir.wirecopy(&["index", "compact", "--index", "ix"])
        .exits(0);
    let compacted = answer(&dir);
    let apart = grown();
    assert_eq!(compacted["learned_from"], answer(&apart)["learned_from"]);
    assert_eq!(info(&dir)["learned"], info(&apart)["learned"]);
    assert_eq!(names(&export(&dir)), names(&export(&apart)));
}

#[test]
fn what_cannot_be_rebuilt_is_reported() {
    let dir = Dir::new();
    rebuild(&dir, &[]).exits(1).stderr_has(&["ix"]);
    dir.wirecopy(&["index", "rebuild-keys"])
        .exits(2)
        .stderr_has(&["--index"]);
    let grown = grown();
    let before = grown.tree("ix");
    rebuild(&grown, &["--memory", "1M"])
        .exits(1)
        .stderr_has(&["memory", "--memory"]);
    rebuild(&grown, &["--temp-dir", "nowhere"])
        .exits(1)
        .stderr_has(&["nowhere"]);
    assert_eq!(grown.tree("ix"), before);
    dir.write("one.jsonl", "");
    let words = [
        "index",
        "build",
        "one.jsonl",
        "--index",
        "ix",
        "-q",
        "--allow-empty",
    ];
    dir.wirecopy(&words).exits(0);
    let answer = rebuild(&dir, &[]);
    // An index of nothing learns nothing, and says so.
    answer.exits(0).says("0 documents");
}
