//! `Index`: yesterday's corpus on disk, for today's documents.
//!
//! An index is a folder: stories, keys and clusters of all documents so far, and in the `wire` profile the
//! tables they were masked and judged with, which stay as they are. In `near` a story is all of a text. A batch is added to it by the code that a run
//! over all documents uses, so that the clusters are the same.

mod addition;
mod band_keys;
mod build;
mod catalog;
mod change;
mod compacting;
mod compared;
mod comparison;
mod failures;
mod figures;
mod hot_keys;
mod info;
mod joined;
mod known;
mod lapsed;
mod layout;
mod looking_up;
mod lookup;
mod mapped;
mod matching;
mod merged_pairs;
mod merged_words;
mod naming;
mod neighbourhood;
mod new_pairs;
mod pair_lookup;
mod pair_table;
mod part;
mod rebuilding;
mod recipe_line;
mod remasking;
mod renamed;
mod renaming;
mod repeated_batch;
mod reporting;
mod sample;
mod seeking;
mod segment_of;
mod sought;
mod state;
mod stats;
mod story_codes;
#[cfg(test)]
mod tests;
mod turn;

use std::path::Path;

pub use change::{AddOptions, Added};
pub use hot_keys::HotKeys;
pub use info::{Info, SegmentInfo};
pub use known::Known;
pub use matching::{Answer, Answers, Match, Query};
pub use rebuilding::Rebuilt;

use crate::context::Context;
use crate::error::Error;
use crate::recipe::Recipe;
use crate::run::finished::Run;
use crate::run::job::OpenJob;
use addition::{Addition, AdditionResult, Batch};
use catalog::Catalog;
use neighbourhood::FROZEN_FROM;
use pair_table::PairTable;

/// An index, opened for reading: it stays as it was when it was opened, whatever is added meanwhile.
///
/// ```
/// use wirecopy::{Context, Index, Job, OwnedRecord, Query, Recipe};
///
/// let page = |id: &str, text: &str| OwnedRecord {
///     id: Some(id.into()),
///     text: text.into(),
///     ..OwnedRecord::default()
/// };
/// let story = "The ferry to the island was late again on Monday, and nobody in the harbour office \
///              could say whether Tuesday would be any better.";
/// let folder = std::env::temp_dir().join(format!("wirecopy-doc-{}", std::process::id()));
///
/// let first = Job::new(Recipe::default()).records(vec![page("a", story)]).open()?;
/// Index::build(&folder, first, Context::default())?;
/// let second = Job::new(Recipe::default()).records(vec![page("b", story)]).open()?;
/// Index::add(&folder, second, Context::default())?;
///
/// let index = Index::open(&folder)?;
/// let copies = index.query(&Query { text: story, ..Query::default() })?;
/// let ids: Vec<&str> = copies.iter().map(|copy| copy.id.as_str()).collect();
/// assert_eq!(ids, ["a", "b"]);
/// # std::fs::remove_dir_all(&folder).unwrap();
/// # Ok::<(), wirecopy::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Index {
    catalog: Catalog,
}

impl Index {
    /// Opens the index in a folder. Takes no lock, and reads only the ends of its files, what was
    /// learned, and 4 bytes a document; all that is held against its checksums.
    ///
    /// What else is read later is checked before its first use, a whole section at a time, but by
    /// [`query`](Index::query) and [`hot_keys`](Index::hot_keys): they look at few places of a large index, and rely on
    /// [`verify`](Index::verify). What the system cannot read is an error of all of them.
    ///
    /// # Errors
    ///
    /// If there is none, or it is damaged or of another recipe.
    pub fn open(folder: &Path) -> Result<Index, Error> {
        Ok(Index {
            catalog: Catalog::open(folder)?,
        })
    }

    /// The clusters that the documents of a job, together with those of the index, are in. Changes
    /// nothing. The run has the documents of the job as its own; those of the index are members of its
    /// clusters and witnesses only. No two of them have one name.
    ///
    /// # Errors
    ///
    /// If the documents or the index cannot be read.
    pub fn clusters_with(&self, open: OpenJob, context: Context<'_>) -> Result<Run, Error> {
        self.catalog.snapshot.check_at_first_use();
        let addition = Addition {
            catalog: &self.catalog,
            keeps: false,
            touched: Vec::new(),
            frozen_from: FROZEN_FROM,
            context,
        };
        let mut batch = Batch::read(&self.catalog, open, context)?;
        let told_apart = || renaming::distinguish_from_index(&self.catalog, &mut batch.documents);
        self.catalog.unless_lost(told_apart)?;
        let mut result = addition.compute(batch)?;
        let mut state = self.catalog.state.clone();
        let commit = self.catalog.snapshot.generation() + 1;
        let before = self.catalog.documents();
        renamed::name(&mut state, &mut result, before, commit);
        Ok(result.run)
    }

    /// All clusters, as a run over the documents of the index; it has no documents of its own.
    ///
    /// Pairs are taken from what was stored of them; those of a removed document that a copy stands for are
    /// compared again.
    ///
    /// # Errors
    ///
    /// If the index cannot be read.
    pub fn clusters(&self, context: Context<'_>) -> Result<Run, Error> {
        let clustered = (0..).zip(&self.catalog.state.cluster_of);
        let touched = clustered.filter(|(_, cluster)| **cluster != layout::NONE);
        let touched = touched.map(|(at, _)| at).collect();
        Ok(self.again(touched, context)?.run)
    }

    /// The clusters of some documents, and of all that hang together with these, judged again.
    fn again(&self, touched: Vec<u32>, context: Context<'_>) -> Result<AdditionResult, Error> {
        let catalog = &self.catalog;
        catalog.snapshot.check_at_first_use();
        let addition = Addition {
            catalog,
            keeps: false,
            touched,
            frozen_from: usize::MAX,
            context,
        };
        let mut result = addition.compute(Batch::of_nothing(catalog, context)?)?;
        let mut state = catalog.state.clone();
        let commit = catalog.snapshot.generation();
        renamed::name(&mut state, &mut result, catalog.documents(), commit);
        Ok(result)
    }

    /// By what documents are compared.
    pub fn recipe(&self) -> &Recipe {
        &self.catalog.recipe
    }

    /// Reads every byte: whether all of it is as it was written, and every story, id and pair can be
    /// read.
    ///
    /// # Errors
    ///
    /// At the first thing that is wrong.
    pub fn verify(&self) -> Result<(), Error> {
        self.catalog.unless_lost(|| self.verify_all())
    }

    fn verify_all(&self) -> Result<(), Error> {
        self.catalog.snapshot.verify()?;
        self.catalog.parts.iter().try_for_each(|part| {
            let (mut words, mut kinds) = (Vec::new(), Vec::new());
            for (row, doc) in part.rows()?.iter().zip(0..) {
                part.id(row)?;
                part.title(doc)?;
                if row.is_out_of_time() {
                    return Err(part.wrong("a date is thousands of years away"));
                }
                part.name(row.publisher)?;
                part.name(row.agency)?;
                part.story(row, &mut words, &mut kinds)?;
            }
            for page in part.sample()? {
                part.row(page.doc)?;
                part.sample_words(page)?;
            }
            Ok(())
        })?;
        let table = PairTable::of(&self.catalog)?;
        let mut pairs = Vec::new();
        for at in (0..).take(self.catalog.documents()) {
            pairs.clear();
            table.each(at, |pair| {
                pairs.extend(pair.figures.map(|figures| (pair.other, figures)))
            })?;
            for &(other, figures) in &pairs {
                self.catalog.likeness((at, other), figures)?;
            }
        }
        Ok(())
    }
}
