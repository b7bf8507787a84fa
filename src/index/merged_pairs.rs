//! The pairs of segments that become one, with their figures.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::compacting::Merging;
use super::layout::NONE;
use super::new_pairs::NewPair;
use super::part::Part;
use crate::error::Error;

/// The pairs of all segments, sorted, each once, by the numbers that documents have from now on; where these are
/// given anew, the first is reported. Of a removed document, the copy that replaces it has the pairs.
pub(super) fn merged_pairs(merging: &Merging<'_>, first: u64) -> Result<Vec<NewPair>, Error> {
    let mut pairs: Vec<(Reverse<usize>, NewPair)> = Vec::new();
    for (segment, part) in merging.parts.iter().enumerate() {
        let figures = part.figures()?;
        let own = part.pairs()?.iter().filter(|pair| pair.is_of_earlier());
        for (at, pair) in own.enumerate() {
            let figures = figures
                .get(at)
                .copied()
                .ok_or_else(|| part.wrong("the figures are more or fewer than the pairs"))?;
            let stored = NewPair {
                a: pair.of,
                b: pair.other(),
                is_accepted: pair.is_accepted(),
                figures,
            };
            let stored = match merging.drops {
                true => renumbered(merging, (part, first), stored)?,
                false => Some(stored),
            };
            pairs.extend(stored.map(|stored| (Reverse(segment), stored)));
        }
    }
    // What the last segment says of a pair holds.
    pairs.par_sort_unstable_by_key(|&(segment, pair)| {
        let is_open = !pair.figures.is_known();
        (pair.a, pair.b, segment, is_open, !pair.is_accepted)
    });
    pairs.dedup_by_key(|(_, pair)| (pair.a, pair.b));
    Ok(pairs.into_iter().map(|(_, pair)| pair).collect())
}

/// A pair by the new numbers of its documents, if both are there.
fn renumbered(
    merging: &Merging<'_>,
    (named_by, first): (&Part, u64),
    pair: NewPair,
) -> Result<Option<NewPair>, Error> {
    // The number, and whether it is the document's own and not a copy's.
    let number = |number: u64| -> Result<Option<(u64, bool)>, Error> {
        let position = merging.catalog.position(number);
        let position =
            position.ok_or_else(|| named_by.wrong("a pair names a document that is not here"))?;
        let (part, doc) = merging.catalog.part(position)?;
        let is_own = merging.new_of(part, doc)? != NONE;
        let alive = merging.alive(part, doc)?;
        Ok(alive.map(|new| (first + u64::from(new), is_own)))
    };
    let ends = number(pair.a)?.zip(number(pair.b)?);
    let ends = ends.filter(|((a, _), (b, _))| a != b);
    Ok(ends.map(|((a, a_is_own), (b, b_is_own))| NewPair {
        a: a.min(b),
        b: a.max(b),
        // A copy may be of another day.
        figures: match a_is_own && b_is_own {
            true => pair.figures,
            false => pair.figures.of_copies(),
        },
        ..pair
    }))
}
