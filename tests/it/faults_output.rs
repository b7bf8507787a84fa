//! Where results cannot go, and what stands where they did: nothing is lost, nothing left lying.

use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::path::PathBuf;
use std::process::{ChildStdin, Command, Stdio};

use crate::cmd::{Cmd, Dir, fixture, skipped};

/// A file system of one megabyte, for as long as the test runs.
struct Small(PathBuf);

impl Small {
    /// Nothing where the system does not let us mount one.
    fn mount(dir: &Dir) -> Option<Small> {
        let path = dir.path("small");
        fs::create_dir(&path).unwrap();
        let mut mount = Command::new("mount");
        mount
            .args(["-t", "tmpfs", "-o", "size=1m", "tmpfs"])
            .arg(&path);
        let mounted = mount.stderr(Stdio::null()).status();
        if mounted.is_ok_and(|status| status.success()) {
            return Some(Small(path));
        }
        skipped("a small file system cannot be mounted here");
        None
    }

    fn is_empty(&self) -> bool {
        fs::read_dir(&self.0).unwrap().next().is_none()
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_is_reported_and_nothing_stays_on_it() {
    let dir = Dir::new();
    let Some(small) = Small::mount(&dir) else {
        return;
    };
    dir.corpus("in.jsonl", 5_000, 100);
    for (command, flags) in [
        ("dedup", &[][..]),
        ("dedup", &["--write", "kept", "--merge"]),
        ("cluster", &["--format", "jsonl,csv"]),
    ] {
        // Tables of the second command fill the disk once there are enough rows.
        let input = if command == "cluster" {
            "rows.jsonl"
        } else {
            "in.jsonl"
        };
        dir.corpus("rows.jsonl", 20_000, 3);
        let words = [command, input, "-o", "small/out", "--temp-dir", "."];
        let words = [&words, flags].concat();
        dir.wirecopy(&words)
            .exits(1)
            .stderr_has(&["warning: results may take ", " are free", "-o"])
            .stderr_has(&["disk full: writing ", "small/", "free space", "-o"]);
        assert!(small.is_empty());
    }
}

#[test]
fn results_that_cannot_fit_are_refused_before_the_run() {
    let dir = Dir::new();
    let Some(small) = Small::mount(&dir) else {
        return;
    };
    dir.corpus("in.jsonl", 5_000, 100);
    for flags in [
        &["--write", "annotated"][..],
        &["--write", "kept,removed"],
        &["--write", "removed,kept", "--merge", "--dry-run"],
    ] {
        let words = ["dedup", "in.jsonl", "-o", "small/out", "--temp-dir", "."];
        let said = dir.wirecopy(&[&words, flags].concat()).exits(1);
        let said = said.stderr_has(&[
            "this run writes about ",
            "small",
            " are free",
            "-o",
            "--write",
        ]);
        assert!(!said.stderr.contains("read:"), "{}", said.stderr);
        assert!(small.is_empty());
    }
}

#[test]
fn story_texts_that_would_not_fit_the_disk_are_reported_before_the_run() {
    let dir = Dir::new();
    let Some(small) = Small::mount(&dir) else {
        return;
    };
    dir.corpus("in.jsonl", 5_000, 100);
    dir.wirecopy(&["cluster", "in.jsonl", "-o", "small/out"])
        .exits(1)
        .stderr_has(&["spools about", "small", "--temp-dir"]);
    assert!(small.is_empty());
}

#[test]
fn a_spool_that_fills_the_disk_says_where_it_was() {
    let dir = Dir::new();
    let Some(small) = Small::mount(&dir) else {
        return;
    };
    dir.corpus("in.jsonl", 5_000, 100);
    let input = File::open(dir.path("in.jsonl")).unwrap();
    let words = ["cluster", "-", "-o", "out", "--temp-dir", "small"];
    Cmd::of(dir.command(&words).stdin(input).output().unwrap())
        .exits(1)
        .stderr_has(&["small: no space left", "stdin", "--temp-dir"]);
    assert!(small.is_empty());
    assert_eq!(dir.names(), ["in.jsonl", "small"]);
}

#[test]
fn a_limit_on_the_size_of_files_is_reported_with_the_file() {
    let dir = Dir::new();
    dir.corpus("in.jsonl", 5_000, 100);
    let program = env!("CARGO_BIN_EXE_wirecopy");
    let script = format!("ulimit -f 100; exec {program} dedup in.jsonl -o out --profile near");
    let mut shell = Command::new("sh");
    shell.args(["-c", &script]).current_dir(dir.path(""));
    Cmd::of(shell.output().unwrap()).exits(1).stderr_has(&[
        "writing ",
        ".wirecopy-staging/",
        "large",
        "`ulimit -f`",
    ]);
    assert_eq!(dir.names(), ["in.jsonl"]);
}

#[test]
fn a_standard_output_that_takes_nothing_is_a_failure_behind_the_results() {
    let dir = Dir::new();
    let Ok(full) = OpenOptions::new().write(true).open("/dev/full") else {
        skipped("there is no /dev/full");
        return;
    };
    let input = fixture("newsroom/newsroom.jsonl");
    let mut command = dir.command(&["cluster", &input, "-o", "out"]);
    let output = command.stdout(full).stderr(Stdio::piped()).output();
    Cmd::of(output.unwrap())
        .exits(5)
        .stderr_has(&["the results are in place", "No space left"]);
    assert!(dir.path("out/run.json").exists());
}

#[test]
fn an_output_below_a_file_is_refused() {
    let dir = Dir::new();
    dir.write("file", "");
    let input = fixture("newsroom/newsroom.jsonl");
    dir.wirecopy(&["cluster", &input, "-o", "file/out"])
        .exits(1)
        .stderr_has(&["file"]);
    dir.wirecopy(&["cluster", &input, "-o", "file"])
        .exits(1)
        .stderr_has(&["file: expected a folder or nothing, found a file"]);
    assert_eq!(dir.names(), ["file"]);
}

#[test]
fn a_temporary_folder_that_is_not_there_is_named() {
    let dir = Dir::new();
    let input = fixture("formats/members.jsonl.gz");
    dir.wirecopy(&["cluster", &input, "-o", "out", "--temp-dir", "nowhere"])
        .exits(1)
        .stderr_has(&["nowhere: cannot write temporary files", "--temp-dir"]);
    assert!(dir.names().is_empty());
}

/// A run over `in.jsonl` and standard input, which has opened its inputs and waits for the second:
/// what happens to the first now happens while it is read.
fn waiting(
    dir: &Dir,
    flags: &[&str],
) -> (
    std::process::Child,
    ChildStdin,
    BufReader<std::process::ChildStderr>,
) {
    let words = [
        &["dedup", "in.jsonl", "-", "-o", "out", "--progress", "json"],
        flags,
    ]
    .concat();
    let mut child = dir
        .command(&words)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let stdin = child.stdin.take().unwrap();
    let mut stderr = BufReader::new(child.stderr.take().unwrap());
    let mut said = String::new();
    while !said.contains(r#""stage":"read""#) {
        assert!(
            stderr.read_line(&mut said).unwrap() > 0,
            "ended early: {said}"
        );
    }
    (child, stdin, stderr)
}

#[test]
fn a_file_that_changes_while_it_is_read_fails_the_run_and_not_the_process() {
    type Change = fn(&File);
    let cut: Change = |file| file.set_len(1 << 20).unwrap();
    let emptied: Change = |file| file.set_len(0).unwrap();
    let grown: Change = |mut file| file.write_all(b"{\"text\": \"one more\"}\n").unwrap();
    for flags in [&[][..], &["--no-mmap"]] {
        for (name, change) in [("cut", cut), ("emptied", emptied), ("grown", grown)] {
            let dir = Dir::new();
            dir.corpus("in.jsonl", 5_000, 100);
            let (mut child, stdin, mut stderr) = waiting(&dir, flags);
            let file = OpenOptions::new().append(true).open(dir.path("in.jsonl"));
            change(&file.unwrap());
            drop(stdin);
            let mut said = String::new();
            stderr.read_to_string(&mut said).unwrap();
            let code = child.wait().unwrap().code();
            assert_eq!(code, Some(1), "{name} {flags:?}: {said}");
            assert!(
                said.contains("in.jsonl: changed while it was read"),
                "{name}: {said}"
            );
            assert!(
                said.contains("run again") && !said.contains("panicked"),
                "{name}: {said}"
            );
            assert_eq!(dir.names(), ["in.jsonl"], "{name}");
        }
    }
}

#[test]
fn a_file_that_goes_away_while_it_is_read_is_named() {
    let dir = Dir::new();
    dir.corpus("in.jsonl", 100, 20);
    let (mut child, stdin, mut stderr) = waiting(&dir, &[]);
    fs::remove_file(dir.path("in.jsonl")).unwrap();
    drop(stdin);
    let mut said = String::new();
    stderr.read_to_string(&mut said).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1), "{said}");
    assert!(said.contains("in.jsonl: no such file"), "{said}");
    assert!(dir.names().is_empty());
}
