//! `Snapshot`: an index as it was at one moment, open for reading.
//!
//! A reader takes no lock. Files never change and stay readable when their names are gone, so
//! whoever has opened all files of one manifest has that state for good. Between reading the manifest and
//! opening a file, a writer may have put another in its place and deleted the file: then the
//! manifest has changed, and we begin again.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::MapFile;
use super::error::{DiskError, DiskFault};
use super::file_ref::{FileKind, FileRef};
use super::manifest::Manifest;
use super::preamble::number;
use super::segment::Segment;

/// Manifests to try: each time a whole commit must have come between two of our steps, some
/// microseconds apart. That it happens twice in a row is rare; a folder where it always does is
/// not one that a writer of ours changes.
const TRIES: usize = 20;

/// A state of an index: every file of it is open. Cheap to clone; whatever is committed
/// meanwhile, it stays as it is.
#[derive(Clone, Debug)]
pub struct Snapshot {
    folder: PathBuf,
    manifest: Manifest,
    files: Vec<Arc<Segment>>, // in the order of the manifest
}

impl Snapshot {
    /// Opens the index in a folder. Reads the two ends of each file, so that it takes as long for
    /// a large one as for a small one.
    ///
    /// # Errors
    ///
    /// If there is no index, or it is damaged or of a newer format.
    pub fn open(folder: &Path, map: MapFile<'_>) -> Result<Snapshot, DiskError> {
        let mut tries = TRIES;
        loop {
            tries -= 1;
            let (manifest, read) = Manifest::read(folder)?;
            if manifest.generation == 0 {
                return Err(DiskFault::Unfinished.of(folder));
            }
            let opened = Snapshot::of(folder, manifest, &[], map);
            let changed = || Manifest::read(folder).is_ok_and(|(_, now)| now != read);
            if opened.is_ok() || tries == 0 || !changed() {
                return opened;
            }
        }
    }

    /// Opens the files that a manifest names, except those that `before` has open.
    pub(super) fn of(
        folder: &Path,
        manifest: Manifest,
        before: &[(FileRef, Arc<Segment>)],
        map: MapFile<'_>,
    ) -> Result<Snapshot, DiskError> {
        let open = |file: &FileRef| match before.iter().find(|(known, _)| known == file) {
            Some((_, segment)) => Ok(Arc::clone(segment)),
            None => open(folder, file, map).map(Arc::new),
        };
        let files: Vec<Arc<Segment>> = manifest.files.iter().map(open).collect::<Result<_, _>>()?;
        for segment in &files {
            if segment.documents().end > manifest.next_document {
                let fault = DiskFault::Content {
                    what: "a document has a number that was not yet given",
                    offset: 0,
                };
                return Err(fault.of(segment.path()));
            }
        }
        Ok(Snapshot {
            folder: folder.to_owned(),
            manifest,
            files,
        })
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// How many commits there were up to it, from 1.
    pub fn generation(&self) -> u64 {
        self.manifest.generation
    }

    /// How its documents are read and filed.
    pub fn recipe(&self) -> &str {
        &self.manifest.recipe
    }

    /// The number that the next document will have.
    pub fn next_document(&self) -> u64 {
        self.manifest.next_document
    }

    /// Its files, in the order in which they were committed.
    pub fn files(&self) -> impl ExactSizeIterator<Item = (&FileRef, &Arc<Segment>)> {
        self.manifest.files.iter().zip(&self.files)
    }

    /// Its files of one kind, likewise.
    pub fn files_of(&self, kind: FileKind) -> impl Iterator<Item = (&FileRef, &Arc<Segment>)> {
        self.files().filter(move |(file, _)| file.kind == kind)
    }

    /// Reads every byte of every file: whether each is as it was written.
    ///
    /// # Errors
    ///
    /// At the first part that is not.
    pub fn verify(&self) -> Result<(), DiskError> {
        self.files.iter().try_for_each(|segment| segment.verify())
    }

    /// Whether all that was read of any of its files so far could be read. What could not was handed
    /// out as zeros: whatever came of it, an answer or an error, this is the error.
    ///
    /// # Errors
    ///
    /// [`DiskFault::Unreadable`], with the file.
    pub fn check_read(&self) -> Result<(), DiskError> {
        let mut files = self.files.iter();
        files.try_for_each(|segment| segment.check_read())
    }

    /// From now on, every section of every file is checked before its first use.
    pub fn check_at_first_use(&self) {
        self.files
            .iter()
            .for_each(|segment| segment.check_at_first_use());
    }

    pub(super) fn manifest(&self) -> &Manifest {
        &self.manifest
    }
}

/// Opens a file, given what the manifest says of it.
fn open(folder: &Path, file: &FileRef, map: MapFile<'_>) -> Result<Segment, DiskError> {
    let path = folder.join(file.name());
    let of = |fault: DiskFault| fault.of(&path);
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => of(DiskFault::Missing),
        _ => DiskError::io("open", &path)(error),
    };
    // Asked before it is opened: opening a pipe would wait for a writer of it.
    let found = fs::metadata(&path).map_err(failed)?;
    if !found.is_file() {
        return Err(of(DiskFault::NotAFile));
    }
    if found.len() != file.length {
        return Err(of(DiskFault::Length {
            expected: file.length,
            found: found.len(),
        }));
    }
    let bytes = map(&File::open(&path).map_err(failed)?).map_err(DiskError::io("map", &path))?;
    let segment = Segment::open(bytes, &path)?;
    if segment.head_xxh3() != file.head_xxh3 {
        return Err(of(DiskFault::OtherFile {
            expected: file.head_xxh3,
            found: segment.head_xxh3(),
        }));
    }
    let (expected, found) = (file.kind.code(), segment.kind().code());
    number("kind of file", 12, expected.into(), found.into()).map_err(of)?;
    Ok(segment)
}
