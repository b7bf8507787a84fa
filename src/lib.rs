//! wirecopy finds the copies in a text corpus.
//!
//! Near-duplicates are found by MinHash and LSH, verified on the text itself, and clustered; a
//! document is removed only if a kept one is verified to carry its text. By default what counts is
//! the story of a page, without the page's boilerplate ([`Recipe::wire`]); whole texts are compared
//! with [`Recipe::near`]. Start with [`Job`]:
//!
//! ```
//! use wirecopy::{Job, Recipe, clusters::Verdict};
//!
//! let run = Job::new(Recipe::default()).path("fixtures/newsroom/newsroom.jsonl").run()?;
//! for doc in run.documents() {
//!     if let Verdict::Removed { witness, relation } = run.verdict(doc) {
//!         println!("{} is a copy of {} ({})", run.id(doc), run.id(witness), relation.name());
//!     }
//! }
//! assert_eq!(run.clusters().len(), 15);
//! # Ok::<(), wirecopy::Error>(())
//! ```
//!
//! A run works in the caller's rayon pool, prints nothing, and can be cancelled. The rooms can
//! be used alone: [`text::Tokenizer`], [`shingle::Shingling`], [`sketch::Sketcher`],
//! [`sketch::Banding`], [`index::KeyTable`], [`verify::ShingleSets`].

pub mod attribution;
pub mod boilerplate;
pub mod cluster;
pub mod clusters;
pub mod corpus;
pub mod date;
pub mod doc_id;
pub mod edge;
pub mod eval;
pub mod hash;
pub mod index;
pub mod likeness;
pub mod nearest;
pub mod output;
pub mod parts;
pub mod pipeline;
pub mod recipe;
pub mod relation;
pub mod report;
pub mod sentence;
pub mod shingle;
pub mod shown;
pub mod similarity;
pub mod sketch;
pub mod text;
pub mod unfinished;
pub mod verify;

pub use corpus::OwnedRecord;
pub use pipeline::{Error, Job, OpenJob, Run};
pub use recipe::{Profile, Recipe, RecipeError};
