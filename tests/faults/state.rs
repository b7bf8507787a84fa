//! What a command left, and whether that is right.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use crate::cmd::Dir;
use crate::commands::{Kind, Scene};
use crate::inject::{Ended, Fault};

/// Exit codes that are promised, and documented in `docs/outputs.md`.
const PROMISED: [i32; 8] = [0, 1, 2, 3, 4, 5, 130, 143];
/// The change was made, and something behind it failed.
const DONE_BUT_FAILED: i32 = 5;

/// What a command works on: folders as their files, an index as what it says of itself.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum State {
    Files(BTreeMap<String, Vec<u8>>),
    Page(Option<Vec<u8>>),
    /// Documents and removed ones, and the tables of a batch.
    Index(Value, Option<BTreeMap<String, Vec<u8>>>),
    /// No index, or none that is finished.
    NoIndex,
    Damaged(String),
}

impl State {
    pub(crate) fn of(dir: &Dir, kind: Kind) -> State {
        let tree = |name: &str| dir.path(name).is_dir().then(|| dir.tree(name));
        match kind {
            Kind::Results => State::Files(tree("out").unwrap_or_default()),
            Kind::Page => State::Page(fs::read(dir.path("page.html")).ok()),
            Kind::Reader => State::Files(tree("ix").unwrap_or_default()),
            Kind::NewIndex => State::index(dir, "new"),
            Kind::Index => State::index(dir, "ix"),
        }
    }

    fn index(dir: &Dir, name: &str) -> State {
        let verified = dir.wirecopy(&["index", "verify", "--index", name]);
        match verified.code {
            Some(0) => {}
            Some(1) if name == "new" => return State::NoIndex,
            code => {
                return State::Damaged(format!(
                    "verify ends with {code:?}: {}",
                    verified.stderr.trim()
                ));
            }
        }
        let info = dir
            .wirecopy(&["index", "info", "--index", name, "--json"])
            .exits(0);
        let info: Value = serde_json::from_str(&info.stdout).unwrap();
        // Small segments are merged behind a commit, by another one: that is no part of the state.
        let state = serde_json::json!([info["documents"], info["removed"], info["learned_of"]]);
        let tables = dir.path("today").is_dir().then(|| dir.tree("today"));
        State::Index(state, tables)
    }

    /// The same, whatever tables a batch has: these come behind the commit.
    fn is_same_index(&self, other: &State) -> bool {
        match (self, other) {
            (State::Index(one, _), State::Index(another, _)) => one == another,
            _ => self == other,
        }
    }
}

/// All that is wrong with how a command ended, what it left, and what the same command does next.
pub(crate) fn wrong(scene: &Scene<'_>, fault: &Fault, ended: &Ended) -> Vec<String> {
    let mut wrong = of_the_end(fault, ended);
    let now = State::of(&scene.dir, scene.command.kind);
    match scene.command.kind {
        Kind::Reader => {
            if ended.code == Some(0) && ended.stdout != scene.stdout {
                wrong.push("success with another answer".to_owned());
            }
            if now != scene.before {
                wrong.push("a reader changed the index".to_owned());
            }
            return wrong;
        }
        Kind::Page => {
            if now != scene.before && now != scene.after {
                wrong.push("half a page".to_owned());
            }
        }
        Kind::Results | Kind::NewIndex | Kind::Index => {}
    }
    // `compact` and `rebuild-keys` leave what an index says of itself as it is: then both states are one.
    let is_new = now.is_same_index(&scene.after);
    let is_old = now.is_same_index(&scene.before);
    if !is_new && !is_old {
        wrong.push(format!("neither before nor after: {}", brief(&now)));
    }
    match ended.code {
        Some(0) if !is_new => wrong.push("success, but nothing changed".to_owned()),
        Some(DONE_BUT_FAILED) if !is_new => wrong.push("said to be done, but is not".to_owned()),
        Some(1 | 2 | 3 | 4 | 130 | 143) if is_new && !is_old => {
            wrong.push(format!(
                "said to have failed, but is done: {}",
                ended.stderr.trim()
            ));
        }
        _ => {}
    }
    if !fault.kills() && !fault.is_of_clearing(is_new && !is_old) {
        wrong.extend(left_lying(scene, &ended.stderr));
    }
    let again = scene.again();
    let expected = if is_new && !is_old {
        scene.command.again
    } else {
        0
    };
    if again.code != Some(expected) {
        wrong.push(format!(
            "once more: {:?}, expected {expected}: {}",
            again.code,
            again.stderr.trim()
        ));
    }
    let then = State::of(&scene.dir, scene.command.kind);
    if then != scene.after {
        wrong.push(format!(
            "once more does not lead to the same: {}",
            brief(&then)
        ));
    }
    wrong.extend(left_lying(scene, ""));
    wrong
}

/// What is wrong with the exit code and the message.
fn of_the_end(fault: &Fault, ended: &Ended) -> Vec<String> {
    let mut wrong = Vec::new();
    match ended.code {
        None if fault.kills() => {}
        None => wrong.push("ended by a signal".to_owned()),
        Some(code) if !PROMISED.contains(&code) => {
            wrong.push(format!("exit code {code}: {}", ended.stderr.trim()))
        }
        Some(0 | 3) => {}
        Some(code) => {
            if ended.stderr.trim().is_empty() && !ended.was_silenced && code < 128 {
                wrong.push(format!("exit code {code} without a word"));
            }
        }
    }
    if ended.stderr.contains("panicked") {
        wrong.push(format!("a panic: {}", ended.stderr.trim()));
    }
    wrong
}

/// What was staged and not cleared away. Results that are complete and could not be put in place stay, and are named.
fn left_lying(scene: &Scene<'_>, message: &str) -> Vec<String> {
    let hidden = scene
        .dir
        .names()
        .into_iter()
        .filter(|name| name.starts_with('.'));
    let unfinished = scene.dir.path("ix").read_dir().into_iter().flatten();
    let unfinished = unfinished
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned());
    let is_unknown = |name: &String| !message.contains(name.as_str());
    let left: Vec<String> = hidden
        .chain(unfinished.filter(|name| name.ends_with(".tmp")))
        .filter(is_unknown)
        .collect();
    match left.is_empty() {
        true => Vec::new(),
        false => vec![format!("left lying: {}", left.join(", "))],
    }
}

fn brief(state: &State) -> String {
    match state {
        State::Files(files) => format!(
            "{} files: {}",
            files.len(),
            files.keys().cloned().collect::<Vec<_>>().join(" ")
        ),
        State::Page(page) => format!("a page of {} bytes", page.as_ref().map_or(0, Vec::len)),
        State::Index(info, tables) => format!(
            "index {info}, {} tables",
            tables.as_ref().map_or(0, BTreeMap::len)
        ),
        State::NoIndex => "no index".to_owned(),
        State::Damaged(why) => why.clone(),
    }
}
