//! What a batch may change of an index: all that hangs together with it by stored pairs.
//!
//! A component of very many pairs is not gathered again for every batch: it is *frozen*. Only those of its
//! documents that the batch has a pair with are looked at, and new copies join the clusters that these are
//! in. A run over all might part such a story otherwise; `index build` does.

use std::cmp::Reverse;

use super::catalog::{Catalog, TextTable};
use super::figures::FigureRow;
use super::lookup::Pair;
use super::pair_table::PairTable;
use crate::error::Error;

/// Stored pairs from which on a component is frozen. A story of 2,000 carriers, compared as a crowded key has them
/// compared, stores 122,618; one of 630 that are all compared with each other as many as this. With fewer it is
/// partitioned again by one thread, for every batch that has a copy of it.
pub(super) const FROZEN_FROM: usize = 200_000;

/// A stored pair, by position, the smaller one first.
#[derive(Clone, Copy, Debug)]
pub(super) struct StoredPair {
    pub(super) a: u32,
    pub(super) b: u32,
    /// Unknown where they are those of a removed document that another one of the same text replaces.
    pub(super) figures: FigureRow,
    /// The segment that has it: of those that have the same pair, the last one says what holds.
    segment: usize,
}

/// Part of an index.
#[derive(Debug, Default)]
pub(super) struct Neighbourhood {
    /// Positions, ascending.
    pub(super) docs: Vec<u32>,
    /// Those of them whose component is frozen, ascending.
    pub(super) frozen: Vec<u32>,
    /// The stored pairs among the others, sorted, each once.
    pub(super) pairs: Vec<StoredPair>,
}

/// What is known of a document.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Mark {
    Unseen,
    /// In a component that is part of the neighbourhood.
    Known,
    /// In a frozen one.
    Frozen,
}

/// A walk along stored pairs.
struct Walk<'a> {
    catalog: &'a Catalog,
    table: PairTable<'a>,
    texts: TextTable<'a>,
    /// By position.
    marks: Vec<Mark>,
    pairs: Vec<StoredPair>,
}

/// The neighbourhood of some documents. Components of more than `most` pairs are frozen. Of the stored pairs, which
/// `table` may have been made of already, those that lapse are given.
pub(super) fn neighbourhood(
    catalog: &Catalog,
    (table, lapsed): (Option<PairTable<'_>>, &[Pair]),
    touched: impl Iterator<Item = u32>,
    most: usize,
) -> Result<Neighbourhood, Error> {
    let mut touched = touched.peekable();
    if touched.peek().is_none() {
        return Ok(Neighbourhood::default());
    }
    let mut walk = Walk {
        catalog,
        table: table.map_or_else(|| PairTable::of(catalog), Ok)?,
        texts: catalog.texts()?,
        marks: vec![Mark::Unseen; catalog.documents()],
        pairs: Vec::new(),
    };
    let mut result = Neighbourhood::default();
    for at in touched {
        if walk.mark(at)? == Mark::Known {
            continue;
        }
        match walk.component(at, most)? {
            Some(docs) => result.docs.extend(docs),
            None => result.frozen.push(at),
        }
    }
    let is_known = |at: u32| walk.marks[at as usize] == Mark::Known;
    let mut pairs = walk.pairs;
    pairs.retain(|pair| is_known(pair.a) && is_known(pair.b));
    for pair in &mut pairs {
        if lapsed.binary_search(&(pair.a, pair.b)).is_ok() {
            pair.figures = FigureRow::LAPSED;
        }
    }
    result.pairs = replace_removed(catalog, pairs)?;
    result.frozen.sort_unstable();
    result.frozen.dedup();
    result.docs.extend(&result.frozen);
    result.docs.sort_unstable();
    let is_there = |at: &u32| !catalog.state.is_removed(*at as usize);
    result.docs.retain(is_there);
    Ok(result)
}

impl Walk<'_> {
    fn mark(&self, at: u32) -> Result<Mark, Error> {
        let mark = self.marks.get(at as usize).copied();
        mark.ok_or_else(|| (self.catalog).wrong("a document has a position that is too large"))
    }

    /// The documents that hang together with one, with their equals, whose stored pairs are noted; none if the
    /// component is frozen.
    fn component(&mut self, at: u32, most: usize) -> Result<Option<Vec<u32>>, Error> {
        let mut docs = Vec::new();
        let mut next = vec![at];
        let before = self.pairs.len();
        let mut seen = 0;
        while let Some(at) = next.pop() {
            let mark = self.mark(at)?;
            if mark == Mark::Frozen || seen / 2 > most {
                let frozen = docs.iter().chain([&at]);
                frozen.for_each(|&at| self.marks[at as usize] = Mark::Frozen);
                self.pairs.truncate(before);
                return Ok(None);
            }
            if mark != Mark::Unseen {
                continue;
            }
            self.marks[at as usize] = Mark::Known; // unless it turns out to be frozen
            docs.push(at);
            // Pairs are stored with the first document of a text: any of the equals may be it.
            self.texts
                .same(self.catalog.row(at)?.1.normal(), &mut next)?;
            let pairs = &mut self.pairs;
            self.table.each(at, |pair| {
                seen += 1;
                if pair.is_accepted {
                    next.push(pair.other);
                }
                pairs.extend(pair.figures.map(|figures| StoredPair {
                    a: at,
                    b: pair.other,
                    figures,
                    segment: pair.segment,
                }));
            })?;
        }
        Ok(Some(docs))
    }
}

/// Replaces removed documents by their copies. Sorted, each once.
fn replace_removed(
    catalog: &Catalog,
    mut pairs: Vec<StoredPair>,
) -> Result<Vec<StoredPair>, Error> {
    if !catalog.state.removed.is_empty() {
        let alive = |at: u32| -> Result<Option<u32>, Error> {
            if !catalog.state.is_removed(at as usize) {
                return Ok(Some(at));
            }
            let same = catalog.same_text(catalog.row(at)?.1.normal())?;
            Ok(same.first().copied())
        };
        let mut replaced = Vec::with_capacity(pairs.len());
        for pair in pairs {
            let ends = alive(pair.a)?.zip(alive(pair.b)?);
            replaced.extend(ends.map(|ends| match ends == (pair.a, pair.b) {
                true => pair,
                false => StoredPair {
                    a: ends.0.min(ends.1),
                    b: ends.0.max(ends.1),
                    figures: pair.figures.of_copies(),
                    ..pair
                },
            }));
        }
        pairs = replaced;
    }
    pairs.retain(|pair| pair.a != pair.b);
    let is_known = |pair: &StoredPair| pair.figures.is_known();
    pairs.sort_unstable_by_key(|pair| (pair.a, pair.b, Reverse((pair.segment, is_known(pair)))));
    pairs.dedup_by_key(|pair| (pair.a, pair.b));
    Ok(pairs)
}
