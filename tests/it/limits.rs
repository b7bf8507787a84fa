//! Limits at their very edge, and limits that show only once everything has been read.

use std::fs::{self, File};
use std::process::Stdio;

use crate::cmd::{Cmd, Dir};

/// Two texts of 12 MB, compared, take some 300 MB.
#[test]
fn a_text_that_memory_does_not_allow_is_refused_with_a_way_out() {
    let dir = Dir::new();
    let long: String = (0..1_500_000).map(|n| format!("w{n:06} ")).collect();
    let short = format!(
        "{{\"text\": \"{}\"}}\n",
        "a few words of a page ".repeat(70)
    );
    let mut lines = short.repeat(1_000); // more than the look ahead sees
    lines.push_str(&format!("{{\"text\": \"{long}\"}}\n").repeat(2));
    dir.write("in.jsonl", &lines);
    for profile in ["near", "wire"] {
        let words = [
            "cluster",
            "in.jsonl",
            "-o",
            "out",
            "--profile",
            profile,
            "--memory",
            "200M",
        ];
        dir.wirecopy(&words).exits(1).stderr_has(&[
            "a text of 11 MB",
            "may use 200 MB",
            "--max-record",
            "--memory",
        ]);
        let bounded = [&words[..], &["--max-record", "1M"]].concat();
        dir.wirecopy(&bounded).exits(0);
        std::fs::remove_dir_all(dir.path("out")).unwrap();
    }
}

/// 80 KB that ask for 2 GB to look back on.
#[test]
fn a_window_larger_than_memory_allows_is_refused() {
    let dir = Dir::new();
    let frame = [0x28, 0xB5, 0x2F, 0xFD, 0, 21 << 3, 3, 0, 0];
    std::fs::write(dir.path("wide.jsonl.zst"), frame).unwrap();
    dir.wirecopy(&["cluster", "wide.jsonl.zst", "-o", "out", "--memory", "200M"])
        .exits(1)
        .stderr_has(&["2048 MB of memory, and may have 50", "--memory"]);
}

#[test]
fn a_stream_of_more_documents_than_memory_allows_is_refused_while_they_are_counted() {
    let dir = Dir::new();
    dir.corpus("day.jsonl", 20_000, 3);
    for (profile, memory) in [("near", "70"), ("wire", "80")] {
        let allowed = format!("{memory}M");
        let words = ["cluster", "-", "-o", "out", "--memory", &allowed];
        let mut command = dir.command(&[&words[..], &["--profile", profile]].concat());
        command.stdin(Stdio::from(File::open(dir.path("day.jsonl")).unwrap()));
        Cmd::of(command.output().unwrap()).exits(1).stderr_has(&[
            " documents",
            &format!("may use {memory} MB"),
            "--memory",
        ]);
        assert_eq!(dir.names(), ["day.jsonl"], "nothing is left behind");
    }
}

#[test]
fn rejects_exactly_at_the_limit_are_within_it() {
    let dir = Dir::new();
    let lines = (0..100).map(|n| match n < 29 {
        true => "not json\n".to_owned(),
        false => format!("{{\"id\": {n}, \"text\": \"page {n}\"}}\n"),
    });
    dir.write("day.jsonl", &lines.collect::<String>());
    let run = |limit| {
        dir.wirecopy(&[
            "cluster",
            "day.jsonl",
            "-o",
            "out",
            "--force",
            "--max-rejected",
            limit,
        ])
    };
    run("0.29").exits(0);
    run("29%").exits(0);
    run("28.9999%").exits(3);
}

#[test]
fn a_dry_run_leaves_alone_what_an_earlier_run_left() {
    let dir = Dir::new();
    dir.corpus("day.jsonl", 10, 20);
    fs::create_dir(dir.path(".out.wirecopy-staging")).unwrap();
    dir.write(
        ".out.wirecopy-staging/clusters.jsonl",
        "finished, and not placed",
    );
    dir.wirecopy(&["cluster", "day.jsonl", "-o", "out", "--dry-run"])
        .exits(0);
    let kept = dir.read(".out.wirecopy-staging/clusters.jsonl");
    assert_eq!(kept, "finished, and not placed");
    dir.write("out", "a file");
    dir.wirecopy(&["cluster", "day.jsonl", "-o", "out", "--dry-run"])
        .exits(1)
        .stderr_has(&["expected a folder"]);
}

/// Twelve thousand records without a text, each of which names its fields: some 8 MB, beside the 64 that a run takes anyway.
#[test]
fn what_rejected_records_take_is_counted() {
    let dir = Dir::new();
    let fields: String = (0..40)
        .map(|n| format!("\"a field of no use whatever {n}\":1,"))
        .collect();
    let mut lines = "{\"text\": \"a page like any other\"}\n".repeat(3_000);
    lines.push_str(&format!("{{{fields}\"end\":1}}\n").repeat(12_000));
    dir.write("in.jsonl", &lines);
    let run = |memory: &str| {
        let words = [
            "cluster",
            "in.jsonl",
            "-o",
            "out",
            "--profile",
            "near",
            "--max-rejected",
            "100%",
        ];
        dir.wirecopy(&[&words[..], &["--no-mmap", "--memory", memory]].concat())
    };
    run("68M")
        .exits(1)
        .stderr_has(&["may use 68 MB", "--memory"]);
    run("100M").exits(0);
    let rows = dir.rows("out/rejected.jsonl");
    let longest = rows
        .iter()
        .filter_map(|row| row["reason"].as_str())
        .map(str::len)
        .max();
    assert!(longest.is_some_and(|longest| longest < 520), "{longest:?}");
}
