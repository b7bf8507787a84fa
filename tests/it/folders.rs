//! Folders as people hold them: what of them is read, and what is passed over and named.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use serde_json::Value;

use crate::cmd::{Cmd, Dir};

/// So many records, distinguished by a name.
pub(crate) fn records(name: &str, count: usize) -> String {
    let line = |n: usize| {
        format!("{{\"id\": \"{name}-{n}\", \"text\": \"the {name} ferry number {n} is late\"}}\n")
    };
    (0..count).map(line).collect()
}

/// Files below a folder called `in`.
pub(crate) fn folder(files: &[(&str, &[u8])]) -> Dir {
    let dir = Dir::new();
    for (name, bytes) in files {
        put(&dir, name, bytes);
    }
    dir
}

pub(crate) fn put(dir: &Dir, name: &str, bytes: &[u8]) {
    let path = dir.path("in").join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

pub(crate) fn run(dir: &Dir, flags: &[&str]) -> Cmd {
    let words = ["dedup", "in", "-o", "out", "--profile", "near", "--force"];
    dir.wirecopy(&[&words[..], flags].concat())
}

/// Reads so many records with exit code 0, and passes over just these.
#[track_caller]
pub(crate) fn reads(dir: &Dir, flags: &[&str], read: u64, passed: &[&str]) {
    let said = run(dir, flags).exits(0);
    let run = dir.json("out/run.json");
    assert_eq!(run["counts"]["read"], read, "{}", said.stderr);
    assert_eq!(run["counts"]["rejected"], 0, "{}", said.stderr);
    assert_eq!(run["loss"], false);
    let names: Vec<String> = passed.iter().map(|name| format!("in/{name}")).collect();
    assert_eq!(run["passed_over"]["files"], Value::from(names.clone()));
    assert_eq!(run["passed_over"]["count"], passed.len());
    for name in &names {
        assert!(said.stdout.contains(name), "{name} in\n{}", said.stdout);
        assert!(said.stderr.contains(name), "{name} in\n{}", said.stderr);
    }
}

#[test]
fn a_data_set_of_a_hub_is_its_shards() {
    let dir = folder(&[
        ("README.md", b"---\nlicense: mit\n---\n# Ferries\n"),
        ("LICENSE", b"Permission is granted"),
        (
            "dataset_infos.json",
            b"{\n  \"default\": {\n    \"features\": {\"text\": {\"dtype\": \"string\"}}\n  }\n}\n",
        ),
        ("data/train-0.jsonl", records("a", 5).as_bytes()),
        ("data/train-1.jsonl", records("b", 4).as_bytes()),
        (".gitattributes", b"*.jsonl filter=lfs\n"),
        (".git/config", b"[core]\n"),
        ("croissant.json", b"{\"name\": \"ferries\"}"),
        ("labels.json", b"[\n  {\"name\": \"late\"}\n]"),
    ]);
    let papers = [
        "LICENSE",
        "README.md",
        "croissant.json",
        "dataset_infos.json",
        "labels.json",
    ];
    reads(&dir, &[], 9, &papers);
}

#[test]
fn marks_of_programs_are_no_documents() {
    let dir = folder(&[
        ("part-00000-8c1e.json", records("a", 3).as_bytes()),
        ("part-00001-8c1e.json", records("b", 3).as_bytes()),
        (".part-00000-8c1e.json.crc", b"crc\0"),
        ("_SUCCESS", b""),
        ("_committed_8123", b"{\"added\":[]}"),
        (
            "_delta_log/00000.json",
            b"{\"commitInfo\":{}}\n{\"add\":{}}\n",
        ),
        ("SHA256SUMS", b"aa  part-00000\n"),
        ("Thumbs.db", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
        ("desktop.ini", b"[.ShellClassInfo]"),
        (".DS_Store", b"\0\0\0\x01Bud1"),
        ("__MACOSX/._part-00000-8c1e.json", b"\0\x05\x16\x07"),
        ("__MACOSX/part-00000-8c1e.json", b"\0\x05\x16\x07"),
        ("part-00000-8c1e.json~", records("a", 3).as_bytes()),
    ]);
    let papers = [
        "SHA256SUMS",
        "Thumbs.db",
        "_SUCCESS",
        "_committed_8123",
        "_delta_log/00000.json",
        "__MACOSX/part-00000-8c1e.json",
        "desktop.ini",
        "part-00000-8c1e.json~",
    ];
    let mut sorted = papers;
    sorted.sort_unstable();
    reads(&dir, &[], 6, &sorted);
}

#[test]
fn bare_names_are_known_by_their_bytes() {
    // As Hadoop writes it, and BigQuery.
    let dir = folder(&[
        ("part-00000", records("a", 3).as_bytes()),
        ("000000000001", records("b", 3).as_bytes()),
        ("shard.jl", records("c", 3).as_bytes()),
        ("table", b"id,text\n1,one row of a table\n"),
        ("_SUCCESS", b""),
    ]);
    reads(&dir, &[], 10, &["_SUCCESS"]);
}

#[test]
fn logs_and_counts_of_a_pipeline_are_no_documents() {
    let dir = folder(&[
        ("output/00000.jsonl", records("a", 4).as_bytes()),
        ("output/00001.jsonl", records("b", 4).as_bytes()),
        ("completions/00000", b""),
        ("completions/00001", b""),
        ("executor.json", b"{\n \"tasks\": 2\n}"),
        ("logs/task_00000.log", b"2026-01-01 | INFO | started"),
        ("stats/00000.json", b"[\n {\n \"name\": \"reader\"\n }\n]\n"),
        ("stats.json", b"[{\"name\": \"reader\"}]"),
        ("clean.py", b"print('x')"),
        ("job.slurm", b"#!/bin/bash"),
    ]);
    let papers = [
        "clean.py",
        "completions/00000",
        "completions/00001",
        "executor.json",
        "job.slurm",
        "logs/task_00000.log",
        "stats/00000.json",
        "stats.json",
    ];
    reads(&dir, &[], 8, &papers);
}

#[test]
fn pages_are_documents_and_the_papers_beside_them_are_none() {
    let dir = folder(&[
        ("README.md", b"Pages of the harbour."),
        ("LICENSE.txt", b"Free."),
        ("notice-of-road-works.txt", b"The road is closed."),
        ("one.txt", b"The ferry is late."),
        ("site/two.md", b"The ferry is early."),
        ("three", b"The ferry is here."),
        ("crawl.json", b"{\"started\": 1}"),
        ("logo.png", b"\x89PNG\r\n"),
    ]);
    reads(
        &dir,
        &[],
        4,
        &["LICENSE.txt", "README.md", "crawl.json", "logo.png"],
    );
}

#[test]
fn nothing_but_papers_is_no_corpus_unless_they_are_asked_for_by_name() {
    let dir = folder(&[
        ("one/README.md", b"The first project."),
        ("two/README.md", b"The second project."),
        ("LICENSE", b"Free."),
    ]);
    run(&dir, &[]).exits(1).stderr_has(&[
        "in: the folder holds no document",
        "LICENSE, one/README.md",
        "--glob",
    ]);
    reads(&dir, &["--glob", "README.md"], 2, &[]);
}

#[test]
fn a_table_without_a_text_is_no_document_beside_such() {
    let table = b"file,licence\na.txt,cc0\nb.txt,cc0\n";
    let dir = folder(&[
        ("a.jsonl", records("a", 9).as_bytes()),
        (
            "counts.jsonl",
            b"{\"day\": 1, \"pages\": 9}\n{\"day\": 2, \"pages\": 8}\n",
        ),
        ("metadata.csv", table),
    ]);
    reads(&dir, &[], 9, &["counts.jsonl", "metadata.csv"]);
    let pages = folder(&[
        (
            "a.txt",
            b"The ferry is late, and nobody on the quay knows why.",
        ),
        (
            "b.txt",
            b"The ferry is early, and everybody on the quay knows why.",
        ),
        ("metadata.csv", table),
    ]);
    reads(&pages, &[], 2, &[]); // it describes them
    // A text by another name is no such table, and alone it is the corpus.
    let long = format!("{{\"wording\": \"{}\"}}\n", "word ".repeat(50));
    let other = folder(&[
        ("a.jsonl", records("a", 9).as_bytes()),
        ("b.jsonl", long.as_bytes()),
    ]);
    run(&other, &[])
        .exits(1)
        .stderr_has(&["b.jsonl: no text", "wording", "--glob"]);
    // Nor is half a record, or half a header.
    for (name, bytes) in [
        ("b.jsonl", "{\"id\": \"b-0\", \"te"),
        ("b.json", "{\"id\": \"b-0\", \"te"),
        ("part-0", "{\"id\": \"b-0\", \"te"),
        ("b.csv", "id,tit"),
    ] {
        let cut = folder(&[
            ("a.jsonl", records("a", 9).as_bytes()),
            (name, bytes.as_bytes()),
        ]);
        run(&cut, &[]).exits(1).stderr_has(&[name]);
    }
    let alone = folder(&[("metadata.csv", table)]);
    run(&alone, &[])
        .exits(1)
        .stderr_has(&["fields found: file, licence"]);
}

#[test]
fn texts_beside_data_are_papers_only_while_they_are_few() {
    let dir = folder(&[
        ("a.jsonl", records("a", 30).as_bytes()),
        ("notes.txt", b"Fetched on Monday."),
        ("index.html", b"<html>Ferries</html>"),
        ("field.story", b"The ferry."),
    ]);
    reads(&dir, &[], 30, &["field.story", "index.html", "notes.txt"]);

    // Many, or much.
    let many = Dir::new();
    put(&many, "a.jsonl", records("a", 200).as_bytes());
    for page in 0..21 {
        put(&many, &format!("pages/{page}.txt"), b"A page.");
    }
    let much = folder(&[
        ("a.jsonl", records("a", 2).as_bytes()),
        ("train.txt", records("b", 9).as_bytes()),
    ]);
    for dir in [&many, &much] {
        run(dir, &[]).exits(1).stderr_has(&[
            "in: it is not clear",
            "a.jsonl",
            ".txt",
            "--glob '*.jsonl'",
        ]);
        assert!(!dir.path("out").exists());
    }
    reads(&many, &["--glob", "*.jsonl"], 200, &[]);
    reads(&many, &["--glob", "!*.jsonl"], 21, &[]);
    reads(&many, &["--glob", "*.jsonl", "--glob", "pages/*"], 221, &[]);
    run(&many, &["--skip-unreadable"]).exits(3);
    assert_eq!(many.json("out/run.json")["passed_over"]["count"], 21);
    let names = many.json("out/run.json")["passed_over"]["files"].clone();
    assert_eq!(names.as_array().unwrap().len(), 20);
}

#[test]
fn a_pattern_chooses() {
    let dir = folder(&[
        ("2023/a.jsonl", records("a", 2).as_bytes()),
        ("2024/b.jsonl", records("b", 3).as_bytes()),
        ("2024/old.jsonl", records("c", 4).as_bytes()),
        ("2024/x.parquet", b"PAR1"),
        (".hidden.jsonl", records("d", 5).as_bytes()),
    ]);
    reads(&dir, &["--glob", "*.jsonl"], 9, &[]);
    reads(&dir, &["--glob", "2024/*.jsonl", "--glob", "!old*"], 3, &[]);
    reads(
        &dir,
        &["--glob", "!*.parquet", "--glob", "!2024/**"],
        2,
        &[],
    );
    run(&dir, &["--glob", "*.csv"])
        .exits(1)
        .stderr_has(&["--glob *.csv", "no file of the folders fits"]);
    run(&dir, &["--glob", "*.csv", "--allow-empty"]).exits(0);
    run(&dir, &["--glob", "a{b"])
        .exits(1)
        .stderr_has(&["--glob a{b"]);
    let named = [
        "dedup",
        "in/2023/a.jsonl",
        "-o",
        "out",
        "--force",
        "--glob",
        "*.jsonl",
    ];
    dir.wirecopy(&named)
        .exits(1)
        .stderr_has(&["no folder is given"]);
}

#[test]
fn a_pattern_is_repeated_by_explain_and_by_the_next_command() {
    let twice = "{\"id\":\"a-0\",\"text\":\"the ferry is late again\"}\n{\"id\":\"a-1\",\"text\":\"the ferry is late again\"}\n";
    let dir = folder(&[
        ("a.jsonl", twice.as_bytes()),
        ("b.jsonl", records("b", 2).as_bytes()),
    ]);
    let words = [
        "cluster",
        "in",
        "-o",
        "out",
        "--profile",
        "near",
        "--glob",
        "{a,b}.jsonl",
        "--glob",
        "!b*",
    ];
    dir.wirecopy(&words)
        .exits(0)
        .says("--glob='{a,b}.jsonl'")
        .says("--glob='!b*'");
    dir.wirecopy(&["explain", "a-0", "a-1", "--run", "out"])
        .exits(0);
}

#[test]
fn a_dry_run_names_what_is_passed_over() {
    let dir = folder(&[
        ("README.md", b"# Ferries"),
        ("a.jsonl", records("a", 3).as_bytes()),
    ]);
    let words = ["cluster", "in", "-o", "out", "--dry-run"];
    dir.wirecopy(&words)
        .exits(0)
        .says("passed over 1 file: in/README.md");
    let answer = dir
        .wirecopy(&[&words[..], &["--progress", "json"]].concat())
        .exits(0);
    let answer: Value = serde_json::from_str(answer.stdout.trim()).unwrap();
    assert_eq!(answer["passed_over"]["files"][0], "in/README.md");
}

#[test]
fn links_are_followed_as_a_hub_keeps_its_files() {
    let dir = folder(&[
        ("blobs/0a1b", records("a", 3).as_bytes()),
        ("blobs/2c3d", b"# Ferries"),
    ]);
    fs::create_dir_all(dir.path("in/snapshots/main/data")).unwrap();
    let link =
        |to: &str, name: &str| symlink(Path::new(to), dir.path("in/snapshots/main").join(name));
    link("../../../blobs/0a1b", "data/train.jsonl").unwrap();
    link("../../blobs/2c3d", "README.md").unwrap();
    let words = [
        "dedup",
        "in/snapshots/main",
        "-o",
        "out",
        "--profile",
        "near",
    ];
    dir.wirecopy(&words)
        .exits(0)
        .says("in/snapshots/main/README.md");
    assert_eq!(dir.json("out/run.json")["counts"]["read"], 3);
}

#[test]
fn folders_of_months_and_labels_name_no_outlet_and_those_of_papers_do() {
    let text = b"The ferry to the island was late again on Monday, and nobody could say whether Tuesday would be any better.";
    let of = |folders: [&str; 2]| {
        let names = folders.map(|folder| format!("{folder}/a.txt"));
        let dir = folder(&names.each_ref().map(|name| (&**name, &text[..])));
        reads(&dir, &[], 2, &[]);
        let rows = dir.rows("out/clusters.jsonl");
        let publishers = rows.iter().map(|row| row["publisher"].to_string());
        publishers.collect::<Vec<_>>()
    };
    for folders in [["month1", "month2"], ["2021-03", "2021-04"], ["pos", "neg"]] {
        let publishers = of(folders);
        assert!(
            publishers
                .iter()
                .all(|name| name == "null" || name == "\"\""),
            "{publishers:?}"
        );
    }
    assert_eq!(of(["courier", "post"]), ["\"courier\"", "\"post\""]);
    assert_eq!(
        of(["2021/courier", "2022/post"]),
        ["\"courier\"", "\"post\""]
    );
}
