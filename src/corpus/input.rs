//! One input: where its bytes are, what form they have, and how they are reached again.

use super::kind::{Compression, Format};
use std::borrow::Cow;
use std::fs::{self, File};
use std::ops::Range;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::allowed::Damage;
use super::converted::Converted;
use super::csv::Table;
use super::error::CorpusError;
use super::fields::Fields;
use super::file_from::read_full_at;
use super::folder_names::FolderNames;
use super::lines::BYTE_ORDER_MARK;
use super::map::Map;
use super::metadata::Metadata;
use super::options::ReadOptions;
use super::record::{Reason, Rejection};
use super::rows::Rows;
use super::text::Texts;
use wirecopy_formats::Form;
use wirecopy_formats::encoding::Charset;

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
    pub(super) spool: Option<Arc<Map>>,
    /// Where compressed bytes could not be decoded, in order.
    pub(super) damages: Vec<Damage>,
    /// The fields used, once they are decided.
    pub(super) fields: Option<Fields>,
    /// The header of CSV, once it was read.
    pub(super) table: Option<Table>,
    /// The encoding of its bytes, if they are not UTF-8.
    pub(super) encoding: Option<Charset>,
    /// What a stream was converted from, once that is known.
    pub(super) stream_form: Option<&'static Form>,
}

/// Where the bytes of an input come from.
#[derive(Debug)]
pub(super) enum Origin {
    /// A regular file, as it was when it was opened.
    File(Stamp),
    /// Standard input, or a pipe or device at the input's path. Read once.
    Stream,
    /// Text files, a document each.
    Texts(Texts),
    /// Files in a form that is converted into JSON Lines.
    Converted(Converted),
    /// Records in memory.
    Records(Arc<dyn Rows>),
}

/// A stretch of an input between two places of damage.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Part {
    pub(super) range: Range<usize>,
    /// Whether damage is before it.
    pub(super) cut_at_start: bool,
    /// Whether damage cut its last record.
    pub(super) cut_at_end: bool,
}

/// What shows that a file was changed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Stamp {
    pub(super) length: u64,
    modified: Option<SystemTime>,
    /// When anything of it was changed: unlike the time of writing, it cannot be put back.
    changed: (i64, i64),
    /// Its file system and its number there.
    file: (u64, u64),
}

impl Stamp {
    pub(super) fn of(metadata: &fs::Metadata) -> Stamp {
        Stamp {
            length: metadata.len(),
            modified: metadata.modified().ok(),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
            file: (metadata.dev(), metadata.ino()),
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
        } else if self.file != now.file {
            Some("another file has its name".to_owned())
        } else if self.changed != now.changed {
            let how =
                "it was written, linked or given other rights, and its time of writing put back";
            Some(how.to_owned())
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

    /// What its files are, for people (`Parquet`), where they are converted into JSON Lines.
    pub fn converted_from(&self) -> Option<String> {
        match &self.origin {
            Origin::Converted(converted) => Some(converted.form()),
            _ => self.stream_form.map(|form| form.name.to_owned()),
        }
    }

    /// How it is compressed.
    pub fn compression(&self) -> Compression {
        self.compression
    }

    /// Its length on disk in bytes; nothing where it is not known before it is read.
    pub fn bytes(&self) -> Option<u64> {
        self.bytes
    }

    /// Its length in decoded bytes, once that is known.
    pub fn bytes_decoded(&self) -> Option<u64> {
        match &self.origin {
            Origin::Texts(texts) => {
                self.spool.as_ref()?;
                let lengths = texts.files.iter().map(|file| u64::from(file.length));
                Some(lengths.sum())
            }
            Origin::File(stamp) if self.is_plain() => Some(stamp.length),
            _ => Some(self.decoded()?.len() as u64),
        }
    }

    /// Its bytes as they came, mapped: those on disk, or what was spooled of a stream or of text
    /// files. Nothing where files are read instead, and for records in memory.
    pub(crate) fn stored(&self) -> Option<&[u8]> {
        if matches!(&self.origin, Origin::Converted(converted) if converted.is_alone()) {
            return None; // what it was converted into is not what came
        }
        match &self.disk {
            Some(disk) => Some(disk),
            None => self.spool.as_deref().map(|spool| &**spool),
        }
    }

    /// The bytes before the first record, as they are in the decoded input: the header row of
    /// CSV with its line end, and a byte order mark.
    ///
    /// Nothing before the scan, for text files and for records in memory.
    pub fn header(&self) -> Option<Cow<'_, [u8]>> {
        let length = match (self.format, &self.table) {
            (Format::Csv { .. }, Some(table)) => table.header,
            (Format::JsonLines, _) => BYTE_ORDER_MARK.len(),
            _ => return None,
        };
        let head = match self.decoded() {
            Some(bytes) => Cow::Borrowed(bytes.get(..length.min(bytes.len()))?),
            None => {
                // Not mapped. What cannot be read now is reported where its records are read.
                let mut head = vec![0; length];
                let file = File::open(self.path.as_ref()?).ok()?;
                let read = read_full_at(&file, &mut head, 0).ok()?;
                head.truncate(read);
                Cow::Owned(head)
            }
        };
        let marked = head.starts_with(BYTE_ORDER_MARK);
        (marked || self.format != Format::JsonLines).then_some(head)
    }

    /// An input without bytes so far.
    pub(super) fn new(path: Option<PathBuf>, format: Format, origin: Origin) -> Input {
        Input {
            path,
            name: String::new(),
            format,
            compression: Compression::None,
            bytes: None,
            origin,
            disk: None,
            spool: None,
            damages: Vec::new(),
            fields: None,
            table: None,
            encoding: None,
            stream_form: None,
        }
    }

    /// Opens a regular file.
    pub(super) fn file(path: &Path, options: &ReadOptions) -> Result<(Input, File), CorpusError> {
        let failed = |error| CorpusError::io(path, "open it", error);
        let file = File::open(path).map_err(failed)?;
        let stamp = Stamp::of(&file.metadata().map_err(failed)?);
        let origin = Origin::File(stamp);
        let mut input = Input::new(Some(path.to_path_buf()), Format::JsonLines, origin);
        input.bytes = Some(stamp.length);
        if options.mmap {
            // A file system without maps, or too many maps: the file is read instead.
            input.disk = Map::open(&file).ok();
        }
        Ok((input, file))
    }

    /// The fields that are used, once they are decided.
    pub(super) fn used_fields(&self) -> Option<&Fields> {
        let table = self.table.as_ref().map(|table| &table.fields);
        table.or(self.fields.as_ref())
    }

    /// The file as it was when it was opened.
    pub(super) fn stamp(&self) -> Option<Stamp> {
        match &self.origin {
            Origin::File(stamp) => Some(*stamp),
            Origin::Converted(converted) => converted.stamp,
            _ => None,
        }
    }

    /// Which folders name outlets, of a folder of texts that no table describes.
    pub(super) fn folders(&self) -> Option<&FolderNames> {
        match &self.origin {
            Origin::Texts(texts) if !texts.alone && texts.metadata.is_none() => {
                Some(&texts.folders)
            }
            _ => None,
        }
    }

    /// The table that describes its texts.
    pub fn metadata(&self) -> Option<&Metadata> {
        match &self.origin {
            Origin::Texts(texts) => texts.metadata.as_ref(),
            _ => None,
        }
    }

    /// Whether its records are read from the bytes as they are on disk.
    fn is_plain(&self) -> bool {
        self.compression == Compression::None && self.encoding.is_none()
    }

    /// The encodings that its files are in where that is not UTF-8, with how many files are in each.
    pub fn encodings(&self) -> Vec<(&'static str, u64)> {
        let texts = match &self.origin {
            Origin::Texts(texts) => &texts.files[..],
            _ => &[],
        };
        let own = self.encoding.map(Charset::name);
        let all = texts.iter().filter_map(|file| file.encoding).chain(own);
        let mut counts = std::collections::BTreeMap::new();
        all.for_each(|name| *counts.entry(name).or_insert(0) += 1);
        counts.into_iter().collect()
    }

    /// The decoded bytes, if they are mapped.
    pub(super) fn decoded(&self) -> Option<&[u8]> {
        match &self.spool {
            Some(spool) => Some(spool),
            None => self.disk.as_deref().filter(|_| self.is_plain()),
        }
    }

    /// Whether its bytes must be spooled before it can be scanned.
    pub(super) fn must_spool(&self) -> bool {
        let read_in_place = match self.origin {
            Origin::Records(_) => true,
            Origin::Stream | Origin::Texts(_) | Origin::Converted(_) => false,
            // Blocks of lines can be read from a file; rows of CSV need all that is before them.
            Origin::File(_) => {
                self.is_plain() && (self.disk.is_some() || self.format == Format::JsonLines)
            }
        };
        !read_in_place && self.spool.is_none()
    }

    /// The stretches of the decoded bytes between damages, each with the damage behind it.
    pub(super) fn parts(&self, bytes: &[u8]) -> Vec<(Part, Option<Rejection>)> {
        let mut parts = Vec::new();
        let (mut start, mut cut_at_start) = (0, false);
        for damage in &self.damages {
            let end = usize::try_from(damage.decoded).map_or(bytes.len(), |at| at.min(bytes.len()));
            let cut_at_end = end > start && bytes[end - 1] != b'\n';
            let range = start..end;
            let part = Part {
                range,
                cut_at_start,
                cut_at_end,
            };
            let rejection = Rejection {
                offset: damage.decoded,
                length: 0,
                reason: Reason::Damaged {
                    path: damage.file.clone().unwrap_or_else(|| self.place()),
                    message: damage.message.clone(),
                    at: damage.at,
                    resumed: damage.resumed,
                    missing: damage.missing,
                },
            };
            parts.push((part, Some(rejection)));
            (start, cut_at_start) = (end, true);
        }
        if self.damages.is_empty() || start < bytes.len() {
            let part = Part {
                range: start..bytes.len(),
                cut_at_start,
                cut_at_end: false,
            };
            parts.push((part, None));
        }
        parts
    }

    /// The path, or the name where there is none, for messages.
    pub(super) fn place(&self) -> PathBuf {
        self.path
            .clone()
            .unwrap_or_else(|| PathBuf::from(&self.name))
    }
}
