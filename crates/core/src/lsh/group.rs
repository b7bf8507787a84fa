//! Which pairs do the documents of one key give?
//!
//! All of them, or in a crowded group those with one of its leaders, the documents of smallest
//! rank, through which the others still hang together; and those with a *partner*, the document so many
//! places further by rank, another number in each band. Copies of one story share most of their keys, and
//! so have partners all over the story; what shares a phrase by chance has one or two.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::doc_id::DocId;
use crate::hash;

/// The leaders of each key, by band, of more documents than [`CandidateCaps::group`](super::CandidateCaps::group).
pub(super) type Crowded = HashMap<(usize, u64), Vec<DocId>, FixedState>;

/// The so many documents of smallest rank, ascending.
pub(super) fn leaders(group: &[DocId], leaders: usize, ranks: &[u64]) -> Vec<DocId> {
    let mut by_rank = group.to_vec();
    if leaders < group.len() {
        by_rank.select_nth_unstable_by_key(leaders, |doc| (ranks[doc.index()], *doc));
        by_rank.truncate(leaders);
    }
    by_rank.sort_unstable();
    by_rank.shrink_to_fit();
    by_rank
}

/// How many places further, in the order of rank, the partner of a document is in a crowded group of this
/// many; behind the last comes the first.
pub fn partner_step(band: usize, documents: usize) -> usize {
    let others = documents.saturating_sub(1).max(1) as u64;
    let step = hash::stream(PARTNERS, band as u64) % others;
    usize::try_from(step).expect("fewer than documents") + 1
}

/// Names the stream of steps; any number would do.
const PARTNERS: u64 = 0x7061_7274;

/// The documents of a crowded group with their partners, neither of which leads.
pub(super) fn partners(
    group: &[DocId],
    (leaders, band): (&[DocId], usize),
    ranks: &[u64],
    mut emit: impl FnMut(DocId, DocId),
) {
    let mut by_rank = group.to_vec();
    by_rank.sort_unstable_by_key(|doc| (ranks[doc.index()], *doc));
    let step = partner_step(band, group.len());
    let leads = |doc: &DocId| leaders.binary_search(doc).is_ok();
    for (at, doc) in by_rank.iter().enumerate() {
        let partner = &by_rank[(at + step) % by_rank.len()];
        if !leads(doc) && !leads(partner) {
            emit(*doc.min(partner), *doc.max(partner));
        }
    }
}

/// The pairs that the documents of one key, in ascending order, give; those with a leader only
/// where it is crowded.
pub(super) fn pairs_of_group(
    group: &[DocId],
    leaders: Option<&Vec<DocId>>,
    mut emit: impl FnMut(DocId, DocId),
) {
    let Some(leaders) = leaders else {
        for (at, &a) in group.iter().enumerate() {
            group[at + 1..].iter().for_each(|&b| emit(a, b));
        }
        return;
    };
    for &doc in group {
        for &leader in leaders {
            // A pair of two leaders is met twice; it counts at its smaller document.
            if doc < leader || (doc > leader && leaders.binary_search(&doc).is_err()) {
                emit(doc.min(leader), doc.max(leader));
            }
        }
    }
}
