//! Which documents of an index, and of a batch, could be copies of those of the batch?
//!
//! The same rule as in a run: documents that share a key, all with all or, of a crowded key, those
//! with its leaders only; each pair once. What a document of the index has as candidates among its
//! own kind is known already, so only pairs with a document of the batch are found; and only those
//! documents count their candidates, where a run counts those of both sides.

use rayon::prelude::*;

use super::catalog::Catalog;
use crate::doc_id::DocId;
use crate::index::CandidateCaps;
use crate::pipeline::documents::Documents;
use crate::pipeline::error::Error;

/// Pairs to be compared, by position; documents of the batch stand behind those of the index.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The smaller position first, sorted, each once.
    pub(super) pairs: Vec<(u32, u32)>,
    /// Pairs that shared a key.
    pub(super) collided: u64,
    /// Documents of the batch with more candidates than count.
    pub(super) capped_documents: u64,
    /// Pairs dropped for that.
    pub(super) dropped: u64,
}

/// The candidates of some documents of a batch.
pub(super) fn lookup(
    catalog: &Catalog,
    batch: &Documents,
    docs: &[DocId],
    caps: CandidateCaps,
) -> Result<Found, Error> {
    let bands = catalog.recipe.banding.bands() as usize;
    let before = catalog.documents();
    let position = |doc: DocId| u32::try_from(before + doc.index()).expect("checked by the caller");
    let rank = |at: u32| -> Result<u64, Error> {
        match (at as usize).checked_sub(before) {
            Some(doc) => Ok(batch.rows[doc].rank()),
            None => {
                let normal = catalog.row(at)?.1.normal;
                Ok(normal[0] ^ normal[1])
            }
        }
    };
    let of_band = |band: usize| -> Result<Vec<u64>, Error> {
        let key = |doc: DocId| batch.keys[doc.index() * bands + band];
        let mut filed: Vec<(u64, u32)> =
            docs.iter().map(|&doc| (key(doc), position(doc))).collect();
        filed.sort_unstable();
        let mut found = Vec::new();
        let mut group = Vec::new();
        for same in filed.chunk_by(|x, y| x.0 == y.0) {
            catalog.filed(band, same[0].0, &mut group)?;
            let known = group.len();
            group.extend(same.iter().map(|&(_, at)| at));
            if group.len() <= caps.group {
                for (at, &b) in group.iter().enumerate().skip(known) {
                    found.extend(group[..at].iter().map(|&a| pack(a, b)));
                }
                continue;
            }
            let mut ranked: Vec<(u64, u32)> = Vec::with_capacity(group.len());
            for &at in &group {
                ranked.push((rank(at)?, at));
            }
            let leaders = caps.leaders.min(ranked.len() - 1);
            ranked.select_nth_unstable(leaders);
            ranked.truncate(caps.leaders);
            for &(_, leader) in &ranked {
                let leads_all = leader as usize >= before;
                let others = group.iter().filter(|&&at| at != leader);
                let others = others.filter(|&&at| leads_all || at as usize >= before);
                found.extend(others.map(|&at| pack(leader.min(at), leader.max(at))));
            }
        }
        found.sort_unstable();
        found.dedup(); // two leaders meet twice
        Ok(found)
    };
    let found: Result<Vec<Vec<u64>>, Error> = (0..bands).into_par_iter().map(of_band).collect();
    let mut packed: Vec<u64> = found?.into_iter().flatten().collect();
    packed.par_sort_unstable();
    let mut result = Found::default();
    // (document of the batch, keys not shared, rank of the other, pair)
    let mut counted: Vec<(u32, usize, u64, u64)> = Vec::new();
    for same in packed.chunk_by(|x, y| x == y) {
        let (a, b) = unpack(same[0]);
        let unshared = bands - same.len();
        counted.push((b, unshared, rank(a)?, same[0]));
        if a as usize >= before {
            counted.push((a, unshared, rank(b)?, same[0]));
        }
        result.collided += 1;
    }
    counted.par_sort_unstable();
    let mut kept = Vec::new();
    for of_one in counted.chunk_by(|x, y| x.0 == y.0) {
        result.capped_documents += u64::from(of_one.len() > caps.per_document);
        kept.extend(
            of_one
                .iter()
                .take(caps.per_document)
                .map(|&(.., pair)| pair),
        );
    }
    kept.par_sort_unstable();
    kept.dedup();
    result.dropped = result.collided - kept.len() as u64;
    result.pairs = kept.into_iter().map(unpack).collect();
    Ok(result)
}

fn pack(a: u32, b: u32) -> u64 {
    (u64::from(a) << 32) | u64::from(b)
}

fn unpack(pair: u64) -> (u32, u32) {
    #[expect(clippy::cast_possible_truncation)] // the two halves
    ((pair >> 32) as u32, pair as u32)
}
