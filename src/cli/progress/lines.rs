//! Lines: when a stage begins and ends, and every ten seconds between; for people or programs.

use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Instant;

use serde_json::json;
use wirecopy::pipeline::{Progress, Stage};

use super::{amount, needs, part, position, unit};
use crate::cli::show::{percent, seconds};

/// Milliseconds between two lines of a stage.
const PAUSE: u64 = 10_000;

/// No total is known.
const UNKNOWN: u64 = u64::MAX;

/// Writes lines.
pub(super) struct Lines {
    json: bool,
    start: Instant,
    /// Position of the current stage.
    stage: AtomicUsize,
    total: AtomicU64,
    done: AtomicU64,
    /// When the stage began, in milliseconds from `start`.
    began: AtomicU64,
    /// When the next line is due, likewise.
    due: AtomicU64,
}

/// Where in its life a stage is.
#[derive(Clone, Copy, PartialEq)]
enum State {
    Begin,
    Running,
    End,
}

impl Lines {
    /// For people.
    pub(super) fn plain() -> Lines {
        Lines {
            json: false,
            start: Instant::now(),
            stage: AtomicUsize::new(0),
            total: AtomicU64::new(UNKNOWN),
            done: AtomicU64::new(0),
            began: AtomicU64::new(0),
            due: AtomicU64::new(PAUSE),
        }
    }

    /// For programs.
    pub(super) fn json() -> Lines {
        Lines {
            json: true,
            ..Lines::plain()
        }
    }

    fn now(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn say(&self, state: State) {
        let mut line = self.line(state);
        line.push('\n');
        let _ = io::stderr().lock().write_all(line.as_bytes()); // a closed standard error is no failure
    }

    fn line(&self, state: State) -> String {
        let stage = Stage::ALL[self.stage.load(Ordering::Relaxed)];
        let done = self.done.load(Ordering::Relaxed);
        let total = Some(self.total.load(Ordering::Relaxed)).filter(|&total| total != UNKNOWN);
        let time = self
            .now()
            .saturating_sub(self.began.load(Ordering::Relaxed)) as f64
            / 1000.0;
        if self.json {
            let state = match state {
                State::Begin => "begin",
                State::Running => "running",
                State::End => "end",
            };
            return json!({
                "event": "stage", "stage": stage.name(), "state": state, "unit": unit(stage),
                "done": done, "total": total, "seconds": time,
            })
            .to_string();
        }
        let name = stage.name();
        let left = match total {
            Some(total) if done > 0 => time * total.saturating_sub(done) as f64 / done as f64,
            _ => 0.0,
        };
        match (state, total) {
            (State::Begin, Some(total)) => format!("{name}: {}", amount(stage, total)),
            (State::Begin, None) => format!("{name}: begins"),
            (State::Running, Some(total)) => format!(
                "{name}: {}, {}, {} left",
                part(stage, done, total),
                percent(done, total),
                seconds(left)
            ),
            (State::Running, None) => format!("{name}: {}", amount(stage, done)),
            (State::End, _) => format!("{name}: done in {}", seconds(time)),
        }
    }
}

impl Progress for Lines {
    fn begin(&self, stage: Stage, total: Option<u64>) {
        let now = self.now();
        self.stage.store(position(stage), Ordering::Relaxed);
        self.total
            .store(total.unwrap_or(UNKNOWN), Ordering::Relaxed);
        self.done.store(0, Ordering::Relaxed);
        self.began.store(now, Ordering::Relaxed);
        self.due.store(now + PAUSE, Ordering::Relaxed);
        self.say(State::Begin);
    }

    fn advance(&self, amount: u64) {
        self.done.fetch_add(amount, Ordering::Relaxed);
        let (now, due) = (self.now(), self.due.load(Ordering::Relaxed));
        // Of the threads that find it due, one writes it.
        let next = now + PAUSE;
        if now >= due
            && self
                .due
                .compare_exchange(due, next, Ordering::Relaxed, Ordering::Relaxed)
                .is_ok()
        {
            self.say(State::Running);
        }
    }

    fn end(&self, _: Stage) {
        self.say(State::End);
    }

    fn needs(&self, memory: u64, pairs: u64) {
        let mut line = match self.json {
            true => json!({
                "event": "memory", "memory_needed_bytes": memory, "pairs": pairs,
            })
            .to_string(),
            false => needs(memory, pairs),
        };
        line.push('\n');
        let _ = io::stderr().lock().write_all(line.as_bytes()); // as above
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_how_far_it_is() {
        let lines = Lines::plain();
        lines.total.store(4 << 20, Ordering::Relaxed);
        assert_eq!(lines.line(State::Begin), "read: 4.0 MB");
        lines.advance(1 << 20);
        let line = lines.line(State::Running);
        assert!(
            line.starts_with("read: 1.0 MB of 4.0 MB, 25.0 %, 0."),
            "{line}"
        );
    }

    #[test]
    fn an_object_is_complete() {
        let lines = Lines::json();
        lines.advance(7);
        let object: serde_json::Value = serde_json::from_str(&lines.line(State::End)).unwrap();
        assert_eq!(object["event"], "stage");
        assert_eq!(object["stage"], "read");
        assert_eq!(object["state"], "end");
        assert_eq!(object["done"], 7);
        assert!(object["total"].is_null());
    }
}
