//! Story texts for the tests of this room, made of words that are plain numbers.

use super::stories::Stories;
use super::story::{StoryText, WordKind};

/// The shingles of some words, as `shingle.rs` makes them: a hash of every four.
pub(super) fn shingles(words: &[u64]) -> Vec<u64> {
    let hash = |run: &[u64]| {
        run.iter().fold(run.len() as u64, |hash: u64, &word| {
            (hash ^ word)
                .wrapping_mul(0x9e37_79b9_7f4a_7c15)
                .rotate_left(31)
        })
    };
    match words.len() {
        0 => Vec::new(),
        1..=3 => vec![hash(words)],
        _ => words.windows(4).map(hash).collect(),
    }
}

/// Adds a text of lower-case words that all weigh 1.
pub(super) fn push(stories: &mut Stories, words: &[u64]) {
    push_kinds(stories, words, &vec![WordKind::Lower; words.len()]);
}

/// Adds a text of words of these kinds that all weigh 1.
pub(super) fn push_kinds(stories: &mut Stories, words: &[u64], kinds: &[WordKind]) {
    let shingles = shingles(words);
    // Every word is a name of its own.
    let spread: Vec<u64> = words.iter().map(|&word| word ^ word << 32).collect();
    let text = StoryText {
        words: &spread,
        shingles: &shingles,
        kinds,
    };
    stories.push(text, |_| 1.0, |_| false);
}

/// Adds a text of lower-case words that all weigh 1, some of its shingles being stock.
pub(super) fn push_stock(stories: &mut Stories, words: &[u64], is_stock: impl FnMut(u64) -> bool) {
    let text = StoryText {
        words,
        shingles: &shingles(words),
        kinds: &vec![WordKind::Lower; words.len()],
    };
    stories.push(text, |_| 1.0, is_stock);
}
