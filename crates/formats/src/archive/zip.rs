//! `.zip`.

use std::io::{self, Cursor};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use zip::read::{ZipFile, read_zipfile_from_stream};
use zip::{CompressionMethod, ZipArchive};

use super::member::{Content, Member, Metered, Reading};
use super::{Named, has_data, named};
use crate::form::{SourceFile, has_extension, is_office};
use crate::sink::Stop;

/// A member begins so; an archive without members begins as the second (APPNOTE.TXT, sections 4.3.7 and 4.3.16).
const MEMBER: &[u8] = b"PK\x03\x04";
const EMPTY: &[u8] = b"PK\x05\x06";

/// What is a zip archive and holds one document, or a program: their forms, if there are any, come before this one.
const OTHERS: [&str; 20] = [
    "docx", "docm", "dotx", "xlsx", "xlsm", "xlsb", "pptx", "odt", "ods", "odp", "epub", "jar",
    "apk", "whl", "npz", "kmz", "pages", "numbers", "key", "vsdx",
];

pub(super) fn recognise(path: &Path, head: &[u8]) -> bool {
    if has_extension(path, &["zip"]) {
        return true;
    }
    (head.starts_with(MEMBER) || head.starts_with(EMPTY))
        && !has_extension(path, &OTHERS)
        && !is_office(head)
}

pub(super) fn read(file: &SourceFile<'_>, reading: &mut Reading<'_>) -> Result<(), Stop> {
    let bytes = &file.bytes;
    let length = bytes.len() as u64;
    if !bytes.starts_with(b"PK") && memchr::memmem::find(bytes, b"PK\x05\x06").is_none() {
        return reading.lost(0, "zip: this is no zip archive".to_owned(), Some(length));
    }
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes.clone())) else {
        return cut(bytes, reading);
    };
    let names: Vec<PathBuf> = archive.file_names_raw().map(path_of).collect();
    let skips_papers = has_data(names.iter().map(PathBuf::as_path));
    for (number, path) in names.iter().enumerate() {
        // Its head says where it lies, even if it cannot be unpacked.
        let raw = match archive.by_index_raw(number) {
            Ok(raw) => Raw::of(&raw),
            Err(error) => {
                reading.lost(0, format!("zip: `{}`: {error}", path.display()), None)?;
                continue;
            }
        };
        let is_read = match named(path) {
            Named::Nothing => false,
            Named::Paper => !skips_papers,
            Named::Data => true,
        };
        if raw.is_folder || raw.size == 0 || !is_read {
            continue;
        }
        if raw.is_encrypted {
            let what = format!(
                "zip: `{}` is encrypted: unpack it with its password",
                path.display()
            );
            reading.lost(raw.at, what, Some(raw.stored))?;
            continue;
        }
        member(&mut archive, number, path, &raw, bytes, reading)?;
    }
    reading.finish(length)
}

/// What the directory says of a member.
struct Raw {
    at: u64,
    data: Option<u64>,
    stored: u64,
    size: u64,
    is_folder: bool,
    is_encrypted: bool,
    is_stored: bool,
}

impl Raw {
    fn of<R: io::Read>(file: &ZipFile<'_, R>) -> Raw {
        Raw {
            at: file.header_start(),
            data: file.data_start(),
            stored: file.compressed_size(),
            size: file.size(),
            is_folder: file.is_dir() || file.is_symlink(),
            is_encrypted: file.encrypted(),
            is_stored: file.compression() == CompressionMethod::Stored,
        }
    }
}

fn member(
    archive: &mut ZipArchive<Cursor<Bytes>>,
    number: usize,
    path: &Path,
    raw: &Raw,
    bytes: &Bytes,
    reading: &mut Reading<'_>,
) -> Result<(), Stop> {
    let data = raw.data.and_then(|data| usize::try_from(data).ok());
    let end = data.zip(usize::try_from(raw.stored).ok());
    let end = end.and_then(|(data, stored)| data.checked_add(stored));
    let slice = data.zip(end.filter(|&end| end <= bytes.len()));
    if let Some((data, end)) = slice.filter(|_| raw.is_stored) {
        // Members may all lie at the same place.
        if let Err(error) = reading.budget.take(raw.stored) {
            let what = format!("zip: `{}`: {error}", path.display());
            return reading.lost(raw.at, what, Some(raw.stored));
        }
        return reading.member(Member {
            path,
            at: data as u64,
            stored: raw.stored,
            content: Content::Bytes(bytes.slice(data..end)),
        });
    }
    let budget = reading.budget;
    match archive.by_index(number) {
        Ok(unpacked) => reading.member(Member {
            path,
            at: raw.at,
            stored: raw.stored,
            content: Content::Packed(Box::new(Metered::new(unpacked, budget))),
        }),
        Err(error) => {
            let what = format!("zip: `{}`: {error}", path.display());
            reading.lost(raw.at, what, Some(raw.stored))
        }
    }
}

/// An archive that was cut has no directory: what is whole before the cut is read.
fn cut(bytes: &Bytes, reading: &mut Reading<'_>) -> Result<(), Stop> {
    let mut input = Cursor::new(bytes.clone());
    let budget = reading.budget;
    loop {
        let at = input.position();
        let unpacked = match read_zipfile_from_stream(&mut input) {
            Ok(Some(unpacked)) => unpacked,
            Ok(None) | Err(_) => break,
        };
        let path = path_of(unpacked.name_raw());
        if named(&path) != Named::Data || unpacked.is_dir() {
            continue;
        }
        let stored = unpacked.compressed_size();
        reading.member(Member {
            path: &path,
            at,
            stored,
            content: Content::Packed(Box::new(Metered::new(unpacked, budget))),
        })?;
    }
    let what = "zip: the file ends too early: it has no directory of its members".to_owned();
    reading.lost(input.position().min(bytes.len() as u64), what, None)
}

/// Names are UTF-8 nowadays, marked or not; older ones are of some code page.
fn path_of(name: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(name).replace('\\', "/"))
}
