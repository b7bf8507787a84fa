//! Story texts as a segment has them: of each word which one it is, and its kind.
//!
//! Words are numbered by how common they are, and most of a text are common ones: of English news 98 of a hundred
//! are among the 15,360 commonest of their corpus, of German 91. So a word takes 16 bits, two of them its kind and the
//! others a number below that, or the upper part of a number whose lower 16 bits follow: some 2.05 bytes a
//! word in English and 2.2 in German, and what is decoded most is close together in memory.

use std::cmp::Reverse;
use std::collections::HashMap;

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::layout::STORIES;
use crate::container::SegmentWriter;
use crate::error::Error;

/// How often each word was met.
pub(super) type WordCounts = HashMap<u64, u64, FixedState>;

/// Bits of a word's kind.
const KIND_BITS: u32 = 2;
/// The bits below a kind.
const SHORT_BITS: u32 = u16::BITS - KIND_BITS;
/// Words that take one code. The other 1,024 numbers of 14 bits begin a word of more, which makes 67 million words: a
/// rarer one, if there ever is any, has [`LONG`] before the two halves of its number.
const SHORT_WORDS: u32 = 15 << 10;
const LONG: u32 = (1 << SHORT_BITS) - 1;
/// The first word that has `LONG` before it.
const LONG_WORDS: u32 = SHORT_WORDS + ((LONG - SHORT_WORDS) << u16::BITS);

/// Stories that are coded at a time, by one thread.
const STORIES_AT_A_TIME: usize = 256;

/// The words of a story that are still to be read: the place of each in the vocabulary, and the code of its kind.
#[derive(Clone, Copy, Debug)]
pub(super) struct StoryCodes<'a>(pub(super) &'a [u16]);

impl Iterator for StoryCodes<'_> {
    type Item = (u32, u8);

    fn next(&mut self) -> Option<(u32, u8)> {
        let StoryCodes(codes) = self;
        let (&code, rest) = codes.split_first()?;
        *codes = rest;
        let kind = (code >> SHORT_BITS) as u8;
        let word = match u32::from(code) & LONG {
            short @ 0..SHORT_WORDS => short,
            LONG => upper(codes)? | lower(codes)?,
            more => SHORT_WORDS + ((more - SHORT_WORDS) << u16::BITS | lower(codes)?),
        };
        Some((word, kind))
    }
}

/// The next number.
fn lower(codes: &mut &[u16]) -> Option<u32> {
    let (&code, rest) = codes.split_first()?;
    *codes = rest;
    Some(u32::from(code))
}

fn upper(codes: &mut &[u16]) -> Option<u32> {
    lower(codes).map(|code| code << u16::BITS)
}

/// Adds a word to a story, by its place in the vocabulary and the code of its kind.
pub(super) fn push(story: &mut Vec<u16>, word: u32, kind: u8) {
    #[expect(clippy::cast_possible_truncation)] // 16 bits each
    let halves = |word: u32| [(word >> u16::BITS) as u16, word as u16];
    let kind = u16::from(kind) << SHORT_BITS;
    match word {
        0..SHORT_WORDS => story.push(kind | halves(word)[1]),
        SHORT_WORDS..LONG_WORDS => {
            let [upper, lower] = halves(word - SHORT_WORDS);
            story.extend([kind | (halves(SHORT_WORDS)[1] + upper), lower]);
        }
        _ => {
            let [upper, lower] = halves(word);
            story.extend([kind | halves(LONG)[1], upper, lower]);
        }
    }
}

/// All words, the commonest first; of equally common ones the one of the lower hash.
pub(super) fn commonest_first(counts: WordCounts) -> Vec<u64> {
    let mut words: Vec<(u64, u64)> = counts.into_iter().collect();
    words.par_sort_unstable_by_key(|&(word, count)| (Reverse(count), word));
    words.into_iter().map(|(word, _)| word).collect()
}

/// Writes stories, coded by all threads, and says where each starts.
pub(super) fn put<S: Sync>(
    file: &mut SegmentWriter<'_>,
    stories: &[S],
    code: impl Fn(&S, &mut Vec<u16>) -> Result<(), Error> + Sync,
) -> Result<Vec<u64>, Error> {
    let mut section = file.section(STORIES, 2)?;
    let mut starts = Vec::with_capacity(stories.len());
    let mut written = 0;
    let coded = |some: &[S]| {
        let parts = some.par_chunks(STORIES_AT_A_TIME).map(|stories| {
            let (mut codes, mut starts) = (Vec::new(), Vec::with_capacity(stories.len()));
            for story in stories {
                starts.push(codes.len());
                code(story, &mut codes)?;
            }
            Ok((codes, starts))
        });
        parts.collect::<Result<Vec<(Vec<u16>, Vec<usize>)>, Error>>()
    };
    // While some are written, the next ones are coded.
    let mut parts = stories.chunks(16 * STORIES_AT_A_TIME * rayon::current_num_threads());
    let mut next = parts.next().map(coded);
    while let Some(some) = next {
        let some = some?;
        let (put, coded) = rayon::join(
            || some.iter().try_for_each(|(codes, _)| section.put(codes)),
            || parts.next().map(coded),
        );
        put?;
        next = coded;
        for (codes, within) in some {
            starts.extend(within.into_iter().map(|start| written + start as u64));
            written += codes.len() as u64;
        }
    }
    Ok(starts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn words_come_back(
            words in prop::collection::vec(
                (
                    prop_oneof![
                        0u32..40_000,
                        SHORT_WORDS - 2..SHORT_WORDS + 2,
                        LONG_WORDS - 2..LONG_WORDS + 2,
                        u32::MAX - 2..u32::MAX,
                    ],
                    0u8..4,
                ),
                0..50,
            ),
        ) {
            let mut short = Vec::new();
            for &(word, kind) in &words {
                push(&mut short, word, kind);
            }
            prop_assert!(StoryCodes(&short).eq(words.iter().copied()));
            // Cut anywhere, it ends early, with the words before the cut.
            for end in 0..short.len() {
                let cut = StoryCodes(&short[..end]);
                prop_assert!(cut.count() < words.len());
                prop_assert!(cut.zip(&words).all(|(found, &word)| found == word));
            }
        }
    }

    #[test]
    fn rarer_words_take_more_codes() {
        let length = |word| {
            let mut story = Vec::new();
            push(&mut story, word, 3);
            story.len()
        };
        let first = [0, SHORT_WORDS, LONG_WORDS, u32::MAX];
        assert_eq!(first.map(length), [1, 2, 3, 3]);
        assert_eq!([SHORT_WORDS - 1, LONG_WORDS - 1].map(length), [1, 2]);
    }

    #[test]
    fn the_commonest_words_come_first() {
        let counts = [(9, 1), (5, 7), (3, 7), (1, 2)].into_iter().collect();
        assert_eq!(commonest_first(counts), [3, 5, 1, 9]);
    }
}
