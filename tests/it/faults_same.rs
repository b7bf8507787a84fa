//! The same bytes in every output, however a run is carried out, and every record in one place.

use std::fs;
use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::cmd::{Dir, fixture};

/// Inputs of every form, some of several blocks, copies among them and a few broken records.
fn mixed() -> Dir {
    let dir = Dir::new();
    dir.corpus("many.jsonl", 4_000, 120);
    let many = fs::read(dir.path("many.jsonl")).unwrap();
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(&many).unwrap();
    fs::write(dir.path("packed.jsonl.gz"), encoder.finish().unwrap()).unwrap();
    fs::copy(fixture("formats/quoted.csv"), dir.path("quoted.csv")).unwrap();
    fs::copy(fixture("formats/bad-records.jsonl"), dir.path("bad.jsonl")).unwrap();
    dir
}

/// Runs `dedup` over all of it.
fn run(dir: &Dir, out: &str, flags: &[&str]) {
    let pages = fixture("newsroom/pages");
    let inputs = [
        "many.jsonl",
        "packed.jsonl.gz",
        "quoted.csv",
        "bad.jsonl",
        &pages,
    ];
    let written = ["--write", "kept,removed,annotated", "--format", "jsonl,csv"];
    let words = [&["dedup"], &inputs[..], &["-o", out], &written, flags].concat();
    dir.wirecopy(&words).exits(0);
}

/// Equal, file by file; the bytes of a megabyte are not printed.
#[track_caller]
fn same(dir: &Dir, a: &str, b: &str) {
    let (first, second) = (dir.tree(a), dir.tree(b));
    let names = |tree: &std::collections::BTreeMap<String, Vec<u8>>| {
        tree.keys().cloned().collect::<Vec<String>>()
    };
    assert_eq!(names(&first), names(&second));
    for (name, bytes) in &first {
        assert!(*bytes == second[name], "{name} differs between {a} and {b}");
    }
}

#[test]
fn any_number_of_threads_writes_the_same_bytes() {
    let dir = mixed();
    for threads in ["1", "2", "8"] {
        run(&dir, threads, &["--threads", threads]);
    }
    assert!(dir.tree("1").len() > 60);
    same(&dir, "1", "2");
    same(&dir, "1", "8");
}

#[test]
fn files_that_are_read_give_the_bytes_of_files_that_are_mapped() {
    let dir = mixed();
    run(&dir, "mapped", &[]);
    run(&dir, "read", &["--no-mmap"]);
    same(&dir, "mapped", "read");
}

/// Lines of a file of records, decoded if it must be; of a CSV table, its rows.
fn records(name: &str, bytes: &[u8]) -> usize {
    if name.ends_with(".csv") {
        let mut table = csv::Reader::from_reader(bytes);
        return table.records().map(Result::unwrap).count();
    }
    if name.ends_with(".txt") {
        return 1;
    }
    let mut decoded = Vec::new();
    if name.ends_with(".gz") {
        MultiGzDecoder::new(bytes)
            .read_to_end(&mut decoded)
            .unwrap();
    } else {
        decoded.extend_from_slice(bytes);
    }
    let lines = decoded.split(|&byte| byte == b'\n');
    lines.filter(|line| !line.trim_ascii().is_empty()).count()
}

fn count_all(dir: &Dir, folder: &str) -> usize {
    let tree = dir.tree(folder);
    tree.iter().map(|(name, bytes)| records(name, bytes)).sum()
}

#[test]
fn every_record_is_kept_removed_or_rejected() {
    let dir = mixed();
    run(&dir, "out", &[]);
    let counts = &dir.json("out/run.json")["counts"];
    let count = |name: &str| usize::try_from(counts[name].as_u64().unwrap()).unwrap();
    let (kept, removed) = (count_all(&dir, "out/kept"), count_all(&dir, "out/removed"));
    let rejected = dir.rows("out/rejected.jsonl").len();
    assert_eq!(
        (kept, removed, rejected),
        (count("kept"), count("removed"), count("rejected"))
    );
    assert_eq!(kept + removed + rejected, count("read"));
    assert_eq!(count("read"), 4_000 + 4_000 + 6 + 15 + 88);
    assert!(rejected > 5 && removed > 4_000, "{counts}");
}

#[test]
fn kept_has_the_names_and_the_compression_of_the_inputs() {
    let dir = mixed();
    run(&dir, "out", &[]);
    let kept = dir.tree("out/kept");
    let names: Vec<&str> = kept.keys().map(String::as_str).collect();
    for name in [
        "many.jsonl",
        "packed.jsonl.gz",
        "quoted.csv",
        "bad.jsonl",
        "pages/chess.txt",
    ] {
        assert!(names.contains(&name), "{name} is not in {names:?}");
    }
    assert_eq!(kept["packed.jsonl.gz"][..2], [0x1f, 0x8b]);
    let header = b"id,source,url,date,title,text\r\n";
    assert!(kept["quoted.csv"].starts_with(header));
    let page = fs::read(fixture("newsroom/pages/chess.txt")).unwrap();
    assert_eq!(kept["pages/chess.txt"], page);
    let many = fs::read(dir.path("many.jsonl")).unwrap();
    let line = |at: usize| many.split(|&byte| byte == b'\n').nth(at).unwrap();
    let mut lines = kept["many.jsonl"].split(|&byte| byte == b'\n');
    assert_eq!(lines.next().unwrap(), line(0), "byte for byte");
}

#[test]
fn merged_corpora_are_one_file_each() {
    let dir = mixed();
    run(&dir, "out", &["--merge"]);
    let counts = &dir.json("out/run.json")["counts"];
    for part in ["kept", "removed"] {
        let name = format!("out/{part}.jsonl");
        let merged = dir.read(&name);
        assert_eq!(counts[part], merged.lines().count(), "{part}");
        // A record with `NaN` is written as it was read.
        let strict = merged.lines().filter(|line| !line.contains("NaN"));
        dir.write(
            &name,
            &strict.map(|line| format!("{line}\n")).collect::<String>(),
        );
        assert!(dir.rows(&name).iter().all(|row| row["text"].is_string()));
        assert!(!dir.path(&format!("out/{part}")).exists());
    }
}

#[test]
fn annotated_records_say_what_became_of_them() {
    let dir = mixed();
    run(&dir, "out", &[]);
    let verdicts = dir.rows("out/documents.jsonl");
    let of_many = verdicts.iter().filter(|row| row["file"] == "many.jsonl");
    let annotated = dir.rows("out/annotated/many.jsonl");
    assert_eq!(annotated.len(), 4_000);
    for (row, record) in of_many.zip(&annotated) {
        for name in [
            "id",
            "verdict",
            "duplicate_of",
            "relation",
            "cluster_id",
            "weight",
        ] {
            assert_eq!(
                row[name], record["wirecopy"][name],
                "{name} of {}",
                row["id"]
            );
        }
    }
    let csv = dir.read("out/annotated/quoted.csv");
    assert!(
        csv.lines().next().unwrap().contains("wirecopy_verdict"),
        "{csv}"
    );
}

#[test]
fn csv_tables_hold_the_values_of_the_jsonl_tables() {
    let dir = mixed();
    run(&dir, "out", &[]);
    for name in ["clusters", "pairs", "documents", "rejected"] {
        let rows = dir.read(&format!("out/{name}.jsonl"));
        let table = dir.read(&format!("out/{name}.csv"));
        let mut table = csv::Reader::from_reader(table.as_bytes());
        let header = table.headers().unwrap().clone();
        let mut count = 0;
        for (line, row) in rows.lines().zip(table.records().map(Result::unwrap)) {
            count += 1;
            let object: std::collections::BTreeMap<String, Box<RawValue>> =
                serde_json::from_str(line).unwrap();
            for (field, value) in header.iter().zip(&row) {
                let expected = object.get(field).map_or("null", |raw| raw.get());
                let expected = match serde_json::from_str(expected).unwrap() {
                    Value::Null => String::new(),
                    Value::String(text) => text,
                    Value::Array(ids) => {
                        let ids: Vec<&str> = ids.iter().filter_map(Value::as_str).collect();
                        ids.join(" ")
                    }
                    _ => expected.to_owned(),
                };
                assert_eq!(value, expected, "{field} in {name}: {line}");
            }
            assert!(
                object
                    .keys()
                    .all(|key| header.iter().any(|field| field == key))
            );
        }
        assert_eq!(count, rows.lines().count(), "{name}");
        assert!(count > 0, "{name}");
    }
}
