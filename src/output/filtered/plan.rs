//! What is to be written: the files, and the blocks of records that follow one another in them.

use std::ops::Range;
use std::path::{Path, PathBuf};

use super::{FilteredCorpora, FilteredRecords, Part, names};
use crate::corpus::{Compression, Format, Input};
use crate::output::folder::OutputFolder;

/// All files and blocks.
pub(super) struct Plan {
    pub(super) files: Vec<PlannedFile>,
    /// By file, in the order of their records.
    pub(super) blocks: Vec<Block>,
    /// Files that are written as the tables they come from.
    pub(super) tables: Vec<PlannedTable>,
    /// Bytes of records after which a block ends.
    block_bytes: u64,
}

/// A file, or for texts the folder of their files.
pub(super) struct PlannedFile {
    pub(super) part: Part,
    /// Where it is written, for now.
    pub(super) path: PathBuf,
    pub(super) compression: Compression,
}

/// Neighbouring records of one input.
pub(super) struct Block {
    /// Position of the file it is written to.
    pub(super) file: usize,
    /// Position of the input.
    pub(super) input: usize,
    /// Positions of the records, those of other verdicts among them.
    pub(super) records: Range<usize>,
    /// Bytes of all these records.
    pub(super) bytes: u64,
    pub(super) form: Form,
    /// It begins with the header of its input.
    pub(super) header: bool,
}

/// Rows of a Parquet file that become one.
pub(super) struct PlannedTable {
    /// Position of the file it is written to.
    pub(super) file: usize,
    /// Position of the input, and of the file among those of the input.
    pub(super) input: usize,
    pub(super) table: usize,
    /// Positions of the records, those of other verdicts among them.
    pub(super) records: Range<usize>,
}

/// How the records of a block are written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Form {
    /// As they are in the input; `complete` gives the last one a newline if it has none.
    Raw { complete: bool },
    /// CSV rows with more columns.
    Rows { delimiter: u8 },
    /// JSON objects, perhaps with one more field.
    Objects { added: Added },
    /// For texts: `{"id":…,"verdict":…}`.
    Verdicts,
    /// For texts: a file each, or the file itself where a text was named `alone`.
    Files { alone: bool },
    /// For Parquet: its rows, with all of their columns.
    Table,
}

/// What is added to a JSON object.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Added {
    /// It is as it was.
    Nothing,
    /// The document's name.
    Name,
    /// Its name, and what became of it.
    Outcome,
}

/// Files made by one block. Making a file costs as much as copying some 50 KB.
const FILES: usize = 64;

impl Plan {
    /// Plans `asked` for the inputs of a corpus, in blocks of so many bytes.
    pub(super) fn of(
        asked: &FilteredCorpora,
        folder: &OutputFolder,
        inputs: &[Input],
        records: &impl FilteredRecords,
        block_bytes: u64,
    ) -> Plan {
        let mut plan = Plan {
            block_bytes,
            files: Vec::new(),
            blocks: Vec::new(),
            tables: Vec::new(),
        };
        let parts = [
            (asked.kept, Part::Kept),
            (asked.removed, Part::Removed),
            (asked.annotated, Part::Annotated),
        ];
        let ranges = ranges(inputs.len(), records);
        for (_, part) in parts.into_iter().filter(|(asked, _)| *asked) {
            let forms: Vec<Form> = inputs
                .iter()
                .map(|input| form(input, part, asked.merge, records.are_called_by_their_ids()))
                .collect();
            if asked.merge {
                plan.files.push(PlannedFile {
                    part,
                    path: folder.path(format!("{}.jsonl", part.name())),
                    compression: Compression::None,
                });
            }
            let paths = names::paths(inputs, &forms);
            for (at, path) in paths.iter().enumerate() {
                if forms[at] == Form::Table {
                    let path = folder.path(part.name()).join(path);
                    plan.tables((at, &inputs[at]), part, &path, &ranges[at], records);
                    continue;
                }
                if !asked.merge {
                    plan.files.push(PlannedFile {
                        part,
                        path: folder.path(part.name()).join(path),
                        compression: inputs[at].compression().written(),
                    });
                }
                plan.cut(at, ranges[at].clone(), forms[at], !asked.merge, records);
            }
        }
        plan
    }

    /// The files of an input whose rows become files of their own.
    fn tables(
        &mut self,
        (at, input): (usize, &Input),
        part: Part,
        path: &Path,
        range: &Range<usize>,
        records: &impl FilteredRecords,
    ) {
        let before = |end: u64| first(range.clone(), |at| records.record(at).offset >= end);
        for (table, file) in input.tables().into_iter().flatten().enumerate() {
            let lines = file.range();
            self.tables.push(PlannedTable {
                file: self.files.len(),
                input: at,
                table,
                records: before(lines.start)..before(lines.end),
            });
            self.files.push(PlannedFile {
                part,
                path: match input.is_folder_of_tables() {
                    true => path.join(file.relative()),
                    false => path.to_owned(),
                },
                compression: Compression::None,
            });
        }
    }

    /// Cuts the records of an input into blocks of the last file; at least one.
    fn cut(
        &mut self,
        input: usize,
        range: Range<usize>,
        form: Form,
        mut header: bool,
        records: &impl FilteredRecords,
    ) {
        let most = if matches!(form, Form::Files { .. }) {
            FILES
        } else {
            usize::MAX
        };
        let (mut start, mut bytes) = (range.start, 0);
        for at in range.clone() {
            bytes += u64::from(records.record(at).length);
            let end = at + 1;
            if bytes >= self.block_bytes || end - start >= most || end == range.end {
                self.push(input, start..end, bytes, form, header);
                (start, bytes, header) = (end, 0, false);
            }
        }
        if range.is_empty() {
            self.push(input, range, 0, form, header);
        }
    }

    fn push(&mut self, input: usize, records: Range<usize>, bytes: u64, form: Form, header: bool) {
        self.blocks.push(Block {
            file: self.files.len() - 1,
            input,
            records,
            bytes,
            form,
            header,
        });
    }
}

/// The positions of each input's records.
fn ranges(inputs: usize, records: &impl FilteredRecords) -> Vec<Range<usize>> {
    let mut ranges = Vec::with_capacity(inputs);
    let mut start = 0;
    for input in 0..inputs {
        let end = first(start..records.count(), |at| {
            records.record(at).input > input
        });
        ranges.push(start..end);
        start = end;
    }
    ranges
}

/// The first of some positions of which something holds, as it does of all behind it.
fn first(among: Range<usize>, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (among.start, among.end);
    while low < high {
        let middle = low + (high - low) / 2;
        match holds(middle) {
            true => high = middle,
            false => low = middle + 1,
        }
    }
    low
}

/// `ids` says whether the ids in the records are what the tables call them by.
fn form(input: &Input, part: Part, merge: bool, ids: bool) -> Form {
    let annotated = part == Part::Annotated;
    match input.format() {
        Format::JsonLines if !merge && input.tables().is_some() => Form::Table,
        Format::JsonLines if !annotated && (ids || !merge) => Form::Raw { complete: merge },
        Format::Csv { .. } if !merge && !annotated => Form::Raw { complete: false },
        Format::Csv { delimiter } if !merge => Form::Rows { delimiter },
        Format::TextFolder if !merge && annotated => Form::Verdicts,
        Format::TextFolder if !merge => Form::Files {
            alone: input.path().is_some_and(Path::is_file),
        },
        _ => Form::Objects {
            added: match annotated {
                true => Added::Outcome,
                false if merge && !ids => Added::Name,
                false => Added::Nothing,
            },
        },
    }
}
