//! Which documents of an index, and of a batch, could be copies of those of the batch?
//!
//! The same rule as in a run ([`GroupRule`]): documents that share a key, all with all or, of a crowded
//! key, those with its leaders and neighbours only; each pair once. What a document of the index has as candidates among
//! its own kind is known already, so only pairs with a document of the batch are found; and of pairs among those, which a
//! key does not give any more.

use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::catalog::Catalog;
use super::layout::{KEY_DOCS, KEYS, ROWS, Row, SCREENS};
use super::part::Part;
use super::sought::{Sought, once_a_text};
use crate::error::Error;
use crate::lsh::GroupRule;
use crate::stages::PairScreen;
use crate::store::documents::Documents;

/// Two documents by position, the smaller one first.
pub(super) type Pair = (u32, u32);

/// Pairs to be compared, by position; documents of the batch are behind those of the index.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Sorted, each once.
    pub(super) pairs: Vec<Pair>,
    /// Pairs that shared a key.
    pub(super) collided: u64,
    /// Keys of so many documents that these were paired with a few leaders and neighbours only.
    pub(super) capped_keys: u64,
    /// Pairs of the index that some key gave before and does not give now, sorted, each once; without those of
    /// renewed texts.
    pub(super) lost: Vec<Pair>,
    /// A number a position that orders documents by what they say; none if nothing was looked up.
    pub(super) ranks: Vec<u64>,
}

/// The documents under a key, one a text.
struct OfKey<'a> {
    /// Those of the index, ascending.
    known: &'a [u32],
    /// Those that are looked up, ascending.
    new: &'a [u32],
    /// Ranks of those of them that are among the known ones, too, ascending.
    renewed: &'a [u64],
}

/// What one band gives.
#[derive(Default)]
struct OfBand {
    pairs: Vec<Pair>,
    lost: Vec<Pair>,
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

/// The candidates of texts of a batch, which is not larger than positions go.
pub(super) fn lookup(
    catalog: &Catalog,
    batch: &Documents,
    sought: &[Sought],
) -> Result<Found, Error> {
    if sought.is_empty() {
        return Ok(Found::default());
    }
    check_filed(catalog)?;
    let rule = rule(catalog);
    let before = catalog.documents();
    // A crowded key asks for those of all its documents, and in most bands anew.
    let mut ranks: Vec<u64> = Vec::with_capacity(before + batch.rows.len());
    for part in &catalog.parts {
        ranks.par_extend(part.rows()?.par_iter().map(Row::rank));
    }
    ranks.par_extend(batch.rows.par_iter().map(|row| row.rank()));
    let capped_keys = AtomicU64::new(0);
    let of_band = |band: usize| -> Result<OfBand, Error> {
        let key = |text: &Sought| batch.keys[text.doc.index() * rule.bands + band];
        let mut filed: Vec<(u64, u32, bool)> = sought
            .iter()
            .map(|text| (key(text), text.at, text.is_renewed))
            .collect();
        filed.sort_unstable();
        let rank = |at: u32| ranks[at as usize];
        let mut found = OfBand::default();
        let mut known = Vec::new();
        let mut filing = catalog.filing(band)?;
        for same in filed.chunk_by(|x, y| x.0 == y.0) {
            filing.all(same[0].0, &mut known)?;
            once_a_text(catalog, &mut known, rank)?;
            let new: Vec<u32> = same.iter().map(|&(_, at, _)| at).collect();
            let renewed = same.iter().filter(|text| text.2);
            let mut renewed: Vec<u64> = renewed.map(|&(_, at, _)| rank(at)).collect();
            renewed.sort_unstable();
            let key = OfKey {
                known: &known,
                new: &new,
                renewed: &renewed,
            };
            let capped = found.of_key((rule, band), &key, rank);
            capped_keys.fetch_add(u64::from(capped), Ordering::Relaxed);
        }
        found.pairs.sort_unstable();
        found.pairs.dedup(); // two leaders meet twice, and may be neighbours
        Ok(found)
    };
    let of_bands: Result<Vec<OfBand>, Error> =
        (0..rule.bands).into_par_iter().map(of_band).collect();
    let (mut met, mut lost) = (Vec::new(), Vec::new());
    for of_band in of_bands? {
        met.extend(of_band.pairs);
        lost.extend(of_band.lost);
    }
    for pairs in [&mut met, &mut lost] {
        pairs.par_sort_unstable();
        pairs.dedup();
    }
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
    let passes = |&(a, b): &Pair| -> Result<Option<Pair>, Error> {
        let passes = screen.passes(sketch(a)?, sketch(b)?);
        Ok(passes.then_some((a, b)))
    };
    let collided = met.len() as u64;
    let pairs = met.par_iter().filter_map(|pair| passes(pair).transpose());
    Ok(Found {
        pairs: pairs.collect::<Result<_, Error>>()?,
        collided,
        capped_keys: capped_keys.into_inner(),
        lost,
        ranks,
    })
}

/// What the keys of an index give.
pub(super) fn rule(catalog: &Catalog) -> GroupRule {
    let recipe = &catalog.recipe;
    recipe.caps().rule(recipe.banding().bands() as usize)
}

impl OfBand {
    /// Adds the pairs of a key's documents of which one is looked up. Says whether they are a crowd.
    fn of_key(
        &mut self,
        (rule, band): (GroupRule, usize),
        key: &OfKey<'_>,
        rank: impl Fn(u32) -> u64,
    ) -> bool {
        let is_renewed = |at: u32| key.renewed.binary_search(&rank(at)).is_ok();
        let mut group: Vec<u32> = key.known.to_vec();
        if !key.renewed.is_empty() {
            group.retain(|&at| !is_renewed(at));
        }
        group.extend_from_slice(key.new);
        group.sort_unstable();
        let is_new = |at: &u32| key.new.binary_search(at).is_ok();
        let pair = |a: u32, b: u32| (a.min(b), a.max(b));
        let Some(crowd) = rule.crowd((band, &group), &rank) else {
            for &own in key.new {
                // Two that are looked up are a pair once.
                let others = group.iter().copied();
                let others = others.filter(|at| *at < own || *at > own && !is_new(at));
                self.pairs.extend(others.map(|at| pair(own, at)));
            }
            return false;
        };
        let next = crowd.neighbours().iter();
        self.pairs
            .extend(next.filter(|(a, b)| is_new(a) || is_new(b)));
        for leader in crowd.leaders() {
            let others = if is_new(leader) { &group } else { key.new };
            let others = others.iter().filter(|&at| at != leader);
            self.pairs.extend(others.map(|&at| pair(*leader, at)));
        }
        let is_old = |at: u32| key.renewed.is_empty() || !is_renewed(at);
        let is_lost = |pair: &Pair| !crowd.gives(*pair) && is_old(pair.0) && is_old(pair.1);
        self.lose((rule, band), key.known, crowd.leaders(), (&rank, &is_lost));
        true
    }

    /// Notes the pairs of documents that their key gave before it had others, too, and that are lost now.
    fn lose(
        &mut self,
        (rule, band): (GroupRule, usize),
        known: &[u32],
        leaders: &[u32],
        (rank, is_lost): (impl Fn(u32) -> u64, impl Fn(&Pair) -> bool),
    ) {
        let Some(before) = rule.crowd((band, known), rank) else {
            for (at, &a) in known.iter().enumerate() {
                let others = known[at + 1..].iter().map(|&b| (a, b));
                self.lost.extend(others.filter(&is_lost));
            }
            return;
        };
        let leads = |leader: &&u32| leaders.binary_search(leader).is_ok();
        for &leader in before.leaders().iter().filter(|leader| !leads(leader)) {
            let others = known.iter().filter(|&&at| at != leader);
            let pairs = others.map(|&at| (leader.min(at), leader.max(at)));
            self.lost.extend(pairs.filter(&is_lost));
        }
        let next = before.neighbours().iter().copied();
        self.lost.extend(next.filter(&is_lost));
    }
}
