//! Whose turn it is to change an index: one at a time, and a process that waits says for whom.

use std::path::Path;

use super::mapped::map_file;
use crate::container::{DiskError, Wait, Writing};
use crate::context::Context;

/// Begins to change the index in a folder, when others have done.
pub(super) fn begin(folder: &Path, context: Context<'_>) -> Result<Writing<'static>, DiskError> {
    let report = |process| context.progress.waits(folder, process);
    Writing::begin(folder, &map_file, Wait::Yes(context.cancelled, &report))
}

/// Begins the first build of an index.
pub(super) fn create(
    folder: &Path,
    recipe: &str,
    context: Context<'_>,
) -> Result<Writing<'static>, DiskError> {
    let report = |process| context.progress.waits(folder, process);
    let wait = Wait::Yes(context.cancelled, &report);
    Writing::create(folder, recipe, &map_file, wait)
}
