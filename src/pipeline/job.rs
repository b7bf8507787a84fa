//! `Job`: what is to be done, before anything is.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use super::error::Error;
use super::memory::{self, Size};
use super::preflight::Preflight;
use super::run::Run;
use super::stages;
use crate::cluster::{Keep, RemovalRule};
use crate::corpus::{self, Corpus, OwnedRecord, ReadOptions, Source};
use crate::learned::Learned;
use crate::recipe::{Profile, Recipe};
use crate::relation::Relation;
use crate::similarity::Threshold;
use crate::stages::{Instructions, Progress, Silent};

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
            coverage: match recipe.profile() {
                // A Jaccard similarity is never above either coverage, so this asks for no more.
                Profile::Near => recipe.threshold(),
                Profile::Wire => Threshold::new(RemovalRule::CARRIED).expect("above 0, below 1"),
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
        if self.learned.is_some() && self.recipe.profile() != Profile::Wire {
            return Err(Error::NothingToMask);
        }
        let mut read = self.read;
        let share = |memory| memory / memory::DECODING;
        read.window_memory = read.window_memory.or(self.memory.map(share));
        let corpus = Corpus::open(self.sources, read)?;
        let job = JobParts {
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
        open.run(&Silent, &AtomicBool::new(false))
    }
}

/// What a run is told besides its corpus.
#[derive(Debug)]
pub(super) struct JobParts {
    pub(super) recipe: Recipe,
    pub(super) removal: RemovalRule,
    memory: Option<u64>,
    pub(super) instructions: Instructions,
    /// What is known before; afterwards it is the run's.
    pub(super) learned: Option<Learned>,
    /// Whether publishers distinguish documents, where an index knows.
    pub(super) publishers_distinguish: Option<bool>,
    /// Whether an index keeps notes of its pages.
    pub(super) is_noted: bool,
    /// The share of rejected records at which it stops, if it does.
    pub(super) most_rejected: Option<f64>,
}

/// A job whose sources are open.
#[derive(Debug)]
#[must_use]
pub struct OpenJob {
    pub(super) corpus: Corpus,
    pub(super) job: JobParts,
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
        if self.job.recipe.profile() == Profile::Wire || self.job.is_noted {
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
    pub fn run(self, progress: &dyn Progress, cancelled: &AtomicBool) -> Result<Run, Error> {
        stages::run(self.corpus, self.job, progress, cancelled)
    }
}

impl JobParts {
    /// The memory that so much takes, with `rejected` bytes for records that could not be read. Refuses to go on if what was read is more than the sample, or a stream,
    /// let expect.
    pub(super) fn check_memory(
        &self,
        (documents, text): (u64, u64),
        longest: u64,
        rejected: u64,
    ) -> Result<u64, Error> {
        let size = self.size(documents, text, longest);
        let needed = memory::estimate(&self.recipe, size).saturating_add(rejected);
        self.fits(size, needed, self.memory)
    }

    /// Refuses what needs more than is allowed.
    fn fits(&self, size: Size, needed: u64, allowed: Option<u64>) -> Result<u64, Error> {
        let Some(allowed) = allowed.filter(|&allowed| needed > allowed) else {
            return Ok(needed);
        };
        let ordinary = memory::estimate(&self.recipe, Size { longest: 0, ..size });
        Err(match ordinary > allowed {
            true => Error::DoesNotFit {
                documents: size.documents,
                needed,
                allowed,
            },
            false => Error::LongTextDoesNotFit {
                longest: size.longest,
                needed,
                allowed,
            },
        })
    }

    /// How many candidates can be held at once, of a corpus of so many documents and so much text.
    pub(super) fn most_pairs(&self, (documents, text): (u64, u64)) -> u64 {
        let left = match self.memory {
            Some(allowed) => {
                let taken = memory::estimate(&self.recipe, self.size(documents, text, 0));
                allowed.saturating_sub(taken)
            }
            None => memory::available().unwrap_or(u64::MAX),
        };
        (left / memory::FOUND).max(documents)
    }

    /// Refuses to go on if there are more candidates than memory for them, or `too_many` to be found at all; `linked` of
    /// them are linked at a time. The
    /// memory that is needed with them, if that is clearly more than was to be expected without.
    pub(super) fn check_pairs(
        &self,
        (documents, text): (u64, u64),
        (pairs, linked): (u64, u64),
        too_many: bool,
    ) -> Result<Option<u64>, Error> {
        let before = self.size(documents, text, 0);
        let with_pairs = Size {
            pairs,
            linked,
            ..before
        };
        let needed = memory::estimate(&self.recipe, with_pairs);
        // What is held already is no longer available.
        let held = || memory::estimate(&self.recipe, before);
        let left = || memory::available().map(|left| left.saturating_add(held()));
        let allowed = self.memory.or_else(left);
        match too_many {
            true => Err(Error::TooManyPairs {
                documents,
                pairs,
                allowed: allowed.unwrap_or(u64::MAX),
            }),
            false => {
                let needed = self.fits(with_pairs, needed, allowed)?;
                let expected = held();
                Ok((needed > expected + expected / 8).then_some(needed))
            }
        }
    }

    /// Whether boilerplate is learned.
    fn learns(&self) -> bool {
        self.recipe.profile() == Profile::Wire && self.learned.is_none()
    }

    fn size(&self, documents: u64, text: u64, longest: u64) -> Size {
        Size {
            documents,
            text,
            pairs: 0,
            linked: 0,
            longest,
            learns: self.learns(),
            is_noted: self.is_noted,
        }
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
