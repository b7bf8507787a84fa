//! What people are shown before a run, not after.

use std::fs::{self, OpenOptions};
use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;

use crate::cmd::{Dir, fixture};

/// What a dry run prints.
fn answer(dir: &Dir, words: &[&str]) -> String {
    let words = [words, &["-o", "out", "--dry-run"]].concat();
    let said = dir.wirecopy(&words).exits(0).stdout;
    assert!(!dir.path("out").exists());
    said
}

#[track_caller]
fn holds(said: &str, parts: &[&str]) {
    for part in parts {
        assert!(said.contains(part), "no `{part}` in\n{said}");
    }
}

#[test]
fn a_corpus_is_described_in_a_dozen_lines() {
    let dir = Dir::new();
    let newsroom = fixture("newsroom/newsroom.jsonl");
    let csv = fixture("formats/semicolon.csv");
    let gz = fixture("formats/members.jsonl.gz");
    let inputs = ["dedup", &newsroom, &csv, &gz];
    let said = answer(&dir, &[&inputs[..], &["--profile", "near"]].concat());
    holds(
        &said,
        &["near        comparing whole texts; outlets and dates are only shown"],
    );
    let said = answer(&dir, &inputs);
    holds(
        &said,
        &[
            "newsroom.jsonl: JSON Lines, ",
            "about 88 documents",
            "semicolon.csv: CSV with semicolons",
            "members.jsonl.gz: JSON Lines, gzip",
            "about 100 documents",
            "text from text, id from id, title from title, source from source",
            "text 100 %, id 100 %, outlet ",
            "wire        comparing story texts; boilerplate is learned per outlet (outlets and dates known)",
            " needed, ",
            " spooled in ",
            " free",
            "written to kept/",
        ],
    );
    assert!(said.lines().count() <= 13, "{said}");
}

#[test]
fn what_is_amiss_is_reported_with_an_example_and_a_flag() {
    let dir = Dir::new();
    let record = "{\"date\": \"around \\u001b[31mnoon\", \"source\": \"one.example\", \
                  \"text\": \"one two three\"}\n";
    dir.write("in.jsonl", &format!("{record}{record}{{\"text\": 5}}\n"));
    let said = answer(&dir, &["cluster", "in.jsonl"]);
    holds(
        &said,
        &[
            "id 0 %",
            "2 in no known form, such as `around \\u{1b}[31mnoon`",
            "--date-format",
            "rejected    1 of 3 in the sample; the first: field `text` should be a string",
            "rows are named file#record",
            "the one outlet, one.example, counts as none",
        ],
    );
    assert!(!said.contains('\u{1b}'), "{said:?}");
}

#[test]
fn wire_is_warned_what_its_fields_mean_for_the_mask() {
    let dir = Dir::new();
    let record = |more: &str| format!("{{{more}\"text\": \"one two three\"}}\n");
    let date = "\"date\": \"2024-01-01\", ";
    let source = |name: &str| format!("\"source\": \"{name}.example\", ");
    let two = |more: &str| record(&(source("a") + more)) + &record(&(source("b") + more));
    let wire = ["--profile", "wire"];
    for (name, records, means, known) in [
        (
            "both",
            two(date),
            "boilerplate is learned per outlet (outlets and dates known)",
            "publishers and dates",
        ),
        (
            "sources",
            two(""),
            "boilerplate is learned per outlet (outlets known, dates not)",
            "publishers",
        ),
        (
            "dates",
            record(date),
            "learned from all documents: what stands around different stories",
            "dates",
        ),
        (
            "one",
            record(&source("a")).repeat(2),
            "share no word with the rest, unless most of these are of the same few days",
            "neither",
        ),
        (
            "none",
            record(""),
            "(neither outlets nor dates known)",
            "neither",
        ),
    ] {
        let name = format!("{name}.jsonl");
        dir.write(&name, &records);
        let said = answer(&dir, &[&["cluster", &name][..], &wire].concat());
        holds(&said, &["wire        comparing story texts; ", means]);
        let json = ["--progress", "json"];
        let said = answer(&dir, &[&["cluster", &name][..], &wire, &json].concat());
        let event: Value = serde_json::from_str(&said).unwrap();
        assert_eq!(event["known"], known, "{name}");
        assert_eq!(event["profile"], "wire");
        assert_eq!(event["learns_boilerplate"], true);
    }
}

#[test]
fn only_five_inputs_are_listed() {
    let dir = Dir::new();
    let names: Vec<String> = (1..=8).map(|number| format!("day{number}.jsonl")).collect();
    for name in &names {
        dir.write(
            name,
            &format!("{{\"id\": \"{name}\", \"text\": \"one two\"}}\n"),
        );
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let said = answer(&dir, &[&["cluster"], &names[..]].concat());
    holds(&said, &["day5.jsonl", "and 3 more", "about 8 documents"]);
    assert!(!said.contains("day6.jsonl"), "{said}");
}

#[test]
fn files_that_are_passed_over_are_named() {
    let dir = Dir::new();
    fs::create_dir(dir.path("pages")).unwrap();
    dir.write("pages/a.txt", "one two three")
        .write("pages/b.jpg", "b")
        .write("pages/README.md", "These are pages.");
    let said = answer(&dir, &["cluster", "pages"]);
    holds(
        &said,
        &[
            "passed over 2 files: pages/README.md, pages/b.jpg",
            "pages: text files",
        ],
    );
}

#[test]
fn a_stream_is_known_only_when_it_is_read() {
    let dir = Dir::new();
    let said = answer(&dir, &["cluster", "-"]);
    holds(
        &said,
        &["stdin: a stream", "known only when it is read", "at least"],
    );
}

#[test]
fn a_program_gets_the_same() {
    let dir = Dir::new();
    let newsroom = fixture("newsroom/newsroom.jsonl");
    let said = answer(&dir, &["dedup", &newsroom, "--progress", "json"]);
    let event: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(event["event"], "preflight");
    assert_eq!(event["estimated_documents"], 88);
    assert_eq!(event["inputs"][0]["fields"]["text"], "text");
    assert_eq!(event["sample"]["with_text"], 88);
    let output = &event["output"];
    assert_eq!(output["corpora"][0]["names"], "kept/");
    assert_eq!(output["corpora"][0]["is_bound"], true);
    let length = fs::metadata(&newsroom).unwrap().len();
    assert_eq!(output["corpora"][0]["bytes"], length);
    assert!(output["tables_bytes"].is_u64() && output["free_bytes"].is_u64());
    assert!(event["memory_needed_bytes"].is_u64() && event["spool_folder"].is_string());
}

#[test]
fn a_corpus_that_needs_more_memory_is_refused_before_it_is_read() {
    let dir = Dir::new();
    dir.corpus("large.jsonl", 20_000, 40);
    let cmd = dir
        .wirecopy(&[
            "dedup",
            "large.jsonl",
            "-o",
            "out",
            "--memory",
            "10M",
            "--progress",
            "plain",
        ])
        .exits(1)
        .stderr_has(&["MB of memory", "may use 10 MB", "--memory"]);
    assert!(!cmd.stderr.contains("reading"), "{}", cmd.stderr);
    assert_eq!(dir.names(), ["large.jsonl"]);
}

/// The file claims to hold a terabyte, most of it a hole: at the ratio of its beginning, that is
/// more than any disk of today.
#[test]
fn a_spool_that_does_not_fit_is_refused_before_it_is_written() {
    let dir = Dir::new();
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    for record in 0..40_000 {
        let words = "again and again ".repeat(10);
        writeln!(encoder, "{{\"id\": {record}, \"text\": \"{words}\"}}").unwrap();
    }
    fs::write(dir.path("in.jsonl.gz"), encoder.finish().unwrap()).unwrap();
    let file = OpenOptions::new().write(true).open(dir.path("in.jsonl.gz"));
    if file.unwrap().set_len(1 << 40).is_err() {
        crate::cmd::skipped("this file system has no files of a terabyte");
        return;
    }
    let here = dir.path("").canonicalize().unwrap();
    let here = here.to_str().unwrap();
    let words = ["cluster", "in.jsonl.gz", "-o", "out", "--memory", "100000G"];
    let cmd = dir.wirecopy(&words).exits(1);
    cmd.stderr_has(&["spools about ", here, "MB are free", "--temp-dir"]);
    assert_eq!(dir.names(), ["in.jsonl.gz"]);
}
