//! What an index keeps of a page besides its story, noted while the page is masked: which agency it
//! names, and what it is called. No record is read once more for it.

use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;

use super::crediting::{Crediting, IndexedCredit};
use super::documents::Documents;
use super::report::kept_title;
use super::story::PageReading;
use crate::corpus::{Corpus, Record};
use crate::doc_id::DocId;

/// What is kept of a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Note {
    pub(super) credit: IndexedCredit,
    /// Empty only if the page has neither a title nor words.
    pub(super) title: Box<str>,
}

/// The notes of a corpus, by document, while they are taken.
pub(super) struct Notes<'a> {
    crediting: Crediting<'a>,
    documents: &'a Documents,
    taken: Vec<OnceLock<Note>>,
}

impl<'a> Notes<'a> {
    pub(super) fn new(
        corpus: &'a Corpus,
        documents: &'a Documents,
        cancelled: &'a AtomicBool,
    ) -> Notes<'a> {
        Notes {
            crediting: Crediting::new(corpus, documents, cancelled),
            documents,
            taken: vec![OnceLock::new(); documents.rows.len()],
        }
    }

    /// Notes a page that was read and masked; nothing of a rejected one.
    pub(super) fn take(&self, doc: DocId, record: &Record<'_>, masked: &PageReading) {
        if self.documents.row(doc).rejected {
            return;
        }
        self.taken[doc.index()].get_or_init(|| Note {
            credit: self.crediting.indexed(doc, record),
            title: kept_title(record, masked),
        });
    }

    pub(super) fn finish(self) -> Vec<Note> {
        let taken = self.taken.into_iter();
        taken
            .map(|note| note.into_inner().unwrap_or_default())
            .collect()
    }
}
