//! The steps by which a folder changes: create, write, flush, rename, flush the folder, delete.
//!
//! Whatever this room changes on the disk, it changes here, so that a test can stop the program
//! before any step, or half way through a write, and look at what is left (`steps/failing.rs`).

use std::fs::{self, File};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

#[cfg(test)]
pub(super) mod failing;
#[cfg(test)]
use failing::before;

/// What is about to be done.
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "only tests look at a step before it is taken")
)]
pub(super) enum Step<'a> {
    Create(&'a Path),
    Write(&'a Path, &'a mut File, &'a [u8]),
    Flush(&'a Path),
    Rename(&'a Path, &'a Path),
    FlushFolder(&'a Path),
    Remove(&'a Path),
}

/// Nothing comes between a program and its steps.
#[cfg(not(test))]
fn before(_: Step<'_>) -> io::Result<()> {
    Ok(())
}

/// A file that is being written.
#[derive(Debug)]
pub(super) struct FileOnDisk {
    path: PathBuf,
    file: File,
}

impl FileOnDisk {
    /// Creates a file where there must be none: no link that lies there is followed.
    pub(super) fn create(path: &Path) -> io::Result<FileOnDisk> {
        before(Step::Create(path))?;
        Ok(FileOnDisk {
            path: path.to_owned(),
            file: File::create_new(path)?,
        })
    }

    /// Makes its content last.
    pub(super) fn flush_to_disk(&self) -> io::Result<()> {
        before(Step::Flush(&self.path))?;
        self.file.sync_all()
    }

    /// Closes it, hears what the system says only now, and looks whether all of it is there.
    pub(super) fn close(self, length: u64) -> io::Result<()> {
        match nix::unistd::close(self.file) {
            // Linux has closed it all the same.
            Ok(()) | Err(nix::errno::Errno::EINTR) => {}
            Err(error) => return Err(error.into()),
        }
        match fs::metadata(&self.path)?.len() {
            found if found == length => Ok(()),
            found => Err(io::Error::other(format!(
                "{length} bytes were written and {found} are there"
            ))),
        }
    }
}

impl Write for FileOnDisk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        before(Step::Write(&self.path, &mut self.file, bytes))?;
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for FileOnDisk {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

/// Gives a file the name of another, which it replaces.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    before(Step::Rename(from, to))?;
    fs::rename(from, to)
}

/// Makes the names in a folder last. Some network file systems cannot, and do not need to.
pub(super) fn flush_folder(folder: &Path) -> io::Result<()> {
    before(Step::FlushFolder(folder))?;
    match File::open(folder)?.sync_all() {
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported
            ) =>
        {
            Ok(())
        }
        flushed => flushed,
    }
}

/// Deletes a file, if it is there.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    before(Step::Remove(path))?;
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}
