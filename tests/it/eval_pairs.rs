//! `wirecopy eval --pairs` over verdicts that a report exported.

use std::fmt::Write as _;

use serde_json::{Value, json};
use wirecopy::report::Report;

use crate::cmd::{Dir, fixture};

/// Verdicts: name of the stratum, weight, accepted, and how many were called what.
fn verdicts(strata: &[(&str, f64, bool, [u64; 3])]) -> String {
    let mut rows = String::new();
    for (stratum, weight, accepted, counts) in strata {
        for (verdict, count) in ["same", "different", "unsure"].into_iter().zip(counts) {
            for at in 0..*count {
                let row = json!({
                    "a": format!("{stratum}-{verdict}-{at}"), "b": "z", "verdict": verdict,
                    "list": "sample", "stratum": stratum, "weight": weight, "accepted": accepted,
                });
                writeln!(rows, "{row}").unwrap();
            }
        }
    }
    rows
}

fn figures(dir: &Dir, words: &[&str]) -> Value {
    let answer = dir
        .wirecopy(&[&["eval"], words, &["--json"]].concat())
        .exits(0);
    serde_json::from_str(&answer.stdout).unwrap()
}

fn close(got: &Value, want: f64) {
    assert!(
        (got.as_f64().unwrap() - want).abs() < 1e-9,
        "{got}, want {want}"
    );
}

#[test]
fn figures_are_those_worked_out_by_hand() {
    let dir = Dir::new();
    let mut rows = verdicts(&[
        ("accepted low", 10.0, true, [9, 1, 0]),
        ("accepted high", 15.0, true, [20, 0, 0]),
        ("refused", 5.0, false, [2, 8, 0]),
        ("gate", 50.0, false, [0, 20, 0]),
    ]);
    rows.push_str("{\"a\":\"x\",\"b\":\"y\",\"verdict\":\"different\",\"list\":\"doubtful\",\"stratum\":null,\"weight\":null,\"accepted\":true}\n\n");
    dir.write("v.jsonl", &rows);
    let found = figures(&dir, &["--pairs", "v.jsonl"]);
    // (90 + 300) of 100 + 300; 390 of 390 + 10.
    close(&found["precision"]["value"], 390.0 / 400.0);
    close(&found["recall"]["value"], 390.0 / 400.0);
    for figure in ["precision", "recall"] {
        let [low, high] = ["low", "high"].map(|end| found[figure][end].as_f64().unwrap());
        assert!(
            0.5 < low && low < 0.975 && 0.975 < high && high < 1.0,
            "{found}"
        );
    }
    assert_eq!(found["doubtful_not_counted"]["accepted"]["different"], 1);
    assert_eq!(found["drawn_known"], false);
    let text = dir
        .wirecopy(&["eval", "--pairs", "v.jsonl"])
        .exits(0)
        .stdout;
    for part in [
        "precision of accepted pairs",
        "0.9750",
        "95 % interval",
        "are not counted: 1 accepted",
        "only if every drawn pair",
    ] {
        assert!(text.contains(part), "no `{part}` in\n{text}");
    }
}

#[test]
fn unsure_verdicts_are_left_out_but_their_pairs_are_there() {
    let dir = Dir::new();
    dir.write(
        "v.jsonl",
        &verdicts(&[
            ("a", 10.0, true, [3, 1, 6]),
            ("b", 10.0, true, [5, 0, 0]),
            ("c", 1.0, false, [0, 0, 4]),
        ]),
    );
    let found = figures(&dir, &["--pairs", "v.jsonl"]);
    // 100 pairs of which 3/4, 50 of which all.
    close(&found["precision"]["value"], 125.0 / 150.0);
    assert_eq!(found["recall"], Value::Null);
    assert_eq!(found["unjudged_strata"], 1);
    assert_eq!(found["strata"][0]["unsure"], 6);
}

/// The run says how many pairs were drawn of a stratum of which only some were judged.
#[test]
fn a_half_judged_sample_is_weighed_by_the_run() {
    let dir = Dir::new();
    dir.wirecopy(&["cluster", &fixture("newsroom/newsroom.jsonl"), "-o", "run"])
        .exits(0);
    let report = Report::from_json(&dir.read("run/report.json")).unwrap();
    let (mut rows, mut judged) = (String::new(), 0);
    for drawn in &report.sample {
        let comparison = &report.comparisons[drawn.comparison as usize];
        let id = |at: u32| report.texts[at as usize].id.as_str();
        let is_first = !rows.contains(&drawn.stratum);
        if is_first || comparison.accepted {
            judged += 1;
            let row = json!({
                "a": id(comparison.a), "b": id(comparison.b), "list": "sample",
                "verdict": if comparison.accepted { "same" } else { "different" },
                "stratum": drawn.stratum, "weight": drawn.weight, "accepted": comparison.accepted,
            });
            writeln!(rows, "{row}").unwrap();
        }
    }
    dir.write("v.jsonl", &rows);
    assert!(judged < report.sample.len());
    let found = figures(&dir, &["run", "--pairs", "v.jsonl"]);
    assert_eq!(
        (&found["precision"]["value"], &found["recall"]["value"]),
        (&json!(1.0), &json!(1.0))
    );
    let compared = |accepted: bool| -> f64 {
        let strata = found["strata"].as_array().unwrap().iter();
        let own = strata.filter(|stratum| stratum["accepted"] == accepted);
        own.map(|stratum| stratum["compared"].as_f64().unwrap())
            .sum()
    };
    assert!((compared(true) - report.counts.accepted as f64).abs() < 1e-3);
    let refused = report
        .similarities
        .iter()
        .map(|bin| bin.refused)
        .sum::<u64>();
    assert!((compared(false) - refused as f64).abs() < 1e-3);
    // Of another run, it is refused.
    dir.write("v.jsonl", &rows.replace("\"weight\":", "\"weight\":1"));
    dir.wirecopy(&["eval", "run", "--pairs", "v.jsonl"])
        .exits(1)
        .stderr_has(&["another run"]);
}

#[test]
fn rows_that_cannot_be_used_are_errors_with_their_place() {
    let dir = Dir::new();
    let good = verdicts(&[("s", 2.0, true, [1, 0, 0])]);
    for (row, what) in [
        ("{\"a\":\"x\"}", "missing field"),
        ("{\"a\":", "not a JSON object"),
        (
            &*good
                .replace("\"same\"", "\"maybe\"")
                .replace("s-same-0", "q"),
            "unknown variant `maybe`",
        ),
        (&*good, "twice"),
        (
            &*good.replace("2.0", "3.0").replace("s-same-0", "q"),
            "`weight`",
        ),
        (
            &*good.replace("2.0", "0.5").replace("s-same-0", "q"),
            "1 or more",
        ),
        (
            &*good.replace("2.0", "null").replace("s-same-0", "q"),
            "export the verdicts again",
        ),
        (
            &*good.replace("true", "false").replace("s-same-0", "q"),
            "`accepted`",
        ),
    ] {
        dir.write("v.jsonl", &format!("{good}\n{row}"));
        let answer = dir.wirecopy(&["eval", "--pairs", "v.jsonl"]).exits(1);
        answer.stderr_has(&["v.jsonl:3", what]);
    }
    dir.write("v.jsonl", &good);
    for (words, what) in [
        ("eval --pairs v.jsonl --truth t.tsv", "--truth"),
        ("eval v.jsonl --pairs v.jsonl", "expected the folder"),
    ] {
        let words: Vec<&str> = words.split(' ').collect();
        dir.wirecopy(&words).exits(2).stderr_has(&[what]);
    }
    dir.wirecopy(&["eval", ".", "--pairs", "v.jsonl"])
        .exits(1)
        .stderr_has(&["report.json", "leave it out"]);
    dir.write("labels.tsv", "id_a\tid_b\tlabel\na\tb\tcopy\n");
    dir.wirecopy(&["eval", "--pairs", "labels.tsv"])
        .exits(2)
        .stderr_has(&["no clustering"]);
}
