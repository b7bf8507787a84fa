//! wirecopy in a batch job: exit codes, refusals, signals, silence.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

use crate::cmd::{Cmd, Dir, fixture};

const TWO: &str =
    "{\"id\": \"a\", \"text\": \"one two three\"}\n{\"id\": \"b\", \"text\": \"one two three\"}\n";

fn newsroom() -> String {
    fixture("newsroom/newsroom.jsonl")
}

#[test]
fn wrong_usage_exits_with_2_and_says_which_flag() {
    let dir = Dir::new();
    dir.write("in.jsonl", TWO);
    let wrong = |words: &[&str], parts: &[&str]| {
        let all = [&["cluster", "in.jsonl", "-o", "out"], words].concat();
        dir.wirecopy(&all).exits(2).stderr_has(parts);
    };
    for words in [
        &["--recall", "0.9"][..],
        &["--bands", "5", "--rows", "5"],
        &["--shingle", "word:5"],
    ] {
        let out = ["leave it out, or add --profile near", words[0]];
        wrong(words, &out);
        wrong(&[words, &["--profile", "wire"]].concat(), &out);
    }
    wrong(&["--threshold", "2.2"], &["--threshold", "at most 2"]);
    wrong(
        &["--threshold", "1.2", "--profile", "near"],
        &["--threshold 1.2", "at most 1", "--profile wire"],
    );
    wrong(
        &["--profile", "near", "--recall", "1"],
        &["--recall 1", "below 1"],
    );
    wrong(
        &["--recall", "0.9", "--bands", "5", "--rows", "5"],
        &["--recall", "--bands"],
    );
    wrong(&["--bands", "5"], &["--rows"]);
    wrong(
        &["--profile", "near", "--bands", "5000", "--rows", "5"],
        &["--bands 5000", "1024"],
    );
    wrong(&["--threads", "100000"], &["--threads", "up to 1024"]);
    wrong(&["--memory", "2X"], &["--memory", "such as 512M"]);
    wrong(&["--max-record", "8G"], &["--max-record", "4G"]);
    wrong(&["--shingle", "line:2"], &["word:K or char:K"]);
    wrong(
        &["--no-such-flag"],
        &["wirecopy: error: ", "--no-such-flag"],
    );
    dir.wirecopy(&["cluster", "in.jsonl", "-o"])
        .exits(2)
        .stderr_has(&["--output"]);
    dir.wirecopy(&["dedup", "in.jsonl", "-o", "out", "--keep", "shortest"])
        .exits(2)
        .stderr_has(&["longest"]);
    dir.wirecopy(&[]).exits(2).stderr_has(&["Usage"]);
    assert_eq!(dir.names(), ["in.jsonl"]);
}

#[test]
fn help_and_completions_are_results() {
    let dir = Dir::new();
    dir.wirecopy(&["--help"])
        .exits(0)
        .says("dedup")
        .says("Exit codes");
    dir.wirecopy(&["dedup", "--help"])
        .exits(0)
        .says("--min-coverage")
        .says("[default: longest]");
    dir.wirecopy(&["cluster", "-h"])
        .exits(0)
        .says("[default: 0.74, in near 0.8]")
        .says("[default: wire]");
    dir.wirecopy(&["completions", "bash"])
        .exits(0)
        .says("--threshold");
}

#[test]
fn a_missing_input_is_named_and_leaves_nothing() {
    let dir = Dir::new();
    dir.wirecopy(&["cluster", "nowhere.jsonl", "-o", "out"])
        .exits(1)
        .stderr_has(&["wirecopy: error: nowhere.jsonl", "spelling"]);
    assert!(dir.names().is_empty());
}

#[test]
fn a_corpus_without_text_lists_the_fields_found() {
    let dir = Dir::new();
    dir.write("in.jsonl", "{\"id\": 1, \"words\": \"one two\"}\n");
    dir.wirecopy(&["cluster", "in.jsonl", "-o", "out"])
        .exits(1)
        .stderr_has(&["words", "--text-field"]);
    dir.wirecopy(&["cluster", "in.jsonl", "-o", "out", "--text-field", "words"])
        .exits(0);
}

#[test]
fn an_output_that_exists_is_replaced_only_with_force() {
    let dir = Dir::new();
    let words = ["cluster", &newsroom(), "-o", "out"];
    dir.wirecopy(&words).exits(0);
    let before = dir.tree("out");
    dir.wirecopy(&words)
        .exits(1)
        .stderr_has(&["out", "--force"]);
    assert!(dir.tree("out") == before);
    dir.wirecopy(&[&words[..], &["--force"]].concat()).exits(0);
    assert!(dir.tree("out") == before);
    assert_eq!(dir.names(), ["out"]);
}

#[test]
fn a_foreign_folder_is_never_replaced() {
    let dir = Dir::new();
    fs::create_dir(dir.path("out")).unwrap();
    dir.write("out/thesis.txt", "years of work");
    dir.wirecopy(&["cluster", &newsroom(), "-o", "out", "--force"])
        .exits(1)
        .stderr_has(&["not replaced"]);
    assert_eq!(dir.read("out/thesis.txt"), "years of work");
}

#[test]
fn output_on_an_input_is_refused() {
    let dir = Dir::new();
    fs::create_dir(dir.path("data")).unwrap();
    dir.write("data/in.jsonl", TWO);
    dir.wirecopy(&["cluster", "data/in.jsonl", "-o", "data", "--force"])
        .exits(1)
        .stderr_has(&["output on the input"]);
    assert_eq!(dir.read("data/in.jsonl"), TWO);
}

#[test]
fn a_folder_that_another_run_holds_is_refused() {
    let dir = Dir::new();
    let lock = File::create(dir.path(".out.wirecopy-lock")).unwrap();
    lock.lock().unwrap();
    dir.wirecopy(&["cluster", &newsroom(), "-o", "out"])
        .exits(1)
        .stderr_has(&["another run"]);
    drop(lock);
    dir.wirecopy(&["cluster", &newsroom(), "-o", "out"])
        .exits(0);
    assert_eq!(dir.names(), ["out"]);
}

#[test]
fn an_empty_input_is_an_empty_corpus_where_that_is_meant() {
    let dir = Dir::new();
    dir.write("in.jsonl", "");
    dir.wirecopy(&["dedup", "in.jsonl", "-o", "out"])
        .exits(1)
        .stderr_has(&["in.jsonl (0 bytes)", "--allow-empty"]);
    assert_eq!(dir.names(), ["in.jsonl"]);
    dir.wirecopy(&["dedup", "in.jsonl", "-o", "out", "--allow-empty"])
        .exits(0)
        .says("documents                  0")
        .stderr_has(&["no document was read"]);
    assert_eq!(dir.json("out/run.json")["counts"]["read"], 0);
}

/// Five megabytes of `{` would be a gigabyte of tables.
#[test]
fn records_that_follow_on_one_another_are_rejected_in_one_row() {
    let dir = Dir::new();
    let page = |id: &str| format!("{{\"id\":\"{id}\",\"text\":\"a page like any other\"}}\n");
    let junk = "{\n".repeat(300_000);
    dir.write(
        "junk.jsonl",
        &[page("first"), junk.clone(), page("second"), junk].concat(),
    );
    let words = [
        "cluster",
        "junk.jsonl",
        "-o",
        "out",
        "--max-rejected",
        "100%",
    ];
    dir.wirecopy(&words).exits(0);
    let counts = &dir.json("out/run.json")["counts"];
    let count = |name: &str| counts[name].as_u64().unwrap();
    assert_eq!((count("read"), count("rejected")), (600_002, 600_000));
    let rows = dir.rows("out/rejected.jsonl");
    let records = rows.iter().map(|row| row["records"].as_u64().unwrap());
    assert_eq!(records.sum::<u64>(), 600_000);
    assert_eq!(count("rejected_not_listed"), 600_000 - rows.len() as u64);
    // Two megabytes, the first thousand of each; and three runs, as a document stands in the first one.
    assert_eq!(rows.len(), 2_003);
    assert_eq!(dir.rows("out/documents.jsonl").len(), rows.len() + 2);
}

#[test]
fn too_many_rejects_exit_with_3_and_are_listed() {
    let dir = Dir::new();
    let input = fixture("formats/bad-records.jsonl");
    let rejects = |out: &str, limit: &str, code| {
        let words = ["dedup", &input, "-o", out, "--max-rejected", limit];
        dir.wirecopy(&words).exits(code).says("rejected")
    };
    rejects("strict", "1%", 3).stderr_has(&["--max-rejected", "rejected.jsonl"]);
    rejects("lenient", "0.7", 0);
    assert_eq!(dir.json("strict/run.json")["rejects_over_limit"], true);
    assert_eq!(dir.json("lenient/run.json")["rejects_over_limit"], false);
    let counts = &dir.json("strict/run.json")["counts"];
    let rows = dir.rows("strict/rejected.jsonl");
    assert_eq!(counts["rejected"], rows.len());
    assert!(
        rows.iter()
            .all(|row| row["offset"].is_u64() && row["reason"].is_string())
    );
    let count = |name: &str| counts[name].as_u64().unwrap();
    assert_eq!(
        count("kept") + count("removed") + count("rejected"),
        count("read")
    );
}

#[test]
fn a_reader_that_has_gone_is_no_failure() {
    let dir = Dir::new();
    for words in [
        &["cluster", &newsroom(), "-o", "out"][..],
        &["completions", "zsh"],
        &["--help"],
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let status = dir
            .command(words)
            .stdout(writer)
            .stderr(Stdio::piped())
            .output()
            .unwrap();
        Cmd::of(status).exits(0);
    }
    assert!(dir.path("out/run.json").exists());
}

/// Sends a signal to a run that has begun to read; its exit code, and what it said.
fn stopped_by(signal: &str, dir: &Dir) -> (Option<i32>, String) {
    let mut child = dir
        .command(&[
            "cluster",
            "large.jsonl",
            "-o",
            "out",
            "--threads",
            "1",
            "--progress",
            "json",
        ])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = String::new();
    let mut stderr = BufReader::new(child.stderr.take().unwrap());
    while !said.contains(r#""stage":"read""#) {
        assert!(
            stderr.read_line(&mut said).unwrap() > 0,
            "ended early: {said}"
        );
    }
    let pid = child.id().to_string();
    assert!(
        Command::new("kill")
            .args([signal, &pid])
            .status()
            .unwrap()
            .success()
    );
    stderr.read_to_string(&mut said).unwrap();
    (child.wait().unwrap().code(), said)
}

#[test]
fn a_run_that_is_stopped_leaves_nothing() {
    let dir = Dir::new();
    dir.corpus("large.jsonl", 20_000, 400);
    assert!(fs::metadata(dir.path("large.jsonl")).unwrap().len() > 50 << 20);
    for (signal, code) in [("-INT", 130), ("-TERM", 143)] {
        let (found, said) = stopped_by(signal, &dir);
        assert_eq!(found, Some(code), "{said}");
        assert!(said.contains("interrupted; nothing was written"), "{said}");
        assert_eq!(dir.names(), ["large.jsonl"]);
    }
}

#[test]
fn quiet_prints_nothing() {
    let dir = Dir::new();
    let cmd = dir
        .wirecopy(&["dedup", &newsroom(), "-o", "out", "--quiet"])
        .exits(0);
    assert_eq!((cmd.stdout.as_str(), cmd.stderr.as_str()), ("", ""));
}

#[test]
fn why_the_code_is_3_is_reported_to_all() {
    let dir = Dir::new();
    dir.write("bad.jsonl", "{\n{\"text\": \"one two three\"}\n");
    let run = |flags: &[&str]| {
        let words = [&["cluster", "bad.jsonl", "-o", "out", "--force"], flags].concat();
        dir.wirecopy(&words).exits(3).stderr
    };
    assert_eq!(
        run(&["--quiet"]),
        "wirecopy: 1 of 2 records rejected, more than --max-rejected allows: these results are in out\n  \
         look at the reasons with: head out/rejected.jsonl\n  \
         allow so many with the same command and: --max-rejected 50% --force\n"
    );
    for line in run(&["--progress", "json"]).lines() {
        assert!(
            serde_json::from_str::<serde_json::Value>(line).is_ok(),
            "{line}"
        );
    }
}

#[test]
fn a_publisher_that_nobody_is_and_a_form_are_warned_of() {
    let dir = Dir::new();
    let notice: String = (0..60).map(|word| format!("notice{word} ")).collect();
    let row = |at: u32| {
        format!(
            r#"{{"id": "n{at}", "source": "paper.example", "date": "2024-{:02}-01", "text": "story{at} {notice}"}}"#,
            at % 12 + 1
        )
    };
    let mut rows: Vec<String> = (0..24).map(row).collect();
    rows.push(r#"{"id": "x", "source": "other.example", "text": "Another page"}"#.into());
    dir.write("in.jsonl", &(rows.join("\n") + "\n"));
    let near = ["dedup", "in.jsonl", "--profile", "near"];
    dir.wirecopy(&[&near[..], &["-o", "out", "--keep", "source=Paper"]].concat())
        .exits(0)
        .stderr_has(&[
            "no document is of Paper",
            "did you mean \"paper.example\"?",
            "24 documents of paper.example",
        ]);
    dir.wirecopy(
        &[
            &near[..],
            &["-o", "focus", "--report", "--focus", "papr.example"],
        ]
        .concat(),
    )
    .exits(0)
    .stderr_has(&[
        "no outlet is called \"papr.example\"; did you mean",
        "did you mean \"paper.example\"?",
    ]);
    let words = [
        "dedup",
        "in.jsonl",
        "-o",
        "two",
        "--keep",
        "source=paper.example",
    ];
    let answer = dir.wirecopy(&words).exits(0).stderr;
    assert!(!answer.contains("no document is of"), "{answer}");
}

#[test]
fn a_date_field_that_nowhere_occurs_is_warned_of() {
    let dir = Dir::new();
    let words = ["cluster", &newsroom(), "-o", "out", "--date-field", "dat"];
    dir.wirecopy(&words).exits(0).stderr_has(&["no date: "]);
}

#[test]
fn a_flag_of_another_command_is_named() {
    let dir = Dir::new();
    dir.wirecopy(&["cluster", "a.jsonl", "-o", "out", "--keep", "first"])
        .exits(2)
        .stderr_has(&["tip: '--keep' is a flag of 'wirecopy dedup'"]);
}

#[test]
fn a_file_in_place_of_a_command_is_answered_with_the_command() {
    let dir = Dir::new();
    dir.write("news.jsonl", "{\"text\": \"one two\"}\n");
    dir.wirecopy(&["news.jsonl"]).exits(2).stderr_has(&[
        "news.jsonl is a file",
        "did you mean `wirecopy cluster news.jsonl -o copies`?",
    ]);
    dir.wirecopy(&["dedupe", "news.jsonl"])
        .exits(2)
        .stderr_has(&["'dedup'"]);
    dir.wirecopy(&["cluster", "news.jsonl", "--recall", "0.9"])
        .exits(2)
        .stderr_has(&["try 'wirecopy cluster --help'"]);
    dir.wirecopy(&["index", "query", "-", "--index", "ix", "--max-record", "5G"])
        .exits(1);
}

#[test]
fn without_a_folder_results_are_called_as_the_input_and_replace_nothing() {
    let dir = Dir::new();
    std::fs::copy(newsroom(), dir.path("day.jsonl")).unwrap();
    dir.wirecopy(&["cluster", "day.jsonl"])
        .exits(0)
        .says("  open day-copies/report.html\n");
    let before = dir.tree("day-copies");
    dir.wirecopy(&["dedup", "day.jsonl"])
        .exits(1)
        .stderr_has(&["day-copies", "--force"]);
    assert_eq!(dir.tree("day-copies"), before);
    dir.wirecopy(&["dedup", "day.jsonl", "--dry-run"])
        .exits(0)
        .says("memory");
    dir.wirecopy(&["dedup", "day.jsonl", "--force"]).exits(0);
    assert!(dir.path("day-copies/kept/day.jsonl").is_file());
}

#[test]
fn the_manual_has_every_command_and_help_is_a_command() {
    let dir = Dir::new();
    dir.wirecopy(&["man"])
        .exits(0)
        .says(".SH SYNOPSIS")
        .says("wirecopy");
    dir.wirecopy(&["man", "index", "add"])
        .exits(0)
        .says("index");
    dir.wirecopy(&["man", "clustr"])
        .exits(2)
        .stderr_has(&["did you mean `cluster`?"]);
    dir.wirecopy(&["man", "-o", "man1"]).exits(0);
    for page in ["wirecopy.1", "wirecopy-cluster.1", "wirecopy-index-query.1"] {
        assert!(dir.path("man1").join(page).is_file(), "{page}");
    }
    let long = dir.wirecopy(&["help", "cluster"]).exits(0);
    assert_eq!(long.stdout, dir.wirecopy(&["cluster", "--help"]).stdout);
    dir.wirecopy(&["completions", "--help"])
        .exits(0)
        .says("/completions/wirecopy");
    let script = dir.wirecopy(&["completions", "zsh"]).exits(0).stdout;
    for value in ["longest", "source=", "word\\:5"] {
        assert!(script.contains(value), "{value}");
    }
    dir.wirecopy(&["--version"])
        .exits(0)
        .says("instructions  ")
        .says("target  ");
}

#[test]
fn a_name_that_claims_compression_may_be_wrong() {
    let dir = Dir::new();
    fs::copy(newsroom(), dir.path("plain.jsonl.zst")).unwrap();
    let near = ["dedup", "plain.jsonl.zst", "--profile", "near"];
    dir.wirecopy(&[&near[..], &["-o", "out"]].concat())
        .exits(0)
        .says("81   92.0 %");
    assert_eq!(dir.read("out/kept/plain.jsonl.zst").lines().count(), 81);
}

#[test]
fn a_program_can_read_along() {
    let dir = Dir::new();
    let cmd = dir
        .wirecopy(&["cluster", &newsroom(), "-o", "out", "--progress", "json"])
        .exits(0);
    let json = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
    let events: Vec<_> = cmd.stderr.lines().map(json).collect();
    assert!(events.iter().all(|event| event["event"].is_string()));
    for stage in ["learn", "sketch", "index", "verify", "cluster", "write"] {
        let ended = |event: &serde_json::Value| event["stage"] == stage && event["state"] == "end";
        assert!(events.iter().any(ended), "{stage}");
    }
    assert_eq!(cmd.stdout.lines().count(), 1);
    let summary = json(&cmd.stdout);
    assert_eq!(summary["counts"], dir.json("out/run.json")["counts"]);
    assert!(summary["recall_at_threshold"].is_null());
}

#[test]
fn a_dry_run_says_the_cost_and_writes_nothing() {
    let dir = Dir::new();
    dir.wirecopy(&["cluster", &newsroom(), "-o", "out", "--dry-run"])
        .exits(0)
        .says("memory");
    dir.wirecopy(&["cluster", &newsroom(), "-o", "far/out", "--dry-run"])
        .exits(0)
        .says("memory");
    assert!(dir.names().is_empty());
}

#[test]
fn a_run_that_does_not_fit_is_refused_before_it_starts() {
    let dir = Dir::new();
    dir.wirecopy(&["cluster", &newsroom(), "-o", "out", "--memory", "1M"])
        .exits(1)
        .stderr_has(&["--memory"]);
    assert!(dir.names().is_empty());
}
