//! From shared keys to pairs worth comparing, each once, in bounded number.
//!
//! A pair is emitted at the first band it shares. Two caps bound the work, and both are counted:
//!
//! - A key with more than `group` documents pairs each of them with the `leaders` of smallest
//!   rank and one partner only. A story with 2,000 carriers stays connected through its leaders; a million
//!   pages with one key cost nine million pairs, not half a trillion.
//! - Of a document with more than `per_document` candidates, those with most shared keys count,
//!   ties by rank. A pair is dropped only if neither side counts it, so leaders keep their
//!   followers; at most `per_document` pairs a document remain.
//!
//! Ranks are content hashes, so that neither the order of the corpus nor threads decide.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use rayon::prelude::*;

use super::fullness::cap_documents;
use super::group::{Crowded, leaders, pairs_of_group, partners};
use super::keys::Keys;
use crate::doc_id::DocId;

/// The bounds of the work.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct CandidateCaps {
    /// Most documents of a key that are all paired with each other.
    pub group: usize,
    /// Documents of a larger key's that the others are paired with.
    pub leaders: usize,
    /// Most candidates that a document counts.
    pub per_document: usize,
}

impl Default for CandidateCaps {
    /// 200, 8 and 256. On 87,000 news pages 0.7 % of the postings had a key of more than 200
    /// documents, and the busiest page 48 candidates.
    fn default() -> CandidateCaps {
        CandidateCaps {
            group: 200,
            leaders: 8,
            per_document: 256,
        }
    }
}

/// Pairs to be compared, and how often a cap bound.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Candidates {
    /// The pairs, the smaller document first, sorted, each once.
    pub pairs: Vec<(DocId, DocId)>,
    /// Pairs that shared a key, with a pair counted once; without those a cap kept apart, and partners that
    /// the screen turned away.
    pub collided: u64,
    /// Keys with more documents than [`CandidateCaps::group`].
    pub capped_keys: u64,
    /// Documents with more candidates than [`CandidateCaps::per_document`].
    pub capped_documents: u64,
    /// Pairs dropped because neither side counted them.
    pub dropped: u64,
    /// There were more pairs than could be held: what was found means nothing.
    pub too_many: bool,
}

/// When finding candidates ends before its time.
#[derive(Clone, Copy, Debug)]
pub struct Limits<'a> {
    /// Cancelled.
    pub cancelled: &'a AtomicBool,
    /// Pairs that can be held, before those of full documents are dropped.
    pub pairs: u64,
}

/// The pairs of documents that share a key and pass `screen`.
///
/// Runs in the current rayon pool; the result does not depend on its size. Space: 8 bytes a
/// pair and 4 bytes a key in a group of two or more, and what `fullness` says. If a limit is reached,
/// what is handed back means nothing.
pub fn candidates(
    keys: &Keys<'_>,
    caps: CandidateCaps,
    screen: impl Fn(DocId, DocId) -> bool + Sync,
    limits: Limits<'_>,
) -> Candidates {
    let held = AtomicU64::new(0);
    let is_too_much = || held.load(Ordering::Relaxed) > limits.pairs;
    let stops = || limits.cancelled.load(Ordering::Relaxed) || is_too_much();
    let tables = keys.tables();
    // Documents of a crowded key may share an early band without having been paired there.
    let mut hot = vec![false; keys.ranks.len()];
    let mut crowded = Crowded::default();
    for (band, table) in tables.iter().enumerate() {
        for group in table.groups().filter(|group| group.len() > caps.group) {
            group.iter().for_each(|doc| hot[doc.index()] = true);
            let key = keys.of(group[0])[band];
            crowded.insert((band, key), leaders(group, caps.leaders, keys.ranks));
        }
    }
    let met_before = |band: usize, a: DocId, b: DocId| {
        if !(hot[a.index()] && hot[b.index()]) {
            return keys.share_before(band, a, b);
        }
        let both = keys.of(a)[..band].iter().zip(keys.of(b)).enumerate();
        let mut equal = both.filter(|(_, (a, b))| a == b);
        let leads = |leaders: &Vec<DocId>| leaders.contains(&a) || leaders.contains(&b);
        equal.any(|(band, (key, _))| crowded.get(&(band, *key)).is_none_or(leads))
    };

    let (collided, passed) = (AtomicU64::new(0), AtomicU64::new(0));
    let found: Vec<Vec<u64>> = tables
        .par_iter()
        .enumerate()
        .map(|(band, table)| {
            let mut found = Vec::new();
            let mut met = 0;
            for group in table.groups().take_while(|_| !stops()) {
                let before = found.len();
                let leaders = match group.len() > caps.group {
                    true => crowded.get(&(band, keys.of(group[0])[band])),
                    false => None,
                };
                pairs_of_group(group, leaders, |a, b| {
                    if met_before(band, a, b) {
                        return;
                    }
                    met += 1;
                    if screen(a, b) {
                        found.push(pack(a, b));
                    }
                });
                held.fetch_add((found.len() - before) as u64, Ordering::Relaxed);
            }
            collided.fetch_add(met, Ordering::Relaxed);
            passed.fetch_add(found.len() as u64, Ordering::Relaxed);
            // Copies of one story are partners again and again, and meet elsewhere: sorting tells.
            let large = table.groups().filter(|group| group.len() > caps.group);
            for group in large.take_while(|_| !stops()) {
                if let Some(leaders) = crowded.get(&(band, keys.of(group[0])[band])) {
                    let before = found.len();
                    partners(group, (leaders, band), keys.ranks, |a, b| {
                        found.extend(screen(a, b).then(|| pack(a, b)));
                    });
                    held.fetch_add((found.len() - before) as u64, Ordering::Relaxed);
                }
            }
            found.shrink_to_fit();
            found
        })
        .collect();
    drop(tables);
    if stops() {
        return Candidates {
            too_many: is_too_much(),
            ..Candidates::default()
        };
    }
    let mut packed = put_together(found);
    packed.par_sort_unstable();
    packed.dedup();
    let only_partners = packed.len() as u64 - passed.into_inner();

    let mut result = Candidates {
        collided: collided.into_inner() + only_partners,
        capped_keys: crowded.len() as u64,
        ..Candidates::default()
    };
    cap_documents(
        keys,
        caps.per_document,
        &mut packed,
        &mut result,
        limits.cancelled,
    );
    result.pairs = packed.into_iter().map(unpack).collect();
    result
}

/// The parts one behind the other; each is given back as soon as it was copied, so that hardly more than all of
/// them is held twice.
fn put_together<T>(parts: Vec<Vec<T>>) -> Vec<T> {
    let mut all = Vec::with_capacity(parts.iter().map(Vec::len).sum());
    parts.into_iter().for_each(|part| all.extend(part));
    all
}

/// A pair as a number, so that pairs sort fast.
pub(super) fn pack(a: DocId, b: DocId) -> u64 {
    (u64::from(a.get()) << 32) | u64::from(b.get())
}

/// The pair of such a number.
pub(super) fn unpack(pair: u64) -> (DocId, DocId) {
    #[expect(clippy::cast_possible_truncation)] // the two halves
    (DocId::new((pair >> 32) as u32), DocId::new(pair as u32))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::hash;

    const BANDS: usize = 3;

    fn run(keys: &[u64], caps: CandidateCaps) -> Candidates {
        let docs: Vec<DocId> = (0..keys.len() / BANDS).map(DocId::from_index).collect();
        let ranks: Vec<u64> = (0..docs.len() as u64)
            .map(|doc| hash::stream(5, doc))
            .collect();
        let keys = Keys {
            keys,
            bands: BANDS,
            docs: &docs,
            ranks: &ranks,
        };
        candidates(
            &keys,
            caps,
            |_, _| true,
            within(u64::MAX, &AtomicBool::new(false)),
        )
    }

    fn within(pairs: u64, cancelled: &AtomicBool) -> Limits<'_> {
        Limits { cancelled, pairs }
    }

    #[test]
    fn more_pairs_than_can_be_held_are_not_held() {
        let table = vec![7; 60 * BANDS];
        let docs: Vec<DocId> = (0..60).map(DocId::from_index).collect();
        let keys = Keys {
            keys: &table,
            bands: BANDS,
            docs: &docs,
            ranks: &[0; 60],
        };
        let found = |pairs, stop| {
            let caps = CandidateCaps::default();
            candidates(
                &keys,
                caps,
                |_, _| true,
                within(pairs, &AtomicBool::new(stop)),
            )
        };
        assert_eq!(found(60 * 59 / 2, false).pairs.len(), 60 * 59 / 2);
        let too_many = found(60 * 59 / 2 - 1, false);
        assert!(too_many.too_many && too_many.pairs.is_empty());
        let stopped = found(u64::MAX, true);
        assert!(!stopped.too_many && stopped.pairs.is_empty());
    }

    fn numbers(candidates: &Candidates) -> Vec<(u32, u32)> {
        candidates
            .pairs
            .iter()
            .map(|(a, b)| (a.get(), b.get()))
            .collect()
    }

    #[test]
    fn pairs_are_those_of_brute_force_where_no_cap_binds() {
        let keys: Vec<u64> = (0..300 * BANDS as u64)
            .map(|n| hash::stream(3, n) % 40)
            .collect();
        let found = run(
            &keys,
            CandidateCaps {
                per_document: 1000,
                ..CandidateCaps::default()
            },
        );
        let mut expected = BTreeSet::new();
        for a in 0..300 {
            for b in a + 1..300 {
                let shared =
                    (0..BANDS).any(|band| keys[a * BANDS + band] == keys[b * BANDS + band]);
                if shared {
                    let place = |at: usize| DocId::from_index(at).get();
                    expected.insert((place(a), place(b)));
                }
            }
        }
        assert_eq!(numbers(&found), expected.into_iter().collect::<Vec<_>>());
        assert_eq!(found.collided, found.pairs.len() as u64);
        assert_eq!(
            (found.capped_keys, found.capped_documents, found.dropped),
            (0, 0, 0)
        );
    }

    #[test]
    fn a_hot_key_pairs_its_documents_with_its_leaders_and_a_partner_and_is_counted() {
        let keys: Vec<u64> = (0..50u64)
            .flat_map(|doc| [7, 1000 + doc, 2000 + doc])
            .collect();
        let caps = CandidateCaps {
            group: 20,
            leaders: 8,
            per_document: 256,
        };
        let found = run(&keys, caps);
        assert_eq!(found.capped_keys, 1);
        let with_leaders = 8 * 42 + 8 * 7 / 2;
        // The partners of eight lead, and eight more lead themselves.
        let partners = found.pairs.len() - with_leaders;
        assert!((50 - 16..=50 - 8).contains(&partners), "{partners}");
        assert_eq!(found.collided, found.pairs.len() as u64);
    }

    #[test]
    fn documents_of_a_hot_key_still_meet_under_another() {
        // 0 and 49 share the hot first key, where neither leads, and the third.
        let keys: Vec<u64> = (0..50u64)
            .flat_map(|doc| [7, 1000 + doc, if doc % 49 == 0 { 5 } else { 2000 + doc }])
            .collect();
        let found = run(
            &keys,
            CandidateCaps {
                group: 20,
                leaders: 1,
                per_document: 256,
            },
        );
        assert!(numbers(&found).contains(&(0, 49)));
    }

    #[test]
    fn a_pair_of_crowded_documents_counts_once_however_many_keys_it_shares() {
        // All share the crowded second key; 0 and 1 also the first and the third.
        let keys: Vec<u64> = (0..50u64)
            .flat_map(|doc| match doc {
                0 | 1 => [3, 7, 5],
                _ => [1000 + doc, 7, 2000 + doc],
            })
            .collect();
        let caps = CandidateCaps {
            group: 20,
            leaders: 2,
            per_document: 256,
        };
        let found = run(&keys, caps);
        assert_eq!(found.collided, found.pairs.len() as u64);
        assert!(numbers(&found).is_sorted_by(|a, b| a < b), "each once");
    }

    #[test]
    fn a_full_document_counts_the_candidates_with_most_shared_keys() {
        // All 30 documents share one key; 0..5 share a second one.
        let keys: Vec<u64> = (0..30u64)
            .flat_map(|doc| [7, if doc < 5 { 8 } else { 100 + doc }, 200 + doc])
            .collect();
        let found = run(
            &keys,
            CandidateCaps {
                group: 200,
                leaders: 8,
                per_document: 4,
            },
        );
        assert_eq!(found.capped_documents, 30);
        assert!(found.pairs.len() <= 30 * 4);
        assert_eq!(found.dropped, 30 * 29 / 2 - found.pairs.len() as u64);
        for a in 0..5 {
            for b in a + 1..5 {
                assert!(numbers(&found).contains(&(a, b)));
            }
        }
    }
}
