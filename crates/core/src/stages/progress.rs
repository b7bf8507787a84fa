//! The stages of a run, how far one is, and how long each took.

use std::time::{Duration, Instant};

/// A part of a run.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Stage {
    /// Records are read and sketched; counted in bytes on disk.
    Read,
    /// Boilerplate is learned from a sample of the pages; not counted. `wire` only.
    Learn,
    /// Pages are masked and their story texts sketched; counted in documents, where that is known. `wire` only.
    Sketch,
    /// Keys are sorted and candidates found; not counted.
    Index,
    /// Candidates are compared on their texts; counted in pairs.
    Verify,
    /// Copies are put together and verdicts found; not counted.
    Cluster,
    /// Tables and filtered corpora are written; counted in bytes of records of the latter.
    Write,
}

impl Stage {
    /// All stages, in order.
    pub const ALL: [Stage; 7] = [
        Stage::Read,
        Stage::Learn,
        Stage::Sketch,
        Stage::Index,
        Stage::Verify,
        Stage::Cluster,
        Stage::Write,
    ];

    /// The name in `timing.json`: lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Stage::Read => "read",
            Stage::Learn => "learn",
            Stage::Sketch => "sketch",
            Stage::Index => "index",
            Stage::Verify => "verify",
            Stage::Cluster => "cluster",
            Stage::Write => "write",
        }
    }
}

/// Hears how far a run is. Called from many threads; must not block.
pub trait Progress: Sync {
    /// A stage begins. `total` is what [`advance`](Progress::advance) will add up to, if known.
    fn begin(&self, stage: Stage, total: Option<u64>);
    /// So much more of the stage is done.
    fn advance(&self, amount: u64);
    /// The stage is done.
    fn end(&self, stage: Stage);
}

/// Reports nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: Stage, _: Option<u64>) {}
    fn advance(&self, _: u64) {}
    fn end(&self, _: Stage) {}
}

/// How long each stage took, in the order in which they ended.
#[derive(Clone, Debug, Default)]
pub struct Timing(Vec<(Stage, Duration)>);

impl Timing {
    /// Runs a stage, reports its begin and end, and notes its time.
    pub fn stage<R>(
        &mut self,
        stage: Stage,
        total: Option<u64>,
        progress: &dyn Progress,
        work: impl FnOnce() -> R,
    ) -> R {
        let start = Instant::now();
        progress.begin(stage, total);
        let result = work();
        progress.end(stage);
        match self.0.iter_mut().find(|(known, _)| *known == stage) {
            Some((_, time)) => *time += start.elapsed(),
            None => self.0.push((stage, start.elapsed())),
        }
        result
    }

    /// The wall time of every stage that ran.
    pub fn stages(&self) -> &[(Stage, Duration)] {
        &self.0
    }
}
