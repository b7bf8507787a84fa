//! Whose turn it is to change an index: one at a time, and a process that waits says for whom.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::mapped::map_file;
use crate::container::{DiskError, Wait, Writing};
use crate::stages::Progress;

/// Begins to change the index in a folder, when others have done.
pub(super) fn begin(
    folder: &Path,
    progress: &dyn Progress,
    cancelled: &AtomicBool,
) -> Result<Writing<'static>, DiskError> {
    let told = |process| progress.waits(folder, process);
    Writing::begin(folder, &map_file, Wait::Yes(cancelled, &told))
}

/// Begins the first build of an index.
pub(super) fn create(
    folder: &Path,
    recipe: &str,
    progress: &dyn Progress,
    cancelled: &AtomicBool,
) -> Result<Writing<'static>, DiskError> {
    let told = |process| progress.waits(folder, process);
    let wait = Wait::Yes(cancelled, &told);
    Writing::create(folder, recipe, &map_file, wait)
}
