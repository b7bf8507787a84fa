//! What is known of the pairs among a batch and its neighbourhood before they are clustered: those compared
//! just now, those compared when they were stored, and the few whose figures are not known, which are compared
//! again.

use rayon::prelude::*;

use super::catalog::Catalog;
use super::compared::Compared;
use super::joined;
use super::neighbourhood::StoredPair;
use crate::edge::Edge;
use crate::error::Error;
use crate::likeness::Likeness;
use crate::stages::{Comparer, DocPair, Method, Partitioner, StoredPairs, Texts, Why};

/// Documents of an index and a batch behind them, as one corpus.
pub(super) struct PairLookup<'a> {
    pub(super) catalog: &'a Catalog,
    /// Positions of the former, ascending.
    pub(super) indexed: &'a [u32],
    pub(super) texts: &'a Texts,
}

/// What is known of a pair.
enum KnownPair {
    /// The figures of two documents that share a key.
    Candidate(Edge),
    /// Those of two others.
    Other(Edge),
    /// It has to be compared.
    Open(DocPair),
    /// It is not among the documents.
    Nothing,
}

impl PairLookup<'_> {
    /// The pairs of a batch that were compared now and those that were stored.
    pub(super) fn known_pairs<M: Method>(
        &self,
        (now, stored): (&[Compared], &[StoredPair]),
        partitioner: &Partitioner<'_>,
        comparer: &Comparer<'_, M>,
    ) -> Result<StoredPairs, Error> {
        let classified = now
            .par_iter()
            .map(|&(a, b, likeness)| Ok::<_, Error>(self.classify((a, b), Some(likeness), true)));
        let stored = stored.par_iter().map(|pair| {
            let likeness = self.catalog.likeness((pair.a, pair.b), pair.figures)?;
            let share_a_key = pair.figures.share_a_key();
            Ok(self.classify((pair.a, pair.b), likeness, share_a_key))
        });
        let classified: Vec<KnownPair> = classified.chain(stored).collect::<Result<_, Error>>()?;
        let mut known: Vec<Edge> = Vec::with_capacity(classified.len());
        let mut open: Vec<DocPair> = Vec::new();
        let mut pairs = StoredPairs::default();
        for pair in classified {
            match pair {
                KnownPair::Candidate(edge) => known.push(edge),
                KnownPair::Other(edge) => pairs.others.push(edge),
                KnownPair::Open(pair) => open.push(pair),
                KnownPair::Nothing => {}
            }
        }
        known.par_sort_unstable_by_key(|edge| (edge.a, edge.b));
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
            partitioner
                .needs(likeness)
                .then(|| Edge::new(a, b, likeness))
        };
        let compared = comparer.each_batch(open, Why::Candidates, keep, |_, edges| Ok(edges))?;
        known.extend(compared.into_iter().flatten());
        known.par_sort_unstable_by_key(|edge| (edge.a, edge.b));
        pairs.edges = known;
        pairs.others.sort_unstable_by_key(|edge| (edge.a, edge.b));
        Ok(pairs)
    }

    /// What is known of a pair, given by positions.
    fn classify(
        &self,
        (a, b): (u32, u32),
        likeness: Option<Likeness>,
        share_a_key: bool,
    ) -> KnownPair {
        let before = self.catalog.documents();
        let number = |at: u32| joined::number(self.indexed, before, at);
        let Some((a, b)) = number(a).zip(number(b)) else {
            return KnownPair::Nothing;
        };
        // A text is compared by its first document: figures count if they are of a pair of such ones.
        let (x, y) = (self.texts.first(a), self.texts.first(b));
        match likeness.filter(|_| (x, y) == (a, b)) {
            Some(likeness) if share_a_key => KnownPair::Candidate(Edge::new(a, b, likeness)),
            Some(likeness) => KnownPair::Other(Edge::new(a, b, likeness)),
            None if x != y && share_a_key => KnownPair::Open((x.min(y), x.max(y))),
            None => KnownPair::Nothing,
        }
    }
}
