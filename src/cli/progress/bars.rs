//! Bars on a terminal, a line a stage; of a stage that is done, a line stays.

use std::io::{self, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use wirecopy::pipeline::{Progress, Stage};

use super::{amount, needs, part, position, unit};
use crate::cli::show::seconds;

/// Draws at most so often, in times a second.
const RATE: u8 = 10;

const COUNTED: &str = "  {prefix:<9}[{bar:30}] {done}{pace}";
const UNCOUNTED: &str = "  {prefix:<9}{spinner} {time}";

/// A bar for every stage; those that have not begun are hidden.
pub(super) struct Bars {
    bars: [ProgressBar; Stage::ALL.len()],
    current: AtomicUsize,
}

impl Bars {
    pub(super) fn new() -> Bars {
        Bars {
            bars: std::array::from_fn(|_| ProgressBar::hidden()),
            current: AtomicUsize::new(0),
        }
    }
}

impl Progress for Bars {
    fn begin(&self, stage: Stage, total: Option<u64>) {
        self.current.store(position(stage), Ordering::Relaxed);
        let bar = &self.bars[position(stage)];
        bar.reset();
        bar.set_prefix(stage.name());
        bar.set_style(style(stage, total));
        if let Some(total) = total {
            bar.set_length(total);
        }
        bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(RATE));
        // It takes a thread, and panics where none can be had; then a bar moves when its stage does.
        if thread::Builder::new().spawn(|| ()).is_ok() {
            bar.enable_steady_tick(Duration::from_millis(200));
        }
    }

    fn advance(&self, amount: u64) {
        self.bars[self.current.load(Ordering::Relaxed)].inc(amount);
    }

    fn end(&self, stage: Stage) {
        let bar = &self.bars[position(stage)];
        bar.finish_and_clear();
        let line = summary(stage, bar.position(), bar.elapsed());
        let _ = io::stderr().lock().write_all(line.as_bytes()); // a closed standard error is no failure
    }

    fn needs(&self, memory: u64, pairs: u64) {
        let line = format!("  {}\n", needs(memory, pairs));
        let _ = io::stderr().lock().write_all(line.as_bytes()); // as above
    }
}

fn summary(stage: Stage, done: u64, time: Duration) -> String {
    let what = match unit(stage) {
        Some(_) => format!("{}, ", amount(stage, done)),
        None => String::new(),
    };
    format!(
        "  {:<9}{what}{}\n",
        stage.name(),
        seconds(time.as_secs_f64())
    )
}

/// How a figure of a bar is shown.
type Show = fn(Stage, &ProgressState) -> String;

fn style(stage: Stage, total: Option<u64>) -> ProgressStyle {
    let template = if total.is_some() { COUNTED } else { UNCOUNTED };
    // Both are sound, as a test shows.
    let style =
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    let keys: [(&'static str, Show); 3] = [
        ("done", |stage, state| {
            part(stage, state.pos(), state.len().unwrap_or(0))
        }),
        ("pace", pace),
        ("time", |_, state| seconds(state.elapsed().as_secs_f64())),
    ];
    keys.into_iter()
        .fold(style, |style, (key, show)| {
            style.with_key(
                key,
                move |state: &ProgressState, out: &mut dyn std::fmt::Write| {
                    let _ = out.write_str(&show(stage, state)); // it goes into a string
                },
            )
        })
        .progress_chars("=> ")
}

/// How fast it goes and how long it will take, once there is something to tell it by.
fn pace(stage: Stage, state: &ProgressState) -> String {
    if state.pos() == 0 {
        return String::new();
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // saturates
    let rate = amount(stage, state.per_sec() as u64);
    format!(
        ", {rate} a second, {} left",
        seconds(state.eta().as_secs_f64())
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_sound() {
        for template in [COUNTED, UNCOUNTED] {
            assert!(ProgressStyle::with_template(template).is_ok());
        }
    }

    #[test]
    fn a_stage_ends_in_a_line() {
        let time = Duration::from_millis(3_140);
        assert_eq!(
            summary(Stage::Read, 87 << 10, time),
            "  read     87 KB, 3.1 s\n"
        );
        assert_eq!(
            summary(Stage::Verify, 1_234, time),
            "  verify   1,234 pairs, 3.1 s\n"
        );
        assert_eq!(summary(Stage::Index, 0, time), "  index    3.1 s\n");
    }
}
