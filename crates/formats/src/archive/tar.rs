//! `.tar`.

use std::io::{self, Cursor};
use std::path::{Path, PathBuf};

use super::member::{self, Content, Member, Reading};
use super::{Named, has_data, named};
use crate::form::{SourceFile, has_extension};
use crate::sink::Stop;

/// Bytes of a header (POSIX.1-2017, pax, "ustar Interchange Format").
const HEADER: usize = 512;

pub(super) fn recognise(path: &Path, head: &[u8]) -> bool {
    let is_marked = head.get(257..262).is_some_and(|mark| mark == b"ustar");
    is_marked
        || has_extension(path, &["tar"])
        || has_extension(path, &["tgz", "tbz", "tbz2", "txz", "tzst"]) && is_old(head)
}

/// A header without a mark, of before 1988, has at least a sum of its bytes.
fn is_old(head: &[u8]) -> bool {
    let Some(header) = head.get(..HEADER) else {
        return false;
    };
    let sum = |bytes: &[u8]| bytes.iter().map(|&byte| u64::from(byte)).sum::<u64>();
    let own = sum(&header[..148]) + 8 * u64::from(b' ') + sum(&header[156..]);
    let said: String = header[148..156]
        .iter()
        .map(|&byte| char::from(byte))
        .collect();
    let said = said
        .trim_matches(|sign: char| !sign.is_ascii_digit())
        .to_owned();
    u64::from_str_radix(&said, 8) == Ok(own)
}

/// A member, as the headers say.
struct Entry {
    path: PathBuf,
    /// Where its header lies.
    at: u64,
    data: u64,
    size: u64,
    is_sparse: bool,
}

pub(super) fn read(file: &SourceFile<'_>, reading: &mut Reading<'_>) -> Result<(), Stop> {
    let bytes = &file.bytes;
    let length = bytes.len() as u64;
    let (entries, error) = entries(bytes);
    // Of an archive that is cut, the data may be what is missing.
    let skips_papers =
        error.is_some() || has_data(entries.iter().map(|entry| entry.path.as_path()));
    for entry in &entries {
        let is_read = match named(&entry.path) {
            Named::Nothing => false,
            Named::Paper => !skips_papers,
            Named::Data => true,
        };
        let stored = length.saturating_sub(entry.data).min(entry.size);
        if !is_read || entry.size == 0 {
            continue;
        }
        if entry.is_sparse {
            let what = format!(
                "tar: `{}` is sparse: unpack the archive",
                entry.path.display()
            );
            reading.lost(entry.at, what, Some(stored))?;
            continue;
        }
        let range = usize::try_from(entry.data)
            .ok()
            .zip(usize::try_from(stored).ok());
        let Some((data, stored)) = range.filter(|&(data, _)| data <= bytes.len()) else {
            continue;
        };
        if (stored as u64) < entry.size && member::is_text(&entry.path) {
            continue; // half a text is none: below it is said that the archive ends
        }
        reading.member(Member {
            path: &entry.path,
            at: entry.data,
            stored: stored as u64,
            content: Content::Bytes(bytes.slice(data..data + stored)),
        })?;
    }
    reading.finish(length)?;
    match error {
        Some((at, what, missing)) => reading.lost(at, format!("tar: {what}"), missing),
        None => Ok(()),
    }
}

type Broken = (u64, String, Option<u64>);

/// The members of an archive, up to where it cannot be read.
fn entries(bytes: &[u8]) -> (Vec<Entry>, Option<Broken>) {
    let length = bytes.len() as u64;
    let mut archive = tar::Archive::new(Cursor::new(bytes));
    let mut all: Vec<Entry> = Vec::new();
    let found = match archive.entries_with_seek() {
        Ok(found) => found,
        Err(error) => return (all, Some((0, error.to_string(), Some(length)))),
    };
    let mut end = 0;
    for entry in found {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                // The library says it in words only.
                let is_cut = error.kind() == io::ErrorKind::UnexpectedEof
                    || error.to_string().contains("read entire block")
                    || length - end < HEADER as u64;
                let what = match is_cut {
                    true => "the archive ends too early".to_owned(),
                    false => error.to_string(),
                };
                let missing = (!is_cut).then_some(length - end);
                return (all, Some((end, what, missing)));
            }
        };
        let kind = entry.header().entry_type();
        let (data, size) = (entry.raw_file_position(), entry.size());
        end = data.saturating_add(size).min(length);
        let is_cut = size > length.saturating_sub(data);
        if kind.is_file() || kind.is_gnu_sparse() || kind.is_contiguous() {
            let path = String::from_utf8_lossy(&entry.path_bytes()).replace('\\', "/");
            all.push(Entry {
                path: PathBuf::from(path),
                at: entry.raw_header_position(),
                data,
                size,
                is_sparse: kind.is_gnu_sparse(),
            });
        }
        if is_cut {
            let what = "the archive ends too early, in its last member".to_owned();
            return (all, Some((length, what, None)));
        }
    }
    // Two empty blocks are the end; some programs write none, and a cut between members looks the same.
    let rest = usize::try_from(end).ok().and_then(|end| bytes.get(end..));
    let is_marked = rest.is_none_or(|rest| rest.len() >= HEADER || all.is_empty());
    let broken = (
        length,
        "the archive has no end mark: it may end too early".to_owned(),
        None,
    );
    (all, (!is_marked).then_some(broken))
}
