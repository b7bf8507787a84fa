//! Copies of files that pyarrow wrote (`fixtures/make_tables.py`): read again, they are the rows that were chosen.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::*;
use crate::parquet_file::FORM;
use crate::parquet_write::{Cell, Column, Kind};
use crate::testing::{Kept, read as read_form};

fn fixture(name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/tables");
    std::fs::read(folder.join(name)).unwrap()
}

fn read(bytes: &[u8]) -> Kept {
    read_form(&FORM, "x.parquet", bytes)
}

fn open(bytes: &[u8], lines: usize) -> Result<ParquetCopy, Loss> {
    let file = SourceFile::new(Path::new("x.parquet"), Bytes::copy_from_slice(bytes));
    ParquetCopy::open(&file, lines as u64)
}

/// A copy with the lines that are chosen by number.
fn copied(bytes: &[u8], choose: impl Fn(usize) -> bool) -> Vec<u8> {
    let copy = open(bytes, read(bytes).records.len()).unwrap();
    let schema = copy.schema(&[], Vec::new()).unwrap();
    let mut file = ParquetCopyFile::new(&schema, Vec::new()).unwrap();
    let mut line = 0;
    for group in 0..copy.groups() {
        let chosen: Vec<bool> = (line..line + copy.lines(group)).map(&choose).collect();
        line += chosen.len();
        let rows = copy.group(&schema, group, &chosen, TableRows::new(&[]));
        file.append(rows.unwrap()).unwrap();
    }
    file.finish().unwrap()
}

const FILES: [&str; 10] = [
    "every_type.parquet",
    "groups_none.parquet",
    "groups_snappy.parquet",
    "groups_gzip.parquet",
    "groups_brotli.parquet",
    "groups_lz4.parquet",
    "groups_zstd.parquet",
    "version_2.parquet",
    "heavy.parquet",
    "latin1.parquet",
];

#[test]
fn copies_hold_the_rows_that_were_chosen() {
    type Choice = fn(usize) -> bool;
    let choices: [Choice; 5] = [
        |_| true,
        |line| line % 3 == 1,
        |line| line >= 20,
        |line| line == 0,
        |_| false,
    ];
    for name in FILES {
        let bytes = fixture(name);
        let all = read(&bytes).records;
        for choose in choices {
            let copy = copied(&bytes, choose);
            let mut expected = all.clone();
            let mut line = 0..;
            expected.retain(|_| choose(line.next().unwrap()));
            assert_eq!(read(&copy).records, expected, "{name}");
            assert_eq!(copy, copied(&bytes, choose), "the same bytes");
        }
    }
}

#[test]
fn schema_groups_and_notes_are_those_of_the_file() {
    for name in FILES {
        let bytes = fixture(name);
        let (own, copy) = (
            open(&bytes, read(&bytes).records.len()).unwrap(),
            copied(&bytes, |_| true),
        );
        let copy = open(&copy, read(&copy).records.len()).unwrap();
        let [own, copy] = [&own, &copy].map(|copy| copy.table.metadata.metadata());
        let of = |metadata: &parquet::file::metadata::ParquetMetaData| {
            let groups = metadata.row_groups().iter();
            let groups: Vec<i64> = groups.map(|group| group.num_rows()).collect();
            let file = metadata.file_metadata();
            let notes = file.key_value_metadata().cloned();
            (file.schema_descr().root_schema().clone(), groups, notes)
        };
        assert_eq!(of(own), of(copy), "{name}");
        let group = copy.row_group(0);
        assert!(group.columns().iter().all(|column| {
            matches!(column.compression(), parquet::basic::Compression::ZSTD(_))
        }));
    }
}

#[test]
fn bytes_that_are_no_text_are_copied_as_they_are() {
    let bytes = fixture("latin1.parquet");
    let copy = copied(&bytes, |line| line != 0);
    let kept = read(&copy);
    assert_eq!(
        kept.records,
        [json!({"id": 2}), json!({"id": 3, "text": "last"})]
    );
    assert!(kept.lost[0].what.contains("no UTF-8"), "{:?}", kept.lost);
}

#[test]
fn columns_are_added_and_left_out() {
    let bytes = fixture("groups_zstd.parquet");
    let added = vec![
        Column::new("verdict", Kind::Text),
        Column::new("weight", Kind::Number),
        Column::new("n", Kind::Whole),
        Column::new("is", Kind::Truth),
    ];
    let copy = open(&bytes, 40).unwrap();
    let text = copy
        .fields()
        .iter()
        .position(|name| name == "text")
        .unwrap();
    let schema = copy.schema(&[text], added.clone()).unwrap();
    let mut file = ParquetCopyFile::new(&schema, Vec::new()).unwrap();
    for group in 0..copy.groups() {
        let chosen: Vec<bool> = (0..10).map(|line| line % 2 == group % 2).collect();
        let mut rows = TableRows::new(&added);
        for row in 0..5 {
            rows.put(if row == 0 {
                Cell::Null
            } else {
                Cell::Text("kept")
            });
            rows.put(Cell::Number(0.5));
            rows.put(Cell::Whole(row));
            rows.put(Cell::Truth(row > 2));
        }
        file.append(copy.group(&schema, group, &chosen, rows).unwrap())
            .unwrap();
    }
    assert!(file.written() > 100);
    let bytes = file.finish().unwrap();
    let kept = read(&bytes);
    assert_eq!((kept.records.len(), kept.lost.len()), (20, 0));
    let first = &kept.records[0];
    assert_eq!(
        (
            first["id"].as_str(),
            first.get("text"),
            first.get("verdict")
        ),
        (Some("d0"), None, None)
    );
    let row = &kept.records[8];
    let of = |name: &str| row[name].clone();
    assert_eq!(
        [of("id"), of("verdict"), of("weight"), of("n"), of("is")],
        [
            json!("d17"),
            json!("kept"),
            json!(0.5),
            json!(3),
            json!(true)
        ]
    );
    assert!(
        copy.schema(&[], vec![Column::new("day", Kind::Day)])
            .is_err()
    );
}

#[test]
fn lines_behind_a_damaged_group_are_found() {
    let mut bytes = fixture("groups_none.parquet");
    let at = memchr::memmem::find(&bytes, b"The council met for the 15th time").unwrap();
    bytes[at - 2] = 0xFF; // the length before a value
    let all = read(&bytes).records;
    assert!(all.len() < 40);
    let copy = copied(&bytes, |_| true);
    assert_eq!(read(&copy).records, all);
    assert_eq!(
        read(&copied(&bytes, |line| line == 12)).records,
        all[12..13]
    );
    let other = open(&bytes, 31).unwrap_err();
    assert!(
        other.what.contains("expected 31 rows, found 30"),
        "{other:?}"
    );
}

#[test]
fn a_column_that_was_not_read_and_is_damaged_is_named() {
    let whole = fixture("heavy.parquet");
    let copy = open(&whole, 2).unwrap();
    let schema = copy.schema(&[], Vec::new()).unwrap();
    let mut said = 0;
    for at in 4..whole.len() - 600 {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        let Ok(copy) = open(&bytes, 2) else { continue };
        if let Err(loss) = copy.group(&schema, 0, &[true, false], TableRows::new(&[])) {
            assert!(
                loss.what.starts_with("Parquet: row group 1, column `"),
                "{loss:?}"
            );
            said += 1;
        }
    }
    assert!(said > 50, "{said}");
}

/// Bytes of a valid file are changed anywhere: there is no panic, and no hang.
#[test]
fn damage_anywhere_never_panics() {
    let files: Vec<Vec<u8>> = FILES.iter().map(|name| fixture(name)).collect();
    let mut chance = crate::testing::Chance(11);
    for round in 0..300 {
        let mut bytes = files[round % files.len()].clone();
        for _ in 0..1 + chance.below(3) {
            let from = chance.below(2) * bytes.len() / 2;
            let at = from + chance.below(bytes.len() - from);
            bytes[at] = u8::try_from(chance.below(256)).unwrap();
        }
        let lines = read(&bytes).records.len();
        let Ok(copy) = open(&bytes, lines) else {
            continue;
        };
        let Ok(schema) = copy.schema(&[], Vec::new()) else {
            continue;
        };
        for group in 0..copy.groups() {
            let chosen: Vec<bool> = (0..copy.lines(group)).map(|line| line % 2 == 0).collect();
            let _ = copy.group(&schema, group, &chosen, TableRows::new(&[]));
        }
    }
}
