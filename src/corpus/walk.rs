//! The files of a folder, in one order for all machines.
//!
//! Hidden files and folders are left out; symbolic links are followed. What cannot be read is
//! listed with the reason.

use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::error::CorpusError;
use super::form::{Named, by_name};

/// What a folder holds.
#[derive(Debug, Default)]
pub(super) struct Folder {
    /// Its files, sorted by the bytes of their paths below the folder.
    pub(super) files: Vec<Found>,
    /// What could not be looked at: the path below the folder and what the system said.
    pub(super) unreadable: Vec<(PathBuf, String)>,
    /// Files of forms that are not read.
    pub(super) others: u64,
}

/// A file in a folder.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) relative: PathBuf,
    pub(super) named: Named,
    pub(super) bytes: u64,
    pub(super) symlink: bool,
}

/// Lists a folder and all below it.
///
/// # Errors
///
/// If the folder itself cannot be read.
pub(super) fn walk(root: &Path) -> Result<Folder, CorpusError> {
    std::fs::read_dir(root).map_err(|error| CorpusError::io(root, "list it", error))?;
    let mut folder = Folder::default();
    let below = |path: &Path| path.strip_prefix(root).unwrap_or(path).to_path_buf();
    let walk = WalkBuilder::new(root)
        .standard_filters(false)
        .hidden(true)
        .follow_links(true)
        .build();
    for entry in walk {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = path_of(&error).map_or_else(PathBuf::new, below);
                let said = error.io_error().map(ToString::to_string);
                let message = said.unwrap_or_else(|| error.to_string());
                folder.unreadable.push((path, message));
                continue;
            }
        };
        if !entry.file_type().is_some_and(|kind| kind.is_file()) {
            continue;
        }
        let (named, _) = by_name(entry.path());
        if named == Named::Other {
            folder.others += 1;
            continue;
        }
        match entry.metadata() {
            Ok(metadata) => folder.files.push(Found {
                relative: below(entry.path()),
                named,
                bytes: metadata.len(),
                symlink: entry.path_is_symlink(),
            }),
            Err(error) => {
                let message = error.to_string();
                folder.unreadable.push((below(entry.path()), message));
            }
        }
    }
    let bytes = |path: &Path| path.as_os_str().as_bytes().to_vec();
    folder
        .files
        .sort_by_cached_key(|file| bytes(&file.relative));
    folder
        .unreadable
        .sort_by_cached_key(|(path, _)| bytes(path));
    Ok(folder)
}

/// The path that an error of the walk is about.
fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::Loop { child, .. } => Some(child),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            path_of(err)
        }
        _ => None,
    }
}
