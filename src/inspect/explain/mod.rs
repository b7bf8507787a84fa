//! Why two documents are, or are not, a pair.
//!
//! The corpus is read as a run reads it, so that ids, sketches and figures are those of the run.
//! What the two are to each other is then reported as the profile of the job sees it: by their shingle
//! sets in `near`, by their aligned story texts in `wire`.

mod near;
mod sketches;
mod story;

use std::ops::Range;
use std::sync::atomic::AtomicU64;

pub use story::{Outcome, StoryFigures, StorySide};

use crate::cluster::Facts;
use crate::context::Context;
use crate::corpus::{Corpus, OwnedRecord, Record};
use crate::doc_id::DocId;
use crate::error::Error;
use crate::nearest::nearest;
use crate::relation::Relation;
use crate::report::Report;
use crate::run::finished::Run;
use crate::run::job::OpenJob;
use crate::run::order;
use crate::run::settings::Settings;
use crate::run::unchanged::unless_changed;
use crate::run::wire_stages::WireStages;
use crate::similarity::Overlap;
use crate::stages::{Stage, Texts};
use crate::store::documents::Documents;

/// How alike two documents are, and what they have in common.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Explanation {
    /// The first document.
    pub a: Side,
    /// The second document.
    pub b: Side,
    /// The sizes of their shingle sets and of what these share; `left` is `a`. In `wire`, of their
    /// story texts.
    pub overlap: Overlap,
    /// Whether the two are copies: equal texts, or similar enough.
    pub accepted: bool,
    /// What `b` is to `a`, where they are copies.
    pub relation: Option<Relation>,
    /// Bands of a signature that are equal: one is enough to be a candidate.
    pub equal_bands: u32,
    /// The probability, in `0.0..=1.0`, that a pair of this similarity becomes a candidate.
    pub found_probability: f64,
    /// Stretches of equal words in the text of `a` and that of `b`, in bytes, in the order of `a`.
    pub runs: Vec<[Range<usize>; 2]>,
    /// What only the profile of the job looks at.
    pub figures: Figures,
    /// The two as a report of one comparison, for [`pair_page`](crate::report::pair_page). It does
    /// not know of clusters: whether both are in one is the caller's to say.
    pub report: Report,
}

/// What one profile looks at.
#[derive(Clone, Debug)]
pub enum Figures {
    /// Whole documents as shingle sets.
    Near(NearFigures),
    /// Story texts, aligned.
    Wire(Box<StoryFigures>),
}

/// What `near` looks at besides the shingle sets.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct NearFigures {
    /// Slots of a signature that agree in one byte, which is what the screen looks at.
    pub agreeing_slots: u32,
    /// Slots that must agree for the texts to be worth comparing.
    pub screen: u32,
}

/// One of the two documents.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Side {
    /// The id, as in the tables.
    pub id: String,
    /// What was read.
    pub record: OwnedRecord,
    /// Whose page it is.
    pub publisher: Option<String>,
    /// The text from its first word to its last, cut where what is said of a word changes, in
    /// order.
    pub passages: Vec<Passage>,
}

/// A stretch of a text.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Passage {
    /// Its place in the text, in bytes.
    pub range: Range<usize>,
    /// Words in it.
    pub words: usize,
    /// What is said of them.
    pub kind: PassageKind,
    /// Whether they are in a stock paragraph; never in `near`, nor where they are masked.
    pub is_stock: bool,
}

/// What is said of the words of a passage.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum PassageKind {
    /// The other text does not have them. In `wire`: story text that is not aligned.
    Own,
    /// `near`: shingles of the other text cover them.
    Shared,
    /// `wire`: aligned with the same words of the other, as part of a run around shared shingles.
    Aligned,
    /// `wire`: aligned with the same words of the other, in a short gap between two such runs.
    Filled,
    /// `wire`: boilerplate by the lines of the page itself, which are short or doubled.
    MaskedByLines,
    /// `wire`: boilerplate that was learned from the corpus.
    MaskedAsBoilerplate,
}

impl PassageKind {
    /// The name in every output: lower case.
    pub const fn name(self) -> &'static str {
        match self {
            PassageKind::Own => "own",
            PassageKind::Shared => "shared",
            PassageKind::Aligned => "aligned",
            PassageKind::Filled => "filled",
            PassageKind::MaskedByLines => "lines",
            PassageKind::MaskedAsBoilerplate => "boilerplate",
        }
    }

    /// Whether the other text has the words too.
    pub const fn is_shared(self) -> bool {
        matches!(
            self,
            PassageKind::Shared | PassageKind::Aligned | PassageKind::Filled
        )
    }

    /// Whether the words are masked as boilerplate.
    pub const fn is_masked(self) -> bool {
        matches!(
            self,
            PassageKind::MaskedByLines | PassageKind::MaskedAsBoilerplate
        )
    }
}

impl Explanation {
    /// Whether the index made the pair a candidate that was compared, caps apart.
    pub fn is_candidate(&self) -> bool {
        match &self.figures {
            Figures::Near(near) => self.equal_bands > 0 && near.agreeing_slots >= near.screen,
            Figures::Wire(wire) => self.equal_bands > 0 && wire.agreeing_slots >= wire.screen,
        }
    }
}

impl OpenJob {
    /// Compares two documents, named as in the tables of a run, as the run of this job does.
    ///
    /// Cost: in `near`, one pass over the corpus; in `wire`, what a run costs up to the stock
    /// paragraphs.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownId`] if there is no such document; otherwise as for a run.
    pub fn explain(mut self, a: &str, b: &str, context: Context<'_>) -> Result<Explanation, Error> {
        context.progress.begin(Stage::Read, None);
        let mut documents = order::read(&mut self.corpus, &self.job, context)?;
        context.progress.end(Stage::Read);
        let docs = [named(&documents, a)?, named(&documents, b)?];
        match self.job.recipe.profile().has_stories() {
            false => near::explain(&self.corpus, &self.job, &documents, docs),
            true => {
                let known = self.job.learned.take();
                let capped = AtomicU64::new(0);
                let stages = wire(&self.corpus, &self.job, context, &capped);
                let found = (|| {
                    let learned = story::learned_for(stages, known, &mut documents)?;
                    let texts = Texts::of(&documents);
                    documents.note_equal_texts(&texts);
                    story::explain(stages, (&documents, &texts), &learned, docs)
                })();
                unless_changed(&self.corpus, found)
            }
        }
    }
}

impl Run {
    /// Compares two documents, named as in the tables, as this run did. Only their texts are read again.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownId`] if the corpus of the run has no such document (of an index, those of the batch are looked
    /// at); if the corpus cannot be read, or was changed since.
    pub fn explain(&self, a: &str, b: &str) -> Result<Explanation, Error> {
        let documents = &self.documents;
        let docs = [named(documents, a)?, named(documents, b)?];
        let found = match &self.learned {
            None => near::explain(&self.corpus, &self.job, documents, docs),
            Some(learned) => {
                let capped = AtomicU64::new(0);
                let stages = wire(&self.corpus, &self.job, Context::default(), &capped);
                story::explain(stages, (documents, &self.texts), learned, docs)
            }
        };
        unless_changed(&self.corpus, found)
    }
}

/// The stages of `wire` that look at a pair.
fn wire<'a>(
    corpus: &'a Corpus,
    job: &'a Settings,
    context: Context<'a>,
    capped: &'a AtomicU64,
) -> WireStages<'a> {
    WireStages {
        corpus,
        job,
        context,
        capped,
        training_pages: None,
    }
}

/// The document of a name, among those of the corpus.
fn named(documents: &Documents, id: &str) -> Result<DocId, Error> {
    if let Some(found) = documents.own().find(|&doc| documents.id(doc) == id) {
        return Ok(found);
    }
    let ids = documents.own().map(|doc| documents.id(doc));
    Err(Error::UnknownId {
        id: id.to_owned(),
        near: nearest(id, ids).map(std::borrow::Cow::into_owned),
    })
}

/// A record, kept.
pub(super) fn owned(record: &Record<'_>) -> OwnedRecord {
    let own = |text: Option<&str>| text.map(str::to_owned);
    OwnedRecord {
        id: own(record.id),
        text: record.text.to_owned(),
        title: own(record.title),
        source: own(record.source),
        url: own(record.url),
        date: None,
    }
}
