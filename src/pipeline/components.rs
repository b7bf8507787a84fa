//! Compared pairs, by what hangs together: each component can be parted on its own, in parallel.

use rayon::prelude::*;

use super::batches::DocPair;
use crate::cluster::UnionFind;
use crate::doc_id::DocId;

/// Documents that hang together by pairs that join.
pub(super) struct Component<T> {
    /// Ascending.
    pub(super) docs: Vec<DocId>,
    /// All pairs among them, sorted.
    pub(super) pairs: Vec<T>,
}

impl<T> Component<T> {
    /// What some pairs are between.
    pub(super) fn of(pairs: Vec<T>, ends: impl Fn(&T) -> DocPair) -> Component<T> {
        let docs = pairs.iter().map(ends).flat_map(<[DocId; 2]>::from);
        let mut docs: Vec<DocId> = docs.collect();
        docs.sort_unstable();
        docs.dedup();
        Component { docs, pairs }
    }
}

/// The components of a corpus of so many documents, and the pairs between two of them. `ends` are the
/// documents of a pair, each pair being there once; `joins` says whether they hang together by it.
pub(super) fn components<T: Copy + Send + Sync>(
    documents: usize,
    pairs: Vec<T>,
    ends: impl Fn(&T) -> DocPair + Sync,
    joins: impl Fn(&T) -> bool,
) -> (Vec<Component<T>>, Vec<T>) {
    let mut sets = UnionFind::new(documents);
    for pair in pairs.iter().filter(|pair| joins(pair)) {
        let (a, b) = ends(pair);
        sets.join(a, b);
    }
    let mut inside: Vec<(DocId, T)> = Vec::new();
    let mut between = Vec::new();
    for pair in pairs {
        let (a, b) = ends(&pair);
        match sets.root(a) {
            set if set == sets.root(b) => inside.push((set, pair)),
            _ => between.push(pair),
        }
    }
    inside.par_sort_unstable_by_key(|(set, pair)| (*set, ends(pair)));
    let components = inside.chunk_by(|x, y| x.0 == y.0).map(|component| {
        let pairs = component.iter().map(|&(_, pair)| pair);
        Component::of(pairs.collect(), &ends)
    });
    (components.collect(), between)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_that_do_not_join_are_inside_or_between() {
        let doc = DocId::new;
        let told = [
            (4, 5, true),
            (0, 1, true),
            (1, 2, true),
            (0, 2, false),
            (2, 4, false),
        ];
        let pairs = told.map(|(a, b, joins)| (doc(a), doc(b), joins)).to_vec();
        let (found, between) = components(7, pairs, |&(a, b, _)| (a, b), |&(.., joins)| joins);
        assert_eq!(between, [(doc(2), doc(4), false)]);
        let docs: Vec<&[DocId]> = found.iter().map(|one| one.docs.as_slice()).collect();
        assert_eq!(docs, [&[doc(0), doc(1), doc(2)][..], &[doc(4), doc(5)]]);
        let first: Vec<bool> = found[0].pairs.iter().map(|pair| pair.2).collect();
        assert_eq!(first, [true, false, true], "sorted by their ends");
    }
}
