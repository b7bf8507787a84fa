//! Lines: for people few, when a step begins and every ten seconds; for programs all, as objects.

use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use serde_json::json;
use wirecopy::{Progress, RunProgress, Stage};

use super::bar::share;
use super::steps::Step;
use super::{Steps, left, needs, unit};
use crate::cli::event;
use crate::cli::show::seconds;

/// Milliseconds between two lines of a stage.
const PAUSE: u64 = 10_000;

/// Of a run without a terminal that ends within so many milliseconds, the last line is enough.
const SHORT: u64 = 1_000;

/// No total is known.
const UNKNOWN: u64 = u64::MAX;

/// Writes lines.
pub(super) struct Lines {
    json: bool,
    /// Milliseconds after which steps are reported.
    silent: u64,
    start: Instant,
    steps: Steps,
    /// The current one.
    step: Mutex<Step>,
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

impl State {
    fn name(self) -> &'static str {
        match self {
            State::Begin => "begin",
            State::Running => "running",
            State::End => "end",
        }
    }
}

impl Lines {
    /// For people: a line a step.
    pub(super) fn plain(steps: Steps) -> Lines {
        Lines {
            json: false,
            silent: 0,
            start: Instant::now(),
            steps,
            step: Mutex::new(Step {
                stage: Stage::Read,
                pass: 1,
                title: String::new(),
            }),
            total: AtomicU64::new(UNKNOWN),
            done: AtomicU64::new(0),
            began: AtomicU64::new(0),
            due: AtomicU64::new(PAUSE),
        }
    }

    /// For people who do not watch: the same, of a run that takes its time.
    pub(super) fn few(steps: Steps) -> Lines {
        Lines {
            silent: SHORT,
            ..Lines::plain(steps)
        }
    }

    /// For programs.
    pub(super) fn json(steps: Steps) -> Lines {
        Lines {
            json: true,
            ..Lines::plain(steps)
        }
    }

    fn now(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn step(&self) -> MutexGuard<'_, Step> {
        self.step.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn say(&self, state: State) {
        let line = match self.json {
            true => Some(self.object(state)),
            false => self.words(state),
        };
        if let Some(line) = line {
            let _ = io::stderr().lock().write_all(line.as_bytes()); // a closed standard error is no failure
        }
    }

    /// Done, of all if that is known, and seconds since the stage began.
    fn figures(&self) -> (u64, Option<u64>, f64) {
        let done = self.done.load(Ordering::Relaxed);
        let total = Some(self.total.load(Ordering::Relaxed)).filter(|&total| total != UNKNOWN);
        let began = self.began.load(Ordering::Relaxed);
        (
            done,
            total,
            self.now().saturating_sub(began) as f64 / 1000.0,
        )
    }

    fn object(&self, state: State) -> String {
        let (done, total, seconds) = self.figures();
        let step = self.step();
        event::line(json!({
            "event": "stage", "stage": step.stage.name(), "pass": step.pass, "state": state.name(),
            "unit": unit(step.stage), "done": done, "total": total, "seconds": seconds,
        }))
    }

    /// A line for people, if there is something to say.
    fn words(&self, state: State) -> Option<String> {
        let (done, total, time) = self.figures();
        let step = self.step();
        let title = &step.title;
        match (state, total) {
            (State::Begin, _) if self.now() >= self.silent => Some(format!("{title}\n")),
            (State::Running, Some(total)) => {
                let share = share(done, total);
                let rest = left(time, done, total).unwrap_or(0.0);
                Some(format!("{title}: {share}, about {} left\n", seconds(rest)))
            }
            (State::Running, None) => Some(format!("{title}: {}\n", seconds(time))),
            _ => None,
        }
    }
}

impl Progress for Lines {
    fn begin(&self, stage: Stage, total: Option<u64>) {
        let now = self.now();
        *self.step() = self.steps.begin(stage);
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
}

impl RunProgress for Lines {
    fn needs(&self, memory: u64, pairs: u64) {
        let line = match self.json {
            true => event::line(json!({
                "event": "memory", "memory_needed_bytes": memory, "pairs": pairs,
            })),
            false => format!("{}\n", needs(memory, pairs)),
        };
        let _ = io::stderr().lock().write_all(line.as_bytes()); // as above
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wirecopy::recipe::Profile;

    fn steps() -> Steps {
        Steps::of_run(Profile::Wire, true)
    }

    #[test]
    fn a_line_says_how_far_it_is() {
        let lines = Lines::few(steps());
        lines.begin(Stage::Read, Some(4 << 20));
        assert_eq!(lines.words(State::Begin), None);
        let lines = Lines::plain(steps());
        lines.begin(Stage::Read, Some(4 << 20));
        assert_eq!(lines.words(State::Begin).unwrap(), "[1/7] reading\n");
        lines.advance(1 << 20);
        let line = lines.words(State::Running).unwrap();
        assert!(line.starts_with("[1/7] reading: 25 %, about 0."), "{line}");
        assert_eq!(lines.words(State::End), None);
    }

    #[test]
    fn an_object_is_complete() {
        let lines = Lines::json(steps());
        for pass in [1, 2] {
            lines.begin(Stage::Verify, None);
            lines.advance(7);
            let object: serde_json::Value =
                serde_json::from_str(&lines.object(State::End)).unwrap();
            assert_eq!(object["event"], "stage");
            assert_eq!(object["stage"], "verify");
            assert_eq!(object["pass"], pass);
            assert_eq!(object["state"], "end");
            assert_eq!(object["done"], 7);
            assert!(object["total"].is_null() && object["time"].is_string());
        }
    }
}
