//! How good was a clustering?
//!
//! A [`Partition`] says which cluster every document is in. Two of them over the same documents,
//! the predicted and the true one, give [`ClusterScores`]; a predicted one and labelled pairs give
//! [`PairScores`]; a random sample that a person judged gives [`SampleScores`]; [`worst_clusters`], [`missed_pairs`] and [`wrong_pairs`] say where it went
//! wrong. A pair is two different documents, predicted when one predicted cluster holds both.
//!
//! Nothing here lists all pairs: pairs are counted in the cells of a contingency table. Time is
//! n log n in documents and linear in labelled pairs.

mod contingency;
mod errors;
mod labels;
mod pairs;
mod sampled;
mod scores;

pub use errors::{Part, WorstCluster, missed_pairs, worst_clusters, wrong_pairs};
pub use pairs::{
    HumanScores, Judgement, LabelScore, ListedPair, PairScores, SilverScores, TruthAware,
};
pub use sampled::{Estimated, SampleScores, SampledStratum};
pub use scores::{ClusterScores, PairCounts, WithoutWorst};

use crate::doc_id::DocId;

/// Which cluster every document is in.
///
/// Clusters are numbered from 0 in the order of their names, and every number is used.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Partition {
    cluster_of: Vec<u32>,
    sizes: Vec<u64>,
}

impl Partition {
    /// Groups documents by the name of their cluster: `names[i]` is that of document `i`.
    ///
    /// # Panics
    ///
    /// If there are more than `u32::MAX` documents.
    pub fn by_name<N: Ord>(names: &[N]) -> Partition {
        let documents = u32::try_from(names.len()).expect("document numbers are 32-bit");
        let mut order: Vec<u32> = (0..documents).collect();
        order.sort_by_key(|&doc| &names[doc as usize]);
        let mut cluster_of = vec![0; names.len()];
        let mut sizes = Vec::new();
        for same in order.chunk_by(|&a, &b| names[a as usize] == names[b as usize]) {
            let cluster = u32::try_from(sizes.len()).expect("no more clusters than documents");
            for &doc in same {
                cluster_of[doc as usize] = cluster;
            }
            sizes.push(same.len() as u64);
        }
        Partition { cluster_of, sizes }
    }

    /// Documents.
    pub fn documents(&self) -> usize {
        self.cluster_of.len()
    }

    /// The number of this document's cluster.
    pub fn cluster(&self, doc: DocId) -> u32 {
        self.cluster_of[doc.index()]
    }

    /// Whether one cluster holds both.
    pub fn together(&self, a: DocId, b: DocId) -> bool {
        self.cluster(a) == self.cluster(b)
    }

    /// Pairs of documents that are in one cluster.
    pub fn pairs(&self) -> u64 {
        self.sizes.iter().copied().map(pairs_among).sum()
    }

    /// How many clusters there are, and how large.
    pub fn shape(&self) -> Shape {
        let shared = || self.sizes.iter().copied().filter(|&size| size > 1);
        Shape {
            clusters: self.sizes.len() as u64,
            shared_clusters: shared().count() as u64,
            documents_in_shared: shared().sum(),
            largest: self.sizes.iter().copied().max().unwrap_or(0),
        }
    }
}

/// How many clusters there are, and how large.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Shape {
    /// Clusters, single documents included.
    pub clusters: u64,
    /// Clusters of two documents or more.
    pub shared_clusters: u64,
    /// Documents in those.
    pub documents_in_shared: u64,
    /// Documents in the largest cluster; 0 where there is none.
    pub largest: u64,
}

/// Pairs among so many documents.
fn pairs_among(documents: u64) -> u64 {
    documents * documents.saturating_sub(1) / 2
}

/// `part / whole`, or `empty` where there is nothing to divide by.
fn ratio(part: u64, whole: u64, empty: f64) -> f64 {
    if whole == 0 {
        empty
    } else {
        part as f64 / whole as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clusters_are_numbered_in_the_order_of_their_names() {
        let partition = Partition::by_name(&["b", "a", "b", "c"]);
        assert_eq!(partition.cluster_of, [1, 0, 1, 2]);
        assert!(partition.together(DocId::new(0), DocId::new(2)));
        assert_eq!(partition.pairs(), 1);
    }

    #[test]
    fn the_shape_counts_single_documents_apart() {
        let shape = Partition::by_name(&["b", "a", "b", "c", "a", "a"]).shape();
        assert_eq!((shape.clusters, shape.shared_clusters), (3, 2));
        assert_eq!((shape.documents_in_shared, shape.largest), (5, 3));
        assert_eq!(Partition::by_name::<&str>(&[]).shape().largest, 0);
    }
}
