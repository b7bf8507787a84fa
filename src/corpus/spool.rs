//! Spools: decoded bytes in a file without a name, so that any record can be read again.
//!
//! Compressed files, pipes, standard input and the small files of a folder are written here in
//! one stream, and the file is then mapped like any other. It has no name from the start: however
//! the process ends, nothing is left behind.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::error::CorpusError;
use super::map::Map;
use super::options::ReadOptions;

/// A spool while it is written.
#[derive(Debug)]
pub(super) struct Spool {
    /// Buffered, for the many small files of a folder.
    file: BufWriter<File>,
    written: u64,
    folder: PathBuf,
    /// The input it is for, for messages.
    name: String,
}

/// Bytes written at a time: a hundred small pages for one call of the system.
const BUFFER: usize = 256 << 10;

/// Bytes after which it is looked whether the disk fills up.
const WATCHED: u64 = 1 << 20;
/// Room that is left in any case: what this and other programs need to end, and to say why.
const RESERVE: u64 = 1 << 30;

/// Bytes that are left free on a disk of that size: a twentieth, as file systems keep for their
/// administrator, but no more than is needed.
fn reserve(all: u64) -> u64 {
    RESERVE.min(all / 20)
}

/// Where spools go.
pub(super) fn folder(options: &ReadOptions) -> PathBuf {
    options.temp_dir.clone().unwrap_or_else(std::env::temp_dir)
}

impl Spool {
    /// An empty spool for the input of that name.
    pub(super) fn new(options: &ReadOptions, name: &str) -> Result<Spool, CorpusError> {
        let folder = folder(options);
        let file = tempfile::tempfile_in(&folder).map_err(|source| CorpusError::NoSpool {
            folder: folder.clone(),
            source,
        })?;
        Ok(Spool {
            file: BufWriter::with_capacity(BUFFER, file),
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
        let before = self.written;
        self.written += bytes.len() as u64;
        if before / WATCHED != self.written / WATCHED {
            self.leave_some()?;
        }
        Ok(())
    }

    /// Stops while there is still room for others.
    fn leave_some(&self) -> Result<(), CorpusError> {
        let Ok(disk) = rustix::fs::fstatvfs(self.file.get_ref()) else {
            return Ok(()); // a file system that does not say
        };
        let free = disk.f_bavail.saturating_mul(disk.f_frsize);
        let all = disk.f_blocks.saturating_mul(disk.f_frsize);
        if free >= reserve(all) {
            return Ok(());
        }
        Err(CorpusError::DiskNearlyFull {
            folder: self.folder.clone(),
            name: self.name.clone(),
            bytes: self.written,
            free,
        })
    }

    /// The file as it was written, to be read from its start.
    pub(super) fn file(&mut self) -> Result<&File, CorpusError> {
        self.file.flush().map_err(|error| self.failed(error))?;
        Ok(self.file.get_ref())
    }

    /// Maps what was written.
    pub(super) fn finish(mut self) -> Result<Map, CorpusError> {
        let map = Map::of_scratch(self.file()?);
        map.map_err(|error| self.failed(error))
    }

    /// The error of a failed write.
    pub(super) fn failed(&self, error: io::Error) -> CorpusError {
        failed(error, &self.folder, &self.name, self.written)
    }
}

/// The error of a failed write, where a full disk is one of its own.
pub(super) fn failed(error: io::Error, folder: &Path, name: &str, bytes: u64) -> CorpusError {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => CorpusError::DiskFull {
            folder: folder.to_owned(),
            name: name.to_owned(),
            bytes,
        },
        io::ErrorKind::FileTooLarge => CorpusError::TooLarge {
            folder: folder.to_owned(),
            name: name.to_owned(),
            bytes,
        },
        _ => CorpusError::NoSpool {
            folder: folder.to_owned(),
            source: error,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_reported_with_its_folder_and_the_way_out() {
        let options = ReadOptions::default();
        let mut spool = Spool::new(&options, "day.jsonl.gz").unwrap();
        spool.write(b"12345").unwrap();
        let full = spool.failed(io::ErrorKind::StorageFull.into());
        assert!(matches!(full, CorpusError::DiskFull { bytes: 5, .. }));
        let said = full.to_string();
        assert!(
            said.contains("day.jsonl.gz") && said.contains("--temp-dir"),
            "{said}"
        );
        assert_eq!(&*spool.finish().unwrap(), b"12345");
    }
}
