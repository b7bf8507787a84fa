//! wirecopy finds the copies in a text corpus.

pub mod cluster;
pub mod clusters;
pub mod corpus;
pub mod date;
pub mod doc_id;
pub mod edge;
pub mod eval;
pub mod hash;
pub mod index;
pub mod output;
pub mod relation;
pub mod shingle;
pub mod similarity;
pub mod sketch;
pub mod text;
pub mod verify;
