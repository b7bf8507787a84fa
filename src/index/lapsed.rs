//! Which stored pairs would a run over all not ask for any more?
//!
//! With documents that come under it a key may become crowded, or get other leaders and neighbours. It then does not
//! give some pairs of documents that were there before. What no other key of the two gives either has *lapsed*: it is
//! no candidate from now on, as if it had never been one, and clusters are what a run over all of it gives.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::band_keys::stored;
use super::catalog::Catalog;
use super::lookup::{Found, Pair, rule};
use super::pair_table::PairTable;
use super::sought::{Sought, once_a_text};
use crate::error::Error;
use crate::lsh::{Crowd, GroupRule};
use crate::sketch::Sketcher;
use crate::store::documents::Documents;

/// Documents of an index and of a batch, by their keys.
struct Keyed<'a> {
    catalog: &'a Catalog,
    rule: GroupRule,
    ranks: &'a [u64],
    /// By band: keys as they are stored and the positions of documents of the batch, ascending.
    batch: Vec<Vec<(u64, u32)>>,
    /// The crowds that were asked for; none where a key is not crowded.
    crowds: HashMap<(usize, u64), Option<Crowd<u32>>, FixedState>,
}

/// The stored pairs that lapse by looked up texts of a batch, sorted. All pairs of renewed texts do: what
/// comparing them gave now holds.
pub(super) fn lapsed(
    catalog: &Catalog,
    table: &PairTable<'_>,
    (batch, sought): (&Documents, &[Sought]),
    found: &Found,
) -> Result<Vec<Pair>, Error> {
    let mut lapsed = Vec::new();
    let texts = catalog.texts()?;
    for renewed in sought.iter().filter(|text| text.is_renewed) {
        let mut same = Vec::new();
        texts.same(batch.row(renewed.doc).normal, &mut same)?;
        for at in same {
            table.each(at, |pair| {
                lapsed.push((at.min(pair.other), at.max(pair.other)));
            })?;
        }
    }
    let mut lost = Vec::new();
    for of_one in found.lost.chunk_by(|x, y| x.0 == y.0) {
        lost.extend(candidates_among(table, of_one)?);
    }
    lapsed.extend(not_given((catalog, batch), sought, &found.ranks, lost)?);
    lapsed.sort_unstable();
    lapsed.dedup();
    Ok(lapsed)
}

/// Those pairs of an index, sorted, that no key gives.
fn not_given(
    (catalog, batch): (&Catalog, &Documents),
    sought: &[Sought],
    ranks: &[u64],
    lost: Vec<Pair>,
) -> Result<Vec<Pair>, Error> {
    if lost.is_empty() {
        return Ok(lost);
    }
    let mut positions: Vec<u32> = lost.iter().flat_map(|&(a, b)| [a, b]).collect();
    positions.sort_unstable();
    positions.dedup();
    let keys = keys_of(catalog, &positions)?;
    let mut keyed = Keyed::of(catalog, (batch, sought), ranks);
    let bands = keyed.rule.bands;
    let own = |at: u32| {
        let place = positions.binary_search(&at).expect("one of them");
        &keys[place * bands..][..bands]
    };
    let mut not_given = Vec::new();
    for pair in lost {
        if !keyed.gives(pair, own(pair.0), own(pair.1))? {
            not_given.push(pair);
        }
    }
    Ok(not_given)
}

/// Those pairs of one document, sorted, that are stored as candidates.
fn candidates_among(table: &PairTable<'_>, pairs: &[Pair]) -> Result<Vec<Pair>, Error> {
    let mut seen: Vec<(u32, bool)> = Vec::new();
    table.each(pairs[0].0, |pair| {
        let share_a_key = pair.figures.map(|figures| figures.share_a_key());
        seen.extend(share_a_key.map(|share| (pair.other, share)));
    })?;
    seen.sort_by_key(|&(other, _)| other); // stable: what was stored last stays last
    let is_candidate = |&(_, b): &Pair| {
        let end = seen.partition_point(|&(other, _)| other <= b);
        let last = end.checked_sub(1).map(|at| seen[at]);
        last == Some((b, true))
    };
    Ok(pairs.iter().copied().filter(is_candidate).collect())
}

/// The keys of documents, one behind the other, from their stories: sections of keys have the documents of a key, not
/// the keys of a document.
fn keys_of(catalog: &Catalog, positions: &[u32]) -> Result<Vec<u64>, Error> {
    let recipe = &catalog.recipe;
    let banding = recipe.banding();
    let parts = positions.par_chunks(64).map(|positions| {
        let sketcher = Sketcher::new(banding.slots(), recipe.seed());
        let mut signature = vec![0; sketcher.slots()];
        let mut own = vec![0; banding.bands() as usize];
        let (mut words, mut kinds, mut shingles) = (Vec::new(), Vec::new(), Vec::new());
        let mut keys = Vec::with_capacity(positions.len() * own.len());
        for &at in positions {
            let (part, row) = catalog.row(at)?;
            part.story(row, &mut words, &mut kinds)?;
            recipe.shingling().shingles(&words, &mut shingles);
            sketcher.sign(&shingles, &mut signature);
            banding.keys(&signature, &mut own);
            keys.extend_from_slice(&own);
        }
        Ok(keys)
    });
    let parts: Result<Vec<Vec<u64>>, Error> = parts.collect();
    Ok(parts?.concat())
}

impl<'a> Keyed<'a> {
    fn of(
        catalog: &'a Catalog,
        (batch, sought): (&Documents, &[Sought]),
        ranks: &'a [u64],
    ) -> Keyed<'a> {
        let rule = rule(catalog);
        let of_band = |band: usize| {
            let key = |text: &Sought| stored(batch.keys[text.doc.index() * rule.bands + band]);
            let filed = sought.iter().map(|text| (key(text), text.at));
            let mut filed: Vec<(u64, u32)> = filed.collect();
            filed.sort_unstable();
            filed
        };
        Keyed {
            catalog,
            rule,
            ranks,
            batch: (0..rule.bands).into_par_iter().map(of_band).collect(),
            crowds: HashMap::default(),
        }
    }

    /// Whether a key of two documents gives them as a pair.
    fn gives(&mut self, pair: Pair, a: &[u64], b: &[u64]) -> Result<bool, Error> {
        for (band, (&key, &other)) in a.iter().zip(b).enumerate() {
            if stored(key) != stored(other) {
                continue;
            }
            let key = (band, stored(key));
            if !self.crowds.contains_key(&key) {
                let crowd = self.crowd(key)?;
                self.crowds.insert(key, crowd);
            }
            match &self.crowds[&key] {
                Some(crowd) if !crowd.gives(pair) => {}
                _ => return Ok(true),
            }
        }
        Ok(false)
    }

    /// The crowd under a key, if it is one.
    fn crowd(&self, (band, key): (usize, u64)) -> Result<Option<Crowd<u32>>, Error> {
        let rank = |at: u32| self.ranks[at as usize];
        let mut group = Vec::new();
        self.catalog.filed(band, key, &mut group)?;
        once_a_text(self.catalog, &mut group, rank)?;
        let batch = &self.batch[band];
        let own = batch[batch.partition_point(|&(other, _)| other < key)..].iter();
        let own = own.take_while(|&&(other, _)| other == key);
        let own: Vec<u32> = own.map(|&(_, at)| at).collect();
        // A renewed text is there once, too.
        let mut ranks: Vec<u64> = own.iter().map(|&at| rank(at)).collect();
        ranks.sort_unstable();
        group.retain(|&at| ranks.binary_search(&rank(at)).is_err());
        group.extend(own);
        Ok(self.rule.crowd((band, &group), rank))
    }
}
