//! Files as people hold them, as JSON Lines.
//!
//! A [`Form`] recognises a file by its first bytes and its name, and hands its documents to a [`Sink`], each as a JSON object on
//! one line. What cannot be read is handed over as a [`Loss`], with its place: whoever reads decides whether that is an error.
//!
//! To add a form: a file with a `pub(crate) static FORM: Form`, and its name in [`FORMS`].

mod archive;
#[cfg(feature = "parquet")]
mod arrow_file;
mod article;
pub mod codecs;
pub mod dates;
mod delimited;
pub mod encoding;
mod exports;
mod form;
mod forms;
mod headers;
pub mod html;
mod json;
mod json_scan;
mod json_script;
mod lines;
mod mhtml;
mod object;
#[cfg(feature = "parquet")]
mod parquet_file;
#[cfg(feature = "parquet")]
mod parquet_write;
mod sink;
mod spreadsheet;
#[cfg(feature = "parquet")]
mod table;
#[cfg(test)]
mod testing;
mod warc;

pub use article::Article;
pub use delimited::{DELIMITED, is_unusual};
pub use form::{Form, SourceFile};
pub use forms::FORMS;
pub use lines::LINES;
#[cfg(feature = "parquet")]
pub use parquet_file::{CopiedGroup, CopySchema, ParquetCopy, ParquetCopyFile};
#[cfg(feature = "parquet")]
pub use parquet_write::{Cell, Column, Kind, ParquetTable, TableRows, write_parquet};
pub use sink::{Loss, Sink, Stop};
