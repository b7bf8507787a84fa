//! Indexes that earlier versions wrote.

use std::fs;

use crate::cmd::fixture;
use crate::index::frozen_as;
use crate::index_faults::documents;

/// Indexes that an earlier build wrote, of either profile, open for ever.
#[test]
fn format_1_is_read_as_it_was_written() {
    for name in ["index-1-words-2", "index-1-near"] {
        let dir = frozen_as(name);
        assert_eq!(documents(&dir), 20);
        dir.wirecopy(&["index", "verify", "--index", "ix"]).exits(0);
        let exported = dir
            .wirecopy(&["index", "export-clusters", "--index", "ix"])
            .exits(0);
        assert_eq!(
            exported.stdout,
            fs::read_to_string(fixture(&format!("formats/{name}.clusters.jsonl"))).unwrap()
        );
        let rest = fixture("newsroom/newsroom.jsonl");
        dir.wirecopy(&["index", "add", &rest, "--index", "ix", "--progress", "none"])
            .exits(0) // twenty of them are there already
            .says("68 documents");
        dir.wirecopy(&["index", "verify", "--index", "ix"]).exits(0);
    }
}

/// Words of version 1 were others: an index of them is left as it is, and the way out is said.
#[test]
fn an_index_with_words_of_another_version_is_refused() {
    let dir = frozen_as("index-1");
    let before = dir.tree("ix");
    let page = fixture("newsroom/newsroom.jsonl");
    for command in [
        &["index", "add", &page, "--index", "ix", "--progress", "none"][..],
        &["index", "query", &page, "--index", "ix"],
        &["index", "export-clusters", "--index", "ix"],
    ] {
        dir.wirecopy(command).exits(4).tells(&[
            "made with another recipe",
            "build it again",
            "text=v1-unicode17",
            "text=v2-unicode17",
        ]);
    }
    let after = dir.tree("ix");
    assert!(
        before
            .iter()
            .all(|(name, bytes)| after.get(name) == Some(bytes))
    );
}
