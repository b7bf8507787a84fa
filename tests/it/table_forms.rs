//! Tables as Parquet and as CSV for Excel: they say what the JSON Lines say.

use std::fs;
use std::path::Path;
use std::process::Command;

use bytes::Bytes;
use serde_json::{Map, Value};
use wirecopy_formats::{Form, Loss, Sink, SourceFile, Stop};

use crate::cmd::{Dir, fixture, skipped};

#[derive(Default)]
struct Rows(Vec<Value>);

impl Sink for Rows {
    fn record(&mut self, _: u64, object: &[u8]) -> Result<(), Stop> {
        self.0.push(serde_json::from_slice(object).unwrap());
        Ok(())
    }

    fn lost(&mut self, loss: Loss) -> Result<(), Stop> {
        panic!("{loss:?}");
    }
}

/// The rows of a Parquet file, as our own reader finds them: what is null has no key.
pub(crate) fn parquet(path: &Path) -> Vec<Value> {
    let bytes = Bytes::from(fs::read(path).unwrap());
    let form = Form::of(path, &bytes[..bytes.len().min(64 << 10)]).unwrap();
    assert_eq!(form.name, "Parquet");
    let mut rows = Rows::default();
    (form.read)(&SourceFile::new(path, bytes), &mut rows).unwrap();
    rows.0
}

/// A row of JSON Lines as it is to be read from Parquet.
fn typed(row: &Value) -> Value {
    let mut typed = Map::new();
    for (name, value) in row.as_object().unwrap() {
        let text = value.as_str();
        match name.as_str() {
            _ if value.is_null() || text == Some("") => {}
            "date" => {
                let date = text.unwrap();
                typed.insert(name.clone(), date[..10].into());
                if date.len() > 10 {
                    typed.insert("date_time".to_owned(), value.clone());
                }
            }
            "also_in" => {
                let ids: Vec<&str> = text.unwrap().split(' ').collect();
                typed.insert(name.clone(), ids.into());
            }
            _ => _ = typed.insert(name.clone(), value.clone()),
        }
    }
    Value::Object(typed)
}

fn check(dir: &Dir, out: &str, tables: &[&str]) {
    for table in tables {
        let lines = dir.rows(&format!("{out}/{table}.jsonl"));
        let expected: Vec<Value> = lines.iter().map(typed).collect();
        let found = parquet(&dir.path(&format!("{out}/{table}.parquet")));
        assert_eq!(found, expected, "{out}/{table}");
        assert!(
            dir.json(&format!("{out}/run.json"))["files"]
                .as_array()
                .unwrap()
                .contains(&format!("{table}.parquet").into())
        );
    }
}

const TABLES: [&str; 4] = ["clusters", "pairs", "documents", "rejected"];

#[test]
fn parquet_says_what_json_says() {
    let dir = Dir::new();
    let (pages, broken) = (
        fixture("newsroom/newsroom.jsonl"),
        fixture("formats/bad-records.jsonl"),
    );
    for profile in ["near", "wire"] {
        let words = [
            "dedup",
            &pages,
            &broken,
            "-o",
            profile,
            "--profile",
            profile,
        ];
        let more = ["--max-rejected", "100%", "--format", "parquet"];
        dir.wirecopy(&[&words[..], &more].concat()).exits(0);
        check(&dir, profile, &TABLES);
    }
    let clusters = parquet(&dir.path("wire/clusters.parquet"));
    assert!(clusters.iter().any(|row| row["also_in"].is_array()));
    // What reads results reads them as before.
    let rows = dir.rows("wire/clusters.jsonl");
    let ids = [
        rows[0]["id"].as_str().unwrap(),
        rows[1]["id"].as_str().unwrap(),
    ];
    dir.wirecopy(&["explain", ids[0], ids[1], "--run", "wire"])
        .exits(0);
}

#[test]
fn story_texts_and_tables_of_an_index_are_parquet_too() {
    let dir = Dir::new();
    let pages = fixture("newsroom/newsroom.jsonl");
    let words = ["cluster", &pages, "-o", "out", "--write", "story-text"];
    dir.wirecopy(&[&words[..], &["--format", "parquet,excel-csv"]].concat())
        .exits(0);
    check(&dir, "out", &["story-text"]);
    assert!(!dir.path("out/story-text.csv").exists());
    dir.wirecopy(&["index", "build", &pages, "--index", "ix"])
        .exits(0);
    for command in ["query", "add"] {
        let words = ["index", command, &pages, "--index", "ix", "-o", command];
        dir.wirecopy(&[&words[..], &["--format", "parquet"]].concat())
            .exits(0);
        check(&dir, command, &TABLES);
    }
}

#[test]
fn an_empty_table_has_its_columns() {
    let dir = Dir::new();
    dir.write(
        "one.jsonl",
        "{\"text\":\"nothing here is like anything else\"}\n",
    );
    for threads in ["1", "2"] {
        let words = ["cluster", "one.jsonl", "-o", threads, "--threads", threads];
        dir.wirecopy(&[&words[..], &["--format", "parquet"]].concat())
            .exits(0);
        let clusters = parquet(&dir.path(&format!("{threads}/clusters.parquet")));
        assert!(clusters.is_empty());
    }
    let bytes = |threads: &str| fs::read(dir.path(&format!("{threads}/clusters.parquet"))).unwrap();
    assert_eq!(bytes("1"), bytes("2"));
    let columns = memchr::memmem::find(&bytes("1"), b"representative_coverage");
    assert!(columns.is_some());
}

/// Cells as Excel finds them where lists are separated by `;`.
#[test]
fn excel_finds_text_figures_and_no_formulas() {
    let dir = Dir::new();
    let story = "the ferry to Sarrel was late again today and nobody on the pier knew why";
    let ids = ["=HYPERLINK(1)", "a;b,\"c\"", "\u{c4}rger"];
    let lines = ids.map(|id| {
        let id = Value::from(id);
        format!("{{\"id\":{id},\"date\":\"2024-10-14\",\"text\":\"{story}\"}}\n")
    });
    dir.write("day.jsonl", &lines.concat());
    let words = ["cluster", "day.jsonl", "-o", "out", "--profile", "near"];
    dir.wirecopy(&[&words[..], &["--format", "jsonl,excel-csv"]].concat())
        .exits(0);
    let text = dir.read("out/clusters.csv");
    let text = text.strip_prefix('\u{feff}').unwrap();
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains('\n'));
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.delimiter(b';').from_reader(text.as_bytes());
    let names = reader.headers().unwrap().clone();
    let mut found: Vec<String> = Vec::new();
    let rows = dir.rows("out/clusters.jsonl");
    for (record, row) in reader.records().map(Result::unwrap).zip(&rows) {
        found.push(record[0].to_owned());
        for (cell, name) in record.iter().zip(names.iter()).skip(1) {
            let value = &row[name];
            let said = match value {
                Value::String(text) => text.clone(),
                Value::Null => String::new(),
                other => other.to_string(),
            };
            assert_eq!(cell, said);
        }
    }
    found.sort();
    assert_eq!(found, ["'=HYPERLINK(1)", "a;b,\"c\"", "\u{c4}rger"]);
}

#[test]
fn forms_that_do_not_go_together_are_refused() {
    let dir = Dir::new();
    dir.write("day.jsonl", "{\"text\":\"a b c\"}\n");
    let run =
        |format: &str| dir.wirecopy(&["cluster", "day.jsonl", "-o", "out", "--format", format]);
    run("csv,excel-csv")
        .exits(2)
        .stderr_has(&["clusters.csv", "leave one"]);
    run("xlsx")
        .exits(2)
        .stderr_has(&["xlsx", "--format", "parquet"]);
    assert!(!dir.path("out").exists());
    // The same twice, and one flag each.
    let words = ["cluster", "day.jsonl", "-o", "out", "--format", "parquet"];
    dir.wirecopy(&[&words[..], &["--format", "parquet,csv"]].concat())
        .exits(0);
    assert!(dir.path("out/documents.csv").exists() && dir.path("out/documents.parquet").exists());
}

/// The types that others find, where a Python with pyarrow is named by `WIRECOPY_PYTHON`.
#[test]
fn others_find_the_types() {
    let Some(python) = std::env::var_os("WIRECOPY_PYTHON") else {
        return skipped("WIRECOPY_PYTHON names no Python with pyarrow");
    };
    let dir = Dir::new();
    let pages = fixture("newsroom/newsroom.jsonl");
    let words = ["cluster", &pages, "-o", "out", "--format", "parquet"];
    dir.wirecopy(&words).exits(0);
    let script = "\
import sys, pyarrow.parquet as pq
for name in ('clusters', 'pairs', 'documents', 'rejected'):
    table = pq.read_table(f'{sys.argv[1]}/{name}.parquet')
    print(name, table.num_rows, ' '.join(f'{f.name}={f.type}' for f in table.schema).replace(', ', ','))
";
    let out = Command::new(python)
        .args(["-c", script])
        .arg(dir.path("out"))
        .output()
        .unwrap();
    assert!(out.status.success(), "{out:?}");
    let said = String::from_utf8(out.stdout).unwrap();
    let rows = |table: &str| dir.rows(&format!("out/{table}.jsonl")).len();
    for line in [
        format!(
            "clusters {} id=string cluster_id=string cluster_size=int64 cluster_index=int64 relation=string score=double coverage=double representative_coverage=double jaccard=double publisher=string date=date32[day] date_time=timestamp[ms,tz=UTC] lag_seconds=int64 lag_days=int64 agency=string also_in=list<item: string>",
            rows("clusters")
        ),
        format!(
            "pairs {} a=string b=string accepted=bool same_cluster=bool score=double",
            rows("pairs")
        ),
        format!(
            "documents {} id=string file=string offset=int64 verdict=string",
            rows("documents")
        ),
        format!(
            "rejected {} file=string offset=int64 reason=string records=int64",
            rows("rejected")
        ),
    ] {
        assert!(said.contains(&line), "{line}\n{said}");
    }
}
