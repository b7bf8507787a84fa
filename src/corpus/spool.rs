//! Spools: decoded bytes in a file without a name, so that any record can be read again.
//!
//! Compressed files, pipes, standard input and the small files of a folder are written here in
//! one stream, and the file is then mapped like any other. It has no name from the start: however
//! the process ends, nothing is left behind.

use std::fs::File;
use std::io::{self, Write};
use std::path::PathBuf;

use super::error::CorpusError;
use super::map::Map;
use super::options::ReadOptions;

/// A spool while it is written.
#[derive(Debug)]
pub(super) struct Spool {
    file: File,
    written: u64,
    folder: PathBuf,
    /// The input it is for, for messages.
    name: String,
}

/// Where spools go.
pub(super) fn folder(options: &ReadOptions) -> PathBuf {
    options.temp_dir.clone().unwrap_or_else(std::env::temp_dir)
}

impl Spool {
    /// An empty spool for the input of that name.
    pub(super) fn new(options: &ReadOptions, name: &str) -> Result<Spool, CorpusError> {
        let folder = folder(options);
        let file = tempfile::tempfile_in(&folder)
            .map_err(|error| CorpusError::io(&folder, "write a temporary file there", error))?;
        Ok(Spool {
            file,
            written: 0,
            folder,
            name: name.to_owned(),
        })
    }

    /// Bytes so far.
    pub(super) fn written(&self) -> u64 {
        self.written
    }

    /// Appends bytes.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), CorpusError> {
        self.file
            .write_all(bytes)
            .map_err(|error| self.failed(error))?;
        self.written += bytes.len() as u64;
        Ok(())
    }

    /// The file as it was written, to be read from its start.
    pub(super) fn file(&self) -> &File {
        &self.file
    }

    /// Maps what was written.
    pub(super) fn finish(self) -> Result<Map, CorpusError> {
        Map::open(&self.file).map_err(|error| self.failed(error))
    }

    /// The error of a failed write, where a full disk is one of its own.
    pub(super) fn failed(&self, error: io::Error) -> CorpusError {
        match error.kind() {
            io::ErrorKind::StorageFull
            | io::ErrorKind::QuotaExceeded
            | io::ErrorKind::FileTooLarge => CorpusError::DiskFull {
                folder: self.folder.clone(),
                name: self.name.clone(),
                bytes: self.written,
            },
            _ => CorpusError::io(&self.folder, "write a temporary file there", error),
        }
    }
}
