//! How large is a component? A crowd around one text counts as one.
//!
//! Components are bounded because chains lead far: each copy is a little like the next, and the last
//! nothing like the first. A story with tens of thousands of carriers is no chain. They are all paired
//! with the leaders of their keys, so nearly all of them hang on a few texts directly; taken apart at a
//! raised threshold they would fall to pieces at once, as all of their edges are alike. So a text with
//! [`CROWD`] others on it is a *centre*, and they count as one with it, as equal texts do.
//!
//! Centres are chosen greedily, the text of most edges first, of as many that of smallest rank: the
//! usual cover of a graph by neighbourhoods (V. Chvátal, "A greedy heuristic for the set-covering
//! problem", 1979). A chain has no centre at all. Time: linear in the edges but for a sort of the texts.

use std::cmp::Reverse;

use crate::doc_id::DocId;

/// Texts on a centre: as many candidates as a text counts in `wire`, and more than a chain has.
pub(super) const CROWD: usize = 64;

/// The centre that every text hangs on, if it hangs on one. No centre hangs on another.
///
/// `edges` are the accepted pairs among `texts` texts, and may name a pair twice; `rank` orders texts by
/// what they say.
pub(super) fn centres<R: Ord>(
    texts: usize,
    edges: &[(DocId, DocId)],
    rank: impl Fn(DocId) -> R,
) -> Vec<Option<DocId>> {
    // The neighbours of every text, side by side.
    let mut starts = vec![0usize; texts + 1];
    for &(a, b) in edges {
        starts[a.index() + 1] += 1;
        starts[b.index() + 1] += 1;
    }
    for at in 0..texts {
        starts[at + 1] += starts[at];
    }
    let mut next = starts.clone();
    let mut neighbours = vec![DocId::new(0); 2 * edges.len()];
    for &(a, b) in edges {
        for (text, other) in [(a, b), (b, a)] {
            neighbours[next[text.index()]] = other;
            next[text.index()] += 1;
        }
    }
    let of = |text: DocId| &neighbours[starts[text.index()]..starts[text.index() + 1]];
    let mut order: Vec<DocId> = (0..texts).map(DocId::from_index).collect();
    order.retain(|&text| of(text).len() >= CROWD);
    order.sort_by_cached_key(|&text| (Reverse(of(text).len()), rank(text), text));

    let mut centre_of: Vec<Option<DocId>> = vec![None; texts];
    let mut is_centre = vec![false; texts];
    let mut crowd: Vec<DocId> = Vec::new();
    for centre in order {
        if centre_of[centre.index()].is_some() {
            continue;
        }
        let is_free =
            |other: &&DocId| centre_of[other.index()].is_none() && !is_centre[other.index()];
        crowd.clear();
        crowd.extend(of(centre).iter().filter(is_free));
        crowd.sort_unstable();
        crowd.dedup();
        if crowd.len() >= CROWD {
            is_centre[centre.index()] = true;
            crowd
                .iter()
                .for_each(|other| centre_of[other.index()] = Some(centre));
        }
    }
    centre_of
}

#[cfg(test)]
mod tests {
    use super::super::tests::doc;
    use super::*;

    fn counted(texts: u32, edges: &[(u32, u32)]) -> usize {
        let edges: Vec<_> = edges.iter().map(|&(a, b)| (doc(a), doc(b))).collect();
        let centres = centres(texts as usize, &edges, |text| text);
        centres.iter().filter(|centre| centre.is_none()).count()
    }

    /// A text with so many others on it, the first of them numbered so.
    fn star(centre: u32, others: std::ops::Range<u32>) -> Vec<(u32, u32)> {
        others.map(|other| (centre, other)).collect()
    }

    #[test]
    fn a_crowd_counts_as_one_and_a_chain_as_all_it_has() {
        assert_eq!(counted(500, &star(0, 1..500)), 1);
        let chain: Vec<_> = (1..500).map(|n| (n - 1, n)).collect();
        assert_eq!(counted(500, &chain), 500);
        assert_eq!(counted(3, &[]), 3);
    }

    #[test]
    fn fewer_than_a_crowd_all_count() {
        let crowd = u32::try_from(CROWD).unwrap();
        assert_eq!(counted(crowd, &star(0, 1..crowd)), CROWD);
        assert_eq!(counted(crowd + 1, &star(0, 1..crowd + 1)), 1);
        let twice = [star(0, 1..crowd), star(0, 1..crowd)].concat();
        assert_eq!(counted(crowd, &twice), CROWD, "a pair counts once");
    }

    #[test]
    fn texts_on_two_centres_count_with_the_larger_one() {
        // 150 texts on each of two centres, 100 of them on both.
        let both = [star(0, 2..152), star(1, 52..202)].concat();
        assert_eq!(counted(202, &both), 1 + 1 + 50);
        let larger = [star(0, 2..152), star(1, 52..252)].concat();
        assert_eq!(counted(252, &larger), 1 + 1 + 50, "the second comes first");
    }
}
