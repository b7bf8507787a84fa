//! Changing an index: a batch more, or some documents less. One commit each, all of it or nothing.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::build::both_ways;
use super::catalog::Catalog;
use super::error::IndexError;
use super::layout::NONE;
use super::neighbourhood::{STANDS, neighbourhood};
use super::placing::Placing;
use super::renamed::{Positions, name};
use super::segment_of::NewSegment;
use super::{Index, compacting};
use crate::corpus;
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
        let writing = Writing::begin(folder, &corpus::map_file, Wait::Yes(cancelled))?;
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
        let number = |at: u32| -> Result<u64, Error> {
            match (at as usize).checked_sub(before) {
                Some(doc) => {
                    let own = positions.of_batch(doc) as usize - before;
                    Ok(first + own as u64)
                }
                None => catalog.number(at),
            }
        };
        let pairs: Result<Vec<_>, Error> = placed
            .pairs
            .iter()
            .map(|&(a, b, is_accepted)| Ok((number(a)?, number(b)?, is_accepted)))
            .collect();
        let sketched = &placed.sketched;
        let batch = Sketched {
            documents: &sketched.documents,
            texts: &sketched.texts,
            stories: &sketched.stories,
            notes: &sketched.notes,
        };
        let segment = NewSegment::begin(writing.new_file(FileKind::Segment)?, &batch)?;
        let next = first + segment.documents;
        let segment = segment.finish(first, &both_ways(pairs?.into_iter()))?;
        let mut files: Vec<FileRef> = catalog.segments.clone();
        files.push(segment);
        files.push(catalog.learned_file);
        files.push(state.write(writing.new_file(FileKind::State)?)?);
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
        let writing = Writing::begin(folder, &corpus::map_file, Wait::Yes(cancelled))?;
        let mut catalog = Catalog::of(writing.snapshot().clone())?;
        let mut going = BTreeSet::new();
        for id in ids {
            match catalog.document_of(id)? {
                Some(at) => _ = going.insert(at),
                None => {
                    return Err(IndexError::UnknownId {
                        folder: folder.to_owned(),
                        id: (*id).to_owned(),
                    }
                    .into());
                }
            }
        }
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
        files.push(catalog.learned_file);
        files.push(state.write(writing.new_file(FileKind::State)?)?);
        writing.commit(&files, catalog.snapshot.next_document())?;
        Ok(going.len() as u64)
    }
}
