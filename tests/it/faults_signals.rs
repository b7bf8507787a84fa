//! Asked to end, whatever it is doing: within a second, with the exit code of the signal, and nothing left lying.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::cmd::{Cmd, Dir, fixture};

/// A second is promised; a machine that runs many tests at once may take longer.
const PROMISED: Duration = Duration::from_secs(4);

/// A command that is listening for signals: it has mapped its program, and waits or works.
fn started(dir: &Dir, words: &[&str]) -> Child {
    let mut command = dir.command(words);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    command.stderr(Stdio::piped()).spawn().unwrap()
}

/// Sends signals one after the other, this far apart.
fn send(child: &Child, signals: &[&str], apart: Duration) {
    for (at, signal) in signals.iter().enumerate() {
        if at > 0 {
            thread::sleep(apart);
        }
        let mut kill = Command::new("kill");
        kill.args([&format!("-{signal}"), &child.id().to_string()]);
        kill.stderr(Stdio::null()).status().unwrap(); // it may have ended meanwhile
    }
}

/// The end of a command, in time.
#[track_caller]
fn ended(mut child: Child, answer: &str) -> Cmd {
    let _silent = child.stdin.take(); // open, so that its end is not read
    let start = Instant::now();
    let cmd = Cmd::of(child.wait_with_output().unwrap());
    assert!(
        start.elapsed() < PROMISED,
        "{answer}: {:?}",
        start.elapsed()
    );
    cmd
}

/// Waits until a process sleeps in a read or an open that is never answered.
fn wait_until_it_waits(child: &Child) {
    let stat = format!("/proc/{}/stat", child.id());
    let deadline = Instant::now() + Duration::from_secs(20);
    let mut asleep = 0;
    while asleep < 20 && Instant::now() < deadline {
        let state = fs::read_to_string(&stat).unwrap_or_default();
        let sleeps = state
            .rsplit(')')
            .next()
            .unwrap_or("")
            .trim()
            .starts_with('S');
        asleep = if sleeps { asleep + 1 } else { 0 };
        thread::sleep(Duration::from_millis(10));
    }
}

/// An index of the newsroom, a run over it, its ids and a pipe that is never written to.
fn begun() -> Dir {
    let dir = Dir::new();
    let input = fixture("newsroom/newsroom.jsonl");
    dir.wirecopy(&["cluster", &input, "-o", "run", "-q"])
        .exits(0);
    dir.wirecopy(&["index", "build", &input, "--index", "ix", "-q"])
        .exits(0);
    let pipe = Command::new("mkfifo").arg(dir.path("pipe")).status();
    assert!(pipe.unwrap().success());
    dir
}

/// What blocks for ever cannot look at a flag: a thread ends the program.
#[test]
fn a_command_that_waits_for_somebody_is_ended_by_one_signal() {
    let dir = begun();
    let names = dir.names();
    let index = dir.tree("ix");
    let waiting: [(&[&str], &str); 5] = [
        (
            &["index", "remove", "--ids", "pipe", "--index", "ix"],
            "the index is as before",
        ),
        (
            &["index", "remove", "--ids", "-", "--index", "ix"],
            "the index is as before",
        ),
        (
            &["index", "query", "-", "--index", "ix"],
            "the index is as before",
        ),
        (&["eval", "-", "--truth", "pipe"], "interrupted"),
        (&["cluster", "-", "-o", "out"], "nothing was written"),
    ];
    for (words, said) in waiting {
        for (signals, code) in [
            (&["TERM"][..], 143),
            (&["INT"], 130),
            (&["TERM", "TERM"], 143),
        ] {
            let child = started(&dir, words);
            wait_until_it_waits(&child);
            send(&child, signals, Duration::from_millis(5));
            let answer = format!("{words:?} {signals:?}");
            ended(child, &answer).exits(code).stderr_has(&[said]);
            assert_eq!(dir.names(), names, "{answer}");
        }
    }
    assert!(dir.tree("ix") == index, "the index was changed");
}

/// At any moment: the command has ended as if nothing had been, or is stopped and has changed nothing.
#[test]
fn every_command_ends_at_any_moment_and_leaves_all_or_nothing() {
    let dir = begun();
    dir.corpus("in.jsonl", 4_000, 120);
    dir.wirecopy(&["index", "build", "in.jsonl", "--index", "big", "-q"])
        .exits(0);
    dir.corpus("more.jsonl", 3_000, 100);
    let more = dir.read("more.jsonl").replace("\"id\": \"d", "\"id\": \"m");
    dir.write("more.jsonl", &more);
    dir.write("ids.txt", "d3\n");
    let truth = "id\tcluster\nd1\ta\nd2\ta\n";
    dir.write("truth.tsv", truth);
    let index = dir.tree("big");
    let names = dir.names();
    let commands: [&[&str]; 13] = [
        &["cluster", "in.jsonl", "-o", "out", "-q"],
        &["dedup", "in.jsonl", "-o", "out", "-q"],
        &["dedup", "in.jsonl", "--against", "big", "-o", "out", "-q"],
        &["index", "build", "in.jsonl", "--index", "new", "-q"],
        &["index", "add", "more.jsonl", "--index", "big", "-q"],
        &["index", "query", "more.jsonl", "--index", "big", "-q"],
        &["index", "remove", "--ids", "ids.txt", "--index", "big"],
        &["index", "verify", "--index", "big"],
        &["index", "compact", "--index", "big"],
        &["index", "rebuild-keys", "--index", "big", "-q"],
        &["index", "export-clusters", "--index", "big"],
        &["report", "--index", "big", "-o", "page.html"],
        &["eval", "run", "--truth", "truth.tsv"],
    ];
    let mut stopped = 0;
    for words in commands {
        for (after, signals) in [
            (40, &["TERM"][..]),
            (90, &["TERM", "TERM"]),
            (300, &["INT"]),
        ] {
            let child = started(&dir, words);
            thread::sleep(Duration::from_millis(after));
            send(&child, signals, Duration::from_millis(5));
            let answer = format!("{words:?} {signals:?} after {after} ms");
            let cmd = ended(child, &answer);
            // Before it listens, a signal has its usual effect.
            let early = cmd.code.is_none() && cmd.stderr.is_empty();
            let done = matches!(cmd.code, Some(0 | 5));
            if !early && !done {
                let expected = if signals[0] == "INT" { 130 } else { 143 };
                assert_eq!(cmd.code, Some(expected), "{answer}: {}", cmd.stderr);
                assert!(
                    cmd.stderr.contains("interrupted"),
                    "{answer}: {}",
                    cmd.stderr
                );
                stopped += 1;
            }
            let mut left = dir.names();
            if done || words[1] == "build" {
                left.retain(|name| !["out", "new", "page.html"].contains(&name.as_str()));
            }
            assert_eq!(left, names, "{answer}");
            if !done {
                assert!(dir.tree("big") == index, "{answer}: the index was changed");
            } else if dir.tree("big") != index {
                dir.wirecopy(&["index", "verify", "--index", "big"])
                    .exits(0);
                crate::index_faults::restore_as(&dir, "big", &index);
            }
            for name in ["out", "new"] {
                let _ = fs::remove_dir_all(dir.path(name));
            }
            let _ = fs::remove_file(dir.path("page.html"));
        }
    }
    // How many depends on the machine: all but the shortest commands take longer than the first pause.
    assert!(stopped >= 3, "{stopped} of 39 were stopped");
}

#[test]
fn a_limit_on_the_size_of_files_is_an_error_and_no_silent_death() {
    let dir = Dir::new();
    dir.corpus("in.jsonl", 5_000, 100);
    let program = env!("CARGO_BIN_EXE_wirecopy");
    for (words, said) in [
        ("dedup in.jsonl -o out --profile near", "`ulimit -f`"),
        ("cluster in.jsonl -o out", "`ulimit -f`)"),
        ("index build in.jsonl --index ix", "--temp-dir"),
    ] {
        let script = format!("ulimit -f 100; exec {program} {words}");
        let mut shell = Command::new("sh");
        shell.args(["-c", &script]).current_dir(dir.path(""));
        Cmd::of(shell.output().unwrap())
            .exits(1)
            .stderr_has(&[said]);
        let mut left = dir.names();
        left.retain(|name| name != "ix"); // where a build began
        assert_eq!(left, ["in.jsonl"], "{words}");
    }
}
