//! Figures of a predicted clustering against the true one.
//!
//! - *Pairwise*: `P = TP / predicted`, `R = TP / true`, `F1 = 2 TP / (predicted + true)`.
//! - *ARI*, the adjusted Rand index: the same counts, less what chance would give:
//!   `(TP − E) / ((predicted + true) / 2 − E)`, `E = predicted · true / all pairs`.
//! - *B-cubed*: a document's precision is the share of its predicted cluster that is in its true
//!   cluster, its recall the share of its true cluster that is in its predicted one; the mean over
//!   documents. Large clusters do not drown small ones as they do in pairs.
//!
//! Sources: L. Hubert, P. Arabie, *Comparing partitions*, Journal of Classification 2 (1985);
//! A. Bagga, B. Baldwin, *Entity-based cross-document coreferencing using the vector space model*,
//! COLING-ACL 1998.

use std::cmp::Reverse;

use super::contingency::{Cell, cells, pairs_in_both, split_pairs};
use super::{Partition, pairs_among, ratio};

/// Pairs predicted, true, and both.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct PairCounts {
    /// Pairs in one predicted cluster.
    pub predicted: u64,
    /// Pairs in one true cluster.
    pub truth: u64,
    /// Pairs in one cluster of both.
    pub both: u64,
}

impl PairCounts {
    /// Share of the predicted pairs that are true; 1 where none is predicted.
    pub fn precision(self) -> f64 {
        ratio(self.both, self.predicted, 1.0)
    }

    /// Share of the true pairs that are predicted; 1 where none is true.
    pub fn recall(self) -> f64 {
        ratio(self.both, self.truth, 1.0)
    }

    /// The harmonic mean of precision and recall; 1 where nothing is predicted and nothing true.
    pub fn f1(self) -> f64 {
        ratio(2 * self.both, self.predicted + self.truth, 1.0)
    }
}

/// The predicted cluster with most wrong pairs, and the score had it been left in pieces.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WithoutWorst {
    /// Its number in the predicted partition.
    pub cluster: u32,
    /// Its documents.
    pub documents: u64,
    /// Its pairs that are not true.
    pub wrong_pairs: u64,
    /// Pairwise F1 with its documents single.
    pub f1: f64,
}

/// How a predicted clustering compares with the true one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClusterScores {
    /// Pairwise counts, and with them P, R and F1.
    pub pairs: PairCounts,
    /// Adjusted Rand index: 1 for equal partitions, near 0 for chance, negative for worse. 1 where
    /// it is undefined, which is where both partitions are all one cluster, or both all single.
    pub ari: f64,
    /// Mean B-cubed precision, in `0.0..=1.0`; 1 without documents.
    pub b_cubed_precision: f64,
    /// Mean B-cubed recall, in `0.0..=1.0`; 1 without documents.
    pub b_cubed_recall: f64,
    /// Whether the score hangs on one cluster; `None` where no pair is wrong.
    pub without_worst: Option<WithoutWorst>,
}

impl ClusterScores {
    /// Scores `predicted` against `truth`.
    ///
    /// # Panics
    ///
    /// If they are not over the same documents.
    pub fn new(predicted: &Partition, truth: &Partition) -> ClusterScores {
        let cells = cells(predicted, truth);
        let pairs = PairCounts {
            predicted: predicted.pairs(),
            truth: truth.pairs(),
            both: pairs_in_both(&cells),
        };
        ClusterScores {
            pairs,
            ari: adjusted_rand_index(pairs, pairs_among(truth.documents() as u64)),
            b_cubed_precision: b_cubed(&cells, truth.documents(), |c| size_of(predicted, c.left)),
            b_cubed_recall: b_cubed(&cells, truth.documents(), |c| size_of(truth, c.right)),
            without_worst: without_worst(predicted, &cells, pairs),
        }
    }

    /// The harmonic mean of B-cubed precision and recall; 0 where both are.
    pub fn b_cubed_f1(&self) -> f64 {
        let sum = self.b_cubed_precision + self.b_cubed_recall;
        if sum == 0.0 {
            return 0.0;
        }
        2.0 * self.b_cubed_precision * self.b_cubed_recall / sum
    }
}

fn size_of(partition: &Partition, cluster: u32) -> u64 {
    partition.sizes[cluster as usize]
}

/// The index as one fraction of integers, so that 0 and "undefined" are exact. Pairs are below
/// 2^63, so products of two of them fit.
fn adjusted_rand_index(pairs: PairCounts, all: u64) -> f64 {
    let [predicted, truth, both, all] =
        [pairs.predicted, pairs.truth, pairs.both, all].map(i128::from);
    let above_chance = both * all - predicted * truth;
    let at_most = (predicted + truth) * all - 2 * predicted * truth;
    if at_most == 0 {
        return 1.0;
    }
    2.0 * above_chance as f64 / at_most as f64
}

fn b_cubed(cells: &[Cell], documents: usize, of: impl Fn(&Cell) -> u64) -> f64 {
    if documents == 0 {
        return 1.0;
    }
    // Each of a cell's documents has the share `cell / cluster`.
    let shares = cells.iter().map(|cell| {
        let documents = cell.documents as f64;
        documents * documents / of(cell) as f64
    });
    shares.sum::<f64>() / documents as f64
}

fn without_worst(predicted: &Partition, cells: &[Cell], pairs: PairCounts) -> Option<WithoutWorst> {
    let wrong = split_pairs(predicted, cells);
    let numbered = (0..).zip(wrong).filter(|&(_, wrong_pairs)| wrong_pairs > 0);
    // Of equals the first.
    let (cluster, wrong_pairs) =
        numbered.max_by_key(|&(cluster, wrong_pairs)| (wrong_pairs, Reverse(cluster)))?;
    let documents = size_of(predicted, cluster);
    let held = pairs_among(documents);
    let rest = PairCounts {
        predicted: pairs.predicted - held,
        truth: pairs.truth,
        both: pairs.both - (held - wrong_pairs),
    };
    Some(WithoutWorst {
        cluster,
        documents,
        wrong_pairs,
        f1: rest.f1(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scores(predicted: &[&str], truth: &[&str]) -> ClusterScores {
        ClusterScores::new(&Partition::by_name(predicted), &Partition::by_name(truth))
    }

    fn close(got: f64, want: f64) {
        assert!((got - want).abs() < 1e-12, "got {got}, want {want}");
    }

    /// Truth {a b c} {d e} {f}; predicted {a b} {c d} {e} {f}. Worked out by hand.
    #[test]
    fn figures_are_those_worked_out_by_hand() {
        let scores = scores(
            &["x", "x", "y", "y", "e", "f"],
            &["1", "1", "1", "2", "2", "3"],
        );
        // Predicted ab cd, true ab ac bc de, both ab.
        assert_eq!(
            scores.pairs,
            PairCounts {
                predicted: 2,
                truth: 4,
                both: 1
            }
        );
        close(scores.pairs.precision(), 1.0 / 2.0);
        close(scores.pairs.recall(), 1.0 / 4.0);
        close(scores.pairs.f1(), 1.0 / 3.0);
        // (1 − 8/15) / (3 − 8/15)
        close(scores.ari, 7.0 / 37.0);
        // a 1, b 1, c 1/2, d 1/2, e 1, f 1
        close(scores.b_cubed_precision, 5.0 / 6.0);
        // a 2/3, b 2/3, c 1/3, d 1/2, e 1/2, f 1
        close(scores.b_cubed_recall, 11.0 / 18.0);
        close(scores.b_cubed_f1(), 55.0 / 78.0);
        let worst = scores.without_worst.unwrap();
        assert_eq!((worst.documents, worst.wrong_pairs), (2, 1));
        // Without cd: 2 · 1 / (1 + 4)
        close(worst.f1, 2.0 / 5.0);
    }

    #[test]
    fn equal_partitions_score_one() {
        let scores = scores(&["p", "q", "p"], &["2", "1", "2"]);
        assert_eq!(
            (scores.pairs.f1(), scores.ari, scores.b_cubed_f1()),
            (1.0, 1.0, 1.0)
        );
        assert_eq!(scores.without_worst, None);
    }

    #[test]
    fn one_cluster_of_everything_is_no_better_than_chance() {
        let scores = scores(&["x"; 6], &["1", "1", "1", "2", "2", "3"]);
        close(scores.pairs.precision(), 4.0 / 15.0);
        assert_eq!((scores.pairs.recall(), scores.ari), (1.0, 0.0));
        close(scores.b_cubed_precision, (9.0 + 4.0 + 1.0) / 36.0);
    }

    #[test]
    fn nothing_predicted_is_all_precision_and_no_recall() {
        let scores = scores(&["1", "2", "3"], &["a", "a", "b"]);
        assert_eq!(
            (scores.pairs.precision(), scores.pairs.recall()),
            (1.0, 0.0)
        );
        assert_eq!(scores.ari, 0.0);
    }

    #[test]
    fn the_empty_corpus_and_the_single_document_score_one() {
        for names in [&[][..], &["a"][..]] {
            let scores = scores(names, names);
            assert_eq!(
                (scores.pairs.f1(), scores.ari, scores.b_cubed_f1()),
                (1.0, 1.0, 1.0)
            );
        }
    }

    /// Two clusters with one wrong pair each, of different sizes: the first by name counts.
    #[test]
    fn of_equally_bad_clusters_the_first_is_the_worst() {
        let scores = scores(&["b", "b", "a", "a"], &["1", "2", "3", "4"]);
        assert_eq!(scores.without_worst.unwrap().cluster, 0);
    }
}
