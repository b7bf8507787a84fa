//! Documents in memory, for tests of stages.

use std::borrow::Cow;

use super::error::StageError;
use super::facts::{DocFacts, PageCounts};
use super::story_texts::{StoryReader, StoryTexts};
use crate::cluster::Facts;
use crate::date::Date;
use crate::doc_id::DocId;
use crate::hash;
use crate::verify::WordKind;

/// Undated documents of no publisher, by their words.
pub(super) struct InMemory(pub(super) Vec<Vec<u64>>);

impl InMemory {
    fn text(&self, doc: DocId) -> &[u64] {
        &self.0[doc.index()]
    }
}

impl Facts for InMemory {
    fn date(&self, _: DocId) -> Option<Date> {
        None
    }

    fn words(&self, doc: DocId) -> u32 {
        u32::try_from(self.text(doc).len()).unwrap()
    }

    fn content(&self, doc: DocId) -> u64 {
        hash::bytes(bytemuck::cast_slice(self.text(doc)))
    }

    fn id(&self, doc: DocId) -> Cow<'_, str> {
        Cow::Owned(doc.get().to_string())
    }

    fn publisher(&self, _: DocId) -> Option<&str> {
        None
    }
}

impl DocFacts for InMemory {
    fn total(&self) -> usize {
        self.0.len()
    }

    fn normal(&self, doc: DocId) -> u128 {
        hash::words(self.text(doc))
    }

    fn is_accepted(&self, _: DocId) -> bool {
        true
    }

    fn page(&self, doc: DocId) -> PageCounts {
        PageCounts {
            words: self.words(doc),
            ..PageCounts::default()
        }
    }

    fn publisher_hash(&self, _: DocId) -> Option<u64> {
        None
    }

    fn are_of_one_outlet(&self, _: DocId, _: DocId) -> bool {
        false
    }

    fn days_apart(&self, _: DocId, _: DocId) -> Option<f64> {
        None
    }
}

impl StoryTexts for InMemory {
    fn reader(&self) -> Box<dyn StoryReader + '_> {
        Box::new(self)
    }
}

impl StoryReader for &InMemory {
    fn take(
        &mut self,
        doc: DocId,
        words: &mut Vec<u64>,
        _: &mut Vec<WordKind>,
    ) -> Result<(), StageError> {
        words.clear();
        words.extend_from_slice(self.text(doc));
        Ok(())
    }
}
