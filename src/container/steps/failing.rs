//! A disk that fails at a given step, for tests. It belongs to a thread.
//!
//! A process that is killed takes no further step, but what it wrote stays. When the power goes,
//! so may all content that was not flushed, and the latest changes of names in a folder that was
//! not flushed. A disk that is full fails once, and the program goes on.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Step;

/// What happens at the step.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in super::super) enum Failure {
    /// The process ends: every later step fails too.
    Kill,
    /// That step fails, and no other.
    Once,
}

/// A change of names, and how to take it back.
enum Named {
    Created(PathBuf),
    Renamed(PathBuf, PathBuf, Option<Vec<u8>>),
    Removed(PathBuf, Vec<u8>),
}

impl Named {
    fn folder(&self) -> Option<&Path> {
        match self {
            Named::Created(path) | Named::Renamed(_, path, _) | Named::Removed(path, _) => {
                path.parent()
            }
        }
    }
}

/// What is not yet on the platter when the run ends.
#[derive(Default)]
pub(in super::super) struct Unflushed {
    content: BTreeSet<PathBuf>,
    names: Vec<Named>,
}

struct Disk {
    failure: Failure,
    at: usize,
    taken: usize,
    failed: bool,
    unflushed: Unflushed,
}

thread_local! {
    static DISK: RefCell<Option<Disk>> = const { RefCell::new(None) };
}

/// Runs `work` with a disk that fails at the step `at`, counted from 0. Reports whether it came to
/// that, and what was not flushed at the end.
pub(in super::super) fn fail_at<T>(
    at: usize,
    failure: Failure,
    work: impl FnOnce() -> T,
) -> (T, bool, Unflushed) {
    let disk = Disk {
        failure,
        at,
        taken: 0,
        failed: false,
        unflushed: Unflushed::default(),
    };
    DISK.set(Some(disk));
    let result = work();
    let disk = DISK.take().unwrap();
    (result, disk.failed, disk.unflushed)
}

/// Called before each step.
pub(super) fn before(step: Step<'_>) -> io::Result<()> {
    DISK.with_borrow_mut(|disk| match disk {
        Some(disk) => disk.before(step),
        None => Ok(()),
    })
}

impl Disk {
    fn before(&mut self, step: Step<'_>) -> io::Result<()> {
        let fails = self.taken == self.at || self.failed && self.failure == Failure::Kill;
        let first = fails && !self.failed;
        self.taken += 1;
        self.failed |= fails;
        if !fails {
            self.unflushed.note(step);
            return Ok(());
        }
        if let Step::Write(path, file, bytes) = step
            && first
        {
            // A torn write.
            self.unflushed.content.insert(path.to_owned());
            write_half(file, bytes)?;
        }
        Err(io::ErrorKind::StorageFull.into())
    }
}

fn write_half(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    file.write_all(&bytes[..bytes.len() / 2])
}

impl Unflushed {
    fn note(&mut self, step: Step<'_>) {
        let owned = Path::to_path_buf;
        match step {
            Step::Create(path) => self.names.push(Named::Created(owned(path))),
            Step::Write(path, ..) => _ = self.content.insert(owned(path)),
            Step::Flush(path) => _ = self.content.remove(path),
            Step::Rename(from, to) => {
                if self.content.remove(from) {
                    self.content.insert(owned(to));
                }
                let replaced = fs::read(to).ok();
                self.names
                    .push(Named::Renamed(owned(from), owned(to), replaced));
            }
            Step::FlushFolder(folder) => self.names.retain(|named| named.folder() != Some(folder)),
            Step::Remove(path) => {
                if let Ok(content) = fs::read(path) {
                    self.names.push(Named::Removed(owned(path), content));
                }
            }
        }
    }

    /// Changes of names that may be lost.
    pub(in super::super) fn names(&self) -> usize {
        self.names.len()
    }

    /// The power goes: content that was not flushed is cut in half, and the last `lost` changes of
    /// names are taken back.
    pub(in super::super) fn lose(&mut self, lost: usize) {
        for path in &self.content {
            if let Ok(file) = File::options().write(true).open(path) {
                let half = file.metadata().unwrap().len() / 2;
                file.set_len(half).unwrap();
            }
        }
        for _ in 0..lost {
            match self.names.pop().unwrap() {
                Named::Created(path) => _ = fs::remove_file(path),
                Named::Removed(path, content) => fs::write(path, content).unwrap(),
                Named::Renamed(from, to, replaced) => {
                    fs::rename(&to, &from).unwrap();
                    if let Some(content) = replaced {
                        fs::write(&to, content).unwrap();
                    }
                }
            }
        }
    }
}
