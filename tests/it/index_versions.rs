//! Indexes that an earlier build wrote, and those of another recipe.

use std::fs;
use std::fs::File;
use std::io;

use wirecopy::container::{Bytes, Wait, Writing};

use crate::cmd::{Dir, fixture};
use crate::index::frozen_as;
use crate::index_faults::{documents, read};

/// Format 1 is read for ever, in either profile.
#[test]
fn format_1_is_read_as_it_was_written() {
    for name in ["index-1", "index-1-near"] {
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

/// Words are cut in another way than an index's: it is left as it is, and the way out is said.
#[test]
fn an_index_with_words_of_another_version_is_refused() {
    let dir = Dir::new();
    let recipe = wirecopy::Recipe::default_wire().to_string();
    let other = recipe.replace("text=v2-unicode17", "text=v1-unicode17");
    assert_ne!(recipe, other);
    let map = read as fn(&File) -> io::Result<Bytes>;
    let writing = Writing::create(&dir.path("ix"), &other, &map, Wait::No).unwrap();
    writing.commit(&[], 0).unwrap();
    let before = dir.tree("ix");
    let page = fixture("newsroom/newsroom.jsonl");
    for command in [
        &["index", "add", &page, "--index", "ix", "--progress", "none"][..],
        &["index", "query", &page, "--index", "ix"],
        &["index", "export-clusters", "--index", "ix"],
    ] {
        dir.wirecopy(command).exits(4).stderr_has(&[
            "made with another recipe",
            "build it again",
            "text=v1-unicode17",
            "text=v2-unicode17",
        ]);
    }
    assert_eq!(dir.tree("ix"), before);
}
