//! Dates as people, databases and spreadsheets write them, read by column.
//!
//! A value is read at once where it cannot be misread: [`read`]. What one value leaves open — whether `4/3/2021` is of March
//! or of April, which century `65` is of, whether `listopada` is Polish or Croatian, whether 44259 is a day of a spreadsheet —
//! its column decides: a [`Column`] takes many values, and makes a [`Decision`] of them. A value that is plain by itself is
//! read rightly whatever was decided. What stays open is [`Outcome::Ambiguous`], never a guess.
//!
//! Days are of the proleptic Gregorian calendar; a time without an offset is UTC.

mod calendar;
mod clock;
mod column;
mod decision;
mod fold;
mod format;
mod han;
mod iso;
mod named;
mod names;
mod number;
mod numeric;
mod path;
mod relative;
mod report;
mod shape;
#[cfg(test)]
mod tests;
mod token;
mod zones;

pub use column::Column;
pub use decision::{Decision, Order, Outcome};
pub use format::{Format, FormatError};
pub use path::{in_path, in_url};
pub use report::{Basis, Finding};
pub use shape::Separator;

/// A day or a moment.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct When {
    /// Seconds since 1970-01-01T00:00:00Z; of a day its first.
    pub seconds: i64,
    /// Whether the time of day is known.
    pub has_clock: bool,
}

impl When {
    const fn day(seconds: i64) -> When {
        When {
            seconds,
            has_clock: false,
        }
    }

    const fn moment(seconds: i64) -> When {
        When {
            seconds,
            has_clock: true,
        }
    }
}

/// Whether a word is the name of a month, or short for one, in some language.
pub fn is_month(word: &str) -> bool {
    let (folded, _) = fold::fold(word);
    names::months(&folded).is_some()
}

/// A day or a moment in a form of ISO 8601: `YYYY-MM-DD`, and after it possibly a time with an offset.
pub fn iso(text: &str) -> Option<When> {
    iso::read(text)
}

/// Reads a date, by what is known of its column.
pub fn read(text: &str, decision: &Decision) -> Outcome {
    let text = text.trim();
    if !decision.formats_first()
        && let Some(when) = iso::read(text)
    {
        return Outcome::of(when);
    }
    decision.read(text)
}
