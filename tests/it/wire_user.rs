//! wirecopy without a profile named, on inputs of every sort: the default is `wire`.

use std::collections::BTreeSet;
use std::fs::File;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::cmd::{Cmd, Dir, fixture};

fn newsroom() -> String {
    fixture("newsroom/newsroom.jsonl")
}

/// So many words that no other story has.
fn story(number: u64, words: u64) -> String {
    let word = |at: u64| {
        let mixed = (number * 10_007 + at).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
        format!("w{mixed:x}")
    };
    (0..words).map(word).collect::<Vec<_>>().join(" ")
}

/// Runs `dedup` over these texts, called `d0`, `d1` and so on.
fn deduplicated(texts: &[String]) -> (Dir, Cmd) {
    let dir = Dir::new();
    let lines = texts.iter().enumerate();
    let lines = lines.map(|(at, text)| json!({"id": format!("d{at}"), "text": text}).to_string());
    dir.write("in.jsonl", &(lines.collect::<Vec<_>>().join("\n") + "\n"));
    let cmd = dir.wirecopy(&["dedup", "in.jsonl", "-o", "out"]).exits(0);
    let counts = &dir.json("out/run.json")["counts"];
    let count = |name: &str| counts[name].as_u64().unwrap();
    assert_eq!(count("kept") + count("removed"), texts.len() as u64);
    (dir, cmd)
}

#[test]
fn what_is_not_said_is_wire() {
    let dir = Dir::new();
    for (out, flags) in [("silent", &[][..]), ("said", &["--profile", "wire"])] {
        let words = ["dedup", &newsroom(), "-o", out];
        dir.wirecopy(&[&words[..], flags].concat()).exits(0);
    }
    assert!(dir.tree("silent") == dir.tree("said"));
    let run = dir.json("silent/run.json");
    let recipe = run["recipe"].as_str().unwrap();
    assert!(
        recipe.starts_with("wire ") && recipe.contains(" threshold=0.74 "),
        "{recipe}"
    );
    assert_eq!(run["options"]["profile"], "wire");
}

/// The share of pairs exactly at the threshold is a figure of Jaccard similarities.
#[test]
fn a_recall_is_stated_where_there_is_one() {
    let dir = Dir::new();
    for (profile, stated) in [("wire", false), ("near", true)] {
        let words = ["cluster", &newsroom(), "-o", profile, "--profile", profile];
        let cmd = dir.wirecopy(&words).exits(0);
        assert_eq!(cmd.stdout.contains("recall"), stated, "{}", cmd.stdout);
        let run = dir.json(&format!("{profile}/run.json"));
        assert_eq!(run["recall_at_threshold"].is_f64(), stated, "{profile}");
        assert_eq!(run["recall_at_threshold"].is_null(), !stated, "{profile}");
    }
}

#[test]
fn one_document_has_no_copies() {
    let (dir, cmd) = deduplicated(&[story(1, 200)]);
    cmd.says("stories                    0\n")
        .says("kept                       1   100 %");
    assert!(dir.clusters("out").is_empty());
}

#[test]
fn of_thin_documents_equals_are_found() {
    let texts: Vec<String> = (0..40)
        .map(|at| format!("Back at nine on day {}", at % 7))
        .collect();
    let (dir, cmd) = deduplicated(&texts);
    cmd.says("thin documents            40   100 %")
        .says("kept                       7   17.5 %");
    assert_eq!(dir.clusters("out").len(), 7);
}

#[test]
fn three_hundred_equal_pages_are_one_story_and_no_boilerplate() {
    let (dir, cmd) = deduplicated(&vec![story(1, 300); 300]);
    cmd.says("stories                    1   of 300 documents\n")
        .says("words                      0   0 % of 90,000 words")
        .says("exact                  299\n");
    assert_eq!(dir.json("out/run.json")["work"]["compared"], 0);
}

/// Chinese and Japanese are cut into characters, each of which counts as a word.
#[test]
fn texts_without_spaces_have_copies() {
    let chinese = |from: u32, characters: u32| -> String {
        let character = |at: u32| char::from_u32(0x4e00 + (from + at * at * 7 + at) % 5_000);
        (0..characters).filter_map(character).collect()
    };
    let (full, other) = (chinese(0, 300), chinese(2_500, 300));
    let cut: String = full.chars().take(200).collect();
    let japanese = "昨日の東京株式市場で日経平均株価は続落し、前日比で百円安となった。海外市場の下落を\
                    受けて売りが先行した。半導体関連の銘柄が安く、自動車も売られた。";
    let texts = [
        full.clone(),
        cut,
        other,
        japanese.to_owned(),
        format!("【速報】{japanese}（共同）"),
    ];
    let (dir, _) = deduplicated(&texts);
    let two = |a: &str, b: &str| vec![a.to_owned(), b.to_owned()];
    assert_eq!(
        dir.clusters("out"),
        BTreeSet::from([two("d0", "d1"), two("d3", "d4")])
    );
}

#[test]
fn hostile_texts_do_no_harm() {
    let texts: Vec<String> = vec![
        String::new(),
        "\0".repeat(1_000),
        "\u{202e}\u{200b}".repeat(500),
        "a\u{301}".repeat(2_000),
        "\n".repeat(10_000),
        "x".repeat(200_000),
        "a ".repeat(50_000),
        "A. ".repeat(5_000),
        "1 2 3 4 5 ".repeat(2_000),
        "\u{feff}\u{fffd}😀 ".repeat(3_000),
        "<script>alert(1)</script>\u{1b}[31m ".repeat(300),
        story(1, 100),
    ];
    let (dir, cmd) = deduplicated(&texts);
    assert!(!cmd.stdout.contains('\u{1b}') && !cmd.stderr.contains('\u{1b}'));
    assert_eq!(dir.read("out/kept/in.jsonl").lines().count() as u64, {
        let counts = &dir.json("out/run.json")["counts"];
        counts["kept"].as_u64().unwrap()
    });
}

#[test]
fn a_pipe_gives_the_clusters_of_the_file() {
    let dir = Dir::new();
    dir.wirecopy(&["cluster", &newsroom(), "-o", "file"])
        .exits(0);
    let mut piped = dir.command(&["cluster", "-", "-o", "pipe"]);
    piped.stdin(File::open(newsroom()).unwrap());
    Cmd::of(piped.output().unwrap()).exits(0);
    for name in ["clusters.jsonl", "pairs.jsonl", "boilerplate.bin"] {
        assert!(dir.tree("file")[name] == dir.tree("pipe")[name], "{name}");
    }
}

/// `wirecopy … | head -2`.
#[test]
fn a_reader_of_two_lines_gets_them() {
    let dir = Dir::new();
    let mut run = dir.command(&["cluster", &newsroom(), "-o", "out"]);
    let mut run = run
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let head = Command::new("head")
        .arg("-2")
        .stdin(run.stdout.take().unwrap())
        .output();
    let read = String::from_utf8(head.unwrap().stdout).unwrap();
    assert_eq!(read.lines().count(), 2, "{read}");
    assert!(run.wait().unwrap().success());
}

/// In any order of the records, and with any number of threads, by every profile.
#[test]
fn shuffled_records_are_the_same_partition() {
    let text = std::fs::read_to_string(newsroom()).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    let dir = Dir::new();
    let clusters = |lines: &[&str], out: &str, flags: &[&str]| {
        dir.write("in.jsonl", &(lines.join("\n") + "\n"));
        let words = ["cluster", "in.jsonl", "-o", out];
        dir.wirecopy(&[&words[..], flags].concat()).exits(0);
        let rows = dir.rows(&format!("{out}/clusters.jsonl"));
        let named = |row: Value| (row["id"].to_string(), row["cluster_id"].to_string());
        rows.into_iter().map(named).collect::<BTreeSet<_>>()
    };
    let given = clusters(&lines, "given", &["--threads", "1"]);
    lines.sort_by_key(|line| (line.len() * 53) % 101);
    assert_eq!(clusters(&lines, "shuffled", &["--threads", "2"]), given);
}
