//! Any error for a program: one word for its kind, and the file or folder it is about.

use std::path::Path;

use super::IndexError;
use crate::container::DiskFault;
use crate::error::Error;

impl Error {
    /// One word a program can act on; `docs/outputs.md` lists them.
    pub fn kind(&self) -> &'static str {
        match self {
            Error::Corpus(error) => error.kind(),
            Error::Output(error) => error.kind(),
            Error::Learned(_) => "unfit_boilerplate",
            Error::Index(error) => error.kind(),
            Error::Recipe(_) | Error::NothingToMask => "usage",
            Error::DoesNotFit { .. }
            | Error::TooManyPairs { .. }
            | Error::LongTextDoesNotFit { .. }
            | Error::WindowsDoNotFit { .. } => "memory",
            Error::SpoolDoesNotFit { .. } | Error::OutputDoesNotFit { .. } => "disk_full",
            Error::Text(_) => "io",
            Error::DoesNotAddUp { .. } => "fault",
            Error::TooManyRejected { .. } => "rejects_over_limit",
            Error::UnknownId { .. } => "unknown_id",
            Error::Committed { .. } => "not_finished",
            Error::Cancelled => "interrupted",
        }
    }

    /// What it is about, if that is one file or folder.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Error::Corpus(error) => error.path(),
            Error::Output(error) => error.path(),
            Error::Learned(error) => Some(&error.path),
            Error::Index(error) => Some(error.path()),
            Error::SpoolDoesNotFit { folder, .. } | Error::OutputDoesNotFit { folder, .. } => {
                Some(folder)
            }
            Error::Committed { source, .. } => source.path(),
            _ => None,
        }
    }
}

impl IndexError {
    /// One word a program can act on.
    pub fn kind(&self) -> &'static str {
        match self {
            IndexError::Disk(error) if error.is_damage() => "index_damaged",
            IndexError::Disk(error) => match error.fault {
                DiskFault::DiskFull | DiskFault::TooLarge => "disk_full",
                DiskFault::NoIndex | DiskFault::Unfinished => "no_index",
                DiskFault::IsIndex | DiskFault::NotEmpty { .. } => "output_exists",
                DiskFault::Locked | DiskFault::NoLocks => "locked",
                DiskFault::NotFlushed { .. } => "not_finished",
                DiskFault::Cancelled => "interrupted",
                _ => "io",
            },
            IndexError::OtherRecipe { .. } => "index_of_another_recipe",
            IndexError::LearnsNothing { .. } => "usage",
            IndexError::TooMany { .. } => "too_large",
            IndexError::UnknownId { .. } => "unknown_id",
        }
    }

    /// The index, or the file of it.
    pub fn path(&self) -> &Path {
        match self {
            IndexError::Disk(error) => &error.path,
            IndexError::OtherRecipe { folder, .. }
            | IndexError::LearnsNothing { folder }
            | IndexError::TooMany { folder, .. }
            | IndexError::UnknownId { folder, .. } => folder,
        }
    }
}
