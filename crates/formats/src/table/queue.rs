//! Handing over what many cores make: while one window of parts is handed over in order, the next one is made.

use std::ops::Range;

use rayon::prelude::*;

use super::rows::Lines;
use crate::sink::{Loss, Sink, Stop};

/// Parts of a window: as many as there are cores, but not more, as each may hold [`MOST`] bytes, twice.
const WIDEST: usize = 16;

/// Bytes of JSON that a part gives at a time.
const MOST: usize = 16 << 20;

/// A part of a table that is read by itself.
pub(crate) trait Part: Send {
    /// Writes rows until they have about so many bytes. Nothing comes after the end.
    fn rows(&mut self, most: usize, into: &mut Lines);

    /// What was found to be lost, once no rows come any more.
    fn lost(&mut self) -> Option<Loss>;

    /// Where the rows lie in the file that were written last.
    fn place(&self) -> Range<u64>;
}

/// The parts of a table, in order.
pub(crate) trait Parts: Send {
    /// The next ones, of which so many are read side by side. None at the end.
    fn next(&mut self, most: usize) -> Vec<Box<dyn Part>>;
}

/// A part, and its first rows.
type Begun = (Box<dyn Part>, Lines);

fn begin(parts: &mut dyn Parts) -> Vec<Begun> {
    let window = parts.next(rayon::current_num_threads().clamp(1, WIDEST));
    window
        .into_par_iter()
        .map(|mut part| {
            let mut lines = Lines::default();
            part.rows(MOST, &mut lines);
            (part, lines)
        })
        .collect()
}

/// Hands over all rows of a table.
pub(crate) fn hand_over(parts: &mut dyn Parts, sink: &mut dyn Sink) -> Result<(), Stop> {
    let mut window = begin(parts);
    while !window.is_empty() {
        let mut next = Vec::new();
        rayon::in_place_scope(|scope| {
            scope.spawn(|_| next = begin(parts));
            window.drain(..).try_for_each(|begun| part(begun, sink))
        })?;
        window = next;
    }
    Ok(())
}

fn part((mut part, mut lines): Begun, sink: &mut dyn Sink) -> Result<(), Stop> {
    loop {
        let place = part.place();
        let step = (place.end - place.start) / (lines.len() as u64).max(1);
        for (row, line) in lines.iter().enumerate() {
            sink.record(place.start + step * (row as u64 + 1), line)?;
        }
        if !lines.exceed(MOST) {
            break;
        }
        lines = Lines::default();
        part.rows(MOST, &mut lines);
    }
    part.lost().map_or(Ok(()), |loss| sink.lost(loss))
}
