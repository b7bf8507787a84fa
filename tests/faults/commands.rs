//! The commands that are swept, and what lies in the folder before each.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;

use flate2::write::GzEncoder;

use crate::cmd::{Cmd, Dir, fixture};
use crate::inject::{self, Fault};
use crate::state::{self, State};

/// What a command changes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    /// The results in `out`.
    Results,
    /// The file `page.html`.
    Page,
    /// A new index in `new`.
    NewIndex,
    /// The index `ix`.
    Index,
    /// Nothing.
    Reader,
}

/// A command that is swept.
pub(crate) struct Command {
    pub(crate) name: &'static str,
    pub(crate) words: &'static [&'static str],
    pub(crate) kind: Kind,
    /// Whether the index has two batches and lost some documents before it.
    is_of_two_batches: bool,
    /// What the command ends with once it is done already.
    pub(crate) again: i32,
}

const fn command(name: &'static str, kind: Kind, words: &'static [&'static str]) -> Command {
    Command {
        name,
        words,
        kind,
        is_of_two_batches: false,
        again: 0,
    }
}

/// All that read or write what must not be lost.
pub(crate) const COMMANDS: &[Command] = &[
    command(
        "cluster",
        Kind::Results,
        &[
            "cluster",
            "all.jsonl",
            "-o",
            "out",
            "--force",
            "-q",
            "--threads",
            "1",
        ],
    ),
    command(
        "dedup",
        Kind::Results,
        &[
            "dedup",
            "all.jsonl.gz",
            "-o",
            "out",
            "--force",
            "-q",
            "--write",
            "kept,removed,annotated",
            "--threads",
            "1",
        ],
    ),
    command(
        "near",
        Kind::Results,
        &[
            "dedup",
            "all.jsonl",
            "-o",
            "out",
            "--force",
            "-q",
            "--profile",
            "near",
            "--no-mmap",
            "--threads",
            "1",
        ],
    ),
    command("report", Kind::Page, &["report", "out", "-o", "page.html"]),
    Command {
        again: 1, // there is one already
        ..command(
            "build",
            Kind::NewIndex,
            &[
                "index",
                "build",
                "first.jsonl",
                "--index",
                "new",
                "-q",
                "--threads",
                "1",
            ],
        )
    },
    command(
        "add",
        Kind::Index,
        &[
            "index",
            "add",
            "rest.jsonl",
            "--index",
            "ix",
            "-q",
            "--threads",
            "1",
        ],
    ),
    command(
        "add -o",
        Kind::Index,
        &[
            "index",
            "add",
            "rest.jsonl",
            "--index",
            "ix",
            "-o",
            "today",
            "--force",
            "-q",
            "--threads",
            "1",
        ],
    ),
    Command {
        again: 1, // they are gone already
        ..command(
            "remove",
            Kind::Index,
            &["index", "remove", "--ids", "ids.txt", "--index", "ix"],
        )
    },
    Command {
        is_of_two_batches: true,
        ..command(
            "compact",
            Kind::Index,
            &["index", "compact", "--index", "ix"],
        )
    },
    Command {
        is_of_two_batches: true,
        ..command(
            "rebuild-keys",
            Kind::Index,
            &[
                "index",
                "rebuild-keys",
                "--index",
                "ix",
                "-q",
                "--threads",
                "1",
            ],
        )
    },
    command(
        "query",
        Kind::Reader,
        &["index", "query", "rest.jsonl", "--index", "ix"],
    ),
    command(
        "verify",
        Kind::Reader,
        &["index", "verify", "--index", "ix"],
    ),
    command(
        "export",
        Kind::Reader,
        &["index", "export-clusters", "--index", "ix"],
    ),
];

/// A folder in which a command is run again and again, each time as if nothing had happened.
pub(crate) struct Scene<'c> {
    pub(crate) dir: Dir,
    pub(crate) command: &'c Command,
    /// The folders `out` and `ix`, as they are before.
    out: BTreeMap<String, Vec<u8>>,
    ix: BTreeMap<String, Vec<u8>>,
    /// Before the command, and after it if nothing fails.
    pub(crate) before: State,
    pub(crate) after: State,
    pub(crate) stdout: String,
}

/// What stays from run to run.
const INPUTS: &[&str] = &[
    "first.jsonl",
    "rest.jsonl",
    "all.jsonl",
    "all.jsonl.gz",
    "ids.txt",
];

impl<'c> Scene<'c> {
    pub(crate) fn new(command: &'c Command) -> Scene<'c> {
        let dir = Dir::new();
        let text = fs::read_to_string(fixture("newsroom/newsroom.jsonl")).unwrap();
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        dir.write("first.jsonl", &lines[..60].concat());
        dir.write("rest.jsonl", &lines[60..].concat());
        dir.write("all.jsonl", &text);
        let mut packed = GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(text.as_bytes()).unwrap();
        fs::write(dir.path("all.jsonl.gz"), packed.finish().unwrap()).unwrap();
        let id = |line: &&str| {
            let record: serde_json::Value = serde_json::from_str(line).unwrap();
            format!("{}\n", record["id"].as_str().unwrap())
        };
        dir.write("ids.txt", &lines[..5].iter().map(id).collect::<String>());

        dir.wirecopy(&["cluster", "first.jsonl", "-o", "out", "-q"])
            .exits(0);
        dir.wirecopy(&["index", "build", "first.jsonl", "--index", "ix", "-q"])
            .exits(0);
        if command.is_of_two_batches {
            dir.wirecopy(&["index", "add", "rest.jsonl", "--index", "ix", "-q"])
                .exits(0);
            dir.wirecopy(&["index", "remove", "--ids", "ids.txt", "--index", "ix"])
                .exits(0);
        }
        let (out, ix) = (whole_tree(&dir, "out"), whole_tree(&dir, "ix"));
        let before = State::of(&dir, command.kind);
        let mut scene = Scene {
            after: before.clone(),
            dir,
            command,
            out,
            ix,
            before,
            stdout: String::new(),
        };
        scene.stdout = scene.dir.wirecopy(command.words).exits(0).stdout;
        scene.after = State::of(&scene.dir, command.kind);
        scene
    }

    /// Puts everything back as it was before the command.
    pub(crate) fn reset(&self) {
        for name in self.dir.names() {
            if INPUTS.contains(&name.as_str()) {
                continue;
            }
            let path = self.dir.path(&name);
            match path.is_dir() {
                true => fs::remove_dir_all(path).unwrap(),
                false => fs::remove_file(path).unwrap(),
            }
        }
        for (folder, files) in [("out", &self.out), ("ix", &self.ix)] {
            for (name, bytes) in files {
                let path = self.dir.path(folder).join(name);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, bytes).unwrap();
            }
        }
    }

    /// Runs the command with a fault at a place: all that is wrong then.
    pub(crate) fn try_at(&self, fault: &Fault, place: usize) -> Vec<String> {
        self.reset();
        let ended = inject::run(self, fault, place);
        state::wrong(self, fault, &ended)
    }

    /// The same command with nothing in its way.
    pub(crate) fn again(&self) -> Cmd {
        self.dir.wirecopy(self.command.words)
    }
}

/// Every file below a folder; of an output folder the times, too.
fn whole_tree(dir: &Dir, name: &str) -> BTreeMap<String, Vec<u8>> {
    let mut files = dir.tree(name);
    let times = dir.path(name).join("timing.json");
    if let Ok(bytes) = fs::read(times) {
        files.insert("timing.json".to_owned(), bytes);
    }
    files
}
