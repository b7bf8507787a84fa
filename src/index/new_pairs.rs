//! Compared pairs on their way into a segment: each under both of its documents, and its figures once.

use rayon::prelude::*;

use super::figures::FigureRow;
use super::layout::{FIGURES, PAIRS, PairRow};
use crate::container::{DiskError, SegmentWriter};
use crate::doc_id::DocId;
use crate::edge::Edge;
use crate::run::finished::Run;
use crate::stages::DocPair;

/// Figures that are written at a time.
const TOGETHER: usize = 4_096;

/// A pair by its numbers in the index, the smaller one first.
#[derive(Clone, Copy, Debug)]
pub(super) struct NewPair {
    pub(super) a: u64,
    pub(super) b: u64,
    pub(super) is_accepted: bool,
    pub(super) figures: FigureRow,
}

impl NewPair {
    /// The pair of an edge of a run, whose documents have these numbers.
    pub(super) fn of(run: &Run, edge: &Edge, (a, b): (u64, u64), share_a_key: bool) -> NewPair {
        let words = |doc| run.documents.row(doc).words;
        let words = (words(edge.a), words(edge.b));
        NewPair {
            a,
            b,
            is_accepted: edge.likeness.is_copy(run.job.recipe.threshold()),
            figures: FigureRow::of(edge.likeness, words, share_a_key),
        }
    }

    /// A stored pair that no key gives any more.
    pub(super) fn lapsed(a: u64, b: u64) -> NewPair {
        NewPair {
            a,
            b,
            is_accepted: false,
            figures: FigureRow::LAPSED,
        }
    }
}

/// The pairs of a run over all documents of a segment, sorted, which have these numbers.
pub(super) fn of_run(
    run: &Run,
    number: impl Fn(DocId) -> u64 + Clone,
) -> impl Iterator<Item = NewPair> + Clone {
    // Both lists are sorted: whether a pair was a candidate is seen in passing.
    let mut candidates = run.candidates.iter().peekable();
    run.edges().iter().map(move |edge| {
        let pair: DocPair = (edge.a, edge.b);
        while candidates.next_if(|&&other| other < pair).is_some() {}
        let share_a_key = candidates.peek() == Some(&&pair);
        NewPair::of(run, edge, (number(edge.a), number(edge.b)), share_a_key)
    })
}

/// Writes pairs, sorted by their numbers, each once.
pub(super) fn put(
    file: &mut SegmentWriter<'_>,
    pairs: impl Iterator<Item = NewPair> + Clone,
) -> Result<(), DiskError> {
    let both = pairs.clone().flat_map(|pair| {
        [
            PairRow::new(pair.a, pair.b, pair.is_accepted),
            PairRow::new(pair.b, pair.a, pair.is_accepted),
        ]
    });
    let mut rows: Vec<PairRow> = both.collect();
    rows.par_sort_unstable();
    file.section(PAIRS, 16)?.put(&rows)?;
    drop(rows);
    let mut section = file.section(FIGURES, 32)?;
    // Under a document its accepted pairs come first.
    let (mut ready, mut refused) = (Vec::with_capacity(TOGETHER), Vec::new());
    let mut of = None;
    for pair in pairs {
        if of != Some(pair.a) {
            ready.append(&mut refused);
            of = Some(pair.a);
            if ready.len() >= TOGETHER {
                section.put(&ready)?;
                ready.clear();
            }
        }
        match pair.is_accepted {
            true => ready.push(pair.figures),
            false => refused.push(pair.figures),
        }
    }
    ready.append(&mut refused);
    section.put(&ready)
}
