//! Limits at their very edge, and limits that show only once everything has been read.

use std::fs::{self, File};
use std::process::Stdio;

use crate::cmd::{Cmd, Dir};

#[test]
fn a_stream_of_more_documents_than_memory_allows_is_refused_once_they_are_counted() {
    let dir = Dir::new();
    dir.corpus("day.jsonl", 20_000, 3);
    for (profile, memory) in [("near", "70"), ("wire", "80")] {
        let allowed = format!("{memory}M");
        let words = ["cluster", "-", "-o", "out", "--memory", &allowed];
        let mut command = dir.command(&[&words[..], &["--profile", profile]].concat());
        command.stdin(Stdio::from(File::open(dir.path("day.jsonl")).unwrap()));
        Cmd::of(command.output().unwrap()).exits(1).tells(&[
            "20000 documents",
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
        .tells(&["expected a folder"]);
}
