//! Figures beside their floors, and the verdict on all of them at the end.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use super::floors::Floor;
use super::labelled::Score;

/// Prints even where the test succeeds.
pub(crate) fn say(text: &str) {
    io::stderr().write_all(text.as_bytes()).unwrap();
}

/// What was scored so far.
pub(crate) struct Table {
    text: String,
    below: Vec<String>,
}

impl Table {
    pub(crate) fn new() -> Table {
        Table {
            text: format!(
                "\n{:<40}{:>18}{:>18}{:>18}{:>18}\n",
                "figure (floor)", "copy recall", "strict precision", "ARI", "unharmed"
            ),
            below: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, floor: &Floor, score: Score) {
        let name = format!("{}, {}", floor.set, floor.known.name());
        write!(self.text, "{name:<40}").unwrap();
        for (figure, got, least) in [
            ("copy recall", score.copy_recall, floor.copy_recall),
            (
                "strict precision",
                score.strict_precision,
                floor.strict_precision,
            ),
            ("ARI", score.ari, floor.ari),
            ("unharmed", score.unharmed, floor.unharmed),
        ] {
            let bound = if least > 0.0 {
                format!("({least:.3})")
            } else {
                String::new()
            };
            write!(self.text, "{got:>11.6}{bound:<7}").unwrap();
            if got < least {
                self.below
                    .push(format!("{name}: {figure} {got:.6} is below {least}"));
            }
        }
        self.text.push('\n');
    }

    pub(crate) fn skip(&mut self, floor: &Floor) {
        writeln!(
            self.text,
            "{}, {}: skipped, not in the folder",
            floor.set,
            floor.known.name()
        )
        .unwrap();
    }

    /// Prints the table.
    ///
    /// # Panics
    ///
    /// If a figure is below its floor.
    pub(crate) fn finish(self) {
        say(&self.text);
        assert!(self.below.is_empty(), "{}", self.below.join("\n"));
    }
}
