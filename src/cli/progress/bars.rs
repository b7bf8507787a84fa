//! Bars on a terminal, a line a stage; what is done stays.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressFinish, ProgressStyle};
use wirecopy::pipeline::{Progress, Stage};

use super::{amount, position, unit};
use crate::cli::show::seconds;

/// Draws at most so often, in times a second.
const RATE: u8 = 10;

/// A bar for every stage; those that have not begun are hidden.
pub(super) struct Bars {
    bars: [ProgressBar; Stage::ALL.len()],
    current: AtomicUsize,
}

impl Bars {
    pub(super) fn new() -> Bars {
        Bars {
            bars: std::array::from_fn(|_| {
                ProgressBar::hidden().with_finish(ProgressFinish::AndClear)
            }),
            current: AtomicUsize::new(0),
        }
    }
}

impl Progress for Bars {
    fn begin(&self, stage: Stage, total: Option<u64>) {
        self.current.store(position(stage), Ordering::Relaxed);
        let bar = &self.bars[position(stage)];
        bar.reset();
        bar.set_style(style(stage, total));
        bar.set_prefix(stage.name());
        if let Some(total) = total {
            bar.set_length(total);
        }
        bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(RATE));
        bar.enable_steady_tick(Duration::from_millis(200));
    }

    fn advance(&self, amount: u64) {
        self.bars[self.current.load(Ordering::Relaxed)].inc(amount);
    }

    fn end(&self, stage: Stage) {
        let bar = &self.bars[position(stage)];
        let done = bar.position();
        let time = seconds(bar.elapsed().as_secs_f64());
        let what = match unit(stage) {
            Some(_) => format!("{}, ", amount(stage, done)),
            None => String::new(),
        };
        bar.set_style(plain("  {prefix:<9}{msg}"));
        bar.finish_with_message(format!("{what}{time}"));
    }
}

fn style(stage: Stage, total: Option<u64>) -> ProgressStyle {
    let template = match (stage, total) {
        (Stage::Read, Some(_)) => {
            "  {prefix:<9}[{bar:30}] {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left"
        }
        (Stage::Read, None) => "  {prefix:<9}{spinner} {bytes}, {bytes_per_sec}",
        (_, Some(_)) => {
            "  {prefix:<9}[{bar:30}] {human_pos} of {human_len}, {per_sec:0}, {eta} left"
        }
        (_, None) => "  {prefix:<9}{spinner} {elapsed}",
    };
    plain(template).progress_chars("=> ")
}

fn plain(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_is_sound() {
        for stage in Stage::ALL {
            for total in [None, Some(10)] {
                let bars = Bars::new();
                bars.begin(stage, total);
                bars.advance(10);
                assert_eq!(bars.bars[position(stage)].position(), 10);
                bars.end(stage);
            }
        }
        for template in
            ["  {prefix:<9}[{bar:30}] {human_pos} of {human_len}, {per_sec:0}, {eta} left"]
        {
            assert!(ProgressStyle::with_template(template).is_ok());
        }
    }
}
