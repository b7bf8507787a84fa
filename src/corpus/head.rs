//! The beginning of a file, decoded: what can be known before it is read.

use std::fs::File;
use std::path::Path;

use memchr::memchr;

use super::allowed::Damage;
use super::decode::decode;
use super::error::CorpusError;
use super::file_from::read_full_at;
use super::kind::Compression;
use super::member::{LONGEST_HEAD, window_of};
use super::options::ReadOptions;

/// The first bytes of a file, decoded: `least` of them and on to the end of a line, but not more
/// than `most`.
pub(super) fn read(
    file: &File,
    path: &Path,
    compression: Compression,
    least: usize,
    most: usize,
    options: &ReadOptions,
) -> Result<Head, CorpusError> {
    let mut head = Head::default();
    if compression == Compression::Zstd {
        let mut first = [0; LONGEST_HEAD];
        let read = read_full_at(file, &mut first, 0);
        let read = read.map_err(|error| CorpusError::io(path, "read it", error))?;
        head.window = window_of(&first[..read]).unwrap_or(0);
    }
    // Only a little of a window is filled by a beginning.
    let allowed = options.allowed(1, &|| Ok(()));
    let decoded = decode(file, path, compression, allowed, &mut |bytes, position| {
        head.bytes.extend_from_slice(bytes);
        head.read = position;
        let new = least.max(head.bytes.len() - bytes.len());
        let behind = head.bytes.get(new..).unwrap_or_default();
        head.cut = memchr(b'\n', behind).is_some() || head.bytes.len() >= most;
        if head.cut {
            return Err(CorpusError::Cancelled);
        }
        Ok(())
    });
    match decoded {
        Err(CorpusError::Cancelled) if head.cut => Ok(head),
        Err(error) => Err(error),
        Ok(damages) => {
            head.damages = damages;
            Ok(head)
        }
    }
}

/// The beginning of a file, decoded.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) bytes: Vec<u8>,
    /// Bytes of the compressed file that it took.
    pub(super) read: u64,
    /// Whether the file goes on behind it.
    pub(super) cut: bool,
    /// Bytes that its first frame asks to look back on, if it is Zstandard.
    pub(super) window: u64,
    /// Where it could not be decoded, if it was read to its end.
    pub(super) damages: Vec<Damage>,
}
