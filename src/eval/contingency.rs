//! The contingency table: how many documents each predicted cluster shares with each true one.
//!
//! Only cells that hold a document are stored, sorted, so there are never more cells than
//! documents. Every figure over pairs is a sum over cells, rows or columns.

use super::{Partition, pairs_among};

/// Documents that are in one cluster of the left partition and one of the right.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Cell {
    pub(super) left: u32,
    pub(super) right: u32,
    pub(super) documents: u64,
}

/// The cells that hold a document, by left cluster, then by right cluster.
///
/// # Panics
///
/// If the partitions are not over the same documents.
pub(super) fn cells(left: &Partition, right: &Partition) -> Vec<Cell> {
    assert_eq!(
        left.documents(),
        right.documents(),
        "partitions of the same documents"
    );
    let places = left.cluster_of.iter().zip(&right.cluster_of);
    let mut places: Vec<(u32, u32)> = places.map(|(&left, &right)| (left, right)).collect();
    places.sort_unstable();
    places
        .chunk_by(|a, b| a == b)
        .map(|same| Cell {
            left: same[0].0,
            right: same[0].1,
            documents: same.len() as u64,
        })
        .collect()
}

/// Pairs that both partitions put into one cluster.
pub(super) fn pairs_in_both(cells: &[Cell]) -> u64 {
    cells.iter().map(|cell| pairs_among(cell.documents)).sum()
}

/// For every left cluster, its pairs that the right partition keeps apart.
pub(super) fn split_pairs(left: &Partition, cells: &[Cell]) -> Vec<u64> {
    let mut split: Vec<u64> = left.sizes.iter().copied().map(pairs_among).collect();
    for cell in cells {
        split[cell.left as usize] -= pairs_among(cell.documents);
    }
    split
}
