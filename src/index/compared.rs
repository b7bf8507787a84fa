//! The candidates of a batch, compared: texts of the index and of the batch, each with all that is known of it.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::catalog::Catalog;
use super::comparison::Comparison;
use super::joined::{self, JoinedStories, join};
use super::lookup::Found;
use super::sought::with_equals;
use crate::doc_id::DocId;
use crate::error::Error;
use crate::likeness::Likeness;
use crate::stages::{DocPair, Method, Partitioner, Texts, Why};
use crate::store::documents::Documents;
use crate::store::story_store::StoryStore;

/// Two documents by position, the smaller one first, and what comparing them gave.
pub(super) type Compared = (u32, u32, Likeness);

/// Compares candidates; hands back those that matter, sorted.
pub(super) fn compare<C: Comparison>(
    catalog: &Catalog,
    comparison: &C,
    (batch, stories): (&Documents, &StoryStore),
    (found, renewed): (&Found, &[u32]),
) -> Result<Vec<Compared>, Error> {
    let before = catalog.documents();
    let mut indexed: Vec<u32> = found.pairs.iter().flat_map(|&(a, b)| [a, b]).collect();
    indexed.retain(|&at| (at as usize) < before);
    indexed.extend_from_slice(renewed);
    indexed.sort_unstable();
    indexed.dedup();
    // Days and outlets are asked of all documents of a text.
    with_equals(catalog, &mut indexed)?;
    let mut documents = batch.without_keys();
    join(catalog, &indexed, &mut documents)?;
    let texts = Texts::of(&documents);
    documents.note_equal_texts(&texts);
    let mut position_of: HashMap<DocId, u32, FixedState> = HashMap::default();
    let mut local = |position: u32| {
        let doc = joined::number(&indexed, before, position).expect("one of them");
        let first = texts.first(doc);
        position_of.insert(first, position);
        first
    };
    let pairs: Vec<DocPair> = (found.pairs.iter())
        .map(|&(a, b)| (local(a), local(b)))
        .map(|(a, b)| (a.min(b), a.max(b)))
        .collect();
    let joined = JoinedStories {
        catalog,
        indexed: &indexed,
        batch: stories,
    };
    let comparer = comparison.comparer(&documents, &joined);
    let partitioner = Partitioner::new(&documents, &catalog.recipe, comparer.context);
    let keep = |(a, b): DocPair, compared| {
        let likeness = comparer.method.likeness(compared);
        let (x, y) = (position_of[&a], position_of[&b]);
        partitioner.needs(likeness).then(|| match x < y {
            true => (x, y, likeness),
            false => (y, x, likeness.flipped()),
        })
    };
    let batches = comparer.each_batch(pairs, Why::Candidates, keep, |_, edges| Ok(edges))?;
    let mut edges: Vec<Compared> = batches.into_iter().flatten().collect();
    edges.sort_unstable_by_key(|&(a, b, _)| (a, b));
    Ok(edges)
}
