//! Names to numbers and back: the files' ids and cluster names stay here, the library counts.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use wirecopy::doc_id::DocId;
use wirecopy::eval::{
    self, ClusterScores, ListedPair, PairScores, Partition, Shape, WorstCluster, missed_pairs,
    worst_clusters, wrong_pairs,
};

use super::read::{Description, PairRow};

/// The documents that are scored, in the order of their ids.
pub(super) struct Scored {
    pub(super) ids: Vec<String>,
    /// The true cluster of each.
    truth: Option<Vec<String>>,
}

impl Scored {
    /// The documents of the truth if it is known, else those that a pair names.
    pub(super) fn new(truth: Option<BTreeMap<String, String>>, pairs: &[PairRow]) -> Scored {
        match truth {
            Some(truth) => {
                let (ids, clusters) = truth.into_iter().unzip();
                Scored {
                    ids,
                    truth: Some(clusters),
                }
            }
            None => {
                let ids: BTreeSet<&String> =
                    pairs.iter().flat_map(|row| [&row.a, &row.b]).collect();
                Scored {
                    ids: ids.into_iter().cloned().collect(),
                    truth: None,
                }
            }
        }
    }

    fn find(&self, id: &str) -> Option<DocId> {
        let place = self
            .ids
            .binary_search_by(|found| found.as_str().cmp(id))
            .ok()?;
        Some(DocId::from_index(place))
    }
}

/// The name of a predicted cluster: what the file calls it, or the id of a document that the file
/// does not mention.
#[derive(Clone, Copy, Eq, Ord, PartialEq, PartialOrd)]
enum ClusterName<'a> {
    Given(&'a str),
    Alone(&'a str),
}

impl<'a> ClusterName<'a> {
    fn get(self) -> &'a str {
        let (ClusterName::Given(name) | ClusterName::Alone(name)) = self;
        name
    }
}

/// Everything that is printed.
pub(super) struct Evaluation<'a> {
    pub(super) documents: usize,
    /// Scored documents that the clusters do not mention.
    pub(super) absent: usize,
    /// Ids in the clusters that are not scored, sorted.
    pub(super) unknown: Vec<&'a str>,
    pub(super) predicted: Shape,
    pub(super) truth: Option<(Shape, ClusterScores)>,
    pub(super) pairs: Option<PairScores<'a>>,
    /// Listed pairs that name a document which is not scored.
    pub(super) pairs_outside: usize,
    pub(super) errors: Option<Errors<'a>>,
}

/// The worst errors, by name.
pub(super) struct Errors<'a> {
    /// Predicted clusters, and true clusters in pieces; `None` without truth.
    pub(super) clusters: Option<[Vec<NamedCluster<'a>>; 2]>,
    /// Listed pairs, missed and wrongly joined, as two ids and a label; `None` without pairs.
    pub(super) pairs: Option<[Vec<[&'a str; 3]>; 2]>,
}

/// A cluster that the other clustering keeps apart.
pub(super) struct NamedCluster<'a> {
    pub(super) name: &'a str,
    pub(super) documents: u64,
    pub(super) bad_pairs: u64,
    /// Name of the other cluster, documents in both, the id of one of them.
    pub(super) parts: Vec<(&'a str, u64, &'a str)>,
}

impl<'a> Evaluation<'a> {
    /// Scores the clusters; with `most` errors of each kind, if that is not 0.
    pub(super) fn new(
        clusters: &'a HashMap<String, String>,
        scored: &'a Scored,
        rows: &'a Option<Vec<PairRow>>,
        descriptions: &HashMap<String, Description>,
        most: usize,
    ) -> Evaluation<'a> {
        let mut names: Vec<ClusterName<'a>> = (scored.ids.iter())
            .map(|id| match clusters.get(id) {
                Some(name) => ClusterName::Given(name),
                None => ClusterName::Alone(id),
            })
            .collect();
        let absent = names
            .iter()
            .filter(|name| matches!(name, ClusterName::Alone(_)))
            .count();
        let mut unknown: Vec<&str> = clusters.keys().map(String::as_str).collect();
        unknown.retain(|id| scored.find(id).is_none());
        unknown.sort_unstable();

        let predicted = Partition::by_name(&names);
        let truth = scored.truth.as_ref().map(|names| Partition::by_name(names));
        let listed = rows.as_ref().filter(|rows| !rows.is_empty()).map(|rows| {
            let found = rows
                .iter()
                .filter_map(|row| listed_pair(row, scored, descriptions));
            (rows.len(), found.collect::<Vec<ListedPair<'a>>>())
        });
        let errors = (most > 0).then(|| {
            names.sort_unstable();
            names.dedup();
            let find = Finder {
                scored,
                predicted: &names,
            };
            Errors {
                clusters: truth
                    .as_ref()
                    .map(|truth| find.clusters(&predicted, truth, most)),
                pairs: listed.as_ref().map(|(_, pairs)| {
                    [
                        missed_pairs(&predicted, pairs, most),
                        wrong_pairs(&predicted, pairs, most),
                    ]
                    .map(|pairs| find.pairs(&pairs))
                }),
            }
        });
        Evaluation {
            documents: scored.ids.len(),
            absent,
            unknown,
            predicted: predicted.shape(),
            truth: (truth.as_ref())
                .map(|truth| (truth.shape(), ClusterScores::new(&predicted, truth))),
            pairs: (listed.as_ref())
                .map(|(_, pairs)| PairScores::new(&predicted, pairs, truth.as_ref())),
            pairs_outside: listed
                .as_ref()
                .map_or(0, |(rows, pairs)| rows - pairs.len()),
            errors,
        }
    }
}

/// The pair, unless it names a document that is not scored.
fn listed_pair<'a>(
    row: &'a PairRow,
    scored: &Scored,
    descriptions: &HashMap<String, Description>,
) -> Option<ListedPair<'a>> {
    let source = |id| {
        let source = descriptions.get(id).map(|found| found.source.as_str());
        source.filter(|source| !source.is_empty())
    };
    Some(ListedPair {
        a: scored.find(&row.a)?,
        b: scored.find(&row.b)?,
        label: &row.label,
        cross_source: (source(&row.a).zip(source(&row.b))).is_some_and(|(a, b)| a != b),
    })
}

/// Finds the names behind the library's numbers.
struct Finder<'a, 'n> {
    scored: &'a Scored,
    /// By number.
    predicted: &'n [ClusterName<'a>],
}

impl<'a> Finder<'a, '_> {
    fn id(&self, doc: DocId) -> &'a str {
        &self.scored.ids[doc.index()]
    }

    fn pairs(&self, pairs: &[ListedPair<'a>]) -> Vec<[&'a str; 3]> {
        pairs
            .iter()
            .map(|pair| [self.id(pair.a), self.id(pair.b), pair.label])
            .collect()
    }

    fn clusters(
        &self,
        predicted: &Partition,
        truth: &Partition,
        most: usize,
    ) -> [Vec<NamedCluster<'a>>; 2] {
        let mut names: Vec<&'a str> = self
            .scored
            .truth
            .iter()
            .flatten()
            .map(String::as_str)
            .collect();
        names.sort_unstable();
        names.dedup();
        let true_name = |cluster: u32| names[cluster as usize];
        let predicted_name = |cluster: u32| self.predicted[cluster as usize].get();
        let merges = worst_clusters(predicted, truth, most);
        let misses = worst_clusters(truth, predicted, most);
        [
            self.named(merges, predicted_name, true_name),
            self.named(misses, true_name, predicted_name),
        ]
    }

    fn named(
        &self,
        clusters: Vec<WorstCluster>,
        own: impl Fn(u32) -> &'a str,
        other: impl Fn(u32) -> &'a str,
    ) -> Vec<NamedCluster<'a>> {
        let part = |part: &eval::Part| (other(part.cluster), part.documents, self.id(part.example));
        clusters
            .iter()
            .map(|cluster| NamedCluster {
                name: own(cluster.cluster),
                documents: cluster.documents,
                bad_pairs: cluster.bad_pairs,
                parts: cluster.parts.iter().map(part).collect(),
            })
            .collect()
    }
}
