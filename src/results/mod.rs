//! A finished run as files: tables, filtered corpora, `run.json`.

pub(crate) mod needs;
pub(crate) mod story_texts;
pub(crate) mod tables;
pub(crate) mod write;

pub use needs::Needs;
pub use write::Files;
