//! Which pairs of a very large story are worth a row?
//!
//! A page with a hundred thousand carriers has five million verified pairs, a gigabyte of rows that say the same
//! again and again. So in a cluster of more than [`WHOLE`] documents a pair has a row if it is one with the
//! representative, if one of the two goes because the other stays, or if it is among the [`NEAREST`] of one of
//! them, by score, then by the other's content. All pairs count for clusters and verdicts, and are counted; only
//! their rows are left out.

use std::cmp::Ordering;

use crate::clusters::{Cluster, Verdict};
use crate::doc_id::DocId;
use crate::edge::Edge;

/// Documents of a cluster up to which all pairs have rows: some 40 MB of them at 64 pairs a document.
const WHOLE: usize = 4_096;

/// Pairs of a document that have rows in any case.
const NEAREST: usize = 8;

/// What a pair is to one of its documents.
#[derive(Clone, Copy, PartialEq)]
struct Nearness {
    score: f64,
    /// Of the other document.
    rank: u64,
}

impl Eq for Nearness {}

impl Ord for Nearness {
    fn cmp(&self, other: &Nearness) -> Ordering {
        let scores = self.score.total_cmp(&other.score);
        scores.then(other.rank.cmp(&self.rank))
    }
}

impl PartialOrd for Nearness {
    fn partial_cmp(&self, other: &Nearness) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// For every edge whether it has a row; nothing if all have one. `cluster_of` says where in `clusters` a document
/// is, `rank` orders documents by what they say.
pub(crate) fn listed(
    edges: &[Edge],
    clusters: &[Cluster],
    cluster_of: &[u32],
    verdicts: &[Verdict],
    rank: impl Fn(DocId) -> u64,
) -> Option<Vec<bool>> {
    listed_from(WHOLE, edges, (clusters, cluster_of), verdicts, rank)
}

fn listed_from(
    whole: usize,
    edges: &[Edge],
    (clusters, cluster_of): (&[Cluster], &[u32]),
    verdicts: &[Verdict],
    rank: impl Fn(DocId) -> u64,
) -> Option<Vec<bool>> {
    let is_large = |cluster: &Cluster| cluster.members.len() > whole;
    if !clusters.iter().any(is_large) {
        return None;
    }
    let large = |edge: &Edge| {
        let at = cluster_of[edge.a.index()];
        let cluster = clusters
            .get(at as usize)
            .filter(|cluster| is_large(cluster))?;
        (at == cluster_of[edge.b.index()]).then_some(cluster)
    };
    let nearness = |edge: &Edge, other: DocId| Nearness {
        score: edge.likeness.score(),
        rank: rank(other),
    };
    // The nearest so far, nearest first.
    let mut nearest: Vec<Vec<Nearness>> = vec![Vec::new(); cluster_of.len()];
    for edge in edges.iter().filter(|edge| large(edge).is_some()) {
        for (own, other) in [(edge.a, edge.b), (edge.b, edge.a)] {
            let (near, of) = (nearness(edge, other), &mut nearest[own.index()]);
            let at = of.partition_point(|known| *known > near);
            if at < NEAREST {
                of.truncate(NEAREST - 1);
                of.insert(at, near);
            }
        }
    }
    let is_witness = |doc: DocId, other: DocId| matches!(verdicts[doc.index()], Verdict::Removed { witness, .. } if witness == other);
    let is_listed = |edge: &Edge| {
        let Some(cluster) = large(edge) else {
            return true;
        };
        [(edge.a, edge.b), (edge.b, edge.a)]
            .into_iter()
            .any(|(own, other)| {
                let last = nearest[own.index()].last();
                cluster.representative() == own
                    || is_witness(own, other)
                    || last.is_some_and(|last| nearness(edge, other) >= *last)
            })
    };
    Some(edges.iter().map(is_listed).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clusters::{ClusterId, Member};
    use crate::likeness::Likeness;
    use crate::relation::Relation;
    use crate::similarity::Overlap;

    /// Which of all pairs of so many documents in one cluster have a row, if more than so many are a large one.
    fn rows(documents: u32, whole: usize, witness_of_last: u32) -> Option<Vec<(u32, u32)>> {
        let doc = DocId::new;
        let mut edges = Vec::new();
        for a in 0..documents {
            for b in a + 1..documents {
                // The nearer by number, the more alike.
                let overlap = Overlap {
                    shared: 1_000 - (b - a),
                    left: 1_000,
                    right: 1_000,
                };
                edges.push(Edge::new(doc(a), doc(b), Likeness::of_sets(overlap)));
            }
        }
        let member = |at| Member {
            doc: doc(at),
            relation: None,
            likeness: Likeness::EQUAL,
        };
        let clusters = [Cluster {
            id: ClusterId(1),
            members: (0..documents).map(member).collect(),
        }];
        let mut verdicts = vec![Verdict::Kept; documents as usize];
        verdicts[documents as usize - 1] = Verdict::Removed {
            witness: doc(witness_of_last),
            relation: Relation::Revised,
        };
        let cluster_of = vec![0; documents as usize];
        let listed = listed_from(whole, &edges, (&clusters, &cluster_of), &verdicts, |doc| {
            u64::from(doc.get())
        })?;
        let rows = edges.iter().zip(listed).filter(|(_, listed)| *listed);
        Some(rows.map(|(edge, _)| (edge.a.get(), edge.b.get())).collect())
    }

    #[test]
    fn the_pairs_of_a_large_story_with_rows_are_the_nearest_and_those_that_decide() {
        assert_eq!(rows(100, 100, 40), None);
        let rows = rows(100, 99, 40).unwrap();
        let has = |a, b| rows.contains(&(a, b));
        assert!(
            (1..100).all(|other| has(0, other)),
            "the representative is 0"
        );
        assert!(has(40, 99) && !has(41, 99), "its witness");
        assert!(has(50, 51) && has(50, 54) && !has(50, 60), "the nearest");
        assert!(rows.len() < 100 * (NEAREST + 2));
    }
}
