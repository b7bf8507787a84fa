//! The file that rows are copied to.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::file::writer::SerializedFileWriter;

use super::{CopiedGroup, CopySchema};
use crate::parquet_write::{Out, failed};

/// A file of copied rows being written.
pub struct ParquetCopyFile<W: Write + Send> {
    writer: SerializedFileWriter<Out<W>>,
}

impl<W: Write + Send> std::fmt::Debug for ParquetCopyFile<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ParquetCopyFile")
            .field("written", &self.written())
            .finish_non_exhaustive()
    }
}

impl<W: Write + Send> ParquetCopyFile<W> {
    /// Begins a file.
    ///
    /// # Errors
    ///
    /// If `out` fails.
    pub fn new(schema: &CopySchema, out: W) -> io::Result<ParquetCopyFile<W>> {
        let root = schema.written.root_schema_ptr();
        let properties = Arc::clone(&schema.properties);
        let writer = SerializedFileWriter::new(Out::new(out), root, properties);
        Ok(ParquetCopyFile {
            writer: writer.map_err(failed)?,
        })
    }

    /// Writes a row group; nothing if it has no rows.
    ///
    /// # Errors
    ///
    /// If `out` fails. The file cannot be finished then.
    pub fn append(&mut self, group: CopiedGroup) -> io::Result<()> {
        if group.columns.is_empty() {
            return Ok(());
        }
        let mut writer = self.writer.next_row_group().map_err(failed)?;
        for (bytes, closed) in group.columns {
            writer.append_column(&bytes, closed).map_err(failed)?;
        }
        writer.close().map_err(failed)?;
        Ok(())
    }

    /// Bytes that were handed to `out`.
    pub fn written(&self) -> u64 {
        self.writer.bytes_written() as u64
    }

    /// Writes the footer.
    ///
    /// # Errors
    ///
    /// If `out` fails.
    pub fn finish(mut self) -> io::Result<W> {
        self.writer.finish().map_err(failed)?;
        self.writer.inner_mut().take()
    }
}
