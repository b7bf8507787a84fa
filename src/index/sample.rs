//! The pages that an index can learn from again.
//!
//! What is learned comes from a sample of pages, chosen by their content hashes, and the sample of
//! samples is that of the whole ([`crate::boilerplate::sample`]). So every batch keeps the words of those of
//! its pages that are in the sample of all documents there were then, and all of them together hold the
//! sample of all documents there are: at most 16,384 pages for the first batch, and of later ones about the
//! part that they are of the index. (Where publishers come to distinguish documents only later, a sample that is
//! full may lack some pages that the whole would choose.)

use crate::boilerplate::{self, PageFacts, PageWord, Pages};
use crate::container::{DiskError, SegmentWriter};
use crate::doc_id::DocId;
use crate::error::Error;
use crate::hash;
use crate::run::index_fields::TrainingPage;
use crate::store::documents::Documents;

use super::catalog::Catalog;
use super::layout::{Row, SAMPLE, SAMPLE_WORDS, SampleRow};
use super::part::Part;
use crate::stages::facts;

/// Pages and the documents they are, by ascending rank.
#[derive(Debug, Default)]
pub(super) struct SampledPages {
    pub(super) docs: Vec<DocId>,
    pub(super) pages: Pages,
}

/// A page that a segment keeps.
#[derive(Clone, Copy)]
struct Kept<'a> {
    part: &'a Part,
    row: SampleRow,
    facts: PageFacts,
}

impl SampledPages {
    /// The sample of all documents of an index that were not removed, where `documents` are these in their
    /// order.
    pub(super) fn of_index(
        catalog: &Catalog,
        alive: &[u32],
        documents: &Documents,
    ) -> Result<SampledPages, Error> {
        let distinguished = documents.publishers_distinguish();
        let mut kept = kept(catalog, &catalog.parts, distinguished)?;
        let chosen = choose(&kept);
        kept = chosen.into_iter().map(|at| kept[at]).collect();
        // From here on pages are distinguished by their words.
        let ranked = |page: &Kept<'_>| PageFacts {
            rank: page.row.rank,
            ..page.facts
        };
        let facts: Vec<PageFacts> = kept.iter().map(ranked).collect();
        let mut sampled = SampledPages::default();
        for at in boilerplate::sample(&facts, boilerplate::SAMPLE) {
            let Kept { part, row, .. } = kept[at];
            let words = part.sample_words(&row)?.iter();
            let words = words.map(|&bits| PageWord::from_bits(bits));
            sampled.pages.push(facts[at], words);
            let position = u32::try_from(part.position).unwrap_or(u32::MAX);
            let place = alive.binary_search(&position.saturating_add(row.doc));
            let place = place.map_err(|_| part.wrong("a page to learn from is of no document"))?;
            sampled.docs.push(DocId::from_index(place));
        }
        Ok(sampled)
    }
}

/// The documents of a batch that are in the sample of it and of an index.
pub(super) fn training_pages(
    documents: &Documents,
    catalog: &Catalog,
) -> Result<Vec<DocId>, Error> {
    let distinguished = catalog.state.publishers_distinguish;
    let kept = kept(catalog, &catalog.parts, distinguished)?;
    let mut all: Vec<PageFacts> = kept.iter().map(|page| page.facts).collect();
    let docs: Vec<DocId> = documents.accepted().collect();
    let of_bytes = |&doc: &DocId| facts(documents, doc, documents.row(doc).content);
    all.extend(docs.iter().map(of_bytes));
    let chosen = boilerplate::sample(&all, boilerplate::SAMPLE).into_iter();
    let own = chosen.filter_map(|at| Some(docs[at.checked_sub(kept.len())?]));
    Ok(own.collect())
}

/// Writes the pages to learn from again, given with their documents of the segment.
pub(super) fn put<'l>(
    file: &mut SegmentWriter<'_>,
    training_pages: impl Iterator<Item = (u32, Option<&'l TrainingPage>)>,
) -> Result<(), DiskError> {
    let training_pages = training_pages.filter_map(|(doc, page)| Some((doc, page?)));
    let training_pages: Vec<(u32, &TrainingPage)> = training_pages.collect();
    let mut end = 0;
    let rows = training_pages.iter().map(|&(doc, page)| {
        let start = end;
        end += page.words.len() as u64;
        SampleRow {
            rank: page.rank,
            start,
            words: u32::try_from(page.words.len()).expect("a record is shorter than 4 GB"),
            doc,
        }
    });
    let rows: Vec<SampleRow> = rows.collect();
    file.section(SAMPLE, 24)?.put(&rows)?;
    let mut section = file.section(SAMPLE_WORDS, 4)?;
    for (_, page) in training_pages {
        let words: Vec<u32> = page.words.iter().map(|word| word.to_bits()).collect();
        section.put(&words)?;
    }
    Ok(())
}

/// Writes those pages of segments that become one which are in the sample of them all. `new` gives the document
/// of the new segment, if it stays.
pub(super) fn merge(
    file: &mut SegmentWriter<'_>,
    (catalog, parts): (&Catalog, &[Part]),
    new: impl Fn(&Part, u32) -> Result<Option<u32>, Error>,
) -> Result<(), Error> {
    let kept = kept(catalog, parts, catalog.state.publishers_distinguish)?;
    let mut rows: Vec<SampleRow> = Vec::new();
    let mut taken = Vec::new();
    let mut start = 0;
    for at in choose(&kept) {
        let Kept { part, row, .. } = kept[at];
        let Some(doc) = new(part, row.doc)? else {
            continue;
        };
        rows.push(SampleRow { start, doc, ..row });
        start += u64::from(row.words);
        taken.push((part, row));
    }
    file.section(SAMPLE, 24)?.put(&rows)?;
    let mut section = file.section(SAMPLE_WORDS, 4)?;
    for (part, row) in taken {
        section.put(part.sample_words(&row)?)?;
    }
    Ok(())
}

/// The pages that segments keep, without those of removed documents.
fn kept<'a>(
    catalog: &Catalog,
    parts: &'a [Part],
    publishers_distinguish: bool,
) -> Result<Vec<Kept<'a>>, Error> {
    let mut kept = Vec::new();
    for part in parts {
        for &row in part.sample()? {
            let of = part.row(row.doc)?;
            if catalog.state.is_removed(part.position + row.doc as usize) {
                continue;
            }
            let facts = facts_of(part, of, publishers_distinguish)?;
            kept.push(Kept { part, row, facts });
        }
    }
    Ok(kept)
}

fn choose(kept: &[Kept<'_>]) -> Vec<usize> {
    let facts: Vec<PageFacts> = kept.iter().map(|page| page.facts).collect();
    boilerplate::sample(&facts, boilerplate::SAMPLE)
}

fn facts_of(part: &Part, row: &Row, publishers_distinguish: bool) -> Result<PageFacts, Error> {
    let name = part.name(row.publisher)?.filter(|_| publishers_distinguish);
    Ok(PageFacts {
        rank: row.content,
        publisher: name.map(|name| hash::bytes(name.as_bytes())),
        day: row.date().map(|date| date.day()),
        is_listing: false, // what listings taught the first time is masked in what is kept
    })
}
