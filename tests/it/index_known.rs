//! What an index has already: a batch that comes again, ids that come again with another text, and tables that
//! were not written.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read as _;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::cmd::{Cmd, Dir};
use crate::index::{begun, export, halves, pages};
use crate::index_faults::documents;

/// A record of a story of its own, with an id or without.
fn record(id: Value, story: usize) -> String {
    let words: Vec<String> = (0..40).map(|word| format!("w{story}x{word}")).collect();
    let mut record = json!({ "text": words.join(" ") });
    if !id.is_null() {
        record["id"] = id;
    }
    format!("{record}\n")
}

/// Records of these stories, their ids counted from 0.
fn counted(stories: std::ops::Range<usize>) -> String {
    let numbered = stories.enumerate();
    numbered
        .map(|(at, story)| record(json!(at), story))
        .collect()
}

fn build(dir: &Dir, input: &str) {
    dir.wirecopy(&[
        "index",
        "build",
        input,
        "--index",
        "ix",
        "--profile",
        "near",
        "-q",
    ])
    .exits(0);
}

fn add(dir: &Dir, words: &[&str]) -> Cmd {
    let all = [
        &["index", "add", "--index", "ix", "--progress", "none"],
        words,
    ]
    .concat();
    dir.wirecopy(&all)
}

fn ids(rows: &[Value]) -> Vec<&str> {
    rows.iter().map(|row| row["id"].as_str().unwrap()).collect()
}

/// The tables of a batch are the same, byte for byte, however often it is added.
#[test]
fn a_batch_that_is_known_changes_nothing_and_gives_its_tables_again() {
    let pages = pages();
    let dir = begun(&halves(&pages));
    let words = ["1.jsonl", "-o", "day", "--format", "csv"];
    add(&dir, &words).exits(0).says("28 documents");
    assert!(dir.rows("day/clusters.jsonl").len() > 2);
    let (index, day) = (dir.tree("ix"), dir.tree("day"));
    let again = [&words[..], &["--force"]].concat();
    for _ in 0..2 {
        add(&dir, &again)
            .exits(0)
            .says("added     0 documents\nknown     28 documents were in the index already\n");
        assert_eq!(dir.tree("ix"), index);
        let now = dir.tree("day");
        for (name, bytes) in &day {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            assert_eq!(text(&now[name]), text(bytes), "{name}");
        }
        assert_eq!(now.len(), day.len());
    }
    let again_alone = add(&dir, &["1.jsonl"])
        .exits(0)
        .says("28 documents were in the index already");
    assert!(
        !again_alone.stderr.contains("no document"),
        "{}",
        again_alone.stderr
    );
    // Behind another batch, too, and when segments were merged.
    dir.write("2.jsonl", &record(json!("new"), 1));
    add(&dir, &["2.jsonl"]).exits(0);
    add(&dir, &again).exits(0);
    assert_eq!(dir.tree("day"), day);
}

#[test]
fn a_batch_that_is_known_in_part_says_which_records() {
    let dir = Dir::new();
    dir.write("1.jsonl", &counted(0..5));
    build(&dir, "1.jsonl");
    let second: String = (3..9).map(|at| record(json!(at), at)).collect();
    dir.write("2.jsonl", &second);
    add(&dir, &["2.jsonl", "-o", "out"])
        .exits(0)
        .says("added     4 documents")
        .says("known     2 documents were");
    let rows = dir.rows("out/documents.jsonl");
    assert_eq!(ids(&rows), ["3", "4", "5", "6", "7", "8"]);
    let verdicts: Vec<&str> = rows
        .iter()
        .map(|row| row["verdict"].as_str().unwrap())
        .collect();
    assert_eq!(verdicts, ["known", "known", "kept", "kept", "kept", "kept"]);
    assert_eq!(rows[0]["weight"], 0.0);
    let counts = dir.json("out/run.json")["counts"].clone();
    for (name, count) in [("read", 6), ("kept", 4), ("known", 2), ("rejected", 0)] {
        assert_eq!(counts[name], count, "{name}");
    }
    // Those that were known then are so again.
    let day = dir.tree("out");
    add(&dir, &["2.jsonl", "-o", "out", "--force"]).exits(0);
    assert_eq!(dir.tree("out"), day);
    assert_eq!(documents(&dir), 9);
}

#[test]
fn a_day_whose_ids_start_anew_is_added_every_night() {
    let dir = Dir::new();
    let nights: Vec<String> = (0..4)
        .map(|night| counted(10 * night..10 * night + 6))
        .collect();
    dir.write("today.jsonl", &nights[0]);
    build(&dir, "today.jsonl");
    let mut names: BTreeSet<String> = BTreeSet::new();
    for night in &nights[1..] {
        dir.write("today.jsonl", night);
        add(&dir, &["today.jsonl", "-o", "out", "--force"])
            .exits(0)
            .says("added     6 documents;");
        let rows = dir.rows("out/documents.jsonl");
        assert!(
            ids(&rows).iter().all(|id| id.starts_with("today.jsonl#")),
            "{rows:?}"
        );
        names.extend(ids(&rows).iter().map(|&id| id.to_owned()));
        assert_eq!(dir.json("out/run.json")["counts"]["qualified_ids"], 6);
    }
    assert!(names.contains("today.jsonl#0"), "{names:?}");
    assert_eq!((names.len(), documents(&dir)), (18, 24));
    // Each of them is known, whatever else comes with it and however its file is called.
    for (at, night) in nights.iter().enumerate() {
        dir.write(&format!("{at}.jsonl"), night);
        add(&dir, &[&format!("{at}.jsonl")])
            .exits(0)
            .says("known     6 documents");
    }
    add(&dir, &["0.jsonl", "1.jsonl", "2.jsonl", "3.jsonl"])
        .exits(0)
        .says("known     24 documents were");
    assert_eq!(documents(&dir), 24);
    dir.wirecopy(&["index", "verify", "--index", "ix"]).exits(0);
}

#[test]
fn records_without_ids_and_with_repeated_ones_are_known_too() {
    let dir = Dir::new();
    dir.write("1.jsonl", &counted(0..3));
    build(&dir, "1.jsonl");
    let odd = [Value::Null, json!("x"), Value::Null, json!("x"), json!("1")];
    let second: String = odd
        .iter()
        .zip(20..)
        .map(|(id, at)| record(id.clone(), at))
        .collect();
    dir.write("2.jsonl", &second);
    add(&dir, &["2.jsonl"])
        .exits(0)
        .says("added     5 documents");
    add(&dir, &["2.jsonl"])
        .exits(0)
        .says("known     5 documents");
    // One text under one id, twice: two documents, and known both.
    dir.write("3.jsonl", &record(json!("y"), 30).repeat(2));
    add(&dir, &["3.jsonl"])
        .exits(0)
        .says("added     2 documents");
    add(&dir, &["3.jsonl"])
        .exits(0)
        .says("known     2 documents");
    // Another text of that name.
    let changed: String = odd
        .iter()
        .zip(40..)
        .map(|(id, at)| record(id.clone(), at))
        .collect();
    dir.write("2.jsonl", &changed);
    add(&dir, &["2.jsonl"])
        .exits(0)
        .says("added     5 documents");
    assert_eq!(documents(&dir), 15);
}

#[test]
fn a_record_whose_id_is_taken_is_rejected_if_asked() {
    let dir = Dir::new();
    dir.write("1.jsonl", &counted(0..3));
    build(&dir, "1.jsonl");
    dir.write("2.jsonl", &counted(2..6));
    let reject = |words: &[&str]| add(&dir, &[words, &["--known", "reject"]].concat());
    reject(&["2.jsonl", "-o", "out"])
        .exits(3)
        .says("added     1 document, 3 rejected");
    let rejected = dir.rows("out/rejected.jsonl");
    let reason = rejected[0]["reason"].as_str().unwrap();
    assert!(reason.contains("`0` already"), "{reason}");
    // Of a batch of which nothing is left, no tables replace those of the day.
    let day = dir.tree("out");
    reject(&["2.jsonl", "-o", "out", "--force"]).exits(3);
    assert_eq!(dir.tree("out"), day);
    reject(&["2.jsonl"])
        .exits(3)
        .stderr_has(&["the first: 2.jsonl, byte 0: ", "--known replace"]);
    assert_eq!(documents(&dir), 4);
}

#[test]
fn a_document_may_take_the_place_of_that_of_its_id() {
    let dir = Dir::new();
    dir.write("1.jsonl", &counted(0..4));
    build(&dir, "1.jsonl");
    let second = [(0, 0), (1, 21), (2, 22), (7, 27)];
    let second: String = second
        .iter()
        .map(|&(id, at)| record(json!(id), at))
        .collect();
    dir.write("2.jsonl", &second);
    let words = ["2.jsonl", "--known", "replace", "-o", "out"];
    add(&dir, &words)
        .exits(0)
        .says("added     3 documents")
        .says("known     1 document was in the index already\n")
        .says("replaced  2 documents");
    let rows = dir.rows("out/documents.jsonl");
    assert_eq!(ids(&rows), ["0", "1", "2", "7"]);
    assert_eq!(documents(&dir), 5);
    let found = |story: usize| {
        dir.write("q.jsonl", &record(Value::Null, story));
        let found = dir
            .wirecopy(&["index", "query", "q.jsonl", "--index", "ix"])
            .exits(0);
        let answer: Value = serde_json::from_str(&found.stdout).unwrap();
        let copies = answer["copies"].as_array().unwrap().clone();
        copies
            .iter()
            .map(|copy| copy["id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(found(21), ["1"]);
    assert!(found(1).is_empty(), "it was replaced");
    let day = dir.tree("out");
    let again = [&words[..], &["--force"]].concat();
    add(&dir, &again).exits(0).says("known     4 documents");
    assert_eq!(dir.tree("out"), day);
    // By that name the new one is found, also when all is one segment.
    dir.wirecopy(&["index", "compact", "--index", "ix"])
        .exits(0);
    dir.write("ids.txt", "1\n");
    dir.wirecopy(&["index", "remove", "--ids", "ids.txt", "--index", "ix"])
        .exits(0);
    assert!(found(21).is_empty());
}

#[test]
fn two_documents_have_one_name_neither_in_tables_nor_in_answers() {
    let dir = Dir::new();
    dir.write("1.jsonl", &counted(0..3));
    build(&dir, "1.jsonl");
    // The same ids, the stories the other way round.
    dir.write("2.jsonl", &(record(json!(0), 2) + &record(json!(1), 1)));
    dir.wirecopy(&[
        "dedup",
        "2.jsonl",
        "--against",
        "ix",
        "-o",
        "out",
        "--write",
        "annotated",
    ])
    .exits(0);
    let rows = dir.rows("out/documents.jsonl");
    assert_eq!(ids(&rows), ["2.jsonl#0", "2.jsonl#1"]);
    let witnesses: Vec<&Value> = rows.iter().map(|row| &row["duplicate_of"]).collect();
    assert_eq!(witnesses, ["2", "1"]);
    let annotated = dir.rows("out/annotated/2.jsonl");
    assert_eq!(annotated[0]["wirecopy"]["id"], "2.jsonl#0");
    let clusters = dir.rows("out/clusters.jsonl");
    let distinct: BTreeSet<&str> = ids(&clusters).into_iter().collect();
    assert_eq!((clusters.len(), distinct.len()), (4, 4));
    // A copy that happens to have the draft's id is found.
    let found = dir
        .wirecopy(&["index", "query", "2.jsonl", "--index", "ix"])
        .exits(0);
    let second: Value = serde_json::from_str(found.stdout.lines().nth(1).unwrap()).unwrap();
    assert_eq!(second["copies"][0]["id"], "1");
}

/// What fails behind the commit is distinguished from what failed.
#[test]
fn a_summary_that_cannot_be_printed_is_not_a_failure() {
    let full = || Stdio::from(File::options().write(true).open("/dev/full").unwrap());
    let dir = Dir::new();
    dir.write("1.jsonl", &counted(0..3))
        .write("2.jsonl", &counted(10..12));
    let printed = |words: &[&str], said: &str| {
        let output = dir.command(words).stdout(full()).output().unwrap();
        Cmd::of(output)
            .exits(5)
            .stderr_has(&["the change is in the index", said]);
    };
    printed(
        &[
            "index",
            "build",
            "1.jsonl",
            "--index",
            "ix",
            "--profile",
            "near",
        ],
        "only",
    );
    printed(
        &["index", "add", "2.jsonl", "--index", "ix", "-o", "out"],
        "run the same command again",
    );
    assert_eq!(documents(&dir), 5);
    assert_eq!(dir.rows("out/documents.jsonl").len(), 2);
    dir.write("ids.txt", "0\n");
    printed(
        &["index", "remove", "--ids", "ids.txt", "--index", "ix"],
        "only",
    );
    printed(
        &["index", "compact", "--index", "ix"],
        "run the same command again",
    );
    assert_eq!(documents(&dir), 4);
    let output = dir
        .command(&["dedup", "1.jsonl", "-o", "clean"])
        .stdout(full())
        .output();
    Cmd::of(output.unwrap())
        .exits(5)
        .stderr_has(&["the results are in place"]);
    assert!(dir.path("clean/run.json").is_file());
}

#[test]
fn a_writer_says_for_whom_it_waits_unless_it_is_quiet() {
    let dir = Dir::new();
    dir.write("1.jsonl", &counted(0..3))
        .write("2.jsonl", &counted(10..12));
    build(&dir, "1.jsonl");
    dir.write("ids.txt", "0\n");
    dir.write("ix/lock", "4711\n");
    for (words, said) in [
        (&["add", "2.jsonl", "-q"][..], ""),
        (
            &["add", "2.jsonl", "--progress", "none"],
            "waiting for process 4711",
        ),
        (&["remove", "--ids", "ids.txt"], "waiting for process 4711"),
        (
            &["compact"],
            "waiting for process 4711, which is changing the index ix\n",
        ),
    ] {
        dir.write("ix/lock", "4711\n");
        let lock = File::options()
            .write(true)
            .open(dir.path("ix/lock"))
            .unwrap();
        lock.lock().unwrap();
        let words = [&["index"], words, &["--index", "ix"]].concat();
        let mut child = dir
            .command(&words)
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(2_500));
        assert!(child.try_wait().unwrap().is_none(), "it waits");
        drop(lock);
        assert!(child.wait().unwrap().success());
        let mut printed = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut printed)
            .unwrap();
        assert_eq!(printed.is_empty(), said.is_empty(), "{printed}");
        assert!(printed.contains(said), "{printed}");
    }
    assert_eq!(dir.read("ix/lock"), "");
}

#[test]
fn any_id_can_be_removed() {
    let dir = Dir::new();
    let odd = ["two\nlines", "{brace", "\"quoted\"", " blank ", "plain"];
    let records: String = odd
        .iter()
        .zip(0..)
        .map(|(id, at)| record(json!(id), at))
        .collect();
    dir.write("1.jsonl", &(records + &record(json!("stays"), 9)));
    build(&dir, "1.jsonl");
    let remove = |ids: &str| {
        dir.write("ids", ids);
        dir.wirecopy(&["index", "remove", "--ids", "ids", "--index", "ix"])
    };
    remove("\u{feff} blank \r\nplain\r\n")
        .exits(0)
        .says("2 documents");
    let json = [
        json!("two\nlines"),
        json!("{brace"),
        json!({ "id": "\"quoted\"", "x": 1 }),
    ];
    let json: String = json.iter().map(|id| format!("{id}\n")).collect();
    remove(&json).exits(0).says("3 documents");
    remove("stays\n{\"it\": 1}\n")
        .exits(1)
        .stderr_has(&["ids, line 2", "`id`"]);
    assert_eq!(documents(&dir), 1);
}

/// Names that the index gave are those of its answers.
#[test]
fn clusters_over_nights_join_documents_by_names_that_differ() {
    let dir = Dir::new();
    dir.write("today.jsonl", &counted(0..3));
    build(&dir, "today.jsonl");
    // The same stories under other ids, twice: copies, and no known records.
    for shift in [1, 2] {
        let records: String = (0..3)
            .map(|at| record(json!(at), (at + shift) % 3))
            .collect();
        dir.write("today.jsonl", &records);
        add(&dir, &["today.jsonl"])
            .exits(0)
            .says("added     3 documents");
    }
    let exported = export(&dir);
    let distinct: BTreeSet<&str> = ids(&exported).into_iter().collect();
    assert_eq!((exported.len(), distinct.len()), (9, 9), "{exported:?}");
    assert!(exported.iter().all(|row| row["cluster_size"] == 3));
}
