//! Which documents of an index, and of a batch, could be copies of those of the batch?
//!
//! The same rule as in a run: documents that share a key, all with all or, of a crowded key, those
//! with its leaders and a partner only; each pair once. What a document of the index has as candidates among its
//! own kind is known already, so only pairs with a document of the batch are found; and only those
//! documents count their candidates, where a run counts those of both sides.

use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::catalog::Catalog;
use super::layout::{KEY_DOCS, KEYS, ROWS, Row, SCREENS};
use super::part::Part;
use crate::doc_id::DocId;
use crate::error::Error;
use crate::lsh::{CandidateCaps, partner_step};
use crate::stages::PairScreen;
use crate::store::documents::Documents;

/// Two documents by position, the smaller one first.
type Pair = (u32, u32);

/// (document of the batch, keys not shared, rank of the other, pair)
type Counted = (u32, usize, u64, Pair);

/// Pairs to be compared, by position; documents of the batch are behind those of the index.
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

/// Checks the large sections that a lookup reads all over, several at a time: each would be checked before its first
/// use, and everybody would wait for the one who does it.
fn check_filed(catalog: &Catalog) -> Result<(), Error> {
    const READ: [u32; 4] = [KEYS, KEY_DOCS, SCREENS, ROWS];
    let parts = catalog.parts.iter().map(Part::segment);
    let sections = parts.flat_map(|segment| READ.map(|kind| (segment, kind)));
    let sections: Vec<_> = sections.collect();
    let checked = sections.into_par_iter().with_max_len(1);
    Ok(checked.try_for_each(|(segment, kind)| segment.check(kind))?)
}

/// The candidates of some documents of a batch, which is not larger than positions go.
pub(super) fn lookup(
    catalog: &Catalog,
    batch: &Documents,
    docs: &[DocId],
    caps: CandidateCaps,
) -> Result<Found, Error> {
    if docs.is_empty() {
        return Ok(Found::default());
    }
    check_filed(catalog)?;
    let bands = catalog.recipe.banding().bands() as usize;
    let before = catalog.documents();
    let position = |doc: DocId| u32::try_from(before + doc.index()).expect("a position");
    // A crowded key asks for those of all its documents, and in most bands anew.
    let mut ranks: Vec<u64> = Vec::with_capacity(before + batch.rows.len());
    for part in &catalog.parts {
        ranks.par_extend(part.rows()?.par_iter().map(Row::rank));
    }
    ranks.par_extend(batch.rows.par_iter().map(|row| row.rank()));
    let rank = |at: u32| ranks[at as usize];
    let capped_keys = AtomicU64::new(0);
    let of_band = |band: usize| -> Result<Vec<Pair>, Error> {
        let key = |doc: DocId| batch.keys[doc.index() * bands + band];
        let mut filed: Vec<(u64, u32)> =
            docs.iter().map(|&doc| (key(doc), position(doc))).collect();
        filed.sort_unstable();
        let mut found = Vec::new();
        let mut group = Vec::new();
        let mut filing = catalog.filing(band)?;
        for same in filed.chunk_by(|x, y| x.0 == y.0) {
            filing.all(same[0].0, &mut group)?;
            let known = group.len();
            group.extend(same.iter().map(|&(_, at)| at));
            if group.len() <= caps.group {
                for (at, &b) in group.iter().enumerate().skip(known) {
                    found.extend(group[..at].iter().map(|&a| (a, b)));
                }
                continue;
            }
            capped_keys.fetch_add(1, Ordering::Relaxed);
            let mut ranked: Vec<(u64, u32)> = group.iter().map(|&at| (rank(at), at)).collect();
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
    met.par_sort_unstable_by_key(|&(a, b)| (b, a));
    let mut result = Found {
        capped_keys: capped_keys.into_inner(),
        ..Found::default()
    };
    let screen = PairScreen::of(&catalog.recipe);
    let slots = catalog.recipe.banding().slots() as usize;
    let sketch = |at: u32| -> Result<(&[u8], u32), Error> {
        if let Some(doc) = (at as usize).checked_sub(before) {
            let bytes = &batch.screens[doc * slots..][..slots];
            return Ok((bytes, batch.rows[doc].words));
        }
        let (part, doc) = catalog.part(at)?;
        Ok((part.screen(doc)?, part.row(doc)?.words))
    };
    let (collided, screened) = (AtomicU64::new(0), AtomicU64::new(0));
    let count = |counted: &mut Vec<Counted>, same: &[Pair]| {
        let (a, b) = same[0];
        if !screen.passes(sketch(a)?, sketch(b)?) {
            screened.fetch_add(1, Ordering::Relaxed); // too unlike to be compared
            return Ok(());
        }
        let unshared = bands - same.len();
        counted.push((b, unshared, rank(a), same[0]));
        if a as usize >= before {
            counted.push((a, unshared, rank(b), same[0]));
        }
        Ok::<_, Error>(())
    };
    let counted: Result<Vec<Vec<Counted>>, Error> = met
        .par_chunk_by(|x, y| x.1 == y.1)
        .map(|of_one| {
            let mut counted = Vec::new();
            let mut pairs = 0;
            for same in of_one.chunk_by(|x, y| x == y) {
                pairs += 1;
                count(&mut counted, same)?;
            }
            collided.fetch_add(pairs, Ordering::Relaxed);
            Ok(counted)
        })
        .collect();
    let mut counted = counted?.concat();
    result.collided = collided.into_inner();
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
    result.dropped = result.collided - screened.into_inner() - kept.len() as u64;
    result.pairs = kept;
    Ok(result)
}
