//! What `dedup` leaves of the newsroom in the `wire` profile.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::cmd::{Dir, fixture};
use crate::newsroom::PAGES;
use crate::newsroom_wire::{HEARINGS, STUBS};

/// The rows of `documents.jsonl`.
fn documents() -> Vec<Value> {
    let dir = Dir::new();
    let input = fixture("newsroom/newsroom.jsonl");
    dir.wirecopy(&["dedup", &input, "-o", "out", "--profile", "wire"])
        .exits(0);
    dir.rows("out/documents.jsonl")
}

#[test]
fn dedup_keeps_every_story_and_names_a_kept_witness() {
    let rows = documents();
    let kept: BTreeSet<&str> = rows
        .iter()
        .filter(|row| row["verdict"] == "kept")
        .map(|row| row["id"].as_str().unwrap())
        .collect();
    let removed: Vec<&Value> = rows
        .iter()
        .filter(|row| row["verdict"] == "removed")
        .collect();
    assert_eq!(kept.len() + removed.len(), 88);
    for row in &removed {
        let (id, witness) = (
            row["id"].as_str().unwrap(),
            row["duplicate_of"].as_str().unwrap(),
        );
        assert!(kept.contains(witness), "{id} went on the word of {witness}");
        PAGES.joins(&[id, witness]);
    }
    for id in STUBS.iter().chain(&HEARINGS[1..]) {
        let copy = (*id == "inquiry-accountant").then_some("inquiry-accountant-lodmere");
        assert!(
            kept.contains(id) || copy.is_some_and(|copy| kept.contains(copy)),
            "{id}"
        );
    }
    // What says more than its copies stays: a write-through, local paragraphs, a digest.
    for id in ["cables-update", "strike-pacific", "digest-evening"] {
        assert!(kept.contains(id), "{id}");
    }
}

#[test]
fn a_page_with_the_whole_story_is_kept() {
    let rows = documents();
    for whole in [
        ["strike-mirror", "strike-harbour"],
        ["cables", "cables-oneline"],
    ] {
        let kept =
            |id: &&str| (rows.iter()).any(|row| row["id"] == **id && row["verdict"] == "kept");
        assert!(whole.iter().any(kept), "none of {whole:?} is kept");
    }
}
