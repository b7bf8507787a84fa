//! Pages to learn from, made of numbers.

mod drift;
mod learn;
mod odd;

use super::*;
use crate::hash;

/// The word of a number; those below a thousand are figures and distinguish nothing.
pub(super) fn word(number: u64) -> PageWord {
    PageWord::new(hash::stream(77, number), number >= 1_000)
}

/// Pages of words given by numbers, in this order, without dates and publishers.
pub(super) fn pages_of(texts: &[Vec<u64>]) -> Pages {
    let facts = vec![(None, None); texts.len()];
    pages_with(texts, &facts)
}

/// The same with publishers and days.
pub(super) fn pages_with(texts: &[Vec<u64>], facts: &[(Option<u64>, Option<i64>)]) -> Pages {
    let mut pages = Pages::new();
    for ((rank, text), &(publisher, day)) in (0..).zip(texts).zip(facts) {
        let facts = PageFacts {
            rank,
            publisher,
            day,
            is_listing: false,
        };
        pages.push(facts, text.iter().map(|&number| word(number)));
    }
    pages
}

/// So many words that no other tag has.
pub(super) fn own(tag: u64, count: u64) -> Vec<u64> {
    (0..count).map(|n| hash::stream(tag, n)).collect()
}

/// The text with one word in `rate` exchanged for one that no other seed has.
pub(super) fn edited(text: &[u64], seed: u64, rate: u64) -> Vec<u64> {
    let draw = |at: u64| hash::stream(hash::pair(seed, 3), at);
    (0..)
        .zip(text)
        .map(|(at, &number)| match draw(at) % rate {
            0 => draw(at),
            _ => number,
        })
        .collect()
}

/// A page as a corpus has it.
#[derive(Clone)]
struct Page {
    text: Vec<u64>,
    publisher: u64,
    day: i64,
    is_listing: bool,
}

/// What is known of the pages besides their words.
#[derive(Clone, Copy, Debug)]
struct Known {
    publishers: bool,
    days: bool,
}

const NOTHING: Known = Known {
    publishers: false,
    days: false,
};

/// All that may be known of pages.
const ALL_KNOWN: [Known; 4] = [
    NOTHING,
    Known {
        publishers: false,
        days: true,
    },
    Known {
        publishers: true,
        days: false,
    },
    Known {
        publishers: true,
        days: true,
    },
];

impl Page {
    fn facts(&self, known: Known) -> PageFacts {
        PageFacts {
            rank: self.text.iter().fold(0, |rank, &n| hash::pair(rank, n)),
            publisher: known.publishers.then_some(self.publisher),
            day: known.days.then_some(self.day),
            is_listing: self.is_listing,
        }
    }

    fn words(&self) -> Vec<PageWord> {
        self.text.iter().map(|&number| word(number)).collect()
    }

    /// For every word of the page, whether it is masked.
    fn mask(&self, boilerplate: &LearnedBoilerplate, known: Known) -> Vec<bool> {
        let mut masked = vec![false; self.text.len()];
        let publisher = self.facts(known).publisher;
        boilerplate.runs(&self.words(), publisher, |run| masked[run].fill(true));
        masked
    }
}

/// A sample of the pages, as a corpus is read.
fn sample_of(corpus: &[Page], known: Known, limit: usize) -> Pages {
    let facts: Vec<PageFacts> = corpus.iter().map(|page| page.facts(known)).collect();
    let mut pages = Pages::new();
    for at in sample(&facts, limit) {
        pages.push(facts[at], corpus[at].words());
    }
    pages
}

fn learn_all(corpus: &[Page], known: Known) -> LearnedBoilerplate {
    learned(&sample_of(corpus, known, SAMPLE))
}

fn learned(pages: &Pages) -> LearnedBoilerplate {
    let taught = learn(pages, &AtomicBool::new(false)).unwrap();
    assert_eq!(taught.unjudged, 0);
    taught.boilerplate
}
