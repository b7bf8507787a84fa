//! A document as the `near` profile compares it: to show a pair.

use std::ops::Range;

use crate::corpus::{OwnedRecord, Reader};
use crate::doc_id::DocId;
use crate::error::Error;
use crate::inspect::explain::owned;
use crate::shingle::Shingling;
use crate::store::documents::Documents;
use crate::story::TextReading;

/// What is read of one document.
pub(crate) struct NearPage {
    pub(crate) record: OwnedRecord,
    pub(crate) shingles: Vec<u64>,
    /// The place of every word in the text, and the units read before and after it.
    pub(crate) words: Vec<(Range<usize>, Range<usize>)>,
}

impl NearPage {
    pub(crate) fn read(
        shingling: Shingling,
        documents: &Documents,
        reader: &mut Reader<'_>,
        doc: DocId,
    ) -> Result<NearPage, Error> {
        let row = documents.row(doc);
        let read = reader.record(row.input as usize, row.offset, row.length, |record| {
            let mut reading = TextReading::default();
            let mut words = Vec::new();
            reading.read_each(record.text, shingling, |text, units| {
                words.push((text, units))
            });
            NearPage {
                record: owned(record),
                shingles: reading.shingles,
                words,
            }
        })?;
        Ok(read)
    }

    /// Units of the text: words, or characters.
    pub(crate) fn units(&self) -> usize {
        self.words.last().map_or(0, |(_, units)| units.end)
    }

    /// Units that a shingle of the text covers. One of fewer units than that is one shingle.
    pub(crate) fn window(&self, shingling: Shingling) -> usize {
        (shingling.length() as usize).min(self.units())
    }
}
