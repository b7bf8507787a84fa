//! `Writing`: the one who changes an index, from taking the lock to the commit.
//!
//! ```text
//! new files    written beside the old, flushed, named; not read
//! manifest     written beside the old, flushed, renamed over it: this is the commit
//! cleaning     files that the new manifest does not name are deleted
//! ```
//!
//! Whatever is stopped before the rename leaves the old state, whatever after it the new one; what
//! lies about is deleted by the next writer. The first build begins with an empty manifest of
//! generation 0, by which a later build knows the remains of one that died from anybody else's files.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::MapFile;
use super::error::{DiskError, DiskFault};
use super::file_ref::{FileKind, FileRef, UNFINISHED, is_file_name};
use super::lock::{self, Lock, Wait};
use super::manifest::{self, Manifest};
use super::segment::Segment;
use super::segment_writer::SegmentWriter;
use super::snapshot::Snapshot;
use super::steps;
use crate::unfinished::Unfinished;

/// The right to change an index. Dropped without [`commit`](Writing::commit), it leaves the index
/// as it was.
#[must_use]
pub struct Writing<'m> {
    map: MapFile<'m>,
    snapshot: Snapshot,
    next_file: AtomicU64,
    /// The new files, until a manifest may name them.
    unfinished: Option<Unfinished>,
    _lock: Lock, // dropped last: after the new files are gone
}

impl<'m> Writing<'m> {
    /// Begins the first build of an index, in a new or empty folder, or one where an earlier first
    /// build has died. Missing parents are created.
    ///
    /// # Errors
    ///
    /// [`DiskFault::IsIndex`], [`DiskFault::NotEmpty`]; or as [`begin`](Writing::begin).
    pub fn create(
        folder: &Path,
        recipe: &str,
        map: MapFile<'m>,
        wait: Wait<'_>,
    ) -> Result<Writing<'m>, DiskError> {
        check_free(folder)?; // before anything is put there
        create_folder(folder).map_err(DiskError::io("create", folder))?;
        let lock = Lock::take(folder, wait)?;
        check_free(folder)?; // another build may have come first
        let manifest = Manifest {
            generation: 0,
            next_file: 1,
            next_document: 0,
            recipe: recipe.to_owned(),
            files: Vec::new(),
        };
        // Not before it is certain that these are remains of our own.
        clean(folder, &manifest)?;
        manifest.stage(folder)?.place()?;
        let snapshot = Snapshot::of(folder, manifest, &[], map)?;
        Ok(Writing::of(snapshot, map, lock))
    }

    /// Begins to change the index in a folder, and cleans up what a dead writer has left.
    ///
    /// # Errors
    ///
    /// If there is no index, it is damaged, its folder cannot be written, or another process is
    /// writing and is not waited for.
    pub fn begin(
        folder: &Path,
        map: MapFile<'m>,
        wait: Wait<'_>,
    ) -> Result<Writing<'m>, DiskError> {
        Manifest::read(folder)?; // nothing is put where there is no index
        let lock = Lock::take(folder, wait)?;
        let snapshot = Snapshot::open(folder, map)?;
        clean(folder, snapshot.manifest())?;
        Ok(Writing::of(snapshot, map, lock))
    }

    fn of(snapshot: Snapshot, map: MapFile<'m>, lock: Lock) -> Writing<'m> {
        // What goes bad on the disk is never written again with a right checksum.
        snapshot.check_at_first_use();
        let (folder, manifest) = (snapshot.folder().to_owned(), snapshot.manifest().clone());
        Writing {
            // What cannot be removed now is removed by the next writer.
            unfinished: Some(Unfinished::enter(move || _ = clean(&folder, &manifest))),
            map,
            next_file: AtomicU64::new(snapshot.manifest().next_file),
            snapshot,
            _lock: lock,
        }
    }

    /// The index as it is until the commit. That of a first build is empty. Its sections are checked
    /// before they are used.
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// Begins a new file. Several may be written at once.
    ///
    /// # Errors
    ///
    /// If it cannot be created.
    pub fn new_file(&self, kind: FileKind) -> Result<SegmentWriter<'_>, DiskError> {
        let folder = self.snapshot.folder();
        let mut number = self.next_file.fetch_add(1, Ordering::Relaxed);
        while kind.is_taken(folder, number) {
            number = self.next_file.fetch_add(1, Ordering::Relaxed);
        }
        let recipe = self.snapshot.recipe().to_owned();
        SegmentWriter::create(folder, kind, number, recipe)
    }

    /// Makes the index consist of these files, new ones and such of the [`snapshot`], and gives
    /// all document numbers below `next_document` away for good.
    ///
    /// The new files are opened first: what is committed can be read. So must all have been that was read of
    /// the index. Files no longer named are
    /// deleted; that this fails is no error, the next writer does it.
    ///
    /// # Errors
    ///
    /// If a file cannot be read or written. The index is then as before, but for
    /// [`DiskFault::NotFlushed`]: then it is as after, unless a power failure undoes it.
    ///
    /// # Panics
    ///
    /// If a file is named twice, or `next_document` is less than before or above 2^62.
    ///
    /// [`snapshot`]: Writing::snapshot
    pub fn commit(mut self, files: &[FileRef], next_document: u64) -> Result<Snapshot, DiskError> {
        let before = self.snapshot.manifest();
        let given = before.next_document..=manifest::MOST;
        assert!(given.contains(&next_document), "numbers are given once");
        let manifest = Manifest {
            generation: before.generation + 1,
            next_file: self.next_file.load(Ordering::Relaxed),
            next_document,
            recipe: before.recipe.clone(),
            files: files.to_vec(),
        };
        let mut numbers: Vec<u64> = files.iter().map(|file| file.number).collect();
        numbers.sort_unstable();
        assert!(numbers.is_sorted_by(|a, b| a < b), "a file is named once");

        let folder = self.snapshot.folder().to_owned();
        let open: Vec<(FileRef, Arc<Segment>)> = self
            .snapshot
            .files()
            .map(|(file, segment)| (*file, Arc::clone(segment)))
            .collect();
        let after = Snapshot::of(&folder, manifest, &open, self.map)?;
        self.snapshot.check_read()?;
        after.check_read()?;
        let staged = after.manifest().stage(&folder)?;
        match self.unfinished.take() {
            Some(unfinished) => unfinished.commit(|| staged.rename())?,
            None => staged.rename()?,
        }
        let flushed = steps::flush_folder(&folder);
        flushed.map_err(|source| DiskFault::NotFlushed { source }.of(&folder))?;
        let _ = clean(&folder, after.manifest());
        Ok(after)
    }
}

/// Deletes files of ours that the manifest does not name, and whatever was not finished.
fn clean(folder: &Path, manifest: &Manifest) -> Result<(), DiskError> {
    for name in names(folder)? {
        if is_unfinished_manifest(&name) || is_file_name(&name) && !manifest.names(&name) {
            let path = folder.join(name);
            if path.is_dir() {
                continue; // of another program, by whatever chance
            }
            steps::remove(&path).map_err(DiskError::io("delete the leftover", &path))?;
        }
    }
    Ok(())
}

/// Refuses a folder where an index is, or anything that no first build has left.
fn check_free(folder: &Path) -> Result<(), DiskError> {
    let found = |name: &str| {
        let found = name.to_owned();
        Err(DiskFault::NotEmpty { found }.of(folder))
    };
    let began = match Manifest::read(folder) {
        Ok((manifest, _)) if manifest.generation == 0 => true,
        Err(error) if matches!(error.fault, DiskFault::NoIndex) => false,
        Err(error) if matches!(error.fault, DiskFault::NotOurs { .. } | DiskFault::NotAFile) => {
            return found(manifest::NAME);
        }
        Err(error) if !error.is_damage() => return Err(error),
        Ok(_) | Err(_) => return Err(DiskFault::IsIndex.of(folder)),
    };
    let ours = |name: &str| {
        name == lock::NAME
            || is_unfinished_manifest(name)
            || began && (name == manifest::NAME || is_file_name(name))
    };
    match names(folder)?.iter().find(|name| !ours(name)) {
        Some(name) => found(name),
        None => Ok(()),
    }
}

fn is_unfinished_manifest(name: &str) -> bool {
    name.strip_suffix(UNFINISHED) == Some(manifest::NAME)
}

/// The names in a folder, in order; none if there is no folder.
fn names(folder: &Path) -> Result<Vec<String>, DiskError> {
    let read = || -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(folder)? {
            // A name that is no text is not ours, and stays so.
            names.push(entry?.file_name().to_string_lossy().into_owned());
        }
        names.sort_unstable();
        Ok(names)
    };
    match read() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        names => names.map_err(DiskError::io("read", folder)),
    }
}

/// Creates a folder and its missing parents, to last.
fn create_folder(folder: &Path) -> io::Result<()> {
    let missing = folder.ancestors().take_while(|path| !path.exists());
    let missing: Vec<&Path> = missing.filter(|path| *path != Path::new("")).collect();
    fs::create_dir_all(folder)?;
    for made in missing {
        match made.parent() {
            Some(parent) if parent != Path::new("") => steps::flush_folder(parent)?,
            _ => steps::flush_folder(Path::new("."))?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
