//! The texts of a corpus as `near` compares them, read again by their places.

use crate::corpus::{Corpus, Reader};
use crate::doc_id::DocId;
use crate::error::Error;
use crate::shingle::Shingling;
use crate::stages::{StageError, StoryReader, StoryTexts};
use crate::store::documents::Documents;
use crate::story::TextReading;
use crate::verify::WordKind;

/// Reads whole texts as the units that shingles are made of.
pub(crate) struct CorpusTexts<'a> {
    pub(crate) corpus: &'a Corpus,
    pub(crate) documents: &'a Documents,
    pub(crate) shingling: Shingling,
}

struct TextReader<'a> {
    texts: &'a CorpusTexts<'a>,
    reader: Reader<'a>,
    reading: TextReading,
}

impl StoryTexts for CorpusTexts<'_> {
    fn reader(&self) -> Box<dyn StoryReader + '_> {
        Box::new(TextReader {
            texts: self,
            reader: self.corpus.reader(),
            reading: TextReading::default(),
        })
    }
}

impl StoryReader for TextReader<'_> {
    fn take(
        &mut self,
        doc: DocId,
        words: &mut Vec<u64>,
        _: &mut Vec<WordKind>,
    ) -> Result<(), StageError> {
        let TextReader {
            texts,
            reader,
            reading,
        } = self;
        let read = texts.documents.text(doc, reader, |text| {
            reading.read_units(text, texts.shingling);
        });
        read.map_err(Error::from)?;
        std::mem::swap(&mut reading.units, words);
        Ok(())
    }
}
