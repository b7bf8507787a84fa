//! The documents of an index that one document may be a copy of.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use foldhash::fast::FixedState;

use super::catalog::Catalog;
use crate::error::Error;
use crate::likeness::Likeness;
use crate::sketch::{Sketcher, screen};
use crate::stages::PairScreen;

/// What was found, by position.
#[derive(Debug, Default)]
pub(super) struct LookedUp {
    /// Documents of the same text.
    pub(super) equal: Vec<u32>,
    /// Other copies, `left` being the document that was looked up.
    pub(super) alike: Vec<(u32, Likeness)>,
}

impl LookedUp {
    /// Adds documents of a text that is a copy.
    pub(super) fn add(
        &mut self,
        catalog: &Catalog,
        at: u32,
        likeness: Likeness,
    ) -> Result<(), Error> {
        let (_, row) = catalog.row(at)?;
        let same = catalog.same_text(row.normal())?;
        self.alike
            .extend(same.into_iter().map(|same| (same, likeness)));
        Ok(())
    }
}

/// The documents that are worth comparing with one of these shingles and so many words, those that share most
/// keys with it first; of every text one, and none of the `equal` ones. Of a key that more documents have than are all
/// compared, those of smallest text hash count, so that the order in which an index was filled does not.
pub(super) fn candidates(
    catalog: &Catalog,
    (shingles, words): (&[u64], u32),
    equal: &[u32],
) -> Result<Vec<u32>, Error> {
    let recipe = &catalog.recipe;
    let banding = recipe.banding();
    let sketcher = Sketcher::new(banding.slots(), recipe.seed());
    let mut signature = vec![0; sketcher.slots()];
    let mut keys = vec![0; banding.bands() as usize];
    sketcher.sign(shingles, &mut signature);
    banding.keys(&signature, &mut keys);
    let mut shared: HashMap<u32, u32, FixedState> = HashMap::default();
    let mut filed = Vec::new();
    let mut ranks: HashMap<u32, u128, FixedState> = HashMap::default();
    for (band, &key) in keys.iter().enumerate() {
        catalog.filed(band, key, &mut filed)?;
        if filed.len() > recipe.caps().group {
            let mut ranked: Vec<(u128, u32)> = Vec::with_capacity(filed.len());
            for &at in &filed {
                let rank = match ranks.entry(at) {
                    Entry::Occupied(known) => *known.get(),
                    Entry::Vacant(unknown) => *unknown.insert(catalog.row(at)?.1.normal()),
                };
                ranked.push((rank, at));
            }
            ranked.select_nth_unstable(recipe.caps().group);
            ranked.truncate(recipe.caps().group);
            filed.clear();
            filed.extend(ranked.into_iter().map(|(_, at)| at));
        }
        for &at in &filed {
            *shared.entry(at).or_default() += 1;
        }
    }
    shared.retain(|at, _| !equal.contains(at));
    let pair_screen = PairScreen::of(recipe);
    let mut bytes = vec![0; banding.slots() as usize];
    screen::bytes(&signature, &mut bytes);
    let mut ranked = Vec::with_capacity(shared.len());
    for (at, keys) in shared {
        let (part, doc) = catalog.part(at)?;
        let row = part.row(doc)?;
        if pair_screen.passes((&bytes, words), (part.screen(doc)?, row.words)) {
            ranked.push((Reverse(keys), row.normal(), at));
        }
    }
    ranked.sort_unstable();
    ranked.truncate(recipe.caps().per_document);
    Ok(ranked.into_iter().map(|(.., at)| at).collect())
}
