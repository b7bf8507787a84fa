//! Compared pairs, by what hangs together: each component can be partitioned on its own, in parallel.

use std::mem;

use rayon::prelude::*;

use super::batches::DocPair;
use crate::cluster::UnionFind;
use crate::doc_id::DocId;

/// Documents that hang together by pairs that join.
pub(super) struct Component<T> {
    /// Ascending.
    pub docs: Vec<DocId>,
    /// All pairs among them, sorted.
    pub pairs: Vec<T>,
}

impl<T> Component<T> {
    /// What some pairs are between.
    pub(super) fn of(pairs: Vec<T>, ends: impl Fn(&T) -> DocPair) -> Component<T> {
        let docs = distinct(pairs.iter().map(ends));
        Component { docs, pairs }
    }
}

/// The documents of pairs, ascending.
fn distinct(pairs: impl Iterator<Item = DocPair>) -> Vec<DocId> {
    let mut docs: Vec<DocId> = Vec::new();
    // Pairs of one document are together: its second, third, … time is not kept.
    let (mut last, mut sorted) = (None, 0);
    for (a, b) in pairs {
        docs.extend((last != Some(a)).then_some(a));
        docs.push(b);
        last = Some(a);
        if docs.len() >= 2 * sorted + MANY {
            docs.sort_unstable();
            docs.dedup();
            sorted = docs.len();
        }
    }
    docs.sort_unstable();
    docs.dedup();
    docs
}

/// Documents, repeated ones counted, that are held before repeated ones go.
const MANY: usize = 1 << 16;

/// The components of a corpus of so many documents, and the pairs between two of them. `ends` are the
/// documents of a pair, each pair being there once; `joins` says whether they hang together by it.
pub(super) fn components<T: Copy + Send + Sync>(
    documents: usize,
    mut pairs: Vec<T>,
    ends: impl Fn(&T) -> DocPair + Sync,
    joins: impl Fn(&T) -> bool,
) -> (Vec<Component<T>>, Vec<T>) {
    let mut sets = UnionFind::new(documents);
    for pair in pairs.iter().filter(|pair| joins(pair)) {
        let (a, b) = ends(pair);
        sets.join(a, b);
    }
    let roots: Vec<DocId> = (0..documents)
        .map(|doc| sets.root(DocId::from_index(doc)))
        .collect();
    let set = |pair: &T| roots[ends(pair).0.index()];
    let is_between = |pair: &mut T| {
        let (a, b) = ends(pair);
        roots[a.index()] != roots[b.index()]
    };
    let between = pairs.extract_if(.., is_between).collect();
    // Of one story with a hundred thousand carriers there are millions of pairs: they are sorted and cut
    // where they stand.
    pairs.par_sort_unstable_by_key(|pair| (set(pair), ends(pair)));
    let mut found = Vec::new();
    while let Some(last) = pairs.last() {
        let last = set(last);
        let start = pairs.partition_point(|pair| set(pair) < last);
        let own = match start {
            0 => mem::take(&mut pairs),
            start => pairs.split_off(start),
        };
        found.push(Component::of(own, &ends));
    }
    found.reverse();
    (found, between)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_that_do_not_join_are_inside_or_between() {
        let doc = DocId::new;
        let given = [
            (4, 5, true),
            (0, 1, true),
            (1, 2, true),
            (0, 2, false),
            (2, 4, false),
        ];
        let pairs = given.map(|(a, b, joins)| (doc(a), doc(b), joins)).to_vec();
        let (found, between) = components(7, pairs, |&(a, b, _)| (a, b), |&(.., joins)| joins);
        assert_eq!(between, [(doc(2), doc(4), false)]);
        let docs: Vec<&[DocId]> = found.iter().map(|one| one.docs.as_slice()).collect();
        assert_eq!(docs, [&[doc(0), doc(1), doc(2)][..], &[doc(4), doc(5)]]);
        let first: Vec<bool> = found[0].pairs.iter().map(|pair| pair.2).collect();
        assert_eq!(first, [true, false, true], "sorted by their ends");
    }
}
