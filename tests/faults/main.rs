//! Every system call that can fail, failing; the process killed or asked to stop before it.
//!
//! A command is run once for each place where it makes a system call, and there the call fails with what a full disk,
//! a failing disk or an interrupted system says, or the process dies. Afterwards ([`state`]):
//!
//! - the earlier results or the new ones are in place, whole, and the exit code says which;
//! - an index is that of before or of after, and every byte of it is as it was written;
//! - nothing lies about, and the same command, once more, does what it did not do.
//!
//! `cargo test --test faults` tries some places of every kind, spread from the first to the last. All of them:
//!
//! ```console
//! $ WIRECOPY_FAULTS=all cargo test --release --test faults -- --nocapture
//! ```
//!
//! The calls are made to fail by `strace`; where it is missing, nothing can be tried, which is said.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

#[path = "../it/cmd.rs"]
#[allow(dead_code, reason = "shared with the tests in `it`")]
mod cmd;
mod commands;
mod inject;
mod state;

use std::io::Write as _;
use std::ops::Range;

use commands::{COMMANDS, Kind, Scene};
use inject::{FAULTS, Fault};

/// Places tried of a command and a kind of fault, unless all are asked for.
const PLACES: usize = 3;

/// Tries a command at places of every kind of fault.
fn sweep(name: &str) {
    if !inject::is_possible() {
        let why = "strace is missing, or may not trace here: no system call was made to fail";
        assert!(std::env::var_os("CI").is_none(), "{why}");
        cmd::skipped(why);
        return;
    }
    let command = COMMANDS
        .iter()
        .find(|command| command.name == name)
        .unwrap();
    let scene = Scene::new(command);
    let all = std::env::var("WIRECOPY_FAULTS").is_ok_and(|value| value == "all");
    let mut wrong = Vec::new();
    for fault in FAULTS.iter().filter(|fault| concerns(command.kind, fault)) {
        let places = inject::places(&scene, fault);
        let tried = chosen(places.clone(), if all { places.len() } else { PLACES });
        let before = wrong.len();
        for &place in &tried {
            let faults = scene.try_at(fault, place);
            wrong.extend(
                faults
                    .into_iter()
                    .map(|what| format!("{name}, {fault} at call {place}: {what}")),
            );
        }
        let row = format!(
            "{name:12} {:20} {:4} of {:4} places, {} wrong\n",
            fault.to_string(),
            tried.len(),
            places.len(),
            wrong.len() - before
        );
        std::io::stderr().write_all(row.as_bytes()).unwrap();
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether a fault says anything of a command: one that writes no file has no full disk.
fn concerns(kind: Kind, fault: &Fault) -> bool {
    kind != Kind::Reader || fault.is_of_reading()
}

/// So many of the places, from the first to the last; calls are counted from 1.
fn chosen(places: Range<usize>, most: usize) -> Vec<usize> {
    if places.len() <= most {
        return places.map(|at| at + 1).collect();
    }
    let last = places.len() - 1;
    (0..most)
        .map(|at| 1 + places.start + at * last / (most - 1))
        .collect()
}

macro_rules! sweeps {
    ($($test:ident: $name:literal),+ $(,)?) => {
        $(#[test] fn $test() { sweep($name); })+

        #[test]
        fn every_command_is_swept() {
            let swept = [$($name),+];
            assert!(COMMANDS.iter().all(|command| swept.contains(&command.name)));
        }
    };
}

sweeps! {
    cluster: "cluster",
    dedup: "dedup",
    near: "near",
    report: "report",
    index_build: "build",
    index_add: "add",
    index_add_with_tables: "add -o",
    index_remove: "remove",
    index_compact: "compact",
    index_rebuild_keys: "rebuild-keys",
    index_query: "query",
    index_verify: "verify",
    index_export: "export",
}
