//! Why an index cannot be read or written: which file, where in it, and what to do.

use std::io;
use std::path::{Path, PathBuf};

/// What is to be done about a damaged file.
macro_rules! restore {
    () => {
        "restore the folder from a copy, or delete it and build it again with `wirecopy index build`"
    };
}

/// Actions that read what is there.
const READING: &[&str] = &["open", "read", "map"];

/// A file or folder of an index, and what is wrong with it.
#[derive(Debug, thiserror::Error)]
#[error("{}: {fault}", path.display())]
pub struct DiskError {
    /// The file or folder.
    pub path: PathBuf,
    /// What is wrong with it.
    pub fault: DiskFault,
}

/// What may be wrong with an index on disk. Offsets are in bytes from the start of the file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DiskFault {
    /// The operating system refused something.
    #[error("cannot {action} it: {source}; check the path and who may read and write there")]
    Io {
        /// What was tried: `open`, `write`, …
        action: &'static str,
        /// What the operating system said.
        source: io::Error,
    },
    /// The file system has no room left.
    #[error("disk full: it could not be written; the index is as before: free space, then repeat")]
    DiskFull,
    /// A file may not be as long as it would have to be.
    #[error(
        "it could not be written: files may not be that large here; the index is as before: raise the \
         limit (`ulimit -f`), or keep the index on another file system, then repeat"
    )]
    TooLarge,
    /// The system could not read all of it.
    #[error(
        "the system could not read all of it: a disk error, or it was cut while it was read; look after \
         the disk, then repeat; if it fails again, {}",
        restore!()
    )]
    Unreadable,
    /// The new manifest is in place, and its name may not be on disk.
    #[error("cannot flush the folder, so that a power failure may undo what was done: {source}")]
    NotFlushed {
        /// What the operating system said.
        source: io::Error,
    },
    /// There is no index in this folder.
    #[error("no index here; name the folder of an index, or build one: `wirecopy index build`")]
    NoIndex,
    /// The first build of the index never came to its end.
    #[error("building this index was never finished; run `wirecopy index build` again")]
    Unfinished,
    /// An index is to be created where one is.
    #[error(
        "an index is here already; add to it with `wirecopy index add`, or name another folder"
    )]
    IsIndex,
    /// An index is to be created in a folder that holds something else.
    #[error("expected an empty folder or none, found `{found}` in it; name another folder")]
    NotEmpty {
        /// One thing it holds.
        found: String,
    },
    /// Another process is writing.
    #[error("another program is writing to this index; wait until it ends, then repeat")]
    Locked,
    /// The file system has no locks.
    #[error(
        "the file system of this folder cannot lock files, so two writers could not be kept apart; keep the \
         index on a local disk, or mount this one with locks (of NFS: without `nolock`)"
    )]
    NoLocks,
    /// The caller no longer wants to wait for the lock.
    #[error("cancelled while another program was writing to this index")]
    Cancelled,
    /// Something else than a file has the name of one.
    #[error(
        "expected a file, found a folder, pipe or device; {}",
        restore!()
    )]
    NotAFile,
    /// It is a file of another program.
    #[error(
        "offset 0: expected a file of a wirecopy index, found one that begins with `{found}`; {}",
        restore!()
    )]
    NotOurs {
        /// Its first bytes, escaped.
        found: String,
    },
    /// It was written by a version that has changed the format.
    #[error(
        "offset {offset}: written by a newer wirecopy: expected format {expected}, found format \
         {found}; use that version"
    )]
    NewerFormat {
        /// Where the number of the format is.
        offset: u64,
        /// The newest format that is known here.
        expected: u32,
        /// The file's.
        found: u32,
    },
    /// It is shorter or longer than what was written.
    #[error(
        "damaged: expected {expected} bytes, found {found}; {}",
        restore!()
    )]
    Length {
        /// Bytes that were written.
        expected: u64,
        /// Bytes of the file.
        found: u64,
    },
    /// Its bytes are not those that were written.
    #[error(
        "offset {offset}: damaged {what}: expected the checksum {expected:016x}, found \
         {found:016x}; {}",
        restore!()
    )]
    Checksum {
        /// The part of the file.
        what: &'static str,
        /// Where the part begins.
        offset: u64,
        /// The checksum that was stored.
        expected: u64,
        /// That of the bytes.
        found: u64,
    },
    /// A number in it is not what it must be, although checksums are right.
    #[error(
        "offset {offset}: {what}: expected {expected}, found {found}; {}",
        restore!()
    )]
    Number {
        /// What the number says.
        what: &'static str,
        /// Where it is.
        offset: u64,
        /// What it must be.
        expected: u64,
        /// What it is.
        found: u64,
    },
    /// It is not written as wirecopy writes, although checksums are right.
    #[error(
        "offset {offset}: not written by wirecopy: {what}; {}",
        restore!()
    )]
    Content {
        /// What does not fit.
        what: &'static str,
        /// Where.
        offset: u64,
    },
    /// The manifest names a file that is not there.
    #[error(
        "the manifest names this file, and it is missing; {}",
        restore!()
    )]
    Missing,
    /// It is a file of an index, but not the one that the manifest means.
    #[error(
        "not the file that the manifest names: expected the head {expected:016x}, found \
         {found:016x}; {}",
        restore!()
    )]
    OtherFile {
        /// The checksum of preamble and table by the manifest.
        expected: u64,
        /// The file's.
        found: u64,
    },
    /// A section that must be there is not.
    #[error(
        "expected a section of kind {kind}, found none; {}",
        restore!()
    )]
    NoSection {
        /// The kind.
        kind: u32,
    },
    /// The caller's bytes start at an address where numbers cannot be read.
    #[error(
        "section {kind}: the memory it was read into is not aligned for its numbers; map the file"
    )]
    Unaligned {
        /// The kind of section.
        kind: u32,
    },
    /// What must be listed is more than any reader takes.
    #[error(
        "not written: its list takes more than {limit} bytes; shorten the recipe, or merge \
         segments with `wirecopy index compact`"
    )]
    TooLong {
        /// Most bytes of a list.
        limit: usize,
    },
}

impl DiskError {
    /// Whether the index is damaged, or made by another version: to try again is no help.
    pub fn is_damage(&self) -> bool {
        use DiskFault as F;
        match self.fault {
            F::NotAFile
            | F::Unreadable
            | F::NotOurs { .. }
            | F::NewerFormat { .. }
            | F::Length { .. }
            | F::Checksum { .. }
            | F::Number { .. }
            | F::Content { .. }
            | F::Missing
            | F::OtherFile { .. }
            | F::NoSection { .. } => true,
            F::Io { .. }
            | F::DiskFull
            | F::TooLarge
            | F::NotFlushed { .. }
            | F::NoIndex
            | F::Unfinished
            | F::IsIndex
            | F::NotEmpty { .. }
            | F::Locked
            | F::NoLocks
            | F::Cancelled
            | F::Unaligned { .. }
            | F::TooLong { .. } => false,
        }
    }

    /// The error of `action` on `path`; pass to `map_err`.
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> DiskError {
        move |source| {
            let fault = match source.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => DiskFault::DiskFull,
                io::ErrorKind::FileTooLarge => DiskFault::TooLarge,
                // A disk that fails, in a file that was written: what mapped bytes would be lost.
                _ if READING.contains(&action) && source.raw_os_error() == Some(libc::EIO) => {
                    DiskFault::Unreadable
                }
                _ => DiskFault::Io { action, source },
            };
            fault.of(path)
        }
    }
}

impl DiskFault {
    /// The error of this fault in a file or folder.
    pub(super) fn of(self, path: impl Into<PathBuf>) -> DiskError {
        DiskError {
            path: path.into(),
            fault: self,
        }
    }
}
