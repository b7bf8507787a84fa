//! One line on a terminal that moves: the step, how far it is, and how long it will take. When the run ends, or
//! something else is to be said, it goes away.

use std::io::{self, Write};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle, TermLike};
use wirecopy::{Progress, RunProgress, Stage};

use super::{Steps, left, needs};
use crate::cli::show::seconds;

/// Draws at most so often, in times a second.
const RATE: u8 = 10;

const COUNTED: &str = "{prefix}  {bar:12} {share}{left}";
const UNCOUNTED: &str = "{prefix}  {time}";

/// The terminal without its last columns: a line is filled up to its end, and the `^C` of stopping the program
/// must not push the cursor to the next one, where the line could not be taken away any more.
#[derive(Debug)]
struct Narrower;

/// Columns left free: those of `^C`, and one for the cursor.
const FREE: u16 = 3;
/// Columns of a terminal that does not say.
const USUAL: u16 = 80;

impl Narrower {
    fn write(text: &str) -> io::Result<()> {
        io::stderr().lock().write_all(text.as_bytes())
    }

    /// So many steps in a direction; a terminal takes none for one.
    fn go(steps: usize, direction: char) -> io::Result<()> {
        match steps {
            0 => Ok(()),
            _ => Narrower::write(&format!("\u{1b}[{steps}{direction}")),
        }
    }
}

impl TermLike for Narrower {
    fn width(&self) -> u16 {
        let size = terminal_size::terminal_size_of(io::stderr());
        let columns = size.map_or(USUAL, |(columns, _)| columns.0);
        columns.saturating_sub(FREE).max(1)
    }

    fn move_cursor_up(&self, lines: usize) -> io::Result<()> {
        Narrower::go(lines, 'A')
    }

    fn move_cursor_down(&self, lines: usize) -> io::Result<()> {
        Narrower::go(lines, 'B')
    }

    fn move_cursor_right(&self, columns: usize) -> io::Result<()> {
        Narrower::go(columns, 'C')
    }

    fn move_cursor_left(&self, columns: usize) -> io::Result<()> {
        Narrower::go(columns, 'D')
    }

    fn write_line(&self, text: &str) -> io::Result<()> {
        Narrower::write(&format!("{text}\n"))
    }

    fn write_str(&self, text: &str) -> io::Result<()> {
        Narrower::write(text)
    }

    fn clear_line(&self) -> io::Result<()> {
        Narrower::write("\r\u{1b}[2K")
    }

    fn flush(&self) -> io::Result<()> {
        io::stderr().flush()
    }
}

/// The one line. There is no second one that could be left behind.
pub(super) struct Bar {
    steps: Steps,
    line: ProgressBar,
}

impl Bar {
    pub(super) fn new(steps: Steps) -> Bar {
        Bar {
            steps,
            line: ProgressBar::with_draw_target(
                None,
                ProgressDrawTarget::term_like_with_hz(Box::new(Narrower), RATE),
            ),
        }
    }
}

impl Progress for Bar {
    fn begin(&self, stage: Stage, total: Option<u64>) {
        let step = self.steps.begin(stage);
        self.line.set_style(style(total));
        self.line.set_prefix(step.title);
        match total {
            Some(total) => self.line.set_length(total),
            None => self.line.unset_length(),
        }
        self.line.reset();
        // It takes a thread, and panics where none can be had; then the line moves when its stage does.
        if thread::Builder::new().spawn(|| ()).is_ok() {
            self.line.enable_steady_tick(Duration::from_millis(200));
        }
    }

    fn advance(&self, amount: u64) {
        self.line.inc(amount);
    }

    fn end(&self, _: Stage) {
        self.line.finish_and_clear();
    }
}

impl RunProgress for Bar {
    fn needs(&self, memory: u64, pairs: u64) {
        let text = format!("{}\n", needs(memory, pairs));
        self.line.suspend(|| {
            let _ = io::stderr().lock().write_all(text.as_bytes()); // a closed standard error is no failure
        });
    }
}

impl Drop for Bar {
    /// Also where a stage never ended: what is said next has the line for itself.
    fn drop(&mut self) {
        self.line.finish_and_clear();
    }
}

/// How a figure of the line is shown.
type Show = fn(&ProgressState) -> String;

fn style(total: Option<u64>) -> ProgressStyle {
    let template = if total.is_some() { COUNTED } else { UNCOUNTED };
    // Both are sound, as a test shows.
    let style =
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    let keys: [(&'static str, Show); 3] = [
        ("share", |state| {
            share(state.pos(), state.len().unwrap_or(0))
        }),
        ("left", |state| {
            let total = state.len().unwrap_or(0);
            time_left(state.elapsed().as_secs_f64(), state.pos(), total)
        }),
        ("time", |state| seconds(state.elapsed().as_secs_f64())),
    ];
    keys.into_iter()
        .fold(style, |style, (key, show)| {
            style.with_key(
                key,
                move |state: &ProgressState, out: &mut dyn std::fmt::Write| {
                    let _ = out.write_str(&show(state)); // it goes into a string
                },
            )
        })
        .progress_chars("█░")
}

/// In whole percent, rounded down: 100 is all of it.
pub(super) fn share(done: u64, total: u64) -> String {
    let share = (u128::from(done.min(total)) * 100).checked_div(u128::from(total));
    format!("{} %", share.unwrap_or(100))
}

/// How long it will take, once there is something to judge it by: a second's work.
fn time_left(elapsed: f64, done: u64, total: u64) -> String {
    match left(elapsed, done, total) {
        Some(rest) if elapsed >= 1.0 => format!("  about {} left", seconds(rest.ceil())),
        _ => String::new(),
    }
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
    fn a_share_is_all_only_at_the_end() {
        assert_eq!(share(0, 3), "0 %");
        assert_eq!(share(999, 1_000), "99 %");
        assert_eq!(share(3, 3), "100 %");
        assert_eq!(share(0, 0), "100 %");
    }

    #[test]
    fn time_is_reported_when_there_is_something_to_judge_it_by() {
        assert_eq!(time_left(0.5, 10, 20), "");
        assert_eq!(time_left(3.0, 0, 20), "");
        assert_eq!(time_left(30.0, 10, 20), "  about 30 s left");
    }
}
