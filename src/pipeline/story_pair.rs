//! Two pages side by side as the `wire` profile compares them: to show a pair.
//!
//! The pages are read by the run's own method and put into a batch of their own; what is aligned
//! there is what verification aligns. Documents of equal story text are one text to a run, and the
//! first of them represents all: its words, forms and dates are compared in place of the others',
//! and are at the same places of their stories.

use super::documents::Documents;
use super::error::Error;
use super::explain::owned;
use crate::corpus::{OwnedRecord, Reader};
use crate::doc_id::DocId;
use crate::stages::{AligningMethod, DocFacts, Method, Story, Texts, between};
use crate::story::{PageReading, PageToken};
use crate::verify::{Between, Stories};

/// What is read of one document.
pub(super) struct StoryPage {
    pub(super) record: OwnedRecord,
    pub(super) words: Vec<PageToken>,
    /// Words that the page's own lines leave, by place.
    pub(super) own: Vec<u32>,
    /// Words of the story text, by place.
    pub(super) story: Vec<u32>,
    pub(super) is_thin: bool,
    text: Story,
}

/// Two pages and the batch of their stories, texts 0 and 1.
pub(super) struct StoryPair {
    pub(super) pages: [StoryPage; 2],
    /// Whose words were compared: the two documents, or the first of equal story text.
    pub(super) judged: [DocId; 2],
    compared_as: [Option<StoryPage>; 2],
    /// Whether the two are one text to a run.
    pub(super) is_equal: bool,
    pub(super) batch: Stories,
}

impl StoryPage {
    pub(super) fn read(
        method: &AligningMethod<'_>,
        documents: &Documents,
        reader: &mut Reader<'_>,
        doc: DocId,
    ) -> Result<StoryPage, Error> {
        let row = documents.row(doc);
        let page = reader.record(row.input as usize, row.offset, row.length, |record| {
            let (mut reading, mut text) = (PageReading::default(), Story::default());
            method.read_page(doc, record.text, &mut reading, &mut text);
            StoryPage {
                record: owned(record),
                is_thin: reading.story_length() == 0,
                words: reading.words,
                own: reading.own,
                story: reading.story,
                text,
            }
        })?;
        Ok(page)
    }

    pub(super) fn word(&self, at: u32) -> PageToken {
        self.words[at as usize]
    }
}

impl StoryPair {
    /// Reads two documents and puts their stories into a batch.
    pub(super) fn read(
        (method, documents): (&AligningMethod<'_>, &Documents),
        texts: &Texts,
        reader: &mut Reader<'_>,
        docs: [DocId; 2],
    ) -> Result<StoryPair, Error> {
        let mut read = |doc| StoryPage::read(method, documents, reader, doc);
        let pages = [read(docs[0])?, read(docs[1])?];
        let firsts = docs.map(|doc| texts.first(doc));
        let is_equal = firsts[0] == firsts[1];
        let mut judged = docs;
        let mut compared_as: [Option<StoryPage>; 2] = [None, None];
        for at in 0..2 {
            if !is_equal && !pages[at].is_thin && firsts[at] != docs[at] {
                judged[at] = firsts[at];
                compared_as[at] = Some(read(firsts[at])?);
            }
        }
        let mut batch = Stories::default();
        for (page, compared_as) in pages.iter().zip(&compared_as) {
            method.push(&compared_as.as_ref().unwrap_or(page).text, &mut batch);
        }
        Ok(StoryPair {
            pages,
            judged,
            compared_as,
            is_equal,
            batch,
        })
    }

    /// The text that was compared for one of the two.
    pub(super) fn text(&self, at: usize) -> &Story {
        &self.compared_as[at]
            .as_ref()
            .unwrap_or(&self.pages[at])
            .text
    }

    /// Whether one of the two is only a copy of its equals.
    pub(super) fn is_thin(&self) -> bool {
        self.pages.iter().any(|page| page.is_thin)
    }

    /// What is known of the two that were compared beside their texts.
    pub(super) fn between(&self, documents: &dyn DocFacts) -> Between {
        between(documents, self.judged[0], self.judged[1])
    }
}
