//! The stories of segments that become one, and the words they are made of, numbered anew.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::layout::VOCABULARY;
use super::part::Part;
use super::story_codes::{self, WordCounts, commonest_first, push};
use crate::container::SegmentWriter;
use crate::error::Error;

/// Writes stories, each given by its part and a document of it, and the words that they are made of: those of
/// forgotten stories alone are forgotten too. Says where each story starts.
pub(super) fn put(
    file: &mut SegmentWriter<'_>,
    parts: &[Part],
    stories: &[(usize, u32)],
) -> Result<Vec<u64>, Error> {
    let counts = counts(parts, stories)?;
    let mut all = WordCounts::default();
    for (part, counts) in parts.iter().zip(&counts) {
        let met = part.vocabulary()?.iter().zip(counts);
        for (&word, &count) in met.filter(|(_, count)| **count > 0) {
            *all.entry(word).or_default() += count;
        }
    }
    let vocabulary = commonest_first(all);
    file.section(VOCABULARY, 8)?.put(&vocabulary)?;

    let places: HashMap<u64, u32, FixedState> = vocabulary.into_iter().zip(0..).collect();
    // A word that no story has is asked for by none.
    let place = |word: &u64| places.get(word).copied().unwrap_or_default();
    let mut anew: Vec<Vec<u32>> = Vec::with_capacity(parts.len());
    for part in parts {
        anew.push(part.vocabulary()?.par_iter().map(place).collect());
    }
    story_codes::put(file, stories, |&(at, doc), codes| {
        let part = &parts[at];
        part.each_word(part.row(doc)?, |word, kind| {
            push(codes, *part.word(&anew[at], word)?, kind);
            Ok(())
        })
    })
}

/// By part: how often each of its words is in the stories.
fn counts(parts: &[Part], stories: &[(usize, u32)]) -> Result<Vec<Vec<u64>>, Error> {
    let mut counts: Vec<Vec<u64>> = Vec::with_capacity(parts.len());
    for part in parts {
        counts.push(vec![0; part.vocabulary()?.len()]);
    }
    for &(at, doc) in stories {
        let (part, counts) = (&parts[at], &mut counts[at]);
        part.each_word(part.row(doc)?, |word, _| {
            let count = counts.get_mut(word as usize);
            *count.ok_or_else(|| part.wrong("a word is not in the vocabulary"))? += 1;
            Ok(())
        })?;
    }
    Ok(counts)
}
