//! Candidates to edges: a component at a time, every text read once for all the pairs it is in.
//!
//! A batch's texts are read into memory and compared; while they are at hand, the caller
//! may compare further pairs among them; then its memory is given back. Batches run in parallel,
//! largest first; a large batch is itself read and compared in parallel.

use std::sync::Mutex;

use rayon::prelude::*;

use super::batches::{self, Batches, DocPair};
use super::context::Context;
use super::error::StageError;
use super::facts::DocFacts;
use super::finalizing::Compare;
use super::method::{Method, Why};
use super::story_texts::{StoryReader, StoryTexts};
use crate::doc_id::DocId;
use crate::likeness::Likeness;
use crate::verify::WordKind;

/// From this size on a batch is worth more than one thread.
const PARALLEL: usize = 512;

/// Pairs that one thread compares at a time.
const PAIRS: usize = 4 * PARALLEL;

/// Reads and compares documents of a corpus.
pub struct Comparer<'a, M> {
    /// Where story texts are taken from.
    pub stories: &'a dyn StoryTexts,
    /// What is known of the documents.
    pub documents: &'a dyn DocFacts,
    /// How texts are compared.
    pub method: M,
    /// Progress, and whether to go on.
    pub context: Context<'a>,
}

/// Documents whose texts are at hand.
pub struct LoadedBatch<'w, M: Method> {
    method: &'w M,
    /// Ascending.
    pub docs: &'w [DocId],
    /// Whether no document of it has a pair in another batch.
    pub whole: bool,
    batch: &'w M::Batch,
    scratch: &'w mut M::Scratch,
    context: Context<'w>,
}

impl<M: Method> Compare for LoadedBatch<'_, M> {
    fn likenesses(&mut self, text: DocId, others: &[DocId]) -> Result<Vec<Likeness>, StageError> {
        let mut likenesses = Vec::with_capacity(others.len());
        let LoadedBatch {
            method,
            docs,
            batch,
            scratch,
            context,
            ..
        } = self;
        let place = |doc: &DocId| docs.binary_search(doc).expect("a document of the batch");
        let others = others.iter().map(place).take_while(|_| context.goes_on());
        method.compare(
            (batch, docs),
            Why::TwoHop,
            place(&text),
            others,
            scratch,
            |found| {
                likenesses.push(method.likeness(found));
            },
        );
        all_compared(*context, likenesses)
    }

    fn of_pairs(&mut self, pairs: &[DocPair]) -> Result<Vec<Likeness>, StageError> {
        let LoadedBatch {
            method,
            docs,
            batch,
            scratch,
            context,
            ..
        } = self;
        let keep = |_, found| Some(method.likeness(found));
        let among = (*docs, *batch, *context);
        let why = Why::TwoHop;
        if pairs.len() <= PAIRS {
            let found = compare(*method, (pairs, why), among, scratch, &keep);
            return all_compared(*context, found);
        }
        let found = pairs
            .par_chunks(PAIRS)
            .map_init(M::Scratch::default, |scratch, pairs| {
                compare(*method, (pairs, why), among, scratch, &keep)
            })
            .collect::<Vec<_>>()
            .concat();
        all_compared(*context, found)
    }
}

/// What comparing gave, unless it was cancelled and some pairs are missing.
pub(super) fn all_compared<T>(context: Context<'_>, found: Vec<T>) -> Result<Vec<T>, StageError> {
    context.go_on().map(|()| found)
}

/// Reads texts for one thread.
pub struct TextReader<'a> {
    stories: Box<dyn StoryReader + 'a>,
    words: Vec<u64>,
    kinds: Vec<WordKind>,
}

impl<'a> TextReader<'a> {
    /// Takes stories from these.
    pub fn of(stories: &'a dyn StoryTexts) -> TextReader<'a> {
        TextReader {
            stories: stories.reader(),
            words: Vec::new(),
            kinds: Vec::new(),
        }
    }

    /// Reads a document.
    ///
    /// # Errors
    ///
    /// If its text cannot be read.
    pub fn read<M: Method>(
        &mut self,
        doc: DocId,
        method: &M,
        text: &mut M::Text,
    ) -> Result<(), StageError> {
        self.stories.take(doc, &mut self.words, &mut self.kinds)?;
        method.prepare(&mut self.words, &mut self.kinds, text);
        Ok(())
    }
}

struct Worker<'a, M: Method> {
    reader: TextReader<'a>,
    text: M::Text,
    batch: M::Batch,
    scratch: M::Scratch,
}

/// Buffers of the threads, kept from batch to batch.
struct Pool<'a, M: Method>(Mutex<Vec<Worker<'a, M>>>, &'a dyn StoryTexts);

impl<'a, M: Method> Pool<'a, M> {
    fn with<R>(&self, work: impl FnOnce(&mut Worker<'a, M>) -> R) -> R {
        let spare = self.0.lock().ok().and_then(|mut spare| spare.pop());
        let mut worker = spare.unwrap_or_else(|| Worker {
            reader: TextReader::of(self.1),
            text: M::Text::default(),
            batch: M::Batch::default(),
            scratch: M::Scratch::default(),
        });
        let result = work(&mut worker);
        if let Ok(mut spare) = self.0.lock() {
            spare.push(worker);
        }
        result
    }
}

impl<M: Method> Comparer<'_, M> {
    /// Whether it was not cancelled.
    pub fn go_on(&self) -> Result<(), StageError> {
        self.context.go_on()
    }

    /// Compares all pairs, and hands each batch with what `keep` made of them, sorted by pair, to
    /// `finish`. The results come in no order that means anything.
    ///
    /// # Errors
    ///
    /// If a document cannot be read again, the caller cancels, or `finish` fails.
    pub fn each_batch<K: Clone + Send, R: Send>(
        &self,
        pairs: Vec<DocPair>,
        why: Why,
        keep: impl Fn(DocPair, M::Found) -> Option<K> + Sync,
        finish: impl Fn(&mut LoadedBatch<'_, M>, Vec<K>) -> Result<R, StageError> + Sync,
    ) -> Result<Vec<R>, StageError> {
        let words: Vec<u32> = self.documents.all_words();
        let Batches { pairs, mut ranges } = Batches::cut(pairs, &words);
        ranges.sort_by_key(|(range, _)| std::cmp::Reverse(range.len()));
        let pool = Pool(Mutex::default(), self.stories);
        // The next free thread takes the largest one left: dealt out beforehand, one thread had the second
        // largest still to do when the other was done.
        ranges
            .into_iter()
            .par_bridge()
            .map(|(range, whole)| {
                self.go_on()?;
                let asked = (&pairs[range.clone()], why);
                let result = self.batch(asked, whole, &pool, &keep, &finish)?;
                if why == Why::Candidates {
                    self.context.progress.advance(range.len() as u64);
                }
                Ok(result)
            })
            .collect()
    }

    fn batch<K: Clone + Send, R>(
        &self,
        (pairs, why): (&[DocPair], Why),
        whole: bool,
        pool: &Pool<'_, M>,
        keep: &(impl Fn(DocPair, M::Found) -> Option<K> + Sync),
        finish: &impl Fn(&mut LoadedBatch<'_, M>, Vec<K>) -> Result<R, StageError>,
    ) -> Result<R, StageError> {
        let mut docs: Vec<DocId> = pairs.iter().flat_map(|&(a, b)| [a, b]).collect();
        docs.sort_unstable();
        docs.dedup();
        let method = &self.method;
        pool.with(|worker| {
            let Worker {
                reader,
                text,
                batch,
                scratch,
            } = worker;
            method.clear(batch);
            let words = docs.iter().map(|&doc| u64::from(self.documents.words(doc)));
            // The rows of a damaged index may say anything: more than a batch holds is not believed.
            let room = words.sum::<u64>().min(batches::LARGEST);
            method.reserve(usize::try_from(room).unwrap_or(0), batch);
            let kept = if docs.len() < PARALLEL {
                for &doc in &docs {
                    self.go_on()?;
                    reader.read(doc, method, text)?;
                    method.push(text, batch);
                }
                let among = (docs.as_slice(), &*batch, self.context);
                compare(method, (pairs, why), among, scratch, keep)
            } else {
                for part in docs.chunks(PARALLEL) {
                    let texts: Result<Vec<M::Text>, StageError> = part
                        .par_iter()
                        .map(|&doc| {
                            self.go_on()?;
                            pool.with(|other| {
                                let mut text = M::Text::default();
                                other.reader.read(doc, method, &mut text)?;
                                Ok(text)
                            })
                        })
                        .collect();
                    texts?.iter().for_each(|text| method.push(text, batch));
                }
                let among = (docs.as_slice(), &*batch, self.context);
                let parts: Vec<Vec<K>> = pairs
                    .par_chunks(PAIRS)
                    .map_init(M::Scratch::default, |scratch, pairs| {
                        let mut kept = compare(method, (pairs, why), among, scratch, keep);
                        kept.shrink_to_fit();
                        kept
                    })
                    .collect();
                // Each part is given back as soon as it was copied: all of them are never held twice.
                let mut kept = Vec::with_capacity(parts.iter().map(Vec::len).sum());
                parts.into_iter().for_each(|part| kept.extend(part));
                kept
            };
            let kept = all_compared(self.context, kept)?;
            finish(
                &mut LoadedBatch {
                    method,
                    docs: &docs,
                    whole,
                    batch,
                    scratch,
                    context: self.context,
                },
                kept,
            )
        })
    }
}

/// Compares pairs of documents of a batch, until cancelled.
fn compare<M: Method, K>(
    method: &M,
    (pairs, why): (&[DocPair], Why),
    (docs, batch, context): (&[DocId], &M::Batch, Context<'_>),
    scratch: &mut M::Scratch,
    keep: &impl Fn(DocPair, M::Found) -> Option<K>,
) -> Vec<K> {
    let place = |doc: DocId| docs.binary_search(&doc).expect("a document of the batch");
    let mut kept = Vec::new();
    for of_one in pairs.chunk_by(|x, y| x.0 == y.0) {
        let others = of_one.iter().map(|&(_, b)| place(b));
        let others = others.take_while(|_| context.goes_on());
        let mut next = of_one.iter();
        method.compare(
            (batch, docs),
            why,
            place(of_one[0].0),
            others,
            scratch,
            |found| {
                kept.extend(next.next().and_then(|&pair| keep(pair, found)));
            },
        );
    }
    kept
}
