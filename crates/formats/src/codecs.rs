//! Compressions of whole files: which one a file has, and a reader of what is inside.
//!
//! Files that several programs or threads wrote one behind the other (`cat a.xz b.xz`, pbzip2, pixz) are read whole. Input that
//! ends too early gives [`io::ErrorKind::UnexpectedEof`] after all that could be decoded, with every codec.

mod ends;
mod lz4;
mod lzw;

use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use crate::form::has_extension;

/// A dictionary or window may take so much, in bytes. `xz -9` asks for 64 MiB, `zstd --ultra -22` for 128 MiB; a file may claim
/// 4 GiB without having anything.
const MOST_MEMORY: u32 = 1 << 30;

/// How a file is compressed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Codec {
    /// `.br`: has no magic bytes, so its name says it.
    Brotli,
    /// `.bz2`
    Bzip2,
    /// `.Z`, of the program `compress`.
    Compress,
    /// `.gz`
    Gzip,
    /// `.lz4`, frames of the format's version 1.
    Lz4,
    /// `.lz`
    Lzip,
    /// `.lzma`, older than `.xz`: has hardly a magic byte, so its name counts, too.
    Lzma,
    /// `.xz`
    Xz,
    /// `.zst`
    Zstd,
}

/// How a file is compressed, by its path and its first bytes, of which 16 are enough.
pub fn codec_of(path: &Path, head: &[u8]) -> Option<Codec> {
    Some(match *head {
        [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => Codec::Xz,
        // A level, and the first block's magic number or the end of the stream.
        [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, ..] => Codec::Bzip2,
        [b'B', b'Z', b'h', b'1'..=b'9', 0x17, 0x72, 0x45, ..] => Codec::Bzip2,
        [0x1F, 0x8B, 8, ..] => Codec::Gzip,
        [0x1F, 0x9D, ..] => Codec::Compress,
        [0x28, 0xB5, 0x2F, 0xFD, ..] => Codec::Zstd,
        [0x04, 0x22, 0x4D, 0x18, ..] => Codec::Lz4,
        [b'L', b'Z', b'I', b'P', 1, ..] => Codec::Lzip,
        // Frames to be skipped belong to both formats (RFC 8878, section 3.1.2); pzstd begins with them.
        [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] if has_extension(path, &["lz4"]) => Codec::Lz4,
        [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Codec::Zstd,
        // Properties below 9 × 5 × 5 (xz's doc/lzma-file-format.txt).
        [..225, ..] if has_extension(path, &["lzma"]) => Codec::Lzma,
        [_, ..] if has_extension(path, &["br", "brotli"]) => Codec::Brotli,
        _ => return None,
    })
}

impl Codec {
    /// The extensions of its files.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Codec::Brotli => &["br", "brotli"],
            Codec::Bzip2 => &["bz2", "bz", "tbz", "tbz2"],
            Codec::Compress => &["Z", "z", "taz"],
            Codec::Gzip => &["gz", "gzip", "tgz"],
            Codec::Lz4 => &["lz4"],
            Codec::Lzip => &["lz", "tlz"],
            Codec::Lzma => &["lzma"],
            Codec::Xz => &["xz", "txz"],
            Codec::Zstd => &["zst", "zstd", "tzst"],
        }
    }

    /// Reads what is inside.
    ///
    /// # Errors
    ///
    /// If the device fails before the first byte. Damage comes when it is read.
    pub fn reader<'r>(self, compressed: Box<dyn Read + 'r>) -> io::Result<Box<dyn Read + 'r>> {
        let mut input = ends::Watched::new(compressed);
        let ended = input.ended();
        if input.fill_buf()?.is_empty() {
            return Ok(Box::new(ends::TooShort));
        }
        let limit = MOST_MEMORY >> 10;
        let inside: Box<dyn Read + 'r> = match self {
            Codec::Brotli => Box::new(brotli_decompressor::Decompressor::new(input, 64 << 10)),
            Codec::Bzip2 => Box::new(bzip2::bufread::MultiBzDecoder::new(input)),
            Codec::Compress => Box::new(lzw::Lzw::new(input)),
            Codec::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(input)),
            Codec::Lz4 => Box::new(lz4::Frames::new(input)),
            Codec::Lzip => Box::new(lzma_rust2::LzipReader::new(input)),
            Codec::Lzma => Box::new(lzma_rust2::LzmaReader::new_mem_limit(input, limit, None)?),
            Codec::Xz => Box::new(lzma_rust2::XzReader::new_mem_limit(input, true, limit)),
            Codec::Zstd => {
                let mut decoder = zstd::Decoder::with_buffer(input)?;
                decoder.window_log_max(MOST_MEMORY.ilog2())?;
                Box::new(decoder)
            }
        };
        // Decoders hand over a few bytes at a time, some of them.
        Ok(Box::new(BufReader::with_capacity(
            64 << 10,
            ends::Ends::new(inside, ended),
        )))
    }
}

#[cfg(test)]
mod tests;
