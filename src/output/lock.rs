//! One run at a time: a lock file beside the output folder.
//!
//! The lock is the operating system's (`flock`), so it goes when the process goes, however it
//! ends. The file itself is removed by the holder of the lock. Between opening the file and
//! locking it, the former holder may have removed it; then the name means another file or none,
//! and we try again with that one. Where a file system has no locks, the file itself is the lock: it
//! then stays when a process dies, and has to be deleted by hand.

use std::fs::{self, File, TryLockError};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use super::error::OutputError;
use crate::unfinished::Unfinished;

/// The right to write to one output folder; given back on drop.
#[derive(Debug)]
pub(super) struct Lock {
    _named: Unfinished, // dropped first: its file goes while the lock is held
    held: File,
}

impl Lock {
    /// The lock file: a file beside the output folder, open from before anything is written there.
    pub(super) fn file(&self) -> &File {
        &self.held
    }

    /// Takes the lock `path` for the output folder `dir`, or refuses at once.
    pub(super) fn take(path: PathBuf, dir: &Path) -> Result<Lock, OutputError> {
        loop {
            let opened = open(&path);
            let found = match &opened {
                Ok((file, _)) => file.metadata(),
                Err(_) => fs::metadata(&path),
            };
            if found.is_ok_and(|found| !found.is_file()) {
                return Err(OutputError::LockNotAFile { lock: path });
            }
            let (file, is_new) = opened.map_err(|source| OutputError::Unwritable {
                dir: dir.to_owned(),
                lock: path.clone(),
                source,
            })?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    return Err(OutputError::Locked {
                        dir: dir.to_owned(),
                        lock: path,
                    });
                }
                Err(TryLockError::Error(source)) => match source.kind() {
                    io::ErrorKind::Interrupted => continue,
                    // The file system has no locks. Then the file itself is the lock, for who made it.
                    _ if has_no_locks(&source) && is_new => {}
                    _ if has_no_locks(&source) => {
                        return Err(OutputError::LeftLock {
                            dir: dir.to_owned(),
                            lock: path,
                        });
                    }
                    _ => return Err(OutputError::io("lock", path)(source)),
                },
            }
            let ours = file
                .metadata()
                .map_err(OutputError::io("look at the lock file", &path))?;
            match fs::metadata(&path) {
                Ok(named) if (named.dev(), named.ino()) == (ours.dev(), ours.ino()) => {
                    return Ok(Lock {
                        // A lock file that stays behind is taken over by the next run.
                        _named: Unfinished::enter(move || _ = fs::remove_file(path)),
                        held: file,
                    });
                }
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(source) => return Err(OutputError::io("look at the lock file", path)(source)),
            }
        }
    }
}

/// Opens the lock file, and says whether it was not there before. A pipe of that name, which would wait for a reader,
/// is not waited for.
fn open(path: &Path) -> io::Result<(File, bool)> {
    let mut options = File::options();
    options.write(true).custom_flags(libc::O_NONBLOCK);
    match options.clone().create_new(true).open(path) {
        Ok(file) => Ok((file, true)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Ok((options.create(true).truncate(false).open(path)?, false))
        }
        Err(error) => Err(error),
    }
}

/// Whether the file system cannot lock any file, as some network file systems.
fn has_no_locks(error: &io::Error) -> bool {
    let none = [libc::EOPNOTSUPP, libc::ENOSYS, libc::ENOLCK, libc::EINVAL];
    error
        .raw_os_error()
        .is_some_and(|code| none.contains(&code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_taker_is_refused_until_the_first_lets_go() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("lock");
        let first = Lock::take(path.clone(), dir.path()).unwrap();
        let refused = Lock::take(path.clone(), dir.path()).unwrap_err();
        assert!(matches!(refused, OutputError::Locked { .. }), "{refused}");
        drop(first);
        assert!(!path.exists());
        Lock::take(path, dir.path()).unwrap();
    }

    #[test]
    fn a_place_where_nobody_may_write_is_named_with_a_way_out() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("none").join("out");
        let refused = Lock::take(out.with_file_name(".out.lock"), &out).unwrap_err();
        let said = refused.to_string();
        assert!(said.starts_with(&out.display().to_string()), "{said}");
        assert!(said.ends_with("where you may write"), "{said}");
    }

    #[test]
    fn what_is_no_file_is_not_waited_for() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("lock");
        let made = std::process::Command::new("mkfifo").arg(&path).status();
        assert!(made.unwrap().success());
        let is_refused = || {
            let refused = Lock::take(path.clone(), dir.path()).unwrap_err();
            matches!(refused, OutputError::LockNotAFile { .. })
        };
        assert!(is_refused());
        let _reader = File::options().read(true).write(true).open(&path).unwrap();
        assert!(is_refused(), "also while somebody reads from it");
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        assert!(is_refused());
        fs::remove_dir(&path).unwrap();
        std::os::unix::fs::symlink("/dev/null", &path).unwrap();
        assert!(is_refused());
    }

    #[test]
    fn a_lock_file_left_by_a_dead_run_is_taken_over() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("lock");
        fs::write(&path, "").unwrap();
        Lock::take(path, dir.path()).unwrap();
    }

    #[test]
    fn many_takers_hold_it_one_at_a_time() {
        use std::sync::atomic::{AtomicU32, Ordering};
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("lock");
        let holders = AtomicU32::new(0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..500 {
                        if let Ok(lock) = Lock::take(path.clone(), dir.path()) {
                            assert_eq!(holders.fetch_add(1, Ordering::SeqCst), 0);
                            holders.fetch_sub(1, Ordering::SeqCst);
                            drop(lock);
                        }
                    }
                });
            }
        });
    }
}
