//! Which agencies the documents of clusters are from.

use std::borrow::Cow;

use rayon::prelude::*;

use super::error::StageError;
use super::facts::DocFacts;
use crate::attribution::Agency;
use crate::cluster::Facts;
use crate::date::Date;
use crate::doc_id::DocId;

/// Reads credits of documents (`wire`).
pub trait Credits: Sync {
    /// Those of the documents, ascending, that are on the pages of the agency that they are from: an agency's own
    /// copies of its stories.
    ///
    /// # Errors
    ///
    /// If a document cannot be read.
    fn published_by_agencies(&self, docs: &[DocId]) -> Result<Vec<DocId>, StageError>;

    /// The agencies that documents are from.
    ///
    /// # Errors
    ///
    /// If a document cannot be read.
    fn agencies(&self, docs: &[DocId]) -> Result<Agencies, StageError>;
}

/// Agencies of documents.
#[derive(Debug, Default)]
pub struct Agencies(Vec<(DocId, &'static Agency)>);

impl Agencies {
    /// In any order.
    pub fn of_documents(mut found: Vec<(DocId, &'static Agency)>) -> Agencies {
        found.par_sort_unstable_by_key(|&(doc, _)| doc);
        Agencies(found)
    }

    /// Together with those of other documents.
    #[must_use]
    pub fn and(mut self, mut others: Agencies) -> Agencies {
        self.0.append(&mut others.0);
        Agencies::of_documents(self.0)
    }

    /// The agency of a document.
    pub fn of(&self, doc: DocId) -> Option<&'static Agency> {
        let found = self.0.binary_search_by_key(&doc, |&(doc, _)| doc);
        found.ok().map(|at| self.0[at].1)
    }

    /// Documents that are from one.
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

/// Facts of documents, and which of them are on their agencies' own pages.
pub(super) struct WithAgencies<'a> {
    /// The facts.
    pub documents: &'a dyn DocFacts,
    /// Ascending.
    pub from_agency: Vec<DocId>,
}

impl Facts for WithAgencies<'_> {
    fn date(&self, doc: DocId) -> Option<Date> {
        self.documents.date(doc)
    }

    fn words(&self, doc: DocId) -> u32 {
        self.documents.words(doc)
    }

    fn content(&self, doc: DocId) -> u64 {
        self.documents.content(doc)
    }

    fn id(&self, doc: DocId) -> Cow<'_, str> {
        self.documents.id(doc)
    }

    fn publisher(&self, doc: DocId) -> Option<&str> {
        self.documents.publisher(doc)
    }

    fn is_from_agency(&self, doc: DocId) -> bool {
        self.from_agency.binary_search(&doc).is_ok()
    }
}
