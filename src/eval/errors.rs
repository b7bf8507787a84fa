//! Where a clustering went wrong most: what to look at first.
//!
//! A *false merge* is a predicted cluster that holds several true ones, a *miss* a true cluster
//! that was predicted in pieces. They are the same question with the partitions exchanged.

use std::cmp::Reverse;

use super::contingency::{cells, split_pairs};
use super::labels::{is_human, is_reuse, is_some_copy};
use super::{ListedPair, Partition};
use crate::doc_id::DocId;

/// A cluster whose documents the other partition keeps apart.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct WorstCluster {
    /// Its number.
    pub cluster: u32,
    /// Its documents.
    pub documents: u64,
    /// Its pairs that the other partition keeps apart, at least one.
    pub bad_pairs: u64,
    /// What the other partition makes of it, largest part first; at least two.
    pub parts: Vec<Part>,
}

/// The documents that a cluster shares with one cluster of the other partition.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Part {
    /// The number of the other cluster.
    pub cluster: u32,
    /// The documents in both.
    pub documents: u64,
    /// The first of them.
    pub example: DocId,
}

/// The `most` clusters of `left` with most pairs that `right` keeps apart, worst first.
///
/// With the predicted partition left these are the false merges, with the true one the misses.
///
/// # Panics
///
/// If the partitions are not over the same documents.
pub fn worst_clusters(left: &Partition, right: &Partition, most: usize) -> Vec<WorstCluster> {
    let cells = cells(left, right);
    let mut bad: Vec<(u64, u32)> = split_pairs(left, &cells).into_iter().zip(0..).collect();
    bad.retain(|&(pairs, _)| pairs > 0);
    bad.sort_unstable_by_key(|&(pairs, cluster)| (Reverse(pairs), cluster));
    bad.truncate(most);

    // The documents of a cell are together, the first of them first.
    let mut places: Vec<(u32, u32, u32)> = left
        .cluster_of
        .iter()
        .zip(&right.cluster_of)
        .zip(0..)
        .map(|((&left, &right), doc)| (left, right, doc))
        .collect();
    places.sort_unstable();
    let parts = |cluster: u32| {
        let start = places.partition_point(|&(left, ..)| left < cluster);
        let end = places.partition_point(|&(left, ..)| left <= cluster);
        let mut parts: Vec<Part> = places[start..end]
            .chunk_by(|a, b| a.1 == b.1)
            .map(|same| Part {
                cluster: same[0].1,
                documents: same.len() as u64,
                example: DocId::new(same[0].2),
            })
            .collect();
        parts.sort_by_key(|part| (Reverse(part.documents), part.cluster));
        parts
    };
    bad.into_iter()
        .map(|(bad_pairs, cluster)| WorstCluster {
            cluster,
            documents: left.sizes[cluster as usize],
            bad_pairs,
            parts: parts(cluster),
        })
        .collect()
}

/// The first `most` listed pairs that should be together (`copy`, or any human level of reuse)
/// and are not.
///
/// # Panics
///
/// If a pair names a document that is not in `predicted`.
pub fn missed_pairs<'p>(
    predicted: &Partition,
    pairs: &[ListedPair<'p>],
    most: usize,
) -> Vec<ListedPair<'p>> {
    let human = is_human(pairs.iter().map(|pair| pair.label));
    let wanted = |label| {
        if human {
            is_reuse(label)
        } else {
            label == "copy"
        }
    };
    let missed = pairs.iter().copied().filter(|pair| wanted(pair.label));
    missed
        .filter(|pair| !predicted.together(pair.a, pair.b))
        .take(most)
        .collect()
}

/// The first `most` listed pairs that should not be together (no label of a copy) and are.
///
/// # Panics
///
/// If a pair names a document that is not in `predicted`.
pub fn wrong_pairs<'p>(
    predicted: &Partition,
    pairs: &[ListedPair<'p>],
    most: usize,
) -> Vec<ListedPair<'p>> {
    let human = is_human(pairs.iter().map(|pair| pair.label));
    let wanted = |label| {
        if human {
            is_reuse(label)
        } else {
            is_some_copy(label)
        }
    };
    let wrong = pairs.iter().copied().filter(|pair| !wanted(pair.label));
    wrong
        .filter(|pair| predicted.together(pair.a, pair.b))
        .take(most)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Truth {a b c} {d e} {f}; predicted {a b} {c d} {e} {f}.
    #[test]
    fn merges_and_misses_are_one_question_asked_both_ways() {
        let predicted = Partition::by_name(&["x", "x", "y", "y", "z", "zz"]);
        let truth = Partition::by_name(&["1", "1", "1", "2", "2", "3"]);
        let part = |cluster, documents, example| Part {
            cluster,
            documents,
            example: DocId::new(example),
        };
        assert_eq!(
            worst_clusters(&predicted, &truth, 9),
            [WorstCluster {
                cluster: 1,
                documents: 2,
                bad_pairs: 1,
                parts: vec![part(0, 1, 2), part(1, 1, 3)],
            }]
        );
        let misses = worst_clusters(&truth, &predicted, 9);
        let found: Vec<_> = misses
            .iter()
            .map(|miss| (miss.cluster, miss.bad_pairs))
            .collect();
        assert_eq!(found, [(0, 2), (1, 1)]);
        assert_eq!(misses[0].parts, [part(0, 2, 0), part(1, 1, 2)]);
        assert_eq!(worst_clusters(&truth, &predicted, 1), misses[..1]);
    }

    #[test]
    fn listed_pairs_are_missed_or_wrong_by_their_label() {
        let predicted = Partition::by_name(&["1", "1", "2"]);
        let pair = |a, b, label| ListedPair {
            a: DocId::new(a),
            b: DocId::new(b),
            label,
            cross_source: false,
        };
        let silver = [pair(0, 1, "low"), pair(0, 2, "copy"), pair(1, 2, "edited")];
        assert_eq!(missed_pairs(&predicted, &silver, 9), silver[1..2]);
        assert_eq!(wrong_pairs(&predicted, &silver, 9), silver[..1]);
        let human = [pair(0, 1, "non"), pair(0, 2, "heavy"), pair(1, 2, "cut")];
        assert_eq!(missed_pairs(&predicted, &human, 1), human[1..2]);
        assert_eq!(wrong_pairs(&predicted, &human, 9), human[..1]);
    }
}
