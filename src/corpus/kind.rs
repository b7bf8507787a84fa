//! The form of an input, and how it is compressed.

/// The form of an input.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Format {
    /// One JSON object a line.
    JsonLines,
    /// Rows of fields under a header.
    Csv {
        /// What separates the fields.
        delimiter: u8,
    },
    /// A text file a document.
    TextFolder,
    /// Records in memory.
    Records,
}

/// How an input is compressed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Compression {
    /// Not at all.
    None,
    /// gzip, of any number of members.
    Gzip,
    /// Zstandard, of any number of frames.
    Zstd,
}
