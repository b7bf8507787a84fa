//! What is known of the pairs among a batch and its neighbourhood before they are clustered: those compared
//! just now, those compared when they were stored, and the few whose figures are not known, which are compared
//! again.

use super::catalog::Catalog;
use super::neighbourhood::StoredPair;
use super::placing::Compared;
use crate::doc_id::DocId;
use crate::edge::Edge;
use crate::likeness::Likeness;
use crate::pipeline::batches::DocPair;
use crate::pipeline::comparing::Comparer;
use crate::pipeline::error::Error;
use crate::pipeline::method::{Method, Why};
use crate::pipeline::parting::Parting;
use crate::pipeline::remembered::Remembered;
use crate::pipeline::texts::Texts;

/// Documents of an index and a batch behind them, as one corpus.
pub(super) struct Recalling<'a> {
    pub(super) catalog: &'a Catalog,
    /// Positions of the former, ascending.
    pub(super) indexed: &'a [u32],
    pub(super) texts: &'a Texts,
}

impl Recalling<'_> {
    /// The pairs of a batch that were compared now and those that were stored.
    pub(super) fn recall<M: Method>(
        &self,
        (now, stored): (&[Compared], &[StoredPair]),
        parting: &Parting<'_>,
        comparer: &Comparer<'_, M>,
    ) -> Result<Remembered, Error> {
        let mut known: Vec<Edge> = Vec::with_capacity(now.len() + stored.len());
        let mut open: Vec<DocPair> = Vec::new();
        let mut remembered = Remembered::default();
        let of_batch = now
            .iter()
            .map(|&(a, b, likeness)| (a, b, Some(likeness), true));
        let of_index = stored.iter().map(|pair| {
            let likeness = self.catalog.likeness((pair.a, pair.b), pair.figures)?;
            Ok((pair.a, pair.b, likeness, pair.figures.share_a_key()))
        });
        for pair in of_batch.map(Ok::<_, Error>).chain(of_index) {
            let (a, b, likeness, share_a_key) = pair?;
            let Some((a, b)) = self.local(a).zip(self.local(b)) else {
                continue;
            };
            // A text is compared by its first document: the figures are those of a pair of such ones.
            let (x, y) = (self.texts.first(a), self.texts.first(b));
            let likeness = likeness.filter(|_| (x, y) == (a, b));
            match likeness.map(|likeness| Edge::new(x, y, likeness)) {
                Some(edge) if share_a_key => known.push(edge),
                Some(edge) => remembered.others.push(edge),
                None if x != y => open.push((x.min(y), x.max(y))),
                None => {}
            }
        }
        known.sort_unstable_by_key(|edge| (edge.a, edge.b));
        known.dedup_by_key(|edge| (edge.a, edge.b));
        open.sort_unstable();
        open.dedup();
        let is_known = |pair: &DocPair| {
            let found = known.binary_search_by_key(pair, |edge| (edge.a, edge.b));
            found.is_ok()
        };
        open.retain(|pair| !is_known(pair));
        let keep = |(a, b): DocPair, found| {
            let likeness: Likeness = comparer.method.likeness(found);
            parting.needs(likeness).then(|| Edge::new(a, b, likeness))
        };
        let compared = comparer.each_batch(open, Why::Candidates, keep, |_, edges| Ok(edges))?;
        known.extend(compared.into_iter().flatten());
        known.sort_unstable_by_key(|edge| (edge.a, edge.b));
        remembered.edges = known;
        remembered
            .others
            .sort_unstable_by_key(|edge| (edge.a, edge.b));
        Ok(remembered)
    }

    /// The number in the small corpus of a document of the index, or of the batch.
    fn local(&self, position: u32) -> Option<DocId> {
        match (position as usize).checked_sub(self.catalog.documents()) {
            Some(doc) => Some(DocId::from_index(self.indexed.len() + doc)),
            None => self
                .indexed
                .binary_search(&position)
                .ok()
                .map(DocId::from_index),
        }
    }
}
