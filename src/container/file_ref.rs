//! `FileRef`: which file of an index folder, and exactly which.
//!
//! A file is named by its kind and a number that is given once, `seg-0000000012`. A manifest holds
//! the kind and the number and no name, so whatever it says, no path leads out of the folder.

use std::path::Path;

/// What a file is for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum FileKind {
    /// Documents and what is filed about them. Merged with others, never changed.
    Segment,
    /// What concerns the index as a whole, and is written anew when it changes.
    State,
}

/// A file of an index as its manifest names it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct FileRef {
    pub(super) kind: FileKind,
    pub(super) number: u64,
    pub(super) length: u64,
    pub(super) head_xxh3: u64,
}

/// Ends the name of a file that is being written.
pub(super) const UNFINISHED: &str = ".tmp";

impl FileKind {
    const ALL: [FileKind; 2] = [FileKind::Segment, FileKind::State];

    /// The number that stands for it in a file. 1 is the manifest itself.
    pub(super) fn code(self) -> u32 {
        match self {
            FileKind::Segment => 2,
            FileKind::State => 3,
        }
    }

    /// The kind that a number stands for.
    pub(super) fn of_code(code: u32) -> Option<FileKind> {
        FileKind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The name of the file of this kind with this number.
    pub(super) fn name(self, number: u64) -> String {
        let prefix = match self {
            FileKind::Segment => "seg",
            FileKind::State => "state",
        };
        format!("{prefix}-{number:010}")
    }

    /// Whether a folder lies where the file of this kind with this number would, which then cannot be written.
    pub(super) fn is_taken(self, folder: &Path, number: u64) -> bool {
        let name = self.name(number);
        let unfinished = format!("{name}{UNFINISHED}");
        [name, unfinished]
            .iter()
            .any(|name| folder.join(name).is_dir())
    }
}

impl FileRef {
    /// What it is for.
    pub fn kind(&self) -> FileKind {
        self.kind
    }

    /// Its name in the folder.
    pub fn name(&self) -> String {
        self.kind.name(self.number)
    }

    /// Its length in bytes.
    pub fn length(&self) -> u64 {
        self.length
    }
}

/// Whether a name is one that [`FileKind::name`] gives, finished or not: nothing else in the
/// folder is ours to delete.
pub(super) fn is_file_name(name: &str) -> bool {
    let name = name.strip_suffix(UNFINISHED).unwrap_or(name);
    let number = name
        .rsplit('-')
        .next()
        .and_then(|digits| digits.parse().ok());
    number.is_some_and(|number| FileKind::ALL.iter().any(|kind| kind.name(number) == name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_names_are_distinguished_from_others() {
        assert_eq!(FileKind::Segment.name(12), "seg-0000000012");
        assert_eq!(FileKind::State.name(u64::MAX), "state-18446744073709551615");
        for ours in [
            "seg-0000000012",
            "state-0000000000",
            "state-18446744073709551615.tmp",
        ] {
            assert!(is_file_name(ours), "{ours}");
        }
        for other in [
            "seg-12",
            "seg-+000000012",
            "seg-00000000012",
            "seg-0000000012.tmp.tmp",
            "../seg-0000000012",
            "a/state-0000000001",
            "seg-18446744073709551616",
            "manifest",
            "lock",
            "notes.tmp",
            "",
        ] {
            assert!(!is_file_name(other), "{other}");
        }
    }
}
