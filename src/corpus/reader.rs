//! Reading single records again, at their place.

use std::fs::File;
use std::io;
use std::path::Path;

use super::Corpus;
use super::error::CorpusError;
use super::input::Input;
use super::json::{Reading, Scratch, Slots};
use super::record::Record;

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
        let place = &self.corpus.inputs[input];
        let fields = place.fields.as_ref().ok_or_else(|| gone(place, offset))?;
        let reading = self.corpus.reading(fields);
        let mut scratch = std::mem::take(&mut self.scratch);
        let read = self
            .raw(input, offset, length)
            .and_then(|raw| json(place, reading, raw, offset, &mut scratch, use_it));
        self.scratch = scratch;
        read
    }

    /// The bytes of a record as they stand in the (decoded) input, without the newline.
    ///
    /// # Errors
    ///
    /// [`CorpusError::Changed`] if the input is now shorter.
    pub fn raw(&mut self, input: usize, offset: u64, length: u32) -> Result<&[u8], CorpusError> {
        let place = &self.corpus.inputs[input];
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

fn json<R>(
    place: &Input,
    reading: Reading<'_>,
    raw: &[u8],
    offset: u64,
    scratch: &mut Scratch,
    use_it: impl FnOnce(&Record<'_>) -> R,
) -> Result<R, CorpusError> {
    reading
        .json_line(raw, offset, &mut Slots::new(), scratch, use_it)
        .map_err(|_| gone(place, offset))
}

/// The record read in the scan is not there any more.
fn gone(place: &Input, offset: u64) -> CorpusError {
    CorpusError::Changed {
        path: place.place(),
        what: format!("the record at byte {offset} is no longer there"),
    }
}
