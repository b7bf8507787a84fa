//! The disk that results are announced to take, against what they take.

use std::fs;
use std::io::Write as _;

use flate2::write::GzEncoder;
use serde_json::Value;

use crate::cmd::Dir;

/// A corpus as JSON Lines and CSV, plain and compressed.
fn corpora(dir: &Dir) {
    dir.corpus("plain.jsonl", 2_500, 300);
    let (mut jsonl, mut csv) = (String::new(), "id,headline,text\n".to_owned());
    for row in dir.rows("plain.jsonl") {
        let (id, text) = (row["id"].as_str().unwrap(), row["text"].as_str().unwrap());
        let record = serde_json::json!({ "id": id, "text": format!("\"So\" {text}") });
        jsonl += &format!("{record}\n");
        csv += &format!("{id},,\"\"\"So\"\" {text}\"\n");
    }
    let gzip = |name: &str, text: &str| {
        let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(text.as_bytes()).unwrap();
        fs::write(dir.path(name), encoder.finish().unwrap()).unwrap();
    };
    gzip("day.jsonl.gz", &jsonl);
    gzip("day.csv.gz", &csv);
    let zstd = zstd::bulk::compress(jsonl.as_bytes(), 19).unwrap();
    fs::write(dir.path("day.jsonl.zst"), zstd).unwrap();
    dir.write("day.jsonl", &jsonl).write("day.csv", &csv);
}

/// Bytes below a path.
fn bytes(path: &std::path::Path) -> u64 {
    if path.is_file() {
        return fs::metadata(path).unwrap().len();
    }
    let entries = fs::read_dir(path).unwrap();
    entries.map(|entry| bytes(&entry.unwrap().path())).sum()
}

#[test]
fn what_is_announced_is_no_less_than_what_is_written() {
    let dir = Dir::new();
    corpora(&dir);
    let mut runs = 0;
    for input in [
        "day.jsonl",
        "day.csv",
        "day.jsonl.gz",
        "day.csv.gz",
        "day.jsonl.zst",
    ] {
        for flags in [
            &["--write", "kept,annotated"][..],
            &["--write", "kept,annotated", "--merge"],
        ] {
            runs += 1;
            let out = format!("out{runs}");
            let near = ["--profile", "near", "--progress", "json"];
            let words = [&["dedup", input, "-o", &out][..], &near, flags].concat();
            let answer = dir.wirecopy(&words).exits(0).stderr;
            let event: Value = serde_json::from_str(answer.lines().next().unwrap()).unwrap();
            for need in event["output"]["corpora"].as_array().unwrap() {
                let written =
                    bytes(&dir.path(&format!("{out}/{}", need["names"].as_str().unwrap())));
                let announced = need["bytes"].as_u64().unwrap();
                let is_near = written <= announced + announced / 50;
                let holds = match need["is_bound"].as_bool().unwrap() {
                    true => written <= announced,
                    false => is_near,
                };
                assert!(holds, "{input} {flags:?}: {need}, {written} written");
                if need["names"].as_str().unwrap().starts_with("annotated") {
                    assert!(
                        announced <= written * 2,
                        "{input} {flags:?}: {need}, {written} written"
                    );
                }
            }
            let tables = event["output"]["tables_bytes"].as_u64().unwrap();
            let written: u64 = ["clusters", "pairs", "documents", "rejected"]
                .map(|table| bytes(&dir.path(&format!("{out}/{table}.jsonl"))))
                .iter()
                .sum();
            assert!(
                tables <= 4 * written && written <= 4 * tables,
                "{tables} {written}"
            );
        }
    }
}

#[test]
fn the_line_of_a_merged_corpus_says_its_decoded_length() {
    let dir = Dir::new();
    corpora(&dir);
    let plain = fs::metadata(dir.path("day.jsonl")).unwrap().len();
    assert!((5 << 20..8 << 20).contains(&plain), "{plain}");
    for (input, size) in [
        (
            "day.jsonl",
            format!("up to {:.1} MB", plain as f64 / f64::from(1 << 20)),
        ),
        (
            "day.jsonl.gz",
            format!("about {:.1} MB", plain as f64 / f64::from(1 << 20)),
        ),
        (
            "day.jsonl.zst",
            format!("about {:.1} MB", plain as f64 / f64::from(1 << 20)),
        ),
    ] {
        let words = ["dedup", input, "-o", "out", "--merge", "--dry-run"];
        let said = dir.wirecopy(&words).exits(0).stdout;
        let line = said
            .lines()
            .find(|line| line.starts_with("output"))
            .unwrap();
        assert!(
            line.contains(&format!("{size} written to kept.jsonl, ")),
            "{line}"
        );
        assert!(line.ends_with(" free"), "{line}");
    }
}
