//! The stages of a run, over facts, pairs and story texts: what batch, index and others call alike.
//!
//! A stage sees documents through [`DocFacts`] and their texts through [`StoryTexts`], and hears of cancelling by its
//! [`Context`]. Where these come from, a corpus, an index or a shuffle, it does not know.

mod aligning;
mod batches;
mod certifying;
mod clustering;
mod comparing;
mod components;
mod context;
mod crediting;
mod equal_texts;
mod error;
mod facts;
mod finalizing;
mod instructions;
mod jaccard;
mod linking;
mod method;
mod one_text;
mod pair_screen;
mod pair_stats;
mod partitioner;
mod progress;
mod rereading;
mod sample;
mod sampling;
mod stock;
mod stored_pairs;
mod story_texts;
#[cfg(test)]
mod testing;
mod texts;

pub use aligning::{AligningMethod, Compared, Story, between};
pub use batches::{DocPair, largest};
pub use certifying::Certificates;
pub use clustering::{Clustered, cluster};
pub use comparing::{Comparer, TextReader};
pub use context::Context;
pub use crediting::{Agencies, Credits};
pub use equal_texts::{Dates, EqualTexts};
pub use error::StageError;
pub use facts::{DocFacts, PageCounts, rank};
pub use finalizing::{FinalCluster, Finalizer, find, relate, relation_of};
pub use instructions::Instructions;
pub use jaccard::JaccardMethod;
pub use linking::{Links, link};
pub use method::{Method, Why};
pub use one_text::{OneText, OneTextBuffers, OneTextReader};
pub use pair_screen::PairScreen;
pub use pair_stats::{PairStats, PairTotals};
pub use partitioner::Partitioner;
pub use progress::{Progress, Silent, Stage, Timing};
pub use sample::{Sample, counts, distinct, facts, sampled};
pub use sampling::{DRAWN, Sampling, Stratum};
pub use stock::stock;
pub use stored_pairs::{StoredPairs, cluster_with_stored_pairs};
pub use story_texts::{HeldStories, StoryReader, StoryTexts};
pub use texts::Texts;
