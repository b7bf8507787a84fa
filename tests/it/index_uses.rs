//! What an index is used for: tables of a batch, questions, forgetting, a corpus without what it holds.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::Stdio;

use serde_json::Value;

use crate::cmd::{Cmd, Dir};
use crate::index::{add, begun, export, halves, lines, pages, partition};

#[test]
fn tables_of_a_batch_are_about_its_documents() {
    let pages = pages();
    let dir = begun(&halves(&pages));
    dir.wirecopy(&[
        "index", "add", "1.jsonl", "--index", "ix", "-o", "out", "--format", "csv",
    ])
    .exits(0)
    .says("28 documents");
    let documents = dir.rows("out/documents.jsonl");
    assert_eq!(documents.len(), 28);
    assert!(dir.path("out/clusters.csv").is_file());
    let own: BTreeSet<&str> = documents
        .iter()
        .map(|row| row["id"].as_str().unwrap())
        .collect();
    let clusters = dir.rows("out/clusters.jsonl");
    let (new, old): (Vec<&Value>, Vec<&Value>) = clusters
        .iter()
        .partition(|row| own.contains(row["id"].as_str().unwrap()));
    assert!(!new.is_empty() && !old.is_empty(), "copies of both days");
    let exported = export(&dir);
    let named = |id: &str| exported.iter().find(|row| row["id"] == id).unwrap();
    for row in &clusters {
        let in_all = named(row["id"].as_str().unwrap());
        assert_eq!(row["cluster_id"], in_all["cluster_id"]);
        assert_eq!(row["cluster_size"], in_all["cluster_size"]);
    }
    let run = dir.json("out/run.json");
    let count = |name: &str| run["counts"][name].as_u64().unwrap();
    assert_eq!(count("read"), 28);
    assert_eq!(count("kept") + count("removed") + count("rejected"), 28);
    // Such a run cannot be explained, and says so.
    let ids = [
        new[0]["id"].as_str().unwrap(),
        old[0]["id"].as_str().unwrap(),
    ];
    dir.wirecopy(&["explain", ids[0], ids[1], "--run", "out"])
        .exits(2)
        .stderr_has(&["held against the index", "cluster them together"]);
}

#[test]
fn the_same_file_added_twice_changes_nothing() {
    let pages = pages();
    let (first, second) = pages.split_at(60);
    let dir = begun(&[first.to_vec(), second.to_vec()]);
    add(&dir, 1).exits(0);
    let before = dir.tree("ix");
    dir.wirecopy(&["index", "add", "1.jsonl", "--index", "ix", "-o", "out"])
        .exits(0)
        .says("28 documents were in the index already");
    assert_eq!(dir.tree("ix"), before);
    assert_eq!(dir.rows("out/documents.jsonl").len(), 28);
}

#[test]
fn pages_without_ids_are_distinguished_by_the_day_they_came() {
    let dir = Dir::new();
    let page = |at: u32| {
        let words: Vec<String> = (0..40).map(|word| format!("w{at}x{word}")).collect();
        format!("{{\"text\": \"{}\"}}\n", words.join(" "))
    };
    let words = |command| {
        [
            "index",
            command,
            "today.jsonl",
            "--index",
            "ix",
            "--progress",
            "none",
        ]
    };
    for (day, command) in [(0, "build"), (1, "add"), (2, "add")] {
        dir.write("today.jsonl", &(page(2 * day) + &page(2 * day + 1)));
        dir.wirecopy(&words(command)).exits(0).says("2 documents");
    }
    dir.write("today.jsonl", &page(3));
    let found = dir
        .wirecopy(&["index", "query", "today.jsonl", "--index", "ix"])
        .exits(0);
    assert!(found.stdout.contains("today.jsonl#2@2"), "{}", found.stdout);
}

#[test]
fn what_is_removed_is_no_copy_and_after_compact_no_text() {
    let pages = pages();
    let (first, second) = pages.split_at(60);
    let dir = begun(&[first.to_vec(), second.to_vec()]);
    add(&dir, 1).exits(0);
    let id = |page: &String| -> String {
        let page: Value = serde_json::from_str(page).unwrap();
        page["id"].as_str().unwrap().to_owned()
    };
    let going: Vec<String> = pages.iter().step_by(7).map(id).collect();
    dir.write("ids.txt", &lines(&going));
    dir.wirecopy(&["index", "remove", "--ids", "ids.txt", "--index", "ix"])
        .exits(0)
        .says("13 documents");
    let staying: Vec<String> = pages
        .iter()
        .filter(|page| !going.contains(&id(page)))
        .cloned()
        .collect();
    dir.write("staying.jsonl", &lines(&staying));
    dir.wirecopy(&[
        "cluster",
        "staying.jsonl",
        "-o",
        "staying",
        "--no-report",
        "--boilerplate",
        "all/boilerplate.bin",
    ])
    .exits(0);
    let expected = dir.rows("staying/clusters.jsonl");
    assert_eq!(partition(&export(&dir)), partition(&expected));
    dir.wirecopy(&["index", "compact", "--index", "ix"])
        .exits(0)
        .says("13 removed documents are gone");
    assert_eq!(partition(&export(&dir)), partition(&expected));
    for (name, bytes) in dir.tree("ix") {
        let stands_in_others = |gone: &&String| staying.iter().any(|page| id(page).contains(*gone));
        for id in going.iter().filter(|gone| !stands_in_others(gone)) {
            let found = bytes
                .windows(id.len())
                .any(|window| window == id.as_bytes());
            assert!(!found, "{id} still stands in {name}");
        }
    }
    dir.wirecopy(&["index", "verify", "--index", "ix"]).exits(0);
    // They may come back.
    let back: Vec<String> = pages
        .iter()
        .filter(|page| going.contains(&id(page)))
        .cloned()
        .collect();
    dir.write("back.jsonl", &lines(&back));
    dir.wirecopy(&["index", "add", "back.jsonl", "--index", "ix"])
        .exits(0);
    assert_eq!(
        partition(&export(&dir)),
        partition(&dir.rows("all/clusters.jsonl"))
    );
}

#[test]
fn a_query_finds_the_copies_and_changes_nothing() {
    let pages = pages();
    let dir = begun(std::slice::from_ref(&pages));
    let before = dir.tree("ix");
    let answers = dir
        .wirecopy(&["index", "query", "0.jsonl", "--index", "ix"])
        .exits(0);
    let answers: Vec<Value> = answers
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers.len(), pages.len());
    // Every accepted pair of the run is answered from both sides.
    let mut expected: BTreeSet<(String, String)> = BTreeSet::new();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    for pair in dir.rows("all/pairs.jsonl") {
        if pair["accepted"] == true {
            expected.insert((text(&pair["a"]), text(&pair["b"])));
            expected.insert((text(&pair["b"]), text(&pair["a"])));
        }
    }
    let found: BTreeSet<(String, String)> = answers
        .iter()
        .flat_map(|answer| {
            let copies = answer["copies"].as_array().unwrap();
            copies
                .iter()
                .map(|copy| (text(&answer["id"]), text(&copy["id"])))
        })
        .collect();
    let missed: Vec<_> = expected.difference(&found).collect();
    assert!(missed.is_empty(), "{missed:?}");

    // One text on standard input, and JSON Lines.
    let page: Value = serde_json::from_str(&pages[0]).unwrap();
    for (given, id) in [
        (page["text"].as_str().unwrap().to_owned(), "records#1"),
        (pages[0].clone(), page["id"].as_str().unwrap()),
    ] {
        let mut child = dir
            .command(&["index", "query", "-", "--index", "ix"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(given.as_bytes())
            .unwrap();
        let said = Cmd::of(child.wait_with_output().unwrap()).exits(0).stdout;
        let answer: Value = serde_json::from_str(&said).unwrap();
        assert_eq!(answer["id"], id);
    }
    dir.wirecopy(&["index", "query", "0.jsonl", "--index", "ix", "-o", "asked"])
        .exits(0);
    assert_eq!(dir.rows("asked/documents.jsonl").len(), pages.len());
    assert_eq!(dir.tree("ix"), before);
}

#[test]
fn a_new_corpus_is_rid_of_what_an_index_holds() {
    let pages = pages();
    let dir = begun(&halves(&pages));
    let before = dir.tree("ix");
    let output = dir
        .wirecopy(&["dedup", "1.jsonl", "--against", "ix", "-o", "clean"])
        .exits(0);
    assert!(output.stdout.contains("those that the index holds"));
    assert!(
        !output.stdout.contains("duplicates"),
        "no share of the documents"
    );
    assert_eq!(dir.tree("ix"), before);
    let documents = dir.rows("clean/documents.jsonl");
    assert_eq!(documents.len(), 28);
    let own: BTreeSet<String> = documents.iter().map(|row| row["id"].to_string()).collect();
    let removed = documents.iter().filter(|row| row["verdict"] == "removed");
    let witnesses: Vec<String> = removed.map(|row| row["duplicate_of"].to_string()).collect();
    let held = witnesses.iter().filter(|witness| !own.contains(*witness));
    assert!(held.count() > 3, "{witnesses:?}");
    let kept = dir.read("clean/kept/1.jsonl").lines().count();
    assert_eq!(kept + witnesses.len(), 28);
    dir.wirecopy(&[
        "dedup",
        "1.jsonl",
        "--against",
        "ix",
        "-o",
        "x",
        "--threshold",
        "0.8",
    ])
    .exits(2)
    .stderr_has(&["--against", "--threshold"]);
}
