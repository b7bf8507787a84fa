//! A first batch becomes an index: a run, of which everything is kept.

use std::path::Path;

use super::Index;
use super::catalog::Catalog;
use super::failures::{LOOK, behind_commit, of_commit};
use super::layout::{ClusterRow, LEARNED, NONE};
use super::new_pairs;
use super::segment_of::NewSegment;
use super::state::State;
use super::turn::create;
use crate::container::{FileKind, FileRef, Writing};
use crate::context::Context;
use crate::doc_id::DocId;
use crate::error::Error;
use crate::learned::Learned;
use crate::run::finished::Run;
use crate::run::job::OpenJob;
use crate::run::order;

impl Index {
    /// Makes an index of the documents of a job, in a new or empty folder. What is learned of them
    /// stays the index's for good. The run is that of the same job without an index.
    ///
    /// # Errors
    ///
    /// If the folder has something in it, the documents cannot be read, or the caller cancels: then
    /// there is no index.
    pub fn build(
        folder: &Path,
        open: OpenJob,
        context: Context<'_>,
    ) -> Result<(Index, Run), Error> {
        let OpenJob { corpus, mut job } = open;
        // Tables that know publishers were learned where they distinguish documents, be the first batch
        // of one alone.
        let by_publisher = |learned: &Learned| learned.grams().1 > 0;
        job.publishers_distinguish = job
            .learned
            .as_ref()
            .filter(|it| by_publisher(it))
            .map(|_| true);
        job.is_noted = true;
        let is_given = job.learned.is_some();
        let recipe = job.recipe.to_string();
        let writing = create(folder, &recipe, context)?;
        let mut segment = None;
        let run = order::run_keeping(
            corpus,
            job,
            context,
            Some(&mut |sketched| {
                let file = writing.new_file(FileKind::Segment)?;
                segment = Some(NewSegment::begin(file, &sketched)?);
                Ok(())
            }),
        )?;
        let segment = segment.expect("a run hands on what it forgets");
        let documents = segment.documents;
        let mut numbers = vec![NONE; run.documents.rows.len()];
        for (doc, number) in run.documents.accepted().zip(0..) {
            numbers[doc.index()] = number;
        }
        let number = |doc: DocId| numbers[doc.index()];
        let mut state = State {
            cluster_of: vec![NONE; usize::try_from(documents).unwrap_or(usize::MAX)],
            batches: vec![0],
            publishers_distinguish: run.documents.publishers_distinguish(),
            // What another corpus taught is of unknown age.
            learned_of: match &run.learned {
                Some(_) if !is_given => documents,
                _ => 0,
            },
            ..State::default()
        };
        for (cluster, at) in run.clusters().iter().zip(0..) {
            let (id, born) = (cluster.id.0, 1);
            state.clusters.push(ClusterRow { id, born });
            for member in &cluster.members {
                state.cluster_of[number(member.doc) as usize] = at;
            }
        }
        let pairs = new_pairs::of_run(&run, |doc| number(doc).into());
        let mut files = vec![segment.finish(0, pairs)?];
        if let Some(learned) = &run.learned {
            files.push(write_learned(&writing, learned)?);
        }
        files.push(state.write(writing.new_file(FileKind::State)?)?);
        let commit = writing.commit(&files, documents);
        let snapshot = commit.map_err(of_commit(LOOK))?;
        let catalog = Catalog::of(snapshot).map_err(behind_commit(LOOK))?;
        Ok((Index { catalog }, run))
    }
}

/// Writes what was learned, as a file of its own.
pub(super) fn write_learned(writing: &Writing<'_>, learned: &Learned) -> Result<FileRef, Error> {
    let mut file = writing.new_file(FileKind::State)?;
    file.section(LEARNED, 1)?.put(&learned.to_bytes())?;
    Ok(file.finish(0..0)?)
}
