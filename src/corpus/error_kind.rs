//! An error of a corpus for a program: one word for its kind, and the file or folder it is about.

use std::path::Path;

use super::CorpusError;

impl CorpusError {
    /// One word a program can act on. Several errors have the same where the same is to be done.
    pub fn kind(&self) -> &'static str {
        use CorpusError as E;
        match self {
            E::NoInput | E::GlobWithoutFolder | E::Glob { .. } | E::DateFormat { .. } => "usage",
            E::GivenTwice { .. } => "usage",
            E::NotFound { .. } | E::NoMatch { .. } | E::GlobFitsNothing { .. } => "no_such_input",
            E::Address { .. }
            | E::Unread { .. }
            | E::Doubtful { .. }
            | E::UnknownFormat { .. }
            | E::NoTextField { .. }
            | E::MetadataFitsNothing { .. }
            | E::ColumnTwice { .. }
            | E::EmptyFolder { .. }
            | E::NoBytes { .. } => "unfit_input",
            E::Damaged { .. } | E::UnreadRows { .. } => "damaged_input",
            E::NothingRead { .. } => "nothing_read",
            E::PermissionDenied { .. } => "permission_denied",
            E::Changed { .. } => "changed_input",
            E::WindowTooLarge { .. } | E::TooMuchDecoded { .. } | E::TooManyDocuments => {
                "too_large"
            }
            E::DiskNearlyFull { .. } | E::DiskFull { .. } | E::TooLarge { .. } => "disk_full",
            E::Io { .. } | E::NoSpool { .. } | E::LostScratch { .. } => "io",
            E::Cancelled => "interrupted",
        }
    }

    /// What it is about, if that is one file or folder.
    pub fn path(&self) -> Option<&Path> {
        use CorpusError as E;
        match self {
            E::NotFound { path }
            | E::Address { path }
            | E::Unread { path, .. }
            | E::UnreadRows { path, .. }
            | E::NoMatch { path }
            | E::WindowTooLarge { path, .. }
            | E::TooMuchDecoded { path, .. }
            | E::PermissionDenied { path }
            | E::UnknownFormat { path, .. }
            | E::MetadataFitsNothing { path, .. }
            | E::EmptyFolder { path, .. }
            | E::GivenTwice { path, .. }
            | E::Io { path, .. }
            | E::Changed { path, .. } => Some(path),
            E::Doubtful { folder, .. }
            | E::DiskNearlyFull { folder, .. }
            | E::NoSpool { folder, .. }
            | E::DiskFull { folder, .. }
            | E::TooLarge { folder, .. }
            | E::LostScratch { folder } => Some(folder),
            E::NoTextField { name, .. } | E::ColumnTwice { name, .. } | E::NoBytes { name } => {
                Some(Path::new(name))
            }
            E::Damaged { files, .. } => files.first().map(|file| file.path.as_path()),
            E::NoInput
            | E::Glob { .. }
            | E::GlobFitsNothing { .. }
            | E::GlobWithoutFolder
            | E::NothingRead { .. }
            | E::TooManyDocuments
            | E::DateFormat { .. }
            | E::Cancelled => None,
        }
    }
}
