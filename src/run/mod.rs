//! In which order, with which threads, memory and progress?
//!
//! A [`Job`] says what is to be done; opened and looked at ([`OpenJob::preflight`]) it becomes a
//! [`Run`], the result in memory, which answers questions.

pub(crate) mod corpus_texts;
pub(crate) mod counts;
pub(crate) mod crediting;
pub(crate) mod finished;
pub(crate) mod gauge;
#[cfg(test)]
mod id_tests;
pub(crate) mod index_fields;
pub(crate) mod job;
pub(crate) mod links;
pub(crate) mod listing;
pub(crate) mod masked;
pub(crate) mod memory;
pub(crate) mod near_stages;
pub(crate) mod order;
pub(crate) mod pages;
pub(crate) mod pairs;
pub(crate) mod preflight;
pub(crate) mod rejects;
pub(crate) mod settings;
pub(crate) mod sketching;
pub(crate) mod stubs;
pub(crate) mod unchanged;
pub(crate) mod wire;
pub(crate) mod wire_stages;

pub use counts::{Counts, Work};
pub use finished::Run;
pub use job::{Job, OpenJob};
pub use masked::{Masked, MaskedSource, MaskedWords};
pub use pairs::Pair;
pub use preflight::Preflight;
