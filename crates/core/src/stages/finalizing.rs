//! One cluster: its representative, what each member is to it, and what may go.
//!
//! A cap, or the chance that LSH leaves, keeps some pairs of a cluster from being candidates.
//! Two kinds of them decide what a user reads, so they are made up for: every member is held
//! against its representative, and a document may go only if a kept one is verified to carry it.
//! Both comparisons are bounded by the number of members.

use super::batches::DocPair;
use super::crediting::{Credits, WithAgencies};
use super::error::StageError;
use super::facts::DocFacts;
use super::linking::Links;
use super::texts::Texts;
use crate::cluster::{Carrier, RemovalRule, representative, verdicts};
use crate::clusters::{Cluster, ClusterId, Member, Verdict};
use crate::doc_id::DocId;
use crate::edge::Edge;
use crate::likeness::Likeness;
use crate::recipe::Recipe;
use crate::relation::{self, Relation};
use crate::similarity::Threshold;

/// Compares texts that were not compared before.
pub trait Compare {
    /// The likeness of one text to each of the others, `left` being the one.
    fn likenesses(&mut self, text: DocId, others: &[DocId]) -> Result<Vec<Likeness>, StageError>;

    /// The likenesses of many pairs, sorted by the first of the two, which is `left`.
    fn of_pairs(&mut self, pairs: &[DocPair]) -> Result<Vec<Likeness>, StageError> {
        text_by_text(self, pairs)
    }
}

/// The likenesses of pairs, sorted likewise, asked for one text after the other.
pub(super) fn text_by_text<O: Compare + ?Sized>(
    compare: &mut O,
    pairs: &[DocPair],
) -> Result<Vec<Likeness>, StageError> {
    let mut all = Vec::with_capacity(pairs.len());
    for of_one in pairs.chunk_by(|x, y| x.0 == y.0) {
        let others: Vec<DocId> = of_one.iter().map(|pair| pair.1).collect();
        all.extend(compare.likenesses(of_one[0].0, &others)?);
    }
    Ok(all)
}

/// Decides what becomes of the members of clusters.
#[derive(Clone, Copy)]
pub struct Finalizer<'a> {
    /// What is known of the documents.
    pub documents: &'a dyn DocFacts,
    /// Which of them are equal.
    pub texts: &'a Texts,
    /// What counts as a copy.
    pub recipe: &'a Recipe,
    /// What may be removed.
    pub removal: &'a RemovalRule,
    /// Reads credits, in `wire`.
    pub credits: Option<&'a dyn Credits>,
    /// What texts hold besides their own story, once it is known.
    pub links: Option<&'a Links>,
}

/// A cluster, and what becomes of its members.
pub struct FinalCluster {
    /// The cluster.
    pub cluster: Cluster,
    /// Its members, ascending, and what becomes of each.
    pub verdicts: Vec<(DocId, Verdict)>,
    /// The pairs compared inside the cluster, sorted, also those compared only now.
    pub edges: Vec<Edge>,
    /// How many were compared only now.
    pub compared: u64,
}

/// The pairs of a cluster that were compared, sorted.
struct Known<'o, O> {
    edges: Vec<Edge>,
    compared: u64,
    compare: &'o mut O,
}

impl Finalizer<'_> {
    /// Finishes a cluster of these texts, given by their first documents, ascending, and the
    /// compared pairs among them, sorted.
    pub fn finalize<O: Compare>(
        &self,
        texts: &[DocId],
        edges: Vec<Edge>,
        compare: &mut O,
    ) -> Result<FinalCluster, StageError> {
        let mut known = Known {
            edges,
            compared: 0,
            compare,
        };
        let mut members: Vec<DocId> = Vec::with_capacity(texts.len());
        for &text in texts {
            members.push(text);
            members.extend(self.texts.copies(text));
        }
        members.sort_unstable();
        let representative = self.representative(&members)?;
        known.compare(self.texts.first(representative), texts)?;
        self.with_verdicts(members, representative, known)
    }

    /// Finishes a cluster again, for links that are known only now.
    pub fn finalize_again<O: Compare>(
        &self,
        finalized: &mut FinalCluster,
        compare: &mut O,
    ) -> Result<(), StageError> {
        let known = Known {
            edges: std::mem::take(&mut finalized.edges),
            compared: finalized.compared,
            compare,
        };
        let members = finalized.verdicts.iter().map(|&(doc, _)| doc).collect();
        *finalized = self.with_verdicts(members, finalized.cluster.representative(), known)?;
        Ok(())
    }

    fn representative(&self, members: &[DocId]) -> Result<DocId, StageError> {
        let Some(credits) = self.credits else {
            return Ok(representative(members, self.documents));
        };
        let facts = WithAgencies {
            documents: self.documents,
            from_agency: credits.published_by_agencies(members)?,
        };
        Ok(representative(members, &facts))
    }

    /// Whether a document holds another story besides its cluster's.
    pub fn holds_another(&self, doc: DocId) -> bool {
        let text = self.texts.first(doc);
        self.links.is_some_and(|links| links.holds_another(text))
    }

    fn with_verdicts<O: Compare>(
        &self,
        members: Vec<DocId>,
        representative: DocId,
        mut known: Known<'_, O>,
    ) -> Result<FinalCluster, StageError> {
        let verdicts = self.verdicts(&members, representative, &mut known)?;
        let Known {
            edges, compared, ..
        } = known;
        let verdicts = members.iter().copied().zip(verdicts).collect();
        Ok(FinalCluster {
            cluster: self.cluster(members, representative, &edges),
            verdicts,
            edges,
            compared,
        })
    }

    fn verdicts<O: Compare>(
        &self,
        members: &[DocId],
        representative: DocId,
        known: &mut Known<'_, O>,
    ) -> Result<Vec<Verdict>, StageError> {
        let carriers = Carriers::of(&known.edges, self.recipe.threshold(), self);
        let mut new = Vec::new();
        let verdicts = verdicts(
            members,
            representative,
            self.removal,
            self.documents,
            |doc| self.texts.first(doc),
            |text| carriers.of_text(text),
            |text, others| {
                // A pair that was compared before and is no neighbour is below the threshold.
                let unknown = |other: &&DocId| find(&known.edges, text, **other).is_none();
                let others: Vec<DocId> = others.iter().filter(unknown).copied().collect();
                if others.is_empty() {
                    return Ok(Vec::new());
                }
                let likenesses = known.compare.likenesses(text, &others)?;
                known.compared += others.len() as u64;
                let found = || others.iter().zip(&likenesses);
                new.extend(found().map(|(other, likeness)| Edge::new(text, *other, *likeness)));
                let threshold = self.recipe.threshold();
                let copies = found().filter(|(_, likeness)| likeness.is_copy(threshold));
                let holds_another = self.holds_another(text);
                Ok::<_, StageError>(
                    copies
                        .map(|(other, likeness)| carrier(*other, *likeness, holds_another))
                        .collect(),
                )
            },
        )?;
        known.add(new);
        Ok(verdicts)
    }

    fn cluster(&self, mut members: Vec<DocId>, representative: DocId, edges: &[Edge]) -> Cluster {
        let date = |doc| {
            self.documents
                .date(doc)
                .map_or((true, None), |date| (false, Some(date)))
        };
        members.sort_unstable_by_key(|&doc| (doc != representative, date(doc), doc));
        let smallest = members.iter().map(|&doc| self.documents.content(doc)).min();
        let against_speaker = |doc| {
            let likeness = self.likeness(doc, representative, edges);
            let holds_another = self.holds_another(doc);
            let relation =
                relation_of(self.documents, doc, representative, likeness, holds_another);
            Member {
                doc,
                relation: (doc != representative).then_some(relation),
                likeness,
            }
        };
        Cluster {
            id: ClusterId(smallest.unwrap_or_default()),
            members: members.into_iter().map(against_speaker).collect(),
        }
    }

    /// The likeness of two documents of one cluster, `left` being `doc`.
    fn likeness(&self, doc: DocId, other: DocId, edges: &[Edge]) -> Likeness {
        let (text, other) = (self.texts.first(doc), self.texts.first(other));
        find(edges, text, other).map_or(self.recipe.equal(), |edge| edge.seen_from(text))
    }
}

impl<O: Compare> Known<'_, O> {
    /// Compares a text with those of the others that it was never compared with.
    fn compare(&mut self, text: DocId, others: &[DocId]) -> Result<(), StageError> {
        let unknown = |other: &DocId| *other != text && find(&self.edges, text, *other).is_none();
        let others: Vec<DocId> = others.iter().copied().filter(unknown).collect();
        if others.is_empty() {
            return Ok(());
        }
        let likenesses = self.compare.likenesses(text, &others)?;
        self.compared += others.len() as u64;
        let new = others.into_iter().zip(likenesses);
        let new = new.map(|(other, likeness)| Edge::new(text, other, likeness));
        self.add(new.collect());
        Ok(())
    }

    /// Adds edges, a few beside those there are. Equal texts may have asked twice.
    fn add(&mut self, mut new: Vec<Edge>) {
        new.sort_unstable_by_key(|edge| (edge.a, edge.b));
        self.edges.append(&mut new);
        // Stable: two sorted runs are merged and not sorted once more.
        self.edges.sort_by_key(|edge| (edge.a, edge.b));
        self.edges.dedup_by_key(|edge| (edge.a, edge.b));
    }
}

/// The edge between two texts; edges are sorted.
pub fn find(edges: &[Edge], text: DocId, other: DocId) -> Option<&Edge> {
    let pair = (text.min(other), text.max(other));
    let found = edges.binary_search_by_key(&pair, |edge| (edge.a, edge.b));
    found.ok().map(|at| &edges[at])
}

/// What a document is to another one of its cluster. `holds_another`: it holds the story of another cluster, too.
pub fn relation_of(
    documents: &dyn DocFacts,
    doc: DocId,
    other: DocId,
    likeness: Likeness,
    holds_another: bool,
) -> Relation {
    if documents.normal(doc) != documents.normal(other) {
        let dates = documents.date(doc).zip(documents.date(other));
        let later = dates.is_some_and(|(own, other)| own.is_after(other));
        relate(likeness, later, holds_another)
    } else if documents.content(doc) == documents.content(other) {
        Relation::Exact
    } else {
        Relation::Normalized
    }
}

/// What a text is to another one that it was compared with: by what was aligned, where texts are,
/// else by what the sets share.
pub fn relate(likeness: Likeness, later: bool, holds_another: bool) -> Relation {
    match likeness.aligned {
        None => Relation::by_coverage(likeness.overlap),
        Some(aligned) => Relation::by_alignment(relation::Aligned {
            own: aligned.words.left_coverage(),
            other: aligned.words.right_coverage(),
            lead: aligned.lead(),
            later,
            holds_another,
        }),
    }
}

/// The accepted edges of every text of a cluster, both ways: text, other text, and place of the edge. A
/// cluster with a hundred thousand carriers has ten million.
struct Carriers<'e> {
    both: Vec<(DocId, DocId, usize)>,
    edges: &'e [Edge],
    finalizer: &'e Finalizer<'e>,
}

impl<'e> Carriers<'e> {
    fn of(edges: &'e [Edge], threshold: Threshold, finalizer: &'e Finalizer<'e>) -> Carriers<'e> {
        let accepted = edges.iter().enumerate();
        let accepted = accepted.filter(|(_, edge)| edge.likeness.is_copy(threshold));
        let mut both: Vec<(DocId, DocId, usize)> = accepted
            .flat_map(|(at, edge)| [(edge.a, edge.b, at), (edge.b, edge.a, at)])
            .collect();
        both.sort_unstable();
        Carriers {
            both,
            edges,
            finalizer,
        }
    }

    fn of_text(&self, text: DocId) -> impl Iterator<Item = Carrier> {
        let start = self.both.partition_point(|(of, ..)| *of < text);
        let own = self.both[start..].iter();
        let own = own.take_while(move |(of, ..)| *of == text);
        own.map(move |&(_, other, at)| {
            let likeness = self.edges[at].seen_from(text);
            carrier(other, likeness, self.finalizer.holds_another(text))
        })
    }
}

/// Another text of a cluster as removal sees it; `left` in the likeness is the text that may go.
fn carrier(text: DocId, likeness: Likeness, holds_another: bool) -> Carrier {
    let coverage = likeness.coverage();
    Carrier {
        text,
        relation: relate(likeness, false, holds_another),
        if_later: relate(likeness, true, holds_another),
        carried: u64::from(coverage.shared),
        of: u64::from(coverage.left),
        closeness: likeness.score(),
    }
}
