//! One writer at a time: the file `lock` in the folder, locked by the operating system.
//!
//! The lock (`flock`) goes when the process goes, however it ends. The file stays. Readers need no
//! lock, so they can read where they may not write.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write};
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::error::{DiskError, DiskFault};
use crate::unfinished::Unfinished;

/// The file's name in the folder.
pub(super) const NAME: &str = "lock";
/// Time between two tries: too short to be noticed beside a commit, and a thread that wakes twenty
/// times a second costs nothing. The system's own waiting cannot be cancelled.
const PAUSE: Duration = Duration::from_millis(50);

/// How long another process is waited for silently: most commits take less.
const PATIENCE: Duration = Duration::from_secs(1);

/// What to do while another process is writing.
#[derive(Clone, Copy)]
pub enum Wait<'a> {
    /// Give up at once.
    No,
    /// Wait until it is our turn, or until this is set. After a second, the other is reported once: the number of
    /// its process, if it wrote it down.
    Yes(&'a AtomicBool, &'a dyn Fn(Option<u32>)),
}

/// The right to write to an index; given back on drop.
#[derive(Debug)]
pub(super) struct Lock {
    /// Dropped first: what was written down is taken back while the lock is held.
    _written: Option<Unfinished>,
    _held: File,
}

impl Lock {
    /// Takes the lock of a folder.
    pub(super) fn take(folder: &Path, wait: Wait<'_>) -> Result<Lock, DiskError> {
        let path = folder.join(NAME);
        // Opening a pipe would wait for a reader of it.
        if fs::metadata(&path).is_ok_and(|found| !found.is_file()) {
            return Err(DiskFault::NotAFile.of(path));
        }
        let begun = Instant::now();
        let mut is_reported = false;
        loop {
            let open = File::options()
                .read(true)
                .write(true)
                .create(true)
                .truncate(false)
                .open(&path);
            let file = open.map_err(DiskError::io("open", &path))?;
            match file.try_lock() {
                Ok(()) if is_named(&file, &path) => {
                    return Ok(Lock {
                        _written: write_process(&file),
                        _held: file,
                    });
                }
                // The folder was removed and another one made.
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => match wait {
                    Wait::No => return Err(DiskFault::Locked.of(folder)),
                    Wait::Yes(cancelled, _) if cancelled.load(Ordering::Relaxed) => {
                        return Err(DiskFault::Cancelled.of(folder));
                    }
                    Wait::Yes(_, report) => {
                        if !is_reported && begun.elapsed() >= PATIENCE {
                            report(read_process(&file));
                            is_reported = true;
                        }
                        thread::sleep(PAUSE);
                    }
                },
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(TryLockError::Error(error)) => {
                    return Err(match error.raw_os_error() {
                        Some(libc::EOPNOTSUPP | libc::ENOSYS | libc::ENOLCK | libc::EINVAL) => {
                            DiskFault::NoLocks.of(folder)
                        }
                        _ => DiskError::io("lock", &path)(error),
                    });
                }
            }
        }
    }
}

/// Bytes of the number of a process, and more.
const DIGITS: u64 = 32;

/// Writes down who holds the lock, until that is dropped or the process ends on a signal. That this fails harms
/// no process.
fn write_process(mut file: &File) -> Option<Unfinished> {
    let same = file.try_clone().ok()?;
    let written = Unfinished::enter(move || _ = same.set_len(0));
    let process = format!("{}\n", std::process::id());
    file.set_len(0).ok()?;
    file.write_all(process.as_bytes()).ok()?;
    Some(written)
}

/// Who holds the lock, if it is written down.
fn read_process(file: &File) -> Option<u32> {
    let mut text = String::new();
    file.take(DIGITS).read_to_string(&mut text).ok()?;
    text.trim_end().parse().ok()
}

/// Whether the file is still the one of this name.
fn is_named(file: &File, path: &Path) -> bool {
    let place = |found: fs::Metadata| (found.dev(), found.ino());
    let ours = file.metadata().map(place).ok();
    ours.is_some() && ours == fs::metadata(path).map(place).ok()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicU32;

    use super::*;

    static NEVER: AtomicBool = AtomicBool::new(false);

    #[test]
    fn a_second_writer_is_refused_with_the_folder_and_a_remedy() {
        let folder = tempfile::tempdir().unwrap();
        let first = Lock::take(folder.path(), Wait::No).unwrap();
        let refused = Lock::take(folder.path(), Wait::No).unwrap_err();
        assert!(!refused.is_damage());
        let said = refused.to_string();
        assert!(said.starts_with(folder.path().to_str().unwrap()), "{said}");
        assert!(said.ends_with("wait until it ends, then repeat"), "{said}");
        drop(first);
        Lock::take(folder.path(), Wait::No).unwrap();
    }

    #[test]
    fn a_second_writer_waits_for_its_turn_or_until_it_is_cancelled() {
        let folder = tempfile::tempdir().unwrap();
        let first = Lock::take(folder.path(), Wait::No).unwrap();
        let cancelled = AtomicBool::new(true);
        let wait = Wait::Yes(&cancelled, &|_| {});
        let refused = Lock::take(folder.path(), wait).unwrap_err();
        assert!(matches!(refused.fault, DiskFault::Cancelled));
        let report = &AtomicU32::new(0);
        thread::scope(|scope| {
            let second = scope.spawn(move || {
                let hear = |process: Option<u32>| {
                    report.fetch_add(process.unwrap(), Ordering::Relaxed);
                };
                Lock::take(folder.path(), Wait::Yes(&NEVER, &hear)).map(drop)
            });
            thread::sleep(2 * PAUSE);
            assert!(!second.is_finished());
            assert_eq!(report.load(Ordering::Relaxed), 0, "not at once");
            thread::sleep(PATIENCE + 2 * PAUSE);
            assert_eq!(report.load(Ordering::Relaxed), std::process::id(), "once");
            drop(first);
            second.join().unwrap().unwrap();
        });
    }

    #[test]
    fn a_folder_made_anew_has_a_lock_of_its_own() {
        let room = tempfile::tempdir().unwrap();
        let folder = room.path().join("index");
        fs::create_dir(&folder).unwrap();
        let _first = Lock::take(&folder, Wait::No).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        fs::create_dir(&folder).unwrap();
        Lock::take(&folder, Wait::No).unwrap();
    }
}
