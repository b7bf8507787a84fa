//! Rows as they are in the tables, byte for byte.

use super::*;
use crate::date::Precision;
use crate::output::csv::CsvForm;
use crate::output::table::{write_header, write_row};
use crate::similarity::Overlap;

fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
    let mut out = Vec::new();
    write(&mut out);
    serde_json::from_slice::<serde_json::Value>(&out).expect("a row is JSON");
    String::from_utf8(out).unwrap()
}

#[test]
fn a_member_and_its_representative() {
    let representative = ClusterRow {
        id: "a\"1",
        cluster: ClusterId(0x12ab),
        size: 2,
        index: 0,
        relation: None,
        likeness: Likeness::EQUAL,
        publisher: None,
        date: None,
        lag: None,
        agency: None,
        also_in: &[],
    };
    assert_eq!(
        written(|out| representative.write_jsonl(out)),
        concat!(
            r#"{"id":"a\"1","cluster_id":"c00000000000012ab","cluster_size":2,"cluster_index":0,"#,
            r#""relation":"representative","score":1.0,"coverage":1.0,"representative_coverage":1.0,"#,
            r#""jaccard":1.0,"publisher":"","date":"","lag_seconds":null,"lag_days":null,"#,
            r#""agency":"","also_in":""}"#,
            "\n"
        )
    );
    let member = ClusterRow {
        id: "b",
        index: 1,
        relation: Some(Relation::Excerpt),
        likeness: Likeness::of_sets(Overlap {
            shared: 30,
            left: 40,
            right: 120,
        }),
        publisher: Some("example.org"),
        date: Some(Date {
            seconds: 1_687_929_233,
            precision: Precision::Second,
        }),
        lag: Some(Lag::Seconds(-60)),
        agency: Some("ČTK"),
        also_in: &[ClusterId(1), ClusterId(0x20)],
        ..representative
    };
    assert_eq!(
        written(|out| member.write_jsonl(out)),
        concat!(
            r#"{"id":"b","cluster_id":"c00000000000012ab","cluster_size":2,"cluster_index":1,"#,
            r#""relation":"excerpt","score":0.230769,"coverage":0.75,"#,
            r#""representative_coverage":0.25,"jaccard":0.230769,"publisher":"example.org","#,
            r#""date":"2023-06-28T05:13:53Z","lag_seconds":-60,"lag_days":0,"#,
            r#""agency":"ČTK","also_in":"c0000000000000001 c0000000000000020"}"#,
            "\n"
        )
    );
}

#[test]
fn a_pair() {
    let pair = PairRow {
        a: "a",
        b: "b",
        accepted: false,
        same_cluster: true,
        likeness: Likeness::of_sets(Overlap {
            shared: 5,
            left: 5,
            right: 6,
        }),
        refused: Some(Refusal::Facts),
        relation: None,
    };
    assert_eq!(
        written(|out| pair.write_jsonl(out)),
        concat!(
            r#"{"a":"a","b":"b","accepted":false,"same_cluster":true,"score":0.833333,"#,
            r#""jaccard":0.833333,"coverage_a":1.0,"coverage_b":0.833333,"shared":5,"#,
            r#""relation":"","refused":"facts"}"#,
            "\n"
        )
    );
}

#[test]
fn documents_of_every_verdict() {
    let mut document = DocumentRow {
        id: Some("d"),
        file: "day.jsonl",
        offset: 812,
        outcome: Outcome {
            place: Place::Removed {
                witness: "w",
                relation: Relation::Exact,
                page_coverage: (9, 10),
            },
            cluster: Some((ClusterId(u64::MAX), 3)),
        },
        also_in: &[],
    };
    assert_eq!(
        written(|out| document.write_jsonl(out)),
        concat!(
            r#"{"id":"d","file":"day.jsonl","offset":812,"verdict":"removed","#,
            r#""duplicate_of":"w","relation":"exact","page_coverage":0.9,"cluster_id":"cffffffffffffffff","#,
            r#""weight":0.333333,"also_in":""}"#,
            "\n"
        )
    );
    document.outcome = Outcome {
        place: Place::Kept,
        cluster: None,
    };
    let tail = concat!(
        r#""verdict":"kept","duplicate_of":"","relation":"","page_coverage":1.0,"cluster_id":"","#,
        r#""weight":1.0,"also_in":""}"#
    );
    assert!(
        written(|out| document.write_jsonl(out))
            .trim_end()
            .ends_with(tail)
    );
    document.id = None;
    document.outcome.place = Place::Rejected;
    let rejected = written(|out| document.write_jsonl(out));
    assert!(rejected.starts_with(r#"{"id":"","#), "{rejected}");
    assert!(rejected.contains(r#""verdict":"rejected""#), "{rejected}");
    assert!(
        rejected
            .trim_end()
            .ends_with(r#""weight":0.0,"also_in":""}"#),
        "{rejected}"
    );
}

#[test]
fn csv_has_the_columns_and_figures_of_json() {
    let pair = PairRow {
        a: "a,1",
        b: "b",
        accepted: true,
        same_cluster: false,
        likeness: Likeness::of_sets(Overlap {
            shared: 5,
            left: 5,
            right: 6,
        }),
        refused: None,
        relation: None,
    };
    let written = |form| {
        let mut out = Vec::new();
        write_header::<PairRow<'_>>(form, &mut out);
        write_row(&pair, form, &mut out);
        String::from_utf8(out).unwrap()
    };
    assert_eq!(
        written(CsvForm::Plain),
        "a,b,accepted,same_cluster,score,jaccard,coverage_a,coverage_b,shared,relation,refused\n\
         \"a,1\",b,true,false,0.833333,0.833333,1.0,0.833333,5,,\n"
    );
    assert_eq!(
        written(CsvForm::Excel),
        "\u{feff}a;b;accepted;same_cluster;score;jaccard;coverage_a;coverage_b;shared;relation;refused\r\n\
         \"a,1\";\"b\";true;false;0.833333;0.833333;1.0;0.833333;5;;\r\n"
    );
}

#[test]
fn other_clusters_are_words_of_one_text() {
    let mut document = DocumentRow {
        id: Some("d"),
        file: "day.jsonl",
        offset: 0,
        outcome: Outcome::BLANK,
        also_in: &[ClusterId(1), ClusterId(2)],
    };
    let row = written(|out| document.write_jsonl(out));
    assert!(
        row.ends_with("\"also_in\":\"c0000000000000001 c0000000000000002\"}\n"),
        "{row}"
    );
    let as_csv = |document: &DocumentRow<'_>| {
        let mut out = Vec::new();
        write_row(document, CsvForm::Plain, &mut out);
        String::from_utf8(out).unwrap()
    };
    let row = as_csv(&document);
    assert!(
        row.ends_with(",c0000000000000001 c0000000000000002\n"),
        "{row}"
    );
    document.also_in = &[];
    assert!(as_csv(&document).ends_with(",1.0,\n"));
}

#[test]
fn a_rejected_record() {
    let rejected = RejectedRow {
        file: "day.jsonl",
        offset: 3,
        reason: "expected `\"` at column 7",
        records: 1,
    };
    assert_eq!(
        written(|out| rejected.write_jsonl(out)),
        "{\"file\":\"day.jsonl\",\"offset\":3,\"reason\":\"expected `\\\"` at column 7\",\"records\":1}\n"
    );
}

#[test]
fn a_text_stands_on_one_line() {
    let row = StoryTextRow {
        id: "a",
        words: 2,
        masked_words: 5,
        text: "One\n\"two\"",
    };
    let line = r#"{"id":"a","words":2,"masked_words":5,"text":"One\n\"two\""}"#;
    assert_eq!(written(|out| row.write_jsonl(out)), format!("{line}\n"));
}
