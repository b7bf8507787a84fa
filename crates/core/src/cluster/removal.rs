//! What does a deduplicated corpus keep?
//!
//! The members of a cluster are taken in order of preference. A document goes if one already
//! kept, its *witness*, is verified to carry it: by an equal text, or by an edge of a relation
//! that may be removed, with enough of the document covered. Otherwise it is kept itself. So
//! nothing goes on the word of a document that went, also where a component chains: a cluster
//! may keep several documents.

use std::cmp::Ordering;

use super::Facts;
use super::carrier::Carrier;
use super::kept::Kept;
use crate::clusters::Verdict;
use crate::doc_id::DocId;
use crate::relation::Relation;
use crate::similarity::Threshold;

/// Which copy of a cluster is kept first.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum Keep {
    /// The longest text, so that nothing said is lost; then the earliest.
    #[default]
    Longest,
    /// The earliest; then the longest.
    Earliest,
    /// The cluster's representative; then the longest.
    Representative,
    /// The first in the corpus.
    First,
    /// By publisher, in the order given; then the longest.
    Source(Vec<String>),
}

/// What may be removed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RemovalRule {
    /// Which copy is kept first.
    pub keep: Keep,
    /// Relations to the witness of documents that may go.
    pub relations: Vec<Relation>,
    /// Least share of the removed document that its witness carries.
    pub coverage: Threshold,
}

impl RemovalRule {
    /// The least share that a witness carries of a removed story text, in `wire`: four words of
    /// five. What is left may be boilerplate that was not learned, a caption, a changed sentence.
    ///
    /// Above 0.75, from where on a document holds little that its witness has not: an update, a
    /// digest or a page with much of its own is below it, whatever its relation is called. Medians
    /// are .89 for a trimmed copy and .78 for an excerpt of a few sentences, in which one sentence
    /// of the page's own weighs much: half of those stay.
    pub const CARRIED: f64 = 0.80;
}

/// The verdict on every member of a cluster, in the order of `members`.
///
/// `text_of` gives the first document of the same normalised text; `neighbours` the accepted
/// edges of a text, by its first document: [`Neighbour`](super::Neighbour)s in `near`, [`Carrier`]s where the
/// relation and the coverage were found in another way. A cap, or the chance that LSH leaves, keeps some
/// pairs from being candidates: `compare` counts the overlaps of a text with texts that are kept
/// and not among its neighbours, the eight most preferred of them at most.
///
/// # Errors
///
/// What `compare` fails with.
pub fn verdicts<E, N: IntoIterator<Item: Into<Carrier>>>(
    members: &[DocId],
    representative: DocId,
    rule: &RemovalRule,
    facts: &(impl Facts + ?Sized),
    text_of: impl Fn(DocId) -> DocId,
    neighbours: impl Fn(DocId) -> N,
    mut compare: impl FnMut(DocId, &[DocId]) -> Result<Vec<N::Item>, E>,
) -> Result<Vec<Verdict>, E> {
    let mut order: Vec<usize> = (0..members.len()).collect();
    order.sort_unstable_by(|&a, &b| {
        preference(members[a], members[b], representative, &rule.keep, facts)
    });
    let mut kept = Kept::default();
    let mut verdicts = vec![Verdict::Kept; members.len()];
    for at in order {
        let (doc, text) = (members[at], text_of(members[at]));
        let content = facts.content(doc);
        if facts.is_held(doc) {
            kept.add(text, content, doc);
            continue;
        }
        let mut witness = kept.equal(text, content, rule);
        if witness.is_none() {
            let mut known = Vec::new();
            let carriers = neighbours(text).into_iter().map(N::Item::into);
            let carriers = carriers.inspect(|carrier: &Carrier| known.push(carrier.text));
            witness = kept.carrier(doc, carriers, rule, facts);
            if witness.is_none() {
                let first = kept
                    .firsts()
                    .filter(|kept| *kept != text && !known.contains(kept));
                let first: Vec<DocId> = first.collect();
                if !first.is_empty() {
                    let compared = compare(text, &first)?.into_iter().map(N::Item::into);
                    witness = kept.carrier(doc, compared, rule, facts);
                }
            }
        }
        match witness {
            Some((witness, relation)) => {
                verdicts[at] = Verdict::Removed { witness, relation };
            }
            None => kept.add(text, content, doc),
        }
    }
    Ok(verdicts)
}

/// Whether `a` is kept before `b`. Two different documents are never equal.
pub fn preference(
    a: DocId,
    b: DocId,
    representative: DocId,
    keep: &Keep,
    facts: &(impl Facts + ?Sized),
) -> Ordering {
    let undated_last = |doc| {
        facts
            .date(doc)
            .map_or((true, None), |date| (false, Some(date)))
    };
    let earliest = || undated_last(a).cmp(&undated_last(b));
    let longest = || facts.words(b).cmp(&facts.words(a));
    let rest = || {
        let content = facts.content(a).cmp(&facts.content(b));
        content
            .then_with(|| facts.id(a).cmp(&facts.id(b)))
            .then(a.cmp(&b))
    };
    let held = facts.is_held(b).cmp(&facts.is_held(a));
    let first = match keep {
        Keep::Longest => Ordering::Equal,
        Keep::Earliest => earliest(),
        Keep::Representative => (a != representative).cmp(&(b != representative)),
        Keep::First => a.cmp(&b),
        Keep::Source(order) => {
            let place = |doc| {
                let publisher = facts.publisher(doc);
                order
                    .iter()
                    .position(|name| Some(name.as_str()) == publisher)
                    .unwrap_or(order.len())
            };
            place(a).cmp(&place(b))
        }
    };
    held.then(first)
        .then_with(longest)
        .then_with(earliest)
        .then_with(rest)
}

#[cfg(test)]
mod tests;
