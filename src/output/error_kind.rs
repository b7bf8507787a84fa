//! An error of writing for a program: one word for its kind, and the file or folder it is about.

use std::path::Path;

use super::OutputError;

impl OutputError {
    /// One word a program can act on. Several errors have the same where the same is to be done.
    pub fn kind(&self) -> &'static str {
        use OutputError as E;
        match self {
            E::NoName { .. }
            | E::WorkingFolder { .. }
            | E::MountPoint { .. }
            | E::NotAFolder { .. }
            | E::NotAFile { .. }
            | E::OnInput { .. }
            | E::Foreign { .. }
            | E::LockNotAFile { .. }
            | E::Escapes { .. } => "unfit_output",
            E::NotEmpty { .. } => "output_exists",
            E::Locked { .. } | E::LeftLock { .. } => "locked",
            E::TooLarge { .. } | E::DiskFull { .. } => "disk_full",
            E::Unwritable { .. } => "permission_denied",
            E::InputCut { .. } => "changed_input",
            E::NotAnObject { .. } | E::OwnField { .. } => "unfit_input",
            E::Corpus(error) => error.kind(),
            E::Cancelled => "interrupted",
            E::NotPlaced { .. } | E::Lost { .. } | E::Io { .. } => "io",
            E::NotFlushed { .. } => "not_finished",
        }
    }

    /// What it is about, if that is one file or folder.
    pub fn path(&self) -> Option<&Path> {
        use OutputError as E;
        match self {
            E::NoName { dir }
            | E::WorkingFolder { dir, .. }
            | E::MountPoint { dir }
            | E::NotAFolder { dir, .. }
            | E::OnInput { dir, .. }
            | E::NotEmpty { dir, .. }
            | E::Foreign { dir, .. }
            | E::Locked { dir, .. }
            | E::LeftLock { dir, .. }
            | E::Unwritable { dir, .. }
            | E::NotPlaced { dir, .. }
            | E::NotFlushed { dir, .. } => Some(dir),
            E::NotAFile { path }
            | E::LockNotAFile { lock: path }
            | E::TooLarge { path, .. }
            | E::Lost { path, .. }
            | E::DiskFull { path, .. }
            | E::InputCut { path }
            | E::Escapes { path, .. }
            | E::Io { path, .. } => Some(path),
            E::Corpus(error) => error.path(),
            E::NotAnObject { .. } | E::OwnField { .. } | E::Cancelled => None,
        }
    }
}
