//! Reading single records again, at their place.

use std::fs::File;
use std::io;
use std::path::Path;

use super::Corpus;
use super::error::CorpusError;
use super::escape::unescape;
use super::input::{Input, Origin};
use super::json::{Reading, Scratch, Slots, utf8};
use super::record::{Record, TextPlace};
use super::{memory, text};

/// Reads records of a scanned corpus again. One for each thread; it holds their buffers.
#[derive(Debug)]
pub struct Reader<'c> {
    corpus: &'c Corpus,
    scratch: Scratch,
    buffer: Vec<u8>,
    /// The file read last, where inputs are not mapped.
    open: Option<(usize, File)>,
}

impl<'c> Reader<'c> {
    pub(super) fn new(corpus: &'c Corpus) -> Reader<'c> {
        Reader {
            corpus,
            scratch: Scratch::default(),
            buffer: Vec::new(),
            open: None,
        }
    }

    /// Reads the record that the scan found at this place of an input, and hands it to `use_it`.
    ///
    /// # Errors
    ///
    /// [`CorpusError::Changed`] if there is no such record now.
    pub fn record<R>(
        &mut self,
        input: usize,
        offset: u64,
        length: u32,
        use_it: impl FnOnce(&Record<'_>) -> R,
    ) -> Result<R, CorpusError> {
        let mut scratch = std::mem::take(&mut self.scratch);
        let read = self.read(input, offset, length, &mut scratch, use_it);
        self.scratch = scratch;
        read
    }

    /// Reads nothing but the text of such a record, which is at `place` in it.
    ///
    /// # Errors
    ///
    /// The same.
    pub(crate) fn text<R>(
        &mut self,
        input: usize,
        (offset, length): (u64, u32),
        place: TextPlace,
        use_it: impl FnOnce(&str) -> R,
    ) -> Result<R, CorpusError> {
        let Some(range) = place.range() else {
            return self.record(input, offset, length, |record| use_it(record.text));
        };
        let corpus = self.corpus;
        let gone = || gone(&corpus.inputs[input], offset);
        let mut buffer = std::mem::take(&mut self.scratch.text);
        let raw = self.raw(input, offset, length)?;
        let literal = raw.get(range).ok_or_else(gone)?;
        let literal = utf8(literal, offset).map_err(|_| gone())?;
        let is_string = literal.len() > 1 && literal.starts_with('"') && literal.ends_with('"');
        let text = unescape(literal, &mut buffer).ok().filter(|_| is_string);
        let result = text.map(use_it).ok_or_else(gone);
        self.scratch.text = buffer;
        result
    }

    fn read<R>(
        &mut self,
        input: usize,
        offset: u64,
        length: u32,
        scratch: &mut Scratch,
        use_it: impl FnOnce(&Record<'_>) -> R,
    ) -> Result<R, CorpusError> {
        let corpus = self.corpus;
        let (place, options) = (&corpus.inputs[input], &corpus.options);
        let gone = || gone(place, offset);
        if let Origin::Records(records) = &place.origin {
            let at = usize::try_from(offset).map_err(|_| gone())?;
            if at >= records.len() {
                return Err(gone());
            }
            return memory::record(&**records, at, (options, place.decision()), scratch, use_it)
                .map_err(|_| gone());
        }
        let raw = self.raw(input, offset, length)?;
        if let Origin::Texts(texts) = &place.origin {
            let file = texts.at(offset).ok_or_else(gone)?;
            let read = text::record((file, texts), raw, options, scratch, use_it);
            return read.map_err(|_| gone());
        }
        let read = match (&place.table, &place.fields) {
            (Some(table), _) => table.record(raw, offset, scratch, use_it),
            (None, Some(fields)) => {
                let reading = Reading { fields };
                reading.json_line(raw, offset, &mut Slots::new(), scratch, use_it)
            }
            (None, None) => return Err(gone()),
        };
        read.map_err(|_| gone())
    }

    /// The bytes of a record as they are in the (decoded) input, without the newline; of a text
    /// file all its bytes.
    ///
    /// # Errors
    ///
    /// [`CorpusError::Changed`] if the input is now shorter; [`CorpusError::NoBytes`] for records
    /// in memory.
    pub fn raw(&mut self, input: usize, offset: u64, length: u32) -> Result<&[u8], CorpusError> {
        let place = &self.corpus.inputs[input];
        if let Origin::Records(_) = place.origin {
            let name = place.name.clone();
            return Err(CorpusError::NoBytes { name });
        }
        let end = offset.checked_add(u64::from(length));
        let range = usize::try_from(offset)
            .ok()
            .zip(end.and_then(|end| usize::try_from(end).ok()));
        let (start, end) = range.ok_or_else(|| gone(place, offset))?;
        if let Some(bytes) = place.decoded() {
            return bytes.get(start..end).ok_or_else(|| gone(place, offset));
        }
        let path = place.place();
        let read = self.read_file(input, &path, offset, length as usize);
        read.map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => gone(place, offset),
            _ => CorpusError::io(&path, "read it", error),
        })?;
        Ok(&self.buffer)
    }

    /// Fills the buffer from a file that is not mapped.
    fn read_file(&mut self, input: usize, path: &Path, at: u64, length: usize) -> io::Result<()> {
        use std::os::unix::fs::FileExt;
        let file = match self.open.take() {
            Some((open, file)) if open == input => file,
            _ => File::open(path)?,
        };
        self.buffer.resize(length, 0);
        file.read_exact_at(&mut self.buffer, at)?;
        self.open = Some((input, file));
        Ok(())
    }
}

/// The record read in the scan is not there any more.
fn gone(place: &Input, offset: u64) -> CorpusError {
    CorpusError::Changed {
        path: place.place(),
        what: format!("the record at byte {offset} is no longer there"),
    }
}
