//! `wirecopy cluster`: who is a copy of whom.

use std::collections::BTreeSet;

use crate::cmd::{Dir, fixture};

/// The clusters of the newsroom in the `near` profile, at 0.8.
pub(crate) const SEVEN: [&[&str]; 7] = [
    &["bell", "bell-wrapped"],
    &["chess", "chess-edited"],
    &["dome", "dome-again"],
    &["ferries", "ferries-plain"],
    &["harvest-one", "harvest-three", "harvest-two"],
    &["lido", "lido-evening"],
    &["strike-deccan", "strike-deccan-again"],
];

#[test]
fn the_newsroom_has_seven_clusters_at_0_8() {
    let dir = Dir::new();
    let input = fixture("newsroom/newsroom.jsonl");
    dir.wirecopy(&["cluster", &input, "-o", "out", "--profile", "near"])
        .exits(0)
        .says("stories                    7   of 2 to 3 documents")
        .says("in stories                15   17.0 %")
        .says("recall                95.2 %   of pairs exactly at 0.8, more above")
        .stderr_has(&["memory", "done in ", ": 88 documents, 143 KB"]);
    let expected = SEVEN.map(|ids| ids.iter().map(|&id| id.to_owned()).collect());
    assert_eq!(dir.clusters("out"), BTreeSet::from(expected));
}

#[test]
fn a_lower_threshold_joins_the_agencys_own_story() {
    let dir = Dir::new();
    let input = fixture("newsroom/newsroom.jsonl");
    dir.wirecopy(&[
        "cluster",
        &input,
        "-o",
        "out",
        "--profile",
        "near",
        "--threshold",
        "0.7",
        "--recall",
        "0.99",
    ])
    .exits(0);
    assert!(
        dir.clusters("out")
            .contains(&vec!["strike-ap-caldera".into(), "strike-ap-feed".into()])
    );
}

#[test]
fn the_summary_names_the_largest_stories_and_what_to_do_next() {
    let dir = Dir::new();
    dir.wirecopy(&["cluster", &fixture("newsroom/newsroom.jsonl"), "-o", "out"])
        .exits(0)
        .says("  9 documents  8 outlets  Port Sarrel pilots end eleven-day strike after pay deal  16 – 18 Oct 2024\n")
        .says("Next\n  open out/report.html\n  wirecopy dedup ")
        .says("-o out-dedup\n");
    // The same options, for the same copies.
    dir.wirecopy(&[
        "cluster",
        &fixture("newsroom/newsroom.jsonl"),
        "-o",
        "low",
        "-t",
        "0.6",
    ])
    .exits(0)
    .says("-o low-dedup --threshold=0.6\n");
}

#[test]
fn options_stand_in_run_json() {
    let dir = Dir::new();
    let input = fixture("newsroom/newsroom.jsonl");
    dir.wirecopy(&[
        "cluster",
        &input,
        "-o",
        "out",
        "--profile",
        "near",
        "--shingle",
        "word:4",
        "--text-field",
        "body,text",
    ])
    .exits(0);
    let run = dir.json("out/run.json");
    assert_eq!(run["command"], "cluster");
    assert_eq!(run["options"]["shingle"], "word:4");
    assert_eq!(
        run["options"]["text-field"],
        serde_json::json!(["body", "text"])
    );
    assert_eq!(run["rejects_over_limit"], false);
    assert!(run["recipe"].as_str().unwrap().contains("shingle=word:4"));
}

#[test]
fn any_number_of_threads_gives_the_same_bytes_in_near() {
    let dir = Dir::new();
    dir.corpus("many.jsonl", 3_000, 60);
    let newsroom = fixture("newsroom/newsroom.jsonl");
    for threads in ["1", "2", "8"] {
        dir.wirecopy(&[
            "cluster",
            "many.jsonl",
            &newsroom,
            "-o",
            threads,
            "--profile",
            "near",
            "--threads",
            threads,
        ])
        .exits(0);
    }
    let one = dir.results("1");
    assert!(one["clusters.jsonl"].lines().count() > 100);
    assert_eq!(one, dir.results("2"));
    assert_eq!(one, dir.results("8"));
}

#[test]
fn a_headline_cannot_command_the_terminal() {
    let dir = Dir::new();
    let evil =
        r#"{"id": "a", "title": "\u001b[31mthe same words", "text": "the same few words twice"}"#;
    let good = evil.replace("\"a\"", "\"z\"");
    dir.write("in.jsonl", &format!("{evil}\n{good}\n"));
    let cmd = dir
        .wirecopy(&["cluster", "in.jsonl", "-o", "out"])
        .exits(0)
        .says("[31mthe same words");
    assert!(!cmd.stdout.contains('\u{1b}'), "{:?}", cmd.stdout);
}

#[test]
fn warnings_come_with_advice() {
    let dir = Dir::new();
    let record =
        |date: &str, text: &str| format!("{{\"date\": \"{date}\", \"text\": \"{text}\"}}\n");
    let records = record("around noon", "one two three") + &record("yesterday", "...");
    dir.write("in.jsonl", &records);
    dir.wirecopy(&["cluster", "in.jsonl", "-o", "out"])
        .exits(0)
        .stderr_has(&[
            "--id-field",
            "--date-format '%d/%m/%Y",
            "1 document without a word",
            "--source-field",
        ]);
}
