//! The bytes of every output: the program is run as people run it, and a hash of each file is held against a
//! list in the repository. A change that was not meant to change results shows here, by the names of the files.
//!
//! A list, `SET.txt`, has a line for each file that the commands of [`commands`] leave of a corpus of [`corpora`]:
//! hash, bytes, name. The same list must come out of one thread and of two. What differs from run to
//! run is left out (`timing.json`), and so is the number of the version.
//!
//! ```console
//! $ cargo test --test goldens
//! $ WIRECOPY_GOLDENS=write cargo test --test goldens     # results were meant to change: write the lists anew
//! $ cargo test --release --test goldens -- --ignored     # 20,000 pages, too
//! ```

#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

#[path = "../it/cmd.rs"]
#[allow(dead_code, reason = "shared with the tests in `it`")]
mod cmd;
mod commands;
mod corpora;
mod list;

use cmd::Dir;
use commands::{Scene, formats};
use list::List;

/// Holds what all commands leave of a corpus against its list, once with two threads and once with one.
fn hold(set: &'static str, profile: &'static str, make: impl Fn(&Dir), is_crowded: bool) {
    for threads in ["2", "1"] {
        let dir = Dir::new();
        make(&dir);
        let mut list = List::default();
        let scene = Scene {
            dir: &dir,
            profile,
            threads,
        };
        scene.play(&mut list);
        assert_eq!(scene.crowded_keys() > 0, is_crowded, "{set} {profile}");
        list.hold(&format!("{set}-{profile}"), threads);
    }
}

#[test]
fn the_fixture_in_wire() {
    hold("fixture", "wire", corpora::fixture, false);
}

#[test]
fn the_fixture_in_near() {
    hold("fixture", "near", corpora::fixture, false);
}

#[test]
fn inputs_of_every_form() {
    for threads in ["2", "1"] {
        let mut list = List::default();
        formats(threads, &mut list);
        list.hold("formats", threads);
    }
}

#[test]
fn a_newsroom_in_wire() {
    hold(
        "newsroom",
        "wire",
        |dir| corpora::newsroom(dir, 2_000),
        true,
    );
}

#[test]
fn a_newsroom_in_near() {
    hold(
        "newsroom",
        "near",
        |dir| corpora::newsroom(dir, 2_000),
        false,
    );
}

#[test]
fn crowds_in_wire() {
    hold("crowds", "wire", corpora::crowds, true);
}

#[test]
fn crowds_in_near() {
    hold("crowds", "near", corpora::crowds, true);
}

#[test]
#[ignore = "takes minutes"]
fn a_large_newsroom_in_wire() {
    hold("large", "wire", |dir| corpora::newsroom(dir, 20_000), true);
}

#[test]
#[ignore = "takes minutes"]
fn a_large_newsroom_in_near() {
    hold("large", "near", |dir| corpora::newsroom(dir, 20_000), false);
}
