//! Inputs of every kind, cut at ten places: no command ends with 0 on less than was given, and none
//! changes what was there before.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use flate2::write::GzEncoder;

use crate::cmd::{Cmd, Dir};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ::zstd::encode_all(bytes, 3).unwrap()
}

fn noise(n: u32) -> String {
    let words = (0..12).map(|word| (n * 12 + word).wrapping_mul(2_654_435_761) >> 12);
    words.map(|word| format!("w{word:x} ")).collect()
}

/// Documents, each with a name that `prefix` begins.
fn lines(prefix: &str) -> Vec<u8> {
    let record = |n| format!("{{\"id\": \"{prefix}{n}\", \"text\": \"{}\"}}\n", noise(n));
    (0..40).map(record).collect::<String>().into_bytes()
}

/// The same as CSV, whose last field is in quotes.
fn rows() -> Vec<u8> {
    let row = |n| format!("c{n},\"{}\"\n", noise(n));
    let rows: String = (0..40).map(row).collect();
    format!("id,text\n{rows}").into_bytes()
}

/// A kind of input: the name of the file that is cut, its whole bytes, and what is given to the
/// program.
struct Kind {
    file: &'static str,
    whole: Vec<u8>,
    given: &'static str,
}

fn kinds() -> Vec<Kind> {
    let kind = |file, whole, given| Kind { file, whole, given };
    let page = noise(1).into_bytes();
    vec![
        kind("x.jsonl", lines("a"), "x.jsonl"),
        kind("x.csv", rows(), "x.csv"),
        kind("x.jsonl.gz", gzip(&lines("a")), "x.jsonl.gz"),
        kind("x.jsonl.zst", zstd(&lines("a")), "x.jsonl.zst"),
        kind("x.csv.gz", gzip(&rows()), "x.csv.gz"),
        kind("x.csv.zst", zstd(&rows()), "x.csv.zst"),
        kind("x.txt.gz", gzip(&page), "x.txt.gz"),
        kind("shards/1.jsonl", lines("a"), "shards"),
        kind("shards/1.jsonl.gz", gzip(&lines("a")), "shards"),
        kind("shards/1.jsonl.zst", zstd(&lines("a")), "shards"),
        kind("pages/1.txt.gz", gzip(&page), "pages"),
        kind("pages/1.txt.zst", zstd(&page), "pages"),
        kind("x.jsonl", lines("a"), "-"),
        kind("x.jsonl.gz", gzip(&lines("a")), "-"),
        kind("x.jsonl.zst", zstd(&lines("a")), "-"),
        kind("x.csv", rows(), "-"),
    ]
}

impl Kind {
    /// Ten places, from the first bytes to the last, none of them between two records.
    fn places(&self) -> impl Iterator<Item = usize> {
        let length = self.whole.len();
        let is_between = |at: usize| self.whole[at - 1] == b'\n' || self.whole[at] == b'\n';
        (0..10).map(move |n| {
            let at = (length * n / 10).clamp(length.min(12), length - 3);
            // Not in the header of a table, where nothing is known to be missing but all rows.
            (at..length).find(|&at| !is_between(at)).unwrap()
        })
    }

    /// A folder with this input, cut, and others beside it that are whole; an index of other documents.
    fn cut(&self, at: usize) -> Dir {
        let dir = Dir::new();
        for folder in ["shards", "pages"] {
            fs::create_dir(dir.path(folder)).unwrap();
        }
        fs::write(dir.path("shards/0.jsonl"), lines("b")).unwrap();
        fs::write(dir.path("pages/0.txt"), noise(77)).unwrap();
        fs::write(dir.path(self.file), &self.whole[..at]).unwrap();
        copy(&index(), &dir.path("ix"));
        dir
    }

    fn run(&self, dir: &Dir, words: &[&str], more: &[&str]) -> Cmd {
        let mut all = words.to_vec();
        let given = all.iter().position(|&word| word == "IN").unwrap();
        all[given] = self.given;
        let mut command = dir.command(&[&all, more].concat());
        if self.given == "-" {
            command.stdin(fs::File::open(dir.path(self.file)).unwrap());
        }
        Cmd::of(command.output().unwrap())
    }

    /// What stands there before a command, which a failed one must not change.
    fn state(dir: &Dir) -> (Vec<String>, BTreeMap<String, Vec<u8>>) {
        let mut names = dir.names();
        names.retain(|name| name != "new"); // a first build that failed left an empty index
        (names, dir.tree("ix"))
    }

    /// What a message names.
    fn named(&self) -> &str {
        match self.given {
            "-" => "st", // stdin, or standard-input
            _ => self.file,
        }
    }
}

/// Every command that reads inputs.
const COMMANDS: [&[&str]; 7] = [
    &["cluster", "IN", "-o", "out"],
    &["index", "build", "IN", "--index", "new"],
    &["index", "add", "IN", "--index", "ix"],
    &["index", "query", "IN", "--index", "ix"],
    &["dedup", "IN", "--against", "ix", "-o", "out"],
    &["index", "add", "IN", "--index", "ix", "-o", "out"],
    &["index", "query", "IN", "--index", "ix", "-o", "out"],
];

/// An index of documents that no kind has, made once.
fn index() -> std::path::PathBuf {
    use std::sync::OnceLock;
    static INDEX: OnceLock<Dir> = OnceLock::new();
    let made = INDEX.get_or_init(|| {
        let dir = Dir::new();
        fs::write(dir.path("other.jsonl"), lines("o")).unwrap();
        dir.wirecopy(&["index", "build", "other.jsonl", "--index", "ix", "-q"])
            .exits(0);
        dir
    });
    made.path("ix")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// Whether the command takes the whole input in.
#[test]
fn whole_inputs_of_every_kind_are_read() {
    for kind in kinds() {
        let dir = kind.cut(kind.whole.len());
        for words in [COMMANDS[0], COMMANDS[3]] {
            kind.run(&dir, words, &["--progress", "none"]).exits(0);
        }
    }
}

#[test]
fn no_command_ends_well_on_a_cut_input() {
    for (at_kind, kind) in kinds().iter().enumerate() {
        for (at_place, place) in kind.places().enumerate() {
            let words = COMMANDS[(at_kind + at_place) % COMMANDS.len()];
            if kind.given == "-" && kind.file == "x.csv" && words[1] == "query" && words.len() == 5
            {
                continue; // there standard input is JSON Lines or one text
            }
            let dir = kind.cut(place);
            let before = Kind::state(&dir);
            let case = format!("{} cut at {place}: {words:?}", kind.file);
            let cmd = kind.run(&dir, words, &["-q"]);
            assert_eq!(cmd.code, Some(1), "{case}\n{}", cmd.stderr);
            assert!(cmd.stderr.contains(kind.named()), "{case}\n{}", cmd.stderr);
            assert_eq!(cmd.stdout, "", "{case}");
            assert!(Kind::state(&dir) == before, "{case}");
        }
    }
}

#[test]
fn what_was_accepted_is_reported_listed_and_exits_with_3() {
    for kind in kinds() {
        let place = kind.places().nth(6).unwrap();
        let dir = kind.cut(place);
        let accept = [
            "-q",
            "--accept-damaged",
            "--max-rejected",
            "100%",
            "--allow-empty",
        ];
        let cmd = kind.run(&dir, &["dedup", "IN", "-o", "out"], &accept);
        let cmd = cmd
            .exits(3)
            .stderr_has(&["warning: ", kind.named(), "cut off at byte"]);
        assert_eq!(cmd.stdout, "");
        let run = dir.json("out/run.json");
        assert_eq!(run["loss"], true, "{}", kind.file);
        let inputs = run["inputs"].as_array().unwrap();
        let damaged: Vec<_> = inputs
            .iter()
            .filter(|input| !input["damage"].is_null())
            .collect();
        assert_eq!(damaged.len(), 1, "{}: {inputs:?}", kind.file);
        assert!(
            damaged[0]
                .as_object()
                .unwrap()
                .contains_key("missing_bytes")
        );
        kind.run(&dir, COMMANDS[2], &accept).exits(3);
        kind.run(&dir, COMMANDS[6], &[&accept[..], &["--force"]].concat())
            .exits(3);
    }
    let dir = Dir::new();
    fs::write(dir.path("x.jsonl"), lines("a")).unwrap();
    dir.wirecopy(&["dedup", "x.jsonl", "-o", "out", "--accept-damaged"])
        .exits(0);
    assert_eq!(dir.json("out/run.json")["loss"], false);
}

#[test]
fn a_cut_download_keeps_yesterdays_results() {
    let dir = Dir::new();
    fs::write(dir.path("day.jsonl"), lines("a")).unwrap();
    let words = ["dedup", "day.jsonl", "-o", "good"];
    dir.wirecopy(&words).exits(0);
    let before = dir.tree("good");
    let cut = lines("b");
    fs::write(dir.path("day.jsonl"), &cut[..cut.len() / 2]).unwrap();
    let force = [&words[..], &["--force", "-q"]].concat();
    dir.wirecopy(&force)
        .exits(1)
        .stderr_has(&["records were read before it"]);
    fs::write(dir.path("day.jsonl"), "").unwrap();
    dir.wirecopy(&force)
        .exits(1)
        .stderr_has(&["no record was read", "earlier results stay"]);
    fs::write(dir.path("day.jsonl"), "{\"id\": 1}\n{\"id\": 2}\n").unwrap();
    dir.wirecopy(&[&force[..], &["--text-field", "id"]].concat())
        .exits(1)
        .stderr_has(&["all were rejected"]);
    assert!(dir.tree("good") == before);
}

#[test]
fn nothing_read_fails_in_every_command_unless_it_is_allowed() {
    for words in COMMANDS {
        let kind = Kind {
            file: "x.jsonl",
            whole: Vec::new(),
            given: "x.jsonl",
        };
        let dir = kind.cut(0);
        let before = Kind::state(&dir);
        kind.run(&dir, words, &["-q"])
            .exits(1)
            .stderr_has(&["no record was read", "--allow-empty"]);
        assert!(Kind::state(&dir) == before, "{words:?}");
        if words[1] != "build" {
            kind.run(&dir, words, &["-q", "--allow-empty"]).exits(0);
        }
    }
}

#[test]
fn a_pattern_that_matches_nothing_is_an_error_or_an_empty_day() {
    let dir = Dir::new();
    let words = ["dedup", "in/*.jsonl.gz", "-o", "out"];
    dir.wirecopy(&words)
        .exits(1)
        .stderr_has(&["in/*.jsonl.gz: no file matches", "--allow-empty"]);
    assert_eq!(dir.names(), [""; 0]);
    let allowed = [&words[..], &["--allow-empty"]].concat();
    dir.wirecopy(&allowed)
        .exits(0)
        .stderr_has(&["no document was read"]);
    assert_eq!(dir.json("out/run.json")["counts"]["read"], 0);
}

#[test]
fn a_dry_run_says_what_it_can_see() {
    let dir = Dir::new();
    let whole = lines("a");
    fs::write(dir.path("x.jsonl"), &whole[..whole.len() - 9]).unwrap();
    let words = ["dedup", "x.jsonl", "-o", "out", "--dry-run"];
    let answer = ["x.jsonl: cut off at byte", "--accept-damaged"];
    dir.wirecopy(&words)
        .exits(1)
        .says("damaged     x.jsonl")
        .stderr_has(&answer);
    dir.wirecopy(&[&words[..], &["--accept-damaged"]].concat())
        .exits(0)
        .says("damaged     x.jsonl");
}

/// What damage has cut is no bad record: it is distinguished, and does not put results aside.
#[test]
fn accepted_damage_does_not_count_as_rejected_records() {
    let dir = Dir::new();
    let whole = gzip(&lines("a"));
    fs::write(dir.path("x.jsonl.gz"), &whole).unwrap();
    let words = ["dedup", "x.jsonl.gz", "-o", "out", "-q"];
    dir.wirecopy(&words).exits(0);
    fs::write(dir.path("x.jsonl.gz"), &whole[..whole.len() / 2]).unwrap();
    let again = [&words[..], &["--force", "--accept-damaged"]].concat();
    let cmd = dir.wirecopy(&again).exits(3);
    assert!(!cmd.stderr.contains("--max-rejected"), "{}", cmd.stderr);
    assert_eq!(dir.json("out/run.json")["loss"], true);
    assert_eq!(dir.names(), ["out", "x.jsonl.gz"]);
}
