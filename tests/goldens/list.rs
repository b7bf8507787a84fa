//! A list of files with a hash of each, and what differs from the list in the repository.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use wirecopy::hash;

use crate::cmd::Dir;

/// The variable that is `write` where the lists are to be written anew.
const MODE: &str = "WIRECOPY_GOLDENS";

/// Files by name, each with what its line says of its bytes.
#[derive(Debug, Default)]
pub(crate) struct List(BTreeMap<String, String>);

impl List {
    /// Adds a file.
    pub(crate) fn add(&mut self, name: &str, bytes: &[u8]) {
        let said = format!("{:016x} {:>9}", hash::bytes(bytes), bytes.len());
        let before = self.0.insert(name.to_owned(), said);
        assert!(before.is_none(), "{name} is there twice");
    }

    /// Adds a file of a folder.
    pub(crate) fn add_file(&mut self, dir: &Dir, name: &str) {
        self.add(name, &fs::read(dir.path(name)).unwrap());
    }

    /// Adds all files of an output folder but its times.
    pub(crate) fn add_folder(&mut self, dir: &Dir, folder: &str) {
        for (name, bytes) in dir.tree(folder) {
            let bytes = match name.as_str() {
                "run.json" => portable(&bytes),
                _ => bytes,
            };
            self.add(&format!("{folder}/{name}"), &bytes);
        }
    }

    /// Holds it against the list of this name, or writes that.
    #[track_caller]
    pub(crate) fn hold(&self, name: &str, threads: &str) {
        let file =
            PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/goldens/{name}.txt"));
        // What one thread gives is held against what two gave just now.
        if std::env::var_os(MODE).is_some_and(|mode| mode == "write") && threads == "2" {
            return fs::write(file, self.lines()).unwrap();
        }
        let golden = List::read(&fs::read_to_string(file).unwrap_or_default());
        let mut differs = String::new();
        for (file, said) in &self.0 {
            match golden.0.get(file) {
                Some(golden) if golden == said => {}
                Some(golden) => writeln!(differs, "  {file}: {said}, not {golden}").unwrap(),
                None => writeln!(differs, "  {file}: is not in the list").unwrap(),
            }
        }
        for file in golden.0.keys().filter(|file| !self.0.contains_key(*file)) {
            writeln!(differs, "  {file}: was not written").unwrap();
        }
        assert!(
            differs.is_empty(),
            "{name} with {threads} threads differs from tests/goldens/{name}.txt:\n{differs}\
             If that is meant: {MODE}=write cargo test --test goldens"
        );
    }

    fn lines(&self) -> String {
        let lines = self.0.iter().map(|(file, said)| format!("{said} {file}\n"));
        lines.collect()
    }

    fn read(text: &str) -> List {
        let line = |line: &str| {
            let (said, file) = line.split_at(HASH_AND_BYTES);
            (file[1..].to_owned(), said.to_owned())
        };
        List(text.lines().map(line).collect())
    }
}

/// Characters of a line before the space in front of the name.
const HASH_AND_BYTES: usize = 16 + 1 + 9;

/// `run.json` without what is of this machine or this version.
fn portable(bytes: &[u8]) -> Vec<u8> {
    let mut run: Value = serde_json::from_slice(bytes).unwrap();
    let fields = run.as_object_mut().unwrap();
    for name in ["version", "sources", "index"] {
        fields.remove(name);
    }
    run.to_string().into_bytes()
}
