//! Why an index cannot be used.

use std::path::{Path, PathBuf};

use crate::container::{DiskError, DiskFault};
use crate::pipeline::error::Error;

/// What is wrong with an index, or with what is asked of it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// A file of it cannot be read or written, or is damaged.
    #[error(transparent)]
    Disk(#[from] DiskError),
    /// It was made by a program that works in another way.
    #[error(
        "{}: this index was made with another recipe: build it again with this wirecopy, or use the \
         one that made it\n  its recipe: {found}\n  this one's: {expected}", .folder.display()
    )]
    OtherRecipe {
        /// The folder.
        folder: PathBuf,
        /// The recipe asked for.
        expected: String,
        /// The recipe it has.
        found: String,
    },
    /// Nothing is learned in the `near` profile.
    #[error(
        "{}: this index is of the `near` profile, which learns nothing of its documents: there is \
         nothing to rebuild", .folder.display()
    )]
    LearnsNothing {
        /// The folder.
        folder: PathBuf,
    },
    /// No more documents can be numbered.
    #[error(
        "{}: an index holds at most {} documents, and this would make {documents}: begin another one",
        .folder.display(), u32::MAX - 1
    )]
    TooMany {
        /// The folder.
        folder: PathBuf,
        /// Documents it would have.
        documents: u64,
    },
    /// A document that is to go is not there.
    #[error(
        "{}: no document has the id `{}`: nothing was removed; ids are those of documents.jsonl",
        .folder.display(), .id.escape_debug()
    )]
    UnknownId {
        /// The folder.
        folder: PathBuf,
        /// The id.
        id: String,
    },
}

impl IndexError {
    /// Whether the index is damaged or cannot be used by this program, so that nothing done to the
    /// input will help.
    pub fn is_damage(&self) -> bool {
        match self {
            IndexError::Disk(error) => error.is_damage(),
            IndexError::OtherRecipe { .. } => true,
            _ => false,
        }
    }
}

/// A value in a file that cannot be right, though its checksum is.
pub(super) fn damaged(path: &Path, what: &'static str) -> Error {
    let fault = DiskFault::Content { what, offset: 0 };
    IndexError::Disk(DiskError {
        path: path.to_owned(),
        fault,
    })
    .into()
}

/// What to do after a failure behind a commit: whoever gives the command again finds nothing left to do but this.
pub(super) const AGAIN: &str = "run the same command again to complete it";
/// The same, where the command cannot be given twice.
pub(super) const LOOK: &str =
    "nothing is left to do: see with `wirecopy index verify` whether all of it can be read";

/// An error behind a commit: the index is changed.
pub(super) fn behind_commit(next: &'static str) -> impl Fn(Error) -> Error {
    move |error| match error {
        Error::Committed { .. } => error,
        error => Error::Committed {
            source: Box::new(error),
            next,
        },
    }
}

/// An error of a commit: if only the last step failed, the index is changed.
pub(super) fn of_commit(next: &'static str) -> impl Fn(DiskError) -> Error {
    move |error| match error.fault {
        DiskFault::NotFlushed { .. } => behind_commit(next)(error.into()),
        _ => error.into(),
    }
}

impl From<DiskError> for Error {
    fn from(error: DiskError) -> Error {
        match error.fault {
            DiskFault::Cancelled => Error::Cancelled,
            _ => IndexError::Disk(error).into(),
        }
    }
}
