//! Pipes and standard input, read so that waiting for them can be given up.
//!
//! A pipe may be open and silent for hours. A read that waits does not end when it is asked to
//! stop, so nothing is read before there is something: the wait ends every tenth of a second, and
//! whoever reads looks whether to go on.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::os::fd::AsFd;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rustix::event::{PollFd, PollFlags, Timespec, poll};

/// The longest wait.
const WAIT: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 100_000_000,
};

/// Opens a pipe or device; without a path, standard input.
pub(super) fn open(path: Option<&Path>) -> io::Result<File> {
    match path {
        // Or it would wait here for a writer of the pipe.
        Some(path) => OpenOptions::new()
            .read(true)
            .custom_flags(libc::O_NONBLOCK)
            .open(path),
        None => Ok(File::from(io::stdin().as_fd().try_clone_to_owned()?)),
    }
}

/// Reads what there is. `Some(0)` is the end; nothing came in time is `None`.
pub(super) fn read(from: &mut File, into: &mut [u8]) -> io::Result<Option<usize>> {
    let waiting = |error: &io::Error| {
        matches!(
            error.kind(),
            io::ErrorKind::Interrupted | io::ErrorKind::WouldBlock
        )
    };
    let mut fds = [PollFd::new(from, PollFlags::IN)];
    match poll(&mut fds, Some(&WAIT)).map_err(io::Error::from) {
        Ok(0) => return Ok(None),
        Ok(_) => {}
        Err(error) if waiting(&error) => return Ok(None),
        Err(error) => return Err(error),
    }
    match from.read(into) {
        Ok(length) => Ok(Some(length)),
        Err(error) if waiting(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::os::fd::OwnedFd;

    #[test]
    fn a_silent_pipe_is_no_end() {
        let (reader, mut writer) = io::pipe().unwrap();
        let mut reader = File::from(OwnedFd::from(reader));
        let mut into = [0; 8];
        assert_eq!(read(&mut reader, &mut into).unwrap(), None);
        writer.write_all(b"abc").unwrap();
        assert_eq!(read(&mut reader, &mut into).unwrap(), Some(3));
        assert_eq!(read(&mut reader, &mut into).unwrap(), None);
        drop(writer);
        assert_eq!(read(&mut reader, &mut into).unwrap(), Some(0));
    }

    #[test]
    fn a_file_is_read_to_its_end() {
        let path = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(&path, "abc").unwrap();
        let mut file = open(Some(path.path())).unwrap();
        let mut into = [0; 8];
        assert_eq!(read(&mut file, &mut into).unwrap(), Some(3));
        assert_eq!(read(&mut file, &mut into).unwrap(), Some(0));
    }
}
