//! A batch of documents as a segment: what is filed about them, then the pairs they are in.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::band_keys::{ShortKey, short, stored};
use super::layout::{
    ID_DOCS, ID_HASHES, IDS, KEY_DOCS, KEYS, NAME_ENDS, NAMES, NONE, ROWS, Row, SCREENS, TEXT_DOCS,
    TEXTS, TITLE_ENDS, TITLES, VOCABULARY,
};
use super::new_pairs::{self, NewPair};
use super::sample;
use super::story_codes::{self, WordCounts, commonest_first, push};
use crate::attribution::Agency;
use crate::cluster::Facts;
use crate::container::{DiskError, FileRef, SegmentWriter};
use crate::doc_id::DocId;
use crate::error::Error;
use crate::hash;
use crate::lsh::{bands_together, gather, sort_filed};
use crate::run::order::Sketched;
use crate::store::story_store::code;

/// Stories whose words are counted at a time, at most: so that several threads do it.
const STORIES_AT_A_TIME: usize = 4_096;

/// A segment whose pairs are still to come.
pub(super) struct NewSegment<'w> {
    file: SegmentWriter<'w>,
    /// How many documents it has.
    pub(super) documents: u64,
}

/// Names, each once, in order of appearance.
#[derive(Default)]
struct Names<'a> {
    numbers: HashMap<&'a str, u32>,
    list: Vec<&'a str>,
}

impl<'a> Names<'a> {
    fn number(&mut self, name: Option<&'a str>) -> u32 {
        let Some(name) = name else { return NONE };
        let next = u32::try_from(self.list.len()).expect("fewer names than documents");
        *self.numbers.entry(name).or_insert_with(|| {
            self.list.push(name);
            next
        })
    }
}

impl<'w> NewSegment<'w> {
    /// Writes what is filed about the documents of a batch that were not rejected, in their order.
    pub(super) fn begin(mut file: SegmentWriter<'w>, batch: &Sketched<'_>) -> Result<Self, Error> {
        let docs: Vec<DocId> = batch.documents.accepted().collect();
        let starts = put_stories(&mut file, batch, &docs)?;
        put_rows(&mut file, batch, &docs, &starts)?;
        let titles = docs.iter().map(|doc| &*batch.fields[doc.index()].title);
        put_texts(&mut file, (TITLES, TITLE_ENDS), titles)?;
        put_filed(&mut file, (TEXTS, TEXT_DOCS), docs.len(), |at| {
            #[expect(clippy::cast_possible_truncation)] // the lower half
            let low = batch.documents.row(docs[at]).normal as u64;
            low
        })?;
        put_filed(&mut file, (ID_HASHES, ID_DOCS), docs.len(), |at| {
            hash::bytes(batch.documents.id(docs[at]).as_bytes())
        })?;
        put_keys(&mut file, batch, &docs)?;
        put_screens(&mut file, batch, &docs)?;
        let fields = docs.iter().map(|doc| &batch.fields[doc.index()]);
        sample::put(
            &mut file,
            (0..).zip(fields.map(|page| page.training_page.as_deref())),
        )?;
        Ok(NewSegment {
            file,
            documents: docs.len() as u64,
        })
    }

    /// Writes the pairs, sorted, and ends the segment, whose first document has this number.
    pub(super) fn finish(
        mut self,
        first: u64,
        pairs: impl Iterator<Item = NewPair> + Clone,
    ) -> Result<FileRef, Error> {
        new_pairs::put(&mut self.file, pairs)?;
        Ok(self.file.finish(first..first + self.documents)?)
    }
}

fn put_rows(
    file: &mut SegmentWriter<'_>,
    batch: &Sketched<'_>,
    docs: &[DocId],
    starts: &[u64],
) -> Result<(), Error> {
    let documents = batch.documents;
    let mut names = Names::default();
    let mut ids = String::new();
    let mut rows = Vec::with_capacity(docs.len());
    for (&doc, &story) in docs.iter().zip(starts) {
        let row = documents.row(doc);
        let id = documents.id(doc);
        let credit = batch.fields[doc.index()].credit;
        let mut stored = Row {
            content: row.content,
            normal: bytemuck::cast(row.normal),
            id: ids.len() as u64,
            story,
            id_length: length(id.len()),
            story_length: length(batch.stories.story(holder(batch, doc)).words.len()),
            words: row.words,
            page_words: row.page_words,
            masked: row.masked,
            publisher: names.number(documents.publisher(doc)),
            agency: names.number(credit.agency.map(Agency::name)),
            ..Row::default()
        };
        stored.set_date(row.date);
        if credit.is_from_agency {
            stored.set_from_agency();
        }
        ids.push_str(&id);
        rows.push(stored);
    }
    file.section(ROWS, 80)?.put(&rows)?;
    file.section(IDS, 1)?.put(ids.as_bytes())?;
    put_texts(file, (NAMES, NAME_ENDS), names.list.into_iter())?;
    Ok(())
}

/// Writes names or titles, one behind the other, and where each ends.
pub(super) fn put_texts<'t>(
    file: &mut SegmentWriter<'_>,
    (texts, ends): (u32, u32),
    given: impl Iterator<Item = &'t str>,
) -> Result<(), DiskError> {
    let mut where_each_ends: Vec<u64> = Vec::new();
    let mut end = 0;
    let mut section = file.section(texts, 1)?;
    for text in given {
        section.put(text.as_bytes())?;
        end += text.len() as u64;
        where_each_ends.push(end);
    }
    file.section(ends, 8)?.put(&where_each_ends)
}

/// Writes hashes, ascending, and which document each is of.
fn put_filed(
    file: &mut SegmentWriter<'_>,
    (hashes, numbers): (u32, u32),
    documents: usize,
    hash: impl Fn(usize) -> u64 + Sync,
) -> Result<(), DiskError> {
    let mut filed: Vec<(u64, u32)> = (0..documents)
        .into_par_iter()
        .map(|at| (hash(at), length(at)))
        .collect();
    sort_filed(&mut filed);
    let (own, docs): (Vec<u64>, Vec<u32>) = filed.into_iter().unzip();
    file.section(hashes, 8)?.put(&own)?;
    file.section(numbers, 4)?.put(&docs)
}

/// Writes the keys of the first document of every text, band by band.
fn put_keys(
    file: &mut SegmentWriter<'_>,
    batch: &Sketched<'_>,
    docs: &[DocId],
) -> Result<(), DiskError> {
    let documents = batch.documents;
    let bands = documents.keys.len() / documents.rows.len().max(1);
    let is_filed =
        |doc: DocId| batch.texts.first(doc) == doc && documents.row(doc).can_have_copies();
    let filed = docs.iter().copied().zip(0..);
    let filed: Vec<(DocId, u32)> = filed.filter(|&(doc, _)| is_filed(doc)).collect();
    let mut of_docs: Vec<u32> = Vec::with_capacity(filed.len() * bands);
    let mut keys = file.section(KEYS, 6)?;
    let together = bands_together(filed.len());
    let starts: Vec<usize> = (0..bands).step_by(together).collect();
    for some in starts.chunks(rayon::current_num_threads()) {
        let sorted: Vec<(Vec<ShortKey>, Vec<u32>)> = some
            .par_iter()
            .flat_map(|&start| {
                let some = start..bands.min(start + together);
                gather((&documents.keys, bands), some, filed.iter().copied())
            })
            .map(|mut sorted| {
                sorted.iter_mut().for_each(|(key, _)| *key = stored(*key));
                sort_filed(&mut sorted);
                sorted
                    .into_iter()
                    .map(|(key, doc)| (short(key), doc))
                    .unzip()
            })
            .collect();
        for (own, docs) in sorted {
            keys.put(&own)?;
            of_docs.extend(docs);
        }
    }
    file.section(KEY_DOCS, 4)?.put(&of_docs)
}

fn put_screens(
    file: &mut SegmentWriter<'_>,
    batch: &Sketched<'_>,
    docs: &[DocId],
) -> Result<(), DiskError> {
    let documents = batch.documents;
    let slots = documents.screens.len() / documents.rows.len().max(1);
    let mut section = file.section(SCREENS, 1)?;
    for &doc in docs {
        section.put(&documents.screens[doc.index() * slots..][..slots])?;
    }
    Ok(())
}

/// Writes the stories of documents, equal ones once, and the words they are made of. Says where the story of each
/// document starts.
fn put_stories(
    file: &mut SegmentWriter<'_>,
    batch: &Sketched<'_>,
    docs: &[DocId],
) -> Result<Vec<u64>, Error> {
    let mut holders: Vec<DocId> = Vec::new();
    let mut place_of: HashMap<DocId, usize, FixedState> = HashMap::default();
    let places: Vec<usize> = docs
        .iter()
        .map(|&doc| {
            let holder = holder(batch, doc);
            *place_of.entry(holder).or_insert_with(|| {
                holders.push(holder);
                holders.len() - 1
            })
        })
        .collect();
    let vocabulary = commonest_first(counts(batch, &holders));
    file.section(VOCABULARY, 8)?.put(&vocabulary)?;
    let numbers: HashMap<u64, u32, FixedState> = vocabulary.into_iter().zip(0..).collect();
    let starts = story_codes::put(file, &holders, |&doc, codes| {
        let story = batch.stories.story(doc);
        for (word, kind) in story.words.iter().zip(story.kinds()) {
            push(codes, numbers[word], code(kind));
        }
        Ok(())
    })?;
    Ok(places.into_iter().map(|place| starts[place]).collect())
}

/// How often each word is in the stories of some documents.
fn counts(batch: &Sketched<'_>, holders: &[DocId]) -> WordCounts {
    let holders = holders.par_iter().with_max_len(STORIES_AT_A_TIME);
    let counts = holders.fold(WordCounts::default, |mut counts, &doc| {
        for &word in batch.stories.story(doc).words {
            *counts.entry(word).or_default() += 1;
        }
        counts
    });
    counts.reduce(WordCounts::default, |a, b| {
        let (mut more, fewer) = if a.len() < b.len() { (b, a) } else { (a, b) };
        for (word, count) in fewer {
            *more.entry(word).or_default() += count;
        }
        more
    })
}

/// The document whose story stands for that of a document: equal ones are written once. A thin document is equal to
/// others by its page, and its leftover is its own.
fn holder(batch: &Sketched<'_>, doc: DocId) -> DocId {
    match batch.documents.row(doc).words {
        0 => doc,
        _ => batch.texts.first(doc),
    }
}

fn length(length: usize) -> u32 {
    u32::try_from(length).expect("an index holds fewer than 2^32 documents")
}
