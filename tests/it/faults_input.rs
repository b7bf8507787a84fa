//! Inputs with something wrong: each is refused or rejected with its place and the way out, and
//! the rest is read.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Seek, SeekFrom, Write as _};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::process::CommandExt;

use crate::cmd::{Cmd, Dir, fixture, skipped};

/// Runs `dedup` and checks that nothing was lost on the way: by counts and by counting lines.
#[track_caller]
fn deduplicated(dir: &Dir, inputs: &[&str], code: i32) -> Cmd {
    let words = [
        &["dedup"],
        inputs,
        &["-o", "out", "--write", "kept,removed"],
    ]
    .concat();
    let cmd = dir.wirecopy(&words).exits(code);
    let counts = &dir.json("out/run.json")["counts"];
    let count = |name: &str| counts[name].as_u64().unwrap();
    assert_eq!(
        count("kept") + count("removed") + count("rejected"),
        count("read")
    );
    assert_eq!(
        dir.rows("out/rejected.jsonl").len() as u64,
        count("rejected")
    );
    let verdicts = dir.rows("out/documents.jsonl");
    assert_eq!(verdicts.len() as u64, count("read"));
    cmd
}

/// Why records were rejected, by where they start.
fn reasons(dir: &Dir) -> BTreeMap<u64, String> {
    let rows = dir.rows("out/rejected.jsonl");
    let reason = |row: &serde_json::Value| row["reason"].as_str().unwrap().to_owned();
    rows.iter()
        .map(|row| (row["offset"].as_u64().unwrap(), reason(row)))
        .collect()
}

/// Refused: exit 1, nothing written, these words said.
#[track_caller]
fn refused(dir: &Dir, input: &str, parts: &[&str]) {
    let before = dir.names();
    dir.wirecopy(&["dedup", input, "-o", "out"])
        .exits(1)
        .stderr_has(parts);
    assert_eq!(dir.names(), before);
}

#[test]
fn an_empty_folder_says_what_it_should_hold() {
    let dir = Dir::new();
    fs::create_dir(dir.path("empty")).unwrap();
    refused(&dir, "empty", &["empty: ", "holds no document", ".txt"]);
}

#[test]
fn a_path_that_leads_nowhere_is_named() {
    let dir = Dir::new();
    dir.write("file.jsonl", "");
    symlink("loop", dir.path("loop")).unwrap();
    symlink("gone.jsonl", dir.path("dangling.jsonl")).unwrap();
    refused(
        &dir,
        "file.jsonl/below.jsonl",
        &["file.jsonl/below.jsonl: "],
    );
    refused(&dir, "loop", &["loop: cannot open it", "symbolic links"]);
    refused(&dir, "dangling.jsonl", &["dangling.jsonl: no such file"]);
}

#[test]
fn a_folder_or_file_without_permission_is_named() {
    let dir = Dir::new();
    let mode = |name: &str, mode| {
        fs::set_permissions(dir.path(name), fs::Permissions::from_mode(mode)).unwrap();
    };
    fs::create_dir(dir.path("closed")).unwrap();
    dir.write("closed/a.txt", "one two three")
        .write("secret.jsonl", "{\"text\": \"one two three\"}\n");
    mode("", 0o777);
    mode("closed", 0);
    mode("secret.jsonl", 0);
    let root = fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
    for (input, part) in [("closed", "closed: "), ("secret.jsonl", "secret.jsonl: ")] {
        let mut command = dir.command(&["dedup", input, "-o", "out"]);
        if root {
            command.uid(65_534).gid(65_534); // permission bits do not bind root
        }
        match command.output() {
            Ok(output) => {
                _ = Cmd::of(output)
                    .exits(1)
                    .stderr_has(&[part, "permission denied"])
            }
            Err(error) => skipped(&format!("another user cannot run the program: {error}")),
        }
    }
    mode("closed", 0o700);
    assert_eq!(dir.names(), ["closed", "secret.jsonl"]);
}

#[test]
fn the_six_records_are_the_same_in_every_form() {
    for (name, flags) in [
        ("bom.jsonl", &[][..]),
        ("crlf.jsonl", &[]),
        ("no-final-newline.jsonl", &[]),
        ("quoted.csv", &[]),
        ("semicolon.csv", &[]),
        ("tabs.tsv", &[]),
        ("members.jsonl.gz", &[]),
        ("frames.jsonl.zst", &[]),
        ("nested.jsonl", &["--text-field", "content.body"]),
    ] {
        let dir = Dir::new();
        let input = fixture(&format!("formats/{name}"));
        deduplicated(&dir, &[&[input.as_str()], flags].concat(), 0);
        let expected = vec!["f1".to_owned(), "f4".to_owned()];
        assert_eq!(dir.clusters("out"), [expected].into(), "{name}");
        let counts = &dir.json("out/run.json")["counts"];
        assert_eq!(
            (&counts["kept"], &counts["removed"]),
            (&5.into(), &1.into()),
            "{name}"
        );
        assert!(dir.path(&format!("out/kept/{name}")).exists(), "{name}");
    }
}

#[test]
fn every_bad_record_is_listed_with_its_reason() {
    let dir = Dir::new();
    let input = fixture("formats/bad-records.jsonl");
    deduplicated(&dir, &[&input], 3);
    let said = reasons(&dir);
    let source = fs::read(&input).unwrap();
    let line_at = |offset: u64| {
        let line = &source[usize::try_from(offset).unwrap()..];
        String::from_utf8_lossy(line.split(|&byte| byte == b'\n').next().unwrap()).into_owned()
    };
    let found: Vec<(String, &String)> = said.iter().map(|(at, why)| (line_at(*at), why)).collect();
    for (record, reason) in [
        ("\"broken\"", "broken JSON at byte"),
        ("surrogate", "half a surrogate pair"),
        ("twice", "field `text` stands twice"),
        (
            "no-text",
            "no text in any of text, content, body, maintext, article; fields found: id, title",
        ),
        (
            "\"number\"",
            "field `text` should be a string, found a number",
        ),
        ("latin1", "not UTF-8 at byte"),
        ("[\"an\"", "expected a JSON object"),
        ("null", "text"),
    ] {
        let listed = found.iter().find(|(line, _)| line.contains(record));
        let (_, why) = listed.unwrap_or_else(|| panic!("{record} is not listed: {said:?}"));
        assert!(why.contains(reason), "{record}: {why}");
    }
    assert!(
        !found.iter().any(|(line, _)| line.contains("NaN")),
        "a record is not lost for its metadata"
    );
    let ids = dir.rows("out/documents.jsonl");
    assert!(
        ids.iter().any(|row| row["id"] == "42"),
        "a numeric id is kept"
    );
}

#[test]
fn one_file_named_twice_is_refused() {
    let dir = Dir::new();
    dir.write("in.jsonl", "{\"text\": \"one two three\"}\n");
    dir.wirecopy(&["dedup", "in.jsonl", "./in.jsonl", "-o", "out"])
        .exits(1)
        .stderr_has(&["given twice", "name it once"]);
    assert_eq!(dir.names(), ["in.jsonl"]);
}

#[test]
fn a_json_array_that_is_cut_is_damaged() {
    let dir = Dir::new();
    dir.write(
        "in.json",
        "[\n{\"text\": \"one two three\"},\n{\"text\": \"four",
    );
    refused(
        &dir,
        "in.json",
        &[
            "in.json: cut off at byte 29",
            "the JSON ends inside a value",
            "--accept-damaged",
        ],
    );
    dir.wirecopy(&["dedup", "in.json", "-o", "out", "--accept-damaged"])
        .exits(3);
}

#[test]
fn two_columns_of_one_name_are_refused_where_they_are_used() {
    let dir = Dir::new();
    dir.write("in.csv", "id,text,text\na,one two,three four\n");
    refused(&dir, "in.csv", &["in.csv: ", "called `text`", "rename one"]);
    dir.write("in.csv", "id,text,note,note\na,one two,x,y\n");
    deduplicated(&dir, &["in.csv"], 0);
}

#[test]
fn a_ragged_row_is_rejected_and_the_rest_is_read() {
    let dir = Dir::new();
    dir.write(
        "in.csv",
        "id,text\na,one two three\nb\nc,four five six,more\nd,seven\n",
    );
    deduplicated(&dir, &["in.csv"], 3);
    let said: Vec<String> = reasons(&dir).into_values().collect();
    assert_eq!(said.len(), 2);
    assert!(said[0].contains("1 fields, the header 2"), "{said:?}");
    assert!(said[1].contains("3 fields, the header 2"), "{said:?}");
    assert_eq!(
        dir.read("out/kept/in.csv"),
        "id,text\na,one two three\nd,seven\n"
    );
}

/// A line of 200 MB is a hole in the file: it takes no disk, but must be read like any other.
#[test]
fn a_line_of_200_mb_is_rejected_in_bounded_memory() {
    let dir = Dir::new();
    let mut file = File::create(dir.path("in.jsonl")).unwrap();
    let record =
        |id: &str| format!("{{\"id\": \"{id}\", \"text\": \"the same few words twice\"}}\n");
    file.write_all(record("before").as_bytes()).unwrap();
    let start = file.stream_position().unwrap();
    file.seek(SeekFrom::Current(200 << 20)).unwrap();
    file.write_all(b"\n").unwrap();
    file.write_all(record("after").as_bytes()).unwrap();
    // From its first megabyte the file looks like four million records, 8 GB of work, which a machine may
    // not have. What is taken is held to a bound below.
    let limit = ["--max-rejected", "50%", "--memory", "64G"];
    deduplicated(&dir, &[&["in.jsonl"], &limit[..]].concat(), 0);
    let why = &reasons(&dir)[&start];
    assert!(
        why.contains("67108864 bytes") && why.contains("--max-record"),
        "{why}"
    );
    let both = vec!["after".to_owned(), "before".to_owned()];
    assert_eq!(dir.clusters("out"), [both].into());

    let words = ["dedup", "in.jsonl", "-o", "read", "--no-mmap"];
    dir.wirecopy(&[&words[..], &limit].concat()).exits(0);
    // Mapped files count as memory of the process, so the bound is seen where none is mapped.
    let peak = dir.json("read/timing.json")["peak_memory_bytes"].as_u64();
    assert!(peak.unwrap() < 300 << 20, "{peak:?}");
    assert_eq!(
        dir.read("out/clusters.jsonl"),
        dir.read("read/clusters.jsonl")
    );
}
