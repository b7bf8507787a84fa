//! The story texts of a batch, in the form that aligning and scoring want.
//!
//! A text is a list of words and of its distinct shingles with their first places. Beside each
//! word stand its weight and whether it is *stock*, inside a shingle that many stories have. Every
//! text stands for itself: what a pair shares is found by a small table of one text (see
//! [`super::anchors`]), so that a batch may be of any size without a table that outgrows the caches.
//! (Numbering all shingles of a batch took a quarter of a run over 100,000 pages.)
//!
//! Weights are kept as whole 65,536ths. Sums of them are exact, so a score is the same in
//! whatever order its words are added. They are added up for each pair, many at a time: running
//! sums would make that two subtractions, but take 16 bytes a word in place of 4.
//!
//! Space: 22 bytes a word of the batch.

use std::ops::Range;

use super::first_places::FirstPlaces;
use super::story::{First, SHINGLE, Story, StoryText, WordKind, names_tell, shingles_of, size};

/// The story texts of a batch of documents, numbered from 0 in the order of pushing.
#[derive(Debug, Default)]
pub struct Stories {
    /// Of the document being pushed, with the first place of the shingle at each place, and whether it is stock.
    first_places: FirstPlaces,
    firsts_of: Vec<usize>,
    stock_shingles: Vec<bool>,
    /// The lower halves of the words' hashes, and the upper ones.
    words: Vec<u32>,
    known_by: Vec<u32>,
    kinds: Vec<WordKind>,
    weights: Vec<u32>,
    stock: Vec<bool>,
    firsts: Vec<First>,
    pages: Vec<Page>,
}

/// What is known of one document beside its lists.
#[derive(Clone, Copy, Debug, Default)]
struct Page {
    words_end: usize,
    firsts_end: usize,
    weight: u64,
    kept_weight: u64,
    kept_words: u32,
    kept_shingles: u32,
    fingerprint: u64,
    names_tell: bool,
}

impl Stories {
    /// Forgets the documents of the last batch.
    pub fn clear(&mut self) {
        self.words.clear();
        self.known_by.clear();
        self.kinds.clear();
        self.weights.clear();
        self.stock.clear();
        self.firsts.clear();
        self.pages.clear();
    }

    /// Makes room for documents of so many words together, so that none is copied while more come.
    pub fn reserve(&mut self, words: usize) {
        self.words.reserve(words);
        self.known_by.reserve(words);
        self.kinds.reserve(words);
        self.weights.reserve(words);
        self.stock.reserve(words);
        self.firsts.reserve(words);
    }

    /// Documents in the batch.
    pub fn len(&self) -> usize {
        self.pages.len()
    }

    /// Whether the batch holds no document.
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// Adds a document. Words are distinguished by the lower half of their hashes. `weight` is asked
    /// for each word; a weight is from 0 to 65,535, in steps of a 65,536th. `is_stock` is asked once
    /// for each distinct shingle: words inside a stock one weigh nothing where stock does not count.
    ///
    /// # Panics
    ///
    /// If there are not as many kinds or shingles as the words ask for.
    pub fn push(
        &mut self,
        text: StoryText<'_>,
        mut weight: impl FnMut(u64) -> f32,
        mut is_stock: impl FnMut(u64) -> bool,
    ) {
        let count = text.words.len();
        assert_eq!(text.kinds.len(), count, "one kind a word");
        assert_eq!(
            text.shingles.len(),
            shingles_of(count),
            "one shingle a run of four words"
        );
        // Weights by themselves: their table is large, and in a loop of nothing else many wait for it at once.
        let start = self.weights.len();
        let weights = text.words.iter().map(|&word| fixed(weight(word)));
        self.weights.extend(weights);
        let sum = self.weights[start..]
            .iter()
            .map(|&each| u64::from(each))
            .sum();
        #[expect(clippy::cast_possible_truncation)] // the lower half
        self.words
            .extend(text.words.iter().map(|&word| word as u32));
        let upper = text.words.iter().map(|&word| (word >> 32) as u32); // it fits
        self.known_by.extend(upper);
        let fingerprint = text.words.iter().fold(0, |hash, &word| mixed(hash, word));
        self.kinds.extend_from_slice(text.kinds);

        self.stock.resize(start + count, false);
        let stock = &mut self.stock[start..];
        // First places before stock is asked about: one waits for mispredicted branches, the other for memory.
        self.first_places.begin(text.shingles.len());
        self.firsts_of.clear();
        for at in 0..text.shingles.len() {
            self.firsts_of.push(self.first_places.of(text.shingles, at));
        }
        let mut kept_shingles = 0;
        self.stock_shingles.clear();
        for (at, (&shingle, &first)) in text.shingles.iter().zip(&self.firsts_of).enumerate() {
            let is_stock = match first == at {
                true => is_stock(shingle),
                false => self.stock_shingles[first],
            };
            if first == at {
                self.firsts.push(First::new(shingle, at, is_stock));
                kept_shingles += u32::from(!is_stock);
            }
            self.stock_shingles.push(is_stock);
            if is_stock {
                let end = count.min(at + SHINGLE as usize);
                stock[at..end].fill(true);
            }
        }
        let weights = &self.weights[start..];
        let kept_words = stock.iter().filter(|&&is_stock| !is_stock).count();
        self.pages.push(Page {
            words_end: self.words.len(),
            firsts_end: self.firsts.len(),
            weight: sum,
            kept_weight: kept_weight(weights, stock),
            kept_words: size(kept_words),
            kept_shingles,
            fingerprint,
            names_tell: names_tell(text.kinds),
        });
    }

    /// Whether each word of a document stands inside a stock shingle, in reading order.
    ///
    /// # Panics
    ///
    /// If the document is not in the batch.
    pub fn stock_words(&self, document: usize) -> &[bool] {
        self.story(document).stock
    }

    fn ranges(&self, document: usize) -> (Range<usize>, Range<usize>) {
        let before = document
            .checked_sub(1)
            .map_or(Page::default(), |before| self.pages[before]);
        let page = &self.pages[document];
        (
            before.words_end..page.words_end,
            before.firsts_end..page.firsts_end,
        )
    }

    /// # Panics
    ///
    /// If the document is not in the batch.
    pub(super) fn story(&self, document: usize) -> Story<'_> {
        let (words, firsts) = self.ranges(document);
        let page = &self.pages[document];
        Story {
            words: &self.words[words.clone()],
            known_by: &self.known_by[words.clone()],
            kinds: &self.kinds[words.clone()],
            weights: &self.weights[words.clone()],
            stock: &self.stock[words],
            firsts: &self.firsts[firsts],
            weight: page.weight,
            kept_weight: page.kept_weight,
            kept_words: page.kept_words,
            kept_shingles: page.kept_shingles,
            fingerprint: page.fingerprint,
            names_tell: page.names_tell,
        }
    }
}

/// What words that are not stock weigh together.
pub(super) fn kept_weight(weights: &[u32], stock: &[bool]) -> u64 {
    let kept = weights.iter().zip(stock);
    kept.map(|(&weight, &is_stock)| u64::from(if is_stock { 0 } else { weight }))
        .sum()
}

fn fixed(weight: f32) -> u32 {
    // To the nearest, as what is cut off is less than one. (`round` is a call on plain x86-64.)
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // `as` clamps; NaN is 0
    let fixed = (f64::from(weight) * 65_536.0 + 0.5) as u32;
    fixed
}

/// One step of a hash over word hashes; any odd multiplier would do, this is the golden ratio's.
fn mixed(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(29) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::story::half;
    use crate::verify::testing::{push, push_stock, shingles};

    #[test]
    fn words_inside_a_stock_shingle_are_not_kept() {
        let text: Vec<u64> = (0..20).chain(0..4).collect();
        let stock = [
            shingles(&text)[5],
            shingles(&text)[7],
            shingles(&text)[0],
            shingles(&[7, 8, 9])[0],
        ];
        let mut stories = Stories::default();
        let mut asked = Vec::new();
        for words in [&text[..], &[7, 8, 9]] {
            push_stock(&mut stories, words, |shingle| {
                asked.push(shingle);
                stock.contains(&shingle)
            });
        }
        // Words 0 to 3, 5 to 8 and 7 to 10, and the first ones again.
        let [story, short] = [0, 1].map(|document| stories.story(document));
        assert_eq!((story.kept_words, story.kept_shingles), (10, 17));
        assert_eq!((short.kept_words, short.kept_shingles), (0, 0));
        let stock: Vec<usize> = (0..24).filter(|&at| stories.stock_words(0)[at]).collect();
        assert_eq!(stock, [0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 20, 21, 22, 23]);
        assert_eq!(stories.stock_words(1), [true; 3]);
        assert_eq!((story.weight, story.kept_weight), (24 << 16, 10 << 16));
        assert_eq!(short.kept_weight, 0);
        assert_eq!(asked.len(), 21, "each distinct shingle of each text once");
    }

    #[test]
    fn first_places_are_in_reading_order_without_repeats() {
        let text = [1, 2, 3, 4, 1, 2, 3, 4, 5];
        let mut stories = Stories::default();
        push(&mut stories, &[1, 2, 3, 4, 5]);
        push(&mut stories, &text);
        let firsts = stories.story(1).firsts.iter();
        let places: Vec<(u32, u32)> = firsts.map(|first| (first.hash, first.at())).collect();
        let at = |at: u32| (half(shingles(&text)[at as usize]), at);
        assert_eq!(places, [at(0), at(1), at(2), at(3), at(5)]);
    }

    #[test]
    fn a_text_has_the_same_rank_in_every_batch() {
        let (mut one, mut other) = (Stories::default(), Stories::default());
        push(&mut one, &[5, 6, 7, 8]);
        push(&mut other, &[1, 2, 3]);
        push(&mut other, &[5, 6, 7, 8]);
        push(&mut other, &[5, 6, 8, 7]);
        assert_eq!(one.story(0).rank(), other.story(1).rank());
        assert_ne!(one.story(0).rank(), other.story(2).rank());
    }

    #[test]
    fn weights_are_kept_in_range() {
        let mut stories = Stories::default();
        let text = StoryText {
            words: &[3, 4, 3],
            shingles: &[9],
            kinds: &[WordKind::Lower; 3],
        };
        for _ in 0..2 {
            let weight = |word| if word == 3 { -1.0 } else { f32::INFINITY };
            stories.push(text, weight, |_| false);
        }
        assert_eq!(stories.story(1).weights, [0, u32::MAX, 0]);
        assert_eq!(stories.story(1).weight, u64::from(u32::MAX));
    }

    #[test]
    #[should_panic(expected = "one shingle a run of four words")]
    fn shingles_of_another_length_are_refused() {
        let text = StoryText {
            words: &[1, 2, 3, 4, 5],
            shingles: &[1],
            kinds: &[WordKind::Lower; 5],
        };
        Stories::default().push(text, |_| 1.0, |_| false);
    }
}
