//! Changing an index: a batch more, or some documents less. One commit each, all of it or nothing.

use std::collections::BTreeSet;
use std::path::Path;

use super::addition::{Addition, AdditionResult, Batch};
use super::catalog::Catalog;
use super::failures::{AGAIN, LOOK, behind_commit, of_commit};
use super::figures::FigureRow;
use super::known::{Known, KnownRecords, take_known};
use super::layout::NONE;
use super::neighbourhood::{FROZEN_FROM, neighbourhood};
use super::new_pairs::NewPair;
use super::renamed::{Positions, name};
use super::repeated_batch::repeated_run;
use super::segment_of::NewSegment;
use super::turn::begin;
use super::{Index, compacting, joined};
use crate::container::{FileKind, FileRef};
use crate::context::Context;
use crate::doc_id::DocId;
use crate::edge::Edge;
use crate::error::Error;
use crate::error::IndexError;
use crate::run::finished::Run;
use crate::run::job::OpenJob;
use crate::run::order::Sketched;

/// How documents are added.
#[derive(Default)]
pub struct AddOptions<'a> {
    /// What becomes of records whose id the index has.
    pub known: Known,
    /// Is given the run once the index is ready to change; if it fails, the index stays as it is. If all of the batch
    /// is known, the run is that of the day when it came; without this, nothing is clustered again. Is not called if all of
    /// it is rejected as it is known.
    #[expect(clippy::type_complexity)]
    pub before_commit: Option<&'a mut dyn FnMut(&mut Run) -> Result<(), Error>>,
}

/// What became of documents that were to be added.
#[derive(Debug)]
#[non_exhaustive]
pub struct Added {
    /// The index as it is now.
    pub index: Index,
    /// The documents, as they were added.
    pub run: Run,
    /// Records that the index has already, with the same text; `run` may count fewer, see [`AddOptions::before_commit`].
    pub known: u64,
    /// Documents that others took the place of.
    pub replaced: u64,
    /// Whether the index has changed.
    pub is_changed: bool,
    /// What kept small segments from being merged afterwards. The documents are in, and the next batch does it.
    pub upkeep: Option<Error>,
}

impl Index {
    /// Adds the documents of a job. The run has them as its own; documents of the index are members
    /// of its clusters and witnesses only. What the index has already, by id and text, is not added again.
    ///
    /// Another process that changes the index is waited for. Small segments are merged afterwards.
    ///
    /// # Errors
    ///
    /// If the documents or the index cannot be read or written, or the caller cancels: then the index
    /// is as before, unless the error [is committed](Error::is_committed).
    pub fn add(folder: &Path, open: OpenJob, context: Context<'_>) -> Result<(Index, Run), Error> {
        let added = Index::add_as(folder, open, AddOptions::default(), context)?;
        Ok((added.index, added.run))
    }

    /// The same, with options.
    ///
    /// # Errors
    ///
    /// As [`add`](Index::add), and what `before_commit` fails with.
    pub fn add_as(
        folder: &Path,
        open: OpenJob,
        options: AddOptions<'_>,
        context: Context<'_>,
    ) -> Result<Added, Error> {
        let writing = begin(folder, context)?;
        let mut catalog = Catalog::of(writing.snapshot().clone())?;
        let mut batch = Batch::read(&catalog, open, context)?;
        let take = || take_known(&catalog, &mut batch.documents, options.known);
        let KnownRecords { known, replaced } = catalog.unless_lost(take)?;
        let is_asked = options.before_commit.is_some();
        let mut before_commit = options.before_commit;
        let mut before_commit = |run: &mut Run| match &mut before_commit {
            Some(before) => before(run),
            None => Ok(()),
        };
        let (known_records, replaced_documents) = (known.len() as u64, replaced.len() as u64);
        let added = |catalog, run, upkeep, is_changed| Added {
            index: Index { catalog },
            run,
            known: known_records,
            replaced: replaced_documents,
            is_changed,
            upkeep,
        };

        if batch.documents.accepted().next().is_none() {
            let mut run = match is_asked && !known.is_empty() {
                true => {
                    let repeated = || repeated_run(&catalog, batch, &known, context);
                    catalog.unless_lost(repeated)?
                }
                false => addition(&catalog, Vec::new(), context).compute(batch)?.run,
            };
            // Of a batch that is rejected as it is known, no tables take the place of those of the day.
            let is_refused = options.known == Known::Reject && run.counts().rejected > 0;
            if !is_refused {
                before_commit(&mut run)?;
            }
            return Ok(added(catalog, run, None, false));
        }

        let touched = catalog.take_out(&replaced)?;
        let mut addition = addition(&catalog, touched, context);
        if !replaced.is_empty() {
            addition.frozen_from = usize::MAX;
        }
        let mut result = addition.compute(batch)?;
        let before = catalog.documents();
        let commit = catalog.snapshot.generation() + 1;
        let mut state = catalog.state.clone();
        for &at in &replaced {
            state.cluster_of[at as usize] = NONE;
        }
        name(&mut state, &mut result, before, commit);

        let first = catalog.snapshot.next_document();
        state.batches.push(first);
        let positions = Positions::of(&result, before);
        let number = |doc: DocId| -> Result<u64, Error> {
            let at = positions.of_doc(doc);
            match (at as usize).checked_sub(before) {
                Some(own) => Ok(first + own as u64),
                None => catalog.number(at),
            }
        };
        let pairs = pairs_to_store((&result, &catalog), &positions, number)?;
        let sketched = &result.sketched;
        let batch = Sketched {
            documents: &sketched.documents,
            texts: &sketched.texts,
            stories: &sketched.stories,
            fields: &sketched.fields,
        };
        let segment = NewSegment::begin(writing.new_file(FileKind::Segment)?, &batch)?;
        let next = first + segment.documents;
        let segment = segment.finish(first, pairs.iter().copied())?;
        let mut files: Vec<FileRef> = catalog.segments.clone();
        files.push(segment);
        files.extend(catalog.learned_file());
        files.push(state.write(writing.new_file(FileKind::State)?)?);
        // Stories were read again to be written.
        result.run.corpus.check_unchanged()?;
        compacting::check_merged(&catalog, result.sketched.documents.accepted().count())?;
        let mut run = result.run;
        before_commit(&mut run)?;
        let commit = writing.commit(&files, next).map_err(of_commit(AGAIN))?;
        let changed = Catalog::of(commit).map_err(behind_commit(AGAIN))?;
        // The documents are in: that upkeep is stopped is no error, the next batch does it.
        match compacting::merge_small(folder, context) {
            Ok(merged) => Ok(added(merged.unwrap_or(changed), run, None, true)),
            Err(Error::Cancelled) => Ok(added(changed, run, None, true)),
            Err(error) => Ok(added(changed, run, Some(error), true)),
        }
    }

    /// Removes documents by their ids: they are in no cluster any more, and nothing is compared with
    /// them. Their stories stay on disk until [`compact`](Index::compact). Says how many there were.
    ///
    /// # Errors
    ///
    /// If an id is unknown, or the index cannot be read or written: then nothing is removed, unless the error
    /// [is committed](Error::is_committed).
    pub fn remove(folder: &Path, ids: &[&str], context: Context<'_>) -> Result<u64, Error> {
        let writing = begin(folder, context)?;
        let mut catalog = Catalog::of(writing.snapshot().clone())?;
        let going = catalog.unless_lost(|| {
            let mut going = BTreeSet::new();
            for id in ids {
                going.insert(catalog.document_of(id)?.ok_or_else(|| {
                    Error::from(IndexError::UnknownId {
                        folder: folder.to_owned(),
                        id: (*id).to_owned(),
                    })
                })?);
            }
            Ok(going)
        })?;
        let going: Vec<u32> = going.into_iter().collect();
        let touched = catalog.take_out(&going)?;
        let mut addition = addition(&catalog, touched, Context::silent(context.cancelled));
        (addition.keeps, addition.frozen_from) = (false, usize::MAX);
        let mut result = addition.compute(Batch::of_nothing(&catalog, context)?)?;
        let mut state = catalog.state.clone();
        for &at in &going {
            state.cluster_of[at as usize] = NONE;
        }
        let commit = catalog.snapshot.generation() + 1;
        name(&mut state, &mut result, catalog.documents(), commit);
        let mut files: Vec<FileRef> = catalog.segments.clone();
        files.extend(catalog.learned_file());
        files.push(state.write(writing.new_file(FileKind::State)?)?);
        let commit = writing.commit(&files, catalog.snapshot.next_document());
        commit.map_err(of_commit(LOOK))?;
        Ok(going.len() as u64)
    }
}

fn addition<'a>(catalog: &'a Catalog, touched: Vec<u32>, context: Context<'a>) -> Addition<'a> {
    Addition {
        catalog,
        keeps: true,
        touched,
        frozen_from: FROZEN_FROM,
        context,
    }
}

impl Catalog {
    /// Takes documents out, given by ascending positions. Hands back those that hung together with them.
    fn take_out(&mut self, going: &[u32]) -> Result<Vec<u32>, Error> {
        let going_on = going.iter().copied();
        let mut touched = neighbourhood(self, (None, &[]), going_on, usize::MAX)?.docs;
        touched.retain(|at| going.binary_search(at).is_err());
        self.state.removed.extend_from_slice(going);
        self.state.removed.sort_unstable();
        Ok(touched)
    }
}

/// The pairs that a batch adds to an index, sorted: its candidates, and whatever else was compared now.
fn pairs_to_store(
    (result, catalog): (&AdditionResult, &Catalog),
    positions: &Positions<'_>,
    number: impl Fn(DocId) -> Result<u64, Error>,
) -> Result<Vec<NewPair>, Error> {
    let (run, before) = (&result.run, catalog.documents());
    let doc = |at: u32| joined::number(&result.indexed, before, at);
    let mut pairs = Vec::with_capacity(result.edges.len());
    for &(a, b, likeness) in &result.edges {
        if let Some((a, b)) = doc(a).zip(doc(b)) {
            let numbers = (number(a)?, number(b)?);
            pairs.push(NewPair::of(run, &Edge::new(a, b, likeness), numbers, true));
        }
    }
    let is_frozen = |at: u32| result.frozen.binary_search(&at).is_ok();
    // Both lists are sorted, as positions ascend with the documents: what is stored is seen in passing.
    let stored = result
        .stored
        .iter()
        .filter(|pair| pair.figures != FigureRow::LAPSED);
    let mut stored = stored.map(|pair| (pair.a, pair.b)).peekable();
    for edge in run.edges() {
        let (a, b) = (positions.of_doc(edge.a), positions.of_doc(edge.b));
        let is_old = (a.max(b) as usize) < before;
        while stored.next_if(|&pair| pair < (a, b)).is_some() {}
        // What is stored of a frozen story was not looked up.
        if stored.peek() != Some(&(a, b)) && !(is_old && (is_frozen(a) || is_frozen(b))) {
            let numbers = (number(edge.a)?, number(edge.b)?);
            pairs.push(NewPair::of(run, edge, numbers, false));
        }
    }
    for &(a, b) in &result.lapsed {
        pairs.push(NewPair::lapsed(catalog.number(a)?, catalog.number(b)?));
    }
    pairs.sort_unstable_by_key(|pair| {
        let figures = pair.figures;
        (pair.a, pair.b, !figures.share_a_key(), !figures.is_known())
    });
    pairs.dedup_by_key(|pair| (pair.a, pair.b));
    Ok(pairs)
}
