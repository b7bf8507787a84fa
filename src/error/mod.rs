//! Why a run ended without a result.

mod index;
mod kind;
mod share;

pub use index::IndexError;
pub use share::{is_over, share_that_allows};

use std::path::PathBuf;

use crate::corpus::CorpusError;
use crate::learned_file::LearnedError;
use crate::output::OutputError;
use crate::recipe::RecipeError;
use crate::stages::StageError;

/// What stops a run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The corpus cannot be read.
    #[error(transparent)]
    Corpus(CorpusError),
    /// The results cannot be written.
    #[error(transparent)]
    Output(OutputError),
    /// What another run has learned cannot be used.
    #[error(transparent)]
    Learned(#[from] LearnedError),
    /// An index cannot be read, or written.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// There is no such recipe.
    #[error(transparent)]
    Recipe(#[from] RecipeError),
    /// Learned boilerplate was given to a job whose profile does not mask.
    #[error(
        "what was learned of boilerplate is for the `wire` profile, and this job's is `near`, which \
         compares whole texts: leave it out, or take a recipe of `wire`"
    )]
    NothingToMask,
    /// The run would need more memory than it may use.
    #[error(
        "this run needs about {} of memory for {documents} documents, and may use {}: split the \
         corpus, allow more with --memory or, in `near`, ask for a lower recall",
        size(*needed), size(*allowed)
    )]
    DoesNotFit {
        /// Documents, as estimated from a sample.
        documents: u64,
        /// Bytes the run would need.
        needed: u64,
        /// Bytes it may use.
        allowed: u64,
    },
    /// So many documents share keys that the pairs to be looked at cannot be held.
    #[error(
        "these {documents} documents have more than {pairs} pairs of pages with much in common, and {} of \
         memory is not enough for them: split the corpus, allow more with --memory, or take a higher \
         --threshold", size(*allowed)
    )]
    TooManyPairs {
        /// Documents read.
        documents: u64,
        /// Pairs that could be held.
        pairs: u64,
        /// Bytes it may use.
        allowed: u64,
    },
    /// The longest text would need more memory than the run may use.
    #[error(
        "a text of {} takes about {} of memory to compare, and this run may use {}: allow more with \
         --memory, leave such records out with --max-record, or ask for fewer --threads",
        size(*longest), size(*needed), size(*allowed)
    )]
    LongTextDoesNotFit {
        /// Bytes of the longest text.
        longest: u64,
        /// Bytes the run would need.
        needed: u64,
        /// Bytes it may use.
        allowed: u64,
    },
    /// Decoding the inputs would need more memory than the run may use.
    #[error(
        "decoding the .zst inputs takes about {} of memory, and this run may use {}: allow more with \
         --memory, or ask for fewer --threads", size(*decoding), size(*allowed)
    )]
    WindowsDoNotFit {
        /// Bytes the decoders would need.
        decoding: u64,
        /// Bytes the run may use.
        allowed: u64,
    },
    /// What cannot be read in place would not fit where it is spooled.
    #[error(
        "this run spools about {needed_mb} MB in {}, where {free_mb} MB are free: free some space, \
         or name a folder on another disk with --temp-dir",
        folder.display(), needed_mb = needed.div_ceil(1 << 20), free_mb = free >> 20
    )]
    SpoolDoesNotFit {
        /// Bytes that would be spooled, as estimated from a sample.
        needed: u64,
        /// Bytes that are free.
        free: u64,
        /// Where they would be spooled.
        folder: PathBuf,
    },
    /// The results would not fit where they are to be written.
    #[error(
        "this run writes about {} to {}, where {} are free: free some space, name a folder on another \
         disk with -o, or write less with --write",
        size(*needed), folder.display(), size(*free)
    )]
    OutputDoesNotFit {
        /// Bytes that would be written, whatever is found.
        needed: u64,
        /// Bytes that are free.
        free: u64,
        /// Where they would be written.
        folder: PathBuf,
    },
    /// Kept, removed and rejected records are not the ones that were read: a fault of wirecopy.
    #[error(
        "{read} records were read, but {kept} kept + {removed} removed + {rejected} rejected + {known} known \
         are not as many: nothing was written; please report this"
    )]
    DoesNotAddUp {
        /// Records read.
        read: u64,
        /// Records kept.
        kept: u64,
        /// Records removed.
        removed: u64,
        /// Records rejected.
        rejected: u64,
        /// Records that an index has.
        known: u64,
    },
    /// More records were rejected than an index takes.
    #[error(
        "{rejected} of {read} records rejected, more than --max-rejected allows: the index is as before; the \
         first: {first}; mend them, or allow so many with --max-rejected {}",
        share_that_allows(*rejected, *read)
    )]
    TooManyRejected {
        /// Records rejected.
        rejected: u64,
        /// Records read.
        read: u64,
        /// Place and reason of the first of them.
        first: String,
    },
    /// No such document in the corpus.
    #[error(
        "no document has the id `{}`: {}ids are those of documents.jsonl; \
         a record without one is called file#record, and one whose id others have, file#id or file#record",
        .id.escape_debug(), did_you_mean(.near.as_deref())
    )]
    UnknownId {
        /// The id asked for.
        id: String,
        /// One that is nearly the same.
        near: Option<String>,
    },
    /// The index was changed, and something behind that failed.
    #[error("the change is in the index; {source}; {next}")]
    Committed {
        /// What failed.
        source: Box<Error>,
        /// What to do.
        next: &'static str,
    },
    /// A text could not be read by what a caller of the stages gave to read texts.
    #[error("a text cannot be read: {0}")]
    Text(Box<dyn std::error::Error + Send + Sync>),
    /// The caller asked to stop.
    #[error("cancelled")]
    Cancelled,
}

impl Error {
    /// Whether what was asked is done and lasts, though something behind it failed.
    pub fn is_committed(&self) -> bool {
        matches!(
            self,
            Error::Committed { .. } | Error::Output(OutputError::NotFlushed { .. })
        )
    }
}

impl From<CorpusError> for Error {
    fn from(error: CorpusError) -> Error {
        match error {
            CorpusError::Cancelled => Error::Cancelled,
            other => Error::Corpus(other),
        }
    }
}

/// What stops a stage is an error of a run, and back again when a run reads texts for it.
impl From<StageError> for Error {
    fn from(error: StageError) -> Error {
        match error {
            StageError::Cancelled => Error::Cancelled,
            StageError::Texts(error) => match error.downcast::<Error>() {
                Ok(error) => *error,
                Err(other) => Error::Text(other),
            },
        }
    }
}

impl From<Error> for StageError {
    fn from(error: Error) -> StageError {
        match error {
            Error::Cancelled => StageError::Cancelled,
            other => StageError::Texts(Box::new(other)),
        }
    }
}

impl From<OutputError> for Error {
    fn from(error: OutputError) -> Error {
        match error {
            OutputError::Cancelled => Error::Cancelled,
            OutputError::Corpus(error) => error.into(),
            other => Error::Output(other),
        }
    }
}

fn did_you_mean(near: Option<&str>) -> String {
    near.map_or_else(String::new, |near| {
        format!("did you mean `{}`? ", near.escape_debug())
    })
}

/// Bytes for people: in MB, or in KB where that would be 0.
fn size(bytes: u64) -> String {
    match bytes >> 20 {
        0 => format!("{} KB", bytes >> 10),
        megabytes => format!("{megabytes} MB"),
    }
}
