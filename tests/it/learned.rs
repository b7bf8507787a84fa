//! `boilerplate.bin` and `--boilerplate`: what one run has learned, another starts from.

use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::cmd::{Dir, fixture};

/// A run in `wire` over an input, into `out`, with further flags.
fn wire(dir: &Dir, input: &str, out: &str, flags: &[&str]) -> Value {
    let words = ["cluster", input, "-o", out, "--profile", "wire"];
    dir.wirecopy(&[&words, flags].concat()).exits(0);
    dir.json(&format!("{out}/run.json"))
}

#[test]
fn what_a_run_has_learned_makes_the_same_run_again() {
    let dir = Dir::new();
    let input = fixture("newsroom/newsroom.jsonl");
    let learned = wire(&dir, &input, "a", &[]);
    let answer = wire(&dir, &input, "b", &["--boilerplate", "a/boilerplate.bin"]);
    let (mut a, mut b) = (dir.tree("a"), dir.tree("b"));
    a.remove("run.json");
    b.remove("run.json");
    assert!(a.contains_key("boilerplate.bin") && a.contains_key("clusters.jsonl"));
    assert!(
        a == b,
        "all tables, and what was learned, are the same bytes"
    );
    assert_eq!(learned["recipe"], answer["recipe"]);
    for figure in ["digest", "pages", "grams_everywhere", "grams_of_outlets"] {
        assert_eq!(learned["learned"][figure], answer["learned"][figure]);
    }
    let digest = learned["learned"]["digest"].as_str().unwrap();
    let recipe = learned["recipe"].as_str().unwrap();
    assert!(recipe.ends_with(&format!(" learned={digest}")), "{recipe}");
    assert!(learned["learned"]["file"].is_null());
    assert_eq!(answer["learned"]["file"].as_str().unwrap().len(), 16);
    assert_eq!(answer["options"]["boilerplate"], "a/boilerplate.bin");
}

#[test]
fn a_run_with_given_tables_learns_nothing_and_groups_once() {
    let dir = Dir::new();
    let input = fixture("newsroom/newsroom.jsonl");
    wire(&dir, &input, "a", &[]);
    let words = [
        "cluster",
        &input,
        "-o",
        "b",
        "--progress",
        "plain",
        "--boilerplate",
    ];
    let cmd = dir
        .wirecopy(&[&words[..], &["a/boilerplate.bin"]].concat())
        .exits(0)
        .stderr_has(&["as the given file says", "[2/6] masking boilerplate"]);
    assert!(!cmd.stderr.contains("learning"), "{}", cmd.stderr);
    assert_eq!(cmd.stderr.matches("comparing stories").count(), 1);
    assert!(dir.json("b/timing.json")["seconds"]["learn"].is_null());
}

/// Two pages of one outlet do not show what is the outlet's; the newsroom does.
#[test]
fn a_few_pages_are_masked_by_what_many_have_taught() {
    let dir = Dir::new();
    let input = fixture("newsroom/newsroom.jsonl");
    wire(&dir, &input, "all", &[]);
    let pages = fs::read_to_string(&input).unwrap();
    let few: Vec<&str> = pages
        .lines()
        .filter(|line| {
            ["\"drains\"", "\"kabaddi\"", "\"bell\""]
                .iter()
                .any(|id| line.contains(id))
        })
        .collect();
    assert_eq!(few.len(), 3);
    dir.write("few.jsonl", &(few.join("\n") + "\n"));
    let alone = wire(&dir, "few.jsonl", "alone", &[]);
    let answer = wire(
        &dir,
        "few.jsonl",
        "told",
        &["--boilerplate", "all/boilerplate.bin"],
    );
    let masked = |run: &Value| {
        run["boilerplate"]["total"]["masked_words"]
            .as_u64()
            .unwrap()
    };
    assert!(
        masked(&answer) > masked(&alone),
        "{} {}",
        masked(&answer),
        masked(&alone)
    );
    assert_ne!(answer["recipe"], alone["recipe"]);
}

#[test]
fn any_number_of_threads_learns_the_same_bytes() {
    let dir = Dir::new();
    let input = fixture("newsroom/newsroom.jsonl");
    for threads in ["1", "8"] {
        wire(&dir, &input, threads, &["--threads", threads]);
    }
    assert!(dir.tree("1") == dir.tree("8"));
}

#[test]
fn the_profile_that_masks_nothing_takes_no_boilerplate() {
    let dir = Dir::new();
    let input = fixture("newsroom/newsroom.jsonl");
    let words = [
        "dedup",
        &input,
        "-o",
        "out",
        "--profile",
        "near",
        "--boilerplate",
        "a.bin",
    ];
    dir.wirecopy(&words)
        .exits(2)
        .stderr_has(&["--boilerplate", "--profile wire"]);
    assert!(dir.names().is_empty());
    dir.wirecopy(&["cluster", &input, "-o", "out", "--profile", "near"])
        .exits(0);
    assert!(!dir.path("out/boilerplate.bin").exists());
    assert!(dir.json("out/run.json")["learned"].is_null());
}

#[test]
fn a_file_that_is_none_or_is_damaged_stops_a_run_before_it_begins() {
    let dir = Dir::new();
    let input = fixture("newsroom/newsroom.jsonl");
    wire(&dir, &input, "a", &[]);
    let good = fs::read(dir.path("a/boilerplate.bin")).unwrap();
    let mut flipped = good.clone();
    *flipped.last_mut().unwrap() ^= 0x10;
    let mut newer = good.clone();
    newer[8] += 1;
    let old = fs::read(fixture("formats/boilerplate-1.bin")).unwrap();
    for (name, bytes) in [
        ("flip.bin", &flipped[..]),
        ("cut.bin", &good[..good.len() / 2]),
    ] {
        fs::write(dir.path(name), bytes).unwrap();
    }
    fs::write(dir.path("newer.bin"), newer).unwrap();
    fs::write(dir.path("old.bin"), old).unwrap();
    dir.write("text.bin", "{\"id\": 1}\n");
    // Opened before it is looked at, a pipe would wait for ever.
    let made = Command::new("mkfifo").arg(dir.path("pipe")).status();
    assert!(made.unwrap().success());
    let before = dir.names();
    for (file, says) in [
        ("flip.bin", "damaged: expected the checksum"),
        ("cut.bin", "damaged: expected"),
        ("newer.bin", "expected format 1, found format 2"),
        ("old.bin", "text=t1 hash=h1"),
        ("text.bin", "found a file that begins with `{"),
        ("missing.bin", "cannot read it"),
        ("a", "expected a file"),
        ("pipe", "expected a file"),
    ] {
        for end in [&[][..], &["--dry-run"]] {
            let words = [
                "cluster",
                &input,
                "-o",
                "out",
                "--progress",
                "plain",
                "--boilerplate",
            ];
            let cmd = dir
                .wirecopy(&[&words[..], &[file], end].concat())
                .exits(1)
                .stderr_has(&[&format!("error: {file}: "), says]);
            assert!(!cmd.stderr.contains("reading"), "{}", cmd.stderr);
        }
    }
    assert_eq!(dir.names(), before);
}
