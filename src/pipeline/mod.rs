//! In which order, with which threads, memory and progress?
//!
//! A [`Job`] says what is to be done; opened and looked at ([`OpenJob::preflight`]) it becomes a
//! [`Run`], the result in memory, which answers questions and writes itself as files. The rooms
//! know nothing of each other: this one hands plain slices from one to the next.

mod aligning;
mod batches;
mod certifying;
mod clustering;
mod comparing;
mod components;
mod counts;
mod crediting;
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
mod instructions;
mod jaccard;
mod job;
mod judging;
mod large;
mod learned_error;
mod learned_file;
mod learning;
mod linking;
mod listing;
mod masked;
mod memory;
mod method;
mod near_page;
mod near_stages;
mod needs;
mod one_host;
mod page_words;
mod pair_stats;
mod pairs;
mod partitioner;
mod preflight;
mod progress;
mod rejections;
mod rejects;
mod report;
mod rereading;
mod row;
mod run;
mod sampling;
mod sketching;
mod stages;
mod stored_pairs;
mod story;
mod story_pair;
mod story_store;
mod story_texts;
mod stubs;
mod tables;
mod texts;
mod unchanged;
mod wire;
mod wire_stages;
mod word_counts;
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
pub use instructions::Instructions;
pub use job::{Job, OpenJob};
pub use learned_error::{LearnedError, LearnedFault};
pub use learning::Learned;
pub use masked::{Masked, MaskedSource, MaskedWords};
pub use needs::Needs;
pub use pairs::Pair;
pub use preflight::Preflight;
pub use progress::{Progress, Silent, Stage, Timing};
pub use rejects::{is_over, share_that_allows};
pub use run::Run;
pub use story::THIN;
pub use write::Files;
