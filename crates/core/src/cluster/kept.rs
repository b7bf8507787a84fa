//! What a cluster keeps so far, and which of it carries a text best.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::Facts;
use super::carrier::Carrier;
use super::removal::RemovalRule;
use crate::doc_id::DocId;
use crate::relation::Relation;

/// How many documents already kept a document is compared with before it is kept too, where no
/// known pair says: as many as a crowded key has leaders.
const CARRIERS: usize = 8;

/// Texts of which a document is kept, with the first such document.
#[derive(Default)]
pub(super) struct Kept {
    /// (text, its rank), by text.
    ranks: Vec<(DocId, usize)>,
    /// (text, document), most preferred first.
    ranked: Vec<(DocId, DocId)>,
    /// The first document kept of (text, content).
    contents: BTreeMap<(DocId, u64), DocId>,
}

impl Kept {
    fn rank(&self, text: DocId) -> Option<usize> {
        let found = self
            .ranks
            .binary_search_by_key(&text, |&(text, _)| text)
            .ok()?;
        Some(self.ranks[found].1)
    }

    /// A kept document of the same text, if its relation to this one may be removed: one of the
    /// same bytes where there is one, else the first of the text.
    pub(super) fn equal(
        &self,
        text: DocId,
        content: u64,
        rule: &RemovalRule,
    ) -> Option<(DocId, Relation)> {
        let witness = match self.contents.get(&(text, content)) {
            Some(&same) => (same, Relation::Exact),
            None => (self.ranked[self.rank(text)?].1, Relation::Normalized),
        };
        rule.relations.contains(&witness.1).then_some(witness)
    }

    /// The texts kept first, those that another text is compared with.
    pub(super) fn firsts(&self) -> impl Iterator<Item = DocId> {
        self.ranked.iter().take(CARRIERS).map(|&(text, _)| text)
    }

    /// Keeps a document; of every text the first one counts, and the first of every content.
    pub(super) fn add(&mut self, text: DocId, content: u64, doc: DocId) {
        self.contents.entry((text, content)).or_insert(doc);
        if let Err(place) = self.ranks.binary_search_by_key(&text, |&(text, _)| text) {
            self.ranks.insert(place, (text, self.ranked.len()));
            self.ranked.push((text, doc));
        }
    }

    /// The kept document that carries another one best, if one does; ties go to the most preferred.
    pub(super) fn carrier(
        &self,
        doc: DocId,
        carriers: impl Iterator<Item = Carrier>,
        rule: &RemovalRule,
        facts: &(impl Facts + ?Sized),
    ) -> Option<(DocId, Relation)> {
        let date = facts.date(doc);
        let carries = |carrier: Carrier| {
            let rank = self.rank(carrier.text)?;
            let dates = date.zip(facts.date(self.ranked[rank].1));
            let relation = match dates {
                Some((own, other)) if own.is_after(other) => carrier.if_later,
                _ => carrier.relation,
            };
            let covered = rule.coverage.admits_ratio(carrier.carried, carrier.of);
            (covered && rule.relations.contains(&relation)).then_some((
                carrier.closeness,
                Reverse(rank),
                relation,
            ))
        };
        let best = carriers
            .filter_map(carries)
            .max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))?;
        Some((self.ranked[best.1.0].1, best.2))
    }
}
