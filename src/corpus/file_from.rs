//! A file read from a place on, which always knows where it is.

use std::fs::File;
use std::io::{self, BufRead, Read};
use std::os::unix::fs::FileExt;

/// Bytes read from the file at a time.
const READ: usize = 64 << 10;

/// A file read from a place on, which always knows where it is.
pub(super) struct FileFrom<'f> {
    file: &'f File,
    buffer: Box<[u8]>,
    /// The bytes of the buffer not yet taken.
    start: usize,
    end: usize,
    /// Where the buffer's end lies in the file.
    next: u64,
    /// Why it could not be read, until somebody asks.
    failure: Option<io::Error>,
}

impl<'f> FileFrom<'f> {
    pub(super) fn at(file: &'f File, place: u64) -> FileFrom<'f> {
        FileFrom {
            file,
            buffer: vec![0; READ].into(),
            start: 0,
            end: 0,
            next: place,
            failure: None,
        }
    }

    /// Why the file could not be read, if that is why a reader of it gave an error.
    pub(super) fn take_failure(&mut self) -> Option<io::Error> {
        self.failure.take()
    }

    /// Where in the file the next byte to be taken lies.
    pub(super) fn position(&self) -> u64 {
        self.next - (self.end - self.start) as u64
    }

    /// Whether nothing but padding follows, as tapes and block devices leave it.
    pub(super) fn only_zeros(&mut self) -> io::Result<bool> {
        let mut ahead = FileFrom::at(self.file, self.position());
        loop {
            let bytes = ahead.fill_buf()?;
            match bytes.len() {
                0 => return Ok(true),
                length if bytes.iter().all(|&byte| byte == 0) => ahead.consume(length),
                _ => return Ok(false),
            }
        }
    }
}

impl Read for FileFrom<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let bytes = self.fill_buf()?;
        let length = bytes.len().min(into.len());
        into[..length].copy_from_slice(&bytes[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl BufRead for FileFrom<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.end {
            self.start = 0;
            self.end = 0;
            match read_full_at(self.file, &mut self.buffer, self.next) {
                Ok(read) => self.end = read,
                Err(error) => {
                    let kind = error.kind();
                    self.failure = Some(error);
                    return Err(kind.into());
                }
            }
            self.next += self.end as u64;
        }
        Ok(&self.buffer[self.start..self.end])
    }

    fn consume(&mut self, amount: usize) {
        self.start = (self.start + amount).min(self.end);
    }
}

/// Reads until the buffer is full or the file ends.
pub(super) fn read_full_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    let mut length = 0;
    while length < buffer.len() {
        match file.read_at(&mut buffer[length..], at + length as u64) {
            Ok(0) => break,
            Ok(more) => length += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(length)
}
