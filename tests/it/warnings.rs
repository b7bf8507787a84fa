//! What is warned of, by which command: the same of the same documents, and no more than matters.

use crate::cmd::{Dir, fixture};

/// Bands and rows exchanged: 13 bands of 60 rows find 2 of 100,000 pairs at 0.8.
const EXCHANGED: [&str; 6] = ["--profile", "near", "--bands", "13", "--rows", "60"];

const ADVICE: [&str; 3] = [
    "warning: recall 0.002 %",
    "exchanged?",
    "--bands 60 --rows 13",
];

#[test]
fn a_banding_that_finds_next_to_nothing_is_warned_of_before_the_run() {
    let dir = Dir::new();
    let news = fixture("newsroom/newsroom.jsonl");
    for command in [
        &["cluster", &news, "-o", "out"][..],
        &["dedup", &news, "-o", "dry", "--dry-run"],
        &["index", "build", &news, "--index", "ix"],
        &["index", "build", &news, "--index", "dry", "--dry-run"],
    ] {
        let answer = dir.wirecopy(&[command, &EXCHANGED].concat()).exits(0);
        let answer = answer.stderr_has(&ADVICE);
        assert_eq!(
            answer.stderr.matches("recall").count(),
            2,
            "{}",
            answer.stderr
        );
    }
    let news = fixture("newsroom/newsroom.jsonl");
    for command in [
        &["index", "query", &news, "--index", "ix", "-o", "asked"][..],
        &["dedup", &news, "--against", "ix", "-o", "new"],
    ] {
        dir.wirecopy(command).exits(0).stderr_has(&ADVICE[..2]);
    }
    let json = ["--progress", "json"];
    let words = [&["dedup", &news, "-o", "json"][..], &EXCHANGED, &json].concat();
    let answer = dir.wirecopy(&words).exits(0);
    answer.stderr_has(&["\"kind\":\"low_recall\""]);
}

#[test]
fn near_misses_publishers_and_dates_only_where_a_flag_asks_for_them() {
    let dir = Dir::new();
    dir.corpus("texts.jsonl", 100, 40);
    let run = |out: &str, flags: &[&str]| {
        let words = ["dedup", "texts.jsonl", "-o", out];
        dir.wirecopy(&[&words, flags].concat()).exits(0).stderr
    };
    let answer = run("near", &["--profile", "near"]);
    assert!(!answer.contains("warning"), "{answer}");
    let answer = run("wire", &[]);
    assert!(
        answer.contains("no outlet: ") && answer.contains("no date: "),
        "{answer}"
    );
    let answer = run("earliest", &["--profile", "near", "--keep", "earliest"]);
    assert!(
        answer.contains("no date: ") && !answer.contains("no outlet: "),
        "{answer}"
    );
    let answer = run(
        "source",
        &["--profile", "near", "--keep", "source=a.example"],
    );
    assert!(
        answer.contains("no outlet: ") && !answer.contains("no date: "),
        "{answer}"
    );
}

#[test]
fn an_index_warns_of_what_a_run_warns_of() {
    let dir = Dir::new();
    let record = |date: &str, text: &str| {
        serde_json::json!({ "date": date, "text": text }).to_string() + "\n"
    };
    let undated = ["around noon", "yesterday"].map(|date| record(date, "..."));
    dir.write("day.jsonl", &undated.concat());
    dir.write("other.jsonl", &record("some day", "one two three"));
    let all = [
        "--id-field",
        "--date-format",
        "without a word",
        "--source-field",
    ];
    for (command, advice) in [
        (&["cluster", "day.jsonl", "-o", "out"][..], &all[..]),
        (&["index", "build", "day.jsonl", "--index", "ix"], &all),
        (
            &["index", "query", "day.jsonl", "--index", "ix", "-o", "q"],
            &all,
        ),
        (
            &["dedup", "day.jsonl", "--against", "ix", "-o", "new"],
            &all,
        ),
        (&["index", "add", "other.jsonl", "--index", "ix"], &all[..2]),
    ] {
        dir.wirecopy(command).exits(0).stderr_has(advice);
    }
}
