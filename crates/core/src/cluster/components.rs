//! Clusters of the `near` profile: connected components of verified edges.
//!
//! A chain of copies can still lead far: a component with more distinct texts than a cap is taken
//! apart by raising the threshold in steps until its pieces fit. The edges between the pieces
//! stay what they are, verified pairs; only the cluster ends there, and the split is counted. A crowd
//! around one text is no chain, and counts as one (`crowds`).

use super::crowds::centres;
use super::union_find::UnionFind;
use crate::doc_id::DocId;
use crate::edge::Edge;
use crate::similarity::Threshold;

/// Most distinct texts of a component that is left whole.
pub const LARGEST_COMPONENT: usize = 20_000;

/// How much the threshold is raised at a time.
const STEP: f64 = 0.01;

/// The documents that hang together.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Components {
    /// Two documents or more each, ascending, by first document.
    pub members: Vec<Vec<DocId>>,
    /// Components that were larger than the cap and were taken apart.
    pub split: u64,
}

/// The components of `documents` documents under equal texts and under edges of at least
/// `threshold`.
///
/// `equal` links documents of the same normalised text, which are one text together; `largest`
/// is the cap, [`LARGEST_COMPONENT`] unless a test asks for less. `rank` orders documents by what they
/// say.
///
/// Time: linear but for the inverse Ackermann function, and once more for each step of a split.
pub fn components<R: Ord>(
    documents: usize,
    equal: &[(DocId, DocId)],
    edges: &[Edge],
    threshold: Threshold,
    (largest, rank): (usize, impl Fn(DocId) -> R),
) -> Components {
    let mut sets = UnionFind::new(documents);
    equal.iter().for_each(|&(a, b)| sets.join(a, b));
    let mut is_text = vec![true; documents];
    for doc in (0..documents).map(DocId::from_index) {
        is_text[doc.index()] = sets.root(doc) == doc;
    }
    edges
        .iter()
        .filter(|e| threshold.admits(e.overlap()))
        .for_each(|e| sets.join(e.a, e.b));

    let mut result = Components::default();
    let mut threshold = threshold;
    let mut first_step = true;
    loop {
        let joining = edges.iter().filter(|e| threshold.admits(e.overlap()));
        let joining = joining.map(|e| (e.a, e.b));
        let too_large = too_large(largest, &mut sets, &is_text, joining, &rank);
        if too_large.is_empty() {
            break;
        }
        if first_step {
            result.split = too_large.len() as u64;
            first_step = false;
        }
        let Some(raised) = threshold.raised(STEP) else {
            break; // texts of similarity 1 that normalisation distinguishes: nothing to raise
        };
        threshold = raised;
        let apart: Vec<DocId> = (0..documents)
            .map(DocId::from_index)
            .filter(|&doc| too_large.binary_search(&sets.root(doc)).is_ok())
            .collect();
        apart.iter().for_each(|&doc| sets.detach(doc));
        let inside = |doc: DocId| apart.binary_search(&doc).is_ok();
        equal
            .iter()
            .filter(|pair| inside(pair.0))
            .for_each(|&(a, b)| sets.join(a, b));
        edges
            .iter()
            .filter(|e| inside(e.a) && inside(e.b) && threshold.admits(e.overlap()))
            .for_each(|e| sets.join(e.a, e.b));
    }

    let mut by_root: Vec<(DocId, DocId)> = (0..documents)
        .map(DocId::from_index)
        .map(|doc| (sets.root(doc), doc))
        .collect();
    by_root.sort_unstable();
    result.members = by_root
        .chunk_by(|x, y| x.0 == y.0)
        .filter(|set| set.len() > 1)
        .map(|set| set.iter().map(|&(_, doc)| doc).collect())
        .collect();
    result
}

/// The roots of sets of more than `largest` texts, ascending, each crowd of texts being one. `joining`
/// are the pairs that make the sets.
pub(super) fn too_large<R: Ord>(
    largest: usize,
    sets: &mut UnionFind,
    is_text: &[bool],
    joining: impl Iterator<Item = (DocId, DocId)>,
    rank: impl Fn(DocId) -> R,
) -> Vec<DocId> {
    let suspects = roots_of_more_than(largest, sets, is_text);
    if suspects.is_empty() {
        return suspects;
    }
    let inside = |&(a, _): &(DocId, DocId)| suspects.binary_search(&sets.root(a)).is_ok();
    let edges: Vec<(DocId, DocId)> = joining.filter(inside).collect();
    let centres = centres(is_text.len(), &edges, rank);
    let counts = is_text.iter().zip(&centres);
    let counts: Vec<bool> = counts
        .map(|(&is_text, centre)| is_text && centre.is_none())
        .collect();
    roots_of_more_than(largest, sets, &counts)
}

/// The roots of sets of more than `largest` texts, ascending.
fn roots_of_more_than(largest: usize, sets: &mut UnionFind, is_text: &[bool]) -> Vec<DocId> {
    let mut texts = vec![0usize; is_text.len()];
    for doc in (0..is_text.len())
        .map(DocId::from_index)
        .filter(|doc| is_text[doc.index()])
    {
        texts[sets.root(doc).index()] += 1;
    }
    (0..texts.len())
        .filter(|&root| texts[root] > largest)
        .map(DocId::from_index)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::doc;
    use super::*;
    use crate::likeness::Likeness;
    use crate::similarity::Overlap;

    fn edge(a: u32, b: u32, percent: u32) -> Edge {
        // shared / (2 · own − shared) = percent / 100 with own = (100 + percent) / 2, doubled.
        let own = 100 + percent;
        Edge::new(
            doc(a),
            doc(b),
            Likeness::of_sets(Overlap {
                shared: 2 * percent,
                left: own,
                right: own,
            }),
        )
    }

    fn run(
        documents: usize,
        equal: &[(u32, u32)],
        edges: &[Edge],
        largest: usize,
    ) -> Vec<Vec<u32>> {
        let equal: Vec<_> = equal.iter().map(|&(a, b)| (doc(a), doc(b))).collect();
        let found = components(
            documents,
            &equal,
            edges,
            Threshold::new(0.8).unwrap(),
            (largest, |doc| doc),
        );
        found
            .members
            .iter()
            .map(|set| set.iter().map(|doc| doc.get()).collect())
            .collect()
    }

    #[test]
    fn edges_below_the_threshold_join_nothing() {
        let edges = [edge(0, 3, 80), edge(3, 5, 95), edge(1, 2, 79)];
        assert_eq!(run(6, &[], &edges, 100), [vec![0, 3, 5]]);
    }

    #[test]
    fn equal_texts_are_together_without_an_edge() {
        assert_eq!(run(5, &[(1, 4)], &[edge(1, 2, 90)], 100), [vec![1, 2, 4]]);
        assert_eq!(run(3, &[(0, 2)], &[], 100), [vec![0, 2]]);
    }

    #[test]
    fn a_component_over_the_cap_is_split_at_its_weakest_edges() {
        let edges = [
            edge(0, 1, 95),
            edge(1, 2, 81),
            edge(2, 3, 95),
            edge(3, 4, 95),
        ];
        assert_eq!(run(5, &[], &edges, 3), [vec![0, 1], vec![2, 3, 4]]);
        let found = components(5, &[], &edges, Threshold::new(0.8).unwrap(), (3, |doc| doc));
        assert_eq!(found.split, 1);
    }

    #[test]
    fn a_crowd_around_one_text_does_not_count_against_the_cap() {
        let crowd: Vec<Edge> = (1..300).map(|other| edge(0, other, 81)).collect();
        assert_eq!(run(300, &[], &crowd, 3), [(0..300).collect::<Vec<_>>()]);
        // It counts as one in what is larger.
        let chain = [edge(299, 300, 95), edge(300, 301, 95)];
        let both = [&crowd[..], &chain].concat();
        assert_eq!(run(302, &[], &both, 3).len(), 1);
        assert_eq!(
            run(302, &[], &both, 2).len(),
            0,
            "three are left of it at .82"
        );
    }

    #[test]
    fn identical_pages_do_not_count_against_the_cap() {
        let equal: Vec<(u32, u32)> = (1..50).map(|other| (0, other)).collect();
        assert_eq!(run(51, &equal, &[edge(0, 50, 85)], 3).len(), 1);
    }

    #[test]
    fn a_component_that_no_threshold_splits_is_left_whole() {
        let edges = [edge(0, 1, 100), edge(1, 2, 100)];
        assert_eq!(run(3, &[], &edges, 2), [vec![0, 1, 2]]);
    }
}
