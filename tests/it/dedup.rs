//! `wirecopy dedup`: what stays, what goes, and by whose word.

use std::collections::{BTreeMap, BTreeSet};

use crate::cmd::{Dir, fixture};

/// Verdicts by id, with the witness of what is removed.
fn verdicts(dir: &Dir, out: &str) -> BTreeMap<String, (String, Option<String>)> {
    let text = |value: &serde_json::Value| {
        let text = value.as_str().filter(|text| !text.is_empty());
        text.map(str::to_owned)
    };
    dir.rows(&format!("{out}/documents.jsonl"))
        .iter()
        .filter_map(|row| {
            Some((
                text(&row["id"])?,
                (text(&row["verdict"])?, text(&row["duplicate_of"])),
            ))
        })
        .collect()
}

#[test]
fn counts_add_up_and_every_removal_has_a_kept_witness() {
    let dir = Dir::new();
    let input = fixture("newsroom/newsroom.jsonl");
    dir.wirecopy(&["dedup", &input, "-o", "out", "--profile", "near"])
        .exits(0)
        .says("Deduplicated\n")
        .says("removed                    7   8.0 %");
    let counts = &dir.json("out/run.json")["counts"];
    let count = |name: &str| counts[name].as_u64().unwrap();
    assert_eq!(
        count("kept") + count("removed") + count("rejected"),
        count("read")
    );
    let verdicts = verdicts(&dir, "out");
    let kept: BTreeSet<&String> = verdicts
        .iter()
        .filter(|(_, (verdict, _))| verdict == "kept")
        .map(|(id, _)| id)
        .collect();
    assert_eq!(kept.len() as u64, count("kept"));
    let removed: Vec<_> = verdicts
        .values()
        .filter_map(|(_, witness)| witness.as_ref())
        .collect();
    assert_eq!(removed.len() as u64, count("removed"));
    assert!(removed.iter().all(|witness| kept.contains(witness)));
}

#[test]
fn only_what_was_asked_for_goes() {
    let dir = Dir::new();
    let input = fixture("newsroom/newsroom.jsonl");
    dir.wirecopy(&["dedup", &input, "-o", "out", "--remove", "exact"])
        .exits(0);
    assert_eq!(dir.json("out/run.json")["counts"]["removed"], 2);
    let relations = dir.rows("out/documents.jsonl");
    let mut removed = relations.iter().filter(|row| row["verdict"] == "removed");
    assert!(removed.all(|row| row["relation"] == "exact"));
}

#[test]
fn the_copy_that_is_kept_can_be_chosen() {
    let dir = Dir::new();
    let records = [
        r#"{"id": "late", "source": "late.example", "date": "2024-02-02", "text": "a b c d e f g"}"#,
        r#"{"id": "early", "source": "early.example", "date": "2024-01-01", "text": "a b c d e f g"}"#,
    ];
    dir.write("in.jsonl", &records.join("\n"));
    let kept = |keep: &str, out: &str| {
        dir.wirecopy(&["dedup", "in.jsonl", "-o", out, "--keep", keep])
            .exits(0);
        let verdicts = verdicts(&dir, out);
        verdicts
            .iter()
            .find(|(_, (verdict, _))| verdict == "kept")
            .unwrap()
            .0
            .clone()
    };
    assert_eq!(kept("first", "a"), "late");
    assert_eq!(kept("earliest", "b"), "early");
    assert_eq!(kept("source=nobody.example,late.example", "c"), "late");
}

#[test]
fn a_strict_coverage_keeps_what_is_not_wholly_carried() {
    let dir = Dir::new();
    let input = fixture("newsroom/newsroom.jsonl");
    for profile in ["wire", "near"] {
        let removed = |out: &str, flags: &[&str]| {
            let words = ["dedup", &input, "-o", out, "--profile", profile];
            dir.wirecopy(&[&words, flags].concat()).exits(0);
            let run = dir.json(&format!("{out}/run.json"));
            let count = run["counts"]["removed"].as_u64().unwrap();
            (run["options"]["min-coverage"].clone(), count)
        };
        let (_, usual) = removed(&format!("{profile}-usual"), &[]);
        let (asked, strict) = removed(profile, &["--min-coverage", "1"]);
        assert_eq!(asked, 1);
        assert!(0 < strict && strict < usual, "{profile}: {strict} {usual}");
    }
}
