//! What an index knows as a whole: which cluster every document is in, what was removed, which
//! clusters became part of others.

use std::sync::Arc;

use super::failures::damaged;
use super::layout::{
    BATCHES, CHANGES, CLUSTER_OF, CLUSTERS, ChangeRow, ClusterRow, FACTS, NONE, REMOVED,
};
use crate::container::{FileRef, Segment, SegmentWriter};
use crate::error::Error;

/// The state of an index, in memory: 4 bytes a document and 16 a cluster.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    /// By position: a place among the clusters, or [`NONE`].
    pub(super) cluster_of: Vec<u32>,
    /// By the time they were named. Those that are no more have no documents.
    pub(super) clusters: Vec<ClusterRow>,
    pub(super) changes: Vec<ChangeRow>,
    /// Positions, ascending.
    pub(super) removed: Vec<u32>,
    /// The numbers of the first documents of batches, ascending: of those that came since documents were last
    /// numbered anew.
    pub(super) batches: Vec<u64>,
    /// Whether publishers distinguish documents.
    pub(super) publishers_distinguish: bool,
    /// How many documents there were when it learned; 0 if that is not known, as of given tables.
    pub(super) learned_of: u64,
}

impl State {
    pub(super) fn read(segment: &Arc<Segment>, documents: usize) -> Result<State, Error> {
        let wrong = |what| damaged(segment.path(), what);
        for section in [FACTS, CLUSTER_OF, CLUSTERS, CHANGES, REMOVED, BATCHES] {
            segment.check(section)?; // all of it is read now
        }
        let &[distinguish, learned_of] = segment.section(FACTS)? else {
            return Err(wrong("there are more or fewer facts than two"));
        };
        let state = State {
            cluster_of: segment.section(CLUSTER_OF)?.to_vec(),
            clusters: segment.section(CLUSTERS)?.to_vec(),
            changes: segment.section(CHANGES)?.to_vec(),
            removed: segment.section(REMOVED)?.to_vec(),
            batches: segment.section(BATCHES)?.to_vec(),
            publishers_distinguish: distinguish != 0,
            learned_of,
        };
        if state.cluster_of.len() != documents {
            return Err(wrong("there is not one cluster a document"));
        }
        let clusters = state.clusters.len();
        let is_known = |&cluster: &u32| cluster == NONE || (cluster as usize) < clusters;
        if !state.cluster_of.iter().all(is_known) {
            return Err(wrong("a document is in a cluster that is not listed"));
        }
        let is_ascending = state.removed.is_sorted_by(|a, b| a < b);
        let last = state.removed.last();
        if !is_ascending || last.is_some_and(|&last| last as usize >= documents) {
            return Err(wrong("removed documents are out of order"));
        }
        if !state.batches.is_sorted_by(|a, b| a < b) {
            return Err(wrong("batches are out of order"));
        }
        Ok(state)
    }

    pub(super) fn write(&self, mut file: SegmentWriter<'_>) -> Result<FileRef, Error> {
        file.section(CLUSTER_OF, 4)?.put(&self.cluster_of)?;
        file.section(CLUSTERS, 16)?.put(&self.clusters)?;
        file.section(CHANGES, 32)?.put(&self.changes)?;
        file.section(REMOVED, 4)?.put(&self.removed)?;
        file.section(FACTS, 8)?
            .put(&[u64::from(self.publishers_distinguish), self.learned_of])?;
        file.section(BATCHES, 8)?.put(&self.batches)?;
        Ok(file.finish(0..0)?)
    }

    pub(super) fn is_removed(&self, position: usize) -> bool {
        let position = u32::try_from(position).unwrap_or(NONE);
        self.removed.binary_search(&position).is_ok()
    }

    /// The name of a document's cluster.
    pub(super) fn cluster(&self, position: usize) -> Option<ClusterRow> {
        let cluster = *self.cluster_of.get(position)?;
        self.clusters.get(cluster as usize).copied()
    }
}
