//! What was written lasts: what `close` says is heard, lengths are looked at, and everything is flushed.
//!
//! Network file systems, stores mounted by a program, and quotas may take bytes and refuse them only when a file is
//! closed or flushed. A local disk is flushed as a whole, as a filtered corpus may be 200,000 files; what does not
//! know how to, or may not pass it on to what is behind it, is flushed file by file.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use super::error::OutputError;

/// Closes a file to which so many bytes were written.
pub(super) fn close(file: File, path: &Path, written: u64) -> Result<(), OutputError> {
    match nix::unistd::close(file) {
        // Linux has closed it all the same.
        Ok(()) | Err(nix::errno::Errno::EINTR) => {}
        Err(error) => return Err(OutputError::writing(path, written)(error.into())),
    }
    let now = fs::metadata(path).map_err(OutputError::io("look at", path))?;
    match now.len() {
        found if found != written && now.is_file() => Err(OutputError::Lost {
            path: path.to_owned(),
            written,
            found,
        }),
        _ => Ok(()),
    }
}

/// Flushes a folder's list of names. Some network file systems cannot, and do not need to.
pub(super) fn flush_names(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported
            ) =>
        {
            Ok(())
        }
        flushed => flushed,
    }
}

/// Flushes everything below a folder to the disk, where `opened` is a file of the same file system, from before anything
/// was written: what went wrong since then is reported.
pub(super) fn flush_all(folder: &Path, opened: &File) -> Result<(), OutputError> {
    let whole = flush_file_system(opened).map_err(OutputError::writing(folder, 0))?;
    flush_files(folder, !whole)
}

/// Flushes every file of a folder, and of those in it if they are wanted.
fn flush_files(folder: &Path, below: bool) -> Result<(), OutputError> {
    for entry in fs::read_dir(folder).map_err(OutputError::io("read the folder", folder))? {
        let entry = entry.map_err(OutputError::io("read the folder", folder))?;
        let path = entry.path();
        let kind = entry.file_type();
        if kind.map_err(OutputError::io("look at", &path))?.is_dir() {
            if below {
                flush_files(&path, below)?;
            }
        } else {
            File::open(&path)
                .and_then(|file| file.sync_all())
                .map_err(OutputError::writing(&path, 0))?;
        }
    }
    flush_names(folder).map_err(OutputError::io("flush", folder))
}

/// Flushes a whole file system, and says whether it did.
#[cfg(target_os = "linux")]
fn flush_file_system(opened: &File) -> io::Result<bool> {
    if !is_local(opened) {
        return Ok(false);
    }
    match rustix::fs::syncfs(opened) {
        Ok(()) => Ok(true),
        Err(rustix::io::Errno::NOSYS) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(target_os = "linux"))]
fn flush_file_system(_: &File) -> io::Result<bool> {
    Ok(false)
}

/// Whether a file system is one of those on a disk of this machine that are known to flush all that was written.
#[cfg(target_os = "linux")]
fn is_local(opened: &File) -> bool {
    /// Their numbers in `statfs` (linux/magic.h, and the headers of those that it lacks).
    const LOCAL: [u64; 10] = [
        0xef53,      // ext2, ext3, ext4
        0x5846_5342, // XFS
        0x9123_683e, // Btrfs
        0xf2f5_2010, // F2FS
        0xca45_1a4e, // bcachefs
        0x2fc1_2fc1, // ZFS
        0x3153_464a, // JFS
        0x794c_7630, // overlayfs, which passes it on
        0x0102_1994, // tmpfs
        0x8584_58f6, // ramfs
    ];
    let found = rustix::fs::fstatfs(opened).map(|found| u64::try_from(found.f_type));
    matches!(found, Ok(Ok(kind)) if LOCAL.contains(&kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn a_file_that_lost_bytes_is_named() {
        let room = tempfile::tempdir().unwrap();
        let path = room.path().join("pairs.jsonl");
        let mut file = File::create(&path).unwrap();
        file.write_all(b"1234567").unwrap();
        file.set_len(3).unwrap();
        let said = close(file, &path, 7).unwrap_err().to_string();
        let words = "pairs.jsonl: 7 bytes were written and 3 are there";
        assert!(said.contains(words), "{said}");
        close(File::open(&path).unwrap(), &path, 3).unwrap();
    }

    #[test]
    fn everything_is_flushed_either_way() {
        let room = tempfile::tempdir().unwrap();
        let opened = File::open(room.path()).unwrap();
        fs::create_dir_all(room.path().join("kept/a/b")).unwrap();
        fs::write(room.path().join("kept/a/b/page.txt"), "page").unwrap();
        fs::write(room.path().join("run"), "").unwrap();
        flush_all(room.path(), &opened).unwrap();
        flush_files(room.path(), true).unwrap();
    }
}
