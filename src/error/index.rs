//! Why an index cannot be used.

use std::path::PathBuf;

use super::Error;
use crate::container::{DiskError, DiskFault};

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

impl From<DiskError> for Error {
    fn from(error: DiskError) -> Error {
        match error.fault {
            DiskFault::Cancelled => Error::Cancelled,
            _ => IndexError::Disk(error).into(),
        }
    }
}
