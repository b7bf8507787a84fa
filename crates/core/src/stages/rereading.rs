//! Likenesses of texts that are not at hand, for clusters too large for a batch: every text asked
//! for is read again, and the few asked for again and again are kept.

use rayon::prelude::*;

use super::batches::DocPair;
use super::comparing::{Comparer, TextReader};
use super::error::StageError;
use super::finalizing::{Compare, text_by_text};
use super::method::{Method, Why};
use crate::doc_id::DocId;
use crate::likeness::Likeness;

/// Texts kept: those of the documents that a cluster keeps first, and then some.
const KEPT: usize = 16;

/// Texts that are compared with one in one batch, so that this one is indexed once for all of them.
const TOGETHER: usize = 32;

/// Pairs that are worth putting into batches, which takes a look at every document of the corpus. A story
/// of 19,000 carriers has hundreds of thousands; read for each text anew they took 50 s of 132 s over a
/// million pages.
const MANY: usize = 4_096;

/// Reads texts again.
pub(super) struct Rereading<'a, M: Method> {
    comparer: &'a Comparer<'a, M>,
    /// Documents with their texts; the longest unused first.
    kept: Vec<(DocId, M::Text)>,
    /// Where a few texts are compared.
    batch: (M::Batch, M::Scratch),
}

impl<'a, M: Method> Rereading<'a, M> {
    pub(super) fn new(comparer: &'a Comparer<'a, M>) -> Rereading<'a, M> {
        Rereading {
            comparer,
            kept: Vec::new(),
            batch: Default::default(),
        }
    }

    /// The text of a document, kept from now on.
    fn take(&mut self, doc: DocId) -> Result<(DocId, M::Text), StageError> {
        match self.kept.iter().position(|(kept, _)| *kept == doc) {
            Some(at) => Ok(self.kept.remove(at)),
            None => {
                self.comparer.go_on()?;
                let mut text = M::Text::default();
                let mut reader = TextReader::of(self.comparer.stories);
                reader.read(doc, &self.comparer.method, &mut text)?;
                Ok((doc, text))
            }
        }
    }

    /// The likenesses of a text to others, in one batch.
    fn compare(&mut self, own: &(DocId, M::Text), others: &[(DocId, M::Text)]) -> Vec<Likeness> {
        let method = &self.comparer.method;
        let (batch, scratch) = &mut self.batch;
        method.clear(batch);
        method.push(&own.1, batch);
        others.iter().for_each(|(_, text)| method.push(text, batch));
        let docs: Vec<DocId> = std::iter::once(own)
            .chain(others)
            .map(|(doc, _)| *doc)
            .collect();
        let mut likenesses = Vec::with_capacity(others.len());
        let places = 1..docs.len();
        method.compare((batch, &docs), Why::TwoHop, 0, places, scratch, |found| {
            likenesses.push(method.likeness(found));
        });
        likenesses
    }

    fn put(&mut self, text: (DocId, M::Text)) {
        if self.kept.len() == KEPT {
            self.kept.remove(0);
        }
        self.kept.push(text);
    }
}

impl<M: Method> Compare for Rereading<'_, M> {
    fn likenesses(&mut self, doc: DocId, others: &[DocId]) -> Result<Vec<Likeness>, StageError> {
        let own = self.take(doc)?;
        let result = if others.len() < KEPT {
            let mut texts = Vec::with_capacity(others.len());
            for &other in others {
                texts.push(self.take(other)?);
            }
            let likenesses = self.compare(&own, &texts);
            texts.into_iter().for_each(|text| self.put(text));
            Ok(likenesses)
        } else {
            let parts: Result<Vec<Vec<Likeness>>, StageError> = others
                .par_chunks(TOGETHER)
                .map(|others| compare_all(self.comparer, (doc, &own.1), others))
                .collect();
            parts.map(|parts| parts.concat())
        };
        self.put(own);
        result
    }

    fn of_pairs(&mut self, pairs: &[DocPair]) -> Result<Vec<Likeness>, StageError> {
        match pairs.len() < MANY {
            true => text_by_text(self, pairs),
            false => in_batches(self.comparer, pairs),
        }
    }
}

/// The likenesses of pairs, in their order. Texts are read batch by batch, each once, as those of
/// candidates are.
fn in_batches<M: Method>(
    comparer: &Comparer<'_, M>,
    pairs: &[DocPair],
) -> Result<Vec<Likeness>, StageError> {
    let keep = |pair, found| Some((pair, comparer.method.likeness(found)));
    let batches = comparer.each_batch(pairs.to_vec(), Why::TwoHop, keep, |_, kept| Ok(kept))?;
    let mut found: Vec<(DocPair, Likeness)> = batches.into_iter().flatten().collect();
    found.par_sort_unstable_by_key(|(pair, _)| *pair);
    let likeness = |pair: &DocPair| {
        let at = found.binary_search_by_key(pair, |(pair, _)| *pair);
        found[at.expect("every pair was compared")].1
    };
    Ok(pairs.iter().map(likeness).collect())
}

/// The likenesses of a text and some others, in one batch.
fn compare_all<M: Method>(
    comparer: &Comparer<'_, M>,
    own: (DocId, &M::Text),
    others: &[DocId],
) -> Result<Vec<Likeness>, StageError> {
    let method = &comparer.method;
    let mut reader = TextReader::of(comparer.stories);
    let (mut batch, mut text) = (M::Batch::default(), M::Text::default());
    method.clear(&mut batch);
    method.push(own.1, &mut batch);
    for &other in others {
        comparer.go_on()?;
        reader.read(other, method, &mut text)?;
        method.push(&text, &mut batch);
    }
    let docs = [&[own.0], others].concat();
    let mut likenesses = Vec::with_capacity(others.len());
    method.compare(
        (&batch, &docs),
        Why::TwoHop,
        0,
        1..docs.len(),
        &mut M::Scratch::default(),
        |found| likenesses.push(method.likeness(found)),
    );
    Ok(likenesses)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use super::*;
    use crate::shingle::Shingling;
    use crate::stages::context::Context;
    use crate::stages::jaccard::JaccardMethod;
    use crate::stages::progress::Silent;
    use crate::stages::testing::InMemory;

    #[test]
    fn pairs_are_as_alike_in_batches_as_text_by_text() {
        // Each text repeats most of the one before; so many that one is compared with more than are kept.
        let texts = InMemory((0..80u64).map(|n| (3 * n..3 * n + 30).collect()).collect());
        let cancelled = AtomicBool::new(false);
        let comparer = Comparer {
            stories: &texts,
            documents: &texts,
            method: JaccardMethod {
                shingling: Shingling::FOUR_WORDS,
            },
            context: Context {
                progress: &Silent,
                cancelled: &cancelled,
            },
        };
        let doc = DocId::new;
        let near = (1..79).map(|n| (doc(n), doc(n + 1)));
        let pairs: Vec<DocPair> = (1..80).map(|n| (doc(0), doc(n))).chain(near).collect();
        let one_by_one = text_by_text(&mut Rereading::new(&comparer), &pairs).unwrap();
        assert_eq!(in_batches(&comparer, &pairs).unwrap(), one_by_one);
        let shared: Vec<u32> = one_by_one
            .iter()
            .map(|found| found.overlap.shared)
            .collect();
        assert!(shared[0] > 0 && shared[78] == 0 && shared[79..].iter().all(|&n| n == shared[0]));
    }
}
