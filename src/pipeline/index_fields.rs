//! What an index keeps of a page besides its story, taken while the page is masked: which agency it
//! names, and what it is called. No record is read once more for it.

use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;

use super::crediting::{Crediting, IndexedCredit};
use super::documents::Documents;
use super::report::kept_title;
use crate::boilerplate::PageWord;
use crate::corpus::{Corpus, Record};
use crate::doc_id::DocId;
use crate::stages::rank;
use crate::story::PageReading;

/// What is kept of a page.
#[derive(Clone, Debug, Default)]
pub(super) struct IndexFields {
    pub(super) credit: IndexedCredit,
    /// Empty only if the page has neither a title nor words.
    pub(super) title: Box<str>,
    /// Of a page that the index may learn from again.
    pub(super) training_page: Option<Box<TrainingPage>>,
}

/// The words of a page without those of its own short and doubled lines.
#[derive(Clone, Debug)]
pub(super) struct TrainingPage {
    /// The rank of all its words.
    pub(super) rank: u64,
    pub(super) words: Vec<PageWord>,
}

/// Collects the fields of a corpus, by document.
pub(super) struct FieldCollector<'a> {
    crediting: Crediting<'a>,
    documents: &'a Documents,
    /// Which pages the index may learn from again.
    is_training_page: Vec<bool>,
    taken: Vec<OnceLock<IndexFields>>,
}

impl<'a> FieldCollector<'a> {
    pub(super) fn new(
        corpus: &'a Corpus,
        documents: &'a Documents,
        training_pages: &[DocId],
        cancelled: &'a AtomicBool,
    ) -> FieldCollector<'a> {
        let mut is_training_page = vec![false; documents.rows.len()];
        training_pages
            .iter()
            .for_each(|doc| is_training_page[doc.index()] = true);
        FieldCollector {
            is_training_page,
            crediting: Crediting::new(corpus, documents, cancelled),
            documents,
            taken: vec![OnceLock::new(); documents.rows.len()],
        }
    }

    /// Takes those of a page that was read and masked; nothing of a rejected one.
    pub(super) fn take(&self, doc: DocId, record: &Record<'_>, masked: &PageReading) {
        if self.documents.row(doc).rejected {
            return;
        }
        self.taken[doc.index()].get_or_init(|| IndexFields {
            credit: self.crediting.indexed(doc, record),
            title: kept_title(record, masked),
            training_page: (self.is_training_page[doc.index()] && !masked.words.is_empty()).then(
                || {
                    Box::new(TrainingPage {
                        rank: rank(masked.page_hash(record.text)),
                        words: masked.page_words.clone(),
                    })
                },
            ),
        });
    }

    pub(super) fn finish(self) -> Vec<IndexFields> {
        let taken = self.taken.into_iter();
        taken
            .map(|page| page.into_inner().unwrap_or_default())
            .collect()
    }
}
