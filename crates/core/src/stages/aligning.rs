//! The method of the `wire` profile: story texts are aligned, scored and checked for facts.

use std::sync::atomic::{AtomicU64, Ordering};

use super::facts::DocFacts;
use super::method::{Method, Why};
use crate::doc_id::DocId;
use crate::learned::Learned;
use crate::likeness::{Aligned, Likeness, Score};
use crate::parts::Parts;
use crate::recipe::Recipe;
use crate::relation::LEAD_WORDS;
use crate::shingle::Shingling;
use crate::story::PageReading;
use crate::text;
use crate::verify::{
    self, Alignment, Between, Decision, Rule, Stories, StoryText, WordKind, WordWeights,
};

/// Aligns and judges story texts.
#[derive(Clone)]
pub struct AligningMethod<'a> {
    /// What is known of the documents.
    pub documents: &'a dyn DocFacts,
    learned: &'a Learned,
    weights: WordWeights<'a>,
    shingling: Shingling,
    kernel: text::Kernel,
    rule: Rule,
    /// Pairs that had more to align than is looked at, once stock is known.
    capped: &'a AtomicU64,
}

/// A story text that was read.
#[derive(Default)]
pub struct Story {
    words: Vec<u64>,
    /// The shingles of its words.
    pub shingles: Vec<u64>,
    kinds: Vec<WordKind>,
}

impl Story {
    /// Its words.
    pub fn length(&self) -> u32 {
        u32::try_from(self.words.len()).expect("a record is shorter than 4 GB")
    }
}

/// What aligning two stories gave.
#[derive(Clone, Copy)]
pub struct Compared {
    /// What was decided, by which figures.
    pub decision: Decision,
    /// Words aligned among the first [`LEAD_WORDS`] of each.
    leads: (u32, u32),
    /// What is aligned of each, if they are copies.
    parts: (Parts, Parts),
}

impl<'a> AligningMethod<'a> {
    /// The method of a job, by what it learned.
    pub fn new(
        recipe: &Recipe,
        kernel: text::Kernel,
        documents: &'a dyn DocFacts,
        learned: &'a Learned,
        capped: &'a AtomicU64,
    ) -> AligningMethod<'a> {
        AligningMethod {
            documents,
            learned,
            weights: learned.words.weights(),
            shingling: recipe.shingling(),
            kernel,
            rule: Rule {
                threshold: recipe.threshold().get(),
                ..Rule::WIRE
            },
            capped,
        }
    }

    /// Reads a page and leaves its boilerplate out.
    pub fn read_page(&self, doc: DocId, page: &str, reading: &mut PageReading, text: &mut Story) {
        reading.set_kernel(self.kernel);
        reading.read(page);
        let publisher = self.documents.publisher_hash(doc);
        reading.mask(&self.learned.boilerplate, publisher, self.shingling);
        reading.find_kinds(page);
        std::mem::swap(&mut reading.story_words, &mut text.words);
        std::mem::swap(&mut reading.shingles, &mut text.shingles);
        std::mem::swap(&mut reading.kinds, &mut text.kinds);
    }

    /// What is asked of a pair.
    pub fn rule_for(&self, why: Why) -> Rule {
        match why {
            Why::Candidates => self.rule,
            Why::TwoHop => Rule {
                containment: Rule::TWO_HOP.containment,
                ..self.rule
            },
        }
    }
}

impl Method for AligningMethod<'_> {
    type Text = Story;
    type Batch = Stories;
    type Scratch = verify::PairVerifier;
    type Found = Compared;

    fn prepare(&self, words: &mut Vec<u64>, kinds: &mut Vec<WordKind>, text: &mut Story) {
        self.shingling.shingles(words, &mut text.shingles);
        std::mem::swap(words, &mut text.words);
        std::mem::swap(kinds, &mut text.kinds);
    }

    fn clear(&self, batch: &mut Stories) {
        batch.clear();
    }

    fn reserve(&self, words: usize, batch: &mut Stories) {
        batch.reserve(words);
    }

    fn push(&self, text: &Story, batch: &mut Stories) {
        let story = StoryText {
            words: &text.words,
            shingles: &text.shingles,
            kinds: &text.kinds,
        };
        let stock = self.learned.stock.as_ref();
        batch.push(
            story,
            |word| self.weights.weight(word),
            |shingle| stock.is_some_and(|stock| stock.contains(shingle)),
        );
    }

    fn compare(
        &self,
        (batch, docs): (&Stories, &[DocId]),
        why: Why,
        text: usize,
        others: impl Iterator<Item = usize>,
        scratch: &mut verify::PairVerifier,
        mut found: impl FnMut(Compared),
    ) {
        let rule = self.rule_for(why);
        scratch.hold(batch, text);
        for other in others {
            let between = between(self.documents, docs[text], docs[other]);
            let decision = scratch.decide_next(batch, other, &rule, between);
            if decision.capped && self.learned.stock.is_some() {
                self.capped.fetch_add(1, Ordering::Relaxed);
            }
            found(Compared::of(decision, scratch.alignment()));
        }
    }

    fn likeness(&self, found: Compared) -> Likeness {
        found.likeness()
    }
}

impl Compared {
    /// A decided pair, and how it was aligned.
    pub fn of(decision: Decision, alignment: &Alignment) -> Compared {
        let words = (decision.words.left, decision.words.right);
        Compared {
            decision,
            leads: alignment.within(LEAD_WORDS),
            parts: match decision.is_copy() {
                true => alignment.parts(words),
                false => Default::default(),
            },
        }
    }

    /// The figures of the pair.
    pub fn likeness(self) -> Likeness {
        let Compared {
            decision,
            leads,
            parts,
        } = self;
        Likeness {
            overlap: decision.overlap,
            aligned: Some(Aligned {
                words: decision.words,
                lead_left: leads.0,
                lead_right: leads.1,
                parts_left: parts.0,
                parts_right: parts.1,
                score: Score::new(decision.score),
                refused: decision.refused,
            }),
        }
    }
}

/// What is known of two texts beside what they say, each given by the document that stands for it.
pub fn between(documents: &dyn DocFacts, a: DocId, b: DocId) -> Between {
    Between {
        days_apart: documents.days_apart(a, b),
        is_one_outlet: documents.are_of_one_outlet(a, b),
    }
}
