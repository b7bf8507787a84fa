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
    /// Time: linear, by radix sort of those whose key another may have; transient space: 16 bytes a
    /// document, and as many a document in a group.
    pub fn build(filed: impl Iterator<Item = (u64, DocId)>) -> KeyTable {
        KeyTable::of_filed(filed.map(|(key, doc)| (key, doc.get())).collect())
    }

    /// The same of documents by number.
    pub(super) fn of_filed(mut entries: Vec<(u64, u32)>) -> KeyTable {
        debug_assert!(entries.is_sorted_by_key(|&(_, doc)| doc));
        keep_shared(&mut entries);
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

/// Fewer entries than this are sorted at once.
const FEW: usize = 1 << 10;

/// Leaves out entries whose key is certainly that of no other: in most corpora most of them, which then
/// need not be sorted. Time: two looks at a table of bits that fits a near cache, and no branch.
fn keep_shared(entries: &mut Vec<(u64, u32)>) {
    if entries.len() < FEW {
        return;
    }
    // Eight bits an entry: of the keys met once one in eight falls where another one is.
    let words = (entries.len() / 8).next_power_of_two();
    let (mut met, mut met_again) = (vec![0u64; words], vec![0u64; words]);
    let place = |key: u64| ((key >> 6) as usize & (words - 1), 1u64 << (key & 63));
    for &(key, _) in entries.iter() {
        let (word, bit) = place(key);
        met_again[word] |= met[word] & bit;
        met[word] |= bit;
    }
    let mut kept = 0;
    for at in 0..entries.len() {
        let entry = entries[at];
        let (word, bit) = place(entry.0);
        entries[kept] = entry;
        kept += usize::from(met_again[word] & bit != 0);
    }
    entries.truncate(kept);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::hash;

    #[test]
    fn keys_that_many_documents_do_not_share_are_left_out() {
        let key = |doc: u64| hash::stream(1, if doc.is_multiple_of(3) { doc % 60 } else { doc });
        let keys: Vec<u64> = (0..5_000).map(key).collect();
        let mut entries: Vec<(u64, u32)> = keys.iter().copied().zip(0..).collect();
        keep_shared(&mut entries);
        assert!(entries.len() < 2_500, "{} of 5,000", entries.len());
        let table = KeyTable::build(keys.iter().copied().zip((0..).map(DocId::new)));
        let mut expected: BTreeMap<u64, Vec<DocId>> = BTreeMap::new();
        for (&key, doc) in keys.iter().zip(0..) {
            expected.entry(key).or_default().push(DocId::new(doc));
        }
        expected.retain(|_, docs| docs.len() > 1);
        assert!(table.groups().eq(expected.values()));
    }

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
