//! The set of a document's word 5-shingles, by the plain definition.
//!
//! Words and runs are hashed to 64 bits by XXH3. Over the forty million runs of 100,000 documents
//! any two share a hash by chance with probability 4 · 10⁻⁵: exact, for a bench.

use xxhash_rust::xxh3::xxh3_64;

/// Words in a shingle.
const LENGTH: usize = 5;

/// The shingles of a text as wirecopy reads it, sorted, each once: its words, its hashes.
pub(crate) fn wirecopy_set(text: &str) -> Vec<u64> {
    let shingling = wirecopy::shingle::Shingling::default();
    let (mut units, mut set) = (Vec::new(), Vec::new());
    wirecopy::text::Tokenizer::new().for_each(text, |token| {
        shingling.push_units(token.window(), token.len(), &mut units);
    });
    shingling.shingles(&units, &mut set);
    set.sort_unstable();
    set.dedup();
    set
}

/// The shingles of a text, sorted, each once; none for a text without words.
pub(crate) fn set(text: &str) -> Vec<u64> {
    let text = text.to_lowercase();
    let words: Vec<[u8; 8]> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| xxh3_64(word.as_bytes()).to_le_bytes())
        .collect();
    let mut set: Vec<u64> = match words.len() {
        0 => Vec::new(),
        short @ 1..LENGTH => vec![xxh3_64(words[..short].as_flattened())],
        _ => words
            .windows(LENGTH)
            .map(|run| xxh3_64(run.as_flattened()))
            .collect(),
    };
    set.sort_unstable();
    set.dedup();
    set
}
