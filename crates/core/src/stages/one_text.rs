//! One text, read and compared with others, in either profile: what a window in memory and an index that is asked
//! for one document call alike. A run reads and compares many at a time, by a [`Method`](super::method::Method).

use super::aligning::Compared;
use crate::learned::Learned;
use crate::likeness::Likeness;
use crate::recipe::Recipe;
use crate::sketch::{Sketcher, screen};
use crate::story::{PageReading, TextReading, normal_hash, story_hash};
use crate::verify::{
    Between, Marks, PairVerifier, Rule, ShingleSets, Stories, StoryText, WordKind,
};

/// A text as its profile sees it: whole in `near`, its story in `wire`.
#[derive(Default)]
pub struct OneText {
    /// The identity of what it says.
    pub normal: u128,
    /// None if there is nothing to compare: it is a copy of the same text only.
    pub words: Vec<u64>,
    /// Of each word, in `wire`.
    pub kinds: Vec<WordKind>,
    /// One a band.
    pub keys: Vec<u64>,
    /// A byte a slot.
    pub screen: Vec<u8>,
}

impl OneText {
    /// How many words it has.
    pub fn length(&self) -> u32 {
        u32::try_from(self.words.len()).unwrap_or(u32::MAX)
    }
}

/// Reads texts and compares them as a run by the same recipe and tables does.
pub struct OneTextReader<'a> {
    /// What counts as a copy.
    pub recipe: &'a Recipe,
    /// What was learned, and the weights of words by their frequency; in `wire`.
    pub tables: Option<(&'a Learned, &'a [f32])>,
    /// Made for the recipe.
    pub sketcher: &'a Sketcher,
    /// Memory that is used again for every text.
    pub buffers: &'a mut OneTextBuffers,
}

/// Memory for reading texts, and those that are compared.
#[derive(Default)]
pub struct OneTextBuffers {
    page: PageReading,
    text: TextReading,
    signature: Vec<u32>,
    shingles: Vec<u64>,
    sets: ShingleSets,
    marks: Marks,
    stories: Stories,
}

impl OneTextReader<'_> {
    /// Reads a text of a publisher, given by the hash of its name.
    pub fn read(&mut self, text: &str, publisher: Option<u64>) -> OneText {
        let shingling = self.recipe.shingling();
        let mut read = OneText::default();
        let shingles = match self.tables {
            None => {
                let reading = &mut self.buffers.text;
                reading.read(text, shingling);
                read.normal = normal_hash(text, &reading.units);
                read.words.clone_from(&reading.units);
                &reading.shingles
            }
            Some((learned, _)) => {
                let reading = &mut self.buffers.page;
                reading.read(text);
                reading.mask(&learned.boilerplate, publisher, shingling);
                reading.find_kinds(text);
                if reading.story_length() == 0 {
                    read.normal = reading.page_hash(text);
                    return read;
                }
                read.normal = story_hash(&reading.story_words);
                read.words.clone_from(&reading.story_words);
                read.kinds.clone_from(&reading.kinds);
                &reading.shingles
            }
        };
        if !shingles.is_empty() {
            let (banding, signature) = (self.recipe.banding(), &mut self.buffers.signature);
            signature.resize(self.sketcher.slots(), 0);
            self.sketcher.sign(shingles, signature);
            read.keys.resize(banding.bands() as usize, 0);
            banding.keys(signature, &mut read.keys);
            read.screen.resize(banding.slots() as usize, 0);
            screen::bytes(signature, &mut read.screen);
        }
        read
    }

    /// Begins with a text that others are compared with.
    pub fn begin(&mut self, text: &OneText) {
        self.buffers.sets.clear();
        self.buffers.stories.clear();
        self.push(&text.words, &text.kinds);
    }

    /// Adds another text.
    pub fn push(&mut self, words: &[u64], kinds: &[WordKind]) {
        let OneTextBuffers {
            shingles,
            sets,
            stories,
            ..
        } = &mut *self.buffers;
        self.recipe.shingling().shingles(words, shingles);
        let Some((learned, weights)) = self.tables else {
            return sets.push(shingles);
        };
        let weights = learned.words.weights_by(weights);
        let stock = learned.stock.as_ref();
        stories.push(
            StoryText {
                words,
                shingles,
                kinds,
            },
            |word| weights.weight(word),
            |shingle| stock.is_some_and(|stock| stock.contains(shingle)),
        );
    }

    /// The likeness of the first text to each of the others, `left` being the first. `between` says what else is known
    /// of it and another one, which are numbered from 0; it is asked in `wire` alone.
    ///
    /// # Errors
    ///
    /// What `between` fails with.
    pub fn likenesses<E>(
        &mut self,
        mut between: impl FnMut(usize) -> Result<Between, E>,
    ) -> Result<Vec<Likeness>, E> {
        let OneTextBuffers {
            sets,
            marks,
            stories,
            ..
        } = &mut *self.buffers;
        let mut likenesses = Vec::with_capacity(sets.len().max(stories.len()));
        if self.tables.is_none() {
            sets.overlaps(0, 1..sets.len(), marks, |_, overlap| {
                likenesses.push(Likeness::of_sets(overlap));
            });
            return Ok(likenesses);
        }
        let rule = Rule {
            threshold: self.recipe.threshold().get(),
            ..Rule::WIRE
        };
        let mut verifier = PairVerifier::new();
        verifier.hold(stories, 0);
        for other in 1..stories.len() {
            let decision = verifier.decide_next(stories, other, &rule, between(other - 1)?);
            likenesses.push(Compared::of(decision, verifier.alignment()).likeness());
        }
        Ok(likenesses)
    }
}
