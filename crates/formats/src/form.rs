//! What a form of files is: how one is recognised, and how its documents are read.

use std::path::Path;

use bytes::Bytes;

use crate::encoding::{Charset, Hints};
use crate::sink::{Sink, Stop};

/// A file, decompressed, as a form reads it.
#[derive(Clone, Debug)]
pub struct SourceFile<'a> {
    /// Where it lies, for what its name says. It may not exist, as with a member of an archive.
    pub path: &'a Path,
    /// All of its bytes, mapped or in memory.
    pub bytes: Bytes,
    /// The encoding that was asked for. Without it, it is decided by the bytes.
    pub charset: Option<Charset>,
    /// The delimiter of its cells, if it is a table of them. Without it, the first row tells.
    pub delimiter: Option<u8>,
}

impl<'a> SourceFile<'a> {
    /// A file whose encoding is decided by its bytes.
    pub fn new(path: &'a Path, bytes: Bytes) -> SourceFile<'a> {
        SourceFile {
            path,
            bytes,
            charset: None,
            delimiter: None,
        }
    }

    /// What is known of its encoding.
    pub(crate) fn hints(&self) -> Hints<'static> {
        Hints {
            asked: self.charset,
            ..Hints::default()
        }
    }
}

/// A form of files that hold documents.
pub struct Form {
    /// What it is, for people: `Parquet`, `a JSON array`.
    pub name: &'static str,
    /// Whether a file is one document, which beside tables and other files of many is none.
    pub one_document: bool,
    /// Whether a file has this form, by its path and its first bytes: 64 KiB, or all of it if it is shorter.
    pub recognise: fn(&Path, &[u8]) -> bool,
    /// Hands the documents of a file to a sink, in their order.
    ///
    /// # Errors
    ///
    /// If the sink wants no more. What cannot be read is no error: [`Sink::lost`].
    pub read: fn(&SourceFile<'_>, &mut dyn Sink) -> Result<(), Stop>,
}

impl Form {
    /// Whether it is Parquet, whose rows can be copied ([`ParquetCopy`](crate::ParquetCopy)).
    #[cfg(feature = "parquet")]
    pub fn is_parquet(&self) -> bool {
        self.name == crate::parquet_file::FORM.name
    }
}

impl std::fmt::Debug for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Form").field(&self.name).finish()
    }
}

/// Whether a path ends in one of these extensions, which are in lower case.
pub(crate) fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|own| {
        extensions
            .iter()
            .any(|extension| own.eq_ignore_ascii_case(extension))
    })
}

/// Whether a zip archive is a document of an office program: by the name of its first part, which is any of these.
pub(crate) fn is_office(head: &[u8]) -> bool {
    const FIRST: [&[u8]; 7] = [
        b"mimetype",
        b"[Content_Types].xml",
        b"_rels/",
        b"docProps/",
        b"xl/",
        b"word/",
        b"ppt/",
    ];
    let name = head.get(30..).unwrap_or_default(); // APPNOTE.TXT, section 4.3.7
    head.starts_with(b"PK\x03\x04") && FIRST.iter().any(|first| name.starts_with(first))
}
