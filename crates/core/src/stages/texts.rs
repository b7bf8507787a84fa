//! Documents of equal text, which are one text together.
//!
//! Two documents are equal if their normalised texts have the same 128-bit hash. One of
//! them stands for the text in the index and in every comparison, so that a million identical
//! pages cost what a million different ones do: the one of smallest content hash, of the same bytes that of
//! smallest id, wherever it stands.

use std::borrow::Cow;

use super::facts::DocFacts;
use crate::doc_id::DocId;
use crate::lsh::KeyTable;

/// Which documents have the same normalised text.
#[derive(Debug)]
pub struct Texts {
    /// The document that stands for the text, by position.
    first: Vec<DocId>,
    /// (document that stands for the text, one of the others), sorted.
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
                let first = stands_for(documents, same);
                for &(_, doc) in same.iter().filter(|&&(_, doc)| doc != first) {
                    texts.first[doc.index()] = first;
                    texts.equal.push((first, doc));
                }
            }
        }
        texts.equal.sort_unstable();
        texts
    }

    /// The document that stands for the text of one.
    pub fn first(&self, doc: DocId) -> DocId {
        self.first[doc.index()]
    }

    /// The document that stands for every text, ascending. Rejected ones stand for themselves.
    pub fn firsts(&self) -> impl Iterator<Item = DocId> + '_ {
        let all = (0..self.first.len()).map(DocId::from_index);
        all.filter(|&doc| self.first(doc) == doc)
    }

    /// Every other document with the one that stands for its text, sorted.
    pub fn equal(&self) -> &[(DocId, DocId)] {
        &self.equal
    }

    /// The other documents of a text, given by the one that stands for it, ascending.
    pub fn copies(&self, first: DocId) -> impl Iterator<Item = DocId> + '_ {
        let start = self.equal.partition_point(|&(of, _)| of < first);
        let own = self.equal[start..]
            .iter()
            .take_while(move |&&(of, _)| of == first);
        own.map(|&(_, doc)| doc)
    }
}

/// Which of some equal documents stands for their text.
fn stands_for(documents: &dyn DocFacts, same: &[(u128, DocId)]) -> DocId {
    let content = |doc: DocId| documents.content(doc);
    let docs = || same.iter().map(|&(_, doc)| doc);
    let least = docs().map(content).min();
    let mut of_least = docs().filter(|&doc| Some(content(doc)) == least);
    let first = of_least.next().expect("a text has a document");
    let mut best: Option<(Cow<'_, str>, DocId)> = None;
    for doc in of_least {
        let (id, before) = best.take().unwrap_or_else(|| (documents.id(first), first));
        let own = documents.id(doc);
        best = Some(if own < id { (own, doc) } else { (id, before) });
    }
    best.map_or(first, |(_, doc)| doc)
}
