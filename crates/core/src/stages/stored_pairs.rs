//! Clustering where most of what it compares was compared before, as in an index that a batch is added to.
//!
//! The result is that of [`cluster`](super::clustering::cluster) over the same pairs. That reads the texts of
//! every component, as all of its pairs are to be compared; here the figures are at hand, and only two-hop pairs
//! not compared before are read, all of them together.

use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::batches::DocPair;
use super::clustering::{Clustered, finalize_with};
use super::comparing::Comparer;
use super::components::{Component, components};
use super::crediting::Agencies;
use super::error::StageError;
use super::finalizing::{Compare, Finalizer, find};
use super::method::{Method, Why};
use super::partitioner::{Partitioner, TwoHopPairs};
use super::progress::{Stage, Timing};
use super::rereading::Rereading;
use crate::doc_id::DocId;
use crate::edge::Edge;
use crate::likeness::Likeness;

/// Pairs that were compared.
#[derive(Default)]
pub struct StoredPairs {
    /// Those that share a key and matter, each once.
    pub edges: Vec<Edge>,
    /// Others, sorted: they count only where they are asked for.
    pub others: Vec<Edge>,
}

/// Clusters what was compared.
pub fn cluster_with_stored_pairs<M: Method>(
    StoredPairs { edges, mut others }: StoredPairs,
    finalizer: Finalizer<'_>,
    partitioner: &Partitioner<'_>,
    comparer: &Comparer<'_, M>,
    timing: &mut Timing,
) -> Result<Clustered, StageError> {
    let progress = comparer.context.progress;
    let (found, two_hop, between) = timing.stage(Stage::Cluster, None, progress, || {
        let (found, between) = components(
            finalizer.documents.total(),
            edges,
            |edge| (edge.a, edge.b),
            |edge| partitioner.joins(edge.likeness),
        );
        let two_hop: Vec<TwoHopPairs> = found
            .par_iter()
            .map(|Component { docs, pairs }| partitioner.two_hop(docs, pairs))
            .collect();
        (found, two_hop, between)
    });
    let new = two_hop.par_iter().flat_map_iter(|two_hop| {
        let new = |pair: &&DocPair| find(&others, pair.0, pair.1).is_none();
        two_hop.pairs.iter().filter(new).copied()
    });
    let new: Vec<DocPair> = new.collect();
    let asked = AtomicU64::new(new.len() as u64);
    let compared = timing.stage(Stage::Verify, None, progress, || {
        let keep = |(a, b), compared| Some(Edge::new(a, b, comparer.method.likeness(compared)));
        comparer.each_batch(new, Why::TwoHop, keep, |_, edges| Ok(edges))
    })?;
    others.extend(compared.into_iter().flatten());
    others.par_sort_unstable_by_key(|edge| (edge.a, edge.b));
    timing.stage(Stage::Cluster, None, progress, || {
        let finalized: Result<Vec<Clustered>, StageError> = found
            .into_par_iter()
            .zip(two_hop)
            .map(|(Component { docs, pairs }, two_hop)| {
                let mut compare = CachedComparer {
                    known: &others,
                    rest: Rereading::new(comparer),
                    asked: &asked,
                };
                finalize_with(
                    finalizer,
                    partitioner,
                    &docs,
                    (pairs, &two_hop),
                    &mut compare,
                )
            })
            .collect();
        let mut all = Clustered::default();
        finalized?
            .into_iter()
            .for_each(|finalized| all.add(finalized));
        all.edges.extend(between);
        // Only what was compared now counts.
        all.finalized
            .iter_mut()
            .for_each(|finalized| finalized.compared = 0);
        all.compared = asked.into_inner();
        all.finish(finalizer, 0, Agencies::default())
    })
}

/// Knows most pairs, and compares the others.
struct CachedComparer<'a, O> {
    /// Sorted.
    known: &'a [Edge],
    rest: O,
    /// Counts the others.
    asked: &'a AtomicU64,
}

impl<O: Compare> Compare for CachedComparer<'_, O> {
    fn likenesses(&mut self, text: DocId, others: &[DocId]) -> Result<Vec<Likeness>, StageError> {
        let known = |&other: &DocId| find(self.known, text, other).map(|edge| edge.seen_from(text));
        let mut likenesses: Vec<Option<Likeness>> = others.iter().map(known).collect();
        let is_open = likenesses.iter().zip(others);
        let open: Vec<DocId> = is_open
            .filter_map(|(likeness, &other)| likeness.is_none().then_some(other))
            .collect();
        if !open.is_empty() {
            self.asked.fetch_add(open.len() as u64, Ordering::Relaxed);
            let mut found = self.rest.likenesses(text, &open)?.into_iter();
            for likeness in likenesses.iter_mut().filter(|likeness| likeness.is_none()) {
                *likeness = found.next();
            }
        }
        Ok(likenesses.into_iter().flatten().collect())
    }
}
