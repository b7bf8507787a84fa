//! Errors of operations: of a damaged file, of a commit, and of what follows one.

use std::path::Path;

use crate::container::{DiskError, DiskFault};
use crate::error::{Error, IndexError};

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
