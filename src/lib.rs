//! wirecopy finds the copies in a text corpus.
//!
//! Near-duplicates are found by MinHash and LSH, verified on the text itself, and clustered; a
//! document is removed only if a kept one is verified to carry its text. By default what counts is
//! the story of a page, without the page's boilerplate ([`Recipe::wire`]); whole texts are compared
//! with [`Recipe::near`].
//!
//! There are three ways to work, each with a program in `examples/`.
//!
//! # A whole corpus at once
//!
//! A [`Job`] has sources and a [`Recipe`]; its [`Run`] has clusters, pairs and verdicts, and writes itself as files
//! (`examples/batch.rs`). Sources are files, folders, standard input, or records in memory ([`Job::records`]).
//!
//! ```
//! use wirecopy::{Job, Recipe, Verdict};
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
//! # A batch a day
//!
//! An [`Index`] is a folder that holds yesterday's corpus: each batch is compared with all before it, and clusters keep
//! their names (`examples/index_daily.rs`). What is added is compared by the recipe of the index, with the boilerplate
//! that was learned when it was built.
//!
//! ```
//! use wirecopy::{Context, Index, Job, OwnedRecord, Recipe};
//!
//! let page = |id: &str, text: &str| OwnedRecord { id: Some(id.into()), text: text.into(), ..OwnedRecord::default() };
//! let days = [
//!     vec![page("mon-1", "The ferry to the island was late again, and nobody in the harbour could say why.")],
//!     vec![page("tue-1", "The ferry to the island was late again, and nobody in the harbour could say why!")],
//! ];
//! let folder = std::env::temp_dir().join(format!("wirecopy-days-{}", std::process::id()));
//! for (day, records) in days.into_iter().enumerate() {
//!     let job = Job::new(Recipe::default()).records(records).open()?;
//!     let (_, run) = match day {
//!         0 => Index::build(&folder, job, Context::default())?,
//!         _ => Index::add(&folder, job, Context::default())?,
//!     };
//!     println!("day {day}: {} clusters changed", run.clusters().len());
//! }
//! assert_eq!(Index::open(&folder)?.clusters(Context::default())?.clusters().len(), 1);
//! # std::fs::remove_dir_all(&folder).unwrap();
//! # Ok::<(), wirecopy::Error>(())
//! ```
//!
//! # A document at a time
//!
//! [`Index::query`] looks one document up in an index. An [`Online`] window holds pages in memory for as long as its user
//! likes: a page is pushed, its copies among the others come back, and it is forgotten again (`examples/online.rs`).
//!
//! ```
//! use wirecopy::{Online, OnlinePage, Recipe, Relation};
//!
//! let mut window = Online::new(Recipe::default_near(), None)?; // `wire` takes what a run has learned
//! let page = |text| OnlinePage { text, ..OnlinePage::default() };
//! let (first, _) = window.push(page("The ferry is late again, it seems"));
//! let (_, found) = window.push(page("the ferry is late again; it seems"));
//! assert_eq!((found[0].page, found[0].relation), (first, Relation::Normalized));
//! window.forget(first);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The steps are there one by one, too (`examples/near_by_hand.rs`): words by [`text::Tokenizer`], sets by
//! [`shingle::Shingling`], signatures by [`sketch::Sketcher`], keys by [`sketch::Banding`], verdicts by
//! [`verify::ShingleSets`] and [`verify::PairVerifier`]; [`stages`] puts them together over documents held anywhere.
//!
//! # What holds for all
//!
//! Work is done in the caller's rayon pool, prints nothing, and can be cancelled. Results depend neither on threads nor on the
//! order of documents. An [`Error`] says what was expected, what was found and what to do, and has a
//! [`kind`](Error::kind) for programs.

// The command line sees the library as any other program does.
#[cfg(feature = "cli")]
extern crate self as wirecopy;

#[cfg(feature = "cli")]
pub mod cli;
pub mod container;
mod context;
pub mod corpus;
mod error;
pub mod eval;
mod index;
mod inspect;
mod learned_file;
pub mod nearest;
pub mod output;
pub mod report;
mod results;
mod run;
pub mod shown;
mod store;
pub mod unfinished;

// The method. Its rooms are rooms of this crate, too.
pub use wirecopy_core::{
    attribution, boilerplate, cluster, clusters, date, doc_id, edge, hash, learned, likeness, lsh,
    online, parts, recipe, relation, sentence, shingle, similarity, sketch, stages, story, text,
    verify,
};

// What users name. The rooms stay where they are, for those who take a step alone.
pub use cluster::{Keep, RemovalRule};
pub use clusters::{Cluster, ClusterId, Member, Verdict};
pub use context::{Context, RunProgress};
pub use corpus::{BorrowedRecord, OwnedRecord, ReadOptions, Rows};
pub use date::Date;
pub use doc_id::DocId;
pub use error::{Error, IndexError, is_over, share_that_allows};
pub use index::{
    AddOptions, Added, Answer, Answers, HotKeys, Index, Info, Known, Match, Query, Rebuilt,
    SegmentInfo,
};
pub use inspect::{
    Explanation, Figures, NearFigures, Outcome, Passage, PassageKind, Side, StoryFigures, StorySide,
};
pub use learned::{Learned, LearnedFault};
pub use learned_file::{LearnedError, LearnedFile, LearnedFileFault};
pub use likeness::Likeness;
pub use online::{NotLearned, Online, OnlineMatch, OnlinePage, PageId};
pub use recipe::{Profile, Recipe, RecipeError};
pub use relation::Relation;
pub use results::{Files, Needs};
pub use run::{
    Counts, Job, Masked, MaskedSource, MaskedWords, OpenJob, Pair, Preflight, Run, Work,
};
pub use similarity::Threshold;
pub use stages::{Instructions, Progress, Silent, Stage, Timing};
pub use story::THIN;
