//! A story text of an index, masked once more by what was learned later.
//!
//! An index keeps of a word its hash and its kind. Boilerplate also asks whether it is long enough to say
//! something, and there are so few words that are not that their hashes can be listed.

use std::collections::HashSet;

use foldhash::fast::FixedState;

use super::layout::Row;
use super::part::Part;
use crate::boilerplate::{LearnedBoilerplate, PageWord};
use crate::error::Error;
use crate::story::{is_distinctive, name_hash};
use crate::text::Letters;
use crate::verify::WordKind;

/// A story that is masked once more; holds the buffers.
#[derive(Default)]
pub(super) struct Remasked {
    /// The words as they were, as they are looked up.
    page_words: Vec<PageWord>,
    /// What is left of them, once it is masked.
    pub(super) words: Vec<u64>,
    pub(super) kinds: Vec<WordKind>,
    pub(super) shingles: Vec<u64>,
}

impl Remasked {
    /// Takes a story as it is stored.
    pub(super) fn read(
        &mut self,
        part: &Part,
        row: &Row,
        short: &HashSet<u64, FixedState>,
    ) -> Result<(), Error> {
        part.story(row, &mut self.words, &mut self.kinds)?;
        self.page_words.clear();
        let words = self.words.iter().zip(&self.kinds);
        self.page_words.extend(words.map(|(&word, &kind)| {
            PageWord::new(word, kind != WordKind::Number && !short.contains(&word))
        }));
        Ok(())
    }

    /// Leaves out what is boilerplate, and says how many words that were.
    pub(super) fn mask(
        &mut self,
        boilerplate: &LearnedBoilerplate,
        publisher: Option<u64>,
    ) -> usize {
        let (words, kinds) = (&mut self.words, &mut self.kinds);
        let (mut kept, mut next) = (0, 0);
        let mut keep = |from: usize, to: usize| {
            words.copy_within(from..to, kept);
            kinds.copy_within(from..to, kept);
            kept += to - from;
        };
        boilerplate.runs(&self.page_words, publisher, |run| {
            keep(next, run.start);
            next = run.end;
        });
        keep(next, self.page_words.len());
        self.words.truncate(kept);
        self.kinds.truncate(kept);
        self.page_words.len() - kept
    }
}

/// The hashes of all words that are too short to say something: of one and two bytes. An index keeps
/// hashes alone, and there are 18,000 such words.
pub(super) fn short_words() -> HashSet<u64, FixedState> {
    let mut hashes = HashSet::default();
    let mut add = |text: &str| {
        debug_assert!(!is_distinctive(text.len()));
        let mut window = [0; 16];
        window[..text.len()].copy_from_slice(text.as_bytes());
        hashes.insert(name_hash(&window, text.len(), Letters::WHOLE));
    };
    let mut buffer = [0; 4];
    for c in (0..0x800).filter_map(char::from_u32) {
        add(c.encode_utf8(&mut buffer));
    }
    for (a, b) in (0..128u8).flat_map(|a| (0..128u8).map(move |b| (a, b))) {
        add(std::str::from_utf8(&[a, b]).expect("ASCII"));
    }
    hashes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_words_are_known_by_their_hashes() {
        let short = short_words();
        let is_short = |text: &str| {
            let mut window = text.as_bytes().to_vec();
            window.resize(window.len() + 16, 0);
            short.contains(&name_hash(&window, text.len(), Letters::WHOLE))
        };
        assert!(["a", "of", "ж", "é", "7"].into_iter().all(is_short));
        assert!(!["the", "不", "éa"].into_iter().any(is_short));
    }
}
