//! Indexes that earlier versions wrote.

use std::fs;

use serde_json::Value;

use crate::cmd::{Dir, fixture};
use crate::index::frozen_as;
use crate::index_faults::{documents, write_again};

/// Stories of earlier versions, and those of today.
const STORIES: u32 = 12;
const SHORT_STORIES: u32 = 21;

/// Indexes that earlier builds wrote open for ever: of the first sections alone, with short keys
/// and figures, with short stories, and of the `near` profile.
#[test]
fn format_1_is_read_as_it_was_written() {
    let before = "formats/index-1.clusters.jsonl";
    let now = "formats/index-1-figures.clusters.jsonl";
    for (name, clusters) in [
        ("index-1", before),
        ("index-1-figures", now),
        ("index-1-short-stories", now),
        ("index-1-near", "formats/index-1-near.clusters.jsonl"),
    ] {
        let dir = frozen_as(name);
        assert_eq!(documents(&dir), 20);
        dir.wirecopy(&["index", "verify", "--index", "ix"]).exits(0);
        let exported = dir
            .wirecopy(&["index", "export-clusters", "--index", "ix"])
            .exits(0);
        assert_eq!(
            exported.stdout,
            fs::read_to_string(fixture(clusters)).unwrap()
        );
        let rest = fixture("newsroom/newsroom.jsonl");
        dir.wirecopy(&["index", "add", &rest, "--index", "ix", "--progress", "none"])
            .exits(0) // twenty of them are there already
            .says("68 documents");
        dir.wirecopy(&["index", "verify", "--index", "ix"]).exits(0);
    }
}

/// The kinds and lengths of the sections with stories, of all segments.
fn stories(dir: &Dir) -> Vec<(u32, usize)> {
    let mut found = Vec::new();
    write_again(&dir.path("ix"), |_, _, section, own| {
        if matches!(section, STORIES | SHORT_STORIES) {
            found.push((section, own.len()));
        }
        true
    });
    found
}

/// What an index answers to a copy of every page that is in it.
fn answers(dir: &Dir) -> Vec<Value> {
    let text = fs::read_to_string(fixture("newsroom/newsroom.jsonl")).unwrap();
    let pages: Vec<&str> = text.split_inclusive('\n').take(20).collect();
    dir.write("pages.jsonl", &pages.concat());
    let query = ["index", "query", "pages.jsonl", "--index", "ix"];
    let rows = dir.wirecopy(&query).exits(0).stdout;
    rows.lines()
        .map(|row| serde_json::from_str(row).unwrap())
        .collect()
}

#[test]
fn stories_of_an_earlier_version_say_the_same_once_they_are_written_anew() {
    let dir = frozen_as("index-1-figures");
    let before = stories(&dir);
    assert_eq!(before[0].0, STORIES);
    let answered = answers(&dir);
    assert!(answered.len() >= 11, "each has copies");
    dir.wirecopy(&["index", "compact", "--index", "ix"])
        .exits(0);
    let after = stories(&dir);
    assert_eq!(after, [(SHORT_STORIES, before[0].1 / 2)]);
    assert_eq!(answers(&dir), answered);
}
