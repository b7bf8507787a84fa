//! Stretches: chosen records that follow one another in their input, copied as one.
//!
//! A record takes its line end along. Where the next record starts one byte behind it, that byte
//! is the line end, and the input need not be looked at.

use std::ops::Range;

use super::plan::Block;
use super::{FilteredRecords, Part};
use crate::corpus::{CorpusError, Reader};

/// Bytes of an input, line ends included.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Stretch {
    /// Where in the input.
    pub(super) bytes: Range<u64>,
    /// Records in it.
    pub(super) records: u64,
    /// It ends with a line end.
    pub(super) complete: bool,
}

/// The most that is asked of a reader at once: what is not mapped must fit its buffer.
const PIECE: u64 = 8 << 20;

/// Hands on the stretches of a block's records that belong to `part`.
pub(super) fn each<E>(
    records: &impl FilteredRecords,
    block: &Block,
    part: Part,
    reader: &mut Reader<'_>,
    mut use_it: impl FnMut(&mut Reader<'_>, &Stretch) -> Result<(), E>,
) -> Result<(), E> {
    let mut open: Option<Stretch> = None;
    for at in block.records.clone() {
        let record = records.record(at);
        if !part.holds(record.verdict) {
            continue;
        }
        let end = record.offset + u64::from(record.length);
        let next = (at + 1 < records.count()).then(|| records.record(at + 1));
        let line_end = match next {
            Some(next) if next.input == block.input && next.offset == end + 1 => 1,
            _ => line_end(reader, block.input, end),
        };
        let bytes = record.offset..end + line_end;
        match &mut open {
            Some(stretch) if stretch.bytes.end == bytes.start => {
                stretch.bytes.end = bytes.end;
                stretch.records += 1;
                stretch.complete = line_end > 0;
            }
            _ => {
                let new = Stretch {
                    bytes,
                    records: 1,
                    complete: line_end > 0,
                };
                if let Some(done) = open.replace(new) {
                    use_it(reader, &done)?;
                }
            }
        }
    }
    match open {
        Some(last) => use_it(reader, &last),
        None => Ok(()),
    }
}

/// The length of the line end at `at`; 0 at the end of the input.
pub(super) fn line_end(reader: &mut Reader<'_>, input: usize, at: u64) -> u64 {
    // Near the end of the input there are no two bytes to read. If it cannot be read at all,
    // reading the record itself will say so.
    if let Ok(two) = reader.raw(input, at, 2) {
        return match two {
            b"\r\n" => 2,
            [b'\n' | b'\r', _] => 1,
            _ => 0,
        };
    }
    match reader.raw(input, at, 1) {
        Ok(b"\n" | b"\r") => 1,
        _ => 0,
    }
}

/// Reads the bytes of a stretch in pieces.
pub(super) fn read<E: From<CorpusError>>(
    reader: &mut Reader<'_>,
    input: usize,
    bytes: Range<u64>,
    mut use_it: impl FnMut(&[u8]) -> Result<(), E>,
) -> Result<(), E> {
    let mut at = bytes.start;
    while at < bytes.end {
        let length = u32::try_from((bytes.end - at).min(PIECE)).expect("a piece is short");
        use_it(reader.raw(input, at, length)?)?;
        at += u64::from(length);
    }
    Ok(())
}
