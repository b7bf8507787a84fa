//! What a run learns of its whole corpus before it compares: boilerplate, how common words are,
//! and stock paragraphs.
//!
//! All of it is learned from one bounded sample of pages, and then frozen: the same value gives
//! the same verdict on a pair, in this run or another.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::documents::{Documents, NO_PUBLISHER, rank};
use super::error::Error;
use super::story::PageReading;
use super::story_store::{StoredStory, StoryStore};
use crate::boilerplate::{self, LearnedBoilerplate, PageFacts, PageWord, Pages, Taught};
use crate::corpus::{Corpus, Reader, Record};
use crate::doc_id::DocId;
use crate::hash;
use crate::shingle::Shingling;
use crate::text;
use crate::verify::{PageCounts, Stock, WordFrequencies};

/// Cells of the word counts, as a power of two: 8 MB, and a word in a thousand shares one.
pub(super) const LOG2_WORD_CELLS: u32 = 20;

/// What the `wire` profile learned of a corpus: which text is boilerplate, how common words are,
/// and which passages are the stock of many stories.
///
/// A run gives it ([`Run::learned`](super::Run::learned)) and writes it as `boilerplate.bin`;
/// another may start from it ([`Job::learned`](super::Job::learned)) and then learns nothing: the
/// pages of one day are masked by what a year has taught, and a pair gets the same verdict in both
/// runs.
///
/// ```no_run
/// use wirecopy::pipeline::Learned;
/// use wirecopy::{Job, Recipe};
///
/// let year = Job::new(Recipe::default_wire()).path("year.jsonl").run()?;
/// year.learned().expect("of a wire run").save("year.bin".as_ref())?;
/// let day = Job::new(Recipe::default_wire())
///     .path("day.jsonl")
///     .learned(Learned::load("year.bin".as_ref())?)
///     .run()?;
/// # Ok::<(), wirecopy::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Learned {
    /// What is masked.
    pub(crate) boilerplate: LearnedBoilerplate,
    /// How common words are.
    pub(crate) words: WordFrequencies,
    /// Shingles of stock paragraphs, once they are known.
    pub(crate) stock: Option<Stock>,
    /// The hash of the file it was read from.
    pub(crate) file: Option<u64>,
}

/// Pages that one thread takes at a time: few enough that none is left alone with a long rest.
const AT_A_TIME: usize = 128;

impl Learned {
    /// What is known before stock is told.
    pub(super) fn without_stock(
        boilerplate: LearnedBoilerplate,
        words: WordFrequencies,
    ) -> Learned {
        Learned {
            boilerplate,
            words,
            stock: None,
            file: None,
        }
    }
}

/// Reads pages of a corpus again, in parallel.
#[derive(Clone, Copy)]
pub(crate) struct PageReader<'a> {
    pub(crate) corpus: &'a Corpus,
    pub(crate) documents: &'a Documents,
    pub(crate) shingling: Shingling,
    pub(crate) kernel: text::Kernel,
    pub(crate) cancelled: &'a AtomicBool,
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

    /// Whether it was not cancelled.
    pub(crate) fn go_on(&self) -> Result<(), Error> {
        match self.cancelled.load(Ordering::Relaxed) {
            true => Err(Error::Cancelled),
            false => Ok(()),
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
    pub(super) fn text<R>(
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
                    self.go_on()?;
                    self.text(doc, boilerplate, buffers, |reading, text| {
                        use_it(doc, reading, text)
                    })
                },
            )
            .collect()
    }
}

/// The documents a corpus is learned from; pages of equal bytes once.
pub(crate) fn sampled(documents: &Documents) -> Vec<DocId> {
    let docs: Vec<DocId> = documents.accepted().collect();
    let of_bytes = |&doc: &DocId| facts(documents, doc, documents.row(doc).content);
    let facts: Vec<PageFacts> = docs.iter().map(of_bytes).collect();
    let places = boilerplate::sample(&facts, boilerplate::SAMPLE);
    places.into_iter().map(|at| docs[at]).collect()
}

/// What is known of a document to be learned from, besides its words.
pub(super) fn facts(documents: &Documents, doc: DocId, rank: u64) -> PageFacts {
    PageFacts {
        rank,
        publisher: documents.publisher_hash(doc),
        day: documents.row(doc).date.map(|date| date.day()),
        is_listing: false, // not known before it is read
    }
}

/// Pages whose words are held at a time, besides those that are learned from.
const PART: usize = 4_096;

/// The pages that were learned from.
#[derive(Debug, Default)]
pub(crate) struct Sample {
    pub(crate) docs: Vec<DocId>,
    /// On how many of them the shingles of story texts stand.
    pub(crate) shingles: PageCounts,
    /// Sets of them that were not looked at: see [`Taught::unjudged`].
    pub(crate) unjudged: u64,
    /// Pages that lose their story to tables that were given.
    pub(crate) disputed: u64,
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
    let taught = boilerplate::learn(&sample, pages.cancelled);
    Ok((docs, taught.ok_or(Error::Cancelled)?))
}

/// How many of the sampled pages lose their story to tables that were given: see [`boilerplate::disputed_pages`].
pub(super) fn disputed_pages(
    pages: &PageReader<'_>,
    docs: &[DocId],
    given: &LearnedBoilerplate,
) -> Result<u64, Error> {
    let (_, sample) = read_sample(pages, docs)?;
    boilerplate::disputed_pages(&sample, given, pages.cancelled).ok_or(Error::Cancelled)
}

/// Counts on how many pages of the sample the words of story texts stand, and their shingles.
pub(super) fn counts(
    docs: &[DocId],
    stories: &StoryStore,
    shingling: Shingling,
    cancelled: &AtomicBool,
) -> Result<(WordFrequencies, PageCounts), Error> {
    let mut words = WordFrequencies::new(LOG2_WORD_CELLS);
    let mut shingles = PageCounts::new();
    for part in docs.chunks(PART) {
        if cancelled.load(Ordering::Relaxed) {
            return Err(Error::Cancelled);
        }
        let read: Vec<_> = part
            .par_iter()
            .map(|&doc| {
                let story = stories.story(doc);
                let shingles = shingles_of(story, shingling);
                (distinct(story.words.to_vec()), distinct(shingles))
            })
            .collect();
        rayon::join(
            || {
                read.iter()
                    .for_each(|(own, _)| words.observe(own.iter().copied()))
            },
            || read.iter().for_each(|(_, own)| shingles.add(own)),
        );
    }
    Ok((words, shingles))
}

/// The shingles of a story text.
pub(super) fn shingles_of(story: StoredStory<'_>, shingling: Shingling) -> Vec<u64> {
    let mut shingles = Vec::new();
    shingling.shingles(story.words, &mut shingles);
    shingles
}

/// Each value once.
pub(crate) fn distinct(mut values: Vec<u64>) -> Vec<u64> {
    values.sort_unstable();
    values.dedup();
    values
}

impl Documents {
    /// Whether publishers are known and distinguish documents.
    pub(crate) fn publishers_distinguish(&self) -> bool {
        self.publishers_distinguish
            .unwrap_or_else(|| self.publishers() > 1)
    }

    /// Whether one outlet published both, where outlets distinguish documents.
    pub(crate) fn are_of_one_outlet(&self, a: DocId, b: DocId) -> bool {
        let outlet = self.row(a).publisher;
        outlet != NO_PUBLISHER && outlet == self.row(b).publisher && self.publishers_distinguish()
    }

    /// A number for a document's publisher that means the same in every corpus.
    pub(crate) fn publisher_hash(&self, doc: DocId) -> Option<u64> {
        let publisher = self.row(doc).publisher;
        (publisher != NO_PUBLISHER && self.publishers_distinguish())
            .then(|| hash::bytes(self.publisher_name(publisher).as_bytes()))
    }
}
