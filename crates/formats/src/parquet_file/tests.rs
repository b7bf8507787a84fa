//! Files that pyarrow wrote (`fixtures/make_tables.py`), whole and damaged.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::*;
use crate::testing::{Kept, read as read_form};

fn fixture(name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/tables");
    std::fs::read(folder.join(name)).unwrap()
}

fn of(bytes: impl Into<Vec<u8>>) -> Kept {
    read_form(&FORM, "x.parquet", bytes)
}

fn ids(kept: &Kept) -> Vec<&str> {
    kept.records
        .iter()
        .filter_map(|record| record["id"].as_str())
        .collect()
}

/// The place of a text in a file.
fn find(bytes: &[u8], text: &str) -> usize {
    memchr::memmem::find(bytes, text.as_bytes()).expect("it is there")
}

#[test]
fn every_type_is_read() {
    let kept = of(fixture("every_type.parquet"));
    assert_eq!(kept.lost, []);
    let rows: Vec<Value> = crate::table::every_type();
    assert_eq!(kept.records, rows);
}

#[test]
fn every_compression_is_read() {
    let all: Vec<String> = (0..40).map(|n| format!("d{n}")).collect();
    for codec in ["none", "snappy", "gzip", "brotli", "lz4", "zstd"] {
        let kept = of(fixture(&format!("groups_{codec}.parquet")));
        assert_eq!(kept.lost, [], "{codec}");
        assert_eq!(ids(&kept), all, "{codec}");
        let text = "The council met for the 7th time. ".repeat(3);
        assert_eq!(kept.records[7]["text"], text, "{codec}");
    }
    let kept = of(fixture("version_2.parquet"));
    assert_eq!(
        (kept.lost.len(), ids(&kept)),
        (0, all.iter().map(String::as_str).collect())
    );
}

#[test]
fn vectors_and_pictures_are_left_out() {
    let kept = of(fixture("heavy.parquet"));
    let row = |text| json!({"text": text, "image": {"path": "1.png"}, "few": [1, 2]});
    assert_eq!(kept.records, [row("one"), row("two")]);
    assert_eq!(kept.lost, []);
}

#[test]
fn a_damaged_group_costs_its_own_rows() {
    let mut bytes = fixture("groups_none.parquet");
    let at = find(&bytes, "The council met for the 15th time");
    // The length before a value, past the end of its page.
    bytes[at - 2] = 0xFF;
    let kept = of(bytes.clone());
    let left: Vec<String> = (0..10).chain(20..40).map(|n| format!("d{n}")).collect();
    assert_eq!(ids(&kept), left);
    let [loss] = &kept.lost[..] else {
        panic!("{:?}", kept.lost);
    };
    assert!(
        loss.what
            .starts_with("Parquet: row group 2, rows 11 to 20: "),
        "{loss:?}"
    );
    let place = loss.at..loss.at + loss.missing.unwrap();
    assert!(
        place.contains(&(at as u64)) && place.end < bytes.len() as u64,
        "{place:?}"
    );
}

#[test]
fn a_wrong_checksum_is_seen() {
    let bytes = fixture("groups_zstd.parquet");
    let mut seen = 0;
    // Every byte between the head and the footer is of a page or its header.
    for at in (4..2000).step_by(61) {
        let mut bytes = bytes.clone();
        bytes[at] ^= 0x55;
        let kept = of(bytes);
        // What is in a page is under its checksum; some of what is in its header has no meaning for us.
        seen += usize::from(!kept.lost.is_empty());
        assert!(kept.records.len() >= 30, "{at}");
        assert_eq!(kept.records.len() < 40, !kept.lost.is_empty(), "{at}");
    }
    assert!(seen >= 20, "{seen}");
}

#[test]
fn a_text_that_is_no_utf_8_costs_its_own_value() {
    let kept = of(fixture("latin1.parquet"));
    let rows = [
        json!({"id": 1, "text": "good"}),
        json!({"id": 2}),
        json!({"id": 3, "text": "last"}),
    ];
    assert_eq!(kept.records, rows);
    let [loss] = &kept.lost[..] else {
        panic!("{:?}", kept.lost);
    };
    assert!(loss.what.contains("no UTF-8"), "{loss:?}");
}

#[test]
fn what_is_no_whole_file_is_named() {
    let whole = fixture("groups_none.parquet");
    let said = |bytes: &[u8]| {
        let kept = of(bytes);
        assert_eq!(kept.records.len(), 0);
        assert_eq!(kept.lost.len(), 1, "{:?}", kept.lost);
        let loss = &kept.lost[0];
        (loss.what.clone(), loss.missing)
    };
    for length in [4, 11, 12, 1000, whole.len() - 1] {
        let (what, missing) = said(&whole[..length]);
        assert!(
            what.contains("ends too early") && missing.is_none(),
            "{length}: {what}"
        );
    }
    assert!(said(b"").0.contains("empty"));
    assert!(said(b"PARE1234567890PARE").0.contains("encrypted"));
    assert!(
        said(b"version https://git-lfs.github.com/spec/v1\n")
            .0
            .contains("git lfs pull")
    );
    let (what, missing) = said(b"<html>\n404");
    assert!(
        what.contains("`<html>\\n404`") && missing == Some(10),
        "{what}"
    );
    let mut footer = whole.clone();
    let end = footer.len() - 8;
    footer[end - 400..end].fill(0xFF);
    assert_eq!(said(&footer).1, Some(whole.len() as u64));
}

#[test]
fn folders_give_columns() {
    let path = "data/lang=en/day=2024-01-02/id=9/part%3D.parquet";
    let kept = read_form(&FORM, path, fixture("groups_none.parquet"));
    let row = &kept.records[0];
    assert_eq!(
        (&row["lang"], &row["day"]),
        (&json!("en"), &json!("2024-01-02"))
    );
    assert_eq!(row["id"], "d0", "a column of the file counts more");
}

#[test]
fn no_more_rows_come_once_none_are_wanted() {
    let mut kept = Kept {
        most: Some(15),
        ..Kept::default()
    };
    let file = SourceFile::new(
        Path::new("x.parquet"),
        fixture("groups_none.parquet").into(),
    );
    assert_eq!((FORM.read)(&file, &mut kept), Err(Stop));
    assert_eq!(kept.records.len(), 15);
}

#[test]
fn files_are_recognised() {
    let is = |name: &str, head: &[u8]| recognise(Path::new(name), head);
    assert!(is("x", b"PAR1\x15") && is("x.parquet", b"<html>") && is("x", b"PARE"));
    assert!(!is("x.jsonl", b"{\"id\":1}") && !is("PAR1.txt", b"PAR 1"));
}

/// Bytes of a valid file are changed, cut out and doubled: there is no panic and no hang, and nothing is lost in silence.
#[test]
fn damage_anywhere_never_panics() {
    let files = [
        "every_type.parquet",
        "groups_snappy.parquet",
        "version_2.parquet",
        "heavy.parquet",
    ];
    let mut chance = crate::testing::Chance(7);
    for round in 0..600 {
        let mut bytes = fixture(files[round % files.len()]);
        for _ in 0..1 + chance.below(4) {
            // Half of the time in the footer, where most of the meaning is.
            let from = if chance.below(2) == 0 {
                0
            } else {
                bytes.len() / 2
            };
            let at = from + chance.below(bytes.len() - from);
            match chance.below(4) {
                0 => bytes[at] = u8::try_from(chance.below(256)).unwrap(),
                1 => bytes[at] ^= 1 << chance.below(8),
                2 => bytes[at] = 0xFF,
                _ => {
                    let end = bytes.len().min(at + chance.below(20));
                    bytes.copy_within(at..end, at / 2);
                }
            }
        }
        let kept = of(bytes);
        assert!(kept.records.len() <= 10_000);
    }
}
