//! The corpora of Parquet inputs are Parquet: the same rows, with all of their columns, in the same order.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use wirecopy_formats::{Column, Kind, write_parquet};

use crate::cmd::{Cmd, Dir};
use crate::table_forms::parquet;

/// A file that pyarrow wrote, of 40 rows in 4 row groups.
fn groups() -> String {
    format!(
        "{}/crates/formats/fixtures/tables/groups_snappy.parquet",
        env!("CARGO_MANIFEST_DIR")
    )
}

/// News as Parquet: every third document is a copy of the one before.
fn news(dir: &Dir, name: &str, first: u32) {
    let rows: Vec<String> = (first..first + 9)
        .map(|n| {
            let story = if n % 3 == 2 { n - 1 } else { n };
            let words: Vec<String> = (0..60).map(|word| format!("w{}", story * 977 + word * 7)).collect();
            json!({"id": format!("d{n}"), "text": words.join(" "), "views": n, "ratio": 0.5, "tags": ["a", null], "is_own": n % 2 == 0})
                .to_string()
        })
        .collect();
    let columns = [
        ("id", Kind::Text),
        ("text", Kind::Text),
        ("views", Kind::Whole),
        ("ratio", Kind::Number),
        ("tags", Kind::Texts),
        ("is_own", Kind::Truth),
    ];
    let columns = columns.map(|(name, kind)| Column::new(name, kind)).to_vec();
    let bytes = write_parquet(rows, Some(columns), Vec::new()).unwrap();
    let path = dir.path(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// The rows of a file whose documents have a verdict.
fn of_verdict(all: &[Value], documents: &[Value], verdict: &str) -> Vec<Value> {
    assert_eq!(all.len(), documents.len());
    let pairs = all.iter().zip(documents);
    let chosen = pairs.filter(|(_, row)| row["verdict"] == verdict);
    chosen.map(|(row, _)| row.clone()).collect()
}

const PARTS: [&str; 2] = ["--write", "kept,removed,annotated"];

#[test]
fn a_file_comes_out_as_parquet() {
    let dir = Dir::new();
    news(&dir, "news.parquet", 0);
    fs::copy(groups(), dir.path("groups.parquet")).unwrap();
    for name in ["news.parquet", "groups.parquet"] {
        let all = parquet(&dir.path(name));
        for threads in ["1", "2"] {
            let out = format!("{name}-{threads}");
            let words = [
                "dedup",
                name,
                "-o",
                &out,
                "--profile",
                "near",
                "--threads",
                threads,
            ];
            dir.wirecopy(&[&words[..], &PARTS].concat()).exits(0);
            let documents = dir.rows(&format!("{out}/documents.jsonl"));
            for verdict in ["kept", "removed"] {
                let found = parquet(&dir.path(&format!("{out}/{verdict}/{name}")));
                assert_eq!(found, of_verdict(&all, &documents, verdict));
                let counted = &dir.json(&format!("{out}/run.json"))[format!("{verdict}_corpus")];
                assert_eq!(counted["records"], found.len());
            }
            let annotated = parquet(&dir.path(&format!("{out}/annotated/{name}")));
            for ((found, own), document) in annotated.iter().zip(&all).zip(&documents) {
                let mut expected = own.clone();
                for (key, value) in document.as_object().unwrap() {
                    let is_ours = !["file", "offset", "also_in"].contains(&key.as_str());
                    if is_ours && *value != json!("") {
                        expected[format!("wirecopy_{key}")] = value.clone();
                    }
                }
                assert_eq!(*found, expected);
            }
        }
        assert_eq!(
            dir.tree(&format!("{name}-1")),
            dir.tree(&format!("{name}-2"))
        );
    }
    let removed = parquet(&dir.path("news.parquet-1/removed/news.parquet"));
    assert_eq!(removed.len(), 3);
}

#[test]
fn a_folder_of_shards_comes_out_as_one() {
    let dir = Dir::new();
    for (name, first) in [
        ("data/train-0.parquet", 0),
        ("data/de/train-1.parquet", 9),
        ("more.parquet", 0),
    ] {
        news(&dir, name, first);
    }
    fs::write(dir.path("data/README.md"), "# A data set\n").unwrap();
    let words = [
        "dedup",
        "data",
        "more.parquet",
        "-o",
        "out",
        "--profile",
        "near",
        "--glob",
        "*.parquet",
    ];
    dir.wirecopy(&[&words[..], &PARTS].concat()).exits(0);
    let documents = dir.rows("out/documents.jsonl");
    for part in ["kept", "removed"] {
        let mut found = Vec::new();
        let mut all = Vec::new();
        for name in [
            "data/de/train-1.parquet",
            "data/train-0.parquet",
            "more.parquet",
        ] {
            found.extend(parquet(&dir.path(&format!("out/{part}/{name}"))));
            all.extend(parquet(&dir.path(name)));
        }
        assert_eq!(found, of_verdict(&all, &documents, part));
    }
    // Merged, they are JSON Lines.
    let words = [
        "dedup",
        "data",
        "-o",
        "merged",
        "--profile",
        "near",
        "--glob",
        "*.parquet",
        "--merge",
    ];
    dir.wirecopy(&words).exits(0);
    assert_eq!(dir.rows("merged/kept.jsonl").len(), 12);
}

#[test]
fn annotating_again_replaces_what_was_said() {
    let dir = Dir::new();
    news(&dir, "news.parquet", 0);
    let run = |input: &str, out: &str| {
        let words = [
            "dedup",
            input,
            "-o",
            out,
            "--profile",
            "near",
            "--write",
            "annotated",
        ];
        dir.wirecopy(&words)
    };
    run("news.parquet", "once").exits(0);
    run("once/annotated/news.parquet", "twice").exits(0);
    let [once, twice] =
        ["once", "twice"].map(|out| parquet(&dir.path(&format!("{out}/annotated/news.parquet"))));
    assert_eq!(once, twice);
    // A user's own column of that name is none of ours.
    let rows = ["{\"text\":\"a b c\",\"wirecopy_verdict\":\"mine\"}"];
    let bytes = write_parquet(rows, None, Vec::new()).unwrap();
    fs::write(dir.path("own.parquet"), bytes).unwrap();
    run("own.parquet", "own")
        .exits(1)
        .stderr_has(&["wirecopy_verdict"]);
    assert!(!dir.path("own").exists());
}

#[test]
fn rows_of_damaged_groups_are_named_and_the_others_written() {
    let dir = Dir::new();
    let mut bytes = fs::read(groups().replace("snappy", "none")).unwrap();
    let at = memchr::memmem::find(&bytes, b"The council met for the 15th time").unwrap();
    bytes[at - 2] = 0xFF; // the length before a value
    fs::write(dir.path("bad.parquet"), bytes).unwrap();
    let words = ["dedup", "bad.parquet", "-o", "out", "--profile", "near"];
    dir.wirecopy(&words)
        .exits(1)
        .stderr_has(&["bad.parquet", "row group 2", "--accept-damaged"]);
    dir.wirecopy(&[&words[..], &PARTS, &["--accept-damaged"]].concat())
        .exits(3);
    let documents: Vec<Value> = dir.rows("out/documents.jsonl");
    let documents: Vec<Value> = documents
        .into_iter()
        .filter(|row| row["verdict"] != "rejected")
        .collect();
    let all = parquet_of_whole(&dir.path("bad.parquet"));
    assert_eq!(all.len(), 30);
    for part in ["kept", "removed"] {
        let found = parquet(&dir.path(&format!("out/{part}/bad.parquet")));
        assert_eq!(found, of_verdict(&all, &documents, part));
    }
}

/// A stream has no rows to go back to: they come out as they were converted.
#[test]
fn parquet_on_standard_input_is_read() {
    let dir = Dir::new();
    news(&dir, "news.parquet", 0);
    let input = fs::File::open(dir.path("news.parquet")).unwrap();
    let words = ["dedup", "-", "-o", "out", "--profile", "near"];
    Cmd::of(dir.command(&words).stdin(input).output().unwrap()).exits(0);
    assert_eq!(dir.rows("out/kept/stdin.jsonl").len(), 6);
}

/// The rows that can be read of a damaged file.
fn parquet_of_whole(path: &Path) -> Vec<Value> {
    let whole = parquet(Path::new(&groups()));
    let _ = path;
    whole[..10].iter().chain(&whole[20..]).cloned().collect()
}

#[test]
fn a_damaged_column_that_was_not_compared_stops_the_copy() {
    let dir = Dir::new();
    let path = groups().replace("groups_snappy", "heavy");
    let mut bytes = fs::read(path).unwrap();
    // A page of the vectors, which are not read to compare texts.
    let length = bytes.len();
    let mut refused = 0;
    for at in (4..length - 700).step_by(97) {
        bytes[at] ^= 0x55;
        fs::write(dir.path("heavy.parquet"), &bytes).unwrap();
        let words = [
            "dedup",
            "heavy.parquet",
            "-o",
            "out",
            "--profile",
            "near",
            "--force",
        ];
        let output = dir.command(&words).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        if said.contains("rows cannot be written as they are") {
            assert_eq!(output.status.code(), Some(1));
            assert!(
                said.contains("heavy.parquet: Parquet: row group 1, column `")
                    && said.contains("--merge"),
                "{said}"
            );
            refused += 1;
        }
        bytes[at] ^= 0x55;
    }
    assert!(refused > 0);
}
