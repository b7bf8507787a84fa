//! What an index keeps of a page besides its story, taken while the page is masked: which agency it
//! names, and what it is called. No record is read once more for it.

use std::sync::OnceLock;

use crate::boilerplate::PageWord;
use crate::context::Context;
use crate::corpus::{Corpus, Record};
use crate::doc_id::DocId;
use crate::run::crediting::{Crediting, IndexedCredit};
use crate::stages::rank;
use crate::store::beginnings::kept_title;
use crate::store::documents::Documents;
use crate::story::PageReading;

/// What is kept of a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct IndexFields {
    pub(crate) credit: IndexedCredit,
    /// Empty only if the page has neither a title nor words.
    pub(crate) title: Box<str>,
    /// Of a page that the index may learn from again.
    pub(crate) training_page: Option<Box<TrainingPage>>,
}

/// The words of a page without those of its own short and doubled lines.
#[derive(Clone, Debug)]
pub(crate) struct TrainingPage {
    /// The rank of all its words.
    pub(crate) rank: u64,
    pub(crate) words: Vec<PageWord>,
}

/// Collects the fields of a corpus, by document.
pub(crate) struct FieldCollector<'a> {
    crediting: Crediting<'a>,
    documents: &'a Documents,
    /// Which pages the index may learn from again.
    is_training_page: Vec<bool>,
    taken: Vec<OnceLock<IndexFields>>,
}

impl<'a> FieldCollector<'a> {
    pub(crate) fn new(
        corpus: &'a Corpus,
        documents: &'a Documents,
        training_pages: &[DocId],
        context: Context<'a>,
    ) -> FieldCollector<'a> {
        let mut is_training_page = vec![false; documents.rows.len()];
        training_pages
            .iter()
            .for_each(|doc| is_training_page[doc.index()] = true);
        FieldCollector {
            is_training_page,
            crediting: Crediting::new(corpus, documents, context),
            documents,
            taken: vec![OnceLock::new(); documents.rows.len()],
        }
    }

    /// Takes those of a page that was read and masked; nothing of a rejected one.
    pub(crate) fn take(&self, doc: DocId, record: &Record<'_>, masked: &PageReading) {
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

    pub(crate) fn finish(self) -> Vec<IndexFields> {
        let taken = self.taken.into_iter();
        taken
            .map(|page| page.into_inner().unwrap_or_default())
            .collect()
    }
}
