//! The first 64 bytes of every file of an index. Format 1, little-endian, read by hand:
//!
//! ```text
//!  0  8 bytes  magic 89 'w' 'c' 'x' CR LF 1a LF: broken by whatever takes it for text
//!  8  u32      format
//! 12  u32      kind of file: 1 manifest, 2 segment, 3 state
//! 16  u64      length of the file
//! 24  u64      where its list begins: a multiple of 64; the list is the end of the file
//! 32  u64      length of the list, at most 1 MiB
//! 40  u64      XXH3-64 of the list
//! 48  u32      sections in the list
//! 52  u32      0
//! 56  u64      XXH3-64 of the 56 bytes before
//! ```
//!
//! It is written last, when the rest is known: until then its place holds zeros, which are no magic.

use super::coding::LIMIT;
use super::error::DiskFault;
use crate::hash;

/// Its length, and what the beginning of every section is a multiple of: a cache line, so that
/// no number of any size lies across two.
pub(super) const ALIGN: u64 = 64;
/// The same, as a length of memory.
pub(super) const PREAMBLE: usize = 64;

const MAGIC: [u8; 8] = *b"\x89wcx\r\n\x1a\n";
const FORMAT: u32 = 1;
/// Bytes that the last field guards.
const GUARDED: usize = 56;

/// What a preamble says.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Preamble {
    /// Kind of file, as a number.
    pub(super) kind: u32,
    /// Where the list begins.
    pub(super) list_offset: u64,
    /// Length of the list in bytes; the file ends with it.
    pub(super) list_length: u64,
    /// Checksum of the list.
    pub(super) list_xxh3: u64,
    /// Sections in the list.
    pub(super) sections: u32,
}

impl Preamble {
    /// Its bytes.
    pub(super) fn encode(&self) -> [u8; PREAMBLE] {
        let mut bytes = [0; PREAMBLE];
        let mut put = |offset: usize, field: &[u8]| {
            bytes[offset..offset + field.len()].copy_from_slice(field);
        };
        put(0, &MAGIC);
        put(8, &FORMAT.to_le_bytes());
        put(12, &self.kind.to_le_bytes());
        put(16, &(self.list_offset + self.list_length).to_le_bytes());
        put(24, &self.list_offset.to_le_bytes());
        put(32, &self.list_length.to_le_bytes());
        put(40, &self.list_xxh3.to_le_bytes());
        put(48, &self.sections.to_le_bytes());
        let guard = hash::bytes(&bytes[..GUARDED]);
        bytes[GUARDED..].copy_from_slice(&guard.to_le_bytes());
        bytes
    }

    /// Reads the preamble of a whole file, and finds its list, checked to be what was written.
    ///
    /// # Errors
    ///
    /// If the file is none of an index, of a newer format, cut, or damaged in its two ends.
    pub(super) fn decode(file: &[u8]) -> Result<(Preamble, &[u8]), DiskFault> {
        let begins = file.get(..MAGIC.len()).unwrap_or(file);
        if !MAGIC.starts_with(begins) {
            let found = begins.escape_ascii().to_string();
            return Err(DiskFault::NotOurs { found });
        }
        let Some(bytes) = file.first_chunk::<PREAMBLE>() else {
            return Err(DiskFault::Length {
                expected: ALIGN,
                found: file.len() as u64,
            });
        };
        let format = u32_at(bytes, 8);
        if format != FORMAT {
            return Err(DiskFault::NewerFormat {
                offset: 8,
                expected: FORMAT,
                found: format,
            });
        }
        checksum("preamble", 0, &bytes[..GUARDED], u64_at(bytes, GUARDED))?;
        let (expected, found) = (u64_at(bytes, 16), file.len() as u64);
        if expected != found {
            return Err(DiskFault::Length { expected, found });
        }
        number("padding", 52, 0, u32_at(bytes, 52).into())?;
        let preamble = Preamble {
            kind: u32_at(bytes, 12),
            list_offset: u64_at(bytes, 24),
            list_length: u64_at(bytes, 32),
            list_xxh3: u64_at(bytes, 40),
            sections: u32_at(bytes, 48),
        };
        let list = preamble.list(file)?;
        Ok((preamble, list))
    }

    /// The list, given the file.
    fn list<'a>(&self, file: &'a [u8]) -> Result<&'a [u8], DiskFault> {
        if self.list_length > LIMIT as u64 {
            return Err(DiskFault::Content {
                what: "its list is longer than any that wirecopy writes",
                offset: 32,
            });
        }
        let begins = (file.len() as u64).checked_sub(self.list_length);
        let begins = begins.filter(|&begins| begins >= ALIGN && begins.is_multiple_of(ALIGN));
        let Some(begins) = begins else {
            return Err(DiskFault::Content {
                what: "its list does not fit behind the preamble",
                offset: 32,
            });
        };
        number("beginning of the list", 24, begins, self.list_offset)?;
        let list = usize::try_from(begins)
            .ok()
            .and_then(|from| file.get(from..));
        let list = list.unwrap_or_default();
        checksum("list", begins, list, self.list_xxh3)?;
        Ok(list)
    }
}

/// The checksum of a file's two ends, by which a manifest names it.
pub(super) fn head_xxh3(preamble: &[u8], list: &[u8]) -> u64 {
    let mut running = hash::Running::default();
    running.update(preamble);
    running.update(list);
    running.finish()
}

/// Checks the bytes of a part of a file.
pub(super) fn checksum(
    what: &'static str,
    offset: u64,
    bytes: &[u8],
    expected: u64,
) -> Result<(), DiskFault> {
    match hash::bytes(bytes) {
        found if found == expected => Ok(()),
        found => Err(DiskFault::Checksum {
            what,
            offset,
            expected,
            found,
        }),
    }
}

/// Checks a number in a file.
pub(super) fn number(
    what: &'static str,
    offset: u64,
    expected: u64,
    found: u64,
) -> Result<(), DiskFault> {
    match found == expected {
        true => Ok(()),
        false => Err(DiskFault::Number {
            what,
            offset,
            expected,
            found,
        }),
    }
}

fn u32_at(bytes: &[u8; PREAMBLE], offset: usize) -> u32 {
    u32::from_le_bytes(at(bytes, offset))
}

fn u64_at(bytes: &[u8; PREAMBLE], offset: usize) -> u64 {
    u64::from_le_bytes(at(bytes, offset))
}

fn at<const N: usize>(bytes: &[u8; PREAMBLE], offset: usize) -> [u8; N] {
    *bytes[offset..]
        .first_chunk()
        .expect("a field lies within the preamble")
}
