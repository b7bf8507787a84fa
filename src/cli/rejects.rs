//! More rejected records than are allowed: where results go then, and what is said.
//!
//! They are complete, but were made unwatched: those of an earlier run stay in use,
//! and these are beside them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde_json::json;
use wirecopy::Run;
use wirecopy::output::OutputFolder;
use wirecopy::share_that_allows;

use super::event;
use super::show::{Voice, number, path};

/// Where the results of a run go.
pub(super) struct Destination {
    pub(super) folder: OutputFolder,
    /// The folder as it is reported.
    pub(super) dir: PathBuf,
    /// The folder of the earlier run, where that stays.
    pub(super) earlier: Option<PathBuf>,
    /// Whether more was rejected than is allowed.
    pub(super) is_over: bool,
}

impl Destination {
    /// Decides for a run that claimed `folder`, which was asked for as `output`.
    pub(super) fn of(
        run: &Run,
        max_rejected: f64,
        folder: OutputFolder,
        output: &Path,
    ) -> anyhow::Result<Destination> {
        let is_over = run.has_too_many_rejects(max_rejected);
        if !is_over || !folder.replaces()? {
            return Ok(Destination {
                folder,
                dir: output.to_owned(),
                earlier: None,
                is_over,
            });
        }
        let folder = folder.aside().with_context(|| {
            format!(
                "{}, and the results have no place beside the earlier ones",
                too_many(run)
            )
        })?;
        Ok(Destination {
            dir: spelled(folder.dir(), output),
            folder,
            earlier: Some(output.to_owned()),
            is_over,
        })
    }
}

/// A folder beside `output` as its user would write it.
fn spelled(dir: &Path, output: &Path) -> PathBuf {
    let name = dir.file_name().unwrap_or_default();
    let beside = output.with_file_name(name);
    // A link has another folder beside it than what it leads to.
    let parent = |path: &Path| fs::canonicalize(path.parent()?.join(".")).ok();
    let whole = std::path::absolute(&beside).unwrap_or_else(|_| beside.clone());
    match parent(&whole) == parent(dir) {
        true => beside,
        false => dir.to_owned(),
    }
}

/// `12 of 100 records rejected, more than --max-rejected allows`.
fn too_many(run: &Run) -> String {
    let counts = run.counts();
    format!(
        "{} of {} records rejected, more than --max-rejected allows",
        number(counts.rejected),
        number(counts.read)
    )
}

/// Says that too many were rejected, and where everything is; also where it should be quiet.
pub(super) fn report(run: &Run, dir: &Path, earlier: Option<&Path>, voice: Voice) {
    let counts = run.counts();
    let share = share_that_allows(counts.rejected, counts.read);
    let places = match earlier {
        Some(earlier) => format!(
            "the earlier results stay in {}, these are in {}",
            path(earlier),
            path(dir)
        ),
        None => format!("these results are in {}", path(dir)),
    };
    let message = format!("{}: {places}", too_many(run));
    let look = format!("head {}", path(&dir.join("rejected.jsonl")));
    let accept = format!("--max-rejected {share} --force");
    voice.fail(&match voice.is_json() {
        true => {
            event::line(json!({
                "event": "warning", "kind": "rejects_over_limit", "message": message,
                "output": dir, "earlier": earlier, "look": look, "accept": accept,
            }))
        }
        false => format!(
            "wirecopy: {message}\n  look at the reasons with: {look}\n  allow so many with the same command \
             and: {accept}\n"
        ),
    });
}
