//! A batch that an index has already, as it was clustered when it came.
//!
//! Whoever was stopped between the commit and the tables of a day gives the same command again. Then all of the
//! batch is known, and is compared with the index as it was before: without the documents that came with the batch or
//! behind it. Its documents and clusters are called as the index calls them now. Nothing is written.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::addition::{Addition, AdditionResult, Batch};
use super::catalog::Catalog;
use super::layout::NONE;
use super::neighbourhood::FROZEN_FROM;
use crate::clusters::ClusterId;
use crate::context::Context;
use crate::doc_id::DocId;
use crate::error::Error;
use crate::run::finished::Run;
use crate::store::documents::Documents;

/// Records of a batch, and the positions of their documents, each another one.
type Known = Vec<(DocId, u32)>;

/// The run of a batch of which all that is a document is known, as it was when the last of these came.
pub(super) fn repeated_run(
    catalog: &Catalog,
    mut batch: Batch,
    known: &[(DocId, u32)],
    context: Context<'_>,
) -> Result<Run, Error> {
    let (came, before) = last_batch(catalog, known)?;
    put_back(catalog, &mut batch.documents, &came)?;
    let mut earlier = catalog.clone();
    let removed = &mut earlier.state.removed;
    match before {
        Some(before) => {
            let end = u32::try_from(catalog.documents()).unwrap_or(NONE);
            removed.retain(|&at| at < before);
            removed.extend(before..end);
        }
        None => {
            removed.extend(came.iter().map(|&(_, at)| at));
            removed.sort_unstable();
        }
    }
    let addition = Addition {
        catalog: &earlier,
        keeps: false,
        touched: Vec::new(),
        frozen_from: FROZEN_FROM,
        context,
    };
    let mut result = addition.compute(batch)?;
    let names = names(catalog, &result, &came);
    result.run.rename(&names);
    Ok(result.run)
}

/// The records whose documents came with the last one, and the position of the first document that did, unless that
/// is not known: then all records count as having come with it.
fn last_batch(catalog: &Catalog, known: &[(DocId, u32)]) -> Result<(Known, Option<u32>), Error> {
    let last = known.iter().map(|&(_, at)| at).max();
    let last = last.map(|at| catalog.number(at)).transpose()?;
    let batches = &catalog.state.batches;
    let first = last.and_then(|last| {
        let at = batches.partition_point(|&first| first <= last);
        catalog.position(*batches.get(at.checked_sub(1)?)?)
    });
    let mut seen = BTreeSet::new();
    let came = known.iter().copied();
    let came = came.filter(|&(_, at)| at >= first.unwrap_or(0) && seen.insert(at));
    Ok((came.collect(), first))
}

/// Makes documents of known records, called as the index calls them.
fn put_back(catalog: &Catalog, batch: &mut Documents, came: &[(DocId, u32)]) -> Result<(), Error> {
    let mut places = BTreeSet::new();
    for &(doc, at) in came {
        let (part, row) = catalog.row(at)?;
        batch.rename(doc, part.id(row)?);
        let row = &mut batch.rows[doc.index()];
        row.rejected = false;
        places.insert((row.input, row.offset));
    }
    let is_back = |place: &(u32, u64)| places.contains(place);
    batch
        .known
        .retain(|(input, known)| !is_back(&(*input, known.offset)));
    Ok(())
}

/// What the index calls the clusters of a batch: as most documents of the batch in each are in, now; where none is
/// of the batch, as most of the others.
fn names(
    catalog: &Catalog,
    result: &AdditionResult,
    came: &[(DocId, u32)],
) -> BTreeMap<ClusterId, ClusterId> {
    let of_doc: BTreeMap<DocId, u32> = came.iter().copied().collect();
    let mut given = BTreeSet::new();
    let clusters = result.run.clusters().iter();
    let names = clusters.filter_map(|cluster| {
        let mut votes: BTreeMap<u64, (u32, u32)> = BTreeMap::new();
        for member in &cluster.members {
            let (at, vote) = match member.doc.index().checked_sub(result.indexed.len()) {
                Some(own) => (of_doc.get(&DocId::from_index(own)), (1, 0)),
                None => (result.indexed.get(member.doc.index()), (0, 1)),
            };
            if let Some(cluster) = at.and_then(|&at| catalog.state.cluster(at as usize)) {
                let votes = votes.entry(cluster.id).or_default();
                *votes = (votes.0 + vote.0, votes.1 + vote.1);
            }
        }
        let most = votes
            .into_iter()
            .max_by_key(|&(id, votes)| (votes, Reverse(id)));
        // Clusters that have merged since have one name: the second keeps that of a run.
        let (id, _) = most.filter(|&(id, _)| given.insert(id))?;
        Some((cluster.id, ClusterId(id)))
    });
    names.collect()
}
