//! Decoding one member of a gzip file, or one frame of a Zstandard file, after another.

use std::cell::RefCell;
use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;
use wirecopy_formats::codecs::Codec;
use zstd::stream::raw::{self, InBuffer, Operation, OutBuffer};
use zstd::zstd_safe::DParameter;

use super::allowed::Allowed;
use super::decode::Sink;
use super::error::CorpusError;
use super::file_from::FileFrom;
use super::kind::Compression;

/// Bytes handed on at a time: about what a core's cache holds.
const CHUNK: usize = 256 << 10;

/// What members are decoded with, kept from one to the next: many may be tiny.
pub(super) struct Members {
    pub(super) compression: Compression,
    /// The largest window a frame may ask for.
    window: u64,
    chunk: Vec<u8>,
    /// Made when the first frame comes.
    zstd: Option<raw::Decoder<'static>>,
}

/// A reader that says where it is while a decoder reads from it.
struct Shared<'r, 'f>(&'r RefCell<&'r mut FileFrom<'f>>);

impl Read for Shared<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.0.borrow_mut().read(into)
    }
}

/// How the decoding of one member ended.
pub(super) enum Stopped {
    /// At its end; the next one follows.
    AtEnd,
    /// Before it.
    Broken { at: u64, error: io::Error },
    /// It asks for a larger window than is allowed.
    TooWide { at: u64, window: u64 },
    /// The device failed, which says nothing of the bytes.
    Failed(io::Error),
}

impl Stopped {
    /// How it ended, after a reader of the file gave this error.
    fn of(from: &mut FileFrom<'_>, error: io::Error) -> Stopped {
        match from.take_failure() {
            Some(failure) => Stopped::Failed(failure),
            None => Stopped::Broken {
                at: from.position(),
                error,
            },
        }
    }
}

impl Members {
    pub(super) fn new(compression: Compression, window: u64) -> Members {
        Members {
            compression,
            window,
            chunk: vec![0; CHUNK],
            zstd: None,
        }
    }

    /// Decodes the member that starts where the file is.
    pub(super) fn decode(
        &mut self,
        from: &mut FileFrom<'_>,
        sink: Sink<'_>,
    ) -> Result<Stopped, CorpusError> {
        match self.compression {
            Compression::Gzip => self.gzip(from, sink),
            Compression::Zstd => self.zstd(from, sink),
            Compression::None => self.copy(from, sink),
            Compression::Other(codec) => self.all(codec, from, sink),
        }
    }

    fn gzip(&mut self, from: &mut FileFrom<'_>, sink: Sink<'_>) -> Result<Stopped, CorpusError> {
        let mut member = GzDecoder::new(from);
        loop {
            match member.read(&mut self.chunk) {
                Ok(0) => return Ok(Stopped::AtEnd),
                Ok(length) => sink(&self.chunk[..length], member.get_ref().position())?,
                Err(error) => return Ok(Stopped::of(member.get_mut(), error)),
            }
        }
    }

    fn zstd(&mut self, from: &mut FileFrom<'_>, sink: Sink<'_>) -> Result<Stopped, CorpusError> {
        let Members { chunk, zstd, .. } = self;
        let at = from.position();
        let window = match from.ahead(LONGEST_HEAD) {
            Ok(head) => window_of(head),
            Err(error) => return Ok(Stopped::of(from, error)),
        };
        let is_too_wide = |window: &u64| *window > self.window && *window <= Allowed::WIDEST; // more is damage
        if let Some(window) = window.filter(is_too_wide) {
            return Ok(Stopped::TooWide { at, window });
        }
        let frame = match begin_frame(zstd) {
            Ok(frame) => frame,
            Err(error) => return Ok(Stopped::of(from, error)),
        };
        loop {
            let input = match from.fill_buf() {
                Ok(input) => input,
                Err(error) => return Ok(Stopped::of(from, error)),
            };
            let is_end = input.is_empty();
            let mut read = InBuffer::around(input);
            let mut written = OutBuffer::around(&mut chunk[..]);
            let left = match frame.run(&mut read, &mut written) {
                Ok(left) => left,
                Err(error) => return Ok(Stopped::of(from, error)),
            };
            let (taken, given) = (read.pos(), written.pos());
            from.consume(taken);
            if given > 0 {
                sink(&chunk[..given], from.position())?;
            }
            if left == 0 {
                return Ok(Stopped::AtEnd);
            }
            if is_end && given == 0 {
                let error = io::ErrorKind::UnexpectedEof.into();
                return Ok(Stopped::of(from, error));
            }
        }
    }

    /// Decodes all that is left of a file: these codecs go on from one member to the next by themselves.
    fn all(
        &mut self,
        codec: Codec,
        from: &mut FileFrom<'_>,
        sink: Sink<'_>,
    ) -> Result<Stopped, CorpusError> {
        let from = RefCell::new(from);
        let mut reader = match codec.reader(Box::new(Shared(&from))) {
            Ok(reader) => reader,
            Err(error) => return Ok(Stopped::of(&mut from.borrow_mut(), error)),
        };
        loop {
            match reader.read(&mut self.chunk) {
                Ok(0) => return Ok(Stopped::AtEnd),
                Ok(length) => {
                    let at = from.borrow().position();
                    sink(&self.chunk[..length], at)?;
                }
                Err(error) => return Ok(Stopped::of(&mut from.borrow_mut(), error)),
            }
        }
    }

    /// Hands on bytes that are not compressed.
    fn copy(&mut self, from: &mut FileFrom<'_>, sink: Sink<'_>) -> Result<Stopped, CorpusError> {
        loop {
            match from.read(&mut self.chunk) {
                Ok(0) => return Ok(Stopped::AtEnd),
                Ok(length) => sink(&self.chunk[..length], from.position())?,
                Err(error) => return Ok(Stopped::of(from, error)),
            }
        }
    }
}

/// The decoder of frames, ready for another one.
fn begin_frame<'d>(
    decoder: &'d mut Option<raw::Decoder<'static>>,
) -> io::Result<&'d mut raw::Decoder<'static>> {
    if let Some(used) = decoder {
        used.reinit()?;
    }
    match decoder {
        Some(ready) => Ok(ready),
        none => {
            let mut new = raw::Decoder::new()?;
            // The window was looked at before.
            new.set_parameter(DParameter::WindowLogMax(Allowed::WIDEST.ilog2()))?;
            Ok(none.insert(new))
        }
    }
}

/// Bytes of the longest head of a frame, as far as it gives the window.
pub(super) const LONGEST_HEAD: usize = 4 + 1 + 4 + 8;

/// Bytes that a Zstandard frame with that head asks to look back on (RFC 8878, section 3.1.1.1);
/// nothing for what is no such head.
pub(super) fn window_of(head: &[u8]) -> Option<u64> {
    let descriptor = match *head {
        [0x28, 0xB5, 0x2F, 0xFD, descriptor, ..] => descriptor,
        _ => return None,
    };
    let rest = &head[5..];
    let is_single_segment = descriptor & 0x20 != 0;
    if !is_single_segment {
        let window = *rest.first()?;
        let base = 1u64 << (10 + (window >> 3));
        return Some(base + base / 8 * u64::from(window & 7));
    }
    // All of the content, whose length is behind the number of a dictionary.
    let dictionary = [0, 1, 2, 4][usize::from(descriptor & 3)];
    let width = [1, 2, 4, 8][usize::from(descriptor >> 6)];
    let field = rest.get(dictionary..dictionary + width)?;
    let mut bytes = [0; 8];
    bytes[..width].copy_from_slice(field);
    let length = u64::from_le_bytes(bytes);
    Some(if width == 2 { length + 256 } else { length })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_of_a_frame_is_what_its_head_says() {
        use zstd::zstd_safe::CParameter;
        let content = vec![b'x'; 3 << 20];
        for log in [10, 20, 27, 31] {
            let mut encoder = zstd::Encoder::new(Vec::new(), 1).unwrap();
            encoder.set_parameter(CParameter::WindowLog(log)).unwrap();
            io::copy(&mut &content[..], &mut encoder).unwrap();
            let frame = encoder.finish().unwrap();
            assert_eq!(window_of(&frame), Some(1 << log));
        }
        for length in [0, 200, 300, 70_000] {
            let frame = zstd::bulk::compress(&content[..length], 1).unwrap();
            assert_eq!(window_of(&frame), Some(length as u64));
        }
        assert_eq!(window_of(b"\x1f\x8b\x08 no frame"), None);
        assert_eq!(window_of(&[0x28, 0xB5, 0x2F, 0xFD]), None);
    }
}
