//! Why two documents are, or are not, a pair.
//!
//! The corpus is read as a run reads it, so that ids, sketches and figures are those of the run.
//! A word counts as shared where a shingle that covers it stands in the other text too: the very
//! sets that verification counts, not a second opinion.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::atomic::AtomicBool;

use super::documents::Documents;
use super::error::Error;
use super::job::OpenJob;
use super::progress::{Progress, Stage};
use super::sketching::Reading;
use super::stages;
use crate::cluster::Facts;
use crate::corpus::{Corpus, OwnedRecord, Reader};
use crate::doc_id::DocId;
use crate::likeness::Likeness;
use crate::recipe::Recipe;
use crate::relation::Relation;
use crate::shingle::Shingling;
use crate::similarity::Overlap;
use crate::sketch::{Screen, screen};
use crate::verify::{Marks, ShingleSets};

/// How alike two documents are, and what they have in common.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The first document.
    pub a: Side,
    /// The second document.
    pub b: Side,
    /// The sizes of their shingle sets and of what these share; `left` is `a`.
    pub overlap: Overlap,
    /// Whether the two are copies: equal texts, or similar enough.
    pub accepted: bool,
    /// What `b` is to `a`, where they are copies.
    pub relation: Option<Relation>,
    /// Bands of a signature that are equal: one is enough to be a candidate.
    pub equal_bands: u32,
    /// Slots of a signature that agree in one byte, which is what the screen looks at.
    pub agreeing_slots: u32,
    /// Slots that must agree for the texts to be worth comparing.
    pub screen: u32,
    /// The probability, in `0.0..=1.0`, that a pair of this similarity becomes a candidate.
    pub found_probability: f64,
}

/// One of the two documents.
#[derive(Clone, Debug)]
pub struct Side {
    /// The id, as in the tables.
    pub id: String,
    /// What was read.
    pub record: OwnedRecord,
    /// Whose page it is.
    pub publisher: Option<String>,
    /// The text from its first word to its last, cut into passages that the other text has and
    /// that it has not, in order.
    pub passages: Vec<Passage>,
}

/// A stretch of a text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Passage {
    /// Its place in the text, in bytes.
    pub range: Range<usize>,
    /// Words in it.
    pub words: usize,
    /// Whether the other text has it.
    pub shared: bool,
}

impl Explanation {
    /// Whether the index made the pair a candidate that was compared, caps apart.
    pub fn is_candidate(&self) -> bool {
        self.equal_bands > 0 && self.agreeing_slots >= self.screen
    }
}

impl OpenJob {
    /// Compares two documents, named as in the tables of a run, as the run of this job does.
    ///
    /// Cost: one pass over the corpus.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownId`] if there is no such document; otherwise as for a run.
    pub fn explain(
        mut self,
        a: &str,
        b: &str,
        progress: &dyn Progress,
        cancelled: &AtomicBool,
    ) -> Result<Explanation, Error> {
        progress.begin(Stage::Read, None);
        let documents = stages::read(&mut self.corpus, &self.job, progress, cancelled)?;
        progress.end(Stage::Read);
        let find = |id: &str| {
            let found = documents.accepted().find(|&doc| documents.id(doc) == id);
            found.ok_or_else(|| Error::UnknownId { id: id.to_owned() })
        };
        let docs = [find(a)?, find(b)?];
        explain(&self.corpus, &documents, &self.job.recipe, docs)
    }
}

/// What is read of one document.
struct Read {
    record: OwnedRecord,
    shingles: Vec<u64>,
    /// The place of every word in the text, and the units read before and after it.
    words: Vec<(Range<usize>, Range<usize>)>,
}

fn explain(
    corpus: &Corpus,
    documents: &Documents,
    recipe: &Recipe,
    docs: [DocId; 2],
) -> Result<Explanation, Error> {
    let mut reader = corpus.reader();
    let [a, b] = docs;
    let read = [
        read(&mut reader, documents, recipe.shingling, a)?,
        read(&mut reader, documents, recipe.shingling, b)?,
    ];
    let overlap = overlap(&read);
    let equal = documents.row(a).normal == documents.row(b).normal;
    let relation = documents.relation(b, a, Likeness::of_sets(overlap.flipped()));
    let accepted = equal || recipe.threshold.admits(overlap);
    let (bands, slots) = (
        recipe.banding.bands() as usize,
        recipe.banding.slots() as usize,
    );
    let has_keys = docs.iter().all(|&doc| documents.row(doc).words > 0);
    let keys = |doc: DocId| &documents.keys[doc.index() * bands..][..bands];
    let screens = |doc: DocId| &documents.screens[doc.index() * slots..][..slots];
    let same = keys(a)
        .iter()
        .zip(keys(b))
        .filter(|(a, b)| has_keys && a == b)
        .count();
    let side = |at: usize| Side {
        id: documents.id(docs[at]).into_owned(),
        publisher: documents.publisher(docs[at]).map(str::to_owned),
        passages: passages(&read[at], &read[1 - at], recipe.shingling),
        record: read[at].record.clone(),
    };
    Ok(Explanation {
        a: side(0),
        b: side(1),
        overlap,
        accepted,
        relation: accepted.then_some(relation),
        equal_bands: u32::try_from(same).unwrap_or(u32::MAX),
        agreeing_slots: screen::agreement(screens(a), screens(b)),
        screen: Screen::new(slots, recipe.threshold).fewest(),
        found_probability: recipe.banding.candidate_probability(overlap.jaccard()),
    })
}

fn read(
    reader: &mut Reader<'_>,
    documents: &Documents,
    shingling: Shingling,
    doc: DocId,
) -> Result<Read, Error> {
    let row = documents.row(doc);
    let read = reader.record(row.input as usize, row.offset, row.length, |record| {
        let own = |text: Option<&str>| text.map(str::to_owned);
        let mut reading = Reading::default();
        let mut words = Vec::new();
        reading.read_each(record.text, shingling, |text, units| {
            words.push((text, units))
        });
        Read {
            record: OwnedRecord {
                id: own(record.id),
                text: record.text.to_owned(),
                title: own(record.title),
                source: own(record.source),
                url: own(record.url),
                date: None,
            },
            shingles: reading.shingles,
            words,
        }
    })?;
    Ok(read)
}

fn overlap(read: &[Read; 2]) -> Overlap {
    let mut sets = ShingleSets::default();
    read.iter().for_each(|side| sets.push(&side.shingles));
    let mut result = Overlap::full(0);
    sets.overlaps(
        0,
        std::iter::once(1),
        &mut Marks::default(),
        |_, overlap| result = overlap,
    );
    result
}

/// Cuts a text where shared words meet words that are not.
fn passages(own: &Read, other: &Read, shingling: Shingling) -> Vec<Passage> {
    let others: HashSet<u64> = other.shingles.iter().copied().collect();
    let units = own.words.last().map_or(0, |(_, units)| units.end);
    // A text of fewer units than a shingle has is one shingle.
    let length = (shingling.length() as usize).min(units);
    let mut shared = vec![false; units];
    for (start, shingle) in own.shingles.iter().enumerate() {
        if others.contains(shingle) {
            shared[start..start + length].fill(true);
        }
    }
    let mut passages: Vec<Passage> = Vec::new();
    for (range, units) in &own.words {
        let is_shared = shared[units.clone()].iter().all(|&shared| shared);
        match passages.last_mut() {
            Some(last) if last.shared == is_shared => {
                last.range.end = range.end;
                last.words += 1;
            }
            _ => passages.push(Passage {
                range: range.clone(),
                words: 1,
                shared: is_shared,
            }),
        }
    }
    passages
}

#[cfg(test)]
mod tests {
    use super::super::job::Job;
    use super::super::progress::Silent;
    use super::*;

    fn explained(recipe: Recipe, a: &str, b: &str) -> Explanation {
        let page = |id: &str, text: &str| OwnedRecord {
            id: Some(id.to_owned()),
            text: text.to_owned(),
            ..OwnedRecord::default()
        };
        let job = Job::new(recipe)
            .records(vec![page("a", a), page("b", b)])
            .open()
            .unwrap();
        job.explain("a", "b", &Silent, &AtomicBool::new(false))
            .unwrap()
    }

    fn marked(side: &Side) -> Vec<(&str, bool)> {
        let text = side.record.text.as_str();
        side.passages
            .iter()
            .map(|p| (&text[p.range.clone()], p.shared))
            .collect()
    }

    #[test]
    fn passages_are_what_the_sets_share() {
        let found = explained(
            Recipe::default(),
            "Today: one two three, four five six! End.",
            "One two three four five six; nothing else",
        );
        assert_eq!(
            marked(&found.a),
            [
                ("Today", false),
                ("one two three, four five six", true),
                ("End", false)
            ]
        );
        assert_eq!(
            marked(&found.b),
            [
                ("One two three four five six", true),
                ("nothing else", false)
            ]
        );
        assert_eq!(
            (
                found.overlap.shared,
                found.overlap.left,
                found.overlap.right
            ),
            (2, 4, 4)
        );
        assert!(!found.accepted && found.relation.is_none());
    }

    #[test]
    fn equal_texts_are_candidates_in_every_band() {
        let found = explained(Recipe::default(), "The SAME, words", "the same words");
        assert!(found.accepted && found.is_candidate());
        assert_eq!(found.relation, Some(Relation::Normalized));
        assert_eq!(found.equal_bands, Recipe::default().banding.bands());
        assert_eq!(found.found_probability, 1.0);
        assert_eq!(found.a.passages.len(), 1);
    }

    #[test]
    fn texts_without_words_have_no_passages() {
        let found = explained(Recipe::default(), "...", "!!!");
        assert!(!found.accepted && found.equal_bands == 0 && found.a.passages.is_empty());
    }

    #[test]
    fn characters_make_passages_of_whole_words() {
        let recipe = Recipe {
            shingling: "char:4".parse().unwrap(),
            ..Recipe::default()
        };
        let found = explained(recipe, "harbour strike", "harbour strife");
        assert_eq!(marked(&found.a)[0], ("harbour", true));
    }
}
