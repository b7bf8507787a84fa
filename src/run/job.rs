//! `Job`: what is to be done, before anything is.

use super::settings::Settings;
use std::path::PathBuf;
use std::sync::Arc;

use crate::cluster::{Keep, RemovalRule};
use crate::context::Context;
use crate::corpus::{self, Corpus, OwnedRecord, ReadOptions, Rows, Source};
use crate::error::Error;
use crate::learned::Learned;
use crate::recipe::Recipe;
use crate::relation::Relation;
use crate::run::finished::Run;
use crate::run::memory;
use crate::run::order;
use crate::run::preflight::Preflight;
use crate::similarity::Threshold;
use crate::stages::Instructions;

/// A run in preparation: sources, how they are read, the recipe, and what may be removed.
///
/// ```
/// use wirecopy::{Job, OwnedRecord, Recipe};
///
/// let page = |text: &str| OwnedRecord { text: text.into(), ..OwnedRecord::default() };
/// let run = Job::new(Recipe::default())
///     .records(vec![page("The ferry is late again today"), page("the ferry is late again, today!")])
///     .run()?;
/// for cluster in run.clusters() {
///     let ids: Vec<_> = cluster.members.iter().map(|member| run.id(member.doc)).collect();
///     println!("{}: {}", cluster.id, ids.join(", "));
/// }
/// assert_eq!(run.clusters().len(), 1);
/// # Ok::<(), wirecopy::Error>(())
/// ```
#[derive(Debug)]
#[must_use]
pub struct Job {
    sources: Vec<Source>,
    read: ReadOptions,
    recipe: Recipe,
    removal: RemovalRule,
    memory: Option<u64>,
    instructions: Instructions,
    learned: Option<Learned>,
    is_for_index: bool,
    most_rejected: Option<f64>,
}

impl Job {
    /// A job without sources. The default removal keeps the longest text of a story, and removes
    /// exact, normalised, revised and excerpted copies of a kept one.
    pub fn new(recipe: Recipe) -> Job {
        let removal = RemovalRule {
            keep: Keep::default(),
            relations: vec![
                Relation::Exact,
                Relation::Normalized,
                Relation::Excerpt,
                Relation::Revised,
            ],
            coverage: match recipe.profile().has_stories() {
                // A Jaccard similarity is never above either coverage, so this asks for no more.
                false => recipe.threshold(),
                true => Threshold::new(RemovalRule::CARRIED).expect("above 0, below 1"),
            },
        };
        Job {
            sources: Vec::new(),
            read: ReadOptions::default(),
            recipe,
            removal,
            memory: None,
            instructions: Instructions::Widest,
            learned: None,
            is_for_index: false,
            most_rejected: None,
        }
    }

    /// Adds a file or a folder.
    pub fn path(mut self, path: impl Into<PathBuf>) -> Job {
        self.sources.push(Source::Path(path.into()));
        self
    }

    /// Adds standard input.
    pub fn stdin(mut self) -> Job {
        self.sources.push(Source::Stdin);
        self
    }

    /// Adds records held in memory.
    pub fn records(mut self, records: Vec<OwnedRecord>) -> Job {
        self.sources.push(Source::Records(records));
        self
    }

    /// Adds records of a table in memory, which is read in place.
    pub fn rows(mut self, rows: Arc<dyn Rows>) -> Job {
        self.sources.push(Source::Rows(rows));
        self
    }

    /// How the sources are read.
    pub fn read_options(mut self, options: ReadOptions) -> Job {
        self.read = options;
        self
    }

    /// What may be removed.
    pub fn removal(mut self, rule: RemovalRule) -> Job {
        self.removal = rule;
        self
    }

    /// The recipe.
    pub fn recipe(&self) -> &Recipe {
        &self.recipe
    }

    /// The rule so far.
    pub fn removal_rule(&self) -> &RemovalRule {
        &self.removal
    }

    /// Bytes of memory the run may use, besides mapped files. Without it, what the machine has
    /// free. A run that would need more is refused before it starts; results do not depend on it.
    pub fn memory(mut self, bytes: u64) -> Job {
        self.memory = Some(bytes);
        self
    }

    /// The widest instructions to use. Results do not depend on it.
    pub fn instructions(mut self, instructions: Instructions) -> Job {
        self.instructions = instructions;
        self
    }

    /// Starts from what another run has learned, instead of learning from these sources. Results
    /// depend on it. For the `wire` profile only.
    pub fn learned(mut self, learned: Learned) -> Job {
        self.learned = Some(learned);
        self
    }

    /// Counts what an index notes of the documents, or has to spill of them, when memory and disk are
    /// estimated.
    pub fn for_index(mut self) -> Job {
        self.is_for_index = true;
        self
    }

    /// Fails with [`Error::TooManyRejected`] if more than this share of the records, `0.0..=1.0`, is
    /// rejected. Without it, a run goes on whatever is.
    pub fn most_rejected(mut self, share: f64) -> Job {
        self.most_rejected = Some(share);
        self
    }

    /// Opens the sources.
    ///
    /// # Errors
    ///
    /// If one of them cannot be opened, or there is none; [`Error::NothingToMask`].
    pub fn open(self) -> Result<OpenJob, Error> {
        if self.learned.is_some() && !self.recipe.profile().has_stories() {
            return Err(Error::NothingToMask);
        }
        let mut read = self.read;
        let share = |memory| memory / memory::DECODING;
        read.window_memory = read.window_memory.or(self.memory.map(share));
        let corpus = Corpus::open(self.sources, read)?;
        let job = Settings {
            recipe: self.recipe,
            removal: self.removal,
            memory: self.memory,
            instructions: self.instructions,
            learned: self.learned,
            publishers_distinguish: None,
            is_noted: self.is_for_index,
            most_rejected: self.most_rejected,
        };
        Ok(OpenJob { corpus, job })
    }

    /// Opens the sources, and runs to the end without a word, in the current rayon pool.
    ///
    /// # Errors
    ///
    /// As [`open`](Job::open), [`OpenJob::preflight`] and [`OpenJob::run`].
    pub fn run(self) -> Result<Run, Error> {
        let mut open = self.open()?;
        open.preflight()?;
        open.run(Context::default())
    }
}

/// A job whose sources are open.
#[derive(Debug)]
#[must_use]
pub struct OpenJob {
    pub(crate) corpus: Corpus,
    pub(crate) job: Settings,
}

impl OpenJob {
    /// Looks at the first records of every source: which fields will be used, what the run will
    /// need.
    ///
    /// # Errors
    ///
    /// If a source has no text field, [`Error::DoesNotFit`] or [`Error::SpoolDoesNotFit`].
    pub fn preflight(&mut self) -> Result<Preflight, Error> {
        let mut sample = self.corpus.preflight()?;
        if self.job.recipe.profile().has_stories() || self.job.is_noted {
            sample.spool_bytes += memory::story_bytes(&self.job.recipe, sample.text_bytes);
        }
        if let Some(free) = sample.spool_free
            && sample.spool_bytes > free
        {
            let folder = sample.spool_folder;
            return Err(Error::SpoolDoesNotFit {
                needed: sample.spool_bytes,
                free,
                folder: std::path::absolute(&folder).unwrap_or(folder),
            });
        }
        let longest = sample.inputs.iter().map(|input| input.sample.longest);
        let longest = longest.max().unwrap_or(0);
        // Records that cannot be read take next to nothing.
        let size = self
            .job
            .size(documents(&sample), sample.text_bytes, longest);
        let memory = memory::estimate(&self.job.recipe, size);
        let windows = sample.inputs.iter().map(|input| input.window);
        let decoding = memory::decoding(windows.collect());
        let allowed = self.job.memory.or_else(memory::available);
        if let Some(allowed) = allowed
            && decoding > allowed
        {
            return Err(Error::WindowsDoNotFit { decoding, allowed });
        }
        let memory = self.job.fits(size, memory, allowed)?.max(decoding);
        Ok(Preflight {
            corpus: sample,
            profile: self.job.recipe.profile(),
            learns: self.job.learns(),
            memory,
            allowed,
        })
    }

    /// The recipe.
    pub fn recipe(&self) -> &Recipe {
        &self.job.recipe
    }

    /// Where documents come from.
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// Reads, compares, clusters and judges, in the current rayon pool.
    ///
    /// The result does not depend on the size of the pool. Setting `cancelled` ends the run soon,
    /// with [`Error::Cancelled`].
    ///
    /// # Errors
    ///
    /// If the corpus cannot be read, changes meanwhile, or the caller cancels.
    pub fn run(self, context: Context<'_>) -> Result<Run, Error> {
        order::run(self.corpus, self.job, context)
    }
}

/// How many records of a corpus can probably be read, by the share of those that were looked at.
fn documents(sample: &corpus::Preflight) -> u64 {
    let of_input = |input: &corpus::InputPreflight| {
        let (read, rejected) = (input.sample.records, input.sample.rejected);
        let all = u128::from((read + rejected).max(1));
        let share = u128::from(input.records.unwrap_or_default()) * u128::from(read) / all;
        match read + rejected {
            0 => input.records.unwrap_or_default(),
            _ => u64::try_from(share).unwrap_or(u64::MAX),
        }
    };
    sample.inputs.iter().map(of_input).sum()
}
