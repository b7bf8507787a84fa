//! Decoding gzip and Zstandard, all members of a file, over damage.
//!
//! A file is a row of *members* (gzip, RFC 1952) or *frames* (Zstandard, RFC 8878), each decodable
//! alone. Where one is damaged, what it gave before the damage is kept, and decoding goes on with
//! the next place that looks like the head of a member and indeed decodes.

use std::fs::File;
use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;
use memchr::memmem;

use super::error::CorpusError;
use super::file_from::{FileFrom, read_full_at};
use super::input::Compression;

/// A place where compressed bytes cannot be decoded.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Damage {
    /// Bytes decoded before it.
    pub(super) decoded: u64,
    /// Where in the compressed file, within the decoder's look-ahead.
    pub(super) at: u64,
    /// What the decoder said.
    pub(super) message: String,
    /// Whether decoding went on behind it.
    pub(super) resumed: bool,
    /// Bytes of the compressed file that were not decoded; nothing where it ends too early.
    pub(super) missing: Option<u64>,
}

impl Damage {
    /// Where a file ends too early.
    pub(super) fn at_the_end(decoded: u64, at: u64, message: &str) -> Damage {
        Damage {
            decoded,
            at,
            message: message.to_owned(),
            resumed: false,
            missing: None,
        }
    }
}

/// Takes decoded bytes, and how far the compressed file is read.
pub(super) type Sink<'s> = &'s mut dyn FnMut(&[u8], u64) -> Result<(), CorpusError>;

/// Bytes handed on at a time: about what a core's cache holds.
const CHUNK: usize = 256 << 10;
/// The largest window a Zstandard frame may ask for, as a power of two: 2 GB, the format's
/// `--long=31`. The decoder's own default of 128 MB refuses frames made with `--long`.
const WINDOW_LOG_MAX: u32 = 31;
/// Decoded bytes after which a place that looks like a member's head is taken for one. Random
/// bytes do not decode so far: a deflate block starts with a code that must be complete.
const CONVINCING: u64 = 32 << 10;

/// Decodes a whole file into `sink`.
///
/// # Errors
///
/// What the sink says, or a failing device. Damage is none: it is listed.
pub(super) fn decode(
    file: &File,
    compression: Compression,
    failed: impl Fn(io::Error) -> CorpusError,
    sink: Sink<'_>,
) -> Result<Vec<Damage>, CorpusError> {
    let mut chunk = vec![0; CHUNK];
    let mut from = FileFrom::at(file, 0);
    let (mut decoded, mut damages) = (0, Vec::new());
    loop {
        let start = from.position();
        let first = match from.fill_buf() {
            Ok(bytes) => bytes.first().copied(),
            Err(error) => return Err(failed(from.take_failure().unwrap_or(error))),
        };
        if start == 0 && first.is_none() && compression != Compression::None {
            // Even of no bytes at all a member or frame is made.
            damages.push(Damage::at_the_end(0, 0, "the file is empty"));
        }
        if first.is_none()
            || (start > 0 && first == Some(0) && from.only_zeros().map_err(&failed)?)
        {
            return Ok(damages);
        }
        let mut given = |bytes: &[u8], position: u64| {
            decoded += bytes.len() as u64;
            sink(bytes, position)
        };
        let stopped = match compression {
            Compression::Gzip => gzip(from, &mut chunk, &mut given),
            Compression::Zstd => zstd(from, &mut chunk, &mut given),
            Compression::None => copy(from, &mut chunk, &mut given),
        }?;
        from = match stopped {
            Stopped::AtEnd(behind) => behind,
            Stopped::Failed(error) => return Err(failed(error)),
            Stopped::Broken { at, error } => {
                let next = next_member(file, start + 1, compression).map_err(&failed)?;
                let ends_early = next.is_none() && error.kind() == io::ErrorKind::UnexpectedEof;
                let end = match next {
                    Some(next) => next,
                    None => file.metadata().map_err(&failed)?.len(),
                };
                damages.push(Damage {
                    decoded,
                    at,
                    message: describe(&error),
                    resumed: next.is_some(),
                    missing: (!ends_early).then(|| end.saturating_sub(at)),
                });
                match next {
                    Some(next) => FileFrom::at(file, next),
                    None => return Ok(damages),
                }
            }
        };
    }
}

/// How the decoding of one member ended.
enum Stopped<'f> {
    /// At its end; the next one follows.
    AtEnd(FileFrom<'f>),
    /// Before it.
    Broken { at: u64, error: io::Error },
    /// The device failed, which says nothing of the bytes.
    Failed(io::Error),
}

impl Stopped<'_> {
    /// How it ended, after a reader of the file gave this error.
    fn of<'f>(from: &mut FileFrom<'_>, error: io::Error) -> Stopped<'f> {
        match from.take_failure() {
            Some(failure) => Stopped::Failed(failure),
            None => Stopped::Broken {
                at: from.position(),
                error,
            },
        }
    }
}

fn gzip<'f>(
    from: FileFrom<'f>,
    chunk: &mut [u8],
    sink: Sink<'_>,
) -> Result<Stopped<'f>, CorpusError> {
    let mut member = GzDecoder::new(from);
    loop {
        match member.read(chunk) {
            Ok(0) => return Ok(Stopped::AtEnd(member.into_inner())),
            Ok(length) => sink(&chunk[..length], member.get_ref().position())?,
            Err(error) => return Ok(Stopped::of(member.get_mut(), error)),
        }
    }
}

fn zstd<'f>(
    from: FileFrom<'f>,
    chunk: &mut [u8],
    sink: Sink<'_>,
) -> Result<Stopped<'f>, CorpusError> {
    let start = from.position();
    let broken = |error| Stopped::Broken { at: start, error };
    let mut frame = match ::zstd::Decoder::with_buffer(from) {
        Ok(frame) => frame.single_frame(),
        Err(error) => return Ok(broken(error)),
    };
    if let Err(error) = frame.window_log_max(WINDOW_LOG_MAX) {
        return Ok(broken(error));
    }
    loop {
        let error = match frame.read(chunk) {
            Ok(0) => match frame.finish_frame() {
                Ok(()) => return Ok(Stopped::AtEnd(frame.into_inner())),
                Err(error) => error,
            },
            Ok(length) => {
                sink(&chunk[..length], frame.get_ref().position())?;
                continue;
            }
            Err(error) => error,
        };
        return Ok(Stopped::of(frame.get_mut(), error));
    }
}

/// Hands on bytes that are not compressed.
fn copy<'f>(
    mut from: FileFrom<'f>,
    chunk: &mut [u8],
    sink: Sink<'_>,
) -> Result<Stopped<'f>, CorpusError> {
    loop {
        match from.read(chunk) {
            Ok(0) => return Ok(Stopped::AtEnd(from)),
            Ok(length) => sink(&chunk[..length], from.position())?,
            Err(error) => return Ok(Stopped::of(&mut from, error)),
        }
    }
}

/// The next place, from one on, where a member starts.
fn next_member(file: &File, from: u64, compression: Compression) -> io::Result<Option<u64>> {
    let magic: &[u8] = match compression {
        Compression::Gzip => &[0x1F, 0x8B, 0x08],
        Compression::Zstd => &[0x28, 0xB5, 0x2F, 0xFD],
        Compression::None => return Ok(None),
    };
    let overlap = magic.len() - 1;
    let mut buffer = vec![0; CHUNK];
    let mut at = from;
    loop {
        let length = read_full_at(file, &mut buffer, at)?;
        for found in memmem::find_iter(&buffer[..length], magic) {
            let place = at + found as u64;
            if decodes(file, place, compression) {
                return Ok(Some(place));
            }
        }
        if length < buffer.len() {
            return Ok(None);
        }
        at += (length - overlap) as u64;
    }
}

/// Whether a member at this place decodes, to its end or for long enough.
fn decodes(file: &File, place: u64, compression: Compression) -> bool {
    let mut chunk = vec![0; CHUNK];
    let mut length = 0;
    let mut given = |bytes: &[u8], _| {
        length += bytes.len() as u64;
        if length >= CONVINCING {
            return Err(CorpusError::Cancelled);
        }
        Ok(())
    };
    let from = FileFrom::at(file, place);
    let stopped = match compression {
        Compression::Gzip => gzip(from, &mut chunk, &mut given),
        Compression::Zstd => zstd(from, &mut chunk, &mut given),
        Compression::None => return false,
    };
    match stopped {
        Ok(Stopped::AtEnd(_)) | Err(_) => true,
        // A sound member whose end was never written still gives what it has.
        Ok(Stopped::Broken { error, .. }) => {
            error.kind() == io::ErrorKind::UnexpectedEof && length > 0
        }
        // Found out again where it is decoded.
        Ok(Stopped::Failed(_)) => true,
    }
}

fn describe(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => "the file ends too early".to_owned(),
        _ => error.to_string(),
    }
}
