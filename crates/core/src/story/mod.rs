//! A page as the `wire` profile reads it: words, lines, and what is left without boilerplate.

mod page_words;
mod whole_text;

use page_words::Words;
pub use page_words::{PageToken, is_distinctive, name_hash};
pub use whole_text::{TextReading, normal_hash, normal_of};

use crate::boilerplate::{LearnedBoilerplate, LineWords, PageWord, mask_doubled, mask_own};
use crate::hash;
use crate::sentence::is_sentence_end;
use crate::shingle::Shingling;
use crate::text::{self, Line, Tokenizer};
use crate::verify::WordKind;

/// A page of fewer words of story text than this is *thin*: what is left may be a caption or a
/// leftover of the mask, and is no ground to call two pages one story.
pub const THIN: usize = 12;

/// A page of so many words or more of which what was learned takes nine tenths is thin, too: so much boilerplate
/// around a story is rarer than a story that was taken for boilerplate.
pub const LONG_PAGE: usize = 100;

/// Whether too little is left of a page of so many words, of which so many were learned to be boilerplate.
pub fn is_thin(story: usize, page: usize, learned: usize) -> bool {
    story < THIN || page >= LONG_PAGE && 10 * learned >= 9 * page
}

/// A page as its words; holds the buffers.
#[derive(Default)]
pub struct PageReading {
    tokenizer: Tokenizer,
    lines: Vec<Line>,
    line_words: Vec<LineWords>,
    masked: Vec<bool>,
    /// Every word of the page.
    pub words: Vec<PageToken>,
    hashes: Vec<u64>,
    /// Words that the page's own lines leave, by place; then the same as learned from.
    pub own: Vec<u32>,
    /// The words of the page without its own boilerplate, as boilerplate is learned from them.
    pub page_words: Vec<PageWord>,
    /// Whether the page is lines without sentences.
    pub is_listing: bool,
    /// Words that are masked by the form of their lines, and words that are as other publishers' pages have them.
    pub by_form: usize,
    /// Words masked as pages of others have them.
    pub by_others: usize,
    /// Words of the story text, by place.
    pub story: Vec<u32>,
    /// Their hashes.
    pub story_words: Vec<u64>,
    /// The shingles of the story.
    pub shingles: Vec<u64>,
    /// What kind of word each word of the story is.
    pub kinds: Vec<WordKind>,
}

/// The identity of a story text: never that of a whole page.
pub fn story_hash(words: &[u64]) -> u128 {
    !hash::words(words)
}

impl PageReading {
    /// Which instructions cut the text into words.
    pub fn set_kernel(&mut self, kernel: text::Kernel) {
        self.tokenizer.set_kernel(kernel);
    }

    /// Reads a page: afterwards `words`, `own` and `page_words` are its own.
    pub fn read(&mut self, text: &str) {
        self.words.clear();
        self.hashes.clear();
        let mut sink = Words::of(text, &mut self.words, &mut self.hashes);
        let is_cut = text::lines(text, &mut self.lines);
        self.tokenizer.feed_words(text, &self.lines, &mut sink);
        self.line_words.clear();
        let mut at = 0;
        for line in &self.lines {
            let start = at;
            while self
                .words
                .get(at)
                .is_some_and(|word| (word.start as usize) < line.range.end)
            {
                at += 1;
            }
            self.line_words.push(LineWords {
                start,
                end: at,
                is_ended: line.is_ended,
            });
        }
        self.masked.clear();
        self.masked.resize(self.words.len(), false);
        self.is_listing = mask_own(&self.hashes, &self.line_words, &mut self.masked);
        if is_cut {
            mask_doubled(&self.hashes, &mut self.masked);
        }
        self.own.clear();
        self.page_words.clear();
        let mut start = 0;
        for same in self.masked.chunk_by(|x, y| x == y) {
            let end = start + same.len();
            if !same[0] {
                self.own.extend(place(start)..place(end));
                let words = self.words[start..end].iter().zip(&self.hashes[start..end]);
                self.page_words.extend(
                    words.map(|(word, &hash)| PageWord::new(hash, word.is_long && !word.has_digit)),
                );
            }
            start = end;
        }
    }

    /// Leaves out what was learned to be boilerplate: afterwards `story`, `story_words` and
    /// `shingles` are the page's own.
    pub fn mask(
        &mut self,
        boilerplate: &LearnedBoilerplate,
        publisher: Option<u64>,
        shingling: Shingling,
    ) {
        self.story.clear();
        let mut next = 0;
        let (own, story) = (&self.own, &mut self.story);
        self.by_others = boilerplate.runs(&self.page_words, publisher, |run| {
            story.extend_from_slice(&own[next..run.start]);
            next = run.end;
        });
        self.by_form = self.words.len() - own.len();
        story.extend_from_slice(&own[next..]);
        self.story_words.clear();
        self.story_words
            .extend(story.iter().map(|&at| self.hashes[at as usize]));
        shingling.shingles(&self.story_words, &mut self.shingles);
    }

    /// Says of every word of the story text what its form shows.
    pub fn find_kinds(&mut self, text: &str) {
        self.kinds.clear();
        let bytes = text.as_bytes();
        let kinds = self.story.iter().map(|&at| {
            let word = self.words[at as usize];
            let start = word.start as usize;
            let before = (at as usize)
                .checked_sub(1)
                .map(|before| self.words[before].end.min(word.start) as usize);
            // Nearly always there is one space before a word, and it begins with a plain letter.
            let two = bytes.get(start.wrapping_sub(1)..);
            if let (Some(before), Some(&[b' ', first @ 0..0x80])) =
                (before, two.and_then(<[u8]>::first_chunk))
                && before + 1 == start
                && !word.has_digit
            {
                return match first.is_ascii_uppercase() {
                    true => WordKind::Capital,
                    false => WordKind::Lower,
                };
            }
            if word.has_digit {
                return WordKind::Number;
            }
            let opens = match before {
                Some(before) if start == before + 1 && bytes[before] == b' ' => false,
                Some(before) => text[before..start].contains(ends_sentence),
                None => true,
            };
            if opens {
                return WordKind::SentenceStart;
            }
            let is_capital = match bytes[start] {
                ascii if ascii.is_ascii() => ascii.is_ascii_uppercase(),
                _ => text[word.range()].starts_with(char::is_uppercase),
            };
            match is_capital {
                true => WordKind::Capital,
                false => WordKind::Lower,
            }
        });
        self.kinds.extend(kinds);
    }

    /// The identity of the whole page: its words, or without any its bytes.
    pub fn page_hash(&self, text: &str) -> u128 {
        match self.hashes.as_slice() {
            [] => u128::from(hash::bytes(text.as_bytes())),
            words => hash::words(words),
        }
    }

    /// Words of the story text, none if it is thin.
    pub fn story_length(&self) -> usize {
        let (story, page) = (self.story.len(), self.words.len());
        match is_thin(story, page, page - self.by_form - story) {
            true => 0,
            false => story,
        }
    }
}

/// A place among the words of a page.
fn place(at: usize) -> u32 {
    u32::try_from(at).expect("a record is shorter than 4 GB")
}

/// Marks behind which a capital letter says nothing: sentence ends, colons, quotes, line ends.
fn ends_sentence(c: char) -> bool {
    matches!(c, ':' | '\n' | '"' | '“' | '„' | '«' | '»' | '‘' | '(') || is_sentence_end(c)
}
