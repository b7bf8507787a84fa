//! How a file of CSV ends: whether its last row is cut off.
//!
//! A last row without a line end is cut off if it has fewer fields than the header, or ends inside
//! a character. A quote that is open at the end is a row that was cut off, unless rows follow it that
//! are all as the header says: then it is a stray quote, which costs its own row only.

use std::ops::Range;

use super::csv::Fault;
use super::damaged_file::Cut;
use super::ending::ends_inside_character;
use super::record::Reason;

/// What the rows so far say of the end.
#[derive(Debug, Default)]
pub(super) struct Ending {
    /// Whether a quote was opened that nothing closes.
    is_open: bool,
    /// Rows behind it, good and bad ones.
    sound: u64,
    faulty: u64,
    /// What is wrong with the last row.
    last: Option<&'static str>,
}

impl Ending {
    /// Takes note of the next row.
    pub(super) fn row(&mut self, found: &Result<Range<usize>, Fault>, is_open: bool, bytes: &[u8]) {
        let (Ok(range) | Err((range, _))) = found;
        let is_last = range.end == bytes.len();
        match found {
            Ok(_) => self.sound += u64::from(self.is_open),
            Err(_) => self.faulty += u64::from(self.is_open),
        }
        self.is_open |= is_open;
        self.last = match found {
            Err((_, Reason::Ragged { expected, found })) if is_last && found < expected => {
                Some("the last row has fewer fields than the header, and no line end")
            }
            Ok(range) if is_last && ends_inside_character(&bytes[range.clone()]) => {
                Some("the file ends inside a character")
            }
            _ => None,
        };
    }

    /// What is cut off of a file of that length.
    pub(super) fn cut(&self, at: u64) -> Option<Cut> {
        let is_cell = self.is_open && (self.faulty > 0 || self.sound == 0);
        let cell = is_cell.then_some("a quote is open at the end");
        let what = self.last.or(cell)?;
        Some(Cut { at, what })
    }
}
