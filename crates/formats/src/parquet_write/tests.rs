//! What is written is read again by our own reader, and by others in `tests/others.rs`.

use serde_json::json;

use super::*;

fn read(bytes: Vec<u8>) -> Vec<Value> {
    let kept = crate::testing::read(&crate::parquet_file::FORM, "x.parquet", bytes);
    assert_eq!(kept.lost, []);
    kept.records
}

#[test]
fn rows_are_read_as_they_were_written() {
    let rows = [
        json!({"id": "a", "rank": 1, "ratio": 1, "is_kept": true, "tags": ["x", null], "mixed": 1, "nothing": null}),
        json!({"id": "b", "rank": -5, "ratio": 0.5, "is_kept": false, "tags": [], "mixed": {"a": [1]}, "more": "late"}),
        json!({"id": "c", "rank": null, "big": u64::MAX}),
    ];
    let lines: Vec<String> = rows.iter().map(Value::to_string).collect();
    let columns = Column::all_of(lines.iter().map(String::as_bytes)).unwrap();
    let kind = |name: &str| {
        columns
            .iter()
            .find(|column| column.name == name)
            .unwrap()
            .kind
    };
    assert_eq!(
        (kind("rank"), kind("ratio"), kind("is_kept")),
        (Kind::Whole, Kind::Number, Kind::Truth)
    );
    assert_eq!(
        (kind("tags"), kind("mixed"), kind("nothing")),
        (Kind::Texts, Kind::Json, Kind::Text)
    );
    assert_eq!((kind("more"), kind("big")), (Kind::Text, Kind::Json));
    let written = write_parquet(&lines, None, Vec::new()).unwrap();
    assert_eq!(
        written,
        write_parquet(&lines, Some(columns), Vec::new()).unwrap(),
        "the same bytes"
    );
    let expected = [
        json!({"id": "a", "rank": 1, "ratio": 1.0, "is_kept": true, "tags": ["x", null], "mixed": "1"}),
        json!({"id": "b", "rank": -5, "ratio": 0.5, "is_kept": false, "tags": [], "mixed": "{\"a\":[1]}", "more": "late"}),
        json!({"id": "c", "big": "18446744073709551615"}),
    ];
    assert_eq!(read(written), expected);
}

#[test]
fn columns_keep_the_order_of_the_rows() {
    let rows = [
        &b"{\"z\":1,\"a\":\"x\"}"[..],
        b"{\"z\":2,\"m\":true,\"a\":null}",
    ];
    let columns = Column::all_of(rows).unwrap();
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["z", "a", "m"]);
}

#[test]
fn many_rows_are_many_groups() {
    let rows = (0..ROWS + 10).map(|n| format!("{{\"n\":{n}}}"));
    let columns = vec![Column::new("n", Kind::Whole)];
    let written = write_parquet(rows, Some(columns), Vec::new()).unwrap();
    let rows = read(written);
    assert!((0..ROWS + 10).zip(&rows).all(|(n, row)| row["n"] == n) && rows.len() == ROWS + 10);
}

#[test]
fn what_does_not_fit_is_named() {
    let write = |line: &str, kind| {
        let columns = vec![Column::new("a", kind)];
        write_parquet([line], Some(columns), Vec::new()).map_err(|error| error.to_string())
    };
    let error = write("{\"a\":1.5}", Kind::Whole).unwrap_err();
    assert_eq!(
        error,
        "row 1, column `a`: expected a whole number of 64 bits, found `1.5`"
    );
    assert!(write("[1]", Kind::Whole).is_err() && write("{\"a\":1}", Kind::Text).is_err());
    assert!(write("{\"a\":[1]}", Kind::Texts).is_err() && write("{}", Kind::Text).is_ok());
    assert_eq!(
        read(write_parquet([b""; 0], None, Vec::new()).unwrap()).len(),
        0,
        "a table of nothing"
    );
}

#[test]
fn a_device_that_fails_says_so() {
    #[derive(Debug)]
    struct Full;
    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let columns = vec![Column::new("a", Kind::Text)];
    let error = write_parquet(["{\"a\":\"x\"}"], Some(columns), Full).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::StorageFull);
}

#[test]
fn values_are_read_as_they_were_put() {
    let columns = [
        ("id", Kind::Text),
        ("of", Kind::Texts),
        ("n", Kind::Whole),
        ("ratio", Kind::Number),
        ("is", Kind::Truth),
        ("day", Kind::Day),
        ("moment", Kind::Moment),
    ];
    let columns = columns.map(|(name, kind)| Column::new(name, kind)).to_vec();
    let of = ["x".to_owned(), "y".to_owned()];
    let mut table = ParquetTable::new(columns.clone(), Vec::new()).unwrap();
    for day in [0, 19_000, i64::MAX] {
        let mut rows = TableRows::new(&columns);
        rows.put(Cell::Text("a"));
        rows.put(Cell::Texts(&of));
        rows.put(Cell::Whole(-3));
        rows.put(Cell::Number(0.5));
        rows.put(Cell::Truth(true));
        rows.put(Cell::Whole(day));
        rows.put(Cell::Whole(1_000));
        columns.iter().for_each(|_| rows.put(Cell::Null));
        table.append(rows).unwrap();
    }
    assert!(table.written() > 0);
    let row = |day: Option<&str>| {
        let mut row = json!({"id": "a", "of": ["x", "y"], "n": -3, "ratio": 0.5, "is": true, "moment": "1970-01-01T00:00:01Z"});
        if let Some(day) = day {
            row["day"] = day.into();
        }
        row
    };
    let read = read(table.finish().unwrap());
    assert_eq!(read.len(), 6, "{read:?}");
    assert_eq!(read[0], row(Some("1970-01-01")));
    assert_eq!((&read[2], &read[4]), (&row(Some("2022-01-08")), &row(None)));
    assert_eq!(read[1], json!({}));
}

#[test]
fn values_of_the_wrong_kind_are_named() {
    let columns = vec![Column::new("a", Kind::Text), Column::new("b", Kind::Whole)];
    let mut table = ParquetTable::new(columns.clone(), Vec::new()).unwrap();
    let mut rows = TableRows::new(&columns);
    for cell in [
        Cell::Text("x"),
        Cell::Whole(1),
        Cell::Text("y"),
        Cell::Text("z"),
    ] {
        rows.put(cell);
    }
    let said = table.append(rows).unwrap_err().to_string();
    assert!(
        said.contains("row 2, column `b`: expected a whole number"),
        "{said}"
    );
    let mut rows = TableRows::new(&columns);
    rows.put(Cell::Text("x"));
    rows.put(Cell::Whole(1));
    rows.put(Cell::Text("half"));
    assert!(table.append(rows).is_err(), "a row is not complete");
}
