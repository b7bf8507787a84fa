//! From components to clusters and verdicts: the pairs that matter and were never compared are
//! compared now.
//!
//! A cap, or the chance that LSH leaves, keeps some pairs of a cluster from being candidates.
//! Two kinds of them decide what a user reads, so they are made up for: every member is held
//! against its representative, and a document may go only if a kept one is verified to carry it.
//! For the latter the most preferred kept document is compared with all others still kept, then
//! the second, and so on, [`ROUNDS`] times at most.

use rayon::prelude::*;

use super::comparing::Comparer;
use super::documents::Documents;
use super::error::Error;
use super::job::JobParts;
use super::run::Work;
use super::texts::Texts;
use crate::cluster::{Facts, Neighbour, representative, verdicts};
use crate::clusters::{Cluster, ClusterId, Member, Verdict};
use crate::doc_id::DocId;
use crate::edge::Edge;
use crate::relation::Relation;
use crate::similarity::{Overlap, Threshold};

/// As many as a crowded key has leaders: what is not near one of eight kept documents is kept.
const ROUNDS: usize = 8;

/// Puts components into words.
pub(super) struct Judge<'a> {
    pub(super) documents: &'a Documents,
    pub(super) texts: &'a Texts,
    pub(super) job: &'a JobParts,
    /// All compared pairs, sorted.
    pub(super) edges: Vec<Edge>,
}

/// What the run says about its documents.
pub(super) struct Judged {
    /// By name.
    pub(super) clusters: Vec<Cluster>,
    /// By position; rejected documents count as kept here.
    pub(super) verdicts: Vec<Verdict>,
}

impl Judge<'_> {
    /// Finds representatives, relations and verdicts; adds the pairs compared on the way.
    pub(super) fn judge(
        &mut self,
        components: Vec<Vec<DocId>>,
        comparer: &Comparer<'_>,
        work: &mut Work,
    ) -> Result<Judged, Error> {
        let speakers: Vec<DocId> = components
            .par_iter()
            .map(|members| representative(members, self.documents))
            .collect();
        let missing = components
            .iter()
            .zip(&speakers)
            .flat_map(|(members, &speaker)| {
                self.unknown(speaker, members.iter().copied())
                    .collect::<Vec<_>>()
            });
        let missing = missing.collect();
        self.compare(missing, comparer, work)?;

        let verdicts = self.verdicts(&components, &speakers, comparer, work)?;
        let sets = components.into_par_iter().zip(speakers);
        let mut clusters: Vec<Cluster> = sets
            .map(|(members, speaker)| self.cluster(members, speaker))
            .collect();
        clusters.par_sort_unstable_by_key(|cluster| (cluster.id, cluster.representative()));
        Ok(Judged { clusters, verdicts })
    }

    fn verdicts(
        &mut self,
        components: &[Vec<DocId>],
        speakers: &[DocId],
        comparer: &Comparer<'_>,
        work: &mut Work,
    ) -> Result<Vec<Verdict>, Error> {
        let mut result = vec![Verdict::Kept; self.documents.rows.len()];
        let mut open: Vec<usize> = (0..components.len()).collect();
        for round in 0..=ROUNDS {
            let neighbours = Neighbours::of(&self.edges, self.job.recipe.threshold);
            let judged: Vec<_> = open
                .par_iter()
                .map(|&at| {
                    verdicts(
                        &components[at],
                        speakers[at],
                        &self.job.removal,
                        self.documents,
                        |doc| self.texts.first(doc),
                        |text| neighbours.of_text(text),
                    )
                })
                .collect();
            let mut missing = Vec::new();
            let mut still_open = Vec::new();
            for (&at, judged) in open.iter().zip(judged) {
                for (doc, verdict) in components[at].iter().zip(&judged.of_members) {
                    result[doc.index()] = *verdict;
                }
                if let Some((&pivot, others)) =
                    judged.kept.get(round..).and_then(|kept| kept.split_first())
                {
                    let before = missing.len();
                    missing.extend(self.unknown(pivot, others.iter().copied()));
                    if missing.len() > before || others.len() > 1 {
                        still_open.push(at);
                    }
                }
            }
            if still_open.is_empty() || round == ROUNDS {
                break;
            }
            self.compare(missing, comparer, work)?;
            open = still_open;
        }
        Ok(result)
    }

    /// The pairs of one document's text with those of others that were never compared.
    fn unknown(
        &self,
        doc: DocId,
        others: impl Iterator<Item = DocId>,
    ) -> impl Iterator<Item = (DocId, DocId)> {
        let text = self.texts.first(doc);
        others.filter_map(move |other| {
            let other = self.texts.first(other);
            let pair = (text.min(other), text.max(other));
            (text != other && self.edge(pair).is_none()).then_some(pair)
        })
    }

    fn edge(&self, (a, b): (DocId, DocId)) -> Option<&Edge> {
        let found = self
            .edges
            .binary_search_by_key(&(a, b), |edge| (edge.a, edge.b));
        found.ok().map(|at| &self.edges[at])
    }

    fn compare(
        &mut self,
        mut pairs: Vec<(DocId, DocId)>,
        comparer: &Comparer<'_>,
        work: &mut Work,
    ) -> Result<(), Error> {
        if pairs.is_empty() {
            return Ok(());
        }
        pairs.par_sort_unstable();
        pairs.dedup();
        work.compared += pairs.len() as u64;
        self.edges.extend(comparer.compare(pairs, |_| true)?);
        self.edges.par_sort_unstable_by_key(|edge| (edge.a, edge.b));
        Ok(())
    }

    fn cluster(&self, mut members: Vec<DocId>, speaker: DocId) -> Cluster {
        let date = |doc| {
            self.documents
                .date(doc)
                .map_or((true, None), |date| (false, Some(date)))
        };
        members.sort_unstable_by_key(|&doc| (doc != speaker, date(doc), doc));
        let smallest = members.iter().map(|&doc| self.documents.content(doc)).min();
        let against_speaker = |doc| Member {
            doc,
            relation: (doc != speaker).then(|| self.relation(doc, speaker)),
            overlap: self.overlap(doc, speaker),
        };
        Cluster {
            id: ClusterId(smallest.unwrap_or_default()),
            members: members.into_iter().map(against_speaker).collect(),
        }
    }

    fn relation(&self, doc: DocId, other: DocId) -> Relation {
        if self.documents.content(doc) == self.documents.content(other) {
            Relation::Exact
        } else if self.texts.first(doc) == self.texts.first(other) {
            Relation::Normalized
        } else {
            Relation::by_coverage(self.overlap(doc, other))
        }
    }

    /// The overlap of two documents of one cluster, `left` being `doc`.
    fn overlap(&self, doc: DocId, other: DocId) -> Overlap {
        let (text, other) = (self.texts.first(doc), self.texts.first(other));
        let pair = (text.min(other), text.max(other));
        match self.edge(pair) {
            Some(edge) => edge.seen_from(text),
            None => self
                .texts
                .size(text, &self.edges)
                .map_or(Overlap::full(0), Overlap::full),
        }
    }
}

/// The accepted edges of every text, both ways.
struct Neighbours(Vec<(DocId, Neighbour)>);

impl Neighbours {
    fn of(edges: &[Edge], threshold: Threshold) -> Neighbours {
        let accepted = edges.iter().filter(|edge| threshold.admits(edge.overlap));
        let mut both: Vec<(DocId, Neighbour)> = accepted
            .flat_map(|edge| {
                [edge.a, edge.b].map(|text| {
                    let overlap = edge.seen_from(text);
                    (
                        text,
                        Neighbour {
                            text: edge.other(text),
                            overlap,
                        },
                    )
                })
            })
            .collect();
        both.par_sort_unstable_by_key(|(text, neighbour)| (*text, neighbour.text));
        Neighbours(both)
    }

    fn of_text(&self, text: DocId) -> Vec<Neighbour> {
        let start = self.0.partition_point(|(of, _)| *of < text);
        let own = self.0[start..].iter().take_while(|(of, _)| *of == text);
        own.map(|(_, neighbour)| *neighbour).collect()
    }
}
