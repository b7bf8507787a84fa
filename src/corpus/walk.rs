//! The files of a folder, in one order for all machines.
//!
//! Hidden files and folders are left out; symbolic links are followed. What cannot be read is
//! listed with the reason.

use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};

use super::error::CorpusError;
use super::globs::Globs;

/// What a folder holds.
#[derive(Debug, Default)]
pub(super) struct Folder {
    /// Its files, sorted by the bytes of their paths below the folder.
    pub(super) files: Vec<Found>,
    /// What could not be looked at: the path below the folder and what the system said.
    pub(super) unreadable: Vec<(PathBuf, String)>,
    /// Links to a folder that they lie in: all that is behind them is listed already.
    pub(super) loops: Vec<PathBuf>,
}

/// A file in a folder.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) relative: PathBuf,
    pub(super) bytes: u64,
    pub(super) symlink: bool,
}

/// Lists a folder and all below it, but for what the patterns leave out. Notes which patterns take something in.
///
/// # Errors
///
/// If the folder itself cannot be read.
pub(super) fn walk(root: &Path, globs: &Globs, used: &mut [bool]) -> Result<Folder, CorpusError> {
    std::fs::read_dir(root).map_err(|error| CorpusError::io(root, "list it", error))?;
    let mut folder = Folder::default();
    let below = |path: &Path| path.strip_prefix(root).unwrap_or(path).to_path_buf();
    let is_folder = |entry: &DirEntry| entry.file_type().is_some_and(|kind| kind.is_dir());
    let chosen = globs.clone();
    let walk = WalkBuilder::new(root)
        .standard_filters(false)
        .hidden(true)
        .follow_links(true)
        .filter_entry(move |entry| {
            entry.depth() == 0 || !chosen.leave_out(entry.path(), is_folder(entry))
        })
        .build();
    for entry in walk {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let (path, looped) = path_of(&error);
                if path.is_none_or(|path| !globs.leave_out(path, false)) {
                    let path = path.map_or_else(PathBuf::new, below);
                    if looped {
                        folder.loops.push(path);
                        continue;
                    }
                    let said = error.io_error().map(ToString::to_string);
                    let message = said.unwrap_or_else(|| error.to_string());
                    folder.unreadable.push((path, message));
                }
                continue;
            }
        };
        if !entry.file_type().is_some_and(|kind| kind.is_file()) {
            continue;
        }
        globs.note(entry.path(), used);
        match entry.metadata() {
            Ok(metadata) => folder.files.push(Found {
                relative: below(entry.path()),
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
    folder.loops.sort();
    Ok(folder)
}

/// The path that an error of the walk is about, and whether it is a loop.
fn path_of(error: &ignore::Error) -> (Option<&Path>, bool) {
    match error {
        ignore::Error::WithPath { path, err } => (Some(path), path_of(err).1),
        ignore::Error::Loop { child, .. } => (Some(child), true),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            path_of(err)
        }
        _ => (None, false),
    }
}
