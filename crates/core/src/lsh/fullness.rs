//! Which candidates does a document count that has too many?
//!
//! Those with most shared keys, ties by rank. A pair of two full documents that neither counts is dropped.
//!
//! A million copies of one page have a hundred million pairs here, each seen from both sides. So full
//! documents are gone through in turns of so many pairs that what is sorted stays small; besides, a pair
//! takes 2 bytes for the keys it shares and one for whether it is counted.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::candidates::{Candidates, pack, unpack};
use super::keys::Keys;
use crate::doc_id::DocId;

/// Pairs, seen from one side, that are sorted at a time: 32 bytes each, and twice while they are put together,
/// 64 MB.
const TURN: usize = 1 << 20;

/// Pairs that one thread takes at a time. Full documents are together, so that parts of a length are
/// not of an effort.
const AT_A_TIME: usize = 1_024;

/// A full document and one of its candidates, in the order in which they count.
#[derive(Clone, Copy, Eq, Ord, PartialEq, PartialOrd)]
struct Partner {
    own: DocId,
    /// Keys that they do not share.
    unshared: u16,
    rank: u64,
    other: DocId,
    /// The place of the pair.
    pair: usize,
}

/// Drops the pairs, of those given in ascending order, that are over the cap; if cancelled,
/// any.
pub(super) fn cap_documents(
    keys: &Keys<'_>,
    per_document: usize,
    packed: &mut Vec<u64>,
    result: &mut Candidates,
    cancelled: &AtomicBool,
) {
    drop_in_turns(keys, (per_document, TURN), packed, result, cancelled);
}

fn drop_in_turns(
    keys: &Keys<'_>,
    (per_document, turn): (usize, usize),
    packed: &mut Vec<u64>,
    result: &mut Candidates,
    cancelled: &AtomicBool,
) {
    let mut degrees = vec![0u32; keys.ranks.len()];
    for &pair in packed.iter() {
        let (a, b) = unpack(pair);
        degrees[a.index()] += 1;
        degrees[b.index()] += 1;
    }
    let full = |doc: DocId| degrees[doc.index()] as usize > per_document;
    result.capped_documents = degrees
        .iter()
        .filter(|&&of| of as usize > per_document)
        .count() as u64;
    if result.capped_documents == 0 {
        return;
    }
    let unshared: Vec<u16> = packed
        .par_iter()
        .with_max_len(AT_A_TIME)
        .map(|&pair| match unpack(pair) {
            (a, b) if full(a) || full(b) => {
                u16::try_from(keys.bands - keys.shared(a, b)).unwrap_or(u16::MAX)
            }
            _ => 0,
        })
        .collect();
    let counted: Vec<AtomicBool> = packed.iter().map(|_| AtomicBool::new(false)).collect();
    for range in turns(&degrees, per_document, turn) {
        if cancelled.load(Ordering::Relaxed) {
            return;
        }
        let is_own = |doc: DocId| full(doc) && range.contains(&doc.index());
        let mut partners: Vec<Partner> = packed
            .par_iter()
            .enumerate()
            .with_max_len(AT_A_TIME)
            .flat_map_iter(|(at, &pair)| {
                let (a, b) = unpack(pair);
                let unshared = unshared[at];
                let partner = move |own: DocId, other: DocId| Partner {
                    own,
                    unshared,
                    rank: keys.ranks[other.index()],
                    other,
                    pair: at,
                };
                let both = [
                    is_own(a).then(|| partner(a, b)),
                    is_own(b).then(|| partner(b, a)),
                ];
                both.into_iter().flatten()
            })
            .collect();
        partners.par_sort_unstable();
        partners
            .par_chunk_by(|x, y| x.own == y.own)
            .for_each(|own| {
                for partner in own.iter().take(per_document) {
                    counted[partner.pair].store(true, Ordering::Relaxed);
                }
            });
    }
    // Only a pair of two full documents can be dropped.
    let stays = |(&pair, counted): (&u64, &AtomicBool)| {
        let (a, b) = unpack(pair);
        (!(full(a) && full(b)) || counted.load(Ordering::Relaxed)).then(|| pack(a, b))
    };
    let before = packed.len();
    *packed = packed.par_iter().zip(&counted).filter_map(stays).collect();
    result.dropped = (before - packed.len()) as u64;
}

/// Ranges of documents, the full ones of which have about so many candidates together.
fn turns(degrees: &[u32], per_document: usize, turn: usize) -> Vec<std::ops::Range<usize>> {
    let mut turns = Vec::new();
    let (mut start, mut sum) = (0, 0);
    for (doc, &degree) in degrees.iter().enumerate() {
        let degree = degree as usize;
        if degree <= per_document {
            continue;
        }
        if sum > 0 && sum + degree > turn {
            turns.push(start..doc);
            (start, sum) = (doc, 0);
        }
        sum += degree;
    }
    turns.push(start..degrees.len());
    turns
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash;

    /// What is left of all pairs of so many documents, in turns of so many.
    fn left(documents: usize, bands: usize, turn: usize) -> (Vec<u64>, u64, u64) {
        let table: Vec<u64> = (0..(documents * bands) as u64)
            .map(|n| hash::stream(3, n) % 4)
            .collect();
        let docs: Vec<DocId> = (0..documents).map(DocId::from_index).collect();
        let ranks: Vec<u64> = (0..documents as u64)
            .map(|doc| hash::stream(5, doc))
            .collect();
        let keys = Keys {
            keys: &table,
            bands,
            docs: &docs,
            ranks: &ranks,
        };
        let mut packed = Vec::new();
        for a in 0..documents {
            for b in a + 1..documents {
                packed.push(pack(docs[a], docs[b]));
            }
        }
        let mut result = Candidates::default();
        let go_on = AtomicBool::new(false);
        drop_in_turns(&keys, (5, turn), &mut packed, &mut result, &go_on);
        (packed, result.capped_documents, result.dropped)
    }

    #[test]
    fn turns_have_no_influence() {
        let whole = left(60, 8, usize::MAX);
        assert!(whole.0.is_sorted() && whole.0.len() <= 60 * 5 && whole.1 == 60);
        assert_eq!(whole.2, 60 * 59 / 2 - whole.0.len() as u64);
        for turn in [1, 59, 60, 500] {
            assert!(left(60, 8, turn) == whole, "{turn}");
        }
    }

    #[test]
    fn turns_hold_what_they_may() {
        assert_eq!(turns(&[9, 1, 9, 9, 30, 2], 5, 18), [0..3, 3..4, 4..6]);
        assert_eq!(turns(&[1, 1], 5, 18).len(), 1);
    }
}
