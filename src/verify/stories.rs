//! The story texts of a batch, in the form that aligning and scoring want.
//!
//! A text is a list of words and of its distinct shingles with their first places. Beside the
//! words stand running sums of their weights, once plain and once with *stock* words at nothing,
//! so that the weight of a run is one subtraction. Every text stands for itself: what a pair
//! shares is found by a small table of one text (see [`super::anchors`]), so that a batch may be of
//! any size without a table that outgrows the caches. (Numbering all shingles of a batch took a
//! quarter of a run over 100,000 pages.)
//!
//! Weights are kept as whole 65,536ths. Sums of them are exact, so a score is the same in
//! whatever order its words are added.
//!
//! Time: some 28 ns a word, and 12 more to mark stock (random words; real ones repeat and are faster).
//! Space: 41 bytes a word of the batch.

use std::ops::Range;

use super::numbering::{Numbering, Seen};
use super::story::{First, SHINGLE, Story, StoryText, WordKind, names_tell, shingles_of, size};

/// The story texts of a batch of documents, numbered from 0 in the order of pushing.
#[derive(Debug, Default)]
pub struct Stories {
    /// Tells repeats within the document being pushed.
    distinct: Numbering,
    /// The lower halves of the words' hashes.
    words: Vec<u32>,
    kinds: Vec<WordKind>,
    /// Which of the document's distinct shingles starts at each place.
    shingles: Vec<u32>,
    firsts: Vec<First>,
    /// Weight of the document's words before each word, and at its end: one more than it has words.
    sums: Vec<u64>,
    /// The same with stock words at nothing.
    kept_sums: Vec<u64>,
    pages: Vec<Page>,
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
    has_stock: bool,
}

impl Stories {
    /// Forgets the documents of the last batch.
    pub fn clear(&mut self) {
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

    /// Adds a document. Words are told apart by the lower half of their hashes. `weight` is asked
    /// for each word; a weight is from 0 to 65,535, in steps of a 65,536th.
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
        let (mut sum, mut fingerprint) = (0, 0);
        let sums_before = self.sums.len();
        self.sums.push(sum);
        for &word in text.words {
            sum += fixed(weight(word));
            #[expect(clippy::cast_possible_truncation)] // the lower half
            self.words.push(word as u32);
            self.sums.push(sum);
            fingerprint = mixed(fingerprint, word);
        }
        self.kept_sums.extend_from_slice(&self.sums[sums_before..]);
        self.kinds.extend_from_slice(text.kinds);

        let firsts_before = self.firsts.len();
        self.distinct.clear();
        self.distinct.begin_document(text.shingles.len());
        for (at, &shingle) in (0..).zip(text.shingles) {
            let (number, seen) = self.distinct.number(shingle);
            self.shingles.push(number);
            if seen == Seen::Never {
                self.firsts.push(First {
                    shingle,
                    at,
                    is_stock: false,
                });
            }
        }
        self.pages.push(Page {
            words_end: self.words.len(),
            shingles_end: self.shingles.len(),
            firsts_end: self.firsts.len(),
            kept_words: size(count),
            kept_shingles: size(self.firsts.len() - firsts_before),
            fingerprint,
            names_tell: names_tell(text.kinds),
            has_stock: false,
        });
    }

    /// Marks what is stock, in place of what was marked before: `is_stock` is asked once for each
    /// distinct shingle of each document. Words inside a stock shingle weigh nothing from now on. To
    /// be called again after further documents are pushed: they do not have their stock marked yet.
    pub fn mark_stock(&mut self, mut is_stock: impl FnMut(u64) -> bool) {
        for document in 0..self.pages.len() {
            let (words, shingles, firsts) = self.ranges(document);
            let firsts = &mut self.firsts[firsts];
            let mut stock = 0;
            for first in &mut *firsts {
                first.is_stock = is_stock(first.shingle);
                stock += usize::from(first.is_stock);
            }
            let page = &mut self.pages[document];
            page.kept_shingles = size(firsts.len() - stock);
            page.kept_words = size(words.len());
            if stock == 0 && !page.has_stock {
                continue;
            }
            page.has_stock = stock > 0;
            page.kept_words = 0;
            let stock = inside_stock(words.len(), &self.shingles[shingles], firsts);
            let (sums, mut kept_sum) = (sums_of(document, &words), 0);
            let kept = &mut self.kept_sums[sums.clone()];
            let steps = self.sums[sums].windows(2).map(|two| two[1] - two[0]);
            for ((after, weight), is_stock) in kept[1..].iter_mut().zip(steps).zip(stock) {
                if !is_stock {
                    page.kept_words += 1;
                    kept_sum += weight;
                }
                *after = kept_sum;
            }
        }
    }

    /// Whether each word of a document stands inside a stock shingle, in reading order.
    ///
    /// # Panics
    ///
    /// If the document is not in the batch.
    pub fn stock_words(&self, document: usize) -> impl Iterator<Item = bool> {
        let (words, shingles, firsts) = self.ranges(document);
        inside_stock(words.len(), &self.shingles[shingles], &self.firsts[firsts])
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
            sums: &self.sums[sums_of(document, &words)],
            kept_sums: &self.kept_sums[sums_of(document, &words)],
            kept_words: page.kept_words,
            kept_shingles: page.kept_shingles,
            fingerprint: page.fingerprint,
            names_tell: page.names_tell,
        }
    }
}

/// Where the running sums of a document stand: each document has one more than it has words.
fn sums_of(document: usize, words: &Range<usize>) -> Range<usize> {
    words.start + document..words.end + document + 1
}

/// Whether each word stands inside a stock shingle, given the shingles by place.
fn inside_stock<'a>(
    words: usize,
    shingles: &'a [u32],
    firsts: &'a [First],
) -> impl Iterator<Item = bool> + use<'a> {
    let mut stock_until = 0;
    (0..words).map(move |at| {
        let shingle = shingles.get(at);
        if shingle.is_some_and(|&shingle| firsts[shingle as usize].is_stock) {
            stock_until = at + SHINGLE as usize;
        }
        at < stock_until
    })
}

fn fixed(weight: f32) -> u64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // clamped; NaN is 0
    let fixed = (f64::from(weight) * 65_536.0)
        .round()
        .clamp(0.0, f64::from(u32::MAX)) as u64;
    fixed
}

/// One step of a hash over word hashes; any odd multiplier would do, this is the golden ratio's.
fn mixed(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(29) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::testing::{push, shingles};

    #[test]
    fn words_inside_a_stock_shingle_are_not_kept() {
        let text: Vec<u64> = (0..20).collect();
        let mut stories = Stories::default();
        push(&mut stories, &text);
        push(&mut stories, &[7, 8, 9]);
        let stock = [
            shingles(&text)[5],
            shingles(&text)[7],
            shingles(&[7, 8, 9])[0],
        ];
        let mut asked = Vec::new();
        stories.mark_stock(|shingle| {
            asked.push(shingle);
            stock.contains(&shingle)
        });
        // Words 5 to 8 and 7 to 10.
        assert_eq!(
            (stories.story(0).kept_words, stories.story(0).kept_shingles),
            (14, 15)
        );
        assert_eq!(
            (stories.story(1).kept_words, stories.story(1).kept_shingles),
            (0, 0)
        );
        let stock: Vec<usize> = (0..20)
            .zip(stories.stock_words(0))
            .filter_map(|(at, is_stock)| is_stock.then_some(at))
            .collect();
        assert_eq!(stock, [5, 6, 7, 8, 9, 10]);
        assert_eq!(stories.stock_words(1).collect::<Vec<_>>(), [true; 3]);
        let kept = stories.story(0).kept_sums;
        assert_eq!((kept[11] - kept[5], kept[20] - kept[0]), (0, 14 << 16));
        assert_eq!(asked.len(), 18, "each shingle of each text once");
    }

    #[test]
    fn first_places_are_in_reading_order_without_repeats() {
        let text = [1, 2, 3, 4, 1, 2, 3, 4, 5];
        let mut stories = Stories::default();
        push(&mut stories, &[1, 2, 3, 4, 5]);
        push(&mut stories, &text);
        let firsts = stories.story(1).firsts.iter();
        let places: Vec<(u64, u32)> = firsts.map(|first| (first.shingle, first.at)).collect();
        let at = |at: u32| (shingles(&text)[at as usize], at);
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
            stories.push(text, |word| if word == 3 { -1.0 } else { f32::INFINITY });
        }
        let most = u64::from(u32::MAX);
        assert_eq!(stories.story(1).sums, [0, 0, most, most]);
    }

    #[test]
    #[should_panic(expected = "one shingle a run of four words")]
    fn shingles_of_another_length_are_refused() {
        let text = StoryText {
            words: &[1, 2, 3, 4, 5],
            shingles: &[1],
            kinds: &[WordKind::Lower; 5],
        };
        Stories::default().push(text, |_| 1.0);
    }
}
