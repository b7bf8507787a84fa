//! Stopped by Ctrl-C, wherever it is: either the whole result is there, or nothing.

use std::fs;
use std::io::{BufRead, BufReader, Read as _};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::{Duration, Instant};

use crate::cmd::Dir;

/// Starts a run and waits until it says this.
fn started(
    dir: &Dir,
    words: &[&str],
    stdin: Stdio,
    until: &str,
) -> (Child, BufReader<ChildStderr>) {
    let mut child = dir
        .command(&[words, &["--progress", "json", "--threads", "1"]].concat())
        .stdin(stdin)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stderr = BufReader::new(child.stderr.take().unwrap());
    let mut said = String::new();
    let until = format!("\"stage\":\"{until}\"");
    while !said.contains(&until) {
        assert!(
            stderr.read_line(&mut said).unwrap() > 0,
            "ended early: {said}"
        );
    }
    (child, stderr)
}

pub(crate) fn interrupt(child: &Child) {
    let mut kill = Command::new("kill");
    kill.args(["-INT", &child.id().to_string()]);
    kill.status().unwrap(); // it may have ended meanwhile
}

/// Waits for the end: the exit code, and what was said.
fn ended(mut child: Child, mut stderr: BufReader<ChildStderr>) -> (Option<i32>, String) {
    let mut said = String::new();
    stderr.read_to_string(&mut said).unwrap();
    assert!(!said.contains("panicked"), "{said}");
    (child.wait().unwrap().code(), said)
}

#[test]
fn a_run_that_is_stopped_in_any_stage_leaves_all_or_nothing() {
    let dir = Dir::new();
    dir.corpus("in.jsonl", 20_000, 120);
    let words = [
        "dedup",
        "in.jsonl",
        "-o",
        "out",
        "--write",
        "kept,removed,annotated",
    ];
    for stage in [
        "read", "learn", "sketch", "index", "verify", "cluster", "write",
    ] {
        let (child, stderr) = started(&dir, &words, Stdio::null(), stage);
        interrupt(&child);
        let (code, said) = ended(child, stderr);
        if code == Some(0) {
            // The signal came when all was done; only a short last stage allows that.
            assert!(dir.path("out/run.json").exists(), "{stage}: {said}");
            fs::remove_dir_all(dir.path("out")).unwrap();
        } else {
            assert_eq!(code, Some(130), "{stage}: {said}");
            assert!(
                said.contains("interrupted; nothing was written"),
                "{stage}: {said}"
            );
        }
        assert_eq!(dir.names(), ["in.jsonl"], "{stage}");
    }
}

#[test]
fn what_a_killed_run_left_the_next_clears_away() {
    let dir = Dir::new();
    dir.corpus("in.jsonl", 20_000, 120);
    let words = ["dedup", "in.jsonl", "-o", "out"];
    let (mut child, stderr) = started(&dir, &words, Stdio::null(), "write");
    child.kill().unwrap();
    drop(stderr);
    child.wait().unwrap();
    assert!(!dir.path("out").exists());
    dir.wirecopy(&words).exits(0);
    assert_eq!(dir.names(), ["in.jsonl", "out"]);
}

/// The map of a file that is cut reads as zeros from there on; the run must not take these for
/// the file.
#[test]
fn a_file_that_is_cut_while_results_are_written_fails_the_run() {
    let dir = Dir::new();
    for stage in ["index", "verify", "write"] {
        dir.corpus("in.jsonl", 20_000, 120);
        let words = [
            "dedup",
            "in.jsonl",
            "-o",
            "out",
            "--write",
            "kept,annotated",
        ];
        let (child, stderr) = started(&dir, &words, Stdio::null(), stage);
        let file = fs::OpenOptions::new()
            .write(true)
            .open(dir.path("in.jsonl"));
        file.unwrap().set_len(1 << 20).unwrap();
        let (code, said) = ended(child, stderr);
        assert_eq!(code, Some(1), "{stage}: {said}");
        assert!(
            said.contains("in.jsonl: changed while it was read"),
            "{stage}: {said}"
        );
        assert_eq!(dir.names(), ["in.jsonl"], "{stage}");
    }
}

#[test]
fn a_silent_standard_input_can_be_interrupted() {
    let dir = Dir::new();
    let words = ["cluster", "-", "-o", "out"];
    let (mut child, stderr) = started(&dir, &words, Stdio::piped(), "read");
    let stdin = child.stdin.take();
    let start = Instant::now();
    interrupt(&child);
    let (code, said) = ended(child, stderr);
    assert_eq!(code, Some(130), "{said}");
    assert!(start.elapsed() < Duration::from_secs(5));
    assert!(dir.names().is_empty());
    drop(stdin);
}

#[test]
fn a_named_pipe_that_nobody_writes_to_can_be_interrupted() {
    let dir = Dir::new();
    let fifo = dir.path("pipe.jsonl");
    assert!(
        Command::new("mkfifo")
            .arg(&fifo)
            .status()
            .unwrap()
            .success()
    );
    let words = ["cluster", "pipe.jsonl", "-o", "out"];
    let (child, stderr) = started(&dir, &words, Stdio::null(), "read");
    interrupt(&child);
    let (code, said) = ended(child, stderr);
    assert_eq!(code, Some(130), "{said}");
    assert_eq!(dir.names(), ["pipe.jsonl"]);
}
