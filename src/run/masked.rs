//! How much of a corpus was masked as boilerplate, in all and source by source.
//!
//! The figures are there to be doubted: a source of which nearly all is masked, or that is in
//! clusters with itself, shows where the mask took story for boilerplate, or the other way round.

use serde_json::{Value, json};

use crate::doc_id::DocId;
use crate::run::finished::Run;
use crate::store::documents::NO_PUBLISHER;
use crate::store::row::Row;
use crate::story::LONG_PAGE;

/// Sources that `run.json` lists at most, the largest ones.
const LISTED: usize = 1_000;

/// What was masked of a corpus.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct Masked {
    /// All documents together, also those of no known publisher.
    pub total: MaskedWords,
    /// Every publisher's, those of most documents first, then by name.
    pub sources: Vec<MaskedSource>,
}

/// What was masked of some documents.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct MaskedWords {
    /// Documents.
    pub documents: u64,
    /// Their words.
    pub words: u64,
    /// Words of these that were masked.
    pub masked_words: u64,
    /// Words masked by the form of their lines: short ones without a sentence, and such as stand twice.
    pub by_form: u64,
    /// Words masked as pages of other or unknown publishers have them.
    pub by_others: u64,
    /// Documents with words of which too little is left (`THIN`): only equals are found of them.
    pub thin: u64,
    /// Documents of 100 words or more of which nine tenths or more were masked as learned boilerplate.
    pub emptied: u64,
}

/// A publisher, and what was masked of its documents.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct MaskedSource {
    /// The name, as in `clusters.jsonl`.
    pub publisher: String,
    /// What was masked.
    pub masked: MaskedWords,
    /// Documents in a cluster with another document of the same publisher.
    pub refiled: u64,
}

impl MaskedWords {
    fn add(&mut self, row: &Row) {
        let learned = row.masked.saturating_sub(row.masked_by_form);
        let [words, learned_words] = [row.page_words, learned].map(u64::from);
        self.documents += 1;
        self.words += words;
        self.masked_words += u64::from(row.masked);
        self.by_form += u64::from(row.masked_by_form);
        self.by_others += u64::from(row.masked_by_others);
        self.thin += u64::from(row.words == 0 && row.page_words > 0);
        self.emptied += u64::from(words >= LONG_PAGE as u64 && 10 * learned_words >= 9 * words);
    }

    /// Words masked as boilerplate that was learned.
    pub fn learned(&self) -> u64 {
        self.masked_words - self.by_form
    }

    /// Documents up to which a corpus is small.
    const SMALL: u64 = 200;
    /// Documents from which on a part of them being emptied is no accident of one.
    const EMPTIED: u64 = 50;

    /// Whether so much was masked as boilerplate that was learned that stories may be among it: more than a third of
    /// the words of fewer than 200 documents, which teach little, or one document of fifty emptied.
    pub fn is_much(&self) -> bool {
        let is_small = self.documents < MaskedWords::SMALL;
        is_small && 3 * self.learned() > self.words
            || self.emptied > 0 && MaskedWords::EMPTIED * self.emptied >= self.documents
    }
}

impl MaskedSource {
    /// Fewest documents that say something about a source.
    pub const TELLING: u64 = 20;
    /// Pages of the usual sites lose 30 to 60 of 100 words; more than this many is rarely right.
    const MOST_MASKED: u64 = 70;

    /// Whether so much was masked that stories may be among it: over 70 % of the words, of 20
    /// documents or more.
    pub fn is_nearly_all_masked(&self) -> bool {
        let MaskedWords {
            documents,
            words,
            masked_words,
            ..
        } = self.masked;
        documents >= MaskedSource::TELLING && masked_words * 100 > words * MaskedSource::MOST_MASKED
    }

    /// Whether the source seems to file the same stories again and again: more than half of its
    /// documents, of 20 or more, are in clusters with others of its own.
    pub fn refiles(&self) -> bool {
        let documents = self.masked.documents;
        documents >= MaskedSource::TELLING && self.refiled * 2 > documents
    }
}

impl Masked {
    /// For `run.json`.
    pub(crate) fn json(&self) -> Value {
        let source = |source: &MaskedSource| {
            json!({
                "publisher": source.publisher,
                "documents": source.masked.documents,
                "words": source.masked.words,
                "masked_words": source.masked.masked_words,
                "thin": source.masked.thin,
                "refiled": source.refiled,
            })
        };
        let listed: Vec<Value> = self.sources.iter().take(LISTED).map(source).collect();
        json!({
            "total": self.total,
            "sources_not_listed": self.sources.len() - listed.len(),
            "sources": listed,
        })
    }
}

impl Run {
    /// What was masked as boilerplate; `None` in the `near` profile, which masks nothing.
    pub fn masked(&self) -> Option<&Masked> {
        self.learned()?;
        Some(self.masked.get_or_init(|| self.count_masked()))
    }

    fn count_masked(&self) -> Masked {
        let documents = &self.documents;
        let unseen = || (MaskedWords::default(), 0);
        let mut of: Vec<(MaskedWords, u64)> = vec![unseen(); documents.publishers()];
        let mut total = MaskedWords::default();
        for doc in documents.own() {
            let row = documents.row(doc);
            total.add(row);
            if row.publisher != NO_PUBLISHER {
                of[row.publisher as usize].0.add(row);
            }
        }
        let publisher = |doc: DocId| documents.row(doc).publisher;
        for cluster in self.clusters() {
            let docs = cluster.members.iter().map(|member| member.doc);
            let mut members: Vec<u32> =
                docs.map(publisher).filter(|&p| p != NO_PUBLISHER).collect();
            members.sort_unstable();
            for own in members.chunk_by(|a, b| a == b).filter(|own| own.len() > 1) {
                of[own[0] as usize].1 += own.len() as u64;
            }
        }
        let mut sources: Vec<MaskedSource> = (0..)
            .zip(of)
            .filter(|(_, (masked, _))| masked.documents > 0)
            .map(|(publisher, (masked, refiled))| MaskedSource {
                publisher: documents.publisher_name(publisher).to_owned(),
                masked,
                refiled,
            })
            .collect();
        sources.sort_by(|a, b| {
            let order = b.masked.documents.cmp(&a.masked.documents);
            order.then_with(|| a.publisher.cmp(&b.publisher))
        });
        Masked { total, sources }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(documents: u64, words: u64, masked_words: u64, refiled: u64) -> MaskedSource {
        MaskedSource {
            publisher: format!("{documents}.example"),
            masked: MaskedWords {
                documents,
                words,
                masked_words,
                ..MaskedWords::default()
            },
            refiled,
        }
    }

    #[test]
    fn a_source_is_doubted_from_twenty_pages_on() {
        assert!(source(20, 1000, 701, 0).is_nearly_all_masked());
        assert!(!source(20, 1000, 700, 0).is_nearly_all_masked());
        assert!(!source(19, 1000, 1000, 19).is_nearly_all_masked());
        assert!(source(20, 1, 0, 11).refiles());
        assert!(!source(20, 1, 0, 10).refiles() && !source(19, 1, 0, 19).refiles());
    }

    #[test]
    fn a_third_of_a_small_corpus_and_one_page_of_fifty_are_much() {
        let of = |documents, masked_words, by_form, emptied| MaskedWords {
            documents,
            words: 300,
            masked_words,
            by_form,
            emptied,
            ..MaskedWords::default()
        };
        assert!(of(199, 151, 50, 0).is_much());
        assert!(!of(199, 150, 50, 0).is_much());
        assert!(!of(200, 300, 0, 0).is_much());
        assert!(of(500, 0, 0, 10).is_much() && !of(500, 0, 0, 9).is_much());
    }

    #[test]
    fn the_largest_thousand_are_listed_and_the_others_counted() {
        let masked = Masked {
            total: MaskedWords::default(),
            sources: (0..1_003).map(|n| source(2_000 - n, 1, 0, 0)).collect(),
        };
        let json = masked.json();
        assert_eq!(json["sources"].as_array().unwrap().len(), 1_000);
        assert_eq!(json["sources_not_listed"], 3);
        assert_eq!(json["sources"][0]["documents"], 2_000);
    }
}
