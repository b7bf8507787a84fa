//! From shared keys to pairs worth comparing, each once, in bounded number.
//!
//! A pair is emitted at the first band it shares. A cap bounds the work, and is counted: of a key with more than
//! `group` documents, each is paired with the `leaders` of smallest rank and two neighbours only ([`super::group`]). A story
//! with 2,000 carriers stays connected through its leaders; a million pages with one key cost nine
//! million pairs, not half a trillion.
//!
//! Ranks are content hashes, so that neither the order of the corpus nor threads decide.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use rayon::prelude::*;

use super::group::{Crowded, GroupRule, leaders, neighbours, pairs_of_group};
use super::keys::Keys;
use crate::doc_id::DocId;

/// The bounds of the work.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct CandidateCaps {
    /// Most documents of a key that are all paired with each other.
    pub group: usize,
    /// Documents of a larger key's that the others are paired with.
    pub leaders: usize,
}

impl CandidateCaps {
    /// What documents with so many keys give.
    pub fn rule(self, bands: usize) -> GroupRule {
        GroupRule {
            group: self.group,
            leaders: self.leaders,
            bands,
        }
    }
}

impl Default for CandidateCaps {
    /// 200 and 8. On 87,000 news pages 0.7 % of the postings had a key of more than 200
    /// documents, and the busiest page 48 candidates.
    fn default() -> CandidateCaps {
        CandidateCaps {
            group: 200,
            leaders: 8,
        }
    }
}

/// Pairs to be compared, and how often a cap bound.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Candidates {
    /// The pairs, the smaller document first, sorted, each once.
    pub pairs: Vec<(DocId, DocId)>,
    /// Pairs that shared a key, with a pair counted once; without those a cap kept apart, and neighbours that
    /// the screen turned away.
    pub collided: u64,
    /// Keys with more documents than [`CandidateCaps::group`].
    pub capped_keys: u64,
    /// There were more pairs than could be held: what was found means nothing.
    pub too_many: bool,
}

/// When finding candidates ends before its time.
#[derive(Clone, Copy, Debug)]
pub struct Limits<'a> {
    /// Cancelled.
    pub cancelled: &'a AtomicBool,
    /// Pairs that can be held, those of neighbours that meet under several keys counted for each.
    pub pairs: u64,
}

/// The pairs of documents that share a key and pass `screen`.
///
/// Runs in the current rayon pool; the result does not depend on its size. Space: 8 bytes a
/// pair and 4 bytes a key in a group of two or more. If a limit is reached,
/// what is handed back means nothing.
pub fn candidates(
    keys: &Keys<'_>,
    caps: CandidateCaps,
    screen: impl Fn(DocId, DocId) -> bool + Sync,
    limits: Limits<'_>,
) -> Candidates {
    let rule = caps.rule(keys.bands);
    let rank = |doc: DocId| keys.ranks[doc.index()];
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
            crowded.insert((band, key), leaders(group, caps.leaders, rank));
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
            // Copies of one story are neighbours again and again, and meet elsewhere: sorting finds them.
            let large = table.groups().filter(|group| group.len() > caps.group);
            for group in large.take_while(|_| !stops()) {
                let leaders = crowded.get(&(band, keys.of(group[0])[band]));
                let leads = |doc| leaders.is_some_and(|them| them.binary_search(&doc).is_ok());
                let before = found.len();
                let circle = rule.circle((band, group), rank);
                let next = neighbours(&circle).filter(|&(a, b)| !leads(a) && !leads(b));
                found.extend(next.filter(|&(a, b)| screen(a, b)).map(|(a, b)| pack(a, b)));
                held.fetch_add((found.len() - before) as u64, Ordering::Relaxed);
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
    let only_neighbours = packed.len() as u64 - passed.into_inner();
    Candidates {
        collided: collided.into_inner() + only_neighbours,
        capped_keys: crowded.len() as u64,
        pairs: packed.into_iter().map(unpack).collect(),
        too_many: false,
    }
}

/// The parts one behind the other; each is given back as soon as it was copied, so that hardly more than all of
/// them is held twice.
fn put_together<T>(parts: Vec<Vec<T>>) -> Vec<T> {
    let mut all = Vec::with_capacity(parts.iter().map(Vec::len).sum());
    parts.into_iter().for_each(|part| all.extend(part));
    all
}

/// A pair as a number, so that pairs sort fast.
fn pack(a: DocId, b: DocId) -> u64 {
    (u64::from(a.get()) << 32) | u64::from(b.get())
}

/// The pair of such a number.
fn unpack(pair: u64) -> (DocId, DocId) {
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
        let found = run(&keys, CandidateCaps::default());
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
        assert_eq!(found.capped_keys, 0);
    }

    #[test]
    fn a_hot_key_pairs_its_documents_with_its_leaders_and_neighbours_and_is_counted() {
        let keys: Vec<u64> = (0..50u64)
            .flat_map(|doc| [7, 1000 + doc, 2000 + doc])
            .collect();
        let caps = CandidateCaps {
            group: 20,
            leaders: 8,
        };
        let found = run(&keys, caps);
        assert_eq!(found.capped_keys, 1);
        let with_leaders = 8 * 42 + 8 * 7 / 2;
        // Of the 50 that follow each other, at most 16 do so beside one of the eight leaders.
        let neighbours = found.pairs.len() - with_leaders;
        assert!((50 - 16..=50 - 8).contains(&neighbours), "{neighbours}");
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
        };
        let found = run(&keys, caps);
        assert_eq!(found.collided, found.pairs.len() as u64);
        assert!(numbers(&found).is_sorted_by(|a, b| a < b), "each once");
    }
}
