//! Small numbers for the distinct hashes of a batch, in order of first appearance.
//!
//! Open addressing with linear probing, at most half full. The table is reused from batch to
//! batch without being cleared: an entry counts only if its stamp is of this batch. The stamp is
//! that of the document which had the hash last, so a repeat within a document is seen as well.
//!
//! Space: 32 to 64 bytes a distinct hash, and 8 for the way back from number to hash.

/// The numbers of one kind of hash.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    table: Vec<Entry>,
    /// Stamps below this are of an earlier batch.
    first_stamp: u32,
    /// The stamp of the document begun last.
    stamp: u32,
    hashes: Vec<u64>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    hash: u64,
    number: u32,
    /// The document that had the hash last; 0 is none.
    stamp: u32,
}

/// Where a hash had been seen before it was asked for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Seen {
    /// Nowhere in the batch.
    Never,
    /// In an earlier document of the batch only.
    Elsewhere,
    /// In the document begun last.
    Here,
}

impl Numbering {
    /// Forgets all numbers.
    pub(super) fn clear(&mut self) {
        if self.stamp > u32::MAX / 2 {
            self.table.fill(Entry::default());
            self.stamp = 0;
        }
        self.first_stamp = self.stamp + 1;
        self.hashes.clear();
    }

    /// Begins a document of at most `most` distinct hashes.
    pub(super) fn begin_document(&mut self, most: usize) {
        if self.first_stamp == 0 {
            self.clear();
        }
        self.make_room(most);
        self.stamp += 1;
    }

    /// The number of a hash of the document begun last.
    #[inline]
    pub(super) fn number(&mut self, hash: u64) -> (u32, Seen) {
        let mask = self.table.len() - 1;
        let mut at = place(hash, mask);
        loop {
            let entry = &mut self.table[at];
            if entry.stamp < self.first_stamp {
                let number = u32::try_from(self.hashes.len()).expect("a batch of under 2^32 words");
                *entry = Entry {
                    hash,
                    number,
                    stamp: self.stamp,
                };
                self.hashes.push(hash);
                return (number, Seen::Never);
            }
            if entry.hash == hash {
                let seen = if entry.stamp == self.stamp {
                    Seen::Here
                } else {
                    Seen::Elsewhere
                };
                entry.stamp = self.stamp;
                return (entry.number, seen);
            }
            at = (at + 1) & mask;
        }
    }

    /// The distinct hashes of the batch, by number.
    pub(super) fn hashes(&self) -> &[u64] {
        &self.hashes
    }

    fn make_room(&mut self, more: usize) {
        let wanted = (2 * (self.hashes.len() + more))
            .next_power_of_two()
            .max(1024);
        if wanted <= self.table.len() {
            return;
        }
        let old = std::mem::replace(&mut self.table, vec![Entry::default(); wanted]);
        for entry in old
            .into_iter()
            .filter(|entry| entry.stamp >= self.first_stamp)
        {
            let mut at = place(entry.hash, wanted - 1);
            while self.table[at].stamp != 0 {
                at = (at + 1) & (wanted - 1);
            }
            self.table[at] = entry;
        }
    }
}

fn place(hash: u64, mask: usize) -> usize {
    #[expect(clippy::cast_possible_truncation)] // a place in the table
    let place = hash as usize & mask;
    place
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_are_given_in_order_of_appearance(
            batches in prop::collection::vec(
                prop::collection::vec(prop::collection::vec(0u64..2_000, 0..900), 1..5), 1..4)
        ) {
            let mut numbering = Numbering::default();
            for batch in batches {
                numbering.clear();
                let mut plain = HashMap::new();
                for document in batch {
                    numbering.begin_document(document.len());
                    let mut here = HashSet::new();
                    for hash in document {
                        let next = u32::try_from(plain.len()).unwrap();
                        let seen = match (plain.contains_key(&hash), here.contains(&hash)) {
                            (false, _) => Seen::Never,
                            (true, false) => Seen::Elsewhere,
                            (true, true) => Seen::Here,
                        };
                        let number = *plain.entry(hash).or_insert(next);
                        here.insert(hash);
                        prop_assert_eq!(numbering.number(hash), (number, seen));
                        prop_assert_eq!(numbering.hashes()[number as usize], hash);
                    }
                }
                prop_assert_eq!(numbering.hashes().len(), plain.len());
            }
        }
    }
}
