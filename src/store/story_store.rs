//! `StoryStore`: the story texts of a corpus, spilled to disk when its pages are masked.
//!
//! Word counts, stock, verification and links all ask for story texts again, most of them more
//! than once. (In `near`, for an index, a story is the whole text.) Cutting a page into words and masking it takes some 25 µs; taking its story from
//! here takes one. The texts are in a scratch file, 9 bytes a word, so they count as no memory.

use crate::corpus::{Corpus, Scratch, ScratchMap};
use crate::doc_id::DocId;
use crate::error::Error;
use crate::stages::{HeldStories, StageError, StoryReader, StoryTexts};
use crate::verify::WordKind;

/// Story texts by document.
#[derive(Debug)]
pub(crate) struct StoryStore {
    map: ScratchMap,
    /// Where the story of each document starts.
    places: Vec<u64>,
}

/// Story texts while they are spilled.
#[derive(Debug)]
pub(crate) struct StoryWriter(Scratch);

/// The stories of some documents, to be written at one go.
#[derive(Debug, Default)]
pub(crate) struct StoryBlock {
    bytes: Vec<u8>,
}

/// A story text as it was spilled.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StoredStory<'a> {
    /// Hashes of the words.
    pub(crate) words: &'a [u64],
    kinds: &'a [u8],
}

/// Bytes of a word's hash, and what stories are aligned to.
const WORD: usize = size_of::<u64>();

impl StoryWriter {
    /// Spills stories where the corpus has its spools.
    pub(crate) fn new(corpus: &Corpus) -> Result<StoryWriter, Error> {
        Ok(StoryWriter(corpus.scratch("story texts")?))
    }

    /// Writes a block, empties it, and says where it is.
    pub(crate) fn write(&self, block: &mut StoryBlock) -> Result<u64, Error> {
        let place = self.0.append(&block.bytes)?;
        block.bytes.clear();
        Ok(place)
    }

    /// The store of what was written, given where the story of each document starts.
    pub(crate) fn finish(self, places: Vec<u64>) -> Result<StoryStore, Error> {
        Ok(StoryStore {
            map: self.0.finish()?,
            places,
        })
    }
}

impl StoryBlock {
    /// Adds a story and says where in the block it starts.
    pub(crate) fn push(&mut self, words: &[u64], kinds: &[WordKind]) -> u64 {
        debug_assert_eq!(words.len(), kinds.len(), "one kind a word");
        let bytes = &mut self.bytes;
        let place = bytes.len() as u64;
        bytes.extend_from_slice(&(words.len() as u64).to_le_bytes());
        bytes.extend_from_slice(bytemuck::cast_slice(words));
        bytes.extend(kinds.iter().map(|&kind| code(kind)));
        bytes.resize(bytes.len().next_multiple_of(WORD), 0);
        place
    }
}

impl StoryStore {
    /// The story text of a document.
    pub(crate) fn story(&self, doc: DocId) -> StoredStory<'_> {
        let written = "stories stand where they were written";
        let start = usize::try_from(self.places[doc.index()]).expect(written);
        let (length, rest) = self.map[start..].split_first_chunk().expect(written);
        let words = usize::try_from(u64::from_le_bytes(*length)).expect(written);
        let (hashes, rest) = rest.split_at(words * WORD);
        StoredStory {
            words: bytemuck::cast_slice(hashes),
            kinds: &rest[..words],
        }
    }
}

impl HeldStories for StoryStore {
    fn words(&self, doc: DocId) -> &[u64] {
        self.story(doc).words
    }
}

impl StoryTexts for StoryStore {
    fn reader(&self) -> Box<dyn StoryReader + '_> {
        Box::new(self)
    }
}

impl StoryReader for &StoryStore {
    fn take(
        &mut self,
        doc: DocId,
        words: &mut Vec<u64>,
        kinds: &mut Vec<WordKind>,
    ) -> Result<(), StageError> {
        let story = self.story(doc);
        words.clear();
        words.extend_from_slice(story.words);
        kinds.clear();
        kinds.extend(story.kinds());
        Ok(())
    }
}

impl StoredStory<'_> {
    /// What each word is.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = WordKind> {
        self.kinds.iter().map(|&code| kind(code))
    }
}

/// The number that stands for a kind, from 0 to 3.
pub(crate) fn code(kind: WordKind) -> u8 {
    match kind {
        WordKind::Number => 0,
        WordKind::Capital => 1,
        WordKind::Lower => 2,
        WordKind::SentenceStart => 3,
    }
}

/// The kind that the two lowest bits of a number stand for.
pub(crate) fn kind(code: u8) -> WordKind {
    match code & 3 {
        0 => WordKind::Number,
        1 => WordKind::Capital,
        2 => WordKind::Lower,
        _ => WordKind::SentenceStart,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{ReadOptions, Source};

    #[test]
    fn stories_come_back_as_they_were_spilled() {
        use WordKind::{Capital, Lower, Number, SentenceStart};
        let corpus = Corpus::open(vec![Source::Records(Vec::new())], ReadOptions::default());
        let writer = StoryWriter::new(&corpus.unwrap()).unwrap();
        let stories: [(&[u64], &[WordKind]); 4] = [
            (&[7, u64::MAX, 9], &[SentenceStart, Capital, Number]),
            (&[], &[]),
            (&[1; 8], &[Lower; 8]),
            (&[5], &[Number]),
        ];
        let mut places = Vec::new();
        let mut block = StoryBlock::default();
        for two in stories.chunks(2) {
            let within = two.iter().map(|(words, kinds)| block.push(words, kinds));
            let within: Vec<u64> = within.collect();
            let start = writer.write(&mut block).unwrap();
            places.extend(within.iter().map(|place| start + place));
        }
        let store = writer.finish(places).unwrap();
        for (doc, (words, kinds)) in stories.into_iter().enumerate() {
            let story = store.story(DocId::from_index(doc));
            assert_eq!(story.words, words);
            assert!(story.kinds().eq(kinds.iter().copied()));
        }
    }
}
