//! Writing at a place in a file that other threads write to as well.
//!
//! Long slices go to the operating system as they are. Short ones are gathered, as below some
//! length the call costs more than the copy.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;

use crate::output::error::OutputError;

/// Slices this long are not gathered.
const DIRECT: usize = 64 * 1024;
/// Bytes gathered before they are written; they stay in the second-level cache.
const GATHERED: usize = 256 * 1024;

/// The place where the next bytes go.
pub(super) struct Positioned<'f> {
    file: &'f File,
    path: &'f Path,
    at: u64,
    buffer: &'f mut Vec<u8>,
}

impl<'f> Positioned<'f> {
    /// Starts at `at`, with a buffer whose content does not matter.
    pub(super) fn at(
        file: &'f File,
        path: &'f Path,
        at: u64,
        buffer: &'f mut Vec<u8>,
    ) -> Positioned<'f> {
        buffer.clear();
        Positioned {
            file,
            path,
            at,
            buffer,
        }
    }

    /// Writes bytes, sooner or later.
    pub(super) fn put(&mut self, bytes: &[u8]) -> Result<(), OutputError> {
        if bytes.len() >= DIRECT {
            self.drain()?;
            return self.write(bytes);
        }
        if self.buffer.len() + bytes.len() > GATHERED {
            self.drain()?;
        }
        self.buffer.extend_from_slice(bytes);
        Ok(())
    }

    /// Writes bytes at once; nothing may be waiting.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), OutputError> {
        self.file
            .write_all_at(bytes, self.at)
            .map_err(OutputError::writing(self.path, self.at))?;
        self.at += bytes.len() as u64;
        Ok(())
    }

    /// Writes what is waiting, and returns the place behind the last byte.
    pub(super) fn finish(mut self) -> Result<u64, OutputError> {
        self.drain()?;
        Ok(self.at)
    }

    fn drain(&mut self) -> Result<(), OutputError> {
        let buffer = std::mem::take(self.buffer);
        let written = self.write(&buffer);
        *self.buffer = buffer;
        self.buffer.clear();
        written
    }
}
