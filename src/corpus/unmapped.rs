//! Blocks of lines read from a file that is not mapped: the same lines, in bounded memory.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::path::Path;

use memchr::{memchr, memrchr};

use super::file_from::read_full_at;

/// The lines that start in a block, as far as they are not too long.
#[derive(Debug)]
pub(super) struct Lines {
    pub(super) bytes: Vec<u8>,
    /// Where the bytes start in the file.
    pub(super) base: u64,
    /// The block within the bytes.
    pub(super) range: Range<usize>,
    /// The last line, if it is longer than the limit: where it starts and how long it is.
    pub(super) too_long: Option<(u64, u64)>,
}

/// Bytes read at a time to find the end of the last line.
const MORE: usize = 64 << 10;

/// Reads the lines that start in `block` of a file that was `length` bytes long when it was opened.
/// A file that is shorter now just ends earlier here.
pub(super) fn read(path: &Path, block: Range<u64>, length: u64, limit: u64) -> io::Result<Lines> {
    let file = File::open(path)?;
    // The byte before shows whether a line starts with the block.
    let base = block.start.saturating_sub(1);
    let mut bytes = Vec::new();
    extend(&file, &mut bytes, base, block.end - base)?;
    let first = usize::from(block.start > 0);
    let end = bytes.len();
    let mut lines = Lines {
        base,
        range: first.min(end)..end,
        bytes,
        too_long: None,
    };
    let starts_here = match memrchr(b'\n', &lines.bytes) {
        Some(newline) if newline + 1 == end => return Ok(lines), // nothing open at the end
        Some(newline) => newline + 1,
        None if block.start == 0 => 0,
        None => return Ok(lines), // inside a line that started before
    };
    loop {
        let known = lines.bytes.len();
        let next = base + known as u64;
        if next >= length {
            break;
        }
        extend(
            &file,
            &mut lines.bytes,
            next,
            (MORE as u64).min(length - next),
        )?;
        let more = &lines.bytes[known..];
        if more.is_empty() {
            break;
        }
        if let Some(newline) = memchr(b'\n', more) {
            lines.bytes.truncate(known + newline + 1);
            break;
        }
        if (lines.bytes.len() - starts_here) as u64 > limit {
            let start = base + starts_here as u64;
            let line_end = end_of_line(&file, base + lines.bytes.len() as u64, length)?;
            lines.too_long = Some((start, line_end - start));
            lines.bytes.truncate(starts_here);
            lines.range.end = starts_here;
            lines.range.start = lines.range.start.min(starts_here);
            break;
        }
    }
    Ok(lines)
}

/// Appends bytes of the file.
fn extend(file: &File, bytes: &mut Vec<u8>, at: u64, more: u64) -> io::Result<()> {
    let known = bytes.len();
    let more = usize::try_from(more).map_err(|_| io::ErrorKind::OutOfMemory)?;
    bytes.resize(known + more, 0);
    let read = read_full_at(file, &mut bytes[known..], at)?;
    bytes.truncate(known + read);
    Ok(())
}

/// Where the line that goes over this place ends.
fn end_of_line(file: &File, from: u64, length: u64) -> io::Result<u64> {
    let mut at = from;
    let mut bytes = Vec::new();
    while at < length {
        bytes.clear();
        extend(file, &mut bytes, at, (MORE as u64).min(length - at))?;
        if bytes.is_empty() {
            break;
        }
        if let Some(newline) = memchr(b'\n', &bytes) {
            return Ok(at + newline as u64);
        }
        at += bytes.len() as u64;
    }
    Ok(at)
}
