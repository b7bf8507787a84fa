//! How far a run is, on standard error: bars for people, lines for logs, objects for programs.

mod bars;
mod lines;

use wirecopy::pipeline::{Progress, Silent, Stage};

use super::args::ProgressMode;
use super::show::{bytes, number};
use bars::Bars;
use lines::Lines;

/// What is told of a run in this mode; `Auto` stands for bars.
pub(super) fn listener(mode: ProgressMode) -> Box<dyn Progress> {
    match mode {
        ProgressMode::Auto => Box::new(Bars::new()),
        ProgressMode::Plain => Box::new(Lines::plain()),
        ProgressMode::Json => Box::new(Lines::json()),
        ProgressMode::None => Box::new(Silent),
    }
}

/// What a stage is counted in, if it is.
fn unit(stage: Stage) -> Option<&'static str> {
    match stage {
        Stage::Read | Stage::Write => Some("bytes"),
        Stage::Verify => Some("pairs"),
        Stage::Learn | Stage::Sketch | Stage::Index | Stage::Cluster => None,
    }
}

/// So much of a stage, in its unit.
fn amount(stage: Stage, value: u64) -> String {
    match unit(stage) {
        Some("bytes") => bytes(value),
        Some(unit) => format!("{} {unit}", number(value)),
        None => String::new(),
    }
}

/// So much of all there is of a stage.
fn part(stage: Stage, done: u64, total: u64) -> String {
    match unit(stage) {
        Some("bytes") => format!("{} of {}", bytes(done), bytes(total)),
        _ => format!("{} of {}", number(done), amount(stage, total)),
    }
}

/// A run takes so much memory, for so many pairs.
fn needs(memory: u64, pairs: u64) -> String {
    format!(
        "memory: about {}, more than was said before: {} pairs of pages have much in common",
        bytes(memory),
        number(pairs)
    )
}

/// Position in the order of stages.
fn position(stage: Stage) -> usize {
    Stage::ALL
        .iter()
        .position(|&known| known == stage)
        .unwrap_or(0)
}
