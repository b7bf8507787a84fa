//! Pairs in a report: the very runs that verification scored, of texts of every sort.

use std::sync::atomic::AtomicBool;

use wirecopy::report::Report;
use wirecopy::report::model::{Comparison, Text};
use wirecopy::{Context, Explanation, Figures, PassageKind, Side};
use wirecopy::{Job, OwnedRecord, Recipe, Run};

use crate::cmd::{Dir, fixture};

fn job(recipe: Recipe) -> Job {
    Job::new(recipe).path(fixture("newsroom/newsroom.jsonl"))
}

fn report(run: &Run, budget: usize) -> Report {
    run.report(budget, Context::default()).unwrap()
}

/// Places of the passages of some kind, in UTF-16 units, joined where nothing but marks is between.
fn places(side: &Side, wanted: fn(PassageKind) -> bool) -> Vec<u16> {
    let text = side.record.text.as_str();
    let passages = side.passages.iter().filter(|passage| wanted(passage.kind));
    passages
        .flat_map(|passage| letters(&text[passage.range.clone()]))
        .collect()
}

/// The letters and digits of a text: what stands between words is of neither.
fn letters(text: &str) -> Vec<u16> {
    let own = text.chars().filter(|c| c.is_alphanumeric());
    own.collect::<String>().encode_utf16().collect()
}

fn shown(text: &Text, places: impl Iterator<Item = (u32, u32)>) -> Vec<u16> {
    let units: Vec<u16> = text.text.encode_utf16().collect();
    let mut places: Vec<(u32, u32)> = places.collect();
    places.sort_unstable();
    places
        .into_iter()
        .flat_map(|(from, to)| {
            letters(&String::from_utf16(&units[from as usize..to as usize]).unwrap())
        })
        .collect()
}

fn same(report: &Report, comparison: &Comparison, found: &Explanation) {
    let [a, b] = [comparison.a, comparison.b].map(|at| &report.texts[at as usize]);
    let who = format!("{} {}", a.id, b.id);
    let (runs_a, runs_b) = (
        comparison.runs.iter().map(|run| (run.0, run.1)),
        comparison.runs.iter().map(|run| (run.2, run.3)),
    );
    assert_eq!(
        shown(a, runs_a),
        places(&found.a, PassageKind::is_shared),
        "{who}"
    );
    assert_eq!(
        shown(b, runs_b),
        places(&found.b, PassageKind::is_shared),
        "{who}"
    );
    for (text, side) in [(a, &found.a), (b, &found.b)] {
        let masked = shown(text, text.masked.iter().copied());
        assert_eq!(masked, places(side, PassageKind::is_masked), "{who}");
    }
    // The page of the pair alone is made of the same.
    assert_eq!(found.report.comparisons[0].runs, comparison.runs, "{who}");
    assert_eq!(
        found.report.comparisons[0].facts_a, comparison.facts_a,
        "{who}"
    );
    assert_eq!(found.report.texts, [a.clone(), b.clone()], "{who}");
}

#[test]
fn runs_are_the_very_runs_that_verification_scored() {
    let run = job(Recipe::default_wire()).run().unwrap();
    let report = report(&run, 1 << 20);
    let mut kinds = [0; 3];
    for comparison in &report.comparisons {
        let kind = match comparison {
            Comparison {
                accepted: true,
                score: 2.0..,
                ..
            } => 0,
            Comparison { accepted: true, .. } => 1,
            _ => 2,
        };
        kinds[kind] += 1;
        if kinds[kind] > 5 {
            continue;
        }
        let [a, b] = [comparison.a, comparison.b].map(|at| report.texts[at as usize].id.as_str());
        let open = job(Recipe::default_wire())
            .learned(run.learned().unwrap().clone())
            .open()
            .unwrap();
        let found = open.explain(a, b, Context::default()).unwrap();
        same(&report, comparison, &found);
        let Figures::Wire(story) = &found.figures else {
            panic!("of the wire profile")
        };
        if kind > 0 {
            assert!(
                (story.decision.score - comparison.score).abs() < 1e-6,
                "{a} {b}"
            );
            let aligned: Vec<u32> = [&found.a, &found.b]
                .map(|side| {
                    let passages = side
                        .passages
                        .iter()
                        .filter(|passage| passage.kind.is_shared());
                    passages
                        .map(|passage| u32::try_from(passage.words).unwrap())
                        .sum()
                })
                .to_vec();
            assert_eq!(aligned, [story.decision.words.shared; 2]);
        }
        let refused = story.decision.refused.map(|refused| refused.name());
        assert_eq!(refused, comparison.refused.as_deref(), "{a} {b}");
    }
    assert!(kinds.iter().all(|&kind| kind >= 2), "{kinds:?}");
}

#[test]
fn near_shows_what_explain_shows() {
    let run = job(Recipe::default_near()).run().unwrap();
    let report = report(&run, 1 << 20);
    assert!(report.comparisons.len() >= 6);
    for comparison in report.comparisons.iter().take(4) {
        let [a, b] = [comparison.a, comparison.b].map(|at| report.texts[at as usize].id.as_str());
        let open = job(Recipe::default_near()).open().unwrap();
        let found = open.explain(a, b, Context::default()).unwrap();
        same(&report, comparison, &found);
    }
}

/// Pages of a story with something hostile in each.
fn hostile() -> Vec<OwnedRecord> {
    let story = "The harbour board voted on Tuesday to close the old ferry terminal for good. \
        Crews will begin to take down the wooden piers next month, the board said in a statement. \
        Passengers are asked to use the new quay until the rail link opens in the spring.";
    let long = "x".repeat(1 << 20);
    let extras = [
        "<script>alert(1)</script>",
        "</script><!-- <img src=x onerror=alert(1)>",
        "\u{202e}desrever\u{2066} \u{0} \u{1b}[31m \u{2028} \u{feff}",
        "\u{1f6a2}\u{1f6a2} e\u{301} \u{ff76}\u{ff9e} \u{30ab}\u{30ca}\u{6771}\u{4eac}",
        "مرفأ العبّارات يغلق",
        long.as_str(),
    ];
    (0..)
        .zip(extras)
        .map(|(at, extra): (u32, &str)| OwnedRecord {
            id: Some(format!("\"{at}\"</script>")),
            text: format!("{extra} {story} {extra}"),
            title: Some(format!(
                "<b>{}",
                &extra.chars().take(400).collect::<String>()
            )),
            source: Some(format!("out{at}</title>")),
            date: Some(format!("2024-10-1{at}")),
            ..OwnedRecord::default()
        })
        .collect()
}

#[test]
fn hostile_texts_are_shown_as_they_are_and_in_bounds() {
    for recipe in [
        Recipe::default_wire(),
        Recipe::near("0.3".parse().unwrap(), 0.95).unwrap(),
    ] {
        let run = Job::new(recipe).records(hostile()).run().unwrap();
        let report = report(&run, 1 << 20);
        assert!(!report.comparisons.is_empty());
        for text in &report.texts {
            let units = u32::try_from(text.text.encode_utf16().count()).unwrap();
            assert!(units <= 40_000);
            assert!(text.title.as_ref().unwrap().chars().count() <= 300);
            assert_eq!(text.cut > 0, text.id == "\"5\"</script>");
            let mut last = 0;
            for &(from, to) in &text.masked {
                assert!(last <= from && from < to && to <= units);
                last = to;
            }
        }
        for comparison in &report.comparisons {
            let [a, b] = [comparison.a, comparison.b].map(|at| {
                report.texts[at as usize]
                    .text
                    .encode_utf16()
                    .collect::<Vec<u16>>()
            });
            let mut last = 0;
            for &(from_a, to_a, from_b, to_b) in &comparison.runs {
                assert!(last <= from_a && from_a < to_a && from_b < to_b);
                last = to_a;
                for (text, from, to) in [(&a, from_a, to_a), (&b, from_b, to_b)] {
                    // On the borders of characters.
                    assert!(String::from_utf16(&text[from as usize..to as usize]).is_ok());
                }
            }
        }
        let json = report.to_json();
        assert_eq!(Report::from_json(&json).unwrap(), report);
        let page = wirecopy::report::page(&report, &Default::default());
        for open in ["<script>alert", "<img src=x", "<b><"] {
            assert!(!page.contains(open), "{open}");
        }
        assert!(!page.contains(['\u{0}', '\u{1b}']));
    }
}

#[test]
fn two_documents_are_shown_side_by_side() {
    let dir = Dir::new();
    let pages = fixture("newsroom/newsroom.jsonl");
    dir.wirecopy(&["cluster", &pages, "-o", "run", "--no-report"])
        .exits(0);
    let explain = |flags: &[&str]| {
        let words = ["explain", "strike-deccan", "strike-mirror", "--run", "run"];
        dir.wirecopy(&[&words, flags].concat())
    };
    explain(&["--html", "pair.html"]).exits(0).says("pair.html");
    let page = dir.read("pair.html");
    assert!(page.starts_with("<!doctype html>") || page.starts_with("<!DOCTYPE html>"));
    assert!(page.contains("strike-deccan") && page.contains("strike-mirror"));
    explain(&["--html", "pair.html", "--json"]).exits(2);
    explain(&["--html", "run"])
        .exits(1)
        .stderr_has(&["found a folder"]);
}

#[test]
fn a_report_is_stopped_when_asked_to() {
    let run = job(Recipe::default_wire()).run().unwrap();
    let stopped = run.report(1 << 20, Context::silent(&AtomicBool::new(true)));
    assert!(matches!(stopped, Err(wirecopy::Error::Cancelled)));
}
