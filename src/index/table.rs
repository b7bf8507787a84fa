//! `KeyTable`: which documents share a key.

use super::radix;
use crate::doc_id::DocId;

/// The groups of documents filed under one key, of one band or of any other sketch.
///
/// Only keys with two documents or more are kept: 4 bytes a document in such a group.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct KeyTable {
    docs: Vec<DocId>,
    ends: Vec<u32>,
}

impl KeyTable {
    /// The groups among documents, given in ascending order, with a key each.
    ///
    /// Time: linear, by radix sort; transient space: 32 bytes a document.
    pub fn build(filed: impl Iterator<Item = (u64, DocId)>) -> KeyTable {
        let mut entries: Vec<(u64, u32)> = filed.map(|(key, doc)| (key, doc.get())).collect();
        debug_assert!(entries.is_sorted_by_key(|&(_, doc)| doc));
        radix::sort(&mut entries);
        let mut table = KeyTable::default();
        for group in entries
            .chunk_by(|a, b| a.0 == b.0)
            .filter(|group| group.len() > 1)
        {
            table
                .docs
                .extend(group.iter().map(|&(_, doc)| DocId::new(doc)));
            table
                .ends
                .push(u32::try_from(table.docs.len()).expect("at most u32::MAX documents"));
        }
        table
    }

    /// The groups, by ascending key; the documents of each in ascending order.
    pub fn groups(&self) -> impl Iterator<Item = &[DocId]> {
        let mut start = 0;
        self.ends.iter().map(move |&end| {
            let group = &self.docs[start..end as usize];
            start = end as usize;
            group
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_hold_the_documents_of_one_key() {
        let keys = [9u64, 4, 9, 1, 4, 9, 7];
        let table = KeyTable::build(keys.into_iter().zip((0..).map(DocId::new)));
        let groups: Vec<Vec<u32>> = table
            .groups()
            .map(|group| group.iter().map(|doc| doc.get()).collect())
            .collect();
        assert_eq!(groups, [vec![1, 4], vec![0, 2, 5]]);
        assert_eq!(KeyTable::build(std::iter::empty()).groups().count(), 0);
    }
}
