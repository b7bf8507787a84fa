//! Input that ends too early, said the same way by every decoder.
//!
//! Some decoders say that their input is invalid where it is merely cut. Whether one had asked for more than there was is seen
//! from below, so that is where it is noted.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the end of the input was seen.
pub(super) type Ended = Arc<AtomicBool>;

/// Compressed bytes, that notes when there are no more.
pub(super) struct Watched<'r> {
    input: BufReader<Box<dyn Read + 'r>>,
    ended: Ended,
}

impl<'r> Watched<'r> {
    pub(super) fn new(input: Box<dyn Read + 'r>) -> Watched<'r> {
        Watched {
            input: BufReader::with_capacity(64 << 10, input),
            ended: Ended::default(),
        }
    }

    pub(super) fn ended(&self) -> Ended {
        Arc::clone(&self.ended)
    }
}

impl Read for Watched<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.input.read(into)?;
        if length == 0 && !into.is_empty() {
            self.ended.store(true, Ordering::Relaxed);
        }
        Ok(length)
    }
}

impl BufRead for Watched<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let bytes = self.input.fill_buf()?;
        if bytes.is_empty() {
            self.ended.store(true, Ordering::Relaxed);
        }
        Ok(bytes)
    }

    fn consume(&mut self, length: usize) {
        self.input.consume(length);
    }
}

/// Decoded bytes. An error behind the end of the input is that the input ended.
pub(super) struct Ends<'r> {
    inside: Box<dyn Read + 'r>,
    ended: Ended,
    /// A decoder that failed may say anything when it is asked again.
    failed: Option<(io::ErrorKind, String)>,
}

impl<'r> Ends<'r> {
    pub(super) fn new(inside: Box<dyn Read + 'r>, ended: Ended) -> Ends<'r> {
        Ends {
            inside,
            ended,
            failed: None,
        }
    }
}

impl Read for Ends<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if let Some((kind, what)) = &self.failed {
            return Err(io::Error::new(*kind, what.clone()));
        }
        match self.inside.read(into) {
            Ok(length) => Ok(length),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(error) => {
                let error = match self.ended.load(Ordering::Relaxed) {
                    true => too_short(),
                    false => error,
                };
                self.failed = Some((error.kind(), error.to_string()));
                Err(error)
            }
        }
    }
}

pub(super) fn too_short() -> io::Error {
    io::Error::new(
        io::ErrorKind::UnexpectedEof,
        "the compressed data ends too early",
    )
}

/// No bytes at all, which no codec makes.
pub(super) struct TooShort;

impl Read for TooShort {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(too_short())
    }
}
