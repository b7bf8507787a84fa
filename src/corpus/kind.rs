//! The form of an input, and how it is compressed.

use wirecopy_formats::codecs::Codec;

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
    /// Another one, which is read and not written: what comes of it is not compressed.
    Other(Codec),
}

impl Compression {
    /// How what was read of such a file is written.
    pub fn written(self) -> Compression {
        match self {
            Compression::Other(_) => Compression::None,
            same => same,
        }
    }

    /// What it is called; nothing where there is none.
    pub fn name(self) -> &'static str {
        match self {
            Compression::None => "",
            Compression::Gzip => "gzip",
            Compression::Zstd => "zstd",
            Compression::Other(codec) => codec.extensions()[0],
        }
    }
}
