//! Which pairs do the documents of one key give?
//!
//! All of them, or in a crowded group those with one of its leaders: the documents of smallest
//! rank, through which the others still hang together.

use std::collections::HashMap;

use crate::doc_id::DocId;

/// The leaders of each key, by band, of more documents than [`CandidateCaps::group`](super::CandidateCaps::group).
pub(super) type Crowded = HashMap<(usize, u64), Vec<DocId>>;

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
