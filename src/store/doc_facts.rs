//! What stages ask of the documents of a run, answered from their rows.

use std::borrow::Cow;

use super::documents::{Documents, NO_PUBLISHER, Name};
use crate::cluster::Facts;
use crate::date::Date;
use crate::doc_id::DocId;
use crate::hash;
use crate::stages::{DocFacts, PageCounts};

impl Facts for Documents {
    fn date(&self, doc: DocId) -> Option<Date> {
        self.row(doc).date
    }

    fn is_held(&self, doc: DocId) -> bool {
        doc.index() < self.indexed
    }

    fn words(&self, doc: DocId) -> u32 {
        self.row(doc).words
    }

    fn content(&self, doc: DocId) -> u64 {
        self.row(doc).content
    }

    /// The document's name.
    fn id(&self, doc: DocId) -> Cow<'_, str> {
        let row = self.row(doc);
        let file = || &self.inputs[row.input as usize];
        let id = self.own_id(doc).unwrap_or_default();
        match row.name {
            Name::Id | Name::Given => Cow::Borrowed(id),
            Name::InputAndId => Cow::Owned(format!("{}#{id}", file())),
            Name::InputAndMarkedId => Cow::Owned(format!("{}##{id}", file())),
            Name::Number => Cow::Owned(self.place_name(doc)),
        }
    }

    fn publisher(&self, doc: DocId) -> Option<&str> {
        let publisher = self.row(doc).publisher;
        (publisher != NO_PUBLISHER).then(|| self.publishers[publisher as usize].as_str())
    }
}

impl DocFacts for Documents {
    fn total(&self) -> usize {
        self.rows.len()
    }

    fn normal(&self, doc: DocId) -> u128 {
        self.row(doc).normal
    }

    fn is_accepted(&self, doc: DocId) -> bool {
        !self.row(doc).rejected
    }

    fn page(&self, doc: DocId) -> PageCounts {
        let row = self.row(doc);
        PageCounts {
            words: row.page_words,
            masked: row.masked,
            by_form: row.masked_by_form,
            by_others: row.masked_by_others,
        }
    }

    fn publisher_hash(&self, doc: DocId) -> Option<u64> {
        let publisher = self.row(doc).publisher;
        (publisher != NO_PUBLISHER && self.publishers_distinguish())
            .then(|| hash::bytes(self.publisher_name(publisher).as_bytes()))
    }

    fn are_of_one_outlet(&self, a: DocId, b: DocId) -> bool {
        let outlet = self.row(a).publisher;
        let is_known = outlet != NO_PUBLISHER && self.publishers_distinguish();
        let have_one = |doc| self.equal_texts.is_of_one_outlet(doc);
        is_known && outlet == self.row(b).publisher && have_one(a) && have_one(b)
    }

    fn days_apart(&self, a: DocId, b: DocId) -> Option<f64> {
        self.equal_texts.days_apart(self, a, b)
    }
}
