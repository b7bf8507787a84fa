//! What the rows of `fixtures/make_tables.py` are as JSON, whatever file they are in.

use std::path::Path;

use serde_json::{Value, json};

use super::*;

/// The rows of `every_type.*`.
pub(crate) fn every_type() -> Vec<Value> {
    let first = json!({
        "id": 1, "unsigned": 18_446_744_073_709_551_615_u64, "tiny": -128, "share": 0.1, "half": 0.5, "single": 0.1,
        "price": -0.05, "is_wire": true, "text": "A \"quoted\" line\nand another\tone", "large": "large",
        "raw": "bytes that are a text: ö", "day": "2024-02-29", "day_ms": "2024-02-29",
        "seen": "2024-02-29T12:00:00.500", "seen_utc": "2024-02-29T12:00:00.500Z", "seen_ny": "2024-01-01T00:00:00Z",
        "seen_ns": "2024-02-29T12:00:00.000000001", "hour": "23:59:58", "hour_us": "23:59:58.250", "took": "PT-1.5S",
        "outlet": "The Harbour Post", "tags": ["a", null, "b"], "pairs": [[1], [2, 3]], "fixed": [1, 2],
        "meta": {"a": "x", "b": {"c": 7}}, "map": {"k": 1}, "numbered": {"1": "one"},
        "guid": "01234567-89ab-cdef-0123-456789abcdef",
    });
    let second = json!({
        "id": 2, "unsigned": 0, "tiny": 127, "single": 1e20, "price": 1234.50, "is_wire": false,
        "text": "Ünïcode \u{2028} 🙂 \u{1}", "large": "", "day": "1899-12-31", "day_ms": "1970-01-01",
        "seen": "1969-07-20T20:17:00", "seen_utc": "2000-01-01T00:00:00Z", "seen_ny": "2000-01-01T00:00:00Z",
        "seen_ns": "1970-01-01T00:00:00", "hour": "00:00:00", "hour_us": "00:00:00", "took": "PT0S",
        "outlet": "The Harbour Post", "tags": [], "pairs": [null], "fixed": [3, 4], "meta": {}, "map": {}, "numbered": {},
        "guid": "00000000-0000-0000-0000-000000000000",
    });
    vec![first, second, json!({})]
}

#[test]
fn spans_of_time_are_exact() {
    let mut into = Vec::new();
    iso::push_duration(i64::MIN, arrow_schema::TimeUnit::Nanosecond, &mut into);
    iso::push_duration(61, arrow_schema::TimeUnit::Second, &mut into);
    assert_eq!(into, b"\"PT-9223372036.854775808S\"\"PT61S\"");
}

#[test]
fn a_long_part_is_handed_over_piece_by_piece() {
    use arrow_array::{RecordBatch, StringArray};
    use std::sync::Arc;
    let text =
        StringArray::from_iter_values((0..200).map(|n| format!("{n} {}", "x".repeat(1 << 18))));
    let batch = RecordBatch::try_from_iter([("text", Arc::new(text) as _)]).unwrap();
    struct One(Option<RecordBatch>);
    impl Parts for One {
        fn next(&mut self, _: usize) -> Vec<Box<dyn Part>> {
            let rows = Rows::new(Path::new("x"));
            let batch = self
                .0
                .take()
                .map(|batch| Batch::new(&rows, batch, 0..200, 0..1000));
            batch
                .into_iter()
                .map(|batch| Box::new(batch) as Box<dyn Part>)
                .collect()
        }
    }
    let mut kept = crate::testing::Kept::default();
    hand_over(&mut One(Some(batch)), &mut kept).unwrap();
    let begins =
        |(n, row): (usize, &Value)| row["text"].as_str().unwrap().starts_with(&format!("{n} "));
    assert!(kept.records.len() == 200 && kept.records.iter().enumerate().all(begins));
}
