//! `wirecopy explain`: why two documents are, or are not, a pair; the figures of the `near` profile.

use serde_json::Value;

use crate::cmd::{Dir, fixture};

/// A folder with a finished run over the newsroom.
fn newsroom() -> Dir {
    let dir = Dir::new();
    let input = fixture("newsroom/newsroom.jsonl");
    dir.wirecopy(&["dedup", &input, "-o", "run", "--profile", "near"])
        .exits(0);
    dir
}

fn as_json(dir: &Dir, a: &str, b: &str) -> Value {
    let cmd = dir.wirecopy(&["explain", a, b, "--run", "run", "--json"]);
    serde_json::from_str(&cmd.exits(0).stdout).unwrap()
}

#[test]
fn a_revised_pair_shows_the_figures_of_pairs_jsonl() {
    let dir = newsroom();
    dir.wirecopy(&["explain", "chess", "chess-edited", "--run", "run"])
        .exits(0)
        .says("copies: the second is a revised version of the first")
        .says("candidate")
        .says("shingles in common")
        .says("story       both in c60f24d68add036a7\n")
        .says("{+");
    let rows = dir.rows("run/pairs.jsonl");
    let row = rows.iter().find(|row| row["b"] == "chess-edited").unwrap();
    let answer = as_json(&dir, "chess", "chess-edited");
    assert_eq!(row["a"], "chess");
    // A table prints a share with so many digits, explain all of them.
    for name in ["jaccard", "coverage_a", "coverage_b"] {
        let (exact, printed) = (answer[name].as_f64().unwrap(), row[name].as_f64().unwrap());
        assert!((exact - printed).abs() < 1e-6, "{name}: {exact} {printed}");
    }
    for name in ["shared", "accepted"] {
        assert_eq!(answer[name], row[name], "{name}");
    }
    assert_eq!(answer["relation"], "revised");
}

#[test]
fn every_reported_pair_is_explained_as_it_was_reported() {
    let dir = newsroom();
    for row in dir.rows("run/pairs.jsonl") {
        let (a, b) = (row["a"].as_str().unwrap(), row["b"].as_str().unwrap());
        let answer = as_json(&dir, a, b);
        assert_eq!(answer["accepted"], row["accepted"], "{a} {b}");
        // Equal texts were never counted by the run, and their row says so by 0.
        if row["shared"] != 0 {
            assert_eq!(answer["shared"], row["shared"], "{a} {b}");
        }
    }
}

#[test]
fn a_pair_that_a_chain_joins_says_so() {
    let dir = newsroom();
    dir.wirecopy(&["explain", "harvest-one", "harvest-three", "--run", "run"])
        .exits(0)
        .says("no copies")
        .says("a chain of copies joins them");
    let answer = as_json(&dir, "harvest-one", "strike-mirror");
    assert!(answer["cluster_a"].is_string() && answer["cluster_b"].is_null());
}

#[test]
fn an_unknown_id_cannot_write_on_the_screen() {
    let cmd = newsroom().wirecopy(&["explain", "\u{1b}[2J\n", "chess", "--run", "run"]);
    cmd.exits(1).stderr_has(&[r"the id `\u{1b}[2J\n`"]);
}

#[test]
fn an_exact_pair_has_nothing_that_only_one_has() {
    let dir = newsroom();
    let answer = as_json(&dir, "dome", "dome-again");
    assert_eq!(answer["relation"], "exact");
    assert_eq!(answer["jaccard"], 1.0);
    for side in ["a", "b"] {
        let passages = answer[side]["passages"].as_array().unwrap();
        assert!(passages.iter().all(|passage| passage["shared"] == true));
    }
}

#[test]
fn a_pair_that_is_no_copy_says_how_far_it_is() {
    let dir = newsroom();
    let pair = ["strike-mirror", "strike-deccan"];
    dir.wirecopy(&["explain", pair[0], pair[1], "--run", "run"])
        .exits(0)
        .says("no copies")
        .says("< 0.8");
    let answer = as_json(&dir, pair[0], pair[1]);
    assert_eq!(answer["accepted"], false);
    assert_eq!(answer["relation"], Value::Null);
    assert!(answer["jaccard"].as_f64().unwrap() < 0.8);
}

#[test]
fn an_unknown_id_is_named_with_where_ids_stand() {
    let dir = newsroom();
    dir.wirecopy(&["explain", "chess", "checkers", "--run", "run"])
        .exits(1)
        .stderr_has(&["`checkers`", "documents.jsonl"]);
    let slip = dir.wirecopy(&["explain", "chess", "ches-edited", "--run", "run"]);
    slip.exits(1).stderr_has(&["did you mean `chess-edited`? "]);
}

#[test]
fn a_run_that_is_not_there_is_named() {
    let dir = Dir::new();
    dir.wirecopy(&["explain", "a", "b", "--run", "nowhere"])
        .exits(1)
        .stderr_has(&["nowhere: no finished run: it holds no run.json", "--run"]);
    std::fs::create_dir(dir.path("other")).unwrap();
    dir.write("other/run.json", "{}");
    dir.wirecopy(&["explain", "a", "b", "--run", "other"])
        .exits(1)
        .stderr_has(&["other/run.json", "run again"]);
}

#[test]
fn a_run_that_read_standard_input_cannot_be_explained() {
    let dir = Dir::new();
    let input = std::fs::File::open(fixture("newsroom/newsroom.jsonl")).unwrap();
    let output = dir
        .command(&["cluster", "-", "-o", "run"])
        .stdin(input)
        .output();
    crate::cmd::Cmd::of(output.unwrap()).exits(0);
    dir.wirecopy(&["explain", "chess", "dome", "--run", "run"])
        .exits(2)
        .stderr_has(&["standard input", "run again on a file"]);
}

#[test]
fn colour_comes_only_when_it_is_asked_for() {
    let dir = newsroom();
    let words = ["explain", "chess", "chess-edited", "--run", "run"];
    let plain = dir.wirecopy(&words).exits(0).stdout;
    assert!(!plain.contains('\u{1b}'));
    for (when, colourful) in [("always", true), ("never", false)] {
        let cmd = dir.wirecopy(&[&words[..], &["--color", when]].concat());
        assert_eq!(cmd.exits(0).stdout.contains('\u{1b}'), colourful, "{when}");
    }
}
