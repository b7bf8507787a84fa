//! Which agency the documents of clusters are from (`wire`).
//!
//! Looking for credits costs as much as reading a text again, so only clustered documents are
//! looked at: those on an agency's own pages before their cluster chooses its representative, all
//! of them once the clusters are known.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::attribution::{self, Agency, Credit, Form, agencies, matches_publisher};
use crate::cluster::Facts;
use crate::clusters::Cluster;
use crate::context::Context;
use crate::corpus::{Corpus, Reader, Record};
use crate::doc_id::DocId;
use crate::error::Error;
use crate::run::finished::Run;
use crate::stages::{Agencies, Credits, StageError};
use crate::store::documents::{Documents, NO_PUBLISHER};

/// Reads the credits of documents.
pub(crate) struct Crediting<'a> {
    corpus: &'a Corpus,
    documents: &'a Documents,
    context: Context<'a>,
    /// What an index knows of the first documents, which are not in the corpus.
    indexed: &'a [IndexedCredit],
    /// Whether each publisher is an agency, computed on first use.
    are_agencies: Vec<OnceLock<bool>>,
}

/// What an index knows of a document's credit.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct IndexedCredit {
    pub(crate) agency: Option<&'static Agency>,
    /// Whether an agency published it itself.
    pub(crate) is_from_agency: bool,
}

impl<'a> Crediting<'a> {
    pub(crate) fn new(
        corpus: &'a Corpus,
        documents: &'a Documents,
        context: Context<'a>,
    ) -> Crediting<'a> {
        Crediting {
            corpus,
            documents,
            context,
            indexed: &[],
            are_agencies: vec![OnceLock::new(); documents.publishers()],
        }
    }

    /// Takes the credits of the first documents from an index.
    pub(crate) fn with_indexed(self, indexed: &'a [IndexedCredit]) -> Crediting<'a> {
        Crediting { indexed, ..self }
    }

    /// Whether a credit is that of the agency on whose pages the document stands.
    fn is_own(&self, doc: DocId, credit: &Credit) -> bool {
        let publisher = self.documents.publisher(doc).unwrap_or_default();
        let is_own = |agency: &Agency| matches_publisher(agency, publisher);
        let mut with = credit.with.iter();
        credit.form != Form::Lent && (is_own(credit.agency) || with.any(|with| is_own(with)))
    }

    /// The credit of a document, for an index to keep.
    pub(crate) fn indexed(&self, doc: DocId, record: &Record<'_>) -> IndexedCredit {
        let credit = attribution::find(record.text, record.title);
        credit.map_or(IndexedCredit::default(), |credit| IndexedCredit {
            agency: Some(credit.agency),
            is_from_agency: self.is_on_agency_pages(doc) && self.is_own(doc, &credit),
        })
    }

    fn is_on_agency_pages(&self, doc: DocId) -> bool {
        let publisher = self.documents.row(doc).publisher;
        publisher != NO_PUBLISHER
            && *self.are_agencies[publisher as usize].get_or_init(|| {
                let name = self.documents.publisher_name(publisher);
                let mut all = agencies().iter();
                all.any(|agency| matches_publisher(agency, name))
            })
    }

    fn credit(&self, doc: DocId, reader: &mut Reader<'_>) -> Result<Option<Credit>, Error> {
        self.context.go_on()?;
        let row = self.documents.row(doc);
        let read = reader.record(row.input as usize, row.offset, row.length, |record| {
            attribution::find(record.text, record.title)
        })?;
        Ok(read)
    }
}

impl Credits for Crediting<'_> {
    fn published_by_agencies(&self, docs: &[DocId]) -> Result<Vec<DocId>, StageError> {
        let mut reader = self.corpus.reader();
        let is_indexed = |doc: &&DocId| {
            let known = self.indexed.get(doc.index());
            known.is_some_and(|known| known.is_from_agency)
        };
        let mut own: Vec<DocId> = docs.iter().filter(is_indexed).copied().collect();
        let docs = docs.iter().filter(|doc| doc.index() >= self.indexed.len());
        for &doc in docs.filter(|&&doc| self.is_on_agency_pages(doc)) {
            let credit = self.credit(doc, &mut reader)?;
            if credit.is_some_and(|credit| self.is_own(doc, &credit)) {
                own.push(doc);
            }
        }
        Ok(own)
    }

    fn agencies(&self, docs: &[DocId]) -> Result<Agencies, StageError> {
        let found: Result<Vec<_>, Error> = docs
            .par_iter()
            .map_init(
                || self.corpus.reader(),
                |reader, &doc| {
                    if let Some(known) = self.indexed.get(doc.index()) {
                        return Ok(known.agency.map(|agency| (doc, agency)));
                    }
                    let credit = self.credit(doc, reader)?;
                    Ok(credit.map(|credit| (doc, credit.agency)))
                },
            )
            .collect();
        let found: Vec<_> = found?.into_iter().flatten().collect();
        Ok(Agencies::of_documents(found))
    }
}

/// Agencies that are counted by name.
const NAMED: usize = 20;

impl Run {
    /// The agency that a document's credit names, in the `wire` profile. Only documents of clusters
    /// are looked at.
    pub fn agency(&self, doc: DocId) -> Option<&'static Agency> {
        self.agencies.of(doc)
    }

    /// The agency that a cluster's story is from: that of its representative or, if that names
    /// none, the one that most members name; of several the first by name.
    pub fn cluster_agency(&self, cluster: &Cluster) -> Option<&'static Agency> {
        self.agency(cluster.representative()).or_else(|| {
            let named = cluster.members.iter().map(|member| self.agency(member.doc));
            most(named.flatten()).first().map(|&(agency, _)| agency)
        })
    }

    /// How many documents of clusters name an agency, and the agencies of most clusters with their
    /// numbers, at most 20.
    pub fn agency_counts(&self) -> (u64, Vec<(&'static Agency, u64)>) {
        let clusters = self.clusters().iter();
        let mut counts = most(clusters.filter_map(|cluster| self.cluster_agency(cluster)));
        counts.truncate(NAMED);
        (self.agencies.count() as u64, counts)
    }
}

/// How often each agency is there, most often first, then by name.
fn most(agencies: impl Iterator<Item = &'static Agency>) -> Vec<(&'static Agency, u64)> {
    let mut counts: BTreeMap<&str, (&'static Agency, u64)> = BTreeMap::new();
    for agency in agencies {
        counts.entry(agency.name()).or_insert((agency, 0)).1 += 1;
    }
    let mut counts: Vec<_> = counts.into_values().collect();
    counts.sort_by_key(|&(_, count)| Reverse(count));
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agencies_are_counted_most_often_first_then_by_name() {
        let named = |name: &str| agencies().iter().find(|agency| agency.name() == name);
        let named = ["dpa", "AP", "Reuters", "AP", "dpa"].map(|name| named(name).unwrap());
        let counts = most(named.into_iter());
        let counts: Vec<(&str, u64)> = counts.iter().map(|(a, count)| (a.name(), *count)).collect();
        assert_eq!(counts, [("AP", 2), ("dpa", 2), ("Reuters", 1)]);
    }
}
