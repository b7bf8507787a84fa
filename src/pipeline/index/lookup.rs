//! Which documents of an index, and of a batch, could be copies of those of the batch?
//!
//! The same rule as in a run: documents that share a key, all with all or, of a crowded key, those
//! with its leaders and a partner only; each pair once. What a document of the index has as candidates among its
//! own kind is known already, so only pairs with a document of the batch are found; and only those
//! documents count their candidates, where a run counts those of both sides.

use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::catalog::Catalog;
use crate::doc_id::DocId;
use crate::index::{CandidateCaps, partner_step};
use crate::pipeline::documents::Documents;
use crate::pipeline::error::Error;
use crate::sketch::ContainmentScreen;

/// Two documents by position, the smaller one first.
type Pair = (u32, u32);

/// Pairs to be compared, by position; documents of the batch stand behind those of the index.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Sorted, each once.
    pub(super) pairs: Vec<Pair>,
    /// Pairs that shared a key.
    pub(super) collided: u64,
    /// Keys of so many documents that these were paired with a few leaders only.
    pub(super) capped_keys: u64,
    /// Documents of the batch with more candidates than count.
    pub(super) capped_documents: u64,
    /// Pairs dropped for that.
    pub(super) dropped: u64,
}

/// The candidates of some documents of a batch, which is not larger than positions go.
pub(super) fn lookup(
    catalog: &Catalog,
    batch: &Documents,
    docs: &[DocId],
    caps: CandidateCaps,
) -> Result<Found, Error> {
    let bands = catalog.recipe.banding.bands() as usize;
    let before = catalog.documents();
    let position = |doc: DocId| u32::try_from(before + doc.index()).expect("a position");
    let rank = |at: u32| -> Result<u64, Error> {
        match (at as usize).checked_sub(before) {
            Some(doc) => Ok(batch.rows[doc].rank()),
            None => Ok(catalog.row(at)?.1.rank()),
        }
    };
    let capped_keys = AtomicU64::new(0);
    let of_band = |band: usize| -> Result<Vec<Pair>, Error> {
        let key = |doc: DocId| batch.keys[doc.index() * bands + band];
        let mut filed: Vec<(u64, u32)> =
            docs.iter().map(|&doc| (key(doc), position(doc))).collect();
        filed.sort_unstable();
        let mut found = Vec::new();
        let mut group = Vec::new();
        for same in filed.chunk_by(|x, y| x.0 == y.0) {
            catalog.filed(band, same[0].0, usize::MAX, &mut group)?;
            let known = group.len();
            group.extend(same.iter().map(|&(_, at)| at));
            if group.len() <= caps.group {
                for (at, &b) in group.iter().enumerate().skip(known) {
                    found.extend(group[..at].iter().map(|&a| (a, b)));
                }
                continue;
            }
            capped_keys.fetch_add(1, Ordering::Relaxed);
            let mut ranked: Vec<(u64, u32)> = Vec::with_capacity(group.len());
            for &at in &group {
                ranked.push((rank(at)?, at));
            }
            ranked.sort_unstable();
            let step = partner_step(band, ranked.len());
            for (place, &(_, at)) in ranked.iter().enumerate() {
                let (_, partner) = ranked[(place + step) % ranked.len()];
                if at.max(partner) as usize >= before {
                    found.push((at.min(partner), at.max(partner)));
                }
            }
            for &(_, leader) in ranked.iter().take(caps.leaders) {
                let leads_all = leader as usize >= before;
                let others = group.iter().filter(|&&at| at != leader);
                let others = others.filter(|&&at| leads_all || at as usize >= before);
                found.extend(others.map(|&at| (leader.min(at), leader.max(at))));
            }
        }
        found.sort_unstable();
        found.dedup(); // two leaders meet twice, and may be partners
        Ok(found)
    };
    let found: Result<Vec<Vec<Pair>>, Error> = (0..bands).into_par_iter().map(of_band).collect();
    let mut met: Vec<Pair> = found?.into_iter().flatten().collect();
    met.par_sort_unstable();
    let mut result = Found {
        capped_keys: capped_keys.into_inner(),
        ..Found::default()
    };
    let screen = ContainmentScreen::of_wire();
    let slots = catalog.recipe.banding.slots() as usize;
    let sketch = |at: u32| -> Result<Option<(&[u8], u32)>, Error> {
        if let Some(doc) = (at as usize).checked_sub(before) {
            let bytes = &batch.screens[doc * slots..][..slots];
            return Ok(Some((bytes, batch.rows[doc].words)));
        }
        let (part, doc) = catalog.part(at)?;
        Ok(part.screen(doc)?.zip(Some(part.row(doc)?.words)))
    };
    let mut screened = 0;
    // (document of the batch, keys not shared, rank of the other, pair)
    let mut counted: Vec<(u32, usize, u64, Pair)> = Vec::new();
    for same in met.chunk_by(|x, y| x == y) {
        let (a, b) = same[0];
        result.collided += 1;
        let sketches = sketch(a)?.zip(sketch(b)?);
        if sketches.is_some_and(|(a, b)| !screen.passes(a, b)) {
            screened += 1; // too unlike to be compared
            continue;
        }
        let unshared = bands - same.len();
        counted.push((b, unshared, rank(a)?, same[0]));
        if a as usize >= before {
            counted.push((a, unshared, rank(b)?, same[0]));
        }
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
    result.dropped = result.collided - screened - kept.len() as u64;
    result.pairs = kept;
    Ok(result)
}
