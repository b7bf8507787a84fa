//! The documents of an index that one document may be a copy of.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use foldhash::fast::FixedState;

use super::catalog::Catalog;
use super::layout::NONE;
use super::lookup::rule;
use super::sought::once_a_text;
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

/// A document that is looked up.
pub(super) struct QueryText<'a> {
    pub(super) shingles: &'a [u64],
    pub(super) words: u32,
    /// Orders texts by what they say, as the rows of an index do.
    pub(super) rank: u64,
}

/// The documents that are worth comparing with one, ascending: those that a run would compare it with. Of every text
/// one, and none of an equal one.
pub(super) fn candidates(catalog: &Catalog, query: &QueryText<'_>) -> Result<Vec<u32>, Error> {
    /// The document itself, which has no position.
    const OWN: u32 = NONE;
    let recipe = &catalog.recipe;
    let banding = recipe.banding();
    let sketcher = Sketcher::new(banding.slots(), recipe.seed());
    let mut signature = vec![0; sketcher.slots()];
    let mut keys = vec![0; banding.bands() as usize];
    sketcher.sign(query.shingles, &mut signature);
    banding.keys(&signature, &mut keys);
    let mut ranks: HashMap<u32, u64, FixedState> = HashMap::default();
    ranks.insert(OWN, query.rank);
    let (mut found, mut filed, mut group) = (Vec::new(), Vec::new(), Vec::new());
    for (band, &key) in keys.iter().enumerate() {
        catalog.filed(band, key, &mut filed)?;
        for &at in &filed {
            if let Entry::Vacant(unknown) = ranks.entry(at) {
                unknown.insert(catalog.row(at)?.1.rank());
            }
        }
        let rank = |at: u32| ranks[&at];
        group.clear();
        group.extend(filed.iter().copied().filter(|&at| rank(at) != query.rank));
        once_a_text(catalog, &mut group, rank)?;
        rule(catalog).paired_with((band, &group), OWN, rank, &mut found);
    }
    found.sort_unstable();
    found.dedup();
    let pair_screen = PairScreen::of(recipe);
    let mut bytes = vec![0; banding.slots() as usize];
    screen::bytes(&signature, &mut bytes);
    let mut candidates = Vec::with_capacity(found.len());
    for at in found {
        let (part, doc) = catalog.part(at)?;
        let own = (part.screen(doc)?, part.row(doc)?.words);
        candidates.extend(pair_screen.passes((&bytes, query.words), own).then_some(at));
    }
    Ok(candidates)
}
