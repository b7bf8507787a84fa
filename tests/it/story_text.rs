//! `--write story-text`: the pages without their boilerplate, to be doubted.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use crate::cmd::{Dir, fixture};

/// Rows of `story-text.jsonl` by id.
fn texts(dir: &Dir, out: &str) -> BTreeMap<String, Value> {
    let rows = dir.rows(&format!("{out}/story-text.jsonl"));
    let named = rows
        .into_iter()
        .map(|row| (row["id"].as_str().unwrap().to_owned(), row));
    named.collect()
}

fn number(row: &Value, name: &str) -> u64 {
    row[name].as_u64().unwrap()
}

#[test]
fn every_document_has_its_text_without_boilerplate() {
    let dir = Dir::new();
    let input = fixture("newsroom/newsroom.jsonl");
    let before = fs::read(&input).unwrap();
    let words = [
        "cluster",
        &input,
        "-o",
        "out",
        "--profile",
        "wire",
        "--write",
        "story-text",
    ];
    dir.wirecopy(&words).exits(0).says("story-text.jsonl");
    assert!(fs::read(&input).unwrap() == before);

    let texts = texts(&dir, "out");
    let pages: Vec<Value> = String::from_utf8(before)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(texts.len(), pages.len());
    for page in &pages {
        let row = &texts[page["id"].as_str().unwrap()];
        let mut rest = page["text"].as_str().unwrap();
        for stretch in row["text"]
            .as_str()
            .unwrap()
            .split('\n')
            .filter(|s| !s.is_empty())
        {
            let at = rest
                .find(stretch)
                .unwrap_or_else(|| panic!("{stretch:?} in {page}"));
            rest = &rest[at + stretch.len()..];
        }
        assert!(rest.is_empty() || number(row, "masked_words") > 0 || rest.trim().is_empty());
    }
    let deccan = texts["strike-deccan"]["text"].as_str().unwrap();
    assert!(deccan.contains("\u{201c}We did not strike for a number, we struck for a night\u{2019}s sleep,\u{201d} union leader"));
    for boilerplate in ["Follow us", "Related videos", "newsletter"] {
        assert!(!deccan.contains(boilerplate), "{deccan}");
    }
    assert_eq!(texts["closed"]["masked_words"], 0);
    assert_eq!(texts["closed"]["words"], 9);

    let sum = |name| texts.values().map(|row| number(row, name)).sum::<u64>();
    let total = &dir.json("out/run.json")["boilerplate"]["total"];
    assert_eq!(number(total, "documents"), texts.len() as u64);
    assert_eq!(number(total, "masked_words"), sum("masked_words"));
    assert_eq!(number(total, "words"), sum("words") + sum("masked_words"));
    let thin = texts.values().filter(|row| number(row, "words") < 12);
    assert_eq!(number(total, "thin"), thin.count() as u64);
    assert!(number(total, "thin") > 0);
}

#[test]
fn both_commands_write_the_same_texts_in_the_order_of_the_corpus() {
    let dir = Dir::new();
    let input = fixture("newsroom/newsroom.jsonl");
    for (command, out, write, threads) in [
        ("cluster", "a", "story-text", "1"),
        ("dedup", "b", "kept,story-text", "8"),
        ("dedup", "c", "story-text", "2"),
    ] {
        let words = [command, &input, "-o", out, "--profile", "wire"];
        let flags = ["--write", write, "--threads", threads];
        dir.wirecopy(&[&words[..], &flags].concat()).exits(0);
    }
    let [a, b, c] = ["a", "b", "c"].map(|out| dir.read(&format!("{out}/story-text.jsonl")));
    assert!(a == b && b == c);
    assert!(dir.path("b/kept").exists() && !dir.path("c/kept").exists());
    let ids = |name: &str| -> Vec<Value> {
        dir.rows(name)
            .into_iter()
            .map(|mut row| row["id"].take())
            .collect()
    };
    assert_eq!(ids("a/story-text.jsonl"), ids("a/documents.jsonl"));
}

#[test]
fn it_is_asked_for_where_there_is_a_mask() {
    let dir = Dir::new();
    let input = fixture("newsroom/newsroom.jsonl");
    for command in ["cluster", "dedup"] {
        let words = [
            command,
            &input,
            "-o",
            "out",
            "--profile",
            "near",
            "--write",
            "story-text",
        ];
        dir.wirecopy(&words)
            .exits(2)
            .stderr_has(&["--write story-text", "--profile wire"]);
    }
    dir.wirecopy(&[
        "cluster",
        &input,
        "-o",
        "out",
        "--profile",
        "wire",
        "--write",
        "kept",
    ])
    .exits(2)
    .stderr_has(&["'kept'", "story-text"]);
    dir.wirecopy(&["cluster", &input, "-o", "out", "--profile", "wire"])
        .exits(0);
    assert!(!dir.path("out/story-text.jsonl").exists());
}
