//! The texts of a batch that are looked up in an index: new ones, and known ones of which the batch says more.
//!
//! Whether two texts are copies may depend on days and outlets of all their documents, and on the bytes of the one
//! that stands for each ([`crate::stages`], [`Texts`]). A document of a known text that
//! brings another day, another outlet or smaller bytes *renews* it: all its pairs are compared once more.

use std::cmp::Ordering;

use super::catalog::Catalog;
use crate::cluster::Facts;
use crate::doc_id::DocId;
use crate::error::Error;
use crate::stages::Texts;
use crate::store::documents::Documents;

/// A text that is looked up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sought {
    /// A document of the batch that has it.
    pub(super) doc: DocId,
    /// The position of the document that stands for it, in the index or behind it.
    pub(super) at: u32,
    /// Whether the index has it.
    pub(super) is_renewed: bool,
}

/// What of a batch is looked up.
#[derive(Debug, Default)]
pub(super) struct SoughtTexts {
    pub(super) texts: Vec<Sought>,
    /// Positions of documents of the index whose texts the batch has.
    pub(super) equal: Vec<u32>,
    /// Those of them whose texts it renews.
    pub(super) renewed: Vec<u32>,
}

impl SoughtTexts {
    /// The texts of a batch.
    pub(super) fn of(
        catalog: &Catalog,
        batch: &Documents,
        texts: &Texts,
    ) -> Result<SoughtTexts, Error> {
        let of_index = catalog.texts()?;
        let before = catalog.documents();
        let mut sought = SoughtTexts::default();
        for doc in texts.firsts().filter(|&doc| !batch.row(doc).rejected) {
            let known = sought.equal.len();
            of_index.same(batch.row(doc).normal, &mut sought.equal)?;
            let same = &sought.equal[known..];
            if !batch.row(doc).can_have_copies() {
                continue;
            }
            let own = u32::try_from(before + doc.index()).expect("a position");
            let at = match stands_for(catalog, same)? {
                None => Some(own),
                Some(_) if !says_more(catalog, same, (batch, texts), doc)? => None,
                Some(at) => Some(match is_smaller(catalog, at, batch, doc)? {
                    true => own,
                    false => at,
                }),
            };
            if let Some(at) = at {
                let is_renewed = !same.is_empty();
                sought.renewed.extend_from_slice(same);
                sought.texts.push(Sought {
                    doc,
                    at,
                    is_renewed,
                });
            }
        }
        Ok(sought)
    }
}

/// Whether documents of a batch are of a day or an outlet that none of the index's documents of the text is of, or of
/// smaller bytes than all.
fn says_more(
    catalog: &Catalog,
    same: &[u32],
    (batch, texts): (&Documents, &Texts),
    first: DocId,
) -> Result<bool, Error> {
    let mut known = Vec::with_capacity(same.len());
    for &at in same {
        let (part, row) = catalog.row(at)?;
        known.push((row.date(), part.name(row.publisher)?, row.content));
    }
    let least = known.iter().map(|&(.., content)| content).min();
    let says_more = |doc: DocId| {
        let (date, outlet) = (batch.row(doc).date, batch.publisher(doc));
        let is_smaller = least.is_none_or(|least| batch.row(doc).content < least);
        is_smaller || !known.iter().any(|&(on, of, _)| (on, of) == (date, outlet))
    };
    Ok(std::iter::once(first)
        .chain(texts.copies(first))
        .any(says_more))
}

/// The document that stands for a text, of the positions of those that have it.
pub(super) fn stands_for(catalog: &Catalog, same: &[u32]) -> Result<Option<u32>, Error> {
    let mut best: Option<(u64, &str, u32)> = None;
    for &at in same {
        let (part, row) = catalog.row(at)?;
        let own = (row.content, part.id(row)?, at);
        best = Some(best.map_or(own, |best| best.min(own)));
    }
    Ok(best.map(|(.., at)| at))
}

/// Whether a document of a batch stands for a text rather than one of the index.
fn is_smaller(catalog: &Catalog, at: u32, batch: &Documents, doc: DocId) -> Result<bool, Error> {
    let (part, row) = catalog.row(at)?;
    let content = batch.row(doc).content.cmp(&row.content);
    let id = part.id(row)?;
    Ok(content.then_with(|| batch.id(doc).as_ref().cmp(id)) == Ordering::Less)
}

/// Of documents, leaves the one that stands for each text; ascending.
pub(super) fn once_a_text(
    catalog: &Catalog,
    group: &mut Vec<u32>,
    rank: impl Fn(u32) -> u64,
) -> Result<(), Error> {
    if group.len() < 2 {
        return Ok(());
    }
    // Most keys hold each text once, and a rank is looked up at random.
    let mut ranked: Vec<(u64, u32)> = group.iter().map(|&at| (rank(at), at)).collect();
    ranked.sort_unstable();
    if !ranked.is_sorted_by(|x, y| x.0 < y.0) {
        group.clear();
        for same in ranked.chunk_by(|x, y| x.0 == y.0) {
            match same {
                [(_, at)] => group.push(*at),
                several => {
                    let several: Vec<u32> = several.iter().map(|&(_, at)| at).collect();
                    group.extend(stands_for(catalog, &several)?);
                }
            }
        }
    }
    group.sort_unstable();
    Ok(())
}

/// Adds all documents of the texts of some.
pub(super) fn with_equals(catalog: &Catalog, positions: &mut Vec<u32>) -> Result<(), Error> {
    let texts = catalog.texts()?;
    let mut all = Vec::with_capacity(positions.len());
    for &at in positions.iter() {
        texts.same(catalog.row(at)?.1.normal(), &mut all)?;
    }
    all.append(positions);
    all.sort_unstable();
    all.dedup();
    *positions = all;
    Ok(())
}
