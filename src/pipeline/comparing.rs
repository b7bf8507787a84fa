//! Candidates to edges: a component at a time, every text read once for all the pairs it is in.
//!
//! A batch's texts are read into memory and compared; while they are at hand, the caller
//! may compare further pairs among them; then its memory is given back. Batches run in parallel,
//! largest first; a large batch is itself read and compared in parallel.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::batches::{self, Batches, DocPair};
use super::documents::Documents;
use super::error::Error;
use super::judging::Compare;
use super::method::{Method, Why};
use super::progress::Progress;
use crate::corpus::{Corpus, Reader};
use crate::doc_id::DocId;
use crate::likeness::Likeness;

/// From this size on a batch is worth more than one thread.
const PARALLEL: usize = 512;

/// Pairs that one thread compares at a time.
const PAIRS: usize = 4 * PARALLEL;

/// Reads and compares documents of a corpus.
pub(super) struct Comparer<'a, M> {
    pub(super) corpus: &'a Corpus,
    pub(super) documents: &'a Documents,
    pub(super) method: M,
    pub(super) cancelled: &'a AtomicBool,
    pub(super) progress: &'a dyn Progress,
}

/// Documents whose texts are at hand.
pub(super) struct LoadedBatch<'w, M: Method> {
    method: &'w M,
    /// Ascending.
    pub(super) docs: &'w [DocId],
    /// Whether no document of it has a pair in another batch.
    pub(super) whole: bool,
    batch: &'w M::Batch,
    scratch: &'w mut M::Scratch,
    cancelled: &'w AtomicBool,
}

impl<M: Method> Compare for LoadedBatch<'_, M> {
    fn likenesses(&mut self, text: DocId, others: &[DocId]) -> Result<Vec<Likeness>, Error> {
        let mut likenesses = Vec::with_capacity(others.len());
        let LoadedBatch {
            method,
            docs,
            batch,
            scratch,
            cancelled,
            ..
        } = self;
        let place = |doc: &DocId| docs.binary_search(doc).expect("a document of the batch");
        let others = others.iter().map(place).take_while(|_| goes_on(cancelled));
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
        all_compared(cancelled, likenesses)
    }

    fn of_pairs(&mut self, pairs: &[DocPair]) -> Result<Vec<Likeness>, Error> {
        let LoadedBatch {
            method,
            docs,
            batch,
            scratch,
            cancelled,
            ..
        } = self;
        let keep = |_, found| Some(method.likeness(found));
        let among = (*docs, *batch, *cancelled);
        let why = Why::TwoHop;
        if pairs.len() <= PAIRS {
            let found = compare(*method, (pairs, why), among, scratch, &keep);
            return all_compared(cancelled, found);
        }
        let found = pairs
            .par_chunks(PAIRS)
            .map_init(M::Scratch::default, |scratch, pairs| {
                compare(*method, (pairs, why), among, scratch, &keep)
            })
            .collect::<Vec<_>>()
            .concat();
        all_compared(cancelled, found)
    }
}

/// Whether it was not cancelled.
pub(super) fn goes_on(cancelled: &AtomicBool) -> bool {
    !cancelled.load(Ordering::Relaxed)
}

/// What comparing gave, unless it was cancelled and some pairs are missing.
pub(super) fn all_compared<T>(cancelled: &AtomicBool, found: Vec<T>) -> Result<Vec<T>, Error> {
    match goes_on(cancelled) {
        true => Ok(found),
        false => Err(Error::Cancelled),
    }
}

struct Worker<'a, M: Method> {
    reader: Reader<'a>,
    reading: M::Reading,
    text: M::Text,
    batch: M::Batch,
    scratch: M::Scratch,
}

/// Buffers of the threads, kept from batch to batch.
struct Pool<'a, M: Method>(Mutex<Vec<Worker<'a, M>>>, &'a Corpus);

impl<'a, M: Method> Pool<'a, M> {
    fn with<R>(&self, work: impl FnOnce(&mut Worker<'a, M>) -> R) -> R {
        let spare = self.0.lock().ok().and_then(|mut spare| spare.pop());
        let mut worker = spare.unwrap_or_else(|| Worker {
            reader: self.1.reader(),
            reading: M::Reading::default(),
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
    pub(super) fn go_on(&self) -> Result<(), Error> {
        all_compared(self.cancelled, Vec::<()>::new()).map(drop)
    }

    /// Compares all pairs, and hands each batch with what `keep` made of them, sorted by pair, to
    /// `finish`. The results come in no order that means anything.
    ///
    /// # Errors
    ///
    /// If a document cannot be read again, the caller cancels, or `finish` fails.
    pub(super) fn each_batch<K: Clone + Send, R: Send>(
        &self,
        pairs: Vec<DocPair>,
        why: Why,
        keep: impl Fn(DocPair, M::Found) -> Option<K> + Sync,
        finish: impl Fn(&mut LoadedBatch<'_, M>, Vec<K>) -> Result<R, Error> + Sync,
    ) -> Result<Vec<R>, Error> {
        let words: Vec<u32> = self.documents.rows.iter().map(|row| row.words).collect();
        let Batches { pairs, mut ranges } = Batches::cut(pairs, &words);
        ranges.sort_by_key(|(range, _)| std::cmp::Reverse(range.len()));
        let pool = Pool(Mutex::default(), self.corpus);
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
                    self.progress.advance(range.len() as u64);
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
        finish: &impl Fn(&mut LoadedBatch<'_, M>, Vec<K>) -> Result<R, Error>,
    ) -> Result<R, Error> {
        let mut docs: Vec<DocId> = pairs.iter().flat_map(|&(a, b)| [a, b]).collect();
        docs.sort_unstable();
        docs.dedup();
        let method = &self.method;
        pool.with(|worker| {
            let Worker {
                reader,
                reading,
                text,
                batch,
                scratch,
            } = worker;
            method.clear(batch);
            let words = docs
                .iter()
                .map(|&doc| u64::from(self.documents.row(doc).words));
            // The rows of a damaged index may say anything: more than a batch holds is not believed.
            let room = words.sum::<u64>().min(batches::LARGEST);
            method.reserve(usize::try_from(room).unwrap_or(0), batch);
            let kept = if docs.len() < PARALLEL {
                for &doc in &docs {
                    self.go_on()?;
                    method.read(doc, reader, reading, text)?;
                    method.push(text, batch);
                }
                let among = (docs.as_slice(), &*batch, self.cancelled);
                compare(method, (pairs, why), among, scratch, keep)
            } else {
                for part in docs.chunks(PARALLEL) {
                    let texts: Result<Vec<M::Text>, Error> = part
                        .par_iter()
                        .map(|&doc| {
                            self.go_on()?;
                            pool.with(|other| {
                                let mut text = M::Text::default();
                                let Worker {
                                    reader, reading, ..
                                } = other;
                                method.read(doc, reader, reading, &mut text)?;
                                Ok(text)
                            })
                        })
                        .collect();
                    texts?.iter().for_each(|text| method.push(text, batch));
                }
                let among = (docs.as_slice(), &*batch, self.cancelled);
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
            let kept = all_compared(self.cancelled, kept)?;
            finish(
                &mut LoadedBatch {
                    method,
                    docs: &docs,
                    whole,
                    batch,
                    scratch,
                    cancelled: self.cancelled,
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
    (docs, batch, cancelled): (&[DocId], &M::Batch, &AtomicBool),
    scratch: &mut M::Scratch,
    keep: &impl Fn(DocPair, M::Found) -> Option<K>,
) -> Vec<K> {
    let place = |doc: DocId| docs.binary_search(&doc).expect("a document of the batch");
    let mut kept = Vec::new();
    for of_one in pairs.chunk_by(|x, y| x.0 == y.0) {
        let others = of_one.iter().map(|&(_, b)| place(b));
        let others = others.take_while(|_| goes_on(cancelled));
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
