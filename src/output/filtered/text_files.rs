//! A folder of texts: a file for each document, under its path in the folder it came from.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::plan::{Block, Form, PlannedFile};
use super::{FilteredRecord, FilteredRecords, names, stretch};
use crate::corpus::Reader;
use crate::output::error::OutputError;
use crate::output::lasting::close;

/// Writes the documents of a block that belong to the folder.
pub(super) fn write(
    records: &impl FilteredRecords,
    folder: &PlannedFile,
    block: &Block,
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
            _ => path(&folder.path, &record, reader)?,
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

/// Where a document goes. Its own id is its path in the folder that was read; in the tables it may
/// be qualified.
fn path(
    root: &Path,
    record: &FilteredRecord,
    reader: &mut Reader<'_>,
) -> Result<PathBuf, OutputError> {
    let below = |id: Option<&str>| {
        let id = id.unwrap_or_default();
        names::below(root, id).ok_or_else(|| OutputError::Escapes {
            path: id.into(),
            root: root.to_path_buf(),
        })
    };
    reader.record(record.input, record.offset, record.length, |text| {
        below(text.id)
    })?
}
