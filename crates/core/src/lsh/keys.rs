//! The keys of documents, to be looked at band by band and document by document.
//!
//! They lie as they are made, all keys of a document together: so two documents are compared along a
//! few lines of the cache. A band's keys are a kilobyte apart, and are gathered for several bands at once.

use std::ops::Range;

use rayon::prelude::*;

use super::KeyTable;
use crate::doc_id::DocId;

/// Most bands whose keys are gathered at a time: half of what one line of a cache holds of a document, which
/// is then read twice and not eight times.
const MOST_TOGETHER: usize = 4;
/// Keys that are gathered at a time, if that is more than one band of them: 32 MB a thread.
const GATHERED: usize = 1 << 21;

/// How many bands are gathered at a time, of so many documents.
pub fn bands_together(documents: usize) -> usize {
    (GATHERED / documents.max(1)).clamp(1, MOST_TOGETHER)
}

/// The keys of all documents, one a band, and their ranks.
pub struct Keys<'a> {
    /// `bands` keys a document, by position.
    pub keys: &'a [u64],
    /// Keys a document.
    pub bands: usize,
    /// The documents to be paired, ascending; the others are not looked at.
    pub docs: &'a [DocId],
    /// A content hash a document, by position.
    pub ranks: &'a [u64],
}

/// The keys of some bands, of `bands` that each document has, each with the number that the document is
/// filed under: those of [`bands_together`] at a time.
pub fn gather(
    (keys, bands): (&[u64], usize),
    some: Range<usize>,
    filed: impl ExactSizeIterator<Item = (DocId, u32)>,
) -> Vec<Vec<(u64, u32)>> {
    let empty = |_| Vec::with_capacity(filed.len());
    let mut gathered: Vec<Vec<(u64, u32)>> = some.clone().map(empty).collect();
    for (doc, number) in filed {
        let own = &keys[doc.index() * bands..][..bands];
        for (gathered, &key) in gathered.iter_mut().zip(&own[some.clone()]) {
            gathered.push((key, number));
        }
    }
    gathered
}

impl Keys<'_> {
    pub(super) fn of(&self, doc: DocId) -> &[u64] {
        &self.keys[doc.index() * self.bands..][..self.bands]
    }

    /// How many keys two documents share.
    pub fn shared(&self, a: DocId, b: DocId) -> usize {
        let both = self.of(a).iter().zip(self.of(b));
        both.map(|(a, b)| usize::from(a == b)).sum()
    }

    /// The groups of every band.
    pub(super) fn tables(&self) -> Vec<KeyTable> {
        let together = bands_together(self.docs.len());
        let firsts: Vec<usize> = (0..self.bands).step_by(together).collect();
        let groups = firsts.into_par_iter().flat_map_iter(|first| {
            let bands = first..self.bands.min(first + together);
            let numbers = self.docs.iter().map(|&doc| (doc, doc.get()));
            let filed = gather((self.keys, self.bands), bands, numbers);
            filed.into_iter().map(KeyTable::of_filed)
        });
        groups.collect()
    }

    /// Whether two documents share a key of a band before this one. Eight are compared at a time, whatever
    /// the band: where to stop would be guessed wrong more often than not.
    #[inline]
    pub(super) fn share_before(&self, band: usize, a: DocId, b: DocId) -> bool {
        const EIGHT: usize = 8;
        let (blocks, rest_a) = self.of(a).as_chunks::<EIGHT>();
        let (others, rest_b) = self.of(b).as_chunks::<EIGHT>();
        let mut left = band;
        for (a, b) in blocks.iter().zip(others) {
            let equal = (0..EIGHT).fold(0, |equal, at| equal | u32::from(a[at] == b[at]) << at);
            if left < EIGHT {
                return equal & ((1 << left) - 1) != 0;
            }
            if equal != 0 {
                return true;
            }
            left -= EIGHT;
        }
        rest_a[..left].iter().zip(rest_b).any(|(a, b)| a == b)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn groups_and_shared_keys_are_those_of_a_plain_look(
            bands in 1usize..20,
            keys in prop::collection::vec(0u64..4, 20 * 6),
        ) {
            let docs: Vec<DocId> = (0..6).map(DocId::new).collect();
            let all = Keys { keys: &keys[..bands * docs.len()], bands, docs: &docs, ranks: &[] };
            let of = |doc: DocId| &keys[doc.index() * bands..][..bands];
            let tables = all.tables();
            prop_assert_eq!(tables.len(), bands);
            for (band, table) in tables.into_iter().enumerate() {
                let own = docs.iter().map(|&doc| (of(doc)[band], doc));
                prop_assert_eq!(table, KeyTable::build(own));
                for (&a, &b) in docs.iter().zip(&docs[1..]) {
                    let before = (0..band).any(|band| of(a)[band] == of(b)[band]);
                    prop_assert_eq!(all.share_before(band, a, b), before);
                }
            }
        }
    }
}
