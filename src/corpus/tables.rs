//! Inputs whose files are Parquet: their rows can be written again as they are.
//!
//! Such a file was converted, a line a row, so a record is found in it by the number of its line.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use wirecopy_formats::{Form, Loss, ParquetCopy};

use super::Corpus;
use super::converted::{Converted, ConvertedFile, bytes_of};
use super::error::CorpusError;
use super::input::{Input, Origin};
use super::kind::Compression;

/// A Parquet file of an input.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TableFile<'i> {
    converted: &'i Converted,
    file: &'i ConvertedFile,
    /// Where its lines end in the decoded bytes of the input.
    end: u64,
}

impl Input {
    /// Its files, if all of them are Parquet.
    pub(crate) fn tables(&self) -> Option<Vec<TableFile<'_>>> {
        let Origin::Converted(converted) = &self.origin else {
            return None;
        };
        let files = &converted.files;
        if files.is_empty() || !files.iter().all(|file| Form::is_parquet(file.form)) {
            return None;
        }
        let length = self.decoded().map_or(0, |bytes| bytes.len() as u64);
        let next = files.iter().skip(1).map(|next| next.start);
        let ends = next.chain([length]);
        let table = |(file, end)| TableFile {
            converted,
            file,
            end,
        };
        Some(files.iter().zip(ends).map(table).collect())
    }

    /// Whether it is a folder of files that were converted.
    pub(crate) fn is_folder_of_tables(&self) -> bool {
        matches!(&self.origin, Origin::Converted(converted) if !converted.is_alone())
    }
}

impl TableFile<'_> {
    /// Its path below the folder that was given, without what says how it is compressed as a whole.
    pub(crate) fn relative(&self) -> PathBuf {
        match self.is_compressed() {
            false => self.file.relative.clone(),
            true => self.file.relative.with_extension(""),
        }
    }

    /// Whether it is compressed as a whole, besides what is in it.
    pub(crate) fn is_compressed(&self) -> bool {
        self.file.compression != Compression::None
    }

    /// Where its lines are in the decoded bytes of the input.
    pub(crate) fn range(&self) -> Range<u64> {
        self.file.start..self.end
    }

    /// How many lines it became.
    pub(crate) fn lines(&self) -> u64 {
        self.file.lines
    }

    /// Where it lies.
    pub(crate) fn path(&self) -> PathBuf {
        self.converted.root.join(&self.file.relative)
    }
}

impl Corpus {
    /// Opens a file of a scanned corpus, to copy rows of it.
    ///
    /// # Errors
    ///
    /// [`CorpusError::Changed`] if it is another one than was read.
    pub(crate) fn open_table(&self, table: &TableFile<'_>) -> Result<ParquetCopy, CorpusError> {
        let path = table.path();
        let found =
            fs::metadata(&path).map_err(|error| CorpusError::io(&path, "look at it", error))?;
        let (was, is) = (table.file.on_disk, found.len());
        if was != is && was > 0 {
            let what = format!("its length was {was} bytes, is {is}");
            return Err(CorpusError::Changed { path, what });
        }
        let (bytes, _) = bytes_of(&path, table.file.compression, &self.options, &|| Ok(()))?;
        let copy = ParquetCopy::open(&table.file.source(bytes, &self.options), table.lines());
        copy.map_err(|Loss { what, .. }| CorpusError::Changed { path, what })
    }

    /// The fields of the first file of an input, if it is Parquet that can be read.
    pub(crate) fn table_fields(&self, input: usize) -> Option<Vec<String>> {
        let tables = self.inputs[input].tables()?;
        let first = tables.first()?;
        let (path, compression) = (first.path(), first.file.compression);
        let (bytes, _) = bytes_of(&path, compression, &self.options, &|| Ok(())).ok()?;
        ParquetCopy::fields_of(&first.file.source(bytes, &self.options))
    }
}

/// The error for a part of a file that cannot be copied.
pub(crate) fn unread_rows(path: &Path, loss: Loss) -> CorpusError {
    CorpusError::UnreadRows {
        path: path.to_owned(),
        what: loss.what,
    }
}
