//! The pages that a run learns from, and what is counted on them.
//!
//! The sample is bounded and chosen by hashes of the pages, so it is the same in whatever order and parts they come: a part
//! keeps its pages of the smallest hashes, and the whole those of the parts.

use rayon::prelude::*;

use super::context::Context;
use super::error::StageError;
use super::facts::DocFacts;
use super::story_texts::HeldStories;
use crate::boilerplate::{self, PageFacts};
use crate::doc_id::DocId;
use crate::learned::LOG2_WORD_CELLS;
use crate::shingle::Shingling;
use crate::verify::{FirstPlaces, PageCounts as ShinglePages, WordFrequencies};

/// The documents a corpus is learned from; pages of equal bytes once.
pub fn sampled(documents: &dyn DocFacts) -> Vec<DocId> {
    let all = (0..documents.total()).map(DocId::from_index);
    let docs: Vec<DocId> = all.filter(|&doc| documents.is_accepted(doc)).collect();
    let of_bytes = |&doc: &DocId| facts(documents, doc, documents.content(doc));
    let facts: Vec<PageFacts> = docs.iter().map(of_bytes).collect();
    let places = boilerplate::sample(&facts, boilerplate::SAMPLE);
    places.into_iter().map(|at| docs[at]).collect()
}

/// What is known of a document to be learned from, besides its words.
pub fn facts(documents: &dyn DocFacts, doc: DocId, rank: u64) -> PageFacts {
    PageFacts {
        rank,
        publisher: documents.publisher_hash(doc),
        day: documents.date(doc).map(|date| date.day()),
        is_listing: false, // not known before it is read
    }
}

/// Pages whose words are held at a time, besides those that are learned from.
const PART: usize = 4_096;

/// The pages that were learned from.
#[derive(Debug, Default)]
pub struct Sample {
    /// The pages, by ascending rank.
    pub docs: Vec<DocId>,
    /// On how many of them the shingles of story texts stand.
    pub shingles: ShinglePages,
    /// Sets of them that were not looked at: see [`Taught::unjudged`](crate::boilerplate::Taught).
    pub unjudged: u64,
    /// Pages that lose their story to tables that were given.
    pub disputed: u64,
}

/// Counts on how many pages of the sample the words of story texts stand, and their shingles.
pub fn counts(
    docs: &[DocId],
    stories: &dyn HeldStories,
    shingling: Shingling,
    context: Context<'_>,
) -> Result<(WordFrequencies, ShinglePages), StageError> {
    let mut words = WordFrequencies::new(LOG2_WORD_CELLS);
    let mut shingles = ShinglePages::new();
    for part in docs.chunks(PART) {
        context.go_on()?;
        let read: Vec<_> = part
            .par_iter()
            .map_init(FirstPlaces::default, |firsts, &doc| {
                let story = stories.words(doc);
                let shingles = shingles_of(story, shingling);
                (firsts.distinct(story), firsts.distinct(&shingles))
            })
            .collect();
        rayon::join(
            || {
                read.iter()
                    .for_each(|(own, _)| words.observe(own.iter().copied()))
            },
            || read.iter().for_each(|(_, own)| shingles.add(own)),
        );
    }
    Ok((words, shingles))
}

/// The shingles of a story text.
pub(super) fn shingles_of(story: &[u64], shingling: Shingling) -> Vec<u64> {
    let mut shingles = Vec::new();
    shingling.shingles(story, &mut shingles);
    shingles
}

/// Each value once.
pub fn distinct(mut values: Vec<u64>) -> Vec<u64> {
    values.sort_unstable();
    values.dedup();
    values
}
