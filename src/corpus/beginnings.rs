//! The beginnings of the inputs as they stand: the header of CSV, the first records of JSON Lines.
//!
//! For who has to know before a run what a record looks like beyond the fields that are read.

use std::borrow::Cow;

use super::Corpus;
use super::error::CorpusError;
use super::kind::Format;
use super::sample;

/// A part of the beginning of an input.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Beginning<'a> {
    /// A byte order mark, the header row, its line end.
    Header { row: &'a [u8], delimiter: u8 },
    /// A line of JSON Lines.
    Record(&'a [u8]),
}

impl Corpus {
    /// The first bytes of an input, decoded; nothing where they cannot be looked at before it is read.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub(crate) fn first_bytes(&self, input: usize) -> Result<Option<Cow<'_, [u8]>>, CorpusError> {
        let found = sample::beginning(&self.inputs[input], &self.options)?;
        Ok(found.map(|(bytes, _)| bytes))
    }

    /// Hands on the beginnings of all inputs of records, where they can be looked at before they are
    /// read; stops at the first error.
    ///
    /// # Errors
    ///
    /// If an input cannot be read, or as `use_it`.
    pub(crate) fn beginnings<E: From<CorpusError>>(
        &self,
        mut use_it: impl FnMut(Beginning<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        for input in &self.inputs {
            let Some((bytes, _)) = sample::beginning(input, &self.options)? else {
                continue;
            };
            match (input.format, &input.table) {
                (Format::Csv { delimiter }, Some(table)) => use_it(Beginning::Header {
                    row: &bytes[..table.header.min(bytes.len())],
                    delimiter,
                })?,
                (Format::JsonLines, _) => sample::first_lines(&bytes, &self.options)
                    .into_iter()
                    .try_for_each(|(_, line)| use_it(Beginning::Record(line)))?,
                _ => {}
            }
        }
        Ok(())
    }
}
