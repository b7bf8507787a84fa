//! Figures of a predicted clustering against pairs labelled by people or by programs.
//!
//! What a label means is in [`labels`](super::labels). A pair that is not listed is neither right
//! nor wrong where people judged some pairs only, and wrong where the list claims to hold every
//! pair worth listing.

use std::collections::BTreeMap;

use super::contingency::{cells, pairs_in_both};
use super::labels::{PARTIAL, REUSE, STRICT, is_human, is_some_copy};
use super::{PairCounts, Partition, ratio};
use crate::doc_id::DocId;

/// A pair of documents and what it was labelled.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ListedPair<'a> {
    /// One document.
    pub a: DocId,
    /// Another.
    pub b: DocId,
    /// What they are to each other.
    pub label: &'a str,
    /// Whether both sources are known and differ.
    pub cross_source: bool,
}

/// What became of the pairs of one label.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct LabelScore {
    /// Pairs listed.
    pub listed: u64,
    /// Pairs of those in one predicted cluster.
    pub together: u64,
}

impl LabelScore {
    /// Share of the listed that are together: the recall of the label. 1 where none is listed.
    pub fn share(self) -> f64 {
        ratio(self.together, self.listed, 1.0)
    }
}

/// How a predicted clustering compares with labelled pairs.
#[derive(Clone, Debug, PartialEq)]
pub struct PairScores<'a> {
    /// Every label, by name.
    pub labels: BTreeMap<&'a str, LabelScore>,
    /// Pairs in one predicted cluster, listed or not.
    pub predicted: u64,
    /// Listed pairs in one predicted cluster.
    pub listed_together: u64,
    /// The figures that the kind of label allows.
    pub judgement: Judgement,
}

/// The figures that the kind of label allows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Judgement {
    /// All labels are human ones.
    Human(HumanScores),
    /// They are not.
    Silver(SilverScores),
}

/// Figures over judged pairs only.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HumanScores {
    /// `truth` are the listed pairs with reuse, `predicted` the listed pairs that are together.
    pub reuse: PairCounts,
}

/// Figures that take an unlisted pair as wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SilverScores {
    /// Share of the `copy` pairs that are together; 1 where none is listed.
    pub copy_recall: f64,
    /// Share of the predicted pairs labelled copy, contained or edited; 1 where none is predicted.
    pub strict_precision: f64,
    /// The same, with partial.
    pub lenient_precision: f64,
    /// The `copy` pairs between different sources.
    pub cross_source_copies: LabelScore,
    /// Figures that need the true clusters too.
    pub with_truth: Option<TruthAware>,
}

/// Figures that need the true clusters too.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TruthAware {
    /// Predicted pairs that are not listed, but true: ends of a chain that share too little.
    pub unlisted_true: u64,
    /// Predicted pairs labelled as some kind of copy that the truth keeps apart.
    pub grey: u64,
    /// Pairwise counts in which the grey pairs are neither right nor wrong.
    pub grey_left_out: PairCounts,
}

impl<'a> PairScores<'a> {
    /// Scores `predicted` against the listed pairs, and the true clusters if they are known.
    ///
    /// A pair should be listed once.
    ///
    /// # Panics
    ///
    /// If a pair names a document that is not in `predicted`, or `truth` has other documents.
    pub fn new(
        predicted: &Partition,
        pairs: &[ListedPair<'a>],
        truth: Option<&Partition>,
    ) -> PairScores<'a> {
        let mut labels = BTreeMap::<&str, LabelScore>::new();
        for pair in pairs {
            labels
                .entry(pair.label)
                .or_default()
                .count(predicted.together(pair.a, pair.b));
        }
        let listed_together = labels.values().map(|score| score.together).sum();
        let judgement = if is_human(labels.keys().copied()) {
            Judgement::Human(human(&labels, listed_together))
        } else {
            Judgement::Silver(silver(&labels, predicted, pairs, truth))
        };
        PairScores {
            labels,
            predicted: predicted.pairs(),
            listed_together,
            judgement,
        }
    }

    /// Predicted pairs that are in no list.
    pub fn unlisted(&self) -> u64 {
        self.predicted.saturating_sub(self.listed_together)
    }
}

impl LabelScore {
    fn count(&mut self, together: bool) {
        self.listed += 1;
        self.together += u64::from(together);
    }
}

fn human(labels: &BTreeMap<&str, LabelScore>, listed_together: u64) -> HumanScores {
    let reuse = || REUSE.iter().filter_map(|&label| labels.get(label));
    HumanScores {
        reuse: PairCounts {
            predicted: listed_together,
            truth: reuse().map(|score| score.listed).sum(),
            both: reuse().map(|score| score.together).sum(),
        },
    }
}

fn silver(
    labels: &BTreeMap<&str, LabelScore>,
    predicted: &Partition,
    pairs: &[ListedPair<'_>],
    truth: Option<&Partition>,
) -> SilverScores {
    let label = |label| labels.get(label).copied().unwrap_or_default();
    let strict = STRICT.iter().map(|&strict| label(strict).together).sum();
    let mut cross_source_copies = LabelScore::default();
    for pair in pairs
        .iter()
        .filter(|pair| pair.label == "copy" && pair.cross_source)
    {
        cross_source_copies.count(predicted.together(pair.a, pair.b));
    }
    SilverScores {
        copy_recall: label("copy").share(),
        strict_precision: ratio(strict, predicted.pairs(), 1.0),
        lenient_precision: ratio(strict + label(PARTIAL).together, predicted.pairs(), 1.0),
        cross_source_copies,
        with_truth: truth.map(|truth| truth_aware(predicted, pairs, truth)),
    }
}

fn truth_aware(predicted: &Partition, pairs: &[ListedPair<'_>], truth: &Partition) -> TruthAware {
    let together = pairs
        .iter()
        .filter(|pair| predicted.together(pair.a, pair.b));
    let (mut listed_true, mut grey) = (0, 0);
    for pair in together {
        if truth.together(pair.a, pair.b) {
            listed_true += 1;
        } else if is_some_copy(pair.label) {
            grey += 1;
        }
    }
    let both = pairs_in_both(&cells(predicted, truth));
    TruthAware {
        unlisted_true: both.saturating_sub(listed_true),
        grey,
        grey_left_out: PairCounts {
            predicted: predicted.pairs().saturating_sub(grey),
            truth: truth.pairs(),
            both,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(a: u32, b: u32, label: &str) -> ListedPair<'_> {
        ListedPair {
            a: DocId::new(a),
            b: DocId::new(b),
            label,
            cross_source: (a, b) != (0, 1),
        }
    }

    /// Truth {a b c} {d e} {f}; predicted {a b} {c d} {e} {f}. Worked out by hand.
    #[test]
    fn silver_figures_are_those_worked_out_by_hand() {
        let predicted = Partition::by_name(&["x", "x", "y", "y", "e", "f"]);
        let truth = Partition::by_name(&["1", "1", "1", "2", "2", "3"]);
        let pairs = [
            pair(0, 1, "copy"),
            pair(0, 2, "copy"),
            pair(1, 2, "edited"),
            pair(3, 4, "copy"),
            pair(2, 3, "partial"),
            pair(0, 5, "low"),
        ];
        let scores = PairScores::new(&predicted, &pairs, Some(&truth));
        assert_eq!(
            scores.labels["copy"],
            LabelScore {
                listed: 3,
                together: 1
            }
        );
        assert_eq!((scores.predicted, scores.unlisted()), (2, 0));
        let Judgement::Silver(silver) = scores.judgement else {
            panic!("{scores:?}")
        };
        assert_eq!(silver.copy_recall, 1.0 / 3.0);
        assert_eq!(
            (silver.strict_precision, silver.lenient_precision),
            (0.5, 1.0)
        );
        assert_eq!(
            silver.cross_source_copies,
            LabelScore {
                listed: 2,
                together: 0
            }
        );
        // cd is set aside: 2 · 1 / (1 + 4)
        let with_truth = silver.with_truth.unwrap();
        assert_eq!((with_truth.unlisted_true, with_truth.grey), (0, 1));
        assert_eq!(with_truth.grey_left_out.precision(), 1.0);
        assert_eq!(with_truth.grey_left_out.f1(), 2.0 / 5.0);
    }

    /// o-x cut, o-y heavy, o-z non; predicted {o x z}: x-z was not judged.
    #[test]
    fn human_figures_leave_out_what_nobody_judged() {
        let predicted = Partition::by_name(&["1", "1", "2", "1"]);
        let pairs = [pair(0, 1, "cut"), pair(0, 2, "heavy"), pair(0, 3, "non")];
        let scores = PairScores::new(&predicted, &pairs, None);
        let Judgement::Human(human) = scores.judgement else {
            panic!("{scores:?}")
        };
        assert_eq!((human.reuse.recall(), human.reuse.precision()), (0.5, 0.5));
        assert_eq!((human.reuse.f1(), scores.unlisted()), (0.5, 1));
    }

    /// The truth joins a and c through b, but a-c is not listed.
    #[test]
    fn the_ends_of_a_chain_are_counted_apart() {
        let names = ["1", "1", "1"];
        let (predicted, truth) = (Partition::by_name(&names), Partition::by_name(&names));
        let pairs = [pair(0, 1, "copy"), pair(1, 2, "copy")];
        let scores = PairScores::new(&predicted, &pairs, Some(&truth));
        let Judgement::Silver(silver) = scores.judgement else {
            panic!("{scores:?}")
        };
        assert_eq!(
            (scores.unlisted(), silver.with_truth.unwrap().unlisted_true),
            (1, 1)
        );
    }
}
