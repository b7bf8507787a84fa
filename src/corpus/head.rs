//! The beginning of a file, decoded: what can be known before it is read.

use std::fs::File;
use std::io;

use memchr::memchr;

use super::decode::{Damage, decode};
use super::error::CorpusError;
use super::input::Compression;

/// The first bytes of a file, decoded: `least` of them and on to the end of a line, but not more
/// than `most`.
pub(super) fn read(
    file: &File,
    compression: Compression,
    least: usize,
    most: usize,
    failed: impl Fn(io::Error) -> CorpusError,
) -> Result<Head, CorpusError> {
    let mut head = Head::default();
    let decoded = decode(file, compression, failed, &mut |bytes, position| {
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
    /// Where it could not be decoded, if it was read to its end.
    pub(super) damages: Vec<Damage>,
}
