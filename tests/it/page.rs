//! The page we are for, as its crawler wrote it: blanks before the header, the lead twice, an offer in the
//! middle, teasers in doubled lines. Its story stands on three other pages.

use serde_json::Value;

use crate::cmd::{Dir, fixture};

/// A finished run over the pages, among those of the newsroom.
fn run() -> Dir {
    let dir = Dir::new();
    let (pages, newsroom) = (fixture("pages"), fixture("newsroom/pages"));
    let words = [
        "dedup", &pages, &newsroom, "-o", "run", "--write", "kept", "--remove", "exact",
    ];
    dir.wirecopy(&words).exits(0);
    dir
}

const STORY: [&str; 4] = [
    "sandbank-harbour.txt",
    "sandbank-ledger.txt",
    "sandbank-mirror.txt",
    "sandbank-wire.txt",
];

#[test]
fn blanks_and_marks_before_the_header_are_no_difference() {
    let dir = run();
    assert!(
        dir.clusters("run")
            .contains(STORY.map(str::to_owned).as_slice())
    );
    let rows = dir.rows("run/clusters.jsonl");
    for id in STORY {
        let row = rows.iter().find(|row| row["id"] == id).unwrap();
        let day = if id.contains("harbour") || id.contains("wire") {
            "2024-10-28"
        } else {
            "2024-10-29"
        };
        assert!(row["date"].as_str().unwrap().starts_with(day), "{row}");
        if id == "sandbank-ledger.txt" {
            assert_eq!(row["agency"], "Reuters", "from a line of its own: {row}");
        }
    }
    // What is kept is kept byte for byte.
    let kept = dir.tree("run/kept");
    for id in STORY {
        let (_, bytes) = kept.iter().find(|(name, _)| name.ends_with(id)).unwrap();
        assert_eq!(
            *bytes,
            std::fs::read(fixture(&format!("pages/{id}"))).unwrap()
        );
    }
}

#[test]
fn the_headline_is_that_of_the_header() {
    let dir = Dir::new();
    let pages = fixture("pages");
    dir.wirecopy(&["dedup", &pages, "-o", "run", "--merge"])
        .exits(0);
    let records = dir.rows("run/kept.jsonl");
    let titles: Vec<&str> = records
        .iter()
        .filter_map(|record| record["title"].as_str())
        .collect();
    assert!(titles.contains(&"Tessamar and Skarra envoys talk about a sandbank"));
    assert_eq!(titles.len(), records.len());
    for record in &records {
        assert!(record["date"].is_string(), "{record}");
        assert!(
            !record["text"].as_str().unwrap().contains("date 2024"),
            "{record}"
        );
    }
}

#[test]
fn explain_shows_what_of_a_page_is_story() {
    let dir = run();
    let answer = dir
        .wirecopy(&["explain", "sandbank-ledger.txt", "--run", "run", "--json"])
        .exits(0);
    let answer: Value = serde_json::from_str(&answer.stdout).unwrap();
    let passages = answer["passages"].as_array().unwrap();
    let text_of = |is_story: bool| -> String {
        let of_kind = passages
            .iter()
            .filter(|passage| (passage["kind"] == "story") == is_story);
        of_kind
            .map(|passage| format!("{}\n", passage["text"].as_str().unwrap()))
            .collect()
    };
    let (story, masked) = (text_of(true), text_of(false));
    for part in [
        "Envoys of Tessamar and the Skarra islands met on Monday",
        "which surveyors measured at 41 hectares",
        "We spoke about herring, about buoys and about manners",
        "Skarra boats have been turned back",
        "Both sides agreed to mark the eastern edge",
    ] {
        assert!(story.contains(part), "{part} in\n{story}");
    }
    for part in [
        "Also Read",
        "Let the Ledger Evening Letter bring you",
        "is on Telegram",
        "Find us on Facebook",
        "Related videos",
        "Barber of Sagar Nagar opens a reading room",
        "Where the last ice factory stores its silence",
    ] {
        assert!(
            masked.contains(part) && !story.contains(part),
            "{part} in\n{story}"
        );
    }
    dir.wirecopy(&["explain", "sandbank-ledger.txt", "--run", "run"])
        .exits(0)
        .says("Tessamar and Skarra envoys talk about a sandbank")
        .says("  story          ")
        .says("  lines          ");
    // With a second page, what both have is reported as well.
    dir.wirecopy(&[
        "explain",
        "sandbank-ledger.txt",
        "sandbank-wire.txt",
        "--run",
        "run",
    ])
    .exits(0)
    .says("copies");
}

#[test]
fn one_document_alone_has_nothing_masked_in_near() {
    let dir = Dir::new();
    dir.write("a.jsonl", "{\"id\":\"a\",\"text\":\"one two three\"}\n");
    dir.wirecopy(&["cluster", "a.jsonl", "-o", "run", "--profile", "near"])
        .exits(0);
    dir.wirecopy(&["explain", "a", "--run", "run"])
        .exits(2)
        .stderr_has(&["masks nothing"]);
}
