//! wirecopy finds the copies in a text corpus.

pub mod clusters;
pub mod date;
pub mod doc_id;
pub mod edge;
pub mod output;
pub mod relation;
pub mod similarity;
