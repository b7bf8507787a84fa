//! Likenesses of texts that are not at hand, for clusters too large for a batch: every text asked
//! for is read again, and the few asked for again and again are kept.

use rayon::prelude::*;

use super::comparing::Comparer;
use super::error::Error;
use super::judging::Oracle;
use super::method::{Method, Why};
use crate::corpus::Reader;
use crate::doc_id::DocId;
use crate::likeness::Likeness;

/// Texts kept: those of the documents that a cluster keeps first, and then some.
const KEPT: usize = 16;

/// Reads texts again.
pub(super) struct Rereading<'a, M: Method> {
    comparer: &'a Comparer<'a, M>,
    /// Documents with their texts; the longest unused first.
    kept: Vec<(DocId, M::Text)>,
}

impl<'a, M: Method> Rereading<'a, M> {
    pub(super) fn new(comparer: &'a Comparer<'a, M>) -> Rereading<'a, M> {
        Rereading {
            comparer,
            kept: Vec::new(),
        }
    }

    /// The text of a document, kept from now on.
    fn take(&mut self, doc: DocId) -> Result<(DocId, M::Text), Error> {
        match self.kept.iter().position(|(kept, _)| *kept == doc) {
            Some(at) => Ok(self.kept.remove(at)),
            None => {
                let mut reader = self.comparer.corpus.reader();
                let text = text(self.comparer, doc, &mut reader, &mut M::Reading::default())?;
                Ok((doc, text))
            }
        }
    }

    fn put(&mut self, text: (DocId, M::Text)) {
        if self.kept.len() == KEPT {
            self.kept.remove(0);
        }
        self.kept.push(text);
    }
}

impl<M: Method> Oracle for Rereading<'_, M> {
    fn likenesses(&mut self, doc: DocId, others: &[DocId]) -> Result<Vec<Likeness>, Error> {
        let own = self.take(doc)?;
        let result = if others.len() < KEPT {
            let mut likenesses = Vec::with_capacity(others.len());
            for &other in others {
                let text = self.take(other)?;
                likenesses.push(compare(
                    &self.comparer.method,
                    (doc, &own.1),
                    (other, &text.1),
                ));
                self.put(text);
            }
            Ok(likenesses)
        } else {
            let comparer = self.comparer;
            others
                .par_iter()
                .map_init(
                    || (comparer.corpus.reader(), M::Reading::default()),
                    |(reader, reading), &other| {
                        let text = text(comparer, other, reader, reading)?;
                        Ok(compare(&comparer.method, (doc, &own.1), (other, &text)))
                    },
                )
                .collect()
        };
        self.put(own);
        result
    }
}

fn text<M: Method>(
    comparer: &Comparer<'_, M>,
    doc: DocId,
    reader: &mut Reader<'_>,
    reading: &mut M::Reading,
) -> Result<M::Text, Error> {
    let mut text = M::Text::default();
    comparer.method.read(doc, reader, reading, &mut text)?;
    Ok(text)
}

/// The likeness of two texts alone on a desk.
fn compare<M: Method>(method: &M, a: (DocId, &M::Text), b: (DocId, &M::Text)) -> Likeness {
    let mut desk = M::Desk::default();
    method.clear(&mut desk);
    method.lay(a.1, &mut desk);
    method.lay(b.1, &mut desk);
    let mut likeness = Likeness::EQUAL;
    let docs = [a.0, b.0];
    let mut scratch = M::Scratch::default();
    method.compare(
        (&desk, &docs),
        Why::Friends,
        0,
        std::iter::once(1),
        &mut scratch,
        |found| {
            likeness = method.likeness(found);
        },
    );
    likeness
}
