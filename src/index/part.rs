//! A segment as the index sees it: typed sections, read in place, and no value trusted.
//!
//! Opening looks at lengths only. Whatever is read from a section is checked where it is used: a
//! damaged index gives an error that names the file.

use std::ops::Range;
use std::sync::Arc;

use super::band_keys::{BandKeys, ShortKey};
use super::failures::damaged;
use super::figures::FigureRow;
use super::layout::{
    FIGURES, ID_DOCS, ID_HASHES, IDS, KEY_DOCS, KEYS, NAME_ENDS, NAMES, NONE, PAIRS, PairRow, ROWS,
    Row, SAMPLE, SAMPLE_WORDS, SCREENS, STORIES, SampleRow, TEXT_DOCS, TEXTS, TITLE_ENDS, TITLES,
    VOCABULARY,
};
use super::seeking::equal;
use super::story_codes::StoryCodes;
use crate::container::Segment;
use crate::error::Error;
use crate::hash;
use crate::sketch::Banding;
use crate::store::story_store::kind;
use crate::verify::WordKind;

/// A segment of an index.
#[derive(Clone, Debug)]
pub(super) struct Part {
    segment: Arc<Segment>,
    /// The number of its first document.
    pub(super) first: u64,
    /// How many documents it has.
    pub(super) documents: usize,
    /// The position of its first document among all of the index.
    pub(super) position: usize,
    banding: Banding,
}

impl Part {
    pub(super) fn open(
        segment: Arc<Segment>,
        position: usize,
        banding: Banding,
    ) -> Result<Part, Error> {
        let numbers = segment.documents();
        let wrong = |what| damaged(segment.path(), what);
        let documents = usize::try_from(numbers.end - numbers.start)
            .map_err(|_| wrong("more documents than can be"))?;
        let length = |kind: u32| segment.count::<u32>(kind);
        let pairs = [
            (length(TEXT_DOCS)?, segment.count::<u64>(TEXTS)?),
            (length(ID_DOCS)?, segment.count::<u64>(ID_HASHES)?),
            (length(KEY_DOCS)?, segment.count::<ShortKey>(KEYS)?),
            (documents, segment.count::<Row>(ROWS)?),
        ];
        if pairs.iter().any(|(own, other)| own != other) {
            return Err(wrong("two sections of one list differ in length"));
        }
        if !length(KEY_DOCS)?.is_multiple_of(banding.bands() as usize) {
            return Err(wrong("a band of keys is shorter than another one"));
        }
        if segment.count::<u64>(TITLE_ENDS)? != documents {
            return Err(wrong("the titles are more or fewer than the documents"));
        }
        let slots = banding.slots() as usize;
        if Some(segment.count::<u8>(SCREENS)?) != documents.checked_mul(slots) {
            return Err(wrong("the signatures are more or fewer than the documents"));
        }
        // The others are there, too.
        for bytes in [IDS, NAMES, TITLES] {
            segment.count::<u8>(bytes)?;
        }
        segment.count::<u64>(NAME_ENDS)?;
        segment.count::<u64>(VOCABULARY)?;
        segment.count::<u16>(STORIES)?;
        segment.count::<SampleRow>(SAMPLE)?;
        segment.count::<u32>(SAMPLE_WORDS)?;
        segment.count::<PairRow>(PAIRS)?;
        segment.count::<FigureRow>(FIGURES)?;
        Ok(Part {
            first: numbers.start,
            documents,
            position,
            banding,
            segment,
        })
    }

    fn slots(&self) -> usize {
        self.banding.slots() as usize
    }

    fn bands(&self) -> usize {
        self.banding.bands() as usize
    }

    /// A byte a slot of a document.
    pub(super) fn screen(&self, doc: u32) -> Result<&[u8], Error> {
        let screens: &[u8] = self.segment.section(SCREENS)?;
        let own = screens.chunks_exact(self.slots()).nth(doc as usize);
        own.ok_or_else(|| self.wrong("a document has a number that is too large"))
    }

    pub(super) fn segment(&self) -> &Segment {
        &self.segment
    }

    pub(super) fn wrong(&self, what: &'static str) -> Error {
        damaged(self.segment.path(), what)
    }

    pub(super) fn numbers(&self) -> Range<u64> {
        self.first..self.first + self.documents as u64
    }

    pub(super) fn rows(&self) -> Result<&[Row], Error> {
        Ok(self.segment.section(ROWS)?)
    }

    pub(super) fn row(&self, doc: u32) -> Result<&Row, Error> {
        let row = self.rows()?.get(doc as usize);
        row.ok_or_else(|| self.wrong("a document has a number that is too large"))
    }

    pub(super) fn id(&self, row: &Row) -> Result<&str, Error> {
        let ids: &[u8] = self.segment.section(IDS)?;
        let bytes = slice(ids, row.id, row.id_length);
        let id = bytes.and_then(|bytes| std::str::from_utf8(bytes).ok());
        id.ok_or_else(|| self.wrong("an id is no text of this file"))
    }

    /// The name of a publisher or an agency.
    pub(super) fn name(&self, name: u32) -> Result<Option<&str>, Error> {
        if name == NONE {
            return Ok(None);
        }
        let (names, ends): (&[u8], &[u64]) = (
            self.segment.section(NAMES)?,
            self.segment.section(NAME_ENDS)?,
        );
        let name = text_at(names, ends, name as usize);
        let name = name.ok_or_else(|| self.wrong("a name is no text of this file"))?;
        Ok(Some(name))
    }

    /// The title of a document; empty if it has none.
    pub(super) fn title(&self, doc: u32) -> Result<&str, Error> {
        let (titles, ends): (&[u8], &[u64]) = (
            self.segment.section(TITLES)?,
            self.segment.section(TITLE_ENDS)?,
        );
        let title = text_at(titles, ends, doc as usize);
        title.ok_or_else(|| self.wrong("a title is no text of this file"))
    }

    /// All names, in their order.
    pub(super) fn names(&self) -> Result<Vec<&str>, Error> {
        let ends: &[u64] = self.segment.section(NAME_ENDS)?;
        let count = u32::try_from(ends.len()).map_err(|_| self.wrong("too many names"))?;
        (0..count)
            .map(|at| Ok(self.name(at)?.unwrap_or_default()))
            .collect()
    }

    /// The keys of a band, and the document of each.
    pub(super) fn band(&self, band: usize) -> Result<(BandKeys<'_>, &[u32]), Error> {
        let (keys, docs): (&[ShortKey], &[u32]) =
            (self.segment.section(KEYS)?, self.segment.section(KEY_DOCS)?);
        let filed = keys.len() / self.bands();
        let own = band * filed..(band + 1) * filed;
        Ok((BandKeys(&keys[own.clone()]), &docs[own]))
    }

    /// Documents that may have a normalised text: those with the lower half of its hash.
    pub(super) fn texts(&self) -> Result<(&[u64], &[u32]), Error> {
        Ok((
            self.segment.section(TEXTS)?,
            self.segment.section(TEXT_DOCS)?,
        ))
    }

    /// The document of an id that `is_meant`: removed ones may have had it, too.
    pub(super) fn document_of(
        &self,
        id: &str,
        is_meant: impl Fn(u32) -> bool,
    ) -> Result<Option<u32>, Error> {
        let (hashes, docs): (&[u64], &[u32]) = (
            self.segment.section(ID_HASHES)?,
            self.segment.section(ID_DOCS)?,
        );
        for at in equal(hashes, hash::bytes(id.as_bytes())) {
            if is_meant(docs[at]) && self.id(self.row(docs[at])?)? == id {
                return Ok(Some(docs[at]));
            }
        }
        Ok(None)
    }

    /// Replaces `words` and `kinds` by those of a story text.
    pub(super) fn story(
        &self,
        row: &Row,
        words: &mut Vec<u64>,
        kinds: &mut Vec<WordKind>,
    ) -> Result<(), Error> {
        words.clear();
        kinds.clear();
        let vocabulary = self.vocabulary()?;
        self.codes(row)?; // there are as many: what a damaged row asks for takes no memory
        words.reserve(row.story_length as usize);
        kinds.reserve(row.story_length as usize);
        self.each_word(row, |place, code| {
            words.push(*self.word(vocabulary, place)?);
            kinds.push(kind(code));
            Ok(())
        })
    }

    /// Hands out the words of a story text as it is stored: the place of each in the vocabulary, and the code of its
    /// kind.
    pub(super) fn each_word(
        &self,
        row: &Row,
        mut word: impl FnMut(u32, u8) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut words = 0_u32;
        for (place, code) in self.codes(row)?.take(row.story_length as usize) {
            word(place, code)?;
            words += 1;
        }
        match words == row.story_length {
            true => Ok(()),
            false => Err(self.wrong("a story lies outside its section")),
        }
    }

    /// What stands for a word of the vocabulary in a list of as many.
    pub(super) fn word<'a, T>(&self, of_words: &'a [T], place: u32) -> Result<&'a T, Error> {
        let word = of_words.get(place as usize);
        word.ok_or_else(|| self.wrong("a word is not in the vocabulary"))
    }

    /// The pages to learn from.
    pub(super) fn sample(&self) -> Result<&[SampleRow], Error> {
        Ok(self.segment.section(SAMPLE)?)
    }

    /// The words of one of them.
    pub(super) fn sample_words(&self, row: &SampleRow) -> Result<&[u32], Error> {
        let words: &[u32] = self.segment.section(SAMPLE_WORDS)?;
        let own = slice(words, row.start, row.words);
        own.ok_or_else(|| self.wrong("a page to learn from lies outside its section"))
    }

    /// The words of a story text, and those behind them. There are at least as many codes as it is to have words.
    fn codes(&self, row: &Row) -> Result<StoryCodes<'_>, Error> {
        let codes = from(self.segment.section(STORIES)?, row.story, row.story_length);
        let codes = codes.ok_or_else(|| self.wrong("a story lies outside its section"))?;
        Ok(StoryCodes(codes))
    }

    /// Hashes of words, by their places in stories.
    pub(super) fn vocabulary(&self) -> Result<&[u64], Error> {
        Ok(self.segment.section(VOCABULARY)?)
    }

    pub(super) fn pairs(&self) -> Result<&[PairRow], Error> {
        Ok(self.segment.section(PAIRS)?)
    }

    /// The figures of the pairs.
    pub(super) fn figures(&self) -> Result<&[FigureRow], Error> {
        Ok(self.segment.section(FIGURES)?)
    }
}

fn slice<T>(all: &[T], start: u64, length: u32) -> Option<&[T]> {
    from(all, start, length)?.get(..length as usize)
}

/// All from a place on, if they are so many or more.
fn from<T>(all: &[T], start: u64, at_least: u32) -> Option<&[T]> {
    let all = all.get(usize::try_from(start).ok()?..)?;
    (all.len() >= at_least as usize).then_some(all)
}

/// One of the texts that stand one behind the other, by where each ends.
fn text_at<'a>(texts: &'a [u8], ends: &[u64], at: usize) -> Option<&'a str> {
    let start = match at.checked_sub(1) {
        Some(before) => *ends.get(before)?,
        None => 0,
    };
    let range = usize::try_from(start).ok()?..usize::try_from(*ends.get(at)?).ok()?;
    std::str::from_utf8(texts.get(range)?).ok()
}
