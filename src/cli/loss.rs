//! What was given and is only in part in the results, because the user allowed that: said aloud, be the
//! program quiet or not.

use wirecopy::corpus::DamagedFile;

use super::show::{Voice, number};

/// Damaged files that are reported one by one; `run.json` names all.
const NAMED: usize = 20;

/// Says which inputs are damaged. Whether any is.
pub(super) fn report(files: &[DamagedFile], voice: Voice) -> bool {
    let named = files.iter().take(NAMED).map(|file| {
        format!("{file}: what could be read of it is in the results, the rest is missing")
    });
    let more = files.len().saturating_sub(NAMED) as u64;
    let more = (more > 0).then(|| format!("{} more inputs are damaged", number(more)));
    for message in named.chain(more) {
        voice.warn("damaged_input", &message, true);
    }
    !files.is_empty()
}
