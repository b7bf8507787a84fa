//! What a run, and a change of an index, is given besides its data: whom to report to, and whether to go on.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::Error;
use crate::stages::{self, Progress, Silent};

/// Hears of a run what is about memory and files, and how far it is. Called from many threads; must not block.
pub trait RunProgress: Progress {
    /// Another program is changing the index in a folder, this process if that is known; it is waited for.
    fn waits(&self, _folder: &Path, _process: Option<u32>) {}
    /// The run takes so many bytes of memory, more than the preflight estimated, as so many pairs of documents are
    /// to be compared.
    fn needs(&self, _memory: u64, _pairs: u64) {}
}

impl RunProgress for Silent {}

static NEVER: AtomicBool = AtomicBool::new(false);

/// Whom a run reports to, and the flag by which it is cancelled.
///
/// By default nothing is reported, and the run goes on to its end.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Context<'a> {
    /// Hears how far a run is.
    pub progress: &'a dyn RunProgress,
    /// Set by the caller; a run looks at it between documents, and ends with [`Error::Cancelled`].
    pub cancelled: &'a AtomicBool,
}

impl Default for Context<'_> {
    fn default() -> Self {
        Context::new(&Silent, &NEVER)
    }
}

impl<'a> Context<'a> {
    /// Reports to `progress`, and ends soon after `cancelled` is set.
    pub fn new(progress: &'a dyn RunProgress, cancelled: &'a AtomicBool) -> Context<'a> {
        Context {
            progress,
            cancelled,
        }
    }

    /// Reports nothing, and ends soon after `cancelled` is set.
    pub fn silent(cancelled: &'a AtomicBool) -> Context<'a> {
        Context::new(&Silent, cancelled)
    }

    /// The same, for the stages of the core.
    pub(crate) fn stages(self) -> stages::Context<'a> {
        stages::Context {
            progress: self.progress,
            cancelled: self.cancelled,
        }
    }

    /// Goes on, unless the caller asked to stop.
    pub(crate) fn go_on(self) -> Result<(), Error> {
        match self.cancelled.load(Ordering::Relaxed) {
            true => Err(Error::Cancelled),
            false => Ok(()),
        }
    }
}
