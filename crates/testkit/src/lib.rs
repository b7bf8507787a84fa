//! Invented corpora: what tests, goldens and benches run on. Not published.
//!
//! - [`newsroom`]: a labelled newsroom, with the truth about who copied whom.
//! - [`news_corpus`]: news of any number of documents, with planted copies.
//! - [`hostile`]: texts that are no news, to find what they cost.
//!
//! The same bytes for the same arguments on any machine. The programs that write them are `benches/newsroom`,
//! `benches/news_corpus` and `benches/hostile`.

pub mod hostile;
pub mod news_corpus;
pub mod newsroom;
mod random;
