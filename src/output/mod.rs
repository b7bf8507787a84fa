//! Output: the tables of a run and its filtered corpora, written whole or not at all.
//!
//! [`OutputFolder`] claims the destination and puts the finished run in place. The tables are rows
//! that list their columns, for writers of JSON, CSV and Parquet. This room gets ids, figures and byte ranges, and
//! decides nothing about them.

mod aside;
mod columns;
mod csv;
mod destination;
mod error;
mod error_kind;
mod file;
mod filtered;
mod folder;
mod foreign;
mod json;
mod json_string;
mod lasting;
mod lock;
mod parquet;
mod rows;
mod table;
mod whole_file;

pub use crate::corpus::free_bytes;
pub use csv::CsvForm;
pub use error::OutputError;
pub use file::OutputFile;
pub use filtered::{
    Amount, FilteredCorpora, FilteredRecord, FilteredRecords, Need, Verdict, Written,
};
pub use folder::{FinishedFolder, OutputFolder};
pub use rows::{ClusterRow, DocumentRow, Outcome, PairRow, Place, RejectedRow, StoryTextRow};
pub(crate) use table::Table;
pub use table::TableForms;
pub use whole_file::write_whole;
