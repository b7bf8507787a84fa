//! A component that is too large for average linkage, taken apart.
//!
//! As in [`components()`](super::components()): the threshold of the links that count is raised
//! from hundredth to hundredth until the pieces fit. Every piece stops at the first hundredth at
//! which it fits, so that it does not matter what else is in the component.

use super::components::too_large;
use super::link::Link;
use super::union_find::UnionFind;
use crate::doc_id::DocId;

/// How much the threshold is raised at a time, in millionths: as `components` does.
const STEP: i64 = 10_000;
/// The highest weight, in millionths.
const ONE: i64 = 1_000_000;

/// The pieces of `texts` texts, of at most `largest` each (a crowd around one of them is one: see
/// `crowds`), and how many components were larger. Texts are numbered by rank.
///
/// Weights end at 1, so a piece whose links all weigh 1 is left whole whatever its size.
pub(super) fn pieces(texts: usize, links: &[Link], largest: usize) -> (UnionFind, u64) {
    let edges: Vec<Link> = links
        .iter()
        .copied()
        .filter(|link| link.weight.is_accepted())
        .collect();
    let mut sets = UnionFind::new(texts);
    edges.iter().for_each(|edge| sets.join(edge.a, edge.b));
    let every_text = vec![true; texts];
    let mut split = None;
    let mut level = 0;
    loop {
        let joining = edges
            .iter()
            .filter(|edge| edge.weight.millionths() >= level);
        let joining = joining.map(|edge| (edge.a, edge.b));
        let too_large = too_large(largest, &mut sets, &every_text, joining, |text| text);
        split.get_or_insert(too_large.len() as u64); // usize is at most 64 bits
        let mut is_inside = vec![false; texts];
        for doc in (0..texts).map(DocId::from_index) {
            is_inside[doc.index()] = too_large.binary_search(&sets.root(doc)).is_ok();
        }
        let counted = |edge: &&Link, level: i64| {
            let inside = is_inside[edge.a.index()] && is_inside[edge.b.index()];
            inside && edge.weight.millionths() >= level
        };
        let counting = edges.iter().filter(|edge| counted(edge, level));
        let Some(weakest) = counting.map(|edge| edge.weight.millionths()).min() else {
            break; // nothing is too large
        };
        level = (weakest / STEP + 1) * STEP;
        if level > ONE {
            break; // nothing to raise
        }
        (0..texts)
            .map(DocId::from_index)
            .filter(|doc| is_inside[doc.index()])
            .for_each(|doc| sets.detach(doc));
        edges
            .iter()
            .filter(|edge| counted(edge, level))
            .for_each(|edge| sets.join(edge.a, edge.b));
    }
    (sets, split.unwrap_or_default())
}
