//! The verified pairs of a run, as its table has them.

use std::iter;

use rayon::prelude::*;

use crate::doc_id::DocId;
use crate::edge::Edge;
use crate::likeness::{Likeness, Refusal};
use crate::relation::Relation;
use crate::run::finished::{NO_CLUSTER, Run};
use crate::stages::relation_of;

/// A verified pair.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Pair {
    /// The document that is earlier in the corpus.
    pub a: DocId,
    /// The document that is later.
    pub b: DocId,
    /// Whether the threshold admits it.
    pub accepted: bool,
    /// Whether both are in one cluster.
    pub same_cluster: bool,
    /// What they share; `left` is `a`. `None` for texts equal by hash: their overlap was not computed.
    pub likeness: Option<Likeness>,
    /// What `b` is to `a`; `None` where the pair is not accepted.
    pub relation: Option<Relation>,
}

impl Pair {
    /// Why the two are no copies, where the profile knows reasons.
    pub fn refused(&self) -> Option<Refusal> {
        self.likeness?.aligned?.refused
    }
}

impl Run {
    /// Every verified pair whose similarity is at least 0.8 times the threshold, in document
    /// order; of a cluster of thousands of documents those that `pairs.jsonl` has. A document of the same
    /// normalised text as an earlier one is here once, with the first that has it.
    pub fn pairs(&self) -> Vec<Pair> {
        self.pairs_in_turns(usize::MAX).flatten().collect()
    }

    /// The same, so many at a time: of a crowd there are millions.
    pub(crate) fn pairs_in_turns(&self, most: usize) -> impl Iterator<Item = Vec<Pair>> {
        let listed = |(at, _): &(usize, &Edge)| self.listed.as_ref().is_none_or(|all| all[*at]);
        let compared = self.edges.iter().enumerate().filter(listed);
        let mut compared = compared.map(|(_, edge)| edge).peekable();
        let mut equal = self.texts.equal().iter().peekable();
        let mut next = move || {
            let (edge, same) = (compared.peek(), equal.peek());
            let is_edge = match (edge, same) {
                (Some(edge), Some(same)) => (edge.a, edge.b) < **same,
                (edge, _) => edge.is_some(),
            };
            match is_edge {
                true => compared
                    .next()
                    .map(|edge| (edge.a, edge.b, Some(edge.likeness))),
                false => equal.next().map(|&(a, b)| (a, b, None)),
            }
        };
        iter::from_fn(move || {
            let turn: Vec<(DocId, DocId, Option<Likeness>)> =
                iter::from_fn(&mut next).take(most).collect();
            let pairs = turn.into_par_iter();
            let pairs: Vec<Pair> = pairs
                .map(|(a, b, likeness)| self.pair(a, b, likeness))
                .collect();
            (!pairs.is_empty()).then_some(pairs)
        })
    }

    fn pair(&self, a: DocId, b: DocId, likeness: Option<Likeness>) -> Pair {
        let recipe = &self.job.recipe;
        let accepted = likeness.is_none_or(|likeness| likeness.is_copy(recipe.threshold()));
        let seen_from_b = likeness.unwrap_or(recipe.equal()).flipped();
        let holds_another = self.links.holds_another(self.texts.first(b));
        let (of_a, of_b) = (self.cluster_of[a.index()], self.cluster_of[b.index()]);
        Pair {
            a,
            b,
            accepted,
            same_cluster: of_a == of_b && of_a != NO_CLUSTER,
            likeness,
            relation: accepted
                .then(|| relation_of(&self.documents, b, a, seen_from_b, holds_another)),
        }
    }
}
