//! Cutting candidates into batches whose texts fit into memory together.
//!
//! Pairs are grouped by connected component. Small components share a batch, so that a batch costs
//! more than its start; a component whose texts are too long together is cut. What a text costs is
//! its length: 64 books are not 64 news items.

use std::ops::Range;

use rayon::prelude::*;

use crate::cluster::UnionFind;
use crate::doc_id::DocId;

/// Words of small components that share a batch, 64 articles: few enough that the last batches
/// keep all threads busy.
const BUNDLE: u64 = 64 * ARTICLE;
/// Words that a batch may hold in any corpus, 8,192 articles: aligned texts take 22 bytes a word, 74
/// MB.
pub(super) const LARGEST: u64 = 8_192 * ARTICLE;
/// In a large corpus a batch may hold this part of all words: a story that a fortieth of the
/// corpus carries is compared and judged at one go.
const LARGEST_SHARE: u64 = 40;
/// Words of an article.
const ARTICLE: u64 = 500;
/// What a text costs besides its words, in words.
const TEXT: u64 = 50;

/// Words that a batch may hold in a corpus of so many.
pub fn largest(words: u64) -> u64 {
    LARGEST.max(words / LARGEST_SHARE)
}

/// A pair of documents, the earlier one first.
pub type DocPair = (DocId, DocId);

/// Pairs in an order in which batches are ranges of them.
#[derive(Debug, Default)]
pub(super) struct Batches {
    /// By component, then by pair.
    pub pairs: Vec<DocPair>,
    /// Every pair is in one. True where no document of the batch has a pair in another.
    pub ranges: Vec<(Range<usize>, bool)>,
}

impl Batches {
    /// Sorts and cuts pairs of documents; `words` is the length of each document's text.
    ///
    /// Time: a sort of the pairs. Space: 4 bytes a document, 12 a pair.
    pub(super) fn cut(pairs: Vec<DocPair>, words: &[u32]) -> Batches {
        let keyed = by_component(pairs, words.len());
        let weight = |doc: DocId| u64::from(words[doc.index()]) + TEXT;
        let all: u64 = words.iter().map(|&words| u64::from(words)).sum();
        let largest = largest(all);

        let mut ranges = Vec::new();
        let mut seen = Seen {
            last: vec![0; words.len()],
            round: 0,
        };
        let (mut start, mut next, mut bundle) = (0, 0, 0);
        for component in keyed.chunk_by(|x, y| x.0 == y.0) {
            let begin = next;
            next += component.len();
            seen.round += 1;
            let whole: u64 = component
                .iter()
                .map(|&(_, pair)| seen.new_weight(pair, weight))
                .sum();
            if bundle > 0 && (bundle >= BUNDLE || whole > largest) {
                ranges.push((start..begin, true));
                (start, bundle) = (begin, 0);
            }
            if whole <= largest {
                bundle += whole;
                continue;
            }
            seen.round += 1;
            let mut filled = 0;
            for (at, &(_, pair)) in (begin..).zip(component) {
                let new = seen.new_weight(pair, weight);
                if filled > 0 && filled + new > largest {
                    ranges.push((start..at, false));
                    (start, filled) = (at, 0);
                    seen.round += 1;
                    filled += seen.new_weight(pair, weight);
                } else {
                    filled += new;
                }
            }
            ranges.push((start..next, false));
            start = next;
        }
        if bundle > 0 {
            ranges.push((start..next, true));
        }
        Batches {
            pairs: keyed.into_iter().map(|(_, pair)| pair).collect(),
            ranges,
        }
    }
}

/// Which documents were met in this round.
struct Seen {
    /// The round that met a document last.
    last: Vec<u32>,
    round: u32,
}

impl Seen {
    /// The weight of those of two documents that are new in this round.
    fn new_weight(&mut self, (a, b): DocPair, weight: impl Fn(DocId) -> u64) -> u64 {
        let mut sum = 0;
        for doc in [a, b] {
            if self.last[doc.index()] != self.round {
                self.last[doc.index()] = self.round;
                sum += weight(doc);
            }
        }
        sum
    }
}

/// Sorts pairs by connected component, then by pair.
fn by_component(pairs: Vec<DocPair>, documents: usize) -> Vec<(DocId, DocPair)> {
    let mut sets = UnionFind::new(documents);
    pairs.iter().for_each(|&(a, b)| sets.join(a, b));
    let mut keyed: Vec<_> = pairs
        .into_iter()
        .map(|pair| (sets.root(pair.0), pair))
        .collect();
    keyed.par_sort_unstable();
    keyed
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Batches of pairs of documents of so many words each.
    fn cut(pairs: &[(u32, u32)], words: &[u32]) -> Vec<(Range<usize>, bool)> {
        let pairs = pairs
            .iter()
            .map(|&(a, b)| (DocId::new(a), DocId::new(b)))
            .collect();
        let batches = Batches::cut(pairs, words);
        let covered = batches.ranges.iter().flat_map(|(range, _)| range.clone());
        assert!(
            covered.eq(0..batches.pairs.len()),
            "every pair once, in order"
        );
        assert!(batches.ranges.iter().all(|(range, _)| !range.is_empty()));
        batches.ranges
    }

    #[test]
    fn small_components_are_bundled_whole() {
        let pairs: Vec<(u32, u32)> = (0..100).map(|n| (2 * n, 2 * n + 1)).collect();
        assert_eq!(
            cut(&pairs, &[450; 200]),
            [
                (0..32, true),
                (32..64, true),
                (64..96, true),
                (96..100, true)
            ]
        );
        assert!(cut(&[], &[450; 10]).is_empty());
    }

    #[test]
    fn a_large_component_is_cut_and_its_neighbours_are_not() {
        let star = (1..20_000u32).map(|other| (2, other + 2));
        let pairs: Vec<(u32, u32)> = [(0, 1)]
            .into_iter()
            .chain(star)
            .chain([(30_000, 30_001)])
            .collect();
        let batches = cut(&pairs, &[450; 30_002]);
        assert_eq!(batches.first(), Some(&(0..1, true)));
        assert_eq!(batches.last(), Some(&(pairs.len() - 1..pairs.len(), true)));
        let cut: Vec<_> = batches.iter().filter(|(_, whole)| !whole).collect();
        assert_eq!(cut.len(), 3);
        assert!(cut.iter().all(|(range, _)| range.len() < 8_192));
    }

    #[test]
    fn books_are_weighed_by_their_words() {
        // Two pairs of books as long as a batch each, between pairs of short texts.
        let mut words = vec![100; 8];
        words[2..6].fill(3_000_000);
        let pairs = [(0, 1), (2, 3), (3, 4), (6, 7)];
        assert_eq!(
            cut(&pairs, &words),
            [(0..1, true), (1..2, false), (2..3, false), (3..4, true)]
        );
        assert_eq!(cut(&[(2, 3), (4, 5)], &words).len(), 2);
    }
}
