//! How documents are called: one name each, in every table, whatever their ids.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::cmd::{Cmd, Dir};

/// A record; words of no other one, but for a number that is the same.
fn record(id: &Value, story: usize) -> String {
    let words: Vec<String> = (0..40).map(|word| format!("w{story}x{word}")).collect();
    let mut record = json!({ "text": words.join(" ") });
    if !id.is_null() {
        record["id"] = id.clone();
    }
    format!("{record}\n")
}

fn near(dir: &Dir, inputs: &[&str], more: &[&str]) -> Cmd {
    let mut words = vec!["dedup", "-o", "out", "--force", "--profile", "near"];
    words.extend_from_slice(inputs);
    words.extend_from_slice(more);
    dir.wirecopy(&words)
}

fn names(dir: &Dir) -> Vec<String> {
    let rows = dir.rows("out/documents.jsonl");
    let name = |row: &Value| row["id"].as_str().unwrap().to_owned();
    rows.iter().map(name).collect()
}

#[test]
fn a_repeated_id_costs_no_text_and_is_reported() {
    let dir = Dir::new();
    let ids = [json!("a"), json!("b"), json!(123), json!("123"), json!("b")];
    let records: String = (ids.iter().enumerate())
        .map(|(at, id)| record(id, at))
        .collect();
    dir.write("in.jsonl", &records);
    near(&dir, &["in.jsonl"], &["--progress", "plain"])
        .exits(0)
        .stderr_has(&[
            "warning",
            "4 documents stand more than once",
            "`b`",
            "in.jsonl#2",
            "--id-field none",
        ]);
    let expected = ["a", "in.jsonl#2", "in.jsonl#3", "in.jsonl#4", "in.jsonl#5"];
    assert_eq!(names(&dir), expected);
    assert_eq!(dir.read("out/kept/in.jsonl"), records);
    let counts = &dir.json("out/run.json")["counts"];
    assert_eq!(counts["repeated_ids"], 4);
    assert_eq!(counts["qualified_ids"], 4);
    assert_eq!(counts["rejected"], 0);
}

#[test]
fn a_constant_id_is_seen_before_the_run() {
    let dir = Dir::new();
    let records: String = (0..50).map(|at| record(&json!(0), at)).collect();
    dir.write("in.jsonl", &records);
    near(&dir, &["in.jsonl"], &["--dry-run"])
        .exits(0)
        .says("ids         49 that an earlier record of the file has, such as `0`");
    near(&dir, &["in.jsonl"], &[]).exits(0);
    assert_eq!(dir.json("out/run.json")["counts"]["kept"], 50);
    let expected: Vec<String> = (1..=50).map(|at| format!("in.jsonl#{at}")).collect();
    assert_eq!(names(&dir), expected);
    near(&dir, &["in.jsonl"], &["--id-field", "none"]).exits(0);
    assert_eq!(names(&dir), expected);
    assert_eq!(dir.json("out/run.json")["counts"]["repeated_ids"], 0);
}

#[test]
fn a_page_crawled_twice_is_a_copy_and_no_error() {
    let dir = Dir::new();
    let record =
        |text: &str| format!("{{\"url\": \"https://a.example/1\", \"text\": \"{text}\"}}\n");
    let records = [
        record("the ferry is late again today"),
        record("the ferry is late again today"),
        record("another story stands there now"),
    ];
    dir.write("in.jsonl", &records.concat());
    near(&dir, &["in.jsonl"], &[]).exits(0);
    let copies = vec!["in.jsonl#1".to_owned(), "in.jsonl#2".to_owned()];
    assert_eq!(dir.clusters("out"), [copies].into());
    assert_eq!(names(&dir)[2], "in.jsonl#3");
    assert_eq!(dir.json("out/run.json")["counts"]["removed"], 1);
}

#[test]
fn names_do_not_depend_on_the_order_of_inputs_or_threads() {
    let dir = Dir::new();
    let mut records = BTreeMap::new();
    for (at, file) in ["a.jsonl", "b.jsonl", "c.jsonl"].iter().enumerate() {
        let ids = [json!("x"), json!(at), json!(at), json!("2"), Value::Null];
        let text: String = (ids.iter().enumerate())
            .map(|(record_at, id)| record(id, 10 * at + record_at))
            .collect();
        dir.write(file, &text);
        records.insert(*file, text);
    }
    let named = |inputs: &[&str], threads| -> BTreeSet<(String, String, u64)> {
        near(&dir, inputs, &["--threads", threads]).exits(0);
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let rows = dir.rows("out/documents.jsonl").into_iter();
        rows.map(|row| {
            let offset = row["offset"].as_u64().unwrap();
            (text(&row["file"]), text(&row["id"]), offset)
        })
        .collect()
    };
    let first = named(&["a.jsonl", "b.jsonl", "c.jsonl"], "1");
    assert_eq!(first, named(&["c.jsonl", "a.jsonl", "b.jsonl"], "2"));
    let names: BTreeSet<&String> = first.iter().map(|(_, id, _)| id).collect();
    assert_eq!(names.len(), 15, "{names:?}");
    assert!(names.contains(&"a.jsonl#x".to_owned()), "{names:?}");
    // The id 2 of `a.jsonl` is not its second record, which is called by its number.
    assert!(names.contains(&"a.jsonl##2".to_owned()), "{names:?}");
}

/// Two files with ids from 0 on, some of them twice or missing; every story stands in both.
fn shards(dir: &Dir) {
    for file in ["a", "b"] {
        let ids = (0..12).map(|at| match at {
            3 => Value::Null,
            5 => json!(4),
            at => json!(at),
        });
        let records: Vec<String> = ids.zip(0..).map(|(id, at)| record(&id, at)).collect();
        dir.write(&format!("{file}.jsonl"), &records.concat());
        let csv: Vec<String> = (0..12)
            .map(|at| {
                let record: Value = serde_json::from_str(&records[at]).unwrap();
                format!("{},{}\n", at / 2, record["text"].as_str().unwrap())
            })
            .collect();
        dir.write(
            &format!("{file}.csv"),
            &format!("id,text\n{}", csv.concat()),
        );
    }
}

/// Every name in the tables is that of exactly one record.
fn joins(records: &[Value], documents: &[Value]) {
    let mut of_name: BTreeMap<&str, u32> = BTreeMap::new();
    for record in records {
        *of_name
            .entry(record["wirecopy"]["id"].as_str().unwrap())
            .or_default() += 1;
    }
    assert!(documents.iter().any(|row| row["duplicate_of"] != ""));
    for row in documents {
        for name in ["id", "duplicate_of"] {
            if let Some(name) = row[name].as_str().filter(|name| !name.is_empty()) {
                assert_eq!(of_name.get(name), Some(&1), "{name} of {of_name:?}");
            }
        }
    }
}

#[test]
fn annotated_records_carry_the_names_of_the_tables() {
    let dir = Dir::new();
    shards(&dir);
    let inputs = ["a.jsonl", "b.jsonl", "a.csv", "b.csv"];
    near(&dir, &inputs, &["--write", "annotated", "--merge"]).exits(0);
    let documents = dir.rows("out/documents.jsonl");
    assert_eq!(documents.len(), 48);
    joins(&dir.rows("out/annotated.jsonl"), &documents);

    near(&dir, &inputs, &["--write", "annotated"]).exits(0);
    let header = dir.read("out/annotated/a.csv");
    let header = header.lines().next().unwrap();
    assert_eq!(
        header,
        "id,text,wirecopy_id,wirecopy_verdict,wirecopy_duplicate_of,wirecopy_relation,\
         wirecopy_page_coverage,wirecopy_cluster_id,wirecopy_weight"
    );
    let of_csv = documents.iter().filter(|row| row["file"] == "a.csv");
    for (row, line) in of_csv.zip(dir.read("out/annotated/a.csv").lines().skip(1)) {
        assert_eq!(row["id"], line.split(',').nth(2).unwrap());
    }
}

#[test]
fn merged_records_carry_the_names_of_the_tables() {
    let dir = Dir::new();
    shards(&dir);
    near(
        &dir,
        &["a.jsonl", "b.csv"],
        &["--merge", "--write", "kept,removed"],
    )
    .exits(0);
    let mut records = dir.rows("out/kept.jsonl");
    records.extend(dir.rows("out/removed.jsonl"));
    joins(&records, &dir.rows("out/documents.jsonl"));
    // Called by their ids, records stay as they are, byte for byte.
    let records: String = (0..5).map(|at| record(&json!(at), at)).collect();
    dir.write("own.jsonl", &records);
    near(&dir, &["own.jsonl"], &["--merge"]).exits(0);
    assert_eq!(dir.read("out/kept.jsonl"), records);
}

#[cfg(target_os = "linux")]
#[test]
fn files_whose_names_differ_in_bytes_that_are_no_text_are_two() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let dir = Dir::new();
    let folder = dir.path("pages");
    std::fs::create_dir(&folder).unwrap();
    for name in [&b"a\xfe.txt"[..], b"a\xff.txt"] {
        let text = format!("{name:?} and nothing else on this page");
        std::fs::write(folder.join(OsStr::from_bytes(name)), text).unwrap();
    }
    near(&dir, &["pages"], &[]).exits(0);
    assert_eq!(names(&dir), ["a\\xfe.txt", "a\\xff.txt"]);
    // Where they are kept, they have the bytes that they had.
    let kept = std::fs::read_dir(dir.path("out/kept/pages")).unwrap();
    let mut kept: Vec<_> = kept.map(|entry| entry.unwrap().file_name()).collect();
    kept.sort();
    assert_eq!(
        kept,
        [&b"a\xfe.txt"[..], b"a\xff.txt"].map(OsStr::from_bytes)
    );

    // The same of files of records, each of them an input.
    let shards = dir.path("shards");
    std::fs::create_dir(&shards).unwrap();
    for (at, name) in [&b"a\xfe.jsonl"[..], b"a\xff.jsonl"].iter().enumerate() {
        std::fs::write(
            shards.join(OsStr::from_bytes(name)),
            record(&json!("x"), at),
        )
        .unwrap();
    }
    near(&dir, &["shards"], &[]).exits(0);
    assert_eq!(names(&dir), ["a\\xfe.jsonl#x", "a\\xff.jsonl#x"]);
    let kept = std::fs::read_dir(dir.path("out/kept")).unwrap();
    assert_eq!(kept.count(), 2);
}
