//! `Dir`, a folder of its own for a test, and `Cmd`, a command as it is typed in it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Output, Stdio};

use serde_json::Value;

/// A file of the project's fixtures.
pub(crate) fn fixture(name: &str) -> String {
    format!("{}/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// Says that a test could not be made here, and why.
pub(crate) fn skipped(why: &str) {
    let note = format!("skipped: {why}\n");
    std::io::stderr().write_all(note.as_bytes()).unwrap();
}

/// A folder that goes away with the test.
pub(crate) struct Dir(tempfile::TempDir);

impl Dir {
    pub(crate) fn new() -> Dir {
        Dir(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: &str) -> &Dir {
        fs::write(self.path(name), content).unwrap();
        self
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// The rows of a JSON Lines file.
    pub(crate) fn rows(&self, name: &str) -> Vec<Value> {
        self.read(name)
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    pub(crate) fn json(&self, name: &str) -> Value {
        serde_json::from_str(&self.read(name)).unwrap()
    }

    /// Every name in the folder, hidden ones too, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// The content of every file of an output folder, but for the times.
    pub(crate) fn results(&self, name: &str) -> BTreeMap<String, String> {
        let entries = fs::read_dir(self.path(name)).unwrap();
        entries
            .map(|entry| entry.unwrap())
            .filter(|entry| entry.file_name() != "timing.json" && entry.path().is_file())
            .map(|entry| {
                let content = fs::read_to_string(entry.path()).unwrap();
                (entry.file_name().into_string().unwrap(), content)
            })
            .collect()
    }

    /// Every file below an output folder with its bytes, but for the times.
    pub(crate) fn tree(&self, name: &str) -> BTreeMap<String, Vec<u8>> {
        let root = self.path(name);
        let mut files = BTreeMap::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let below = path.strip_prefix(&root).unwrap().to_str().unwrap();
                if path.is_dir() {
                    folders.push(path);
                } else if below != "timing.json" {
                    files.insert(below.to_owned(), fs::read(&path).unwrap());
                }
            }
        }
        files
    }

    /// A corpus of so many documents, no two alike, every fiftieth a copy of the one before.
    pub(crate) fn corpus(&self, name: &str, documents: u64, words: u64) -> &Dir {
        let mut text = String::new();
        for document in 0..documents {
            let story = if document % 50 == 49 {
                document - 1
            } else {
                document
            };
            write!(text, "{{\"id\": \"d{document}\", \"text\": \"").unwrap();
            for word in 0..words {
                let mixed = (story * 10_007 + word).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
                write!(text, "w{mixed:x} ").unwrap();
            }
            text.push_str("\"}\n");
        }
        self.write(name, &text)
    }

    /// Members of every cluster of an output folder, by id.
    pub(crate) fn clusters(&self, out: &str) -> BTreeSet<Vec<String>> {
        let mut members: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        for row in self.rows(&format!("{out}/clusters.jsonl")) {
            let cluster = members.entry(text(&row["cluster_id"])).or_default();
            cluster.push(text(&row["id"]));
        }
        let sorted = |mut ids: Vec<String>| {
            ids.sort();
            ids
        };
        members.into_values().map(sorted).collect()
    }

    /// `wirecopy` with these words, typed in this folder.
    pub(crate) fn wirecopy(&self, words: &[&str]) -> Cmd {
        Cmd::of(self.command(words).output().unwrap())
    }

    /// Starts a command that reports its steps (`--progress json`), and calls `stop` with it as soon as it has reported
    /// so many: a named step of the program, however fast the machine is. Hands back
    /// how it ended if it came so far.
    pub(crate) fn at_step(
        &self,
        words: &[&str],
        step: usize,
        stop: impl FnOnce(&mut Child),
    ) -> Option<ExitStatus> {
        let words = [words, &["--progress", "json"]].concat();
        let mut command = self.command(&words);
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let reported = BufReader::new(child.stderr.take().unwrap());
        let mut steps = reported.lines().map_while(Result::ok);
        let came = step == 0 || steps.nth(step - 1).is_some();
        if came {
            stop(&mut child);
        }
        steps.for_each(drop); // until it ends: a closed pipe would be an error
        let ended = child.wait().unwrap();
        came.then_some(ended)
    }

    /// The same, not started yet.
    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wirecopy"));
        command
            .args(words)
            .current_dir(self.0.path())
            .stdin(Stdio::null());
        command
    }
}

/// A command that has ended.
pub(crate) struct Cmd {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Cmd {
    /// Whatever it did, it did not panic.
    #[track_caller]
    pub(crate) fn of(output: Output) -> Cmd {
        let cmd = Cmd {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        };
        assert!(!cmd.stderr.contains("panicked"), "{}", cmd.stderr);
        cmd
    }

    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Cmd {
        assert_eq!(self.code, Some(code), "{}\n{}", self.stdout, self.stderr);
        self
    }

    #[track_caller]
    pub(crate) fn says(self, part: &str) -> Cmd {
        assert!(
            self.stdout.contains(part),
            "no `{part}` in\n{}",
            self.stdout
        );
        self
    }

    /// Standard error holds all of these.
    #[track_caller]
    pub(crate) fn stderr_has(self, parts: &[&str]) -> Cmd {
        for part in parts {
            assert!(
                self.stderr.contains(part),
                "no `{part}` in\n{}",
                self.stderr
            );
        }
        self
    }
}
