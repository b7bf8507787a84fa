//! A workbook of any kind, row by row.
//!
//! The newer kinds are read as a stream of cells: a sheet with one cell in each of two corners would fill any memory as a table.

use std::io::{self, Cursor, Read};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use bytes::Bytes;
use calamine::{Data, ExcelDateTime, Ods, Reader, Sheet, SheetType, SheetVisible, Xls, Xlsb, Xlsx};
use zip::ZipArchive;

use super::COMPOUND;
use crate::object::push_string;

/// A workbook may unpack to so many bytes. Excel of 32 bits has no more memory for one (Microsoft, "Excel specifications and
/// limits": 2 GB of address space), and all its strings are held here, too.
const MOST: u64 = 2 << 30;

/// Deflate makes its input at most so many times smaller (zlib's technical notes).
const RATIO: u64 = 1032;

type Bytes_ = Cursor<Bytes>;

/// A workbook.
pub(super) enum Book {
    Xlsx(Box<Xlsx<Bytes_>>),
    Xlsb(Box<Xlsb<Bytes_>>),
    Xls(Box<Xls<Bytes_>>),
    Ods(Box<Ods<Bytes_>>),
}

/// What a cell has. Empty ones and errors have nothing.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Text(String),
    Number(f64),
    Whole(i64),
    Truth(bool),
    /// A date, a time, or a span of time, as ISO 8601 writes it.
    Time(String),
}

/// What is done with a row: its number and its cells, by column.
pub(super) type Each<'e> = &'e mut dyn FnMut(u32, &[(u32, Value)]) -> ControlFlow<()>;

/// What a reader gives, whatever is wrong with its input: nothing of a reader is used after a panic.
fn guarded<T, E: std::fmt::Display>(read: impl FnOnce() -> Result<T, E>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(read))
        .map_err(|_| "its bytes make no sense".to_owned())?
        .map_err(|error| error.to_string())
}

impl Book {
    pub(super) fn open(bytes: &Bytes) -> Result<Book, String> {
        if bytes.is_empty() {
            return Err("the file is empty".to_owned());
        }
        let input = Cursor::new(bytes.clone());
        if bytes.starts_with(COMPOUND) {
            let is_encrypted = memchr::memmem::find(bytes, &utf_16("EncryptedPackage")).is_some();
            if is_encrypted {
                return Err("the workbook is encrypted: save it without a password".to_owned());
            }
            return Ok(Book::Xls(Box::new(guarded(|| Xls::new(input))?)));
        }
        let archive = ZipArchive::new(input.clone()).map_err(|_| {
            "the file ends too early, or is damaged: it has no directory of its parts".to_owned()
        })?;
        let has = |name: &str| archive.index_for_name(name).is_some();
        let kind = (has("xl/workbook.bin"), has("content.xml"));
        check_size(archive, bytes.len() as u64)?;
        Ok(match kind {
            (true, _) => Book::Xlsb(Box::new(guarded(|| Xlsb::new(input))?)),
            (_, true) => Book::Ods(Box::new(guarded(|| Ods::new(input))?)),
            _ => Book::Xlsx(Box::new(guarded(|| Xlsx::new(input))?)),
        })
    }

    /// The sheets that are tables, in order, and whether they are shown.
    pub(super) fn sheets(&self) -> Vec<(String, bool)> {
        let all = match self {
            Book::Xlsx(book) => book.sheets_metadata(),
            Book::Xlsb(book) => book.sheets_metadata(),
            Book::Xls(book) => book.sheets_metadata(),
            Book::Ods(book) => book.sheets_metadata(),
        };
        let is_table = |sheet: &&Sheet| sheet.typ == SheetType::WorkSheet;
        let shown = |sheet: &Sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible);
        all.iter().filter(is_table).map(shown).collect()
    }

    /// Goes through the rows of a sheet that have anything, until no more are wanted.
    pub(super) fn each_row(&mut self, sheet: &str, each: Each<'_>) -> Result<(), String> {
        match self {
            Book::Xlsx(book) => {
                let mut cells = guarded(|| book.worksheet_cells_reader(sheet))?;
                by_cell(each, || {
                    let cell = guarded(|| cells.next_cell())?;
                    Ok(cell.map(|cell| {
                        (
                            cell.get_position(),
                            value_of(cell.get_value().clone().into()),
                        )
                    }))
                })
            }
            Book::Xlsb(book) => {
                let mut cells = guarded(|| book.worksheet_cells_reader(sheet))?;
                by_cell(each, || {
                    let cell = guarded(|| cells.next_cell())?;
                    Ok(cell.map(|cell| {
                        (
                            cell.get_position(),
                            value_of(cell.get_value().clone().into()),
                        )
                    }))
                })
            }
            Book::Xls(book) => by_row(each, &guarded(|| book.worksheet_range(sheet))?),
            Book::Ods(book) => by_row(each, &guarded(|| book.worksheet_range(sheet))?),
        }
    }
}

fn utf_16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Whether a workbook unpacks to what memory may hold. What its directory claims may be a lie, so it is unpacked.
fn check_size(mut archive: ZipArchive<Bytes_>, length: u64) -> Result<(), String> {
    if length.saturating_mul(RATIO) <= MOST {
        return Ok(());
    }
    let mut size = 0;
    for number in 0..archive.len() {
        let Ok(mut part) = archive.by_index(number) else {
            continue; // whoever needs it says what is wrong
        };
        let mut left = part.by_ref().take(MOST + 1 - size);
        size += io::copy(&mut left, &mut io::sink()).unwrap_or(0);
        if size > MOST {
            let most = MOST >> 30;
            return Err(format!(
                "it unpacks to more than {most} GiB: export it as CSV"
            ));
        }
    }
    Ok(())
}

/// A cell: its row and column, and what it has.
type Placed = ((u32, u32), Option<Value>);

fn by_cell(
    each: Each<'_>,
    mut next: impl FnMut() -> Result<Option<Placed>, String>,
) -> Result<(), String> {
    let mut row: Vec<(u32, Value)> = Vec::new();
    let mut number = 0;
    loop {
        let cell = next();
        let is_over = !matches!(&cell, Ok(Some(((of, _), _))) if *of == number);
        if is_over && !row.is_empty() {
            if each(number, &row).is_break() {
                return Ok(());
            }
            row.clear();
        }
        match cell? {
            None => return Ok(()),
            Some(((of, column), value)) => {
                number = of;
                row.extend(value.map(|value| (column, value)));
            }
        }
    }
}

fn by_row(each: Each<'_>, table: &calamine::Range<Data>) -> Result<(), String> {
    let (row, column) = table.start().unwrap_or_default();
    for (number, cells) in (row..).zip(table.rows()) {
        let cells: Vec<(u32, Value)> = (column..)
            .zip(cells)
            .filter_map(|(column, cell)| Some((column, value_of(cell.clone())?)))
            .collect();
        if !cells.is_empty() && each(number, &cells).is_break() {
            break;
        }
    }
    Ok(())
}

fn value_of(cell: Data) -> Option<Value> {
    match cell {
        Data::Empty | Data::Error(_) => None,
        Data::Int(number) => Some(Value::Whole(number)),
        Data::Float(number) => Some(number_of(number)),
        Data::String(text) => (!text.trim().is_empty()).then_some(Value::Text(text)),
        Data::Bool(truth) => Some(Value::Truth(truth)),
        Data::DateTime(moment) => Some(time_of(&moment)),
        Data::DateTimeIso(iso) | Data::DurationIso(iso) => Some(Value::Time(iso)),
    }
}

/// Every number of a sheet is a float: those that are whole are written so, up to where floats are exact.
fn number_of(number: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0; // 2⁵³
    let is_whole = number.fract() == 0.0 && number.abs() < EXACT;
    let whole = is_whole
        .then(|| format!("{number:.0}").parse().ok())
        .flatten();
    whole.map_or(Value::Number(number), Value::Whole)
}

fn time_of(moment: &ExcelDateTime) -> Value {
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let value = moment.as_f64();
    let time = match milli {
        0 => format!("{hour:02}:{minute:02}:{second:02}"),
        _ => format!("{hour:02}:{minute:02}:{second:02}.{milli:03}"),
    };
    Value::Time(match () {
        // A time of day has day 0; a length of time may have more.
        () if moment.is_duration() || (0.0..1.0).contains(&value) => {
            let seconds = value * 86_400.0;
            match (0.0..1.0).contains(&value) {
                true => time,
                false => format!("PT{seconds:.0}S"),
            }
        }
        () if hour == 0 && minute == 0 && second == 0 && milli == 0 => {
            format!("{year:04}-{month:02}-{day:02}")
        }
        () => format!("{year:04}-{month:02}-{day:02}T{time}"),
    })
}

impl Value {
    /// Puts it behind what a buffer holds, as JSON.
    pub(super) fn push(&self, into: &mut Vec<u8>) {
        let written = match self {
            Value::Text(text) | Value::Time(text) => {
                push_string(text, into);
                Ok(())
            }
            Value::Number(number) if !number.is_finite() => {
                into.extend_from_slice(b"null");
                Ok(())
            }
            Value::Number(number) => serde_json::to_writer(into, number),
            Value::Whole(number) => serde_json::to_writer(into, number),
            Value::Truth(truth) => serde_json::to_writer(into, truth),
        };
        written.expect("a Vec takes everything");
    }
}
