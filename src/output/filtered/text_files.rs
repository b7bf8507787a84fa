//! A folder of texts: a file for each document, under its path in the folder it came from.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::plan::{Block, Form, PlannedFile};
use super::{FilteredRecord, FilteredRecords, names, stretch};
use crate::corpus::{Input, Reader};
use crate::output::error::OutputError;
use crate::output::lasting::close;

/// Writes the documents of a block that belong to the folder.
pub(super) fn write(
    records: &impl FilteredRecords,
    folder: &PlannedFile,
    (block, input): (&Block, &Input),
    reader: &mut Reader<'_>,
) -> Result<(), OutputError> {
    // Neighbours mostly lie in one folder.
    let mut made: Option<PathBuf> = None;
    for at in block.records.clone() {
        let record = records.record(at);
        if !folder.part.holds(record.verdict) {
            continue;
        }
        let path = match block.form {
            Form::Files { alone: true } => folder.path.clone(),
            _ => path(&folder.path, input, &record, reader)?,
        };
        let parent = path.parent().unwrap_or(&folder.path);
        if made.as_deref() != Some(parent) {
            fs::create_dir_all(parent).map_err(OutputError::io("create the folder", parent))?;
            made = Some(parent.to_path_buf());
        }
        let mut file = File::create_new(&path).map_err(OutputError::io("create", &path))?;
        let bytes = record.offset..record.offset + u64::from(record.length);
        let mut written = 0;
        stretch::read(reader, block.input, bytes, |bytes| {
            file.write_all(bytes)
                .map_err(OutputError::writing(&path, written))?;
            written += bytes.len() as u64;
            Ok::<_, OutputError>(())
        })?;
        close(file, &path, written)?;
    }
    Ok(())
}

/// Where a document goes: its path in the folder that was read, byte for byte. Of a record it is its own
/// id; in the tables that may be qualified.
fn path(
    root: &Path,
    input: &Input,
    record: &FilteredRecord,
    reader: &mut Reader<'_>,
) -> Result<PathBuf, OutputError> {
    let below = |path: &Path| {
        names::below(root, path).ok_or_else(|| OutputError::Escapes {
            path: path.to_path_buf(),
            root: root.to_path_buf(),
        })
    };
    if let Some(path) = input.text_path(record.offset) {
        return below(path);
    }
    reader.record(record.input, record.offset, record.length, |text| {
        below(Path::new(text.id.unwrap_or_default()))
    })?
}
