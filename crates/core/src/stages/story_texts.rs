//! Where stages take story texts from: a spilled file, an index, or the corpus itself.

use super::error::StageError;
use crate::doc_id::DocId;
use crate::verify::WordKind;

/// Story texts by document.
pub trait StoryTexts: Sync {
    /// What reads them, for one thread.
    fn reader(&self) -> Box<dyn StoryReader + '_>;
}

/// Reads story texts, with buffers of its own.
pub trait StoryReader: Send {
    /// Puts the words of a document's story in place of what is in `words`, and what kind each is into `kinds`. Who
    /// compares whole texts (`near`) needs no kinds.
    ///
    /// # Errors
    ///
    /// [`StageError::Texts`] if it cannot be read.
    fn take(
        &mut self,
        doc: DocId,
        words: &mut Vec<u64>,
        kinds: &mut Vec<WordKind>,
    ) -> Result<(), StageError>;
}

/// Stories that are held: their words can be looked at in place.
pub trait HeldStories: Sync {
    /// The words of a document's story.
    fn words(&self, doc: DocId) -> &[u64];
}
