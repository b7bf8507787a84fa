//! What a batch may change of an index: all that hangs together with it by stored pairs.
//!
//! A component of very many pairs is not gathered again for every batch: it *stands*. Only those of its
//! documents that the batch has a pair with are looked at, and new copies join the clusters that these are
//! in. A run over all might part such a story otherwise; `index build` does.

use std::collections::BTreeSet;

use super::catalog::Catalog;
use super::layout::PairRow;
use crate::pipeline::error::Error;

/// Stored pairs from which on a component stands, at some 10 µs a pair a second of comparing: a story
/// with 450 carriers that are all compared with each other.
pub(super) const STANDS: usize = 100_000;

/// A stored pair, by position.
pub(super) type Stored = (u32, u32);

/// Part of an index.
#[derive(Debug, Default)]
pub(super) struct Neighbourhood {
    /// Positions, ascending.
    pub(super) docs: Vec<u32>,
    /// Those of them whose component stands, ascending.
    pub(super) standing: Vec<u32>,
    /// The stored pairs among the others.
    pub(super) pairs: Vec<Stored>,
}

/// The neighbourhood of some documents. Components of more than `most` pairs stand.
pub(super) fn neighbourhood(
    catalog: &Catalog,
    touched: impl Iterator<Item = u32>,
    most: usize,
) -> Result<Neighbourhood, Error> {
    let (mut known, mut standing) = (BTreeSet::new(), BTreeSet::new());
    let mut pairs: Vec<Stored> = Vec::new();
    let mut result = Neighbourhood::default();
    for at in touched {
        if known.contains(&at) {
            continue;
        }
        let component = match standing.contains(&at) {
            true => None,
            false => component(catalog, at, &mut standing, most)?,
        };
        match component {
            Some((docs, own)) => {
                known.extend(docs);
                pairs.extend(own);
            }
            None => result.standing.push(at),
        }
    }
    pairs.retain(|(a, b)| known.contains(a) && known.contains(b));
    pairs.sort_unstable();
    pairs.dedup();
    result.pairs = stand_in(catalog, pairs)?;
    result.standing.sort_unstable();
    result.standing.dedup();
    known.extend(&result.standing);
    let is_there = |at: &u32| !catalog.state.is_removed(*at as usize);
    result.docs = known.into_iter().filter(is_there).collect();
    Ok(result)
}

/// Documents that hang together, and the stored pairs that they are in.
type Component = (BTreeSet<u32>, Vec<Stored>);

/// The documents that hang together with one, with their equals, and the stored pairs that they are
/// in; none if the component stands, and then those met so far are added to what stands.
fn component(
    catalog: &Catalog,
    at: u32,
    standing: &mut BTreeSet<u32>,
    most: usize,
) -> Result<Option<Component>, Error> {
    let mut known: BTreeSet<u32> = BTreeSet::new();
    let mut next = vec![at];
    let mut pairs: Vec<Stored> = Vec::new();
    while let Some(at) = next.pop() {
        if standing.contains(&at) || pairs.len() / 2 > most {
            standing.extend(known);
            return Ok(None);
        }
        if !known.insert(at) {
            continue;
        }
        // Pairs are stored with the first document of a text: any of the equals may be it.
        next.extend(catalog.same_text(catalog.row(at)?.1.normal())?);
        for (other, pair) in pairs_of(catalog, at)? {
            if pair.is_accepted() {
                next.push(other);
            }
            pairs.push((at.min(other), at.max(other)));
        }
    }
    Ok(Some((known, pairs)))
}

/// Puts a copy in the place of removed documents.
fn stand_in(catalog: &Catalog, pairs: Vec<Stored>) -> Result<Vec<Stored>, Error> {
    if catalog.state.removed.is_empty() {
        return Ok(pairs);
    }
    let alive = |at: u32| -> Result<Option<u32>, Error> {
        if !catalog.state.is_removed(at as usize) {
            return Ok(Some(at));
        }
        let same = catalog.same_text(catalog.row(at)?.1.normal())?;
        Ok(same.first().copied())
    };
    let mut standing = Vec::with_capacity(pairs.len());
    for (a, b) in pairs {
        standing.extend(alive(a)?.zip(alive(b)?));
    }
    Ok(standing)
}

/// The stored pairs of a document, by the position of the other one.
fn pairs_of(catalog: &Catalog, at: u32) -> Result<Vec<(u32, PairRow)>, Error> {
    let number = catalog.number(at)?;
    let mut pairs = Vec::new();
    for part in &catalog.parts {
        for &pair in part.pairs_of(number)? {
            let other = catalog.position(pair.other());
            let other =
                other.ok_or_else(|| part.wrong("a pair names a document that is not here"))?;
            pairs.push((other, pair));
        }
    }
    Ok(pairs)
}
