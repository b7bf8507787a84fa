//! Learning anew from all documents of an index, and filing them by it.
//!
//! An index is masked with what its first batch taught, so that documents of any day are filed alike. A form
//! that an outlet took up later is then unknown. [`Index::rebuild_keys`] learns from the pages that all batches
//! kept ([`super::sample`]), masks the stories there are once more, files them under new keys, and clusters
//! them as a run does. What was masked stays masked: pages are not kept.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use super::build::write_learned;
use super::catalog::Catalog;
use super::failures::{AGAIN, behind_commit, of_commit};
use super::joined::join;
use super::layout::NONE;
use super::naming::Named;
use super::new_pairs;
use super::remasking::{Remasked, short_words};
use super::sample::SampledPages;
use super::segment_of::NewSegment;
use super::turn::begin;
use super::{Index, compacting};
use crate::boilerplate::{self, LearnedBoilerplate, Taught};
use crate::container::FileKind;
use crate::context::Context;
use crate::corpus::Corpus;
use crate::doc_id::DocId;
use crate::error::Error;
use crate::error::IndexError;
use crate::learned::Learned;
use crate::run::finished::Run;
use crate::run::index_fields::{IndexFields, TrainingPage};
use crate::run::job::{Job, OpenJob};
use crate::run::order::Prepared;
use crate::run::settings::Settings;
use crate::run::wire::{MaskedPages, MaskedStory, StoryFacts, file_stories};
use crate::stages::{DocFacts, Sample, Stage, Timing, counts};
use crate::store::documents::Documents;
use crate::store::story_store::StoryStore;
use crate::story::{is_thin, story_hash};

/// Bytes of text that a word is taken for, its space counted: as of English.
const BYTES_A_WORD: u64 = 6;

/// What learning anew changed.
#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Rebuilt {
    /// Documents, without removed ones, which are gone now.
    pub documents: u64,
    /// Pages that were learned from; equal ones count once.
    pub learned_from: u64,
    /// Documents of which more is masked than before.
    pub masked_anew: u64,
    /// Clusters there are now.
    pub clusters: u64,
    /// Clusters that became part of others, and parts that left theirs.
    pub changes: u64,
}

impl Index {
    /// Bytes of memory that [`rebuild_keys`](Index::rebuild_keys) of this index takes, mapped files apart. Takes a
    /// look at every row.
    ///
    /// # Errors
    ///
    /// If that is more than the job allows, or the index is damaged or learns nothing.
    pub fn memory_to_rebuild(&self, how: Job) -> Result<u64, Error> {
        learns(&self.catalog)?;
        self.catalog.snapshot.check_at_first_use();
        let OpenJob { mut job, .. } = how.records(Vec::new()).for_index().open()?;
        job.recipe = self.catalog.recipe.clone();
        let mut words: Vec<u32> = Vec::new();
        for part in &self.catalog.parts {
            let alive = part.rows()?.iter().zip(part.position..);
            let alive = alive.filter(|&(_, at)| !self.catalog.state.is_removed(at));
            words.extend(alive.map(|(row, _)| row.words));
        }
        let documents = words.len() as u64;
        let longest = text_bytes(words.iter().copied().max().into_iter());
        job.check_memory((documents, text_bytes(words.into_iter())), longest, 0)
    }

    /// Learns anew from all documents, files them by it, and clusters them again: one segment, without
    /// removed documents. Ids and cluster names stay.
    ///
    /// Takes what a run over the index's story texts takes, in time and memory. The job says how that is
    /// carried out: memory, instructions, the folder for temporary files. It has no sources, and the recipe is
    /// the index's.
    ///
    /// # Errors
    ///
    /// If the index cannot be read or written, learns nothing as it is of the `near` profile, does not fit in memory, or the caller
    /// cancels: then it is as before.
    pub fn rebuild_keys(
        folder: &Path,
        how: Job,
        context: Context<'_>,
    ) -> Result<(Index, Rebuilt), Error> {
        let writing = begin(folder, context)?;
        let catalog = Catalog::of(writing.snapshot().clone())?;
        learns(&catalog)?;
        compacting::verify(&catalog.parts)?;
        let alive: Vec<u32> = (0..)
            .take(catalog.documents())
            .filter(|&at| !catalog.state.is_removed(at as usize))
            .collect();
        let OpenJob { corpus, mut job } = how.records(Vec::new()).for_index().open()?;
        job.recipe = catalog.recipe.clone();
        let mut documents = Documents {
            inputs: vec![folder.display().to_string()],
            ..Documents::default()
        };
        let credits = join(&catalog, &alive, &mut documents)?;
        let words = documents.rows.iter().map(|row| row.words);
        let longest = text_bytes(words.clone().max().into_iter());
        job.check_memory((alive.len() as u64, text_bytes(words)), longest, 0)?;
        let sampled = SampledPages::of_index(&catalog, &alive, &documents)?;
        let rebuilding = Rebuilding {
            catalog: &catalog,
            alive: &alive,
            sampled: &sampled,
        };
        let mut fields = Vec::with_capacity(alive.len());
        for (&at, &credit) in alive.iter().zip(&credits) {
            let (part, doc) = catalog.part(at)?;
            let title = Box::from(part.title(doc)?);
            fields.push(IndexFields {
                credit,
                title,
                training_page: None,
            });
        }
        for (at, doc) in sampled.docs.iter().enumerate() {
            fields[doc.index()].training_page = Some(Box::new(TrainingPage {
                rank: sampled.pages.facts(at).rank,
                words: sampled.pages.words(at).to_vec(),
            }));
        }

        let mut timing = Timing::default();
        let (learned, stories, masked_anew) =
            rebuilding.learn((&corpus, &job), &mut documents, &mut timing, context)?;
        let publishers_distinguish = documents.publishers_distinguish();
        let prepared = Prepared {
            corpus,
            job,
            documents,
            learned: Some(learned),
            stories: Some(stories),
            credits: &credits,
            fields,
            timing,
        };
        let mut segment = None;
        let run = prepared.finish(
            context,
            Some(&mut |sketched| {
                let file = writing.new_file(FileKind::Segment)?;
                segment = Some(NewSegment::begin(file, &sketched)?);
                Ok(())
            }),
        )?;
        let segment = segment.expect("a run in `wire` has stories");

        let first = catalog.snapshot.next_document();
        let next = first + segment.documents;
        let number = |doc: DocId| first + doc.index() as u64;
        let mut state = catalog.state.clone();
        let changes = state.changes.len();
        state.cluster_of = alive
            .iter()
            .map(|&at| state.cluster_of[at as usize])
            .collect();
        state.removed.clear();
        state.batches.clear();
        state.publishers_distinguish = publishers_distinguish;
        state.learned_of = segment.documents;
        let all: Vec<u32> = (0..).take(alive.len()).collect();
        state.name(&all, &named(&run), catalog.snapshot.generation() + 1);
        let files = [
            segment.finish(first, new_pairs::of_run(&run, number))?,
            write_learned(&writing, run.learned.as_ref().expect("just learned"))?,
            state.write(writing.new_file(FileKind::State)?)?,
        ];
        let rebuilt = Rebuilt {
            documents: alive.len() as u64,
            learned_from: sampled.docs.len() as u64,
            masked_anew,
            clusters: run.clusters().len() as u64,
            changes: (state.changes.len() - changes) as u64,
        };
        let snapshot = writing.commit(&files, next).map_err(of_commit(AGAIN))?;
        let catalog = Catalog::of(snapshot).map_err(behind_commit(AGAIN))?;
        Ok((Index { catalog }, rebuilt))
    }
}

/// Refuses an index that learns nothing.
fn learns(catalog: &Catalog) -> Result<(), Error> {
    match catalog.learned {
        Some(_) => Ok(()),
        None => Err(IndexError::LearnsNothing {
            folder: catalog.snapshot.folder().to_owned(),
        }
        .into()),
    }
}

/// About as many bytes of text as stories of so many words have.
fn text_bytes(words: impl Iterator<Item = u32>) -> u64 {
    words.map(u64::from).sum::<u64>() * BYTES_A_WORD
}

/// The clusters of a run over all documents, by their first ones.
fn named(run: &Run) -> Vec<Named> {
    let clusters = run.clusters().iter().map(|cluster| {
        let members = cluster.members.iter();
        let position = |doc: DocId| u32::try_from(doc.index()).unwrap_or(NONE);
        let mut members: Vec<u32> = members.map(|member| position(member.doc)).collect();
        members.sort_unstable();
        Named {
            members,
            frozen: None,
            proposed: cluster.id.0,
        }
    });
    let mut named: Vec<Named> = clusters.collect();
    named.sort_unstable_by_key(|cluster| cluster.members.first().copied());
    named
}

/// The documents that are filed anew.
struct Rebuilding<'a> {
    catalog: &'a Catalog,
    /// Their positions, ascending.
    alive: &'a [u32],
    sampled: &'a SampledPages,
}

impl Rebuilding<'_> {
    /// Learns, masks and files. Says of how many documents more is masked now.
    fn learn(
        &self,
        (corpus, job): (&Corpus, &Settings),
        documents: &mut Documents,
        timing: &mut Timing,
        context: Context<'_>,
    ) -> Result<((Learned, Sample), StoryStore, u64), Error> {
        let docs = &self.sampled.docs;
        let taught = timing.stage(Stage::Learn, None, context.progress, || {
            boilerplate::learn(&self.sampled.pages, context.cancelled)
        });
        let Taught {
            boilerplate,
            unjudged,
        } = taught.ok_or(Error::Cancelled)?;
        let anew = AtomicU64::new(0);
        let masked = timing.stage(Stage::Sketch, None, context.progress, || {
            self.mask((corpus, job), documents, &boilerplate, (&anew, context))
        })?;
        let stories = documents.take_stories(masked);
        let shingling = job.recipe.shingling();
        let (words, shingles) = timing.stage(Stage::Learn, None, context.progress, || {
            counts(docs, &stories, shingling, context.stages())
        })?;
        let learned = Learned::without_stock(boilerplate, words);
        let docs = docs.clone();
        let sample = Sample {
            docs,
            shingles,
            unjudged,
            ..Sample::default()
        };
        Ok(((learned, sample), stories, anew.into_inner()))
    }

    /// Masks the stories there are once more.
    fn mask(
        &self,
        (corpus, job): (&Corpus, &Settings),
        documents: &Documents,
        boilerplate: &LearnedBoilerplate,
        (anew, context): (&AtomicU64, Context<'_>),
    ) -> Result<MaskedPages, Error> {
        let shingling = job.recipe.shingling();
        let is_short = short_words();
        let documents_count = documents.rows.len();
        file_stories(
            corpus,
            job,
            documents_count,
            Remasked::default,
            |doc, story, file| {
                context.go_on()?;
                let (part, row) = self.catalog.row(self.alive[doc.index()])?;
                story.read(part, row, &is_short)?;
                let gone = story.mask(boilerplate, documents.publisher_hash(doc));
                shingling.shingles(&story.words, &mut story.shingles);
                anew.fetch_add(u64::from(gone > 0), Ordering::Relaxed);
                let length = |words: usize| u32::try_from(words).expect("as many as it had");
                let (words, normal) = match story.words.len() {
                    // What was thin stays so, and its page is the same.
                    _ if row.words == 0 => (0, row.normal()),
                    // Thin only now. What is left is no ground to call pages equal, and their words are not kept.
                    // (How much of what it had been masked of before was learned is not known.)
                    left if is_thin(left, row.page_words as usize, gone) => {
                        (0, u128::from(row.content))
                    }
                    left if gone == 0 => (left, row.normal()),
                    left => (left, story_hash(&story.words)),
                };
                file(MaskedStory {
                    words: &story.words,
                    kinds: &story.kinds,
                    shingles: &story.shingles,
                    facts: StoryFacts {
                        words: length(words),
                        page_words: row.page_words,
                        masked: row.masked.saturating_add(length(gone)),
                        // Nothing of an index is removed.
                        by_form: 0,
                        by_others: 0,
                        normal,
                    },
                });
                Ok(())
            },
        )
    }
}
