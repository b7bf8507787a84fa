//! Documents of equal text, which are one text together.
//!
//! Two documents are equal if their normalised texts have the same 128-bit hash. The first of
//! them stands for the text in the index and in every comparison, so that a million identical
//! pages cost what a million different ones do.

use super::facts::DocFacts;
use crate::doc_id::DocId;
use crate::lsh::KeyTable;

/// Which documents have the same normalised text.
#[derive(Debug)]
pub struct Texts {
    /// The first document of the same text, by position.
    first: Vec<DocId>,
    /// (first document, one of the others), sorted.
    equal: Vec<(DocId, DocId)>,
}

impl Texts {
    /// Groups the documents. Time: a radix sort.
    pub fn of(documents: &dyn DocFacts) -> Texts {
        let all = (0..documents.total()).map(DocId::from_index);
        let accepted = all.clone().filter(|&doc| documents.is_accepted(doc));
        #[expect(clippy::cast_possible_truncation)] // the lower half is a hash too
        let table = KeyTable::build(accepted.map(|doc| (documents.normal(doc) as u64, doc)));
        let mut texts = Texts {
            first: all.clone().collect(),
            equal: Vec::new(),
        };
        let mut group = Vec::new();
        for same_key in table.groups() {
            group.clear();
            group.extend(same_key.iter().map(|&doc| (documents.normal(doc), doc)));
            group.sort_unstable();
            for same in group.chunk_by(|x, y| x.0 == y.0) {
                let first = same[0].1;
                for &(_, doc) in &same[1..] {
                    texts.first[doc.index()] = first;
                    texts.equal.push((first, doc));
                }
            }
        }
        texts.equal.sort_unstable();
        texts
    }

    /// The first document of the same text.
    pub fn first(&self, doc: DocId) -> DocId {
        self.first[doc.index()]
    }

    /// The first document of every text, ascending. Rejected documents stand for themselves.
    pub fn firsts(&self) -> impl Iterator<Item = DocId> + '_ {
        let all = (0..self.first.len()).map(DocId::from_index);
        all.filter(|&doc| self.first(doc) == doc)
    }

    /// Every other document with the first of its text, sorted.
    pub fn equal(&self) -> &[(DocId, DocId)] {
        &self.equal
    }

    /// The other documents of a text, given by its first, ascending.
    pub fn copies(&self, first: DocId) -> impl Iterator<Item = DocId> + '_ {
        let start = self.equal.partition_point(|&(of, _)| of < first);
        let own = self.equal[start..]
            .iter()
            .take_while(move |&&(of, _)| of == first);
        own.map(|&(_, doc)| doc)
    }
}
