//! What a run found, in the few lines a person reads, or as one object for a program.

mod figures;
mod text;

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use wirecopy::Run;

use super::effective::Options;
use super::preflight::passed_over_json;
use super::show::{self, count};
use figures::{Figures, Largest};

pub(super) use figures::{bytes, seconds};

/// Documents removed, by what they are to their witness.
pub(super) fn removed_json(run: &Run) -> Value {
    let removed = figures::removed(run);
    let removed = removed
        .into_iter()
        .map(|(relation, count)| (relation.name().to_owned(), count.into()));
    Value::Object(removed.collect())
}

/// A finished run, to be summed up.
#[derive(Debug)]
pub(super) struct Summary<'a> {
    pub(super) run: &'a Run,
    /// `cluster` or `dedup`.
    pub(super) command: &'static str,
    pub(super) inputs: &'a [PathBuf],
    /// Those that shape results.
    pub(super) options: &'a Options,
    /// Where results are.
    pub(super) dir: &'a Path,
    pub(super) rejects_over_limit: bool,
    /// Whether clusters have members that are no documents of the run, but of an index.
    pub(super) is_against_index: bool,
}

impl Summary<'_> {
    /// For people.
    /// On lines of so many columns, if they are to end somewhere.
    pub(super) fn text(&self, width: Option<usize>) -> String {
        text::Page::of(self, &Figures::of(self.run, self.dir), width).finish()
    }

    /// What stays of the progress: one line.
    pub(super) fn done(&self) -> String {
        let counts = self.run.counts();
        format!(
            "done in {}: {}, {}\n",
            show::seconds(seconds(self.run)),
            count(counts.read - counts.rejected, "document"),
            show::bytes(bytes(self.run)),
        )
    }

    /// For programs.
    pub(super) fn json(&self) -> Value {
        let figures = Figures::of(self.run, self.dir);
        let largest: Vec<Value> = figures.largest.iter().map(Largest::json).collect();
        json!({
            "event": "summary",
            "command": self.command,
            "output": self.dir,
            "counts": self.run.counts(),
            "removed": removed_json(self.run),
            "work": self.run.work(),
            "recall_at_threshold": self.run.recipe().recall(),
            "boilerplate": self.run.masked().map(|masked| json!(masked.total)),
            "largest_clusters": largest,
            "rejects_over_limit": self.rejects_over_limit,
            "passed_over": passed_over_json(self.run.corpus().passed_over()),
            "bytes": figures.bytes,
            "seconds": figures.seconds,
        })
    }
}
