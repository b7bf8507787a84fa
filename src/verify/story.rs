//! The story texts of a batch, in the form that aligning and scoring want.
//!
//! Distinct words and distinct shingles of the batch get small numbers, so that a text is a list
//! of numbers and what a pair shares is found by one walk against a table of marks. Beside the
//! words stand running sums of their weights, once plain and once with *stock* words at nothing,
//! so that the weight of a run is one subtraction.
//!
//! Weights are kept as whole 65,536ths. Sums of them are exact, so a score is the same in
//! whatever order its words are added.
//!
//! Space: about 40 bytes a word of the batch, 40 to 80 a distinct word or shingle.

use std::ops::Range;

use super::numbering::{Numbering, Seen};

/// Words in a shingle.
pub(super) const SHINGLE: u32 = 4;

/// What a word's form says about it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum WordKind {
    /// Contains a digit, wherever it stands.
    Number,
    /// Starts with a capital letter, and not at the start of a sentence.
    Capital,
    /// Any other word within a sentence.
    Lower,
    /// Stands at the start of a sentence, where a capital says nothing.
    SentenceStart,
}

/// One story text, as it is handed in: the words of a document that are not boilerplate.
#[derive(Clone, Copy, Debug)]
pub struct StoryText<'a> {
    /// Hashes of the words, masked ones left out.
    pub words: &'a [u64],
    /// The hash of `words[i..i + 4]` for every `i`; of the whole where there are 1 to 3 words.
    pub shingles: &'a [u64],
    /// What each word is; as many as `words`.
    pub kinds: &'a [WordKind],
}

/// The story texts of a batch of documents, numbered from 0 in the order of pushing.
#[derive(Debug, Default)]
pub struct Stories {
    word_numbers: Numbering,
    shingle_numbers: Numbering,
    /// By word number, in 65,536ths.
    weights: Vec<u32>,
    /// By shingle number.
    stock: Vec<bool>,
    words: Vec<u32>,
    kinds: Vec<WordKind>,
    /// The shingle that starts at each place.
    shingles: Vec<u32>,
    firsts: Vec<First>,
    /// Weight of all words of the batch before each word; one more than there are words.
    sums: Vec<u64>,
    /// The same with stock words at nothing.
    kept_sums: Vec<u64>,
    pages: Vec<Page>,
}

/// The first place of a shingle in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct First {
    pub(super) shingle: u32,
    pub(super) at: u32,
}

/// What is known of one document beside its lists.
#[derive(Clone, Copy, Debug, Default)]
struct Page {
    words_end: usize,
    shingles_end: usize,
    firsts_end: usize,
    kept_words: u32,
    kept_shingles: u32,
    fingerprint: u64,
    names_tell: bool,
}

/// Names count as facts where fewer than this many of 100 words within sentences are capital:
/// English prose has 10 to 15, German, whose every noun is, over 30. Source: `real_sets.md`,
/// section 3 of the project's measurements ("switches names off for German").
const CAPITALS_IN_100: u32 = 22;

impl Stories {
    /// Forgets the documents of the last batch.
    pub fn clear(&mut self) {
        self.word_numbers.clear();
        self.shingle_numbers.clear();
        self.weights.clear();
        self.stock.clear();
        self.words.clear();
        self.kinds.clear();
        self.shingles.clear();
        self.firsts.clear();
        self.sums.clear();
        self.kept_sums.clear();
        self.pages.clear();
    }

    /// Documents in the batch.
    pub fn len(&self) -> usize {
        self.pages.len()
    }

    /// Whether the batch holds no document.
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// Adds a document. `weight` is asked once for each word that is new to the batch; a weight
    /// is from 0 to 65,535, in steps of a 65,536th.
    ///
    /// # Panics
    ///
    /// If there are not as many kinds or shingles as the words ask for.
    pub fn push(&mut self, text: StoryText<'_>, mut weight: impl FnMut(u64) -> f32) {
        let count = text.words.len();
        assert_eq!(text.kinds.len(), count, "one kind a word");
        assert_eq!(
            text.shingles.len(),
            shingles_of(count),
            "one shingle a run of four words"
        );
        if self.sums.is_empty() {
            self.sums.push(0);
            self.kept_sums.push(0);
        }
        self.word_numbers.begin_document(count);
        let mut sum = self.sums[self.words.len()];
        let mut kept_sum = self.kept_sums[self.words.len()];
        let mut fingerprint = 0;
        for &word in text.words {
            let (number, seen) = self.word_numbers.number(word);
            if seen == Seen::Never {
                self.weights.push(fixed(weight(word)));
            }
            let weight = u64::from(self.weights[number as usize]);
            sum += weight;
            kept_sum += weight;
            self.words.push(number);
            self.sums.push(sum);
            self.kept_sums.push(kept_sum);
            fingerprint = mixed(fingerprint, word);
        }
        self.kinds.extend_from_slice(text.kinds);

        let firsts_before = self.firsts.len();
        self.shingle_numbers.begin_document(text.shingles.len());
        for (at, &shingle) in (0..).zip(text.shingles) {
            let (shingle, seen) = self.shingle_numbers.number(shingle);
            self.shingles.push(shingle);
            if seen != Seen::Here {
                self.firsts.push(First { shingle, at });
            }
        }
        self.stock
            .resize(self.shingle_numbers.hashes().len(), false);
        self.pages.push(Page {
            words_end: self.words.len(),
            shingles_end: self.shingles.len(),
            firsts_end: self.firsts.len(),
            kept_words: size(count),
            kept_shingles: size(self.firsts.len() - firsts_before),
            fingerprint,
            names_tell: names_tell(text.kinds),
        });
    }

    /// Marks what is stock, in place of what was marked before: `is_stock` is asked once for each
    /// distinct shingle. Words inside a stock shingle weigh nothing from now on. Documents that
    /// are pushed later have no stock until this is called again.
    pub fn mark_stock(&mut self, is_stock: impl FnMut(u64) -> bool) {
        self.stock.clear();
        self.stock
            .extend(self.shingle_numbers.hashes().iter().copied().map(is_stock));
        for document in 0..self.pages.len() {
            let (words, shingles, firsts) = self.ranges(document);
            let stock = |&shingle: &u32| self.stock[shingle as usize];
            let mut kept_sum = self.kept_sums[words.start];
            let mut kept_words = 0;
            let mut stock_until = 0;
            for at in 0..words.len() {
                if self.shingles[shingles.clone()].get(at).is_some_and(stock) {
                    stock_until = at + SHINGLE as usize;
                }
                if at >= stock_until {
                    kept_words += 1;
                    kept_sum += u64::from(self.weights[self.words[words.start + at] as usize]);
                }
                self.kept_sums[words.start + at + 1] = kept_sum;
            }
            let kept = |first: &&First| !self.stock[first.shingle as usize];
            let kept_shingles = size(self.firsts[firsts].iter().filter(kept).count());
            let page = &mut self.pages[document];
            page.kept_words = kept_words;
            page.kept_shingles = kept_shingles;
        }
    }

    fn ranges(&self, document: usize) -> (Range<usize>, Range<usize>, Range<usize>) {
        let before = document
            .checked_sub(1)
            .map_or(Page::default(), |before| self.pages[before]);
        let page = &self.pages[document];
        (
            before.words_end..page.words_end,
            before.shingles_end..page.shingles_end,
            before.firsts_end..page.firsts_end,
        )
    }

    /// # Panics
    ///
    /// If the document is not in the batch.
    pub(super) fn story(&self, document: usize) -> Story<'_> {
        let (words, _, firsts) = self.ranges(document);
        let page = &self.pages[document];
        Story {
            words: &self.words[words.clone()],
            kinds: &self.kinds[words.clone()],
            firsts: &self.firsts[firsts],
            sums: &self.sums[words.start..=words.end],
            kept_sums: &self.kept_sums[words.start..=words.end],
            kept_words: page.kept_words,
            kept_shingles: page.kept_shingles,
            fingerprint: page.fingerprint,
            names_tell: page.names_tell,
        }
    }

    /// Whether each shingle is stock, by number.
    pub(super) fn stock(&self) -> &[bool] {
        &self.stock
    }

    /// Distinct words in the batch.
    pub(super) fn distinct_words(&self) -> usize {
        self.weights.len()
    }
}

/// One document of the batch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Story<'a> {
    pub(super) words: &'a [u32],
    pub(super) kinds: &'a [WordKind],
    /// Distinct shingles with their first places, in reading order.
    pub(super) firsts: &'a [First],
    /// Weight before each word, and at the end; only differences mean something.
    pub(super) sums: &'a [u64],
    pub(super) kept_sums: &'a [u64],
    /// Words in no stock shingle.
    pub(super) kept_words: u32,
    /// Distinct shingles that are not stock.
    pub(super) kept_shingles: u32,
    /// A hash of the words in order.
    fingerprint: u64,
    /// Whether capitals are rare enough to be names.
    pub(super) names_tell: bool,
}

impl Story<'_> {
    /// Words of the text.
    pub(super) fn len(&self) -> u32 {
        size(self.words.len())
    }

    /// Distinct shingles.
    pub(super) fn distinct_shingles(&self) -> u32 {
        size(self.firsts.len())
    }

    /// Shorter texts first; an order of the texts alone, not of how they came into the batch.
    pub(super) fn rank(&self) -> (usize, u64) {
        (self.words.len(), self.fingerprint)
    }
}

fn shingles_of(words: usize) -> usize {
    match words {
        0 => 0,
        _ => words.saturating_sub(SHINGLE as usize - 1).max(1),
    }
}

fn fixed(weight: f32) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // clamped; NaN is 0
    let fixed = (f64::from(weight) * 65_536.0)
        .round()
        .clamp(0.0, f64::from(u32::MAX)) as u32;
    fixed
}

/// One step of a hash over word hashes; any odd multiplier would do, this is the golden ratio's.
fn mixed(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(29) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Whether fewer than 22 of 100 words within sentences are capital. Numbers have no case and
/// count on neither side.
fn names_tell(kinds: &[WordKind]) -> bool {
    let count = |kind| size(kinds.iter().filter(|&&each| each == kind).count());
    let (capital, lower) = (count(WordKind::Capital), count(WordKind::Lower));
    u64::from(capital) * 100 < u64::from(CAPITALS_IN_100) * (u64::from(capital) + u64::from(lower))
}

/// A number of words, shingles or runs, as all of them are kept.
pub(super) fn size(count: usize) -> u32 {
    u32::try_from(count).expect("a text of under 2^32 words")
}
