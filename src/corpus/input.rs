//! One input: where its bytes are, what form they have, and how they are reached again.

use std::fs::{File, Metadata};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::error::CorpusError;
use super::fields::Fields;
use super::map::Map;
use super::options::ReadOptions;
use super::record::OwnedRecord;

/// One input of a corpus: a file, a folder of text files, standard input, or records in memory.
#[derive(Debug)]
pub struct Input {
    /// The path as given, or found in a folder that was given.
    pub(super) path: Option<PathBuf>,
    pub(super) name: String,
    pub(super) format: Format,
    pub(super) compression: Compression,
    pub(super) bytes: Option<u64>,
    pub(super) origin: Origin,
    /// The file as it lies on disk, mapped.
    pub(super) disk: Option<Map>,
    /// The decoded bytes, once they have been read, where they are not those on disk.
    pub(super) spool: Option<Map>,
    /// The fields used, once they are decided.
    pub(super) fields: Option<Fields>,
}

/// The form of an input.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Format {
    /// One JSON object a line.
    JsonLines,
    /// Rows of fields under a header.
    Csv {
        /// What separates the fields.
        delimiter: u8,
    },
    /// A text file a document.
    TextFolder,
    /// Records in memory.
    Records,
}

/// How an input is compressed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Compression {
    /// Not at all.
    None,
    /// gzip, of any number of members.
    Gzip,
    /// Zstandard, of any number of frames.
    Zstd,
}

/// Where the bytes of an input come from.
#[derive(Debug)]
pub(super) enum Origin {
    /// A regular file, as it was when it was opened.
    File(Stamp),
    /// Records in memory.
    Records(Vec<OwnedRecord>),
}

/// What tells that a file was changed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Stamp {
    pub(super) length: u64,
    pub(super) modified: Option<SystemTime>,
}

impl Stamp {
    pub(super) fn of(metadata: &Metadata) -> Stamp {
        Stamp {
            length: metadata.len(),
            modified: metadata.modified().ok(),
        }
    }

    /// What differs from another one, for people.
    pub(super) fn difference(self, now: Stamp) -> Option<String> {
        if self.length != now.length {
            Some(format!(
                "its length was {} bytes, is {}",
                self.length, now.length
            ))
        } else if self.modified != now.modified {
            Some("it was written again".to_owned())
        } else {
            None
        }
    }
}

impl Input {
    /// A name that no other input of the corpus has: as much of the path's end as that takes.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The path; nothing for standard input and records in memory.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The form of its records.
    pub fn format(&self) -> Format {
        self.format
    }

    /// How it is compressed.
    pub fn compression(&self) -> Compression {
        self.compression
    }

    /// Its length on disk in bytes; nothing where it is not known before it is read.
    pub fn bytes(&self) -> Option<u64> {
        self.bytes
    }

    /// Opens a regular file.
    pub(super) fn file(path: &Path, options: &ReadOptions) -> Result<Input, CorpusError> {
        let failed = |error| CorpusError::io(path, "open it", error);
        let file = File::open(path).map_err(failed)?;
        let stamp = Stamp::of(&file.metadata().map_err(failed)?);
        let disk = if options.mmap {
            Some(Map::open(&file).map_err(failed)?)
        } else {
            None
        };
        Ok(Input {
            path: Some(path.to_path_buf()),
            name: String::new(),
            format: Format::JsonLines,
            compression: Compression::None,
            bytes: Some(stamp.length),
            origin: Origin::File(stamp),
            disk,
            spool: None,
            fields: None,
        })
    }

    /// The decoded bytes, if they are in memory or mapped.
    pub(super) fn decoded(&self) -> Option<&[u8]> {
        match self.compression {
            Compression::None if self.spool.is_none() => self.disk.as_deref(),
            _ => self.spool.as_deref(),
        }
    }

    /// The path, or the name where there is none, for messages.
    pub(super) fn place(&self) -> PathBuf {
        self.path
            .clone()
            .unwrap_or_else(|| PathBuf::from(&self.name))
    }
}
