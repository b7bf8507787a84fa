//! A block of records in the form they are written in.

use std::borrow::Cow;

use super::csv_row::Table;
use super::plan::{Added, Block, Form, PlannedFile};
use super::write::Job;
use super::{FilteredRecords, object, stretch};
use crate::corpus::{Format, Input, Reader};
use crate::output::columns::Columns;
use crate::output::error::OutputError;
use crate::output::json;

/// What is in an input before its first record: a byte order mark, the header row of CSV with
/// its line end.
pub(super) fn header(input: &Input) -> Cow<'_, [u8]> {
    input.header().unwrap_or_default()
}

/// Appends a block to `out`, and returns the number of its records that are in it.
pub(super) fn block<R: FilteredRecords>(
    job: &Job<'_, R>,
    file: &PlannedFile,
    block: &Block,
    reader: &mut Reader<'_>,
    out: &mut Vec<u8>,
) -> Result<u64, OutputError> {
    match block.form {
        Form::Raw { complete } => {
            let mut count = 0;
            out.extend_from_slice(&job.header(block));
            stretch::each(job.records, block, file.part, reader, |reader, stretch| {
                count += stretch.records;
                stretch::read(reader, block.input, stretch.bytes.clone(), |bytes| {
                    out.extend_from_slice(bytes);
                    Ok::<_, OutputError>(())
                })?;
                if complete && !stretch.complete {
                    out.push(b'\n');
                }
                Ok::<_, OutputError>(())
            })?;
            Ok(count)
        }
        Form::Rows { delimiter } => rows(job, file, block, delimiter, reader, out),
        Form::Objects { added } => objects(job, file, block, added, reader, out),
        Form::Verdicts | Form::Files { .. } | Form::Table => Ok(verdicts(job, file, block, out)),
    }
}

/// The positions of the records of a block that belong to its file.
fn chosen<'a, R: FilteredRecords>(
    job: &'a Job<'_, R>,
    file: &'a PlannedFile,
    block: &'a Block,
) -> impl Iterator<Item = usize> + 'a {
    let holds = |at: &usize| file.part.holds(job.records.record(*at).verdict);
    block.records.clone().filter(holds)
}

/// CSV rows with the columns of the outcome.
fn rows<R: FilteredRecords>(
    job: &Job<'_, R>,
    file: &PlannedFile,
    block: &Block,
    delimiter: u8,
    reader: &mut Reader<'_>,
    out: &mut Vec<u8>,
) -> Result<u64, OutputError> {
    let header = header(&job.corpus.inputs()[block.input]);
    let table = Table::new(&header, delimiter);
    let earlier = table.annotations()?;
    if block.header {
        table.annotated_header(&earlier, out);
    }
    let mut count = 0;
    for at in chosen(job, file, block) {
        let record = job.records.record(at);
        let row = reader.raw(block.input, record.offset, record.length)?;
        job.records.with_outcome(at, |id, outcome| {
            table.annotated_row(row, &earlier, (id, outcome), out)
        });
        count += 1;
    }
    Ok(count)
}

/// Records as JSON objects.
fn objects<R: FilteredRecords>(
    job: &Job<'_, R>,
    file: &PlannedFile,
    block: &Block,
    added: Added,
    reader: &mut Reader<'_>,
    out: &mut Vec<u8>,
) -> Result<u64, OutputError> {
    let input = &job.corpus.inputs()[block.input];
    let header = header(input);
    let table = match input.format() {
        Format::Csv { delimiter } => Some(Table::new(&header, delimiter)),
        _ => None,
    };
    let earlier = match &table {
        Some(table) if added == Added::Outcome => table.annotations()?,
        _ => Vec::new(),
    };
    let mut count = 0;
    for at in chosen(job, file, block) {
        let record = job.records.record(at);
        let (number, offset, length) = (block.input, record.offset, record.length);
        let start = out.len();
        match (input.format(), &table) {
            (_, Some(table)) => {
                table.object(reader.raw(number, offset, length)?, &earlier, out);
            }
            (Format::TextFolder, _) => job.records.with_outcome(at, |id, _| {
                reader.record(number, offset, length, |text| object::text(id, text, out))
            })?,
            (Format::Records, _) => reader.record(number, offset, length, |record| {
                object::fields(record, out);
            })?,
            _ => out.extend_from_slice(reader.raw(number, offset, length)?),
        }
        if added != Added::Nothing {
            job.records.with_outcome(at, |id, outcome| {
                let outcome = (added == Added::Outcome).then_some(outcome);
                object::annotate(start, (id, outcome), out)
            })?;
        }
        out.push(b'\n');
        count += 1;
    }
    Ok(count)
}

/// `{"id":…,"verdict":…}`, without the text.
fn verdicts<R: FilteredRecords>(
    job: &Job<'_, R>,
    file: &PlannedFile,
    block: &Block,
    out: &mut Vec<u8>,
) -> u64 {
    let mut count = 0;
    for at in chosen(job, file, block) {
        job.records.with_outcome(at, |id, outcome| {
            let mut row = json::Row::begin(out);
            row.put("id", id);
            outcome.columns(&mut row);
            row.end();
        });
        count += 1;
    }
    count
}
