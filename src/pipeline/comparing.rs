//! Candidates to edges: a component at a time, every text read once for all the pairs it is in.
//!
//! Pairs are grouped by connected component, small components bundled and large ones cut, into
//! batches of a bounded number of documents. A batch's texts are read, numbered and compared;
//! while they are at hand, whoever asked may count further overlaps among them; then its memory
//! is given back. Batches run in parallel, largest first; a large batch is itself read and
//! compared in parallel.

use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::documents::Documents;
use super::error::Error;
use super::judging::Oracle;
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
/// A batch may hold this many documents in any corpus. At 500 shingles each, their sets take 16 MB.
const LARGE_BATCH: usize = 8_192;
/// In a large corpus, a batch may hold one in so many documents: a story that a fortieth of the
/// corpus carries is compared and judged at one go.
const LARGEST_SHARE: usize = 40;
/// From this size on a batch is worth more than one thread.
const PARALLEL: usize = 512;

/// A pair of documents, the earlier one first.
pub(super) type DocPair = (DocId, DocId);

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
        let mut found = Vec::with_capacity(others.len());
        let others = others.iter().map(|&other| self.place(other));
        let others: Vec<usize> = others.collect();
        let text = self.place(text);
        self.sets
            .overlaps(text, others.into_iter(), self.marks, |_, overlap| {
                found.push(overlap)
            });
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
        let keyed = by_component(pairs, self.documents.rows.len());
        let mut batches = batches(&keyed, self.documents.rows.len());
        let pairs: Vec<DocPair> = keyed.into_iter().map(|(_, pair)| pair).collect();
        batches.sort_by_key(|(range, _)| std::cmp::Reverse(range.len()));
        let pool = Pool(Mutex::default(), self.corpus);
        batches
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

/// Sorts pairs by connected component, then by pair.
fn by_component(pairs: Vec<DocPair>, documents: usize) -> Vec<(DocId, DocPair)> {
    let mut sets = UnionFind::new(documents);
    pairs.iter().for_each(|&(a, b)| sets.join(a, b));
    let mut keyed: Vec<_> = pairs
        .into_iter()
        .map(|pair| (sets.root(pair.0), pair))
        .collect();
    keyed.par_sort_unstable();
    keyed
}

/// Most documents of a batch in a corpus of so many.
fn largest_batch(documents: usize) -> usize {
    LARGE_BATCH.max(documents / LARGEST_SHARE)
}

/// Cuts sorted pairs into batches of a bounded number of documents: small components together,
/// about [`BUNDLE`] documents a batch, large ones cut. True where nothing was cut.
fn batches(keyed: &[(DocId, DocPair)], documents: usize) -> Vec<(Range<usize>, bool)> {
    let mut batches: Vec<(Range<usize>, bool)> = Vec::new();
    let largest = largest_batch(documents);
    let mut seen_in = vec![0u32; documents]; // the batch that saw a document last, from 1
    let (mut start, mut docs, mut batch) = (0, 0, 1);
    let mut next = 0;
    for component in keyed.chunk_by(|x, y| x.0 == y.0) {
        let begin = next;
        let mut whole = true;
        next += component.len();
        if docs >= BUNDLE {
            batches.push((start..begin, true));
            (start, docs, batch) = (begin, 0, batch + 1);
        }
        for (at, &(_, (a, b))) in (begin..).zip(component) {
            if docs + 2 > largest {
                if whole && start < begin {
                    // Small components stand before: they are a whole batch of their own.
                    batches.push((start..begin, true));
                    start = begin;
                }
                batches.push((start..at, false));
                (start, docs, batch, whole) = (at, 0, batch + 1, false);
            }
            for doc in [a, b] {
                docs += usize::from(seen_in[doc.index()] != batch);
                seen_in[doc.index()] = batch;
            }
        }
        if !whole {
            batches.push((start..next, false));
            (start, docs, batch) = (next, 0, batch + 1);
        }
    }
    if start < keyed.len() {
        batches.push((start..keyed.len(), true));
    }
    batches
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(pairs: &[(u32, u32)], documents: usize) -> Vec<(Range<usize>, bool)> {
        let pairs = pairs
            .iter()
            .map(|&(a, b)| (DocId::new(a), DocId::new(b)))
            .collect();
        let keyed = by_component(pairs, documents);
        let batches = batches(&keyed, documents);
        let covered: Vec<usize> = batches
            .iter()
            .flat_map(|(range, _)| range.clone())
            .collect();
        assert!(
            covered.into_iter().eq(0..keyed.len()),
            "every pair once, in order"
        );
        batches
    }

    #[test]
    fn small_components_are_bundled_whole() {
        let pairs: Vec<(u32, u32)> = (0..100).map(|n| (2 * n, 2 * n + 1)).collect();
        assert_eq!(
            cut(&pairs, 200),
            [
                (0..32, true),
                (32..64, true),
                (64..96, true),
                (96..100, true)
            ]
        );
        assert!(cut(&[], 10).is_empty());
    }

    #[test]
    fn a_large_component_is_cut_and_its_neighbours_are_not() {
        let star = (1..20_000u32).map(|other| (2, other + 2));
        let pairs: Vec<(u32, u32)> = [(0, 1)]
            .into_iter()
            .chain(star)
            .chain([(30_000, 30_001)])
            .collect();
        let batches = cut(&pairs, 30_002);
        assert_eq!(batches.first(), Some(&(0..1, true)));
        assert_eq!(batches.last(), Some(&(pairs.len() - 1..pairs.len(), true)));
        let cut: Vec<_> = batches.iter().filter(|(_, whole)| !whole).collect();
        assert_eq!(cut.len(), 3);
        assert!(cut.iter().all(|(range, _)| range.len() < LARGE_BATCH));
    }
}
