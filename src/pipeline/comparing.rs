//! Candidates to edges: a component at a time, every text read once for all the pairs it is in.
//!
//! A batch's texts are read, numbered and compared; while they are at hand, whoever asked may
//! count further overlaps among them; then its memory is given back. Batches run in parallel,
//! largest first; a large batch is itself read and compared in parallel.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::batches::{Batches, DocPair};
use super::documents::Documents;
use super::error::Error;
use super::judging::Oracle;
use super::progress::Progress;
use super::sketching::Reading;
use crate::corpus::{Corpus, Reader};
use crate::doc_id::DocId;
use crate::edge::Edge;
use crate::shingle::Shingling;
use crate::similarity::Overlap;
use crate::verify::{Marks, ShingleSets};

/// From this size on a batch is worth more than one thread.
const PARALLEL: usize = 512;

/// Reads and compares documents of a corpus.
pub(super) struct Comparer<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) documents: &'a Documents,
    pub(super) shingling: Shingling,
    pub(super) cancelled: &'a AtomicBool,
    pub(super) progress: &'a dyn Progress,
}

/// Documents whose texts are at hand.
pub(super) struct Batch<'w> {
    /// Ascending.
    pub(super) docs: &'w [DocId],
    /// Whether no document of it has a pair in another batch.
    pub(super) whole: bool,
    sets: &'w ShingleSets,
    marks: &'w mut Marks,
}

impl Batch<'_> {
    /// The place of a document in the batch.
    pub(super) fn place(&self, doc: DocId) -> usize {
        self.docs
            .binary_search(&doc)
            .expect("a document of the batch")
    }
}

impl Oracle for Batch<'_> {
    fn overlaps(&mut self, text: DocId, others: &[DocId]) -> Result<Vec<Overlap>, Error> {
        let Batch {
            docs, sets, marks, ..
        } = self;
        let place = |doc: &DocId| docs.binary_search(doc).expect("a document of the batch");
        let mut found = Vec::with_capacity(others.len());
        sets.overlaps(
            place(&text),
            others.iter().map(place),
            marks,
            |_, overlap| {
                found.push(overlap);
            },
        );
        Ok(found)
    }
}

struct Worker<'a> {
    reader: Reader<'a>,
    reading: Reading,
    sets: ShingleSets,
    marks: Marks,
}

/// Buffers of the threads, kept from batch to batch.
struct Pool<'a>(Mutex<Vec<Worker<'a>>>, &'a Corpus);

impl<'a> Pool<'a> {
    fn with<R>(&self, work: impl FnOnce(&mut Worker<'a>) -> R) -> R {
        let spare = self.0.lock().ok().and_then(|mut spare| spare.pop());
        let mut worker = spare.unwrap_or_else(|| Worker {
            reader: self.1.reader(),
            reading: Reading::default(),
            sets: ShingleSets::default(),
            marks: Marks::default(),
        });
        let result = work(&mut worker);
        if let Ok(mut spare) = self.0.lock() {
            spare.push(worker);
        }
        result
    }
}

impl Comparer<'_> {
    /// Compares all pairs, and hands each batch with the exact overlaps of those that are `worth`
    /// keeping, sorted by pair, to `finish`. The results come in no order that means anything.
    ///
    /// # Errors
    ///
    /// If a document cannot be read again, the caller cancels, or `finish` fails.
    pub(super) fn each_batch<R: Send>(
        &self,
        pairs: Vec<DocPair>,
        worth: impl Fn(Overlap) -> bool + Sync,
        finish: impl Fn(&mut Batch<'_>, Vec<Edge>) -> Result<R, Error> + Sync,
    ) -> Result<Vec<R>, Error> {
        let words: Vec<u32> = self.documents.rows.iter().map(|row| row.words).collect();
        let Batches { pairs, mut ranges } = Batches::cut(pairs, &words);
        ranges.sort_by_key(|(range, _)| std::cmp::Reverse(range.len()));
        let pool = Pool(Mutex::default(), self.corpus);
        ranges
            .into_par_iter()
            .with_max_len(1)
            .map(|(range, whole)| {
                if self.cancelled.load(Ordering::Relaxed) {
                    return Err(Error::Cancelled);
                }
                let result = self.batch(&pairs[range.clone()], whole, &pool, &worth, &finish)?;
                self.progress.advance(range.len() as u64);
                Ok(result)
            })
            .collect()
    }

    fn batch<R>(
        &self,
        pairs: &[DocPair],
        whole: bool,
        pool: &Pool<'_>,
        worth: &(impl Fn(Overlap) -> bool + Sync),
        finish: &impl Fn(&mut Batch<'_>, Vec<Edge>) -> Result<R, Error>,
    ) -> Result<R, Error> {
        let mut docs: Vec<DocId> = pairs.iter().flat_map(|&(a, b)| [a, b]).collect();
        docs.sort_unstable();
        docs.dedup();
        pool.with(
            |Worker {
                 reader,
                 reading,
                 sets,
                 marks,
             }| {
                sets.clear();
                if docs.len() < PARALLEL {
                    for &doc in &docs {
                        self.shingles(doc, reader, reading)?;
                        sets.push(&reading.shingles);
                    }
                    let mut batch = Batch {
                        docs: &docs,
                        whole,
                        sets,
                        marks,
                    };
                    let edges = compare(pairs, &docs, batch.sets, batch.marks, worth);
                    return finish(&mut batch, edges);
                }
                for part in docs.chunks(PARALLEL) {
                    let shingles: Result<Vec<Vec<u64>>, Error> = part
                        .par_iter()
                        .map(|&doc| {
                            pool.with(|other| {
                                self.shingles(doc, &mut other.reader, &mut other.reading)?;
                                Ok(other.reading.shingles.clone())
                            })
                        })
                        .collect();
                    shingles?.iter().for_each(|shingles| sets.push(shingles));
                }
                let edges = pairs
                    .par_chunks(4 * PARALLEL)
                    .map(|pairs| compare(pairs, &docs, sets, &mut Marks::default(), worth))
                    .collect::<Vec<_>>()
                    .concat();
                finish(
                    &mut Batch {
                        docs: &docs,
                        whole,
                        sets,
                        marks,
                    },
                    edges,
                )
            },
        )
    }

    /// Reads a document: afterwards `reading.shingles` are its own.
    pub(super) fn shingles(
        &self,
        doc: DocId,
        reader: &mut Reader<'_>,
        reading: &mut Reading,
    ) -> Result<(), Error> {
        let row = self.documents.row(doc);
        reader.record(row.input as usize, row.offset, row.length, |record| {
            reading.read(record.text, self.shingling);
        })?;
        Ok(())
    }
}

fn compare(
    pairs: &[DocPair],
    docs: &[DocId],
    sets: &ShingleSets,
    marks: &mut Marks,
    worth: &impl Fn(Overlap) -> bool,
) -> Vec<Edge> {
    let place = |doc: DocId| docs.binary_search(&doc).expect("a document of the batch");
    let mut edges = Vec::new();
    for of_one in pairs.chunk_by(|x, y| x.0 == y.0) {
        let a = of_one[0].0;
        let others = of_one.iter().map(|&(_, b)| place(b));
        let mut next = of_one.iter();
        sets.overlaps(place(a), others, marks, |_, overlap| {
            if let Some(&(a, b)) = next.next()
                && worth(overlap)
            {
                edges.push(Edge::new(a, b, overlap));
            }
        });
    }
    edges
}
