//! Where decoding goes on behind damage: the next place that looks like the head of a member and
//! indeed decodes.
//!
//! A member may have swallowed the head of the next one before it was found to be damaged, so the
//! search starts with the byte behind its own head. Bytes of untrusted files may be full of heads that
//! decode for a while and then do not: what all attempts of a file together may cost is bounded.

use std::fs::File;
use std::io;

use memchr::memmem;

use super::error::CorpusError;
use super::file_from::{FileFrom, read_full_at};
use super::kind::Compression;
use super::member::{Members, Stopped};

/// Decoded bytes after which a place that looks like a member's head is taken for one. Random
/// bytes do not decode so far: a deflate block starts with a code that must be complete.
const CONVINCING: u64 = 32 << 10;
/// Bytes searched at a time.
const CHUNK: usize = 256 << 10;
/// What an attempt costs besides the bytes it reads, as bytes: a decoder is set up, and a piece of the
/// file read.
const ATTEMPT: u64 = 64 << 10;
/// What attempts may cost in any file: a thousand of them, about a tenth of a second. Three bytes that
/// say gzip stand by chance once in 16 MB, so that even many gigabytes of damage cost no more.
const LEAST: u64 = 64 << 20;

/// The search for members in a file.
pub(super) struct Search {
    /// What attempts may still cost.
    left: u64,
}

/// Why a search ended without an answer.
pub(super) enum Ended {
    /// The file cannot be read.
    Io(io::Error),
    /// The caller does not want to go on.
    Stopped(CorpusError),
}

impl Ended {
    pub(super) fn into_error(self, failed: impl Fn(io::Error) -> CorpusError) -> CorpusError {
        match self {
            Ended::Io(error) => failed(error),
            Ended::Stopped(error) => error,
        }
    }
}

impl Search {
    /// A search in a file of that length: twice its bytes may be read in vain.
    pub(super) fn new(length: u64) -> Search {
        Search {
            left: LEAST.saturating_add(length.saturating_mul(2)),
        }
    }

    fn charge(&mut self, bytes: u64) {
        self.left = self.left.saturating_sub(ATTEMPT.saturating_add(bytes));
    }

    /// The next place where a member starts, behind the head of one that starts at `start` and could
    /// not be decoded beyond `at`. Nothing either where the search would cost too much.
    pub(super) fn next(
        &mut self,
        start: u64,
        at: u64,
        file: &File,
        members: &mut Members,
        go_on: &dyn Fn() -> Result<(), CorpusError>,
    ) -> Result<Option<u64>, Ended> {
        let magic: &[u8] = match members.compression {
            Compression::Gzip => &[0x1F, 0x8B, 0x08],
            Compression::Zstd => &[0x28, 0xB5, 0x2F, 0xFD],
            Compression::None | Compression::Other(_) => return Ok(None),
        };
        self.charge(at.saturating_sub(start));
        let overlap = magic.len() - 1;
        let mut buffer = vec![0; CHUNK];
        let mut from = FileFrom::at(file, start);
        let mut place = start + 1;
        loop {
            go_on().map_err(Ended::Stopped)?;
            let length = read_full_at(file, &mut buffer, place).map_err(Ended::Io)?;
            for found in memmem::find_iter(&buffer[..length], magic) {
                if self.left == 0 {
                    return Ok(None);
                }
                go_on().map_err(Ended::Stopped)?;
                let head = place + found as u64;
                if self.decodes(&mut from, head, members)? {
                    return Ok(Some(head));
                }
            }
            if length < buffer.len() {
                return Ok(None);
            }
            place += (length - overlap) as u64;
        }
    }

    /// Whether a member at this place decodes, to its end or for long enough.
    fn decodes(
        &mut self,
        from: &mut FileFrom<'_>,
        head: u64,
        members: &mut Members,
    ) -> Result<bool, Ended> {
        let mut length = 0;
        let mut given = |bytes: &[u8], _| {
            length += bytes.len() as u64;
            match length >= CONVINCING {
                true => Err(CorpusError::Cancelled),
                false => Ok(()),
            }
        };
        from.go_to(head);
        match members.decode(from, &mut given) {
            Ok(Stopped::AtEnd) | Err(_) => return Ok(true),
            Ok(Stopped::Failed(error)) => return Err(Ended::Io(error)),
            // A sound member whose end was never written still gives what it has.
            Ok(Stopped::Broken { error, .. })
                if error.kind() == io::ErrorKind::UnexpectedEof && length > 0 =>
            {
                return Ok(true);
            }
            Ok(Stopped::Broken { .. } | Stopped::TooWide { .. }) => {}
        }
        self.charge(from.position() - head);
        Ok(false)
    }
}
