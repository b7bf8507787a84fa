//! Two pages side by side as the `wire` profile compares them: to show a pair.
//!
//! The pages are read by the run's own method and put into a batch of their own; what is aligned
//! there is what verification aligns. Documents of equal story text are one text to a run, and the
//! first of them represents all: its words, forms and dates are compared in place of the others',
//! and are at the same places of their stories.

use crate::corpus::{OwnedRecord, Reader};
use crate::doc_id::DocId;
use crate::error::Error;
use crate::inspect::explain::owned;
use crate::stages::{AligningMethod, DocFacts, Method, Story, Texts, between};
use crate::store::documents::Documents;
use crate::story::{PageReading, PageToken};
use crate::verify::{Between, Stories};

/// What is read of one document.
pub(crate) struct StoryPage {
    pub(crate) record: OwnedRecord,
    pub(crate) words: Vec<PageToken>,
    /// Words that the page's own lines leave, by place.
    pub(crate) own: Vec<u32>,
    /// Words of the story text, by place.
    pub(crate) story: Vec<u32>,
    pub(crate) is_thin: bool,
    text: Story,
}

/// Two pages and the batch of their stories, texts 0 and 1.
pub(crate) struct StoryPair {
    pub(crate) pages: [StoryPage; 2],
    /// Whose words were compared: the two documents, or the first of equal story text.
    pub(crate) verified: [DocId; 2],
    compared_as: [Option<StoryPage>; 2],
    /// Whether the two are one text to a run.
    pub(crate) is_equal: bool,
    pub(crate) batch: Stories,
}

impl StoryPage {
    pub(crate) fn read(
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

    pub(crate) fn word(&self, at: u32) -> PageToken {
        self.words[at as usize]
    }
}

impl StoryPair {
    /// Reads two documents and puts their stories into a batch.
    pub(crate) fn read(
        (method, documents): (&AligningMethod<'_>, &Documents),
        texts: &Texts,
        reader: &mut Reader<'_>,
        docs: [DocId; 2],
    ) -> Result<StoryPair, Error> {
        let mut read = |doc| StoryPage::read(method, documents, reader, doc);
        let pages = [read(docs[0])?, read(docs[1])?];
        let firsts = docs.map(|doc| texts.first(doc));
        let is_equal = firsts[0] == firsts[1];
        let mut verified = docs;
        let mut compared_as: [Option<StoryPage>; 2] = [None, None];
        for at in 0..2 {
            if !is_equal && !pages[at].is_thin && firsts[at] != docs[at] {
                verified[at] = firsts[at];
                compared_as[at] = Some(read(firsts[at])?);
            }
        }
        let mut batch = Stories::default();
        for (page, compared_as) in pages.iter().zip(&compared_as) {
            method.push(&compared_as.as_ref().unwrap_or(page).text, &mut batch);
        }
        Ok(StoryPair {
            pages,
            verified,
            compared_as,
            is_equal,
            batch,
        })
    }

    /// The text that was compared for one of the two.
    pub(crate) fn text(&self, at: usize) -> &Story {
        &self.compared_as[at]
            .as_ref()
            .unwrap_or(&self.pages[at])
            .text
    }

    /// Whether one of the two is only a copy of its equals.
    pub(crate) fn is_thin(&self) -> bool {
        self.pages.iter().any(|page| page.is_thin)
    }

    /// What is known of the two that were compared beside their texts.
    pub(crate) fn between(&self, documents: &dyn DocFacts) -> Between {
        between(documents, self.verified[0], self.verified[1])
    }
}
