//! `OutputFile`: a file being written, whose errors say which file it is.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::error::OutputError;
use super::lasting::close;

/// Bytes gathered before the operating system is called: large enough that the call costs
/// nothing against the copy, small enough to stay in the second-level cache.
const BUFFER: usize = 256 * 1024;

/// A buffered file. Call [`finish`](OutputFile::finish): a file that is only dropped may lack its
/// last bytes.
#[derive(Debug)]
#[must_use]
pub struct OutputFile {
    path: PathBuf,
    file: File,
    buffer: Vec<u8>,
    written: u64,
}

impl OutputFile {
    /// Creates the file `path`, or empties it.
    ///
    /// # Errors
    ///
    /// [`OutputError::Io`] if it cannot be created.
    pub fn create(path: impl Into<PathBuf>) -> Result<OutputFile, OutputError> {
        let path = path.into();
        let file = File::create(&path).map_err(OutputError::io("create", &path))?;
        Ok(OutputFile {
            path,
            file,
            buffer: Vec::with_capacity(BUFFER),
            written: 0,
        })
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Appends bytes.
    ///
    /// # Errors
    ///
    /// [`OutputError::DiskFull`], or [`OutputError::Io`] with the path.
    pub fn put(&mut self, bytes: &[u8]) -> Result<(), OutputError> {
        let written = self.written;
        self.append(bytes)
            .map_err(OutputError::writing(&self.path, written))
    }

    /// Appends rows: `row` is called once and adds its bytes to the buffer it is given.
    ///
    /// # Errors
    ///
    /// As [`put`](OutputFile::put).
    pub fn put_with(&mut self, row: impl FnOnce(&mut Vec<u8>)) -> Result<(), OutputError> {
        row(&mut self.buffer);
        if self.buffer.len() >= BUFFER {
            let written = self.written;
            self.drain()
                .map_err(OutputError::writing(&self.path, written))?;
        }
        Ok(())
    }

    /// Hands over what is left, closes the file and returns its length in bytes.
    ///
    /// # Errors
    ///
    /// As [`put`](OutputFile::put); also what the system says only now, and [`OutputError::Lost`].
    pub fn finish(mut self) -> Result<u64, OutputError> {
        let written = self.written;
        self.drain()
            .map_err(OutputError::writing(&self.path, written))?;
        close(self.file, &self.path, self.written)?;
        Ok(self.written)
    }

    /// The same, and flushes it to the disk.
    pub(super) fn finish_flushed(mut self) -> Result<u64, OutputError> {
        let written = self.written;
        self.drain()
            .and_then(|()| self.file.sync_all())
            .map_err(OutputError::writing(&self.path, written))?;
        self.finish()
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.buffer.len() + bytes.len() > BUFFER {
            self.drain()?;
        }
        if bytes.len() >= BUFFER {
            self.file.write_all(bytes)?;
            self.written += bytes.len() as u64;
        } else {
            self.buffer.extend_from_slice(bytes);
        }
        Ok(())
    }

    fn drain(&mut self) -> io::Result<()> {
        self.file.write_all(&self.buffer)?;
        self.written += self.buffer.len() as u64;
        self.buffer.clear();
        Ok(())
    }
}

/// For encoders. Errors are the operating system's own; the encoder's owner adds the path.
impl Write for OutputFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.append(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.drain()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_in_keeps_the_order() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("f");
        let mut file = OutputFile::create(&path).unwrap();
        let big = vec![b'b'; BUFFER + 7];
        file.put(b"one ").unwrap();
        file.put_with(|out| out.extend_from_slice(b"two ")).unwrap();
        file.put(&big).unwrap();
        file.put_with(|out| out.extend_from_slice(&big)).unwrap();
        file.write_all(b" end").unwrap();
        let length = file.finish().unwrap();
        let mut want = b"one two ".to_vec();
        want.extend_from_slice(&big);
        want.extend_from_slice(&big);
        want.extend_from_slice(b" end");
        assert!(std::fs::read(&path).unwrap() == want);
        assert_eq!(length, want.len() as u64);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_named_as_such() {
        let mut file = OutputFile::create("/dev/full").unwrap();
        file.put(b"text").unwrap();
        let error = file.finish().unwrap_err();
        assert!(matches!(error, OutputError::DiskFull { .. }), "{error}");
        assert!(error.to_string().contains("/dev/full"), "{error}");
    }

    #[test]
    fn a_file_that_cannot_be_created_is_named() {
        let error = OutputFile::create("/nonexistent/f")
            .unwrap_err()
            .to_string();
        assert!(error.contains("/nonexistent/f"), "{error}");
    }
}
