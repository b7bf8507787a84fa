//! CSV and TSV: rows of cells under a header.
//!
//! Whether a line end separates rows depends on all quotes before it. So one pass over an input
//! finds places where rows start, one in each block, and the blocks are then read in parallel.

use std::ops::Range;

use memchr::memchr;

use super::columns::{Column, Names, names_text};
use super::csv_ending::Ending;
use super::damaged_file::Cut;
use super::error::CorpusError;
use super::fields::Fields;
use super::input::Part;
use super::json::{Scratch, utf8};
use super::kind::Format;
use super::options::ReadOptions;
use super::record::{Reason, Record};
use super::role::Role;
use super::row::{names_begin, row, skip_blank, unquote};
use super::value_kinds::ValueKinds;
use super::values::Values;

/// The header of an input, and where the wanted cells are.
#[derive(Clone, Debug)]
pub(super) struct Table {
    delimiter: u8,
    /// Cells of the header.
    pub(super) width: usize,
    /// Bytes before the first row: byte order mark, header and its line end.
    pub(super) header: usize,
    /// The wanted fields.
    pub(super) fields: Fields,
    /// The column of each slot of the fields.
    columns: Vec<Option<usize>>,
}

/// Whether the header line has a column that may hold the text.
pub(super) fn header_names_text(body: &[u8], format: Format, options: &ReadOptions) -> bool {
    let Format::Csv { delimiter } = format else {
        return false;
    };
    let (start, _) = names_begin(body);
    let (mut found, mut buffer) = (false, String::new());
    let _ = row(body, start, body.len(), delimiter, |_, cell| {
        let cell = std::str::from_utf8(&body[cell]);
        let name = cell.map_or("", |cell| unquote(cell, &mut buffer));
        found |= names_text(options, name.trim());
    });
    found
}

/// Whether one of the first rows has a cell of so many bytes, or may have one: of a header without a
/// row behind it, and of a quote that stays open, nothing is known.
pub(super) fn has_long_cell(head: &[u8], delimiter: u8, bytes: usize) -> bool {
    const ASKED: usize = 20;
    let (mut at, _) = names_begin(head);
    let mut has = false;
    for number in 0..=ASKED {
        if at >= head.len() {
            return has || number < 2;
        }
        let read = row(head, at, head.len(), delimiter, |_, cell| {
            has |= cell.len() >= bytes;
        });
        let Ok(read) = read else {
            return true;
        };
        at = skip_blank(head, read.next);
    }
    has
}

/// Rows of a table that are looked at to know what its columns hold.
const ROWS_LOOKED_AT: usize = 100;

/// Filled cells of each column in the first rows, their bytes, and what they are.
fn contents(
    bytes: &[u8],
    header: usize,
    delimiter: u8,
    width: usize,
) -> Vec<(u64, u64, ValueKinds)> {
    let mut lengths = vec![(0, 0, ValueKinds::default()); width];
    let mut at = skip_blank(bytes, header);
    for _ in 0..ROWS_LOOKED_AT {
        if at >= bytes.len() {
            break;
        }
        let read = row(bytes, at, bytes.len(), delimiter, |column, cell| {
            if let Some(of) = lengths.get_mut(column).filter(|_| !cell.is_empty()) {
                of.0 += 1;
                of.1 += cell.len() as u64;
                of.2.add(&String::from_utf8_lossy(&bytes[cell]));
            }
        });
        let Ok(read) = read else {
            break;
        };
        at = skip_blank(bytes, read.next);
    }
    lengths
}

/// Bytes that are no row of the table, and why.
pub(super) type Fault = (Range<usize>, Reason);

/// What is at a place where a row may start.
struct Next {
    found: Result<Range<usize>, Fault>,
    /// Where the next row starts.
    next: usize,
    /// Whether a quote in it is still open at the end of the input.
    is_open: bool,
}

/// Where rows start, and how they end.
#[derive(Debug, Default)]
pub(super) struct Starts {
    pub(super) places: Vec<usize>,
    /// Whether the last row is cut off.
    pub(super) cut: Option<Cut>,
}

impl Table {
    /// Reads the header. Nothing where there is none: an empty input.
    pub(super) fn read(
        bytes: &[u8],
        delimiter: u8,
        options: &ReadOptions,
        input: &str,
    ) -> Result<Option<Table>, CorpusError> {
        let (start, _) = names_begin(bytes);
        if start >= bytes.len() {
            return Ok(None);
        }
        let mut names: Vec<String> = Vec::new();
        let mut buffer = String::new();
        let header = row(bytes, start, bytes.len(), delimiter, |_, cell| {
            let cell = String::from_utf8_lossy(&bytes[cell]);
            names.push(unquote(&cell, &mut buffer).trim().to_owned());
        });
        let header = header.map_or(bytes.len(), |row| row.next);
        let occurs = |name: &str| names.iter().any(|known| known == name);
        let cells = contents(bytes, header, delimiter, names.len());
        let columns: Vec<Column<'_>> = names
            .iter()
            .zip(cells)
            .map(|(name, (strings, bytes, kinds))| Column {
                name,
                strings,
                bytes,
                kinds,
                is_in_parts: false,
            })
            .collect();
        let wanted = Names::of(options, &columns);
        if !wanted.of_role(Role::Text).iter().any(|name| occurs(name)) {
            return Err(CorpusError::NoTextField {
                name: input.to_owned(),
                tried: options.text_fields.clone(),
                found: names,
            });
        }
        let fields = Fields::decide(&wanted, |_, name| occurs(name));
        let twice = |name: &&str| names.iter().filter(|known| known == name).count() > 1;
        let mut used = Role::ALL.iter().filter_map(|&role| fields.found(role));
        if let Some(column) = used.find(twice) {
            return Err(CorpusError::ColumnTwice {
                name: input.to_owned(),
                column: column.to_owned(),
            });
        }
        let column = |name: &String| names.iter().position(|known| known == name);
        Ok(Some(Table {
            delimiter,
            width: names.len(),
            header,
            columns: fields.names().iter().map(column).collect(),
            fields,
        }))
    }

    /// Bytes that the names of the columns take in a row that is written as JSON: `"name":"",` each, at
    /// most the header and five bytes more a column.
    pub(super) fn row_names(&self) -> u64 {
        (self.header + 5 * self.width) as u64
    }

    /// Places where rows start, at least `step` bytes apart, from the first row of a part of the
    /// input on, which ends with `part.end`.
    pub(super) fn starts(
        &self,
        bytes: &[u8],
        part: &Part,
        step: usize,
        limit: u64,
        mut keep_on: impl FnMut() -> bool,
    ) -> Starts {
        let mut starts = Starts::default();
        let mut ending = Ending::default();
        let bytes = &bytes[..part.range.end];
        let mut at = skip_blank(bytes, part.range.start);
        let mut next_start = at;
        while at < part.range.end {
            if at >= next_start {
                starts.places.push(at);
                next_start = at + step;
                if !keep_on() {
                    return starts;
                }
            }
            let row = self.next(bytes, part, at, limit);
            ending.row(&row.found, row.is_open, bytes);
            at = row.next;
        }
        starts.cut = ending.cut(bytes.len() as u64);
        starts
    }

    /// The row at a place, good or not, and where the next one starts.
    fn next(&self, bytes: &[u8], part: &Part, at: usize, limit: u64) -> Next {
        let bytes = &bytes[..part.range.end];
        let mut is_open = false;
        let longest = usize::try_from(limit).unwrap_or(usize::MAX);
        let window = bytes.len().min(at.saturating_add(longest));
        let (range, next, fault) = match row(bytes, at, window, self.delimiter, |_, _| {}) {
            Ok(row) => {
                let fault = (row.cells != self.width).then_some(Reason::Ragged {
                    expected: self.width,
                    found: row.cells,
                });
                (row.range, row.next, fault)
            }
            Err(_) if part.cut_at_end && window == bytes.len() => {
                (at..bytes.len(), bytes.len(), Some(Reason::CutByDamage))
            }
            Err(unclosed) => {
                is_open = unclosed.is_open && window == bytes.len();
                let end = memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |n| at + n);
                let next = bytes.len().min(end + 1);
                (at..end, next, Some(Reason::UnclosedQuote))
            }
        };
        let next = skip_blank(bytes, next);
        let touches_cut = (part.cut_at_end && next >= bytes.len())
            || (part.cut_at_start && at == part.range.start && fault.is_some());
        let fault = if touches_cut {
            Some(Reason::CutByDamage)
        } else if (range.len() as u64) > limit {
            Some(Reason::TooLong { limit })
        } else {
            fault
        };
        Next {
            found: match fault {
                None => Ok(range),
                Some(reason) => Err((range, reason)),
            },
            next,
            is_open,
        }
    }

    /// Where the first row starts behind one of the line ends of bytes that begin anywhere: where two that fit follow one
    /// another. Lines within a quoted cell hardly do.
    pub(super) fn first_sound(&self, bytes: &[u8]) -> Option<usize> {
        const TRIED: usize = 200;
        let fits = |at: usize| {
            let row = row(bytes, at, bytes.len(), self.delimiter, |_, _| {}).ok()?;
            (row.cells == self.width).then(|| skip_blank(bytes, row.next))
        };
        let ends = memchr::memchr_iter(b'\n', bytes).take(TRIED);
        ends.map(|end| end + 1)
            .find(|&at| fits(at).and_then(fits).is_some())
    }

    /// Reads the rows that start in `block`, which begins at the start of one.
    pub(super) fn rows(
        &self,
        bytes: &[u8],
        part: &Part,
        block: Range<usize>,
        options: &ReadOptions,
        scratch: &mut Scratch,
        mut each: impl FnMut(Result<&Record<'_>, Fault>),
    ) {
        let limit = options.record_limit();
        let mut at = block.start;
        while at < block.end {
            let Next { found, next, .. } = self.next(bytes, part, at, limit);
            at = next;
            match found {
                Err(fault) => each(Err(fault)),
                Ok(range) => {
                    let raw = &bytes[range.clone()];
                    let offset = range.start as u64;
                    let read = self.record(raw, offset, scratch, |record| {
                        each(Ok(record));
                    });
                    if let Err(reason) = read {
                        each(Err((range, reason)));
                    }
                }
            }
        }
    }

    /// Reads one row that was found before.
    pub(super) fn record<R>(
        &self,
        raw: &[u8],
        offset: u64,
        scratch: &mut Scratch,
        use_it: impl FnOnce(&Record<'_>) -> R,
    ) -> Result<R, Reason> {
        // Only the text must be UTF-8; a row is checked as a whole, and its cells where that fails.
        let whole = utf8(raw, offset);
        let mut cells = std::mem::take(&mut scratch.cells);
        cells.clear();
        cells.resize(self.width, 0..0);
        let row = row(raw, 0, raw.len(), self.delimiter, |at, cell| {
            if let Some(place) = cells.get_mut(at) {
                *place = cell;
            }
        });
        let found = row.map_or(0, |row| row.cells);
        if found != self.width {
            scratch.cells = cells;
            return Err(Reason::Ragged {
                expected: self.width,
                found,
            });
        }
        let is_empty = |cell: &str| matches!(cell, "" | "\"\"");
        let cells_of = |role: Role| {
            let slots = self.fields.slots(role).iter();
            let cells = slots.filter_map(|&slot| Some(cells[self.columns[slot]?].clone()));
            cells.map(|cell| match &whole {
                Ok(row) => row.get(cell),
                Err(_) => std::str::from_utf8(&raw[cell]).ok(),
            })
        };
        let cell = |role: Role| cells_of(role).flatten().find(|cell| !is_empty(cell));
        // A text of blanks gives way to another.
        let is_blank = |cell: &str| cell.trim_matches('"').trim_ascii().is_empty();
        let filled = cells_of(Role::Text).flatten().find(|cell| !is_blank(cell));
        let text = match (filled, &whole) {
            (None, Err(reason)) if cells_of(Role::Text).any(|cell| cell.is_none()) => {
                let reason = reason.clone();
                scratch.cells = cells;
                return Err(reason);
            }
            (text, _) => text.or_else(|| cells_of(Role::Text).flatten().next()),
        };
        let values = Values {
            id: cell(Role::Id).map(|cell| unquote(cell, &mut scratch.id)),
            text: text.map_or("", |cell| unquote(cell, &mut scratch.text)),
            title: cell(Role::Title).map(|cell| unquote(cell, &mut scratch.title)),
            source: cell(Role::Source).map(|cell| unquote(cell, &mut scratch.source)),
            url: cell(Role::Url).map(|cell| unquote(cell, &mut scratch.url)),
            date: cell(Role::Date).map(|cell| unquote(cell, &mut scratch.date)),
        };
        let length = u32::try_from(raw.len()).expect("longer records are rejected before");
        let dates = &self.fields.dates.decision;
        let used = use_it(&values.record(offset, length, dates, &mut scratch.publishers));
        scratch.cells = cells;
        Ok(used)
    }
}
