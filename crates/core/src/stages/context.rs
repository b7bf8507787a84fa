//! What every stage is given besides its data: whom to report to, and whether to go on.

use std::sync::atomic::{AtomicBool, Ordering};

use super::error::StageError;
use super::progress::Progress;

/// Whom a stage reports to, and the flag by which it is cancelled.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Hears how far a stage is.
    pub progress: &'a dyn Progress,
    /// Set by the caller; a stage looks at it between texts.
    pub cancelled: &'a AtomicBool,
}

impl Context<'_> {
    /// Whether there was no request to stop.
    pub fn goes_on(self) -> bool {
        !self.cancelled.load(Ordering::Relaxed)
    }

    /// Goes on, unless the caller asked to stop.
    ///
    /// # Errors
    ///
    /// [`StageError::Cancelled`].
    pub fn go_on(self) -> Result<(), StageError> {
        match self.goes_on() {
            true => Ok(()),
            false => Err(StageError::Cancelled),
        }
    }
}
