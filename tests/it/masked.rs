//! How much was masked, source by source, and what is said where that looks wrong.

use std::fmt::Write as _;

use serde_json::Value;

use crate::cmd::Dir;

/// So many sentences of words that no other text has.
fn sentences(topic: usize, sentences: usize, words: usize) -> String {
    let mut text = String::new();
    for sentence in 0..sentences {
        for word in 0..words {
            let number = ((topic * 64 + sentence) * 64 + word) as u64;
            let mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 24;
            write!(text, "{}{mixed:x}", if word == 0 { "T" } else { " v" }).unwrap();
        }
        text.push_str(" end.\n");
    }
    text
}

/// A sentence of thirty words that no other page has.
fn own(number: usize) -> String {
    let letters = |mut n: usize| {
        let mut word = String::from("own");
        for _ in 0..4 {
            word.push(char::from(b'a' + u8::try_from(n % 26).unwrap()));
            n /= 26;
        }
        word
    };
    let words: Vec<String> = (0..30).map(|at| letters(30 * number + at)).collect();
    format!("{}. ", words.join(" "))
}

/// Pages of three sources: one prints little else than its boilerplate, one files each story three
/// times, one does neither.
fn corpus(dir: &Dir) {
    let mut records = String::new();
    let mut put = |source: &str, number: usize, text: &str| {
        let record = serde_json::json!({
            "id": format!("{source}-{number}"),
            "source": format!("{source}.example"),
            "date": format!("2024-03-{:02}", 1 + number),
            "text": text,
        });
        writeln!(records, "{record}").unwrap();
    };
    for number in 0..24 {
        let menu = sentences(1_000, 8, 20);
        put("menus", number, &(own(number) + &menu));
        put("again", number, &sentences(100 + number / 3, 6, 20));
        put("plain", number, &sentences(200 + number, 6, 20));
    }
    put("plain", 24, "Four words, no more.");
    dir.write("in.jsonl", &records);
}

#[test]
fn a_source_that_is_masked_or_copied_too_much_is_named() {
    let dir = Dir::new();
    corpus(&dir);
    let words = ["cluster", "in.jsonl", "-o", "out", "--profile", "wire"];
    let cmd = dir
        .wirecopy(&words)
        .exits(0)
        .says("Masked as boilerplate\n")
        .says("thin documents             1")
        .stderr_has(&[
            "menus.example (8",
            "again.example (24 of 24)",
            "--write story-text",
        ]);
    assert!(!cmd.stderr.contains("plain.example"), "{}", cmd.stderr);
    let masked = &dir.json("out/run.json")["boilerplate"];
    let sources = masked["sources"].as_array().unwrap();
    let names: Vec<&str> = sources
        .iter()
        .map(|s| s["publisher"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["plain.example", "again.example", "menus.example"]);
    let figures = |at: usize| {
        ["documents", "masked_words", "thin", "refiled"]
            .map(|name| sources[at][name].as_u64().unwrap())
    };
    assert_eq!(figures(0), [25, 0, 1, 0]);
    assert_eq!(figures(1), [24, 0, 0, 24]);
    assert_eq!(figures(2), [24, 24 * 168, 0, 0]);
    assert_eq!(masked["sources_not_listed"], 0);
    assert_eq!(masked["total"]["thin"], 1);
}

#[test]
fn a_program_gets_the_same() {
    let dir = Dir::new();
    corpus(&dir);
    let words = [
        "cluster",
        "in.jsonl",
        "-o",
        "out",
        "--profile",
        "wire",
        "--progress",
        "json",
    ];
    let cmd = dir.wirecopy(&words).exits(0);
    let summary: Value = serde_json::from_str(cmd.stdout.trim()).unwrap();
    assert_eq!(summary["boilerplate"]["masked_words"], 24 * 168);
    for kind in ["nearly_all_masked", "refiled"] {
        assert!(
            cmd.stderr.contains(&format!("\"kind\":\"{kind}\"")),
            "{}",
            cmd.stderr
        );
    }
}
