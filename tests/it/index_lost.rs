//! What cannot be read of an index, or is not as it was written, is an error of every command: it is never read as
//! zeros, and never written again with a right checksum.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;

use wirecopy::corpus::install_guard;
use wirecopy::report::{View, page};
use wirecopy::{Context, Index, Progress, RunProgress, Stage};
use wirecopy::{Error, Job, Recipe, Run};

use crate::cmd::{Dir, fixture};
use crate::index_faults::restore;

/// Anything that uses an index, named; hands out all that it found.
type Use = (&'static str, fn(&Dir, Context<'_>) -> Result<String, Error>);

/// Those that only read.
const READERS: [Use; 5] = [
    ("query", |dir, _| {
        let answers = open(dir)?.query_all(job(dir, "ask.jsonl")?, Context::default())?;
        Ok(format!("{answers:?}"))
    }),
    ("place", |dir, context| {
        let index = open(dir)?;
        after_opening(dir);
        clusters(&index.clusters_with(job(dir, "ask.jsonl")?, context)?)
    }),
    ("clusters", |dir, context| {
        let index = open(dir)?;
        after_opening(dir);
        clusters(&index.clusters(context)?)
    }),
    ("report", |dir, context| {
        let index = open(dir)?;
        after_opening(dir);
        let report = index.report(None, context)?;
        Ok(page(&report, &View::default()))
    }),
    ("verify", |dir, _| {
        let index = open(dir)?;
        after_opening(dir);
        index.verify().map(|()| "whole".to_owned())
    }),
];

/// Those that change it. The batch that is added is so large that all segments are merged.
const WRITERS: [Use; 4] = [
    ("add", |dir, context| {
        Index::add(&dir.path("ix"), job(dir, "more.jsonl")?, context).map(done)
    }),
    ("remove", |dir, _| {
        Index::remove(&dir.path("ix"), &["strike-mirror"], Context::default()).map(done)
    }),
    ("compact", |dir, _| {
        Index::compact(&dir.path("ix"), Context::default()).map(done)
    }),
    ("rebuild-keys", |dir, context| {
        let how = Job::new(Recipe::default_wire());
        Index::rebuild_keys(&dir.path("ix"), how, context).map(done)
    }),
];

fn done<T>(_: T) -> String {
    "done".to_owned()
}

fn open(dir: &Dir) -> Result<Index, Error> {
    Index::open(&dir.path("ix"))
}

/// Cuts a file if the test has asked for it.
fn after_opening(dir: &Dir) {
    let Ok(asked) = fs::read_to_string(dir.path("cut")) else {
        return;
    };
    let (name, length) = asked.split_once(' ').unwrap();
    cut(&dir.path("ix").join(name), length.parse().unwrap());
}

fn cut(path: &Path, length: u64) {
    let file = File::options().write(true).open(path).unwrap();
    file.set_len(length).unwrap();
}

fn job(dir: &Dir, name: &str) -> Result<wirecopy::OpenJob, Error> {
    Job::new(Recipe::default()).path(dir.path(name)).open()
}

fn clusters(run: &Run) -> Result<String, Error> {
    let mut text = Vec::new();
    run.write_clusters_jsonl(|line| {
        text.extend_from_slice(line);
        Ok::<_, Error>(())
    })?;
    Ok(String::from_utf8(text).unwrap())
}

/// An index in two segments, a batch to ask for, and one to add.
fn begun() -> Dir {
    let dir = Dir::new();
    let text = fs::read_to_string(fixture("newsroom/newsroom.jsonl")).unwrap();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let (first, second, more) = (&lines[..30], &lines[30..44], &lines[44..]);
    dir.write("first.jsonl", &first.concat());
    dir.write("second.jsonl", &second.concat());
    dir.write("more.jsonl", &more.concat());
    dir.write("ask.jsonl", &text.replace("{\"id\": \"", "{\"id\": \"ask-"));
    let build = ["index", "build", "first.jsonl", "--index", "ix", "-q"];
    dir.wirecopy(&build).exits(0);
    let add = ["index", "add", "second.jsonl", "--index", "ix", "-q"];
    dir.wirecopy(&add).exits(0);
    assert_eq!(dir.json_of_info()["segments"].as_array().unwrap().len(), 2);
    dir
}

impl Dir {
    fn json_of_info(&self) -> serde_json::Value {
        let info = self.wirecopy(&["index", "info", "--index", "ix", "--json"]);
        serde_json::from_str(&info.exits(0).stdout).unwrap()
    }
}

/// Files of sections, with where each section that is not empty begins and how long it is.
fn sections(files: &BTreeMap<String, Vec<u8>>) -> Vec<(String, usize, usize)> {
    let u32_at = |bytes: &[u8], at: usize| {
        u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize
    };
    let u64_at = |bytes: &[u8], at: usize| {
        usize::try_from(u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap())).unwrap()
    };
    let mut sections = Vec::new();
    for (name, bytes) in files.iter().filter(|(name, _)| name.contains('-')) {
        let count = u32_at(bytes, 48);
        for entry in (0..count).map(|at| bytes.len() - 40 * (count - at)) {
            let (start, length) = (u64_at(bytes, entry + 8), u64_at(bytes, entry + 16));
            if length > 0 {
                sections.push((name.clone(), start, length));
            }
        }
    }
    sections
}

#[track_caller]
fn is_damage(error: &Error, output: &str) {
    let is = matches!(error, Error::Index(index) if index.is_damage());
    assert!(is, "{output}: {error}");
}

#[test]
fn a_byte_that_went_bad_is_never_written_again() {
    let dir = begun();
    let whole = dir.tree("ix");
    let answers = READERS.map(|(_, read)| read(&dir, Context::default()).unwrap());
    let (mut refused, mut tries) = (0, 0);
    for (name, start, length) in sections(&whole) {
        let mut bad = whole.clone();
        bad.get_mut(&name).unwrap()[start + length / 2] ^= 1;
        restore(&dir, &bad);
        for ((what, read), right) in READERS.iter().zip(&answers) {
            let output = format!("{what}, {name} at {start}");
            match read(&dir, Context::default()) {
                Ok(answer) => assert!(*what != "verify" && answer == *right, "{output}"),
                Err(error) => is_damage(&error, &output),
            }
        }
        for (what, write) in &WRITERS {
            let output = format!("{what}, {name} at {start}");
            tries += 1;
            match write(&dir, Context::default()) {
                // It has not read that section, and left it as it is.
                Ok(_) => {
                    assert_eq!(*what, "remove", "{output}");
                    let verified = READERS[4].1(&dir, Context::default());
                    is_damage(&verified.unwrap_err(), &output);
                    restore(&dir, &bad);
                }
                Err(error) => {
                    is_damage(&error, &output);
                    assert!(error.to_string().contains(&name), "{output}: {error}");
                    refused += 1;
                    let mut after = dir.tree("ix");
                    after.remove("lock");
                    let mut before = bad.clone();
                    before.remove("lock");
                    assert!(after == before, "{output}: the index was changed");
                }
            }
        }
    }
    assert!(tries > 100, "{tries} tries");
    assert!(refused * 4 >= tries * 3, "{refused} of {tries}");
}

/// Cuts a file of an index when a stage begins.
struct Cutting<'a> {
    stage: Stage,
    path: &'a Path,
    length: u64,
}

impl RunProgress for Cutting<'_> {}

impl Progress for Cutting<'_> {
    fn begin(&self, stage: Stage, _: Option<u64>) {
        if stage == self.stage && self.path.exists() {
            cut(self.path, self.length);
        }
    }

    fn advance(&self, _: u64) {}

    fn end(&self, _: Stage) {}
}

#[test]
fn a_file_that_is_cut_while_it_is_used_is_an_error_of_every_reader() {
    install_guard().unwrap();
    let dir = begun();
    let whole = dir.tree("ix");
    let answers = READERS.map(|(_, read)| read(&dir, Context::default()).unwrap());
    let segment = "seg-0000000001";
    let length = whole[segment].len() as u64;
    let mut refused = 0;
    for share in [0, 1, 2, 3] {
        for ((what, read), right) in READERS.iter().zip(&answers) {
            restore(&dir, &whole);
            let output = format!("{what}, {share} of 4");
            let asked = length * share / 4;
            dir.write("cut", &format!("{segment} {asked}"));
            match read(&dir, Context::default()) {
                Ok(answer) => {
                    assert!(answer == *right, "{output}: another answer");
                    assert!(share > 0 || *what == "query", "{output}");
                }
                Err(error) => {
                    is_damage(&error, &output);
                    let said = error.to_string();
                    // Behind the end, a page that is cut in the middle is zeros, and no fault.
                    let causes = ["could not read all of it", "damaged section"];
                    assert!(
                        causes.iter().any(|cause| said.contains(cause)),
                        "{output}: {said}"
                    );
                    assert!(said.contains(segment), "{output}: {said}");
                    refused += 1;
                }
            }
        }
    }
    assert!(refused >= 12, "{refused} of 20");
}

#[test]
fn nothing_is_committed_of_an_index_that_is_cut_meanwhile() {
    install_guard().unwrap();
    let dir = begun();
    let whole = dir.tree("ix");
    let segment = dir.path("ix/seg-0000000001");
    for (what, write) in [&WRITERS[0], &WRITERS[3]] {
        for stage in [Stage::Read, Stage::Sketch, Stage::Index, Stage::Verify] {
            for length in [0, 4096] {
                restore(&dir, &whole);
                let cutting = Cutting {
                    stage,
                    path: &segment,
                    length,
                };
                let output = format!("{what} in {stage:?} to {length}");
                match write(&dir, Context::new(&cutting, &false.into())) {
                    // Nothing was read of it any more: it has all that it needs.
                    Ok(_) => assert_eq!(*what, "rebuild-keys", "{output}"),
                    Err(error) => {
                        is_damage(&error, &output);
                        let manifest = fs::read(dir.path("ix/manifest")).unwrap();
                        assert!(manifest == whole["manifest"], "{output}: committed");
                    }
                }
            }
        }
    }
}
