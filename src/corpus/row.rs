//! One row of CSV: where it ends, and where its cells are.
//!
//! A cell that starts with a quote goes to the closing quote, over line ends and delimiters; two
//! quotes inside stand for one. That is the reading of the `csv` crate, and equal to it (property
//! test). It is done here because a row must be found again by its place alone, and because a
//! quote that is never closed must not swallow what follows it.

use std::ops::Range;

use memchr::{memchr, memchr2, memchr3};

use super::lines::BYTE_ORDER_MARK;

/// A row, as far as its line ends and quotes show.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Row {
    /// Its bytes, without the line end.
    pub(super) range: Range<usize>,
    /// Where the next one starts.
    pub(super) next: usize,
    pub(super) cells: usize,
}

/// A quote is opened and not closed where it could be.
#[derive(Debug)]
pub(super) struct Unclosed {
    /// Whether it is still open at the end of the window.
    pub(super) is_open: bool,
}

/// Reads the row that starts at `start`; quoted cells may not go beyond `window`.
pub(super) fn row(
    bytes: &[u8],
    start: usize,
    window: usize,
    delimiter: u8,
    mut cell: impl FnMut(usize, Range<usize>),
) -> Result<Row, Unclosed> {
    let (mut at, mut cells) = (start, 0);
    loop {
        let begin = at;
        if bytes.get(at) == Some(&b'"') {
            let close = closing_quote(bytes, at, window).ok_or(Unclosed { is_open: true })?;
            at = close + 1;
            let ends = |b: &u8| *b == delimiter || *b == b'\n' || *b == b'\r';
            let sound = bytes.get(at).is_none_or(ends);
            // Text behind a closing quote is let pass within a line. Over several lines it means
            // that the quote was never closed, and this is the opening of another one.
            if !sound && memchr2(b'\n', b'\r', &bytes[begin..close]).is_some() {
                return Err(Unclosed { is_open: false });
            }
        }
        let end = memchr3(delimiter, b'\n', b'\r', &bytes[at..]).map_or(bytes.len(), |n| at + n);
        cell(cells, begin..end);
        cells += 1;
        if bytes.get(end) == Some(&delimiter) {
            at = end + 1;
            continue;
        }
        let next = match bytes.get(end..) {
            Some([b'\r', b'\n', ..]) => end + 2,
            _ => bytes.len().min(end + 1),
        };
        return Ok(Row {
            range: start..end,
            next,
            cells,
        });
    }
}

/// The quote that closes the one at `open`.
fn closing_quote(bytes: &[u8], open: usize, window: usize) -> Option<usize> {
    let mut from = open + 1;
    loop {
        let quote = from + memchr(b'"', bytes.get(from..window.max(from))?)?;
        if bytes.get(quote + 1) != Some(&b'"') {
            return Some(quote);
        }
        from = quote + 2;
    }
}

/// The value of a cell: without its quotes, doubled ones made single.
pub(super) fn unquote<'a>(cell: &'a str, buffer: &'a mut String) -> &'a str {
    let Some(body) = cell.strip_prefix('"') else {
        return cell;
    };
    if let Some(inner) = body.strip_suffix('"')
        && memchr(b'"', inner.as_bytes()).is_none()
    {
        return inner;
    }
    buffer.clear();
    let (mut rest, mut quoted) = (body, true);
    while quoted && let Some(at) = memchr(b'"', rest.as_bytes()) {
        buffer.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match rest.strip_prefix('"') {
            Some(behind) => {
                buffer.push('"');
                rest = behind;
            }
            None => quoted = false, // what follows is as it is
        }
    }
    buffer.push_str(rest);
    buffer
}

/// Where the first row starts that is not blank, from a place on.
pub(super) fn skip_blank(bytes: &[u8], from: usize) -> usize {
    let blank = |b: &&u8| **b == b'\n' || **b == b'\r';
    from + bytes[from.min(bytes.len())..]
        .iter()
        .take_while(blank)
        .count()
}

/// Where the row of names begins: behind a byte order mark, blank lines, and the line `sep=;` in which
/// Excel reads the delimiter. And that delimiter.
pub(crate) fn names_begin(bytes: &[u8]) -> (usize, Option<u8>) {
    let marked = bytes.starts_with(BYTE_ORDER_MARK);
    let start = skip_blank(bytes, if marked { BYTE_ORDER_MARK.len() } else { 0 });
    match &bytes[start..] {
        [s, e, p, b'=', delimiter, b'\r' | b'\n', ..]
            if [s, e, p].map(u8::to_ascii_lowercase) == *b"sep" =>
        {
            (skip_blank(bytes, start + b"sep=;".len()), Some(*delimiter))
        }
        _ => (start, None),
    }
}

/// The delimiter that stands most often in the header line; a comma where none does.
pub(super) fn likely_delimiter(body: &[u8]) -> u8 {
    let (start, named) = names_begin(body);
    if let Some(named) = named {
        return named;
    }
    let line = &body[start..];
    let line = &line[..memchr2(b'\n', b'\r', line).unwrap_or(line.len())];
    let mut best = (0, b',');
    for delimiter in *b",;\t|" {
        let mut count = 0;
        let cells = row(line, 0, line.len(), delimiter, |_, _| count += 1);
        if cells.is_ok() && count > best.0 {
            best = (count, delimiter);
        }
    }
    best.1
}
