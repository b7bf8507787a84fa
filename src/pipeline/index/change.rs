//! Changing an index: a batch more, or some documents less. One commit each, all of it or nothing.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::catalog::Catalog;
use super::error::IndexError;
use super::layout::NONE;
use super::mapped::map_file;
use super::neighbourhood::{STANDS, neighbourhood};
use super::new_pairs::NewPair;
use super::placing::{Placed, Placing};
use super::renamed::{Positions, name};
use super::segment_of::NewSegment;
use super::{Index, compacting, joined};
use crate::doc_id::DocId;
use crate::edge::Edge;
use crate::index::disk::{FileKind, FileRef, Wait, Writing};
use crate::pipeline::error::Error;
use crate::pipeline::job::{Job, OpenJob};
use crate::pipeline::progress::{Progress, Silent};
use crate::pipeline::run::Run;
use crate::pipeline::stages::Sketched;

impl Index {
    /// Adds the documents of a job. The run has them as its own; documents of the index are members
    /// of its clusters and witnesses only. A record whose id the index has is rejected.
    ///
    /// Whoever else is changing the index is waited for. Small segments are merged afterwards.
    ///
    /// # Errors
    ///
    /// If the documents or the index cannot be read or written, or the caller cancels: then the index
    /// is as before.
    pub fn add(
        folder: &Path,
        open: OpenJob,
        progress: &dyn Progress,
        cancelled: &AtomicBool,
    ) -> Result<(Index, Run), Error> {
        let writing = Writing::begin(folder, &map_file, Wait::Yes(cancelled))?;
        let catalog = Catalog::of(writing.snapshot().clone())?;
        let placing = Placing {
            catalog: &catalog,
            refuses_known_ids: true,
            keeps: true,
            touched: Vec::new(),
            stands: STANDS,
            progress,
            cancelled,
        };
        let mut placed = placing.place(open.corpus, open.job)?;
        if placed.sketched.documents.accepted().next().is_none() {
            return Ok((Index { catalog }, placed.run));
        }
        let before = catalog.documents();
        let commit = catalog.snapshot.generation() + 1;
        let mut state = catalog.state.clone();
        name(&mut state, &mut placed, before, commit);

        let first = catalog.snapshot.next_document();
        let positions = Positions::of(&placed, before);
        let number = |doc: DocId| -> Result<u64, Error> {
            let at = positions.of_doc(doc);
            match (at as usize).checked_sub(before) {
                Some(own) => Ok(first + own as u64),
                None => catalog.number(at),
            }
        };
        let pairs = pairs_to_store((&placed, before), &positions, number)?;
        let sketched = &placed.sketched;
        let batch = Sketched {
            documents: &sketched.documents,
            texts: &sketched.texts,
            stories: &sketched.stories,
            notes: &sketched.notes,
        };
        let segment = NewSegment::begin(writing.new_file(FileKind::Segment)?, &batch)?;
        let next = first + segment.documents;
        let segment = segment.finish(first, pairs.iter().copied())?;
        let mut files: Vec<FileRef> = catalog.segments.clone();
        files.push(segment);
        files.extend(catalog.learned_file());
        files.push(state.write(writing.new_file(FileKind::State)?)?);
        // Stories were read again to be written.
        placed.run.corpus.check_unchanged()?;
        compacting::check_merged(&catalog, placed.sketched.documents.accepted().count())?;
        writing.commit(&files, next)?;
        // The documents are in: that upkeep is stopped is no error, the next batch does it.
        let _ = compacting::merge_small(folder, cancelled);
        Ok((Index::open(folder)?, placed.run))
    }

    /// Removes documents by their ids: they are in no cluster any more, and nobody is compared with
    /// them. Their stories stay on disk until [`compact`](Index::compact). Says how many there were.
    ///
    /// # Errors
    ///
    /// If an id is unknown, or the index cannot be read or written: then nothing is removed.
    pub fn remove(folder: &Path, ids: &[&str], cancelled: &AtomicBool) -> Result<u64, Error> {
        let writing = Writing::begin(folder, &map_file, Wait::Yes(cancelled))?;
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
        let touched = neighbourhood(&catalog, going.iter().copied(), usize::MAX)?.docs;
        let state = &mut catalog.state;
        state.removed.extend_from_slice(&going);
        state.removed.sort_unstable();
        let is_staying = |at: &u32| going.binary_search(at).is_err();
        let placing = Placing {
            catalog: &catalog,
            refuses_known_ids: false,
            keeps: false,
            touched: touched.iter().copied().filter(is_staying).collect(),
            stands: usize::MAX,
            progress: &Silent,
            cancelled,
        };
        let nothing = Job::new(catalog.recipe.clone())
            .records(Vec::new())
            .open()?;
        let mut placed = placing.place(nothing.corpus, nothing.job)?;
        let mut state = catalog.state.clone();
        for &at in &going {
            state.cluster_of[at as usize] = NONE;
        }
        let commit = catalog.snapshot.generation() + 1;
        name(&mut state, &mut placed, catalog.documents(), commit);
        let mut files: Vec<FileRef> = catalog.segments.clone();
        files.extend(catalog.learned_file());
        files.push(state.write(writing.new_file(FileKind::State)?)?);
        writing.commit(&files, catalog.snapshot.next_document())?;
        Ok(going.len() as u64)
    }
}

/// The pairs that a batch adds to an index, sorted: its candidates, and whatever else was compared now.
fn pairs_to_store(
    (placed, before): (&Placed, usize),
    positions: &Positions<'_>,
    number: impl Fn(DocId) -> Result<u64, Error>,
) -> Result<Vec<NewPair>, Error> {
    let run = &placed.run;
    let doc = |at: u32| joined::number(&placed.indexed, before, at);
    let mut pairs = Vec::with_capacity(placed.edges.len());
    for &(a, b, likeness) in &placed.edges {
        if let Some((a, b)) = doc(a).zip(doc(b)) {
            let numbers = (number(a)?, number(b)?);
            pairs.push(NewPair::of(run, &Edge::new(a, b, likeness), numbers, true));
        }
    }
    let stands = |at: u32| placed.standing.binary_search(&at).is_ok();
    // Both lists are sorted, as positions ascend with the documents: what is stored is seen in passing.
    let mut stored = placed.stored.iter().map(|pair| (pair.a, pair.b)).peekable();
    for edge in run.edges() {
        let (a, b) = (positions.of_doc(edge.a), positions.of_doc(edge.b));
        let is_old = (a.max(b) as usize) < before;
        while stored.next_if(|&pair| pair < (a, b)).is_some() {}
        // What is stored of a story that stands was not looked up.
        if stored.peek() != Some(&(a, b)) && !(is_old && (stands(a) || stands(b))) {
            let numbers = (number(edge.a)?, number(edge.b)?);
            pairs.push(NewPair::of(run, edge, numbers, false));
        }
    }
    pairs.sort_unstable_by_key(|pair| (pair.a, pair.b, !pair.figures.share_a_key()));
    pairs.dedup_by_key(|pair| (pair.a, pair.b));
    Ok(pairs)
}
