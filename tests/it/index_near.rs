//! An index of the `near` profile: whole texts, by the shingles they share.

use std::collections::BTreeSet;

use serde_json::Value;
use wirecopy::{Context, Index, Query};
use wirecopy::{Job, OwnedRecord, Recipe};

use crate::cmd::Dir;
use crate::index::{add, by_id, export, halves, lines, pages, partition};
use crate::index_faults::{restore, write_again};

const FIGURES: u32 = 19;
/// Bytes of the figures of a pair, and where they say what came out.
const FIGURE: usize = 32;
const OUTCOME: usize = 30;

/// An index of the first of some batches, by these flags, and a run over all of them.
fn begun(batches: &[Vec<String>], flags: &[&str]) -> Dir {
    let dir = Dir::new();
    for (at, batch) in batches.iter().enumerate() {
        dir.write(&format!("{at}.jsonl"), &lines(batch));
    }
    dir.write("all.jsonl", &lines(&batches.concat()));
    let near = [&["--profile", "near"], flags].concat();
    let run = ["cluster", "all.jsonl", "-o", "all"];
    dir.wirecopy(&[&run[..], &near].concat()).exits(0);
    let build = ["index", "build", "0.jsonl", "--index", "ix", "-q"];
    dir.wirecopy(&[&build[..], &near].concat()).exits(0);
    dir
}

#[test]
fn day_by_day_it_is_the_run_over_all_with_every_figure() {
    let pages = pages();
    let days: Vec<Vec<String>> = pages.chunks(11).map(<[String]>::to_vec).collect();
    for flags in [
        &["--threshold", "0.4"][..],
        &["--threshold", "0.5", "--shingle", "char:7", "--seed", "9"],
        &[
            "-t",
            "0.5",
            "--bands",
            "30",
            "--rows",
            "3",
            "--shingle",
            "word:3",
        ],
    ] {
        let dir = begun(&days, flags);
        for day in 1..days.len() {
            add(&dir, day).exits(0).says("11 documents");
        }
        let all = dir.rows("all/clusters.jsonl");
        assert!(all.len() > 30, "{flags:?}: the newsroom has copies");
        assert_eq!(by_id(export(&dir)), by_id(all));
        dir.wirecopy(&["index", "verify", "--index", "ix"]).exits(0);
        let before = export(&dir);
        dir.wirecopy(&["index", "compact", "--index", "ix"])
            .exits(0);
        assert_eq!(export(&dir), before);
    }
}

#[test]
fn a_query_finds_what_a_run_finds() {
    let pages = pages();
    let dir = begun(&halves(&pages), &["--threshold", "0.4"]);
    let before = dir.tree("ix");
    let query = ["index", "query", "1.jsonl", "--index", "ix"];
    let answers = dir.wirecopy(&query).exits(0).stdout;
    assert_eq!(dir.tree("ix"), before);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let mut found = BTreeSet::new();
    for answer in answers.lines() {
        let answer: Value = serde_json::from_str(answer).unwrap();
        for copy in answer["copies"].as_array().unwrap() {
            let score = copy.get("jaccard");
            assert_eq!(score, copy.get("score"), "in near the score is no other");
            let score = score.map(Value::to_string);
            found.insert((text(&copy["id"]), text(&answer["id"]), score));
        }
    }
    let old: BTreeSet<String> = dir
        .rows("0.jsonl")
        .iter()
        .map(|row| text(&row["id"]))
        .collect();
    let is_between = |row: &Value| {
        let in_index = |side: &str| old.contains(row[side].as_str().unwrap());
        row["accepted"] == true && in_index("a") && !in_index("b")
    };
    // Equal texts have no figures in an answer, and those of a pair of equals are no news.
    let rows = dir.rows("all/pairs.jsonl");
    let pairs = rows.iter().filter(|row| is_between(row));
    let pairs = pairs.map(|row| {
        let is_equal = matches!(row["relation"].as_str(), Some("exact" | "normalized"));
        let score = (!is_equal).then(|| row["jaccard"].to_string());
        (text(&row["a"]), text(&row["b"]), score)
    });
    let pairs: BTreeSet<_> = pairs.collect();
    assert!(pairs.len() > 5, "{pairs:?}");
    assert!(found.is_superset(&pairs), "{found:?}, of {pairs:?}");
}

#[test]
fn a_new_corpus_is_rid_of_what_it_holds_by_its_own_threshold() {
    let pages = pages();
    let dir = begun(&halves(&pages), &["--threshold", "0.4"]);
    let dedup = ["dedup", "1.jsonl", "--against", "ix", "-o", "clean"];
    dir.wirecopy(&dedup).exits(0);
    let run = dir.json("clean/run.json");
    assert!(run["recipe"].as_str().unwrap().starts_with("near "));
    assert_eq!(
        run["removal"]["coverage"],
        dir.json("all/run.json")["removal"]["coverage"]
    );
    let documents = dir.rows("clean/documents.jsonl");
    let removed = documents.iter().filter(|row| row["verdict"] == "removed");
    assert!(removed.count() > 3);
    // What the profile does not know is refused as it is without an index.
    dir.wirecopy(&[&dedup[..5], &["x", "--remove", "updated"]].concat())
        .exits(2)
        .stderr_has(&["near", "updated", "the index's profile"]);
}

#[test]
fn what_only_stories_have_is_refused_with_a_reason() {
    let dir = begun(&halves(&pages()), &[]);
    for flags in [&[][..], &["--dry-run"]] {
        let rebuild = ["index", "rebuild-keys", "--index", "ix"];
        dir.wirecopy(&[&rebuild[..], flags].concat())
            .exits(1)
            .stderr_has(&["ix", "near", "nothing to rebuild"]);
    }
    dir.write("b.bin", "");
    let build = ["index", "build", "0.jsonl", "--index", "iy"];
    dir.wirecopy(&[&build[..], &["--profile", "near", "--boilerplate", "b.bin"]].concat())
        .exits(2)
        .stderr_has(&["--boilerplate", "wire"]);
    dir.wirecopy(&[&build[..], &["--shingle", "word:3"]].concat())
        .exits(2)
        .stderr_has(&["--shingle", "near"]);
    let info = ["index", "info", "--index", "ix", "--json"];
    let info: Value = serde_json::from_str(&dir.wirecopy(&info).exits(0).stdout).unwrap();
    assert_eq!(info["learned"], Value::Null);
}

#[test]
fn a_report_of_it_has_its_clusters() {
    let dir = begun(&halves(&pages()), &["--threshold", "0.4"]);
    let report = ["report", "--index", "ix", "-o", "r.html"];
    dir.wirecopy(&report).exits(0);
    assert!(dir.read("r.html").contains("Port Sarrel"));
}

#[test]
fn figures_of_the_other_profile_are_damage() {
    let pages = halves(&pages());
    let near = begun(&pages, &["--threshold", "0.4"]);
    let wire = crate::index::begun(&pages);
    for (dir, outcome) in [(near, 1), (wire, 5)] {
        let whole = dir.tree("ix");
        write_again(&dir.path("ix"), |_, _, section, own| {
            if section == FIGURES {
                own.chunks_exact_mut(FIGURE)
                    .for_each(|figures| figures[OUTCOME] = outcome);
            }
            true
        });
        for command in ["verify", "export-clusters"] {
            dir.wirecopy(&["index", command, "--index", "ix"])
                .exits(4)
                .stderr_has(&["seg-", "figures that cannot be"]);
        }
        restore(&dir, &whole);
        assert!(!partition(&export(&dir)).is_empty());
    }
}

#[test]
fn a_library_call_adds_and_asks() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ix");
    let text = |end: &str| {
        let words: Vec<String> = (0..60).map(|n| format!("word{n}")).collect();
        format!("{} {end}", words.join(" "))
    };
    let job = |id: &str, text: String| {
        let record = OwnedRecord {
            id: Some(id.into()),
            text,
            ..OwnedRecord::default()
        };
        let job = Job::new(Recipe::default_near());
        job.records(vec![record]).open().unwrap()
    };
    Index::build(&path, job("a", text("one")), Context::default()).unwrap();
    let (index, run) = Index::add(&path, job("b", text("two")), Context::default()).unwrap();
    assert_eq!(run.clusters().len(), 1);
    assert_eq!(index.recipe(), &Recipe::default_near());
    let ask = |text: &str| {
        let query = Query {
            text,
            ..Query::default()
        };
        let found = index.query(&query).unwrap();
        let ids = found.into_iter().map(|copy| (copy.id, copy.likeness));
        ids.collect::<Vec<_>>()
    };
    let found = ask(&text("two"));
    assert_eq!(
        found[0],
        ("b".to_owned(), None),
        "the same text comes first"
    );
    assert_eq!(found[1].0, "a");
    assert_eq!(ask(&text("three")).len(), 2);
    assert!(ask("").is_empty());
    assert!(ask("another text").is_empty());
}

/// More copies of a text than the documents of a key that count, filed in two orders.
#[test]
fn a_query_has_the_same_answer_whatever_the_order_in_which_an_index_was_filled() {
    let copy = |number: usize| {
        let word = |at: usize| match at == number % 230 || at == (7 * number + 3) % 230 {
            true => format!("edit{number}"),
            false => format!("word{at}"),
        };
        let text: Vec<String> = (0..230).map(word).collect();
        format!(r#"{{"id":"c{number}","text":"{}"}}"#, text.join(" "))
    };
    let copies: Vec<String> = (0..320).map(copy).collect();
    let backwards: Vec<String> = copies.iter().rev().cloned().collect();
    let drafts: Vec<String> = (1_000..1_006).map(copy).collect();
    for profile in ["near", "wire"] {
        let dir = Dir::new();
        dir.write("drafts.jsonl", &lines(&drafts));
        let answers = [("a", &copies), ("b", &backwards)].map(|(index, copies)| {
            let (first, then) = copies.split_at(150);
            dir.write("first.jsonl", &lines(first))
                .write("then.jsonl", &lines(then));
            let of = ["--index", index, "-q"];
            let build = ["index", "build", "first.jsonl", "--profile", profile];
            dir.wirecopy(&[&build[..], &of].concat()).exits(0);
            dir.wirecopy(&[&["index", "add", "then.jsonl"], &of[..]].concat())
                .exits(0);
            let query = ["index", "query", "drafts.jsonl", "--index", index];
            let answers = dir.wirecopy(&query).exits(0).stdout;
            let copies = |line: &str| -> BTreeSet<String> {
                let answer: Value = serde_json::from_str(line).unwrap();
                let copies = answer["copies"].as_array().unwrap().iter();
                copies
                    .map(|copy| copy["id"].as_str().unwrap().to_owned())
                    .collect()
            };
            answers.lines().map(copies).collect::<Vec<_>>()
        });
        assert_eq!(answers[0].len(), drafts.len());
        assert!(
            answers[0].iter().all(|copies| copies.len() > 20),
            "{:?}",
            answers[0]
        );
        assert_eq!(answers[0], answers[1], "{profile}");
    }
}
