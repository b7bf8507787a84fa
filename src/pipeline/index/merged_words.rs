//! The stories of segments that become one, and the words they are made of, numbered anew.

use rayon::prelude::*;

use super::layout::{NONE, STORIES, VOCABULARY};
use super::part::{Part, WORD_BITS};
use crate::index::disk::SegmentWriter;
use crate::pipeline::error::Error;

/// The stories of the new segment, and the words they are made of.
#[derive(Default)]
pub(super) struct Words {
    /// Part and document whose story is written.
    pub(super) stories: Vec<(usize, u32)>,
    vocabulary: Vec<u64>,
    /// By part: the new number of each of its words.
    numbers: Vec<Vec<u32>>,
}

impl Words {
    /// Numbers the words that are still used: those of forgotten stories alone are forgotten too.
    pub(super) fn number(&mut self, parts: &[Part]) -> Result<(), Error> {
        let mut used: Vec<Vec<bool>> = Vec::new();
        for part in parts {
            used.push(vec![false; part.vocabulary()?.len()]);
        }
        for &(at, doc) in &self.stories {
            let part = &parts[at];
            for &code in part.codes(part.row(doc)?)? {
                let word = used[at].get_mut((code & (u32::MAX >> 2)) as usize);
                *word.ok_or_else(|| part.wrong("a word is not in the vocabulary"))? = true;
            }
        }
        for (part, used) in parts.iter().zip(&used) {
            let words = part.vocabulary()?.iter().zip(used);
            let own = words.filter(|(_, used)| **used).map(|(&word, _)| word);
            self.vocabulary = union(std::mem::take(&mut self.vocabulary), own.collect());
        }
        for part in parts {
            let number = |word: &u64| {
                let found = self.vocabulary.binary_search(word);
                found.map_or(Ok(NONE), u32::try_from).unwrap_or(NONE)
            };
            let numbers = part.vocabulary()?.par_iter().map(number);
            self.numbers.push(numbers.collect());
        }
        Ok(())
    }

    /// Writes both.
    pub(super) fn put(&self, file: &mut SegmentWriter<'_>, parts: &[Part]) -> Result<(), Error> {
        file.section(VOCABULARY, 8)?.put(&self.vocabulary)?;
        let mut section = file.section(STORIES, 4)?;
        let mut codes = Vec::new();
        for &(at, doc) in &self.stories {
            let (part, numbers) = (&parts[at], &self.numbers[at]);
            codes.clear();
            codes.extend(part.codes(part.row(doc)?)?.iter().map(|&code| {
                code >> WORD_BITS << WORD_BITS | numbers[(code & (u32::MAX >> 2)) as usize]
            }));
            section.put(&codes)?;
        }
        Ok(())
    }
}

/// The union of two ascending lists.
fn union(a: Vec<u64>, b: Vec<u64>) -> Vec<u64> {
    let mut all = Vec::with_capacity(a.len() + b.len());
    let (mut a, mut b) = (a.into_iter().peekable(), b.into_iter().peekable());
    loop {
        let next = match (a.peek(), b.peek()) {
            (Some(x), Some(y)) if x == y => {
                b.next();
                a.next()
            }
            (Some(x), Some(y)) if x > y => b.next(),
            (Some(_), _) => a.next(),
            (None, _) => b.next(),
        };
        match next {
            Some(next) => all.push(next),
            None => return all,
        }
    }
}
