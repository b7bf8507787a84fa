//! Why a stage ended without a result.

use std::error::Error;

/// What stops a stage.
#[derive(Debug, thiserror::Error)]
pub enum StageError {
    /// The caller asked to stop.
    #[error("cancelled")]
    Cancelled,
    /// A text could not be read. What it was is for who reads texts: see [`StoryReader`](super::StoryReader).
    #[error(transparent)]
    Texts(Box<dyn Error + Send + Sync>),
}
