//! Annotating what was annotated before: one word of ours a record, the last one.

use std::fs;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use crate::cmd::Dir;

const STORY: &str = "the ferry to Sarrel was late again today and nobody on the pier knew why";

/// Runs `dedup` with these flags and an annotated corpus.
fn annotate(dir: &Dir, input: &str, out: &str, flags: &[&str]) {
    let words = ["dedup", input, "-o", out, "--profile", "near"];
    let words = [&words[..], &["--write", "kept,annotated"], flags].concat();
    dir.wirecopy(&words).exits(0);
}

/// Our fields as they stand in a line.
fn fields(line: &str) -> usize {
    line.matches("\"wirecopy\":").count()
}

#[test]
fn the_field_of_an_earlier_run_is_replaced_wherever_it_stands() {
    let dir = Dir::new();
    dir.write(
        "day.jsonl",
        &format!("{{\"id\":\"a\",\"text\":\"{STORY}\"}}\n{{\"id\":\"b\",\"text\":\"{STORY}\"}}\n"),
    );
    annotate(&dir, "day.jsonl", "first", &[]);
    let once = dir.read("first/annotated/day.jsonl");
    annotate(&dir, "first/annotated/day.jsonl", "again", &[]);
    assert_eq!(dir.read("again/annotated/day.jsonl"), once);

    // Moved to the front, doubled as an earlier version wrote it, compressed.
    let mut changed = String::new();
    for line in once.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let ours = &row["wirecopy"];
        changed += &format!(
            "{{\"wirecopy\":{ours},\"id\":{},\"wirecopy\":{ours},\"text\":{}}}\n",
            row["id"], row["text"]
        );
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(changed.as_bytes()).unwrap();
    fs::write(dir.path("moved.jsonl.gz"), encoder.finish().unwrap()).unwrap();
    annotate(&dir, "moved.jsonl.gz", "moved", &["--merge"]);
    assert_eq!(dir.read("moved/annotated.jsonl"), once);
    assert_eq!(dir.json("moved/run.json")["counts"]["read"], 2);
}

#[test]
fn columns_of_an_earlier_run_are_replaced() {
    let dir = Dir::new();
    dir.write(
        "day.csv",
        &format!("id;text\na;\"{STORY}; so\"\nb;{STORY}\n"),
    );
    annotate(&dir, "day.csv", "first", &[]);
    let once = dir.read("first/annotated/day.csv");
    assert_eq!(once.matches("wirecopy_verdict").count(), 1);
    annotate(&dir, "first/annotated/day.csv", "again", &[]);
    assert_eq!(dir.read("again/annotated/day.csv"), once);
    annotate(&dir, "first/annotated/day.csv", "merged", &["--merge"]);
    let merged = dir.read("merged/annotated.jsonl");
    assert!(merged.lines().all(|line| fields(line) == 1), "{merged}");
    assert!(!merged.contains("wirecopy_"), "{merged}");
}

#[test]
fn a_field_of_the_users_own_is_refused_before_the_run() {
    let dir = Dir::new();
    dir.write(
        "own.jsonl",
        &json!({"text": STORY, "wirecopy": "mine\u{9b}31m"}).to_string(),
    );
    dir.write("own.csv", &format!("text,wirecopy_weight\n{STORY},3\n"));
    for (input, field) in [
        ("own.jsonl", "`wirecopy`"),
        ("own.csv", "`wirecopy_weight`"),
    ] {
        let words = [
            "dedup",
            input,
            "-o",
            "out",
            "--write",
            "annotated",
            "--progress",
            "plain",
        ];
        let said = dir
            .wirecopy(&words)
            .exits(1)
            .stderr_has(&[field, "rename it"]);
        assert!(!said.stderr.contains("reading"), "{}", said.stderr);
        // Without annotations the field is not looked at.
        annotate_not(&dir, input);
    }
}

fn annotate_not(dir: &Dir, input: &str) {
    let words = ["dedup", input, "-o", input.trim_start_matches("own.")];
    dir.wirecopy(&words).exits(0);
}
