//! What stops a corpus from being read at all, each with its place and the way out.
//!
//! A record that cannot be read is no error but a [`Rejection`](super::Rejection).

use std::io;
use std::path::{Path, PathBuf};

/// Why a corpus cannot be opened or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CorpusError {
    /// Nothing was named.
    #[error("no input: name at least one file or folder, or - for standard input")]
    NoInput,
    /// There is no such file or folder.
    #[error("{}: no such file or folder: check the spelling, and the folder you are in", .path.display())]
    NotFound {
        /// As it was given.
        path: PathBuf,
    },
    /// The system does not let us read it.
    #[error("{}: permission denied: make it readable for this user, or leave it out", .path.display())]
    PermissionDenied {
        /// As it was given.
        path: PathBuf,
    },
    /// Neither name nor content tell a format we read.
    #[error(
        "{}: {found}; expected JSON Lines (.jsonl, .ndjson, .json), CSV (.csv, .tsv), each also \
         .gz or .zst, a text file (.txt) or a folder of such files: convert it, or rename it if \
         only its name is wrong", .path.display()
    )]
    UnknownFormat {
        /// The input.
        path: PathBuf,
        /// What was found instead.
        found: String,
    },
    /// The file is one JSON array.
    #[error(
        "{}: expected JSON Lines (one object a line), found a JSON array: convert it with \
         `jq -c '.[]'`", .path.display()
    )]
    JsonArray {
        /// The input.
        path: PathBuf,
    },
    /// None of the names for the text occurs.
    #[error(
        "{name}: no text: none of the fields {} occurs; fields found: {}: name the right one \
         with --text-field", .tried.join(", "), .found.join(", ")
    )]
    NoTextField {
        /// The input.
        name: String,
        /// The names that were tried.
        tried: Vec<String>,
        /// The fields of the first records.
        found: Vec<String>,
    },
    /// A column that is used has a name that another one has too.
    #[error(
        "{name}: two columns of the header are called `{column}`, and it is not known which is \
         meant: rename one of them"
    )]
    ColumnTwice {
        /// The input.
        name: String,
        /// The name of both.
        column: String,
    },
    /// A folder holds nothing that we read.
    #[error(
        "{}: the folder holds no document: expected text files (.txt, .text, .md, or without \
         extension), JSON Lines or CSV files", .path.display()
    )]
    EmptyFolder {
        /// The folder.
        path: PathBuf,
    },
    /// One file is named twice.
    #[error("{}: given twice (also as {}): name it once, or its records are their own copies",
        .path.display(), .first.display())]
    GivenTwice {
        /// The second mention.
        path: PathBuf,
        /// The first.
        first: PathBuf,
    },
    /// The system reports a failure.
    #[error("{}: cannot {action}: {source}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What was being done: `open it`, `read it`, …
        action: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// A file is not what it was when it was opened.
    #[error(
        "{}: changed while it was read: {what}; run again when it is complete, or copy it first",
        .path.display()
    )]
    Changed {
        /// The file.
        path: PathBuf,
        /// What differs.
        what: String,
    },
    /// More documents than a `u32` counts.
    #[error(
        "the corpus holds more than {} documents: split it into parts",
        u32::MAX
    )]
    TooManyDocuments,
    /// Temporary files cannot be written where they should.
    #[error(
        "{}: cannot write temporary files there: {source}: name another folder with --temp-dir",
        .folder.display()
    )]
    NoSpool {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// No room for the decoded bytes of an input.
    #[error(
        "{}: no space left for the {bytes} bytes spooled so far of {name}: free some space, or \
         name another folder with --temp-dir", .folder.display()
    )]
    DiskFull {
        /// Where they were written.
        folder: PathBuf,
        /// The input.
        name: String,
        /// Bytes written before it failed.
        bytes: u64,
    },
    /// A form of dates that cannot be used.
    #[error(
        "--date-format {format}: not in the notation of strftime: write for example \
         %d/%m/%Y %H:%M"
    )]
    DateFormat {
        /// As it was given.
        format: String,
    },
    /// The bytes of a record that was never in a file.
    #[error("{name}: records in memory have no bytes: write their fields instead")]
    NoBytes {
        /// The input.
        name: String,
    },
    /// The caller asked to stop.
    #[error("cancelled")]
    Cancelled,
}

impl CorpusError {
    /// The error for a failed system call on a file, by its kind.
    pub(super) fn io(path: &Path, action: &'static str, source: io::Error) -> CorpusError {
        let path = path.to_path_buf();
        match source.kind() {
            io::ErrorKind::NotFound => CorpusError::NotFound { path },
            io::ErrorKind::PermissionDenied => CorpusError::PermissionDenied { path },
            _ => CorpusError::Io {
                path,
                action,
                source,
            },
        }
    }
}
