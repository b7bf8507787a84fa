//! Flags that say where results go, and in which form.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Where results go.
#[derive(Args, Debug)]
#[command(next_help_heading = "Output")]
pub(in crate::cli) struct WriteArgs {
    /// Folder to write, new or empty [default: news-copies for news.jsonl, copies for several inputs]
    ///
    /// Without it the folder is called as the one input is, and lies where you are.
    /// It appears when the run is complete; a run that fails or is stopped by Ctrl-C leaves nothing.
    /// What a killed run leaves beside it, the next run into the same folder clears away.
    #[arg(short, long, value_name = "DIR")]
    pub(in crate::cli) output: Option<PathBuf>,

    /// Replace the folder if wirecopy wrote it
    ///
    /// The earlier results stay until the new ones are complete, and for good if more records are
    /// rejected than --max-rejected allows: then the new ones go to DIR.rejected. A folder that holds
    /// anything else is never replaced.
    #[arg(long)]
    pub(in crate::cli) force: bool,

    /// Forms of the tables besides JSON Lines, which are always written: parquet, csv, excel-csv
    ///
    /// parquet: with a type for each column, dates as dates, and nulls where nothing is known.
    /// excel-csv: CSV with `;`, a byte order mark and Windows' line ends. In a table as CSV, text that a
    /// spreadsheet would run as a formula has an apostrophe in front.
    #[arg(
        long,
        value_name = "FORMS",
        value_enum,
        value_delimiter = ',',
        default_value = "jsonl",
        hide_possible_values = true
    )]
    pub(in crate::cli) format: Vec<TableFormat>,
}

/// What `cluster` writes besides its tables.
#[derive(Args, Debug)]
#[command(next_help_heading = "Output")]
pub(in crate::cli) struct TextArgs {
    /// What is written besides the tables: story-text (only in wire)
    ///
    /// story-text: story-text.jsonl, of every document the text that is left when boilerplate is
    /// masked, and how many words were. Nothing of the corpus is changed.
    #[arg(
        long,
        value_name = "WHICH",
        value_enum,
        value_delimiter = ',',
        hide_possible_values = true
    )]
    pub(in crate::cli) write: Vec<TextPart>,
}

/// A file of texts.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(in crate::cli) enum TextPart {
    /// Story texts without boilerplate
    StoryText,
}

/// The form of a table.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(in crate::cli) enum TableFormat {
    /// JSON Lines
    #[value(aliases = ["json", "ndjson"])]
    Jsonl,
    /// CSV
    Csv,
    /// CSV as Excel opens it
    ExcelCsv,
    /// Parquet
    Parquet,
}
