//! One document against an index of the `near` profile: what its shingles share with those of its candidates.

use super::catalog::Catalog;
use super::looking_up::{LookedUp, QueryText, candidates};
use super::matching::Query;
use crate::error::Error;
use crate::likeness::Likeness;
use crate::stages::rank;
use crate::story::{TextReading, normal_hash};
use crate::text;
use crate::verify::{Marks, ShingleSets};

/// The documents of nearly the same text.
pub(super) fn look_up(catalog: &Catalog, query: &Query<'_>) -> Result<LookedUp, Error> {
    let recipe = &catalog.recipe;
    let mut reading = TextReading::default();
    reading.set_kernel(text::Kernel::detect());
    reading.read(query.text, recipe.shingling());
    let normal = normal_hash(query.text, &reading.units);
    let mut found = LookedUp {
        equal: catalog.same_text(normal)?,
        ..LookedUp::default()
    };
    if reading.units.is_empty() {
        return Ok(found);
    }
    let text = QueryText {
        shingles: &reading.shingles,
        words: u32::try_from(reading.units.len()).expect("a text is shorter than 4 GB"),
        rank: rank(normal),
    };
    let candidates = candidates(catalog, &text)?;
    let mut sets = ShingleSets::default();
    sets.push(&reading.shingles);
    let (mut units, mut kinds, mut shingles) = (Vec::new(), Vec::new(), Vec::new());
    for &at in &candidates {
        let (part, row) = catalog.row(at)?;
        part.story(row, &mut units, &mut kinds)?;
        recipe.shingling().shingles(&units, &mut shingles);
        sets.push(&shingles);
    }
    let mut overlaps = Vec::with_capacity(candidates.len());
    sets.overlaps(
        0,
        1..=candidates.len(),
        &mut Marks::default(),
        |_, overlap| {
            overlaps.push(overlap);
        },
    );
    for (at, overlap) in candidates.into_iter().zip(overlaps) {
        if recipe.threshold().admits(overlap) {
            found.add(catalog, at, Likeness::of_sets(overlap))?;
        }
    }
    Ok(found)
}
