//! Every column of a table has one type in every row, so that readers which infer it from the first
//! rows (polars by 100, DuckDB by 20,480) read the later ones.

use serde_json::Value;

use crate::cmd::{Dir, fixture};

/// Columns of numbers that may be unknown.
const MAY_BE_NULL: [&str; 2] = ["lag_seconds", "lag_days"];

/// Figures: written with a decimal point, whatever their value.
const FIGURES: [&str; 9] = [
    "score",
    "jaccard",
    "coverage",
    "representative_coverage",
    "coverage_a",
    "coverage_b",
    "weight",
    "copy_coverage",
    "page_coverage",
];

fn check(dir: &Dir, table: &str) {
    let rows = dir.rows(table);
    assert!(!rows.is_empty(), "{table}");
    for (line, row) in dir.read(table).lines().zip(&rows) {
        let row = row.as_object().unwrap();
        assert!(row.keys().eq(rows[0].as_object().unwrap().keys()), "{line}");
        for (name, value) in row {
            let first = &rows[0][name];
            let same = match value {
                Value::Null => MAY_BE_NULL.contains(&name.as_str()),
                Value::Number(number) if FIGURES.contains(&name.as_str()) => number.is_f64(),
                Value::Number(number) => number.is_i64() && !first.is_string(),
                Value::String(_) => first.is_string(),
                Value::Bool(_) => first.is_boolean(),
                Value::Array(_) | Value::Object(_) => false,
            };
            assert!(same, "{name} of {table}: {line}");
        }
    }
}

#[test]
fn every_column_has_one_type_from_the_first_row_on() {
    let dir = Dir::new();
    let (pages, broken) = (
        fixture("newsroom/newsroom.jsonl"),
        fixture("formats/bad-records.jsonl"),
    );
    for profile in ["near", "wire"] {
        let words = [
            "dedup",
            &broken,
            &pages,
            "-o",
            profile,
            "--profile",
            profile,
        ];
        let words = [&words[..], &["--max-rejected", "100%"]].concat();
        dir.wirecopy(&words).exits(0);
        for table in ["clusters", "pairs", "documents", "rejected"] {
            check(&dir, &format!("{profile}/{table}.jsonl"));
        }
        let documents = dir.rows(&format!("{profile}/documents.jsonl"));
        let rejected = documents.iter().find(|row| row["verdict"] == "rejected");
        let rejected = rejected.unwrap();
        assert_eq!(
            (&rejected["id"], &rejected["weight"]),
            (&"".into(), &0.0.into())
        );
    }
}

/// Days are known wherever a lag is, seconds where both have a time of day.
#[test]
fn a_lag_in_days_stands_beside_the_one_in_seconds() {
    let dir = Dir::new();
    let story = "the ferry to Sarrel was late again today and nobody on the pier knew why";
    let mut corpus = String::new();
    for (id, date) in [
        ("a", "2024-03-01T23:00:00Z"),
        ("b", "2024-03-02T01:00:00Z"),
        ("c", "2024-03-04"),
        ("d", ""),
    ] {
        corpus += &format!("{{\"id\":\"{id}\",\"date\":\"{date}\",\"text\":\"{story}\"}}\n");
    }
    dir.write("day.jsonl", &corpus);
    let words = ["cluster", "day.jsonl", "-o", "out", "--profile", "near"];
    dir.wirecopy(&words).exits(0);
    let lag = |row: &Value| {
        let row = [&row["id"], &row["lag_seconds"], &row["lag_days"]];
        row.map(ToString::to_string).join(" ")
    };
    let lags: Vec<String> = dir.rows("out/clusters.jsonl").iter().map(lag).collect();
    assert_eq!(
        lags,
        [
            r#""a" 0 0"#,
            r#""b" 7200 1"#,
            r#""c" null 3"#,
            r#""d" null null"#
        ]
    );
}
