//! Words of others on a terminal: names of files, of fields and columns, ids and publishers are shown,
//! and obeyed nowhere; cells of a table are no formulas.

use std::fs;

use serde_json::{Value, json};

use crate::cmd::{Cmd, Dir};

/// ESC, its 8-bit form, marks of direction, a line that looks like one of ours.
const EVIL: &str = "x\u{1b}]0;owned\u{7}\u{9b}2J\u{202e}gpj\u{2066}\nwirecopy: done\u{85}y\u{7f}";

const STORY: &str = "the ferry to Sarrel was late again today and nobody on the pier knew why";

/// Nothing of what was said steers a terminal, but for colours that are ours, or forges a line.
#[track_caller]
fn tame(cmd: &Cmd, what: &str) {
    for said in [&cmd.stdout, &cmd.stderr] {
        let plain = said.replace("\u{1b}[1m", "").replace("\u{1b}[0m", "");
        let steers = |c: char| {
            (c.is_control() && !matches!(c, '\n' | '\t'))
                || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        assert!(!plain.contains(steers), "{what}: {plain:?}");
        assert!(
            !plain.lines().any(|line| line.starts_with("wirecopy: done")),
            "{what}: {plain}"
        );
    }
}

#[test]
fn names_of_fields_in_errors_are_shown() {
    let dir = Dir::new();
    let header = EVIL.replace('\n', "\u{b}");
    dir.write("columns.csv", &format!("a{header},b\n1,2\n"))
        .write(
            "twice.csv",
            &format!("text,{header},{header}\n{STORY},2,3\n"),
        )
        .write("keys.jsonl", &format!("{}\n", json!({ EVIL: 1 })))
        .write("raw.jsonl", "{\"k\u{9b}2J\u{202e}\": 1}\n");
    for (input, flags) in [
        ("columns.csv", &[][..]),
        ("twice.csv", &["--title-field", &header]),
        ("keys.jsonl", &[]),
        ("raw.jsonl", &[]),
    ] {
        let words = [&["cluster", input, "-o", "out"], flags].concat();
        let cmd = dir.wirecopy(&words).exits(1);
        tame(&cmd, input);
        let cmd = cmd.stderr_has(&["\\u{9b}2J"]);
        let build = ["index", "build", input, "--index", "ix"];
        tame(&dir.wirecopy(&[&build, flags].concat()).exits(1), input);
        drop(cmd);
    }
}

#[test]
fn reasons_and_ids_and_names_of_files_are_shown() {
    let dir = Dir::new();
    let name = format!("{}.jsonl", EVIL.replace('/', ""));
    let record =
        |id: &str, text: Value| json!({ "id": id, "text": text, "source": EVIL, "date": EVIL });
    let lines = [
        record(EVIL, STORY.into()),
        record("=cmd|'/C calc'!A0", STORY.into()),
        record("@x", format!("{STORY} and it is so").into()),
        json!({ EVIL: 1, "id": "no text" }),
        record("number", 7.into()),
    ];
    let lines: Vec<String> = lines.iter().map(|line| format!("{line}\n")).collect();
    fs::write(dir.path(&name), lines.concat()).unwrap();
    let most = ["--max-rejected", "100%"];
    for profile in ["near", "wire"] {
        let words = [
            "dedup",
            &name,
            "-o",
            profile,
            "--profile",
            profile,
            "--format",
            "csv",
        ];
        let cmd = dir.wirecopy(&[&words[..], &most].concat()).exits(0);
        tame(&cmd, profile);
        for row in dir.rows(&format!("{profile}/rejected.jsonl")) {
            let reason = row["reason"].as_str().unwrap();
            assert!(!reason.contains(char::is_control), "{reason:?}");
        }
        // Rows are printed, too.
        for table in ["clusters", "pairs", "documents"] {
            let rows = dir.read(&format!("{profile}/{table}.jsonl"));
            let is_bare =
                |c: char| c.is_control() && c != '\n' || ('\u{2066}'..='\u{2069}').contains(&c);
            assert!(!rows.contains(is_bare), "{rows:?}");
            let cells = dir.read(&format!("{profile}/{table}.csv"));
            let mut cells = csv::Reader::from_reader(cells.as_bytes());
            for cell in cells
                .records()
                .flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
            {
                assert!(!cell.starts_with(['=', '+', '@', '\t', '\r']), "{cell:?}");
            }
        }
        let ids: Vec<Value> = dir.rows(&format!("{profile}/documents.jsonl"));
        assert_eq!(ids[0]["id"], EVIL);
        assert_eq!(ids[1]["id"], "=cmd|'/C calc'!A0");
        let explain = ["explain", EVIL, "@x", "--run", profile];
        tame(&dir.wirecopy(&explain).exits(0), "explain");
        let json = [&explain[..], &["--json"]].concat();
        let answer = dir.wirecopy(&json).exits(0);
        tame(&answer, "explain --json");
        let answer: Value = serde_json::from_str(&answer.stdout).unwrap();
        assert_eq!(answer["a"]["id"], EVIL);
        let unknown = [
            "explain",
            "--run",
            profile,
            "--",
            "\u{1b}[31mnobody",
            "x\u{202e}y",
        ];
        tame(&dir.wirecopy(&unknown).exits(1), "unknown id");
        let program = ["--progress", "json", "--force"];
        let words = [&words[..], &most, &program].concat();
        tame(&dir.wirecopy(&words).exits(0), "--progress json");
    }
    fs::write(
        dir.path("other.jsonl"),
        lines[0].replace("\"id\"", "\"nr\""),
    )
    .unwrap();
    let build = ["index", "build", &name, "--index", "ix"];
    tame(
        &dir.wirecopy(&[&build[..], &most].concat()).exits(0),
        "index build",
    );
    for words in [
        &[
            "index",
            "query",
            &name,
            "--index",
            "ix",
            "--max-rejected",
            "100%",
        ][..],
        &["index", "export-clusters", "--index", "ix"],
        &["index", "info", "--index", "ix"],
        &["index", "info", "--index", "ix", "--json"],
        &["index", "add", "other.jsonl", "--index", "ix"],
        &[
            "dedup",
            &name,
            "--against",
            "ix",
            "-o",
            "new",
            "--max-rejected",
            "100%",
        ],
        &["eval", "ix", "--truth", &name],
    ] {
        tame(&dir.wirecopy(words), words[1]);
    }
    let answer = dir.wirecopy(&["index", "export-clusters", "--index", "ix"]);
    let first = answer
        .stdout
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    assert!(
        first.into_iter().any(|row| row["id"] == EVIL),
        "{}",
        answer.stdout
    );
}

#[test]
fn a_file_that_is_missing_or_broken_is_named_on_one_line() {
    let dir = Dir::new();
    let name = "day\nwirecopy: done\u{1b}[2J.xml";
    let cmd = dir.wirecopy(&["cluster", name, "-o", "out"]).exits(1);
    tame(&cmd, "missing");
    fs::write(dir.path(name), b"\x00\x01\x02").unwrap();
    tame(
        &dir.wirecopy(&["cluster", name, "-o", "out"]).exits(1),
        "unknown",
    );
    let cmd = dir
        .wirecopy(&["cluster", "--no\u{1b}[2Jflag", "-o", "out"])
        .exits(2);
    tame(&cmd, "flag");
}
