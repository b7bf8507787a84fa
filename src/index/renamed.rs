//! A run whose clusters have the names that an index gave them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::addition::AdditionResult;
use super::layout::NONE;
use super::naming::Named;
use super::state::State;
use crate::clusters::ClusterId;
use crate::doc_id::DocId;
use crate::run::finished::Run;

/// How the documents of an added batch are called in the index.
pub(super) struct Positions<'a> {
    indexed: &'a [u32],
    /// By document of the batch; `NONE` for rejected ones.
    batch: Vec<u32>,
}

impl<'a> Positions<'a> {
    /// Documents of the batch get the positions behind the `before` ones that there are.
    pub(super) fn of(result: &'a AdditionResult, before: usize) -> Positions<'a> {
        let mut next = u32::try_from(before).unwrap_or(NONE);
        let rows = result.sketched.documents.rows.iter();
        let batch = rows.map(|row| match row.rejected {
            true => NONE,
            false => {
                next += 1;
                next - 1
            }
        });
        Positions {
            indexed: &result.indexed,
            batch: batch.collect(),
        }
    }

    /// The position of a document of the run.
    pub(super) fn of_doc(&self, doc: DocId) -> u32 {
        match self.indexed.get(doc.index()) {
            Some(&at) => at,
            None => self.batch[doc.index() - self.indexed.len()],
        }
    }

    /// All positions, ascending.
    pub(super) fn all(&self) -> Vec<u32> {
        let batch = self.batch.iter().filter(|&&at| at != NONE);
        self.indexed.iter().chain(batch).copied().collect()
    }
}

/// Names the clusters of an added batch in a state, and in the run itself.
pub(super) fn name(state: &mut State, result: &mut AdditionResult, before: usize, commit: u64) {
    let positions = Positions::of(result, before);
    let cluster_of = |at: u32| {
        let cluster = state.cluster_of.get(at as usize).copied();
        cluster.filter(|&cluster| cluster != NONE)
    };
    // One without a cluster may join others.
    let is_kept = |at: &u32| result.frozen.binary_search(at).is_ok() && cluster_of(*at).is_some();
    let mut looked_at = positions.all();
    let added = looked_at.last().map_or(0, |&last| last as usize + 1);
    looked_at.retain(|at| !is_kept(at));
    let mut named: Vec<Named> = Vec::new();
    for cluster in result.run.clusters() {
        let mut members: Vec<u32> = cluster
            .members
            .iter()
            .map(|member| positions.of_doc(member.doc))
            .collect();
        members.sort_unstable();
        let (frozen, members): (Vec<u32>, Vec<u32>) = members.into_iter().partition(is_kept);
        named.push(Named {
            members,
            frozen: most_common(frozen.into_iter().filter_map(cluster_of)),
            proposed: cluster.id.0,
        });
    }
    let documents = state.cluster_of.len().max(added);
    state.cluster_of.resize(documents, NONE);
    named.retain(|named| !named.members.is_empty());
    // By their first documents, so that names do not depend on those of the run.
    let mut order: Vec<usize> = (0..named.len()).collect();
    order.sort_unstable_by_key(|&at| named[at].members.first().copied());
    let ordered: Vec<Named> = order.iter().map(|&at| named[at].clone()).collect();
    let names = state.name(&looked_at, &ordered, commit);
    let renamed = ordered.iter().zip(names).map(|(named, name)| {
        let id = state.clusters[name as usize].id;
        (ClusterId(named.proposed), ClusterId(id))
    });
    let renamed = renamed.collect();
    result.run.rename(&renamed);
}

/// The most common of some clusters, of equally common ones the first.
fn most_common(clusters: impl Iterator<Item = u32>) -> Option<u32> {
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    clusters.for_each(|cluster| *counts.entry(cluster).or_default() += 1);
    let most = counts
        .into_iter()
        .max_by_key(|&(cluster, count)| (count, Reverse(cluster)));
    most.map(|(cluster, _)| cluster)
}

impl Run {
    /// Calls clusters by other names.
    pub(super) fn rename(&mut self, names: &BTreeMap<ClusterId, ClusterId>) {
        let new = |id: ClusterId| names.get(&id).copied().unwrap_or(id);
        self.links.rename(new);
        self.rename_clusters(new);
    }
}
