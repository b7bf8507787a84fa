//! Parquet that becomes Parquet: the chosen rows of a file, with all of their columns.
//!
//! A record is found in its file by the number of its line. Files are written side by side, and row groups of a file too, as far as
//! [`HELD`] goes: what is held is what they are in the file that is written, encoded and compressed.

use std::fs;
use std::ops::Range;
use std::sync::atomic::Ordering;

use rayon::prelude::*;
use wirecopy_formats::{Column, CopiedGroup, CopySchema, ParquetCopy, ParquetCopyFile, TableRows};

use super::annotation::{self, PREFIX};
use super::plan::{Plan, PlannedTable};
use super::write::Job;
use super::{Amount, FilteredRecords, Part, Verdict, stretch};
use crate::corpus::{CorpusError, Reader, TableFile, unread_rows};
use crate::output::columns::Columns;
use crate::output::error::OutputError;
use crate::output::file::OutputFile;
use crate::output::parquet;
use crate::output::rows::Outcome;

/// Bytes of row groups that are held, as they are in the files that are read; one group in any case.
const HELD: u64 = 256 << 20;

/// Writes all tables of a plan.
pub(super) fn write<R: FilteredRecords>(
    job: &Job<'_, R>,
    plan: &Plan,
    amounts: &mut [Amount],
) -> Result<(), OutputError> {
    let wide = rayon::current_num_threads();
    let held = HELD / u64::try_from(wide).unwrap_or(1);
    for some in plan.tables.chunks(wide) {
        let written: Result<Vec<Amount>, OutputError> = some
            .par_iter()
            .map(|planned| Copying::begin(job, plan, planned)?.write(held))
            .collect();
        for (planned, amount) in some.iter().zip(written?) {
            amounts[planned.file] = amount;
        }
    }
    Ok(())
}

/// A file being copied.
struct Copying<'a, R> {
    job: &'a Job<'a, R>,
    planned: &'a PlannedTable,
    part: Part,
    table: TableFile<'a>,
    from: ParquetCopy,
    schema: CopySchema,
    added: Vec<Column>,
    out: ParquetCopyFile<OutputFile>,
    path: &'a std::path::Path,
}

/// A row group, and which of its lines are copied.
struct Chosen {
    group: usize,
    lines: Vec<bool>,
    /// Positions of the records that are copied.
    records: Vec<usize>,
    /// Bytes of all records of the group, as lines.
    bytes: u64,
}

impl<'a, R: FilteredRecords> Copying<'a, R> {
    fn begin(
        job: &'a Job<'a, R>,
        plan: &'a Plan,
        planned: &'a PlannedTable,
    ) -> Result<Copying<'a, R>, OutputError> {
        let file = &plan.files[planned.file];
        let tables = job.corpus.inputs()[planned.input].tables();
        let table = tables.into_iter().flatten().nth(planned.table);
        let table = table.expect("it was planned for this file");
        let from = job.corpus.open_table(&table)?;
        let mut columns = parquet::Schema {
            prefix: PREFIX,
            ..parquet::Schema::default()
        };
        let mut earlier = Vec::new();
        if file.part == Part::Annotated {
            put(&mut columns, "", &Outcome::BLANK);
            earlier = annotation::earlier(&from.fields())?;
        }
        let added = columns.columns;
        let unfit = |what: String| CorpusError::Changed {
            path: table.path(),
            what,
        };
        let schema = from.schema(&earlier, added.clone()).map_err(unfit)?;
        if let Some(parent) = file.path.parent() {
            fs::create_dir_all(parent).map_err(OutputError::io("create the folder", parent))?;
        }
        let out = ParquetCopyFile::new(&schema, OutputFile::create(&file.path)?);
        Ok(Copying {
            job,
            planned,
            part: file.part,
            table,
            from,
            schema,
            added,
            out: out.map_err(OutputError::writing(&file.path, 0))?,
            path: &file.path,
        })
    }

    fn write(mut self, held: u64) -> Result<Amount, OutputError> {
        let mut lines = Lines {
            reader: self.job.corpus.reader(),
            input: self.planned.input,
            at: self.table.range().start,
            line: 0,
        };
        let mut records = self.planned.records.clone();
        let (mut group, mut first) = (0, 0);
        let mut count = 0;
        while group < self.from.groups() {
            if self.job.cancelled.load(Ordering::Relaxed) {
                return Err(OutputError::Cancelled);
            }
            let mut window = Vec::new();
            let mut bytes = 0;
            while group < self.from.groups() && (bytes == 0 || bytes < held) {
                let behind = first + self.from.lines(group) as u64;
                window.push(self.choose(group, first..behind, &mut records, &mut lines)?);
                bytes += self.from.bytes(group).max(1);
                (group, first) = (group + 1, behind);
            }
            let copied: Result<Vec<CopiedGroup>, OutputError> =
                window.par_iter().map(|chosen| self.copy(chosen)).collect();
            for (copied, chosen) in copied?.into_iter().zip(&window) {
                let written = self.out.written();
                let failed = OutputError::writing(self.path, written);
                self.out.append(copied).map_err(failed)?;
                count += chosen.records.len() as u64;
                (self.job.progress)(chosen.bytes);
            }
        }
        let failed = OutputError::writing(self.path, self.out.written());
        let bytes = self.out.finish().map_err(failed)?.finish()?;
        Ok(Amount {
            records: count,
            bytes,
        })
    }

    /// Which lines of a group are copied: those of records that belong to the part.
    fn choose(
        &self,
        group: usize,
        of: Range<u64>,
        records: &mut Range<usize>,
        lines: &mut Lines<'_>,
    ) -> Result<Chosen, OutputError> {
        let mut chosen = Chosen {
            group,
            lines: vec![false; self.from.lines(group)],
            records: Vec::new(),
            bytes: 0,
        };
        while records.start < records.end {
            let record = self.job.records.record(records.start);
            // What was rejected may be no line, but a place of damage between two.
            if record.verdict != Verdict::Rejected {
                let line = lines.of(record.offset)?;
                if line >= of.end {
                    break;
                }
                if self.part.holds(record.verdict) {
                    let at = usize::try_from(line - of.start).ok();
                    if let Some(word) = at.and_then(|at| chosen.lines.get_mut(at)) {
                        *word = true;
                        chosen.records.push(records.start);
                    }
                }
            }
            chosen.bytes += u64::from(record.length);
            records.start += 1;
        }
        Ok(chosen)
    }

    fn copy(&self, chosen: &Chosen) -> Result<CopiedGroup, OutputError> {
        let mut added = TableRows::new(&self.added);
        if !self.added.is_empty() {
            for &at in &chosen.records {
                self.job.records.with_outcome(at, |id, outcome| {
                    put(&mut parquet::Row(&mut added), id, outcome);
                });
            }
        }
        let copied = self
            .from
            .group(&self.schema, chosen.group, &chosen.lines, added);
        Ok(copied.map_err(|loss| unread_rows(&self.table.path(), loss))?)
    }
}

/// What an annotated row says.
fn put(row: &mut impl Columns, id: &str, outcome: &Outcome<'_>) {
    row.put("id", id);
    outcome.columns(row);
}

/// Counts the lines of a file.
struct Lines<'a> {
    reader: Reader<'a>,
    input: usize,
    /// Where the last line that was asked for begins, and its number in the file.
    at: u64,
    line: u64,
}

impl Lines<'_> {
    /// The number of the line that begins at a place, not before the last one.
    fn of(&mut self, place: u64) -> Result<u64, OutputError> {
        let mut ends = 0;
        stretch::read(&mut self.reader, self.input, self.at..place, |bytes| {
            ends += memchr::memchr_iter(b'\n', bytes).count() as u64;
            Ok::<_, OutputError>(())
        })?;
        self.at = place;
        self.line += ends;
        Ok(self.line)
    }
}
