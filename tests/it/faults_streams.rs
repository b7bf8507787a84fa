//! Damaged compressed files, pipes, and folders of small files.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::process::Command;

use crate::cluster::SEVEN;
use crate::cmd::{Cmd, Dir, fixture};

fn newsroom() -> String {
    fixture("newsroom/newsroom.jsonl")
}

/// The seven clusters of the newsroom in `near`.
fn seven() -> BTreeSet<Vec<String>> {
    let ids = |ids: &&[&str]| ids.iter().map(|&id| id.to_owned()).collect();
    SEVEN.iter().map(ids).collect()
}

const NEAR: [&str; 2] = ["--profile", "near"];

/// What a run over a damaged file rejected and read, where that is allowed; else it fails.
fn damaged(dir: &Dir, input: &str) -> (Vec<String>, u64) {
    let words = ["dedup", input, "-o", "out", "--max-rejected", "100%"];
    dir.wirecopy(&words)
        .exits(1)
        .stderr_has(&[input, "--accept-damaged"]);
    assert!(!dir.path("out").exists());
    let words = [&words[..], &["--accept-damaged"]].concat();
    dir.wirecopy(&words)
        .exits(3)
        .says("rejected")
        .stderr_has(&[input]);
    let rows = dir.rows("out/rejected.jsonl");
    let reason = |row: &serde_json::Value| row["reason"].as_str().unwrap().to_owned();
    let counts = &dir.json("out/run.json")["counts"];
    let count = |name: &str| counts[name].as_u64().unwrap();
    assert_eq!(
        count("kept") + count("removed") + count("rejected"),
        count("read")
    );
    (
        rows.iter().map(reason).collect(),
        count("kept") + count("removed"),
    )
}

#[test]
fn a_truncated_gz_gives_what_stands_before_the_cut() {
    let dir = Dir::new();
    let (said, read) = damaged(&dir, &fixture("formats/truncated.jsonl.gz"));
    let answer = said
        .iter()
        .any(|why| why.contains("damaged at byte") && why.contains("fetch the file again"));
    assert!(answer, "{said:?}");
    assert!((1..6).contains(&read), "{read}");
}

#[test]
fn one_damaged_gzip_member_costs_only_itself() {
    let dir = Dir::new();
    let (said, read) = damaged(&dir, &fixture("formats/damaged-member.jsonl.gz"));
    let answer = said
        .iter()
        .any(|why| why.contains("reading went on with the next member"));
    assert!(answer, "{said:?}");
    assert!(read >= 4, "{read}");
}

#[test]
fn a_damaged_zst_frame_costs_only_itself() {
    let dir = Dir::new();
    let mut bytes = fs::read(fixture("formats/frames.jsonl.zst")).unwrap();
    let quarter = bytes.len() / 4;
    bytes[quarter..quarter + 8]
        .iter_mut()
        .for_each(|byte| *byte = !*byte);
    fs::write(dir.path("in.jsonl.zst"), bytes).unwrap();
    let (said, read) = damaged(&dir, "in.jsonl.zst");
    let answer = said
        .iter()
        .any(|why| why.contains("in.jsonl.zst: damaged at byte"));
    assert!(answer, "{said:?}");
    assert!(read >= 3, "{read}");
}

#[test]
fn standard_input_gives_what_the_file_gives() {
    let dir = Dir::new();
    let input = File::open(newsroom()).unwrap();
    let words = ["dedup", "-", "-o", "out", "--write", "kept,removed"];
    let words = [&words[..], &NEAR].concat();
    Cmd::of(dir.command(&words).stdin(input).output().unwrap()).exits(0);
    assert_eq!(dir.clusters("out"), seven());
    assert_eq!(dir.read("out/kept/stdin.jsonl").lines().count(), 81);
    assert_eq!(dir.read("out/removed/stdin.jsonl").lines().count(), 7);
}

#[test]
fn a_compressed_pipe_is_known_by_its_bytes() {
    let dir = Dir::new();
    let input = File::open(fixture("formats/members.jsonl.gz")).unwrap();
    let words = ["dedup", "-", "-o", "out"];
    Cmd::of(dir.command(&words).stdin(input).output().unwrap()).exits(0);
    assert_eq!(dir.json("out/run.json")["counts"]["read"], 6);
}

#[test]
fn an_empty_pipe_is_an_empty_corpus_where_that_is_meant() {
    let dir = Dir::new();
    dir.wirecopy(&["dedup", "-", "-o", "out"])
        .exits(1)
        .stderr_has(&["stdin (0 bytes)", "--allow-empty"]);
    dir.wirecopy(&["dedup", "-", "-o", "out", "--allow-empty"])
        .exits(0)
        .stderr_has(&["no document was read"]);
}

#[test]
fn a_named_pipe_is_read_once_somebody_writes_to_it() {
    let dir = Dir::new();
    let fifo = dir.path("pipe.jsonl");
    assert!(
        Command::new("mkfifo")
            .arg(&fifo)
            .status()
            .unwrap()
            .success()
    );
    let writer = std::thread::spawn({
        let fifo = fifo.clone();
        move || fs::write(fifo, fs::read(newsroom()).unwrap())
    });
    dir.wirecopy(&[&["cluster", "pipe.jsonl", "-o", "out"], &NEAR[..]].concat())
        .exits(0);
    writer.join().unwrap().unwrap();
    assert_eq!(dir.clusters("out"), seven());
}

#[test]
fn the_pages_as_text_files_have_the_same_seven_clusters() {
    let dir = Dir::new();
    let words = ["dedup", &fixture("newsroom/pages"), "-o", "out"];
    dir.wirecopy(&[&words, &NEAR[..]].concat()).exits(0);
    let names = dir.clusters("out");
    let stem = |id: &str| id.trim_end_matches(".txt").to_owned();
    let names: BTreeSet<Vec<String>> = names
        .into_iter()
        .map(|ids| {
            let mut ids: Vec<String> = ids.iter().map(|id| stem(id)).collect();
            ids.sort();
            ids
        })
        .collect();
    assert_eq!(names, seven());
    let kept = fs::read_dir(dir.path("out/kept/pages")).unwrap().count();
    assert_eq!(kept, 81);
}

#[test]
fn inputs_of_several_forms_are_one_corpus() {
    let dir = Dir::new();
    let inputs = [
        newsroom(),
        fixture("newsroom/pages"),
        fixture("formats/quoted.csv"),
        fixture("formats/members.jsonl.gz"),
    ];
    let inputs: Vec<&str> = inputs.iter().map(String::as_str).collect();
    let words = [&["dedup"], &inputs[..], &["-o", "out"]].concat();
    dir.wirecopy(&words).exits(0);
    let counts = &dir.json("out/run.json")["counts"];
    assert_eq!(counts["read"], 88 + 88 + 6 + 6);
    let kept = dir.tree("out/kept");
    for name in ["newsroom.jsonl", "quoted.csv", "members.jsonl.gz"] {
        assert!(kept.contains_key(name), "{name}");
    }
}

/// The 200,000 of the design were run by hand; these are enough to go over every path.
#[test]
fn two_thousand_small_files_are_read_and_mirrored() {
    let dir = Dir::new();
    for folder in 0..20 {
        fs::create_dir_all(dir.path(&format!("pages/{folder}"))).unwrap();
        for page in 0..100 {
            let story = if page == 99 { 98 } else { page };
            let words: Vec<String> = (0..30)
                .map(|word| format!("w{folder}x{story}x{word}"))
                .collect();
            dir.write(&format!("pages/{folder}/{page}.txt"), &words.join(" "));
        }
    }
    dir.wirecopy(&["dedup", "pages", "-o", "out"]).exits(0);
    let counts = &dir.json("out/run.json")["counts"];
    assert_eq!(
        (&counts["read"], &counts["removed"]),
        (&2000.into(), &20.into())
    );
    let kept = dir.tree("out/kept/pages");
    assert_eq!(kept.len(), 1980);
    let page = fs::read(dir.path("pages/7/42.txt")).unwrap();
    assert_eq!(kept["7/42.txt"], page);
}
