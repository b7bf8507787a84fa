//! Pages of a corpus, read again to be learned from.

use rayon::prelude::*;

use crate::boilerplate::{self, LearnedBoilerplate, PageFacts, PageWord, Pages, Taught};
use crate::context::Context;
use crate::corpus::{Corpus, Reader, Record};
use crate::doc_id::DocId;
use crate::error::Error;
use crate::shingle::Shingling;
use crate::stages::{DocFacts, facts, rank};
use crate::store::documents::Documents;
use crate::story::PageReading;
use crate::text;

/// Pages that one thread takes at a time: few enough that none is left alone with a long rest.
const AT_A_TIME: usize = 128;

/// Reads pages of a corpus again, in parallel.
#[derive(Clone, Copy)]
pub(crate) struct PageReader<'a> {
    pub(crate) corpus: &'a Corpus,
    pub(crate) documents: &'a Documents,
    pub(crate) shingling: Shingling,
    pub(crate) kernel: text::Kernel,
    pub(crate) context: Context<'a>,
}

/// The buffers of one thread.
pub(crate) struct PageBuffers<'a> {
    reader: Reader<'a>,
    pub(crate) reading: PageReading,
}

impl<'a> PageReader<'a> {
    pub(crate) fn buffers(&self) -> PageBuffers<'a> {
        let mut reading = PageReading::default();
        reading.set_kernel(self.kernel);
        PageBuffers {
            reader: self.corpus.reader(),
            reading,
        }
    }

    /// Reads a page, without its boilerplate if that is known, and hands it on with its record.
    pub(crate) fn page<R>(
        &self,
        doc: DocId,
        boilerplate: Option<&LearnedBoilerplate>,
        buffers: &mut PageBuffers<'a>,
        use_it: impl FnOnce(&mut PageReading, &Record<'_>) -> R,
    ) -> Result<R, Error> {
        let row = self.documents.row(doc);
        let PageBuffers { reader, reading } = buffers;
        let read = reader.record(row.input as usize, row.offset, row.length, |record| {
            self.mask(doc, record.text, boilerplate, reading);
            use_it(reading, record)
        })?;
        Ok(read)
    }

    /// Does the same, and hands it on with its text alone, which is read faster.
    pub(crate) fn text<R>(
        &self,
        doc: DocId,
        boilerplate: Option<&LearnedBoilerplate>,
        buffers: &mut PageBuffers<'a>,
        use_it: impl FnOnce(&mut PageReading, &str) -> R,
    ) -> Result<R, Error> {
        let PageBuffers { reader, reading } = buffers;
        let read = self.documents.text(doc, reader, |text| {
            self.mask(doc, text, boilerplate, reading);
            use_it(reading, text)
        })?;
        Ok(read)
    }

    fn mask(
        &self,
        doc: DocId,
        text: &str,
        boilerplate: Option<&LearnedBoilerplate>,
        reading: &mut PageReading,
    ) {
        reading.read(text);
        if let Some(boilerplate) = boilerplate {
            let publisher = self.documents.publisher_hash(doc);
            reading.mask(boilerplate, publisher, self.shingling);
        }
    }

    /// Does the same with many pages in parallel; results are in the order of `docs`.
    pub(crate) fn each_page<R: Send>(
        &self,
        docs: &[DocId],
        boilerplate: Option<&LearnedBoilerplate>,
        use_it: impl Fn(DocId, &mut PageReading, &str) -> R + Sync,
    ) -> Result<Vec<R>, Error> {
        docs.par_iter()
            .with_max_len(AT_A_TIME)
            .map_init(
                || self.buffers(),
                |buffers, &doc| {
                    self.context.go_on()?;
                    self.text(doc, boilerplate, buffers, |reading, text| {
                        use_it(doc, reading, text)
                    })
                },
            )
            .collect()
    }
}

/// The words of the sampled documents, without those of their own short lines, and which documents
/// they are: the ones with words, by ascending rank; pages of equal words once.
fn read_sample(pages: &PageReader<'_>, docs: &[DocId]) -> Result<(Vec<DocId>, Pages), Error> {
    let documents = pages.documents;
    let read = pages.each_page(docs, None, |doc, reading, text| {
        let has_words = !reading.words.is_empty();
        has_words.then(|| {
            let facts = PageFacts {
                is_listing: reading.is_listing,
                ..facts(documents, doc, rank(reading.page_hash(text)))
            };
            (doc, facts, reading.page_words.clone())
        })
    })?;
    let read: Vec<_> = read.into_iter().flatten().collect();
    let facts: Vec<PageFacts> = read.iter().map(|(_, facts, _)| *facts).collect();
    let places = boilerplate::sample(&facts, boilerplate::SAMPLE);
    let chosen = places.iter().map(|&at| &read[at]);
    let words = chosen.clone().map(|(_, _, words)| words.as_slice());
    let sample: Vec<(PageFacts, &[PageWord])> = chosen
        .clone()
        .map(|(_, facts, _)| *facts)
        .zip(words)
        .collect();
    let (docs, sample) = (chosen.map(|(doc, ..)| *doc).collect(), Pages::of(&sample));
    Ok((docs, sample))
}

/// Learns boilerplate from the sampled documents. Hands back those of them that were learned from.
pub(crate) fn boilerplate(
    pages: &PageReader<'_>,
    docs: &[DocId],
) -> Result<(Vec<DocId>, Taught), Error> {
    let (docs, sample) = read_sample(pages, docs)?;
    let taught = boilerplate::learn(&sample, pages.context.cancelled);
    Ok((docs, taught.ok_or(Error::Cancelled)?))
}

/// How many of the sampled pages lose their story to tables that were given: see [`boilerplate::disputed_pages`].
pub(crate) fn disputed_pages(
    pages: &PageReader<'_>,
    docs: &[DocId],
    given: &LearnedBoilerplate,
) -> Result<u64, Error> {
    let (_, sample) = read_sample(pages, docs)?;
    boilerplate::disputed_pages(&sample, given, pages.context.cancelled).ok_or(Error::Cancelled)
}
