//! From candidates to judged clusters.
//!
//! Most components of candidates fit a batch: their edges, clusters and verdicts are found while
//! the texts are at hand. Components cut over several batches are put together afterwards, and
//! texts that only have equal copies need no comparing at all.

use rayon::prelude::*;

use super::batches::DocPair;
use super::certifying::{Certificates, certify};
use super::comparing::{Comparer, LoadedBatch};
use super::components::{Component, components};
use super::crediting::Agencies;
use super::error::StageError;
use super::facts::DocFacts;
use super::finalizing::{Compare, FinalCluster, Finalizer};
use super::linking::Links;
use super::method::{Method, Why};
use super::pair_stats::PairStats;
use super::partitioner::{Partitioner, TwoHopPairs};
use super::progress::{Stage, Timing};
use super::rereading::Rereading;
use super::story_texts::HeldStories;
use crate::cluster::RemovalRule;
use crate::doc_id::DocId;
use crate::edge::Edge;
use crate::likeness::Likeness;

/// The clusters of a corpus.
#[derive(Default)]
pub struct Clustered {
    /// Clusters and what becomes of their members.
    pub finalized: Vec<FinalCluster>,
    /// Compared pairs outside of clusters that are worth a row.
    pub edges: Vec<Edge>,
    /// Components that were larger than the cap and were taken apart.
    pub split: u64,
    /// Pairs without a key in common that were compared for a copy in common.
    pub compared: u64,
    /// Texts with more copies than were compared with each other.
    pub two_hop_capped: u64,
    /// Which texts hold the stories of other clusters.
    pub links: Links,
    /// Which agencies the documents of clusters name.
    pub agencies: Agencies,
    /// How much of the pages that go stays.
    pub certificates: Certificates,
    /// Documents that stay as one text takes their place and others'.
    pub stubs: u64,
}

/// What a batch gave: clusters, or the edges of a part of a component.
enum Found {
    Whole(Clustered),
    Part(Vec<Edge>),
}

/// Compares candidates and clusters what they confirm.
pub fn cluster<M: Method>(
    pairs: Vec<DocPair>,
    finalizer: Finalizer<'_>,
    partitioner: &Partitioner<'_>,
    comparer: &Comparer<'_, M>,
    stats: &PairStats<'_>,
    timing: &mut Timing,
) -> Result<Clustered, StageError> {
    let progress = comparer.context.progress;
    let total = Some(pairs.len() as u64);
    let keep = |(a, b), found| {
        let likeness = comparer.method.likeness(found);
        stats.record((a, b), likeness);
        partitioner
            .needs(likeness)
            .then(|| Edge::new(a, b, likeness))
    };
    let found = timing.stage(Stage::Verify, total, progress, || {
        comparer.each_batch(pairs, Why::Candidates, keep, |batch, edges| {
            match batch.whole {
                true => in_batch(finalizer, partitioner, batch, edges).map(Found::Whole),
                false => Ok(Found::Part(edges)),
            }
        })
    })?;
    timing.stage(Stage::Cluster, None, progress, || {
        let mut all = Clustered::default();
        let pairs = |found: &Found| match found {
            Found::Whole(_) => 0,
            Found::Part(edges) => edges.len(),
        };
        let mut parts = Vec::with_capacity(found.iter().map(pairs).sum());
        for found in found {
            match found {
                Found::Whole(clustered) => all.add(clustered),
                Found::Part(edges) => parts.extend(edges),
            }
        }
        // A story that was cut is one thread's work: another one reads credits meanwhile.
        let (put_together, credited) = rayon::join(
            || put_together(finalizer, partitioner, parts, comparer),
            || agencies(finalizer, &all.finalized),
        );
        let before = all.finalized.len();
        all.add(put_together?);
        all.finish(finalizer, before, credited?)
    })
}

impl Clustered {
    /// Adds the clusters of equal texts alone, and the agencies of all from the first so many on, of which it
    /// is known already.
    pub fn finish(
        mut self,
        finalizer: Finalizer<'_>,
        credited: usize,
        agencies_of_these: Agencies,
    ) -> Result<Clustered, StageError> {
        self.finalized
            .extend(equal_only(finalizer, &self.finalized)?);
        self.agencies = agencies_of_these.and(agencies(finalizer, &self.finalized[credited..])?);
        Ok(self)
    }

    /// Keeps what no kept document is certain to carry.
    #[must_use]
    pub fn certified(
        mut self,
        documents: &dyn DocFacts,
        stories: &dyn HeldStories,
        rule: &RemovalRule,
    ) -> Clustered {
        self.certificates = certify(&mut self.finalized, documents, stories, rule);
        self
    }

    /// Adds other clusters, of other documents.
    pub fn add(&mut self, other: Clustered) {
        self.finalized.extend(other.finalized);
        self.edges.extend(other.edges);
        self.split += other.split;
        self.compared += other.compared;
        self.two_hop_capped += other.two_hop_capped;
    }
}

/// The clusters of whole components, whose texts are at hand.
fn in_batch<M: Method>(
    finalizer: Finalizer<'_>,
    partitioner: &Partitioner<'_>,
    batch: &mut LoadedBatch<'_, M>,
    edges: Vec<Edge>,
) -> Result<Clustered, StageError> {
    let docs = batch.docs.to_vec();
    finalize_all(finalizer, partitioner, &docs, edges, batch)
}

/// The clusters of components that were cut over several batches: each of what hangs together by
/// pairs that join, on its own.
fn put_together<M: Method>(
    finalizer: Finalizer<'_>,
    partitioner: &Partitioner<'_>,
    edges: Vec<Edge>,
    comparer: &Comparer<'_, M>,
) -> Result<Clustered, StageError> {
    let (found, between) = components(
        finalizer.documents.total(),
        edges,
        |edge| (edge.a, edge.b),
        |edge| partitioner.joins(edge.likeness),
    );
    let finalized: Result<Vec<Clustered>, StageError> = found
        .into_par_iter()
        .map(|Component { docs, pairs }| {
            finalize_all(
                finalizer,
                partitioner,
                &docs,
                pairs,
                &mut Rereading::new(comparer),
            )
        })
        .collect();
    let mut all = Clustered {
        edges: between,
        ..Clustered::default()
    };
    finalized?
        .into_iter()
        .for_each(|finalized| all.add(finalized));
    Ok(all)
}

/// The clusters of a component; `compare` compares its texts.
fn finalize_all<O: Compare>(
    finalizer: Finalizer<'_>,
    partitioner: &Partitioner<'_>,
    docs: &[DocId],
    edges: Vec<Edge>,
    compare: &mut O,
) -> Result<Clustered, StageError> {
    let two_hop = partitioner.two_hop(docs, &edges);
    finalize_with(finalizer, partitioner, docs, (edges, &two_hop), compare)
}

/// The same where its two-hop pairs are known.
pub(super) fn finalize_with<O: Compare>(
    finalizer: Finalizer<'_>,
    partitioner: &Partitioner<'_>,
    docs: &[DocId],
    (mut edges, two_hop): (Vec<Edge>, &TwoHopPairs),
    compare: &mut O,
) -> Result<Clustered, StageError> {
    let partition = partitioner.partition(docs, &mut edges, two_hop, compare)?;
    let sets = partition.members;
    // (text, number of its set), to find the edges of a set.
    let mut set_of: Vec<(DocId, usize)> = Vec::new();
    for (number, set) in sets.iter().enumerate() {
        set_of.extend(set.iter().map(|&text| (text, number)));
    }
    set_of.sort_unstable();
    let number = |text: DocId| {
        let found = set_of.binary_search_by_key(&text, |&(text, _)| text);
        found.ok().map(|at| set_of[at].1)
    };
    let mut result = Clustered {
        split: partition.split,
        compared: partition.compared,
        two_hop_capped: partition.two_hop_capped,
        ..Clustered::default()
    };
    let set = |edge: &Edge| number(edge.a).filter(|&set| number(edge.b) == Some(set));
    let inside = match sets.len() {
        // Nearly all of millions of edges, if anybody has as many: they stay where they are.
        1 => {
            result.edges = edges.extract_if(.., |edge| set(edge).is_none()).collect();
            vec![edges]
        }
        _ => {
            let mut inside: Vec<Vec<Edge>> = sets.iter().map(|_| Vec::new()).collect();
            for edge in edges {
                match set(&edge) {
                    Some(set) => inside[set].push(edge),
                    None => result.edges.push(edge),
                }
            }
            inside
        }
    };
    for (texts, edges) in sets.iter().zip(inside) {
        result
            .finalized
            .push(finalizer.finalize(texts, edges, compare)?);
    }
    Ok(result)
}

/// The agencies that the documents of clusters name, where credits are read.
fn agencies(finalizer: Finalizer<'_>, finalized: &[FinalCluster]) -> Result<Agencies, StageError> {
    let Some(credits) = finalizer.credits else {
        return Ok(Agencies::default());
    };
    let verdicts = finalized.iter().flat_map(|finalized| &finalized.verdicts);
    credits.agencies(&verdicts.map(|&(doc, _)| doc).collect::<Vec<DocId>>())
}

/// The clusters of one text each that several documents have.
fn equal_only(
    finalizer: Finalizer<'_>,
    clustered: &[FinalCluster],
) -> Result<Vec<FinalCluster>, StageError> {
    let mut known = vec![false; finalizer.documents.total()];
    for finalized in clustered {
        finalized
            .verdicts
            .iter()
            .for_each(|(doc, _)| known[doc.index()] = true);
    }
    let groups: Vec<&[DocPair]> = finalizer
        .texts
        .equal()
        .chunk_by(|x, y| x.0 == y.0)
        .collect();
    groups
        .into_par_iter()
        .map(|group| group[0].0)
        .filter(|text| !known[text.index()])
        .map(|text| finalizer.finalize(&[text], Vec::new(), &mut NothingToCompare))
        .collect()
}

/// Is never asked: one text alone has no pair.
struct NothingToCompare;

impl Compare for NothingToCompare {
    fn likenesses(&mut self, _: DocId, others: &[DocId]) -> Result<Vec<Likeness>, StageError> {
        debug_assert!(others.is_empty(), "one text alone has no pair");
        Ok(Vec::new())
    }
}
