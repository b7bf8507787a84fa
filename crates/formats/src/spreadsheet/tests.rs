//! Workbooks that openpyxl, xlwt and pandas wrote (`fixtures/make_sheets.py`), whole and damaged.

use std::path::PathBuf;

use serde_json::json;

use super::*;
use crate::testing::{Kept, read as read_form};

fn fixture(name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/sheets");
    std::fs::read(folder.join(name)).unwrap()
}

fn of(name: &str) -> Kept {
    read_form(&FORM, name, fixture(name))
}

const TEXT: &str = "The harbour council voted on Tuesday to keep the night ferry running through the winter, after a long debate. ";

#[test]
fn a_head_is_found_below_titles() {
    let kept = of("articles.xlsx");
    assert_eq!(kept.lost, []);
    let row = |n: u32, outlet: bool| {
        let mut row = json!({
            "Date": format!("2024-02-0{n}"), "Headline": format!("Ferry {n}"), "Text": format!("{n}: {TEXT}{TEXT}"),
            "Words": n * 10, "Is wire": n.is_multiple_of(2), "G": "note", "Ratio": f64::from(n) / 4.0, "sheet": "Articles",
        });
        if outlet {
            row["Outlet"] = json!("The Harbour Post");
        }
        row
    };
    let mut first = row(1, true);
    first["At"] = json!("06:30:00");
    assert_eq!(kept.records[0], first);
    assert_eq!(kept.records[1], row(2, true));
    assert_eq!(
        kept.records[2],
        row(3, false),
        "the second of two merged cells"
    );
    let late = &kept.records[3];
    assert_eq!(late["Date"], "2024-02-04T13:30:15");
    assert_eq!(late["Text"], format!("4: line one\nline two {TEXT}"));
    assert_eq!(
        late["Headline"],
        json!(null),
        "a formula that was never computed"
    );
    let last = &kept.records[4];
    assert_eq!(
        (&last["sheet"], &last["Headline"]),
        (&json!("More"), &json!("Ferry 5"))
    );
    assert_eq!(kept.records.len(), 5, "neither a legend nor a hidden sheet");
}

#[test]
fn other_kinds_are_read() {
    for name in ["articles.xls", "articles.ods"] {
        let kept = of(name);
        assert_eq!(kept.lost, [], "{name}");
        let row = |n: u32| json!({"Date": format!("2024-02-0{n}"), "Headline": format!("Fähre {n}"), "Text": format!("{n}: {TEXT}")});
        let mut records = kept.records;
        for record in &mut records {
            // A blank at the end of a paragraph is none in OpenDocument.
            let text = record["Text"].as_str().unwrap().trim_end().to_owned() + " ";
            record["Text"] = json!(text);
        }
        assert_eq!(records, [row(1), row(2), row(3)], "{name}");
    }
}

#[test]
fn texts_without_a_head_are_texts() {
    let kept = of("no_head.xlsx");
    assert_eq!(kept.records.len(), 3);
    assert_eq!(kept.records[0], json!({"text": format!("1: {TEXT}{TEXT}")}));
}

#[test]
fn a_cell_that_is_full_is_said() {
    let kept = of("long.xlsx");
    assert_eq!(kept.records.len(), 2);
    assert!(
        kept.lost.len() == 1 && kept.lost[0].what.contains("1 cells have 32767"),
        "{:?}",
        kept.lost
    );
}

#[test]
fn what_is_no_workbook_is_named() {
    let said = |name: &str, bytes: &[u8]| {
        let mut kept = read_form(&FORM, name, bytes);
        assert_eq!(kept.records.len(), 0);
        kept.lost.pop().unwrap().what
    };
    let whole = fixture("articles.xlsx");
    assert!(said("a.xlsx", &whole[..whole.len() / 2]).contains("ends too early"));
    assert!(said("a.xlsx", b"").contains("empty"));
    let encrypted: Vec<u8> = [
        COMPOUND,
        &"EncryptedPackage"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<_>>(),
    ]
    .concat();
    assert!(said("a.xlsx", &encrypted).contains("encrypted"));
    let is = |name: &str, head: &[u8]| recognise(Path::new(name), head);
    assert!(is("a", &whole) && is("a.ods", &fixture("articles.ods")) && is("a.xls", COMPOUND));
    assert!(
        !is("a.zip", b"PK\x03\x04")
            && !is("a.doc", COMPOUND)
            && !is("a.xls", b"<html>")
            && !is("a", b"PK\x03\x04")
    );
}

#[test]
fn damage_anywhere_never_panics() {
    let files = ["articles.xlsx", "articles.xls", "articles.ods"];
    let mut chance = crate::testing::Chance(5);
    for round in 0..300 {
        let mut bytes = fixture(files[round % files.len()]);
        for _ in 0..1 + chance.below(6) {
            let at = chance.below(bytes.len());
            bytes[at] = u8::try_from(chance.below(256)).unwrap();
        }
        read_form(&FORM, "x.xls", bytes);
    }
}
