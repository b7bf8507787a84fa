//! A file that appears whole: written as `NAME.tmp`, flushed, renamed, its folder flushed.
//!
//! Its preamble is written last, at the front, for it says what came behind.

use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::error::DiskError;
use super::file_ref::UNFINISHED;
use super::preamble::{ALIGN, PREAMBLE};
use super::steps::{self, FileOnDisk};

/// Bytes gathered before the operating system is called: large enough that the call costs
/// nothing against the copy, small enough to stay in the second-level cache.
const BUFFER: usize = 256 * 1024;

/// A file in the making. Dropped before it was placed, it is deleted.
#[derive(Debug)]
pub(super) struct NewFile {
    folder: PathBuf,
    path: PathBuf,
    unfinished: PathBuf,
    /// Until it is complete.
    out: Option<BufWriter<FileOnDisk>>,
    length: u64,
    placed: bool,
}

impl NewFile {
    /// Begins the file `name` of a folder, with zeros for a preamble.
    pub(super) fn create(folder: &Path, name: &str) -> Result<NewFile, DiskError> {
        let unfinished = folder.join(format!("{name}{UNFINISHED}"));
        let file = FileOnDisk::create(&unfinished).map_err(DiskError::io("create", &unfinished))?;
        let mut new = NewFile {
            folder: folder.to_owned(),
            path: folder.join(name),
            unfinished,
            out: Some(BufWriter::with_capacity(BUFFER, file)),
            length: 0,
            placed: false,
        };
        let begun = new.put(&[0; PREAMBLE]);
        begun.map_err(DiskError::io("write", &new.path))?;
        Ok(new)
    }

    /// What it will be called.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Bytes so far.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Appends bytes.
    pub(super) fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        let out = self.out.as_mut().ok_or(io::ErrorKind::InvalidInput)?;
        out.write_all(bytes)?;
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// Appends zeros up to the next place where a section may begin.
    pub(super) fn pad(&mut self) -> io::Result<()> {
        let zeros = self.length.next_multiple_of(ALIGN) - self.length;
        let zeros = usize::try_from(zeros).expect("fewer than 64");
        self.put(&[0; PREAMBLE][..zeros])
    }

    /// Writes the preamble and makes everything last, still under the other name.
    pub(super) fn complete(&mut self, preamble: &[u8; PREAMBLE]) -> Result<(), DiskError> {
        let out = self.out.take();
        let written = || {
            let mut out = out.ok_or(io::ErrorKind::InvalidInput)?;
            out.seek(SeekFrom::Start(0))?;
            out.write_all(preamble)?;
            out.flush()?;
            out.get_ref().flush_to_disk()?;
            let (file, _) = out.into_parts(); // nothing is buffered
            file.close(self.length)
        };
        written().map_err(DiskError::io("write", &self.path))
    }

    /// Gives the complete file its name, to last. If this fails, the name may be given or not.
    pub(super) fn place(self) -> Result<(), DiskError> {
        let folder = self.folder.clone();
        self.rename()?;
        steps::flush_folder(&folder).map_err(DiskError::io("flush", &folder))
    }

    /// Gives the complete file its name, which may be lost in a power failure until the folder is flushed.
    pub(super) fn rename(mut self) -> Result<(), DiskError> {
        let renamed = steps::rename(&self.unfinished, &self.path);
        renamed.map_err(DiskError::io("rename", &self.unfinished))?;
        self.placed = true;
        Ok(())
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        if !self.placed {
            // What cannot be removed now is removed by the next writer.
            let _ = steps::remove(&self.unfinished);
        }
    }
}
