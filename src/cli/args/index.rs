//! Flags of `wirecopy index` and its commands.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{CompareArgs, ExecuteArgs, ReadArgs, TableFormat};
use crate::cli::values::threads;

/// Arguments of `wirecopy index`.
#[derive(Args, Debug)]
pub(in crate::cli) struct IndexArgs {
    #[command(subcommand)]
    pub(in crate::cli) command: IndexCommand,
}

/// What can be done with an index.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum IndexCommand {
    /// Make an index of a first corpus
    ///
    /// Reads and clusters a corpus as `cluster` does, and keeps what later documents will be held
    /// against. How documents are compared is chosen here, for all that come later. What is learned of
    /// the boilerplate, in wire, stays as it is: begin with a corpus that has some hundred documents of every
    /// outlet, or give --boilerplate of one that has.
    #[command(after_help = "\
Example: wirecopy index build archive/*.jsonl --index news.index
         wirecopy index build corpus/*.jsonl --index texts.index --profile near")]
    Build(BuildArgs),
    /// Add documents, and say which are copies of what
    ///
    /// With -o, the tables of `cluster` are written for these documents: stories that one of them is
    /// in, pairs of theirs, a row each in documents.jsonl. What the index has already, by id and text, is
    /// not added again, so that the same file added twice changes nothing; with -o its tables are
    /// written again. A document of another text under an id that the index has is called file#id.
    #[command(after_help = "\
Example: wirecopy index add today.jsonl --index news.index -o today")]
    Add(AddArgs),
    /// Find the copies of documents, and change nothing
    ///
    /// A table of each document's copies in the index on a terminal; elsewhere, or with --json, a line of
    /// JSON for each. With -o, the tables of `index add` in its place, as if the documents had been added. - reads standard input: JSON Lines or,
    /// if it does not begin with {, one text.
    #[command(after_help = "\
Example: wirecopy index query draft.jsonl --index news.index | jq .copies
         pbpaste | wirecopy index query - --index news.index")]
    Query(QueryArgs),
    /// Remove documents by their ids
    ///
    /// They are no copies of anything any more. Their stories stay on disk until `compact`.
    Remove(RemoveIdsArgs),
    /// Say what is in an index
    Info(InfoArgs),
    /// Read every byte of an index: is all as it was written?
    Verify(WhichIndex),
    /// Make one file of many, without removed documents
    Compact(UpkeepArgs),
    /// Learn anew from all documents, and file and cluster them by that
    ///
    /// An index is masked with what its first corpus taught. Once it is some times as large, outlets and
    /// their forms are known that were not: this learns them, from documents that every batch has left,
    /// and does what a run over all story texts does. Ids and the names of clusters stay; removed documents
    /// are gone. An index of the near profile learns nothing.
    #[command(after_help = "\
Example: wirecopy index rebuild-keys --index news.index")]
    RebuildKeys(RebuildArgs),
    /// Print all stories, as clusters.jsonl has them
    ///
    /// Their figures are those that were stored.
    ExportClusters(UpkeepArgs),
}

/// Which index.
#[derive(Args, Debug)]
pub(in crate::cli) struct WhichIndex {
    /// The folder of the index
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) index: PathBuf,
}

/// Which index, and in how many threads.
#[derive(Args, Debug)]
pub(in crate::cli) struct UpkeepArgs {
    #[command(flatten)]
    pub(in crate::cli) which: WhichIndex,

    /// Threads, at most 1024; 0 is one for every core
    #[arg(long, value_name = "N", default_value = "0", value_parser = threads)]
    pub(in crate::cli) threads: usize,
}

/// Arguments of `wirecopy index rebuild-keys`.
#[derive(Args, Debug)]
pub(in crate::cli) struct RebuildArgs {
    #[command(flatten)]
    pub(in crate::cli) which: WhichIndex,
    #[command(flatten)]
    pub(in crate::cli) execute: ExecuteArgs,
}

/// Arguments of `wirecopy index build`.
#[derive(Args, Debug)]
pub(in crate::cli) struct BuildArgs {
    /// Files or folders to read, or - for standard input
    #[arg(value_name = "INPUT", required = true)]
    pub(in crate::cli) inputs: Vec<PathBuf>,

    /// The folder of the index, new or empty
    #[arg(long, value_name = "DIR", help_heading = "Index")]
    pub(in crate::cli) index: PathBuf,

    #[command(flatten)]
    pub(in crate::cli) compare: CompareArgs,
    #[command(flatten)]
    pub(in crate::cli) read: ReadArgs,
    #[command(flatten)]
    pub(in crate::cli) execute: ExecuteArgs,
}

/// Arguments of `wirecopy index add`.
#[derive(Args, Debug)]
pub(in crate::cli) struct AddArgs {
    #[command(flatten)]
    pub(in crate::cli) batch: BatchArgs,

    /// What becomes of a record whose id the index has: skip, reject, replace
    ///
    /// skip: with the same text it is not added again; with another text it is added under another name, file#id.
    /// reject: it is rejected. replace: as skip, but with another text it takes the place of the document there is.
    #[arg(
        long,
        value_name = "WHAT",
        value_enum,
        default_value = "skip",
        hide_possible_values = true,
        help_heading = "Index"
    )]
    pub(in crate::cli) known: KnownArg,
}

/// Arguments of `wirecopy index query`.
#[derive(Args, Debug)]
pub(in crate::cli) struct QueryArgs {
    #[command(flatten)]
    pub(in crate::cli) batch: BatchArgs,

    /// Print a line of JSON for each document on a terminal, too
    #[arg(long, conflicts_with = "output", help_heading = "Output")]
    pub(in crate::cli) json: bool,
}

/// Documents that are held against an index, and where their tables go.
#[derive(Args, Debug)]
pub(in crate::cli) struct BatchArgs {
    /// Files or folders to read, or - for standard input
    #[arg(value_name = "INPUT", required = true)]
    pub(in crate::cli) inputs: Vec<PathBuf>,

    /// The folder of the index
    #[arg(long, value_name = "DIR", help_heading = "Index")]
    pub(in crate::cli) index: PathBuf,

    /// Folder to write tables of these documents to, new or empty
    #[arg(short, long, value_name = "DIR", help_heading = "Output")]
    pub(in crate::cli) output: Option<PathBuf>,

    /// Replace that folder if wirecopy wrote it
    #[arg(long, requires = "output", help_heading = "Output")]
    pub(in crate::cli) force: bool,

    /// Forms of the tables besides JSON Lines: parquet, csv, excel-csv
    #[arg(
        long,
        value_name = "FORMS",
        value_enum,
        value_delimiter = ',',
        default_value = "jsonl",
        hide_possible_values = true,
        help_heading = "Output"
    )]
    pub(in crate::cli) format: Vec<TableFormat>,

    #[command(flatten)]
    pub(in crate::cli) read: ReadArgs,
    #[command(flatten)]
    pub(in crate::cli) execute: ExecuteArgs,
}

/// What becomes of a record whose id the index has.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum KnownArg {
    /// With the same text it is not added again
    Skip,
    /// It is rejected
    Reject,
    /// With another text it takes the place of the document there is
    Replace,
}

/// Arguments of `wirecopy index remove`.
#[derive(Args, Debug)]
pub(in crate::cli) struct RemoveIdsArgs {
    /// File of ids, one a line, or - for standard input
    ///
    /// A line that begins with { is a JSON object with an id, such as a row of documents.jsonl; one that begins with "
    /// is a JSON string, so that ids with line breaks can be given.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) ids: PathBuf,

    /// The folder of the index
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) index: PathBuf,

    /// Threads, at most 1024; 0 is one for every core
    #[arg(long, value_name = "N", default_value = "0", value_parser = threads)]
    pub(in crate::cli) threads: usize,
}

/// Arguments of `wirecopy index info`.
#[derive(Args, Debug)]
pub(in crate::cli) struct InfoArgs {
    /// The folder of the index
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) index: PathBuf,

    /// Print one JSON object
    #[arg(long)]
    pub(in crate::cli) json: bool,
}
