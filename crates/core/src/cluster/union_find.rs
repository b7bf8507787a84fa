//! Union-find: which documents hang together.
//!
//! The smaller position always wins, so that a set's root is its first document whatever the
//! order of the links.

use crate::doc_id::DocId;

/// Disjoint sets of documents. 4 bytes a document.
pub struct UnionFind(Vec<u32>);

impl UnionFind {
    /// Every document alone.
    pub fn new(documents: usize) -> UnionFind {
        UnionFind(
            (0..documents)
                .map(|doc| DocId::from_index(doc).get())
                .collect(),
        )
    }

    /// The first document of the set.
    pub fn root(&mut self, doc: DocId) -> DocId {
        let mut at = doc.get();
        loop {
            let parent = self.0[at as usize];
            if parent == at {
                return DocId::new(at);
            }
            let grandparent = self.0[parent as usize];
            self.0[at as usize] = grandparent; // path halving
            at = grandparent;
        }
    }

    /// Joins two sets.
    pub fn join(&mut self, a: DocId, b: DocId) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b).index()] = a.min(b).get();
    }

    /// Makes a document a set of its own. Sound only if every document of its set is detached.
    pub fn detach(&mut self, doc: DocId) {
        self.0[doc.index()] = doc.get();
    }
}
