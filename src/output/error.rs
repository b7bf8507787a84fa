//! Why output could not be written: which path, what was found there, what to do.

use std::io;
use std::path::PathBuf;

use crate::corpus::CorpusError;
use crate::shown::shown;

/// What keeps a run from writing its output.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OutputError {
    /// The folder has no name of its own (`.`, `..`, `/`), so nothing can be renamed to it.
    #[error(
        "{}: a run appears by renaming a finished folder, and this path has no name to rename to; \
         name a folder, such as {}",
        dir.display(),
        dir.join("copies").display()
    )]
    NoName {
        /// The path asked for.
        dir: PathBuf,
    },
    /// The folder is, or holds, the folder the program runs in.
    #[error(
        "{}: the working folder {} lies in it and would be replaced; \
         name another folder, or run from elsewhere",
        dir.display(),
        working.display()
    )]
    WorkingFolder {
        /// The output folder.
        dir: PathBuf,
        /// Where the program runs.
        working: PathBuf,
    },
    /// The folder is where a file system is mounted, so it cannot be renamed.
    #[error(
        "{}: a file system is mounted here, so the folder cannot be replaced as a whole; \
         name a folder inside it, such as {}",
        dir.display(),
        dir.join("copies").display()
    )]
    MountPoint {
        /// The output folder.
        dir: PathBuf,
    },
    /// Something that is not a folder has that name.
    #[error("{}: expected a folder or nothing, found {found}; name another folder", dir.display())]
    NotAFolder {
        /// The path asked for.
        dir: PathBuf,
        /// What is there.
        found: &'static str,
    },
    /// A file is to be written where a folder is.
    #[error("{}: expected a file or nothing, found a folder; name a file in it, such as {}",
        path.display(), path.join("report.html").display())]
    NotAFile {
        /// The path asked for.
        path: PathBuf,
    },
    /// The output folder is an input, lies in one, or holds one.
    #[error(
        "output on the input: {} and {} overlap; name an output folder apart from every input",
        dir.display(),
        input.display()
    )]
    OnInput {
        /// The output folder.
        dir: PathBuf,
        /// The input it overlaps with.
        input: PathBuf,
    },
    /// The folder holds something, and replacing it was not allowed.
    #[error(
        "{}: the folder is not empty (it holds {found}); \
         pass --force to replace the results of an earlier run, or name another folder",
        dir.display()
    )]
    NotEmpty {
        /// The output folder.
        dir: PathBuf,
        /// One thing it holds.
        found: String,
    },
    /// The folder may be replaced only if wirecopy wrote all of it, and it did not.
    #[error(
        "{}: not replaced, although --force is given: {reason}; \
         move what you need out of it, or name another folder",
        dir.display()
    )]
    Foreign {
        /// The output folder.
        dir: PathBuf,
        /// What shows that it is not (only) a run's output.
        reason: String,
    },
    /// Another run holds the lock of this folder.
    #[error(
        "another run is writing to {} (lock held on {}); wait for it, or name another folder",
        dir.display(),
        lock.display()
    )]
    Locked {
        /// The output folder.
        dir: PathBuf,
        /// The lock file.
        lock: PathBuf,
    },
    /// Something else than a file has the name of the lock file.
    #[error(
        "{}: expected a lock file or nothing, found a folder, pipe or device; remove it, or name another \
         output folder",
        lock.display()
    )]
    LockNotAFile {
        /// Where the lock file goes.
        lock: PathBuf,
    },
    /// There is a lock file, on a file system that cannot say whether it is held.
    #[error(
        "{}: another run is writing there, or one has died: the file system cannot lock files, so it is not \
         known which; if none is, delete {}, or name a folder on another file system",
        dir.display(),
        lock.display()
    )]
    LeftLock {
        /// The output folder.
        dir: PathBuf,
        /// The lock file.
        lock: PathBuf,
    },
    /// A file may not be as long as it would have to be.
    #[error(
        "writing {} stopped after {written} bytes: files may not be that large here; raise the limit \
         (`ulimit -f`), or name a folder on another file system with -o",
        path.display()
    )]
    TooLarge {
        /// The file that was being written.
        path: PathBuf,
        /// Bytes of it that were handed over before.
        written: u64,
    },
    /// A file is shorter or longer than what was written to it.
    #[error(
        "{}: {written} bytes were written and {found} are there: the disk, or what it is mounted from, lost \
         some; look after it, or name a folder on another one",
        path.display()
    )]
    Lost {
        /// The file.
        path: PathBuf,
        /// Bytes that were written.
        written: u64,
        /// Bytes it has.
        found: u64,
    },
    /// Nothing can be written beside the output folder.
    #[error(
        "{}: cannot write there: the lock file {} cannot be created ({source}); \
         name an output folder in a place where you may write",
        dir.display(),
        lock.display()
    )]
    Unwritable {
        /// The output folder.
        dir: PathBuf,
        /// The lock file.
        lock: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The file system has no room left.
    #[error(
        "disk full: writing {} stopped after {written} bytes; \
         free space there, or choose another disk with -o or --temp-dir",
        path.display()
    )]
    DiskFull {
        /// The file that was being written.
        path: PathBuf,
        /// Bytes of it that were handed over before.
        written: u64,
    },
    /// A mapped input became shorter while its records were copied.
    #[error(
        "{}: records could not be copied, because an input was cut while it was read; \
         run again when nothing writes to the inputs",
        path.display()
    )]
    InputCut {
        /// The file the records were copied to.
        path: PathBuf,
    },
    /// A file name of the input would lead out of the output folder.
    #[error(
        "{}: expected a relative path without `..`; such a file cannot be placed in {}",
        path.display(),
        root.display()
    )]
    Escapes {
        /// The path asked for.
        path: PathBuf,
        /// The folder it must stay in.
        root: PathBuf,
    },
    /// A record that should be annotated is no JSON object.
    #[error("a record cannot be annotated: expected a JSON object, found `{found}`")]
    NotAnObject {
        /// How the record begins.
        found: String,
    },
    /// A record that should be annotated has a field of the annotation's name, with something else.
    #[error(
        "`{field}` is what --write annotated adds to a record, and the input has one of its own: \
         {}; rename it there, or write kept and removed",
        shown(found)
    )]
    OwnField {
        /// The field or column.
        field: String,
        /// What is there.
        found: String,
    },
    /// A record could not be read again to be written.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// The caller asked to stop.
    #[error("cancelled")]
    Cancelled,
    /// The run is complete, but its folder could not be put in place.
    #[error(
        "{}: the finished results could not be put in place ({source}); they are complete in {}: \
         move them from there before the next run, which clears it",
        dir.display(),
        finished.display()
    )]
    NotPlaced {
        /// The output folder.
        dir: PathBuf,
        /// Where the results are.
        finished: PathBuf,
        /// What went wrong.
        source: io::Error,
    },
    /// The results are in place, and their names may not be on disk.
    #[error(
        "the results are in {}, but the folder above could not be flushed, so that a power failure may \
         undo it: {source}; the same command again (of a folder, with --force) completes it",
        dir.display()
    )]
    NotFlushed {
        /// The output folder, or the file.
        dir: PathBuf,
        /// What went wrong.
        source: io::Error,
    },
    /// Anything else the operating system refused.
    #[error("cannot {action} {}: {source}", path.display())]
    Io {
        /// What was tried: `create`, `write`, `read`, …
        action: &'static str,
        /// On which path.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
}

impl OutputError {
    /// The error of `action` on `path`; pass to `map_err`.
    pub(super) fn io(
        action: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| OutputError::Io {
            action,
            path,
            source,
        }
    }

    /// The error of writing `path` after `written` bytes; pass to `map_err`.
    pub(super) fn writing(
        path: impl Into<PathBuf>,
        written: u64,
    ) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| {
            // The kernel reads records straight from the map; past a new, nearer end it finds no
            // memory there and says EFAULT, where a copy of our own would die of SIGBUS.
            if source.raw_os_error() == Some(libc::EFAULT) {
                return OutputError::InputCut { path };
            }
            match source.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                    OutputError::DiskFull { path, written }
                }
                io::ErrorKind::FileTooLarge => OutputError::TooLarge { path, written },
                _ => OutputError::Io {
                    action: "write",
                    path,
                    source,
                },
            }
        }
    }
}
