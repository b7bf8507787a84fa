//! Candidates to edges: every text is read once for all the pairs it is in.
//!
//! Pairs are grouped by connected component, small components bundled and large ones cut, into
//! batches of a bounded number of documents; a batch's texts are read, numbered and compared, and
//! its memory is given back. Batches run in parallel, largest first; a large batch is itself
//! read and compared in parallel.

use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::documents::Documents;
use super::error::Error;
use super::progress::Progress;
use super::sketching::Reading;
use crate::cluster::UnionFind;
use crate::corpus::{Corpus, Reader};
use crate::doc_id::DocId;
use crate::edge::Edge;
use crate::shingle::Shingling;
use crate::similarity::Overlap;
use crate::verify::{Marks, ShingleSets};

/// Documents of small components that share a batch: enough that a batch costs more than its
/// start, few enough that the last ones keep all threads busy.
const BUNDLE: usize = 64;
/// Most documents of a batch. At 500 shingles each, their sets take 16 MB.
const LARGEST_BATCH: usize = 8_192;
/// From this size on a batch is worth more than one thread.
const PARALLEL: usize = 512;

/// Reads and compares documents of a corpus.
pub(crate) struct Comparer<'a> {
    pub(crate) corpus: &'a Corpus,
    pub(crate) documents: &'a Documents,
    pub(crate) shingling: Shingling,
    pub(crate) cancelled: &'a AtomicBool,
    pub(crate) progress: &'a dyn Progress,
}

struct Worker<'a> {
    reader: Reader<'a>,
    reading: Reading,
    sets: ShingleSets,
    marks: Marks,
}

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
    /// The exact overlap of every pair that `worth` keeping, sorted by pair.
    ///
    /// # Errors
    ///
    /// If a document cannot be read again, or the caller cancels.
    pub(crate) fn compare(
        &self,
        pairs: Vec<(DocId, DocId)>,
        worth: impl Fn(Overlap) -> bool + Sync,
    ) -> Result<Vec<Edge>, Error> {
        let keyed = by_component(pairs, self.documents.rows.len());
        let mut batches = batches(&keyed, self.documents.rows.len());
        let pairs: Vec<(DocId, DocId)> = keyed.into_iter().map(|(_, pair)| pair).collect();
        batches.sort_by_key(|batch| std::cmp::Reverse(batch.len()));
        let pool = Pool(Mutex::default(), self.corpus);
        let edges: Result<Vec<Vec<Edge>>, Error> = batches
            .into_par_iter()
            .with_max_len(1)
            .map(|batch| {
                if self.cancelled.load(Ordering::Relaxed) {
                    return Err(Error::Cancelled);
                }
                let edges = self.batch(&pairs[batch.clone()], &pool, &worth)?;
                self.progress.advance(batch.len() as u64);
                Ok(edges)
            })
            .collect();
        let mut edges = edges?.concat();
        edges.par_sort_unstable_by_key(|edge| (edge.a, edge.b));
        Ok(edges)
    }

    fn batch(
        &self,
        pairs: &[(DocId, DocId)],
        pool: &Pool<'_>,
        worth: &(impl Fn(Overlap) -> bool + Sync),
    ) -> Result<Vec<Edge>, Error> {
        let mut docs: Vec<DocId> = pairs.iter().flat_map(|&(a, b)| [a, b]).collect();
        docs.sort_unstable();
        docs.dedup();
        let place = |doc: DocId| docs.binary_search(&doc).unwrap_or_default();
        pool.with(|worker| {
            worker.sets.clear();
            if docs.len() < PARALLEL {
                for &doc in &docs {
                    self.shingles(doc, &mut worker.reader, &mut worker.reading)?;
                    worker.sets.push(&worker.reading.shingles);
                }
                return Ok(compare(
                    pairs,
                    place,
                    &worker.sets,
                    &mut worker.marks,
                    worth,
                ));
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
                shingles?
                    .iter()
                    .for_each(|shingles| worker.sets.push(shingles));
            }
            let sets = &worker.sets;
            Ok(pairs
                .par_chunks(4 * PARALLEL)
                .map(|pairs| compare(pairs, place, sets, &mut Marks::default(), worth))
                .collect::<Vec<_>>()
                .concat())
        })
    }

    fn shingles(
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
    pairs: &[(DocId, DocId)],
    place: impl Fn(DocId) -> usize,
    sets: &ShingleSets,
    marks: &mut Marks,
    worth: &impl Fn(Overlap) -> bool,
) -> Vec<Edge> {
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

/// Sorts pairs by connected component, then by pair.
fn by_component(pairs: Vec<(DocId, DocId)>, documents: usize) -> Vec<(DocId, (DocId, DocId))> {
    let mut sets = UnionFind::new(documents);
    pairs.iter().for_each(|&(a, b)| sets.join(a, b));
    let mut keyed: Vec<_> = pairs
        .into_iter()
        .map(|pair| (sets.root(pair.0), pair))
        .collect();
    keyed.par_sort_unstable();
    keyed
}

/// Cuts sorted pairs into batches of at most [`LARGEST_BATCH`] documents, whole components where
/// they fit, small ones [`BUNDLE`] documents together.
fn batches(keyed: &[(DocId, (DocId, DocId))], documents: usize) -> Vec<Range<usize>> {
    let mut batches = Vec::new();
    let mut seen_in = vec![0u32; documents]; // the batch that saw a document last, from 1
    let (mut start, mut docs, mut batch) = (0, 0, 1);
    let mut root = None;
    for (at, &(of, (a, b))) in keyed.iter().enumerate() {
        let new_component = root != Some(of);
        root = Some(of);
        if (new_component && docs >= BUNDLE) || docs + 2 > LARGEST_BATCH {
            batches.push(start..at);
            (start, docs, batch) = (at, 0, batch + 1);
        }
        for doc in [a, b] {
            docs += usize::from(seen_in[doc.index()] != batch);
            seen_in[doc.index()] = batch;
        }
    }
    if start < keyed.len() {
        batches.push(start..keyed.len());
    }
    batches
}
