//! More rejected records than are allowed: nothing takes the place of earlier results, nothing is lost.

use serde_json::Value;

use crate::cmd::{Cmd, Dir};

/// Ten records, so many of them broken.
fn day(dir: &Dir, name: &str, broken: usize) {
    let record = |at: usize| match at < broken {
        true => format!("{{\"id\": \"{name}-{at}\"}}\n"),
        false => {
            let words: Vec<String> = (0..20).map(|word| format!("{name}{at}x{word}")).collect();
            format!(
                "{{\"id\": \"{name}-{at}\", \"text\": \"{}\"}}\n",
                words.join(" ")
            )
        }
    };
    let lines: String = (0..10).map(record).collect();
    dir.write(&format!("{name}.jsonl"), &lines);
}

fn night(dir: &Dir, name: &str, more: &[&str]) -> Cmd {
    let input = format!("{name}.jsonl");
    let words = [
        "dedup",
        &input,
        "-o",
        "clean",
        "--force",
        "--profile",
        "near",
    ];
    dir.wirecopy(&[&words, more].concat())
}

/// Ids of the documents in a folder.
fn ids(dir: &Dir, out: &str) -> Vec<String> {
    let rows = dir.rows(&format!("{out}/kept/{}", first_input(dir, out)));
    rows.iter()
        .map(|row| row["id"].as_str().unwrap().to_owned())
        .collect()
}

fn first_input(dir: &Dir, out: &str) -> String {
    let run = dir.json(&format!("{out}/run.json"));
    run["inputs"][0]["name"].as_str().unwrap().to_owned()
}

#[test]
fn earlier_results_stay_and_the_new_ones_stand_beside_them() {
    let dir = Dir::new();
    for (name, broken) in [("good", 0), ("bad", 3), ("next", 0)] {
        day(&dir, name, broken);
    }
    night(&dir, "good", &[]).exits(0);
    let before = dir.tree("clean");
    night(&dir, "bad", &["--quiet"]).exits(3).stderr_has(&[
        "3 of 10 records rejected",
        "the earlier results stay in clean, these are in clean.rejected",
        "head clean.rejected/rejected.jsonl",
        "--max-rejected 30% --force",
    ]);
    assert_eq!(dir.tree("clean"), before);
    assert_eq!(dir.rows("clean.rejected/rejected.jsonl").len(), 3);
    let run = dir.json("clean.rejected/run.json");
    assert_eq!(
        (&run["rejects_over_limit"], &run["loss"]),
        (&true.into(), &true.into())
    );
    assert_eq!(run["set_aside_for"], "clean");
    assert_eq!(run["counts"]["rejected"], 3);
    // The next such night replaces what the last one put there.
    day(&dir, "again", 2);
    night(&dir, "again", &[]).exits(3);
    assert_eq!(dir.tree("clean"), before);
    assert_eq!(ids(&dir, "clean.rejected").len(), 8);
    assert_eq!(dir.rows("clean.rejected/rejected.jsonl").len(), 2);
    // A night within the limit, or one that was allowed, takes its place and clears up.
    night(&dir, "bad", &["--max-rejected", "30%"]).exits(0);
    assert_eq!(ids(&dir, "clean").len(), 7);
    let left = dir
        .names()
        .into_iter()
        .filter(|name| name.contains("clean"));
    assert_eq!(left.collect::<Vec<_>>(), ["clean"]);
    night(&dir, "next", &[]).exits(0);
    assert_eq!(ids(&dir, "clean").len(), 10);
}

#[test]
fn a_new_folder_gets_the_results() {
    let dir = Dir::new();
    day(&dir, "bad", 3);
    let words = ["dedup", "bad.jsonl", "-o", "clean", "--progress", "json"];
    let said = dir.wirecopy(&words).exits(3);
    let answer: Value = serde_json::from_str(said.stderr.lines().last().unwrap()).unwrap();
    assert_eq!(answer["kind"], "rejects_over_limit");
    assert_eq!(answer["output"], "clean");
    assert_eq!(answer["earlier"], Value::Null);
    assert_eq!(answer["look"], "head clean/rejected.jsonl");
    assert_eq!(answer["accept"], "--max-rejected 30% --force");
    let summary: Value = serde_json::from_str(&said.stdout).unwrap();
    assert_eq!(
        (&summary["output"], &summary["rejects_over_limit"]),
        (&"clean".into(), &true.into())
    );
    assert_eq!(ids(&dir, "clean").len(), 7);
    assert!(!dir.path("clean.rejected").exists());
}

#[test]
fn a_folder_of_that_name_that_is_not_ours_is_not_touched() {
    let dir = Dir::new();
    day(&dir, "good", 0);
    day(&dir, "bad", 3);
    night(&dir, "good", &[]).exits(0);
    let before = dir.tree("clean");
    std::fs::create_dir(dir.path("clean.rejected")).unwrap();
    dir.write("clean.rejected/thesis.txt", "mine");
    let said = night(&dir, "bad", &[]).exits(1);
    said.stderr_has(&[
        "3 of 10 records rejected",
        "clean.rejected",
        "run.json",
        "move what you need",
    ]);
    assert_eq!(dir.tree("clean"), before);
    assert_eq!(dir.read("clean.rejected/thesis.txt"), "mine");
    night(&dir, "good", &[]).exits(0);
    assert_eq!(dir.read("clean.rejected/thesis.txt"), "mine");
}

#[test]
fn an_index_takes_no_half_of_a_batch() {
    let dir = Dir::new();
    day(&dir, "good", 0);
    day(&dir, "bad", 3);
    let near = ["--profile", "near"];
    let build = ["index", "build", "bad.jsonl", "--index", "ix"];
    dir.wirecopy(&[&build[..], &near].concat())
        .exits(1)
        .stderr_has(&[
            "3 of 10 records rejected",
            "bad.jsonl, byte 0: ",
            "--max-rejected 30%",
        ]);
    let build = ["index", "build", "good.jsonl", "--index", "ix"];
    dir.wirecopy(&[&build[..], &near].concat()).exits(0);
    let before = dir.tree("ix");
    let add = ["index", "add", "bad.jsonl", "--index", "ix", "-o", "today"];
    dir.wirecopy(&add).exits(1).stderr_has(&[
        "3 of 10 records rejected",
        "the index is as before",
        "--max-rejected 30%",
    ]);
    assert_eq!(dir.tree("ix"), before);
    assert!(!dir.path("today").exists());
    dir.wirecopy(&[&add[..], &["--max-rejected", "30%"]].concat())
        .exits(0);
    assert_eq!(dir.rows("today/rejected.jsonl").len(), 3);
}

#[test]
fn questions_to_an_index_keep_earlier_answers() {
    let dir = Dir::new();
    for (name, broken) in [("good", 0), ("bad", 3)] {
        day(&dir, name, broken);
    }
    let build = [
        "index",
        "build",
        "good.jsonl",
        "--index",
        "ix",
        "--profile",
        "near",
    ];
    dir.wirecopy(&build).exits(0);
    for command in [
        &["index", "query", "--index", "ix", "-o", "asked", "--force"][..],
        &["dedup", "--against", "ix", "-o", "fresh", "--force"],
    ] {
        let out = command[if command[0] == "index" { 5 } else { 4 }];
        dir.wirecopy(&[command, &["good.jsonl"]].concat()).exits(0);
        let before = dir.tree(out);
        let said = dir.wirecopy(&[command, &["bad.jsonl"]].concat()).exits(3);
        said.stderr_has(&[&format!(
            "the earlier results stay in {out}, these are in {out}.rejected"
        )]);
        assert_eq!(dir.tree(out), before);
        assert_eq!(dir.rows(&format!("{out}.rejected/rejected.jsonl")).len(), 3);
    }
}
