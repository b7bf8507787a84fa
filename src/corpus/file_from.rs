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
    /// Why it could not be read, until it is asked for.
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

    /// Goes to another place.
    pub(super) fn go_to(&mut self, place: u64) {
        let first = self.next - self.end as u64;
        match usize::try_from(place.wrapping_sub(first)) {
            // Much of what is sought is near: it is at hand already.
            Ok(start) if start <= self.end => self.start = start,
            _ => (self.start, self.end, self.next) = (0, 0, place),
        }
    }

    /// The next bytes, so many unless the file ends before; none of them are taken. No more than are
    /// read at a time.
    pub(super) fn ahead(&mut self, count: usize) -> io::Result<&[u8]> {
        let held = self.end - self.start;
        if held < count {
            self.buffer.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, held);
            self.fill(held)?;
        }
        Ok(&self.buffer[self.start..self.end.min(self.start + count)])
    }

    /// Reads on behind the bytes that are held.
    fn fill(&mut self, held: usize) -> io::Result<()> {
        match read_full_at(self.file, &mut self.buffer[held..], self.next) {
            Ok(read) => {
                self.end = held + read;
                self.next += read as u64;
                Ok(())
            }
            Err(error) => {
                let kind = error.kind();
                self.failure = Some(error);
                Err(kind.into())
            }
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
            self.fill(0)?;
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
