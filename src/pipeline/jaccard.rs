//! The method of the `near` profile: exact overlaps of shingle sets.

use super::documents::Documents;
use super::error::Error;
use super::method::{Method, Why};
use super::sketching::Reading;
use super::story_store::StoryTexts;
use crate::corpus::Reader;
use crate::doc_id::DocId;
use crate::likeness::Likeness;
use crate::shingle::Shingling;
use crate::similarity::Overlap;
use crate::verify::{Marks, ShingleSets, WordKind};

/// Counts what shingle sets share.
#[derive(Clone, Copy)]
pub(super) struct JaccardMethod<'a> {
    documents: &'a Documents,
    shingling: Shingling,
    /// Where the units of documents were spilled; else documents are read again.
    stories: Option<&'a dyn StoryTexts>,
}

impl<'a> JaccardMethod<'a> {
    pub(super) fn new(
        documents: &'a Documents,
        shingling: Shingling,
        stories: Option<&'a dyn StoryTexts>,
    ) -> JaccardMethod<'a> {
        JaccardMethod {
            documents,
            shingling,
            stories,
        }
    }
}

impl Method for JaccardMethod<'_> {
    type Reading = (Reading, Vec<WordKind>);
    type Text = Vec<u64>;
    type Batch = ShingleSets;
    type Scratch = Marks;
    type Found = Overlap;

    fn read(
        &self,
        doc: DocId,
        reader: &mut Reader<'_>,
        (reading, kinds): &mut (Reading, Vec<WordKind>),
        text: &mut Vec<u64>,
    ) -> Result<(), Error> {
        match self.stories {
            Some(stories) => {
                stories.take(doc, &mut reading.units, kinds)?;
                (self.shingling).shingles(&reading.units, &mut reading.shingles);
            }
            None => {
                (self.documents).text(doc, reader, |text| reading.read(text, self.shingling))?
            }
        }
        std::mem::swap(&mut reading.shingles, text);
        Ok(())
    }

    fn clear(&self, batch: &mut ShingleSets) {
        batch.clear();
    }

    fn push(&self, text: &Vec<u64>, batch: &mut ShingleSets) {
        batch.push(text);
    }

    fn compare(
        &self,
        (batch, _): (&ShingleSets, &[DocId]),
        _: Why,
        text: usize,
        others: impl Iterator<Item = usize>,
        scratch: &mut Marks,
        mut found: impl FnMut(Overlap),
    ) {
        batch.overlaps(text, others, scratch, |_, overlap| found(overlap));
    }

    fn likeness(&self, found: Overlap) -> Likeness {
        Likeness::of_sets(found)
    }
}
