//! How far a run is, on standard error: one line that moves for people, lines for logs, objects for programs.

mod bar;
mod lines;
mod steps;

use std::io::{self, IsTerminal};

use wirecopy::{RunProgress, Silent, Stage};

use super::args::execute::ProgressMode;
use super::show::{bytes, number};
use bar::Bar;
use lines::Lines;

pub(super) use steps::Steps;

/// What is reported of these steps in this mode.
pub(super) fn listener(mode: ProgressMode, steps: Steps) -> Box<dyn RunProgress> {
    match mode {
        ProgressMode::Auto if io::stderr().is_terminal() => Box::new(Bar::new(steps)),
        ProgressMode::Auto => Box::new(Lines::few(steps)),
        ProgressMode::Plain => Box::new(Lines::plain(steps)),
        ProgressMode::Json => Box::new(Lines::json(steps)),
        ProgressMode::None => Box::new(Silent),
    }
}

/// What a stage is counted in, if it is.
fn unit(stage: Stage) -> Option<&'static str> {
    match stage {
        Stage::Read | Stage::Write => Some("bytes"),
        Stage::Sketch => Some("documents"),
        Stage::Verify => Some("pairs"),
        Stage::Learn | Stage::Index | Stage::Cluster => None,
    }
}

/// A run takes so much memory, for so many pairs.
fn needs(memory: u64, pairs: u64) -> String {
    format!(
        "memory: about {}, more than was said before: {} pairs of documents have much in common",
        bytes(memory),
        number(pairs)
    )
}

/// Seconds left of a stage that is so far after so long.
fn left(seconds: f64, done: u64, total: u64) -> Option<f64> {
    (done > 0).then(|| seconds * total.saturating_sub(done) as f64 / done as f64)
}

/// Position in the order of stages.
fn position(stage: Stage) -> usize {
    Stage::ALL
        .iter()
        .position(|&known| known == stage)
        .unwrap_or(0)
}
