//! What stops a corpus from being read at all, each with its place and the way out.
//!
//! A record that cannot be read is no error but a [`Rejection`](super::Rejection).

use std::io;
use std::path::{Path, PathBuf};

use super::damaged_file::{self, DamagedFile};
use super::remedy::{count, found_instead, glob, is_address, rejects, ways_out};
use crate::shown::{shown, shown_list};

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
    /// An address on the web, where a file is expected.
    #[error(
        "{}: addresses are not fetched: fetch it first, for example with `curl -L '{}' | wirecopy cluster - -o copies`",
        .path.display(), .path.display()
    )]
    Address {
        /// As it was given.
        path: PathBuf,
    },
    /// Data of a form that is not read, or that the system does not let us read.
    #[error("{}: {found}{}", .path.display(), ways_out(*.in_folder, .path, .also))]
    Unread {
        /// The file.
        path: PathBuf,
        /// What was found, and how it is converted.
        found: String,
        /// Whether it was found in a folder that was given.
        in_folder: bool,
        /// Others like it.
        also: Vec<PathBuf>,
    },
    /// A folder holds documents, and other files that may be documents as well.
    #[error(
        "{}: it is not clear what of this folder is meant: it holds {}, such as {}, and {} that may be documents, \
         too, such as {}: choose with --glob, such as --glob '{}' or --glob '{}'; both flags take in both{}",
        .folder.display(), count(*.documents, "document file"), .document.display(),
        count(*.others, "other file"), .other.display(), glob(.document), glob(.other),
        .found.as_ref().map(|found| format!(" ({}: {found})", .other.display())).unwrap_or_default()
    )]
    Doubtful {
        /// The folder.
        folder: PathBuf,
        /// One of the files of documents.
        document: PathBuf,
        /// How many there are.
        documents: usize,
        /// One of the other files.
        other: PathBuf,
        /// What it is, where it is not read.
        found: Option<String>,
        /// How many there are.
        others: usize,
    },
    /// A pattern that is none.
    #[error("--glob {pattern}: no pattern: {message}")]
    Glob {
        /// As it was given.
        pattern: String,
        /// What is wrong with it.
        message: String,
    },
    /// A pattern that takes nothing in.
    #[error(
        "--glob {pattern}: no file of the folders fits: check the spelling; a pattern without / is about names \
         (*.jsonl), one with / about paths below the folder (data/**)"
    )]
    GlobFitsNothing {
        /// As it was given.
        pattern: String,
    },
    /// A pattern, and no folder that it is about.
    #[error(
        "--glob chooses files of folders, and no folder is given: leave it out, or name the folder"
    )]
    GlobWithoutFolder,
    /// A pattern that the shell passed on as it is, since no file matches it.
    #[error(
        "{}: no file matches this pattern: check the spelling, and the folder you are in, or pass \
         --allow-empty if there may be none", .path.display()
    )]
    NoMatch {
        /// As it was given.
        path: PathBuf,
    },
    /// Inputs are damaged or end too early.
    #[error("{}", damaged_file::describe(.files, *.records))]
    Damaged {
        /// The damaged files, in the order of the inputs.
        files: Vec<DamagedFile>,
        /// Records read of the input of the first, before the damage, if that was read.
        records: Option<u64>,
    },
    /// A part of a table that is not needed to compare its rows cannot be read, and so they cannot be written again.
    #[error(
        "{}: {what}; texts were read, but rows cannot be written as they are: mend the file, or write their texts \
         as JSON Lines with --merge", .path.display()
    )]
    UnreadRows {
        /// The file.
        path: PathBuf,
        /// Which part, and why.
        what: String,
    },
    /// A Zstandard frame asks for more memory than it may have.
    #[error(
        "{}: the frame at byte {at} is to be decoded with {} MB of memory, and may have {}: allow more \
         with --memory (a quarter of it is for decoders), or decode it before with `zstd -d \
         --long=31`", .path.display(), .window.div_ceil(1 << 20), .allowed >> 20
    )]
    WindowTooLarge {
        /// The file.
        path: PathBuf,
        /// Where the frame starts.
        at: u64,
        /// Bytes it asks to look back on.
        window: u64,
        /// Bytes it may have.
        allowed: u64,
    },
    /// A compressed file becomes larger than it may.
    #[error(
        "{}: its {length} bytes decode to more than {most}: if it is what it should be, allow more with \
         --max-decoded", .path.display()
    )]
    TooMuchDecoded {
        /// The file.
        path: PathBuf,
        /// Its length.
        length: u64,
        /// What it may become.
        most: u64,
    },
    /// The disk with the decoded bytes of inputs is nearly full.
    #[error(
        "{}: only {} MB are left there after {bytes} bytes were spooled of {name}, and others need room, \
         too: free some space, or name another folder with --temp-dir", .folder.display(), .free >> 20
    )]
    DiskNearlyFull {
        /// Where they were written.
        folder: PathBuf,
        /// The input.
        name: String,
        /// Bytes written.
        bytes: u64,
        /// Bytes that are free.
        free: u64,
    },
    /// The inputs hold no record.
    #[error(
        "no record was read from {input}{}: nothing is written, and earlier results stay as they \
         are; pass --allow-empty if that is meant", rejects(*.rejected, .first.as_deref())
    )]
    NothingRead {
        /// The inputs.
        input: String,
        /// Records that were rejected.
        rejected: u64,
        /// Where the first of them is, and why it was rejected.
        first: Option<String>,
    },
    /// The system does not let us read it.
    #[error("{}: permission denied: make it readable for this user, or leave it out", .path.display())]
    PermissionDenied {
        /// As it was given.
        path: PathBuf,
    },
    /// Neither name nor content show a format we read.
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
    /// A table was given that describes no texts.
    #[error(
        "{}: none of its columns names the files of {}: expected paths below the folder, names of files, or these \
         without their extension, for at least half of them", .path.display(), .folder.display()
    )]
    MetadataFitsNothing {
        /// The table.
        path: PathBuf,
        /// The folder of texts.
        folder: PathBuf,
    },
    /// None of the names for the text occurs.
    #[error(
        "{}: no text: none of the fields {} occurs; fields found: {}: name the right one \
         with --text-field, or leave out files of a folder with --glob{}",
        shown(.name), shown_list(.tried), shown_list(.found), no_header(.found)
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
        "{}: two columns of the header are called `{}`, and it is not known which is meant: rename \
         one of them", shown(.name), shown(.column)
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
         extension), JSON Lines or CSV files{}", .path.display(), found_instead(.passed_over)
    )]
    EmptyFolder {
        /// The folder.
        path: PathBuf,
        /// What it holds instead.
        passed_over: Vec<PathBuf>,
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
    /// A file may not be as large as the decoded bytes of an input.
    #[error(
        "{}: files may not be larger there than the {bytes} bytes spooled so far of {name}: raise the limit \
         (`ulimit -f`), or name another folder with --temp-dir", .folder.display()
    )]
    TooLarge {
        /// Where they were written.
        folder: PathBuf,
        /// The input.
        name: String,
        /// Bytes written before it failed.
        bytes: u64,
    },
    /// What was spilled could not be read again.
    #[error(
        "{}: a temporary file there could not be read again: the disk fails; name a folder on another disk \
         with --temp-dir", .folder.display()
    )]
    LostScratch {
        /// Where it was written.
        folder: PathBuf,
    },
    /// A form of dates that cannot be used.
    #[error(
        "--date-format {format}: not in the notation of strftime ({why}): write for example \
         %d/%m/%Y %H:%M"
    )]
    DateFormat {
        /// As it was given.
        format: String,
        /// What is wrong with it.
        why: String,
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

/// What is said where names of fields are as long as texts.
fn no_header(found: &[String]) -> &'static str {
    match found.iter().any(|name| name.len() >= 200) {
        true => {
            "; the first line looks like a record: a table begins with the names of its columns"
        }
        false => "",
    }
}

impl CorpusError {
    /// The error for data of a form that is not read.
    pub(super) fn unread(path: &Path, found: String) -> CorpusError {
        CorpusError::Unread {
            path: path.to_path_buf(),
            found,
            in_folder: false,
            also: Vec::new(),
        }
    }

    /// The error for a failed system call on a file, by its kind.
    pub(super) fn io(path: &Path, action: &'static str, source: io::Error) -> CorpusError {
        let path = path.to_path_buf();
        match source.kind() {
            io::ErrorKind::NotFound if is_address(&path) => CorpusError::Address { path },
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
