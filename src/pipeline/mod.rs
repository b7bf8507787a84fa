//! In which order, with which threads, memory and progress?
//!
//! A [`Job`] says what is to be done; opened and looked at ([`OpenJob::preflight`]) it becomes a
//! [`Run`], the result in memory, which answers questions and writes itself as files. The rooms
//! know nothing of each other: this one hands plain slices from one to the next.

mod corpus_texts;
mod counts;
mod crediting;
mod doc_facts;
mod documents;
mod error;
mod error_kind;
mod explain;
mod gauge;
mod headline;
mod ids;
mod index;
mod index_fields;
mod inputs;
mod job;
mod large;
mod learned_file;
mod learning;
mod links;
mod listing;
mod masked;
mod memory;
mod near_page;
mod near_stages;
mod needs;
mod one_host;
mod pairs;
mod preflight;
mod rejections;
mod rejects;
mod report;
mod row;
mod run;
mod sketching;
mod stages;
mod story_pair;
mod story_store;
mod story_texts;
mod stubs;
mod tables;
mod unchanged;
mod wire;
mod wire_stages;
mod write;

pub use counts::{Counts, Work};
pub use error::Error;
pub use explain::{
    Explanation, Figures, NearFigures, Outcome, Passage, PassageKind, Side, StoryFigures, StorySide,
};
pub use index::{
    AddOptions, Added, Answer, Answers, HotKeys, Index, IndexError, Info, Known, Match, Query,
    Rebuilt, SegmentInfo,
};
pub use job::{Job, OpenJob};
pub use learned_file::{LearnedError, LearnedFile, LearnedFileFault};
pub use masked::{Masked, MaskedSource, MaskedWords};
pub use needs::Needs;
pub use pairs::Pair;
pub use preflight::Preflight;
pub use rejects::{is_over, share_that_allows};
pub use run::Run;
pub use write::Files;

pub use crate::learned::{Learned, LearnedFault};
pub use crate::stages::{Instructions, Progress, Silent, Stage, Timing};
pub use crate::story::THIN;
