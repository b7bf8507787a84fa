//! Which texts of a component are one story? One way a profile.
//!
//! `near` takes what hangs together by verified edges. `wire` first compares the texts that have a
//! copy in common but no key, then joins by average linkage, in which a digest has a vote in one
//! story and a pair that contradicts itself argues against a cluster.

use super::batches::DocPair;
use super::context::Context;
use super::error::StageError;
use super::facts::DocFacts;
use super::finalizing::Compare;
use crate::cluster::{
    LEAST_AVERAGE, Link, TWO_HOP_NEIGHBOURS, Text, Weight, average, components, two_hop, vote_once,
};
use crate::doc_id::DocId;
use crate::edge::Edge;
use crate::likeness::{Aligned, Likeness, Refusal};
use crate::parts::Parts;
use crate::recipe::{Grouping, Recipe};
use crate::similarity::Threshold;

/// Partitions components into clusters.
pub struct Partitioner<'a> {
    /// What counts as a copy.
    pub recipe: &'a Recipe,
    /// What is known of the documents.
    pub documents: &'a dyn DocFacts,
    /// Pairs of at least this score are worth a row.
    pub reported: Threshold,
    /// Progress, and whether to go on.
    pub context: Context<'a>,
}

/// Pairs that have a copy in common, but are no candidates (`wire`).
#[derive(Debug, Default)]
pub struct TwoHopPairs {
    /// Sorted.
    pub pairs: Vec<DocPair>,
    /// Texts with more copies than were brought together.
    capped: u64,
}

/// The clusters among some documents.
pub struct Partition {
    /// Two documents or more each.
    pub members: Vec<Vec<DocId>>,
    /// Components that were larger than the cap and were taken apart.
    pub split: u64,
    /// Pairs that were compared only now.
    pub compared: u64,
    /// Texts with more copies than were compared with each other.
    pub two_hop_capped: u64,
}

impl<'a> Partitioner<'a> {
    /// Partitions documents of a run.
    pub fn new(
        documents: &'a dyn DocFacts,
        recipe: &'a Recipe,
        context: Context<'a>,
    ) -> Partitioner<'a> {
        Partitioner {
            recipe,
            documents,
            reported: recipe.threshold().scaled(Recipe::REPORTED),
            context,
        }
    }

    /// Whether a compared pair matters for partitioning or reporting.
    pub fn needs(&self, likeness: Likeness) -> bool {
        let is_refused = |aligned: Aligned| {
            matches!(
                aligned.refused,
                Some(Refusal::Score | Refusal::Facts | Refusal::Boilerplate)
            )
        };
        likeness.reaches(self.reported) || likeness.aligned.is_some_and(is_refused)
    }

    fn grouping(&self) -> Grouping {
        self.recipe.profile().character().grouping
    }

    /// Whether a compared pair can join clusters. Documents that do not hang together by such pairs
    /// are never in one, and may be partitioned apart from one another.
    pub fn joins(&self, likeness: Likeness) -> bool {
        match self.grouping() {
            Grouping::Components => self.recipe.threshold().admits(likeness.overlap),
            Grouping::AverageLinkage => weight(likeness).is_accepted(),
        }
    }

    /// The pairs among `docs`, ascending, that are to be compared besides the edges, sorted.
    pub fn two_hop(&self, docs: &[DocId], edges: &[Edge]) -> TwoHopPairs {
        if self.grouping() == Grouping::Components {
            return TwoHopPairs::default();
        }
        let texts: Vec<Text> = docs.iter().map(|&doc| self.text(doc)).collect();
        let links: Vec<Link> = edges.iter().map(|edge| link(docs, edge)).collect();
        let found = two_hop(&texts, &links, TWO_HOP_NEIGHBOURS, self.context.cancelled);
        let pairs = found.pairs.iter();
        let pairs = pairs.map(|(a, b)| (docs[a.index()], docs[b.index()]));
        TwoHopPairs {
            pairs: pairs.collect(),
            capped: found.capped,
        }
    }

    /// Partitions `docs`, ascending, by the compared pairs among them, sorted, and by two-hop pairs, which are
    /// compared now: those that matter are added to the edges.
    pub fn partition<O: Compare>(
        &self,
        docs: &[DocId],
        edges: &mut Vec<Edge>,
        two_hop: &TwoHopPairs,
        compare: &mut O,
    ) -> Result<Partition, StageError> {
        self.context.go_on()?;
        let mut partition = match self.grouping() {
            Grouping::Components => self.connected_components(docs, edges),
            Grouping::AverageLinkage => self.average_linkage(docs, edges, two_hop, compare)?,
        };
        for place in partition.members.iter_mut().flatten() {
            *place = docs[place.index()];
        }
        Ok(partition)
    }

    /// The members are places among `docs`; so are those of the other profile.
    fn connected_components(&self, docs: &[DocId], edges: &[Edge]) -> Partition {
        // Documents are numbered by their place, so that tables are small.
        let local: Vec<Edge> = edges
            .iter()
            .map(|edge| Edge {
                a: place(docs, edge.a),
                b: place(docs, edge.b),
                ..*edge
            })
            .collect();
        let recipe = self.recipe;
        let found = components(
            docs.len(),
            &[],
            &local,
            recipe.threshold(),
            (recipe.largest_component(), |text: DocId| {
                self.documents.rank(docs[text.index()])
            }),
        );
        Partition {
            members: found.members,
            split: found.split,
            compared: 0,
            two_hop_capped: 0,
        }
    }

    fn average_linkage<O: Compare>(
        &self,
        docs: &[DocId],
        edges: &mut Vec<Edge>,
        two_hop: &TwoHopPairs,
        compare: &mut O,
    ) -> Result<Partition, StageError> {
        let texts: Vec<Text> = docs.iter().map(|&doc| self.text(doc)).collect();
        let TwoHopPairs { pairs, capped } = two_hop;
        let found = pairs.iter().zip(compare.of_pairs(pairs)?);
        let found = found.filter(|(_, likeness)| self.needs(*likeness));
        edges.extend(found.map(|(&(a, b), likeness)| Edge::new(a, b, likeness)));
        let mut links: Vec<Link> = edges.iter().map(|edge| link(docs, edge)).collect();
        let parts: Vec<(Parts, Parts)> = edges.iter().map(parts).collect();
        vote_once(&texts, &mut links, &parts);
        edges.sort_by_key(|edge| (edge.a, edge.b)); // stable: two sorted runs are merged
        self.context.go_on()?;
        let largest = self.recipe.largest_component();
        let found = average(&texts, &links, stop(), largest, self.context.cancelled);
        self.context.go_on()?;
        Ok(Partition {
            members: found.members,
            split: found.split,
            compared: pairs.len() as u64,
            two_hop_capped: *capped,
        })
    }

    /// A document as average linkage sees it.
    pub fn text(&self, doc: DocId) -> Text {
        Text {
            rank: self.documents.rank(doc),
        }
    }
}

/// The least average that still joins two clusters.
pub(super) fn stop() -> Threshold {
    Threshold::new(LEAST_AVERAGE).expect("between 0 and 1")
}

/// How strongly a pair argues for one story.
///
/// An edge weighs its score, and half of it if next to nothing of the longer text is covered: copies
/// join first, then trims, then excerpts, so that a digest finds the story it holds most of before
/// the others it holds too. Stories of up to 60 carriers came out at ARI .939, without it at .909;
/// precision on a newsroom rose from .964 to .971.
fn weight(likeness: Likeness) -> Weight {
    match likeness.aligned.and_then(|aligned| aligned.refused) {
        None => {
            let coverage = likeness.coverage();
            let covered = coverage.left_coverage().min(coverage.right_coverage());
            Weight::accepted(likeness.score().min(1.0) * f64::midpoint(1.0, covered))
        }
        Some(Refusal::Facts | Refusal::Boilerplate) => Weight::CONTRADICTED,
        Some(Refusal::Score | Refusal::Gate) => Weight::REFUSED,
    }
}

/// An edge by the places of its documents.
fn link(docs: &[DocId], edge: &Edge) -> Link {
    Link {
        a: place(docs, edge.a),
        b: place(docs, edge.b),
        weight: weight(edge.likeness),
    }
}

/// What the two texts of a pair hold of each.
fn parts(edge: &Edge) -> (Parts, Parts) {
    let aligned = edge.likeness.aligned;
    aligned.map_or_else(Default::default, |aligned| {
        (aligned.parts_left, aligned.parts_right)
    })
}

fn place(docs: &[DocId], doc: DocId) -> DocId {
    DocId::from_index(
        docs.binary_search(&doc)
            .expect("a document of the component"),
    )
}
