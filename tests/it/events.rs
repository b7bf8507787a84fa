//! What a program hears (`--progress json`): nothing but objects, each with its time, also of what stops a run.

use serde_json::Value;

use crate::cmd::{Cmd, Dir, fixture};

/// Everything said beside the result, as objects.
#[track_caller]
fn events(cmd: &Cmd) -> Vec<Value> {
    let events = cmd.stderr.lines().map(|line| {
        let event: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"));
        assert!(
            event["event"].is_string() && event["time"].is_string(),
            "{event}"
        );
        event
    });
    events.collect()
}

#[track_caller]
fn stopped(dir: &Dir, words: &[&str], code: i32, kind: &str, path: Option<&str>) {
    let cmd = dir
        .wirecopy(&[words, &["--progress", "json"]].concat())
        .exits(code);
    let events = events(&cmd);
    let error = events.last().unwrap();
    assert_eq!(error["event"], "error", "{words:?}");
    assert_eq!(error["kind"], kind, "{words:?}: {error}");
    assert_eq!(error["exit_code"], code, "{words:?}");
    let answer = error["path"].as_str();
    let is_same = answer
        .zip(path)
        .is_none_or(|(answer, path)| answer.ends_with(path));
    assert!(
        answer.is_some() == path.is_some() && is_same,
        "{words:?}: {error}"
    );
    let message = error["message"].as_str().unwrap();
    assert!(!message.is_empty() && !message.contains('\n'), "{message}");
    assert!(cmd.stdout.is_empty(), "{}", cmd.stdout);
}

#[test]
fn what_stops_a_run_is_an_event() {
    let dir = Dir::new();
    let input = fixture("newsroom/newsroom.jsonl");
    dir.write("empty.jsonl", "")
        .write("full", "mine")
        .write("a.jsonl", "{\"x\": 1}\n");
    let run = |input: &'static str| ["cluster", input, "-o", "out"];
    stopped(
        &dir,
        &run("gone.jsonl"),
        1,
        "no_such_input",
        Some("gone.jsonl"),
    );
    stopped(
        &dir,
        &run("day-*.jsonl"),
        1,
        "no_such_input",
        Some("day-*.jsonl"),
    );
    stopped(&dir, &run("empty.jsonl"), 1, "nothing_read", None);
    stopped(&dir, &run("a.jsonl"), 1, "unfit_input", Some("a.jsonl"));
    stopped(
        &dir,
        &["cluster", &input, "-o", "full"],
        1,
        "unfit_output",
        Some("full"),
    );
    let small = ["cluster", &input, "-o", "out", "--memory", "1M"];
    stopped(&dir, &small, 1, "memory", None);
    stopped(
        &dir,
        &["cluster", &input, "-o", "out", "--no-such"],
        2,
        "usage",
        None,
    );
    let near = ["cluster", &input, "-o", "out", "--recall", "0.9"];
    stopped(&dir, &near, 2, "usage", None);
    stopped(
        &dir,
        &["index", "add", &input, "--index", "ix"],
        1,
        "no_index",
        Some("ix"),
    );
    dir.write("flags.toml", "progress = \"json\"\n");
    let cmd = dir.wirecopy(&[
        "cluster",
        "gone.jsonl",
        "-o",
        "out",
        "--config",
        "flags.toml",
    ]);
    assert_eq!(events(&cmd)[0]["kind"], "no_such_input");
}

#[test]
fn stages_that_come_twice_are_distinguished() {
    let dir = Dir::new();
    let input = fixture("newsroom/newsroom.jsonl");
    let cmd = dir
        .wirecopy(&["cluster", &input, "-o", "out", "--progress", "json"])
        .exits(0);
    let events = events(&cmd);
    let passes = |stage: &str| {
        let ended = events
            .iter()
            .filter(|event| event["stage"] == stage && event["state"] == "end");
        ended
            .map(|event| event["pass"].as_u64().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(passes("read"), [1]);
    assert_eq!(passes("learn"), [1, 2]);
    assert_eq!(passes("verify"), [1, 2]);
    let masked = events
        .iter()
        .find(|event| event["stage"] == "sketch" && event["state"] == "end");
    let masked = masked.unwrap();
    assert_eq!(
        (&masked["done"], &masked["total"]),
        (&88.into(), &88.into())
    );
    let summary: Value = serde_json::from_str(&cmd.stdout).unwrap();
    assert!(summary["time"].is_string());
}
