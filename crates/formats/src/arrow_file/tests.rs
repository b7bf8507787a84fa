//! Files and streams that pyarrow wrote (`fixtures/make_tables.py`), whole and damaged.

use std::path::PathBuf;

use serde_json::json;

use super::*;
use crate::testing::{Kept, read as read_form};

fn fixture(name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/tables");
    std::fs::read(folder.join(name)).unwrap()
}

fn of(bytes: impl Into<Vec<u8>>) -> Kept {
    read_form(&FORM, "x.arrow", bytes)
}

fn ids(kept: &Kept) -> Vec<&str> {
    let ids = kept
        .records
        .iter()
        .filter_map(|record| record["id"].as_str());
    ids.collect()
}

fn find(bytes: &[u8], text: &str) -> usize {
    memchr::memmem::find(bytes, text.as_bytes()).expect("it is there")
}

fn names(range: impl Iterator<Item = u32>) -> Vec<String> {
    range.map(|n| format!("d{n}")).collect()
}

#[test]
fn every_type_is_read() {
    for name in ["every_type.feather", "every_type.arrows"] {
        let kept = of(fixture(name));
        assert_eq!(kept.lost, [], "{name}");
        assert_eq!(kept.records, crate::table::every_type(), "{name}");
    }
}

#[test]
fn batches_come_in_order() {
    for name in ["batches.arrow", "polars.arrow", "batches.arrows"] {
        let kept = of(fixture(name));
        assert_eq!(kept.lost, [], "{name}");
        assert_eq!(ids(&kept), names(0..40), "{name}");
    }
    let kept = of(fixture("batches.arrows").repeat(2));
    assert_eq!(
        (kept.records.len(), kept.lost.len()),
        (80, 0),
        "streams one behind another"
    );
}

#[test]
fn vectors_are_left_out() {
    let kept = of(fixture("heavy.feather"));
    let row = |text| json!({"text": text, "image": {"path": "1.png"}, "few": [1, 2]});
    assert_eq!(kept.records, [row("one"), row("two")]);
}

#[test]
fn a_cut_stream_gives_what_is_whole() {
    let whole = fixture("batches.arrows");
    let at = find(&whole, "The council met for the 25th");
    let kept = of(&whole[..at]);
    assert_eq!(ids(&kept), names(0..20));
    assert_eq!(kept.lost.len(), 1);
    assert!(
        kept.lost[0].missing.is_none() && kept.lost[0].at < at as u64,
        "{:?}",
        kept.lost
    );
    let file = fixture("batches.arrow");
    let mut most = 0;
    for length in (9..file.len()).rev() {
        let kept = of(&file[..length]);
        most = most.max(kept.records.len());
        assert!(!kept.lost.is_empty(), "{length}");
    }
    assert_eq!(most, 40, "a file without its footer");
}

#[test]
fn a_damaged_batch_costs_its_own_rows() {
    let mut stream = fixture("batches.arrows");
    // The text's offsets, before the text: where the tenth begins.
    let at = find(&stream, "The council met for the 10th");
    stream[at - 64..at - 20].fill(0xEE);
    let kept = of(stream);
    assert_eq!(ids(&kept), names((0..10).chain(20..40)));
    assert!(
        kept.lost.len() == 1 && kept.lost[0].missing.is_some(),
        "{:?}",
        kept.lost
    );

    // The head of a message: a stream cannot be read beyond, a file can, by its footer.
    let file = fixture("batches.arrow");
    let heads: Vec<usize> = memchr::memmem::find_iter(&file, MARK).collect();
    let mut damaged = file.clone();
    damaged[heads[2]..heads[2] + 60].fill(0x77);
    let kept = of(damaged);
    assert_eq!(ids(&kept), names((0..10).chain(20..40)));
    assert!(
        kept.lost.len() == 1 && kept.lost[0].missing.is_some(),
        "{:?}",
        kept.lost
    );
}

#[test]
fn other_files_are_named() {
    let said = |bytes: &[u8]| {
        of(bytes)
            .lost
            .pop()
            .map(|loss| loss.what)
            .unwrap_or_default()
    };
    assert!(said(b"").contains("empty"));
    assert!(said(b"FEA1\0\0").contains("version 1"));
    assert!(
        said(b"<html> no table").contains("expected a schema"),
        "{}",
        said(b"<html> no table")
    );
    let is = |name: &str, head: &[u8]| recognise(Path::new(name), head);
    assert!(
        is("x", b"ARROW1\0\0") && is("x", b"\xff\xff\xff\xff\x10\x01\0\0") && is("data.arrow", b"")
    );
    assert!(!is("x", b"\xff\xff\xff\xff\xff\xff\xff\xff") && !is("x.jsonl", b"{}"));
}

#[test]
fn damage_anywhere_never_panics() {
    let files = [
        "every_type.feather",
        "every_type.arrows",
        "batches.arrow",
        "heavy.feather",
    ];
    let mut chance = crate::testing::Chance(11);
    for round in 0..800 {
        let mut bytes = fixture(files[round % files.len()]);
        for _ in 0..1 + chance.below(4) {
            let at = chance.below(bytes.len());
            match chance.below(3) {
                0 => bytes[at] = u8::try_from(chance.below(256)).unwrap(),
                1 => bytes[at] ^= 1 << chance.below(8),
                _ => bytes[at] = 0xFF,
            }
        }
        of(bytes);
    }
}
