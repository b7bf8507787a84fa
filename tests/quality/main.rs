//! How good is `wire` on labelled news? Fails below the floors of [`floors`], and prints the figures.
//!
//! `WIRECOPY_DATA` names a folder of labelled sets (`SET/docs.jsonl`, `truth.tsv`, `pairs.tsv`).
//! It is not part of the project, so without it only a newsroom of our own generator is scored.

#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

mod batches;
mod floors;
mod labelled;
mod table;

use std::path::PathBuf;

use floors::{FLOORS, Floor, Known};
use labelled::LabelledSet;
use table::Table;
use testkit::newsroom::{making, variant, write};

#[test]
fn labelled_sets_keep_above_their_floors() {
    let Some(folder) = std::env::var_os("WIRECOPY_DATA").map(PathBuf::from) else {
        return table::say("skipped: labelled sets, for WIRECOPY_DATA names no folder of them\n");
    };
    assert!(
        folder.is_dir(),
        "WIRECOPY_DATA: {} is not a folder",
        folder.display()
    );
    let mut table = Table::new();
    for floor in FLOORS {
        match LabelledSet::in_folder(&folder.join(floor.set)) {
            Some(set) => table.add(floor, set.score(floor.known)),
            None => table.skip(floor),
        }
    }
    table.finish();
}

#[test]
fn generated_newsrooms_keep_above_their_floors() {
    let mut table = Table::new();
    let mut score = |pages: usize, seed: u64, name: &str, floors: &[Floor]| {
        let variant = variant::Variant::named(name).unwrap();
        let documents = making::make(pages, seed, &variant, None).unwrap();
        let folder = tempfile::tempdir().unwrap();
        write::all(&documents, write::Fields::ALL, folder.path()).unwrap();
        let set = LabelledSet::in_folder(folder.path()).unwrap();
        for floor in floors {
            table.add(floor, set.score(floor.known));
        }
    };
    score(600, 11, "base", floors::GENERATED);
    score(600, 11, "no-newlines", floors::ON_ONE_LINE);
    score(20_000, 31, "base", floors::LARGE);
    score(1000, 11, "slow", floors::SLOW);
    score(1000, 11, "crawl", floors::CRAWL);
    score(1000, 11, "takes", floors::TAKES);
    score(120, 11, "small", floors::SMALL);
    score(300, 11, "frames", floors::FRAMES);
    table.finish();
}

/// Least part of the pairs in either that are in both, once an index has learned anew.
const LEAST_AGREEMENT: f64 = 0.98;

#[test]
fn an_index_filled_in_batches_that_learned_anew_has_the_clusters_of_a_run() {
    let folder = tempfile::tempdir().unwrap();
    let base = variant::Variant::named("base").unwrap();
    let documents = making::make(600, 11, &base, None).unwrap();
    write::all(&documents, write::Fields::ALL, folder.path()).unwrap();
    let mut sets = vec![("newsroom of 600".to_owned(), folder.path().to_owned())];
    if let Some(labelled) = std::env::var_os("WIRECOPY_DATA").map(PathBuf::from) {
        let own = ["german_press"].map(|name| (name.to_owned(), labelled.join(name)));
        sets.extend(own.into_iter().filter(|(_, folder)| folder.is_dir()));
    }
    let found = sets.iter().map(|(name, folder)| {
        let (added, rebuilt) = batches::agreement(&folder.join("docs.jsonl"));
        table::say(&format!(
            "{name} in batches: {added:.4} of pairs agree, {rebuilt:.4} after learning anew\n"
        ));
        rebuilt
    });
    let least = found.fold(1.0, f64::min);
    assert!(least >= LEAST_AGREEMENT, "{least}");
}

/// The fields that a score goes without.
impl Known {
    fn hides(self, field: &str) -> bool {
        match self {
            Known::All => false,
            Known::Dates => matches!(field, "source" | "url"),
            Known::Nothing => matches!(field, "source" | "url" | "date"),
        }
    }
}
