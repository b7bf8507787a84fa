//! Overlaps of texts that are not at hand, for clusters too large for a batch: every text asked for
//! is read again, and the few asked for again and again are kept.

use rayon::prelude::*;

use super::comparing::Comparer;
use super::error::Error;
use super::judging::Oracle;
use super::sketching::Reading;
use crate::corpus::Reader;
use crate::doc_id::DocId;
use crate::similarity::Overlap;

/// Sets kept: those of the documents that a cluster keeps first, and then some.
const KEPT: usize = 16;

/// Reads texts again.
pub(super) struct Rereading<'a> {
    comparer: &'a Comparer<'a>,
    /// Documents with their distinct shingles, ascending; the longest unused first.
    kept: Vec<(DocId, Vec<u64>)>,
}

impl<'a> Rereading<'a> {
    pub(super) fn new(comparer: &'a Comparer<'a>) -> Rereading<'a> {
        Rereading {
            comparer,
            kept: Vec::new(),
        }
    }

    /// The distinct shingles of a document, kept from now on.
    fn take(&mut self, doc: DocId) -> Result<(DocId, Vec<u64>), Error> {
        match self.kept.iter().position(|(kept, _)| *kept == doc) {
            Some(at) => Ok(self.kept.remove(at)),
            None => {
                let mut reader = self.comparer.corpus.reader();
                let set = set(self.comparer, doc, &mut reader, &mut Reading::default())?;
                Ok((doc, set))
            }
        }
    }

    fn put(&mut self, set: (DocId, Vec<u64>)) {
        if self.kept.len() == KEPT {
            self.kept.remove(0);
        }
        self.kept.push(set);
    }
}

impl Oracle for Rereading<'_> {
    fn overlaps(&mut self, text: DocId, others: &[DocId]) -> Result<Vec<Overlap>, Error> {
        let own = self.take(text)?;
        let result = if others.len() < KEPT {
            let mut overlaps = Vec::with_capacity(others.len());
            for &other in others {
                let set = self.take(other)?;
                overlaps.push(overlap(&own.1, &set.1));
                self.put(set);
            }
            Ok(overlaps)
        } else {
            let comparer = self.comparer;
            others
                .par_iter()
                .map_init(
                    || (comparer.corpus.reader(), Reading::default()),
                    |(reader, reading), &other| {
                        Ok(overlap(&own.1, &set(comparer, other, reader, reading)?))
                    },
                )
                .collect()
        };
        self.put(own);
        result
    }
}

fn set(
    comparer: &Comparer<'_>,
    doc: DocId,
    reader: &mut Reader<'_>,
    reading: &mut Reading,
) -> Result<Vec<u64>, Error> {
    comparer.shingles(doc, reader, reading)?;
    let mut set = reading.shingles.clone();
    set.sort_unstable();
    set.dedup();
    Ok(set)
}

/// Counts what two ascending sets share.
fn overlap(left: &[u64], right: &[u64]) -> Overlap {
    let (mut a, mut b, mut shared) = (0, 0, 0);
    while let (Some(x), Some(y)) = (left.get(a), right.get(b)) {
        shared += u32::from(x == y);
        a += usize::from(x <= y);
        b += usize::from(y <= x);
    }
    let size = |set: &[u64]| u32::try_from(set.len()).expect("a record is shorter than 4 GB");
    Overlap {
        shared,
        left: size(left),
        right: size(right),
    }
}
