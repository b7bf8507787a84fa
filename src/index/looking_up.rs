//! One document against an index: what shares its keys is read, and compared as a run does.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use foldhash::fast::FixedState;

use super::catalog::Catalog;
use super::layout::NONE;
use super::lookup::rule;
use super::matching::Query;
use super::sought::once_a_text;
use crate::date::Date;
use crate::error::Error;
use crate::hash;
use crate::likeness::Likeness;
use crate::sketch::Sketcher;
use crate::stages::{Dates, OneText, OneTextBuffers, OneTextReader, PairScreen, rank};
use crate::verify::Between;

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
    fn add(&mut self, catalog: &Catalog, at: u32, likeness: Likeness) -> Result<(), Error> {
        let (_, row) = catalog.row(at)?;
        let same = catalog.same_text(row.normal())?;
        self.alike
            .extend(same.into_iter().map(|same| (same, likeness)));
        Ok(())
    }
}

/// The documents of nearly the same text, in `wire` of the same story.
pub(super) fn look_up(catalog: &Catalog, query: &Query<'_>) -> Result<LookedUp, Error> {
    let recipe = &catalog.recipe;
    let outlet = query
        .publisher
        .filter(|_| catalog.state.publishers_distinguish);
    let tables = catalog.learned.as_ref();
    let mut reader = OneTextReader {
        recipe,
        tables: tables.map(|tables| (&tables.learned, &*tables.weights)),
        sketcher: &Sketcher::new(recipe.banding().slots(), recipe.seed()),
        buffers: &mut OneTextBuffers::default(),
    };
    let text = reader.read(query.text, outlet.map(|name| hash::bytes(name.as_bytes())));
    let mut found = LookedUp {
        equal: catalog.same_text(text.normal)?,
        ..LookedUp::default()
    };
    if text.words.is_empty() {
        return Ok(found);
    }
    let candidates = candidates(catalog, &text)?;
    reader.begin(&text);
    let (mut words, mut kinds) = (Vec::new(), Vec::new());
    for &at in &candidates {
        let (part, row) = catalog.row(at)?;
        part.story(row, &mut words, &mut kinds)?;
        reader.push(&words, &kinds);
    }
    let own_dates = dates(catalog, &found.equal)?.into_iter().chain(query.date);
    let own_dates = Dates::of(own_dates);
    let is_own_outlet = |docs: &[u32]| -> Result<bool, Error> {
        for &at in docs {
            let (part, row) = catalog.row(at)?;
            if outlet != part.name(row.publisher)? {
                return Ok(false);
            }
        }
        Ok(outlet.is_some())
    };
    let is_of_one_outlet = is_own_outlet(&found.equal)?;
    let likenesses = reader.likenesses(|place| {
        let (_, row) = catalog.row(candidates[place])?;
        // As of all documents of the two texts.
        let same = catalog.same_text(row.normal())?;
        let dates = Dates::of(dates(catalog, &same)?.into_iter());
        Ok::<_, Error>(Between {
            days_apart: own_dates.days_apart(&dates),
            is_one_outlet: is_of_one_outlet && is_own_outlet(&same)?,
        })
    })?;
    let alike = candidates.into_iter().zip(likenesses);
    for (at, likeness) in alike.filter(|(_, likeness)| likeness.is_copy(recipe.threshold())) {
        found.add(catalog, at, likeness)?;
    }
    Ok(found)
}

/// The dates of documents.
fn dates(catalog: &Catalog, docs: &[u32]) -> Result<Vec<Date>, Error> {
    let mut dates = Vec::with_capacity(docs.len());
    for &at in docs {
        dates.extend(catalog.row(at)?.1.date());
    }
    Ok(dates)
}

/// The documents that are worth comparing with one, ascending: those that a run would compare it with. Of every text
/// one, and none of an equal one.
fn candidates(catalog: &Catalog, text: &OneText) -> Result<Vec<u32>, Error> {
    /// The document itself, which has no position.
    const OWN: u32 = NONE;
    let own_rank = rank(text.normal);
    let mut ranks: HashMap<u32, u64, FixedState> = HashMap::default();
    ranks.insert(OWN, own_rank);
    let (mut found, mut filed, mut group) = (Vec::new(), Vec::new(), Vec::new());
    for (band, &key) in text.keys.iter().enumerate() {
        catalog.filed(band, key, &mut filed)?;
        for &at in &filed {
            if let Entry::Vacant(unknown) = ranks.entry(at) {
                unknown.insert(catalog.row(at)?.1.rank());
            }
        }
        let rank_of = |at: u32| ranks[&at];
        group.clear();
        group.extend(filed.iter().copied().filter(|&at| rank_of(at) != own_rank));
        once_a_text(catalog, &mut group, rank_of)?;
        rule(catalog).paired_with((band, &group), OWN, rank_of, &mut found);
    }
    found.sort_unstable();
    found.dedup();
    let pair_screen = PairScreen::of(&catalog.recipe);
    let mut candidates = Vec::with_capacity(found.len());
    for at in found {
        let (part, doc) = catalog.part(at)?;
        let own = (part.screen(doc)?, part.row(doc)?.words);
        candidates.extend(
            pair_screen
                .passes((&text.screen, text.length()), own)
                .then_some(at),
        );
    }
    Ok(candidates)
}
