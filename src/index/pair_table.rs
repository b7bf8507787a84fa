//! Which pairs is a document in? All segments' pairs by the position of the document, to follow
//! them from one to the next.
//!
//! Seeking each document's among millions took longer than going once through all of them: a table of
//! where those of each document begin is made first, 8 bytes a document and segment.

use super::catalog::Catalog;
use super::figures::FigureRow;
use super::layout::PairRow;
use super::part::Part;
use crate::error::Error;

/// A stored pair, as one of its documents sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct SeenPair {
    /// The position of the other document.
    pub(super) other: u32,
    pub(super) is_accepted: bool,
    /// The segment that has it, by its place.
    pub(super) segment: usize,
    /// Under the earlier of the two documents only, so each pair once: what is known of it.
    pub(super) figures: Option<FigureRow>,
}

/// The pairs of an index by document.
pub(super) struct PairTable<'a> {
    catalog: &'a Catalog,
    parts: Vec<PartPairs<'a>>,
}

/// Those of a segment.
struct PartPairs<'a> {
    part: &'a Part,
    rows: &'a [PairRow],
    figures: &'a [FigureRow],
    /// By position: where the pairs of the document begin, and the figures of those that it is the earlier
    /// document of. Ends behind the last document that has any.
    starts: Vec<(u32, u32)>,
}

impl<'a> PairTable<'a> {
    /// Goes through all pairs.
    pub(super) fn of(catalog: &'a Catalog) -> Result<PairTable<'a>, Error> {
        let parts = catalog.parts.iter().map(|part| {
            let (rows, figures) = (part.pairs()?, part.figures()?);
            let starts = starts(catalog, part, rows)?;
            let last = starts.last().map_or(0, |&(_, figures)| figures);
            if figures.len() != last as usize {
                return Err(part.wrong("the figures are more or fewer than the pairs"));
            }
            Ok(PartPairs {
                part,
                rows,
                figures,
                starts,
            })
        });
        Ok(PairTable {
            catalog,
            parts: parts.collect::<Result<_, Error>>()?,
        })
    }

    /// Hands out the pairs of a document, segment after segment. What the last one says of a pair holds.
    pub(super) fn each(&self, position: u32, mut found: impl FnMut(SeenPair)) -> Result<(), Error> {
        for (segment, own) in self.parts.iter().enumerate() {
            let at = position as usize;
            let Some(&[(start, mut figure), (end, _)]) = own.starts.get(at..at + 2) else {
                continue;
            };
            for pair in &own.rows[start as usize..end as usize] {
                let other = self.catalog.position(pair.other());
                let other = other
                    .ok_or_else(|| own.part.wrong("a pair names a document that is not here"))?;
                let figures = pair.is_of_earlier().then(|| {
                    figure += 1;
                    own.figures[figure as usize - 1] // as many as there are
                });
                found(SeenPair {
                    other,
                    is_accepted: pair.is_accepted(),
                    segment,
                    figures,
                });
            }
        }
        Ok(())
    }
}

/// Where the pairs of every document begin, by position, and their figures; at the end, where the last ones end.
fn starts(catalog: &Catalog, part: &Part, rows: &[PairRow]) -> Result<Vec<(u32, u32)>, Error> {
    if u32::try_from(rows.len()).is_err() {
        return Err(part.wrong("more pairs than can be"));
    }
    let mut starts: Vec<(u32, u32)> = Vec::new();
    let (mut row, mut figures) = (0, 0);
    for of_one in rows.chunk_by(|x, y| x.of == y.of) {
        let position = catalog.position(of_one[0].of);
        let position = position
            .ok_or_else(|| part.wrong("a pair names a document that is not here"))?
            as usize;
        if starts.len() > position {
            return Err(part.wrong("pairs are out of order"));
        }
        starts.resize(position + 1, (row, figures));
        for pair in of_one {
            row += 1;
            figures += u32::from(pair.is_of_earlier());
        }
    }
    starts.push((row, figures));
    Ok(starts)
}
