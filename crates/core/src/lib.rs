//! The method of wirecopy, without files: from texts to clusters, over slices and values.
//!
//! What opens corpora, keeps indexes and writes results is the crate `wirecopy`, which has all of this at its root.
//! Each room does one step and imports no other room:
//!
//! | room | step |
//! |---|---|
//! | [`text`] | a text to words |
//! | [`shingle`], [`sketch`] | words to a MinHash signature and its keys |
//! | [`boilerplate`] | which passages of pages repeat around different stories |
//! | [`attribution`] | which agency a text credits |
//! | [`lsh`] | keys to candidates |
//! | [`verify`] | a pair of texts to its likeness |
//! | [`cluster`] | verified pairs to clusters, their representatives, and what may go |
//!
//! [`recipe`] is every choice that shapes a result, [`story`] a page without its boilerplate, [`learned`] what is learned of a
//! corpus, as a value that has bytes; [`stages`] puts the steps together, over facts and story texts that anybody may hold: a
//! corpus on disk, an index, a shuffle. The other modules are the words that all rooms speak.
//!
//! Before 1.0 this crate promises nothing: programs name what they need through `wirecopy`.

pub mod attribution;
pub mod boilerplate;
pub mod cluster;
pub mod clusters;
pub mod date;
pub mod doc_id;
pub mod edge;
pub mod hash;
pub mod learned;
pub mod likeness;
pub mod lsh;
pub mod online;
pub mod parts;
pub mod recipe;
pub mod relation;
pub mod sentence;
pub mod shingle;
pub mod similarity;
pub mod sketch;
pub mod stages;
pub mod story;
pub mod text;
pub mod verify;
