//! The command line, typed. Nothing here has an effect, and no value is looked at but on its own;
//! what they mean together is [`plan`](super::plan).
//!
//! Flags are grouped by purpose. The first paragraph of each is its short help (`-h`), all of it
//! its long one (`--help`).

pub(super) mod compare;
pub(super) mod execute;
mod index;
mod preset;
mod read;
mod remove;
pub(super) mod report;
mod write;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use super::curve::CurveArgs;
use super::eval::EvalArgs;
use super::explain::ExplainArgs;
use super::man::ManArgs;
use super::report::PageArgs;
use super::version;

pub(super) use compare::{CompareArgs, Profile};
pub(super) use execute::{Color, ExecuteArgs, InstructionsArg, ProgressMode};
pub(super) use index::{
    AddArgs, BuildArgs, IndexArgs, IndexCommand, InfoArgs, KnownArg, QueryArgs, RebuildArgs,
    RemoveIdsArgs, WhichIndex,
};
pub(super) use preset::Preset;
pub(super) use read::{ReadArgs, TextHeaderArg};
pub(super) use remove::{Part, RemoveArgs};
pub(super) use report::ReportArgs;
pub(super) use write::{TableFormat, TextArgs, TextPart, WriteArgs};

/// Find reprints of one news story across outlets, and drop the copies
///
/// Finds reprints of one news story across outlets: agency copy under a new headline, articles crawled
/// twice or cut to fit. Every copy is verified on the text itself, and a document is removed
/// only if a kept one is verified to carry it.
#[derive(Debug, Parser)]
#[command(
    name = "wirecopy",
    version,
    long_version = version::long(),
    max_term_width = 100,
    after_help = "\
Examples:
  wirecopy cluster news.jsonl -o copies     who copied whom, as tables
  wirecopy dedup news.jsonl -o clean        the same, and the corpus without copies
  wirecopy explain A B --run copies         why two documents are copies, or not
  wirecopy index add today.jsonl --index news.index -o today   what is new, against all before

Exit codes: 0 done, 1 failed, 2 wrong command line or configuration, 3 done but not with all that
was given, 4 index damaged or of another recipe, 5 done but something behind it failed, 130/143
interrupted"
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Find the copies, and write who is a copy of whom
    ///
    /// Finds the copies in a corpus and writes tables: clusters.jsonl (a row a document that has
    /// copies), pairs.jsonl (every pair that was verified), documents.jsonl (a row a record: what
    /// `dedup` would keep and remove), rejected.jsonl, a report to look at (report.html, with the
    /// data it is drawn from in report.json), and run.json, whose presence means success.
    #[command(after_help = EXAMPLE_CLUSTER)]
    Cluster(ClusterArgs),
    /// Find the copies, and write the corpus without them
    ///
    /// Writes what `cluster` writes, and the corpus without copies: the records that are kept, byte
    /// for byte as they were. A record goes only if a kept one, its witness, was verified to carry
    /// its text; documents.jsonl names the witness of each.
    #[command(after_help = EXAMPLE_DEDUP)]
    Dedup(DedupArgs),
    /// Keep a corpus, and hold new documents against it day by day
    ///
    /// An index is a folder: stories, keys and figures of all documents so far. Stories keep their
    /// names as they grow.
    Index(IndexArgs),
    /// Say why two documents are, or are not, a pair
    Explain(ExplainArgs),
    /// Redraw report.html from a finished run, or one from an index; can be narrowed
    ///
    /// Of a run from report.json in its folder; the corpus is not needed. It can be narrowed to an
    /// outlet, to recent days, or to stories that many carried. Texts that the run had no room for are
    /// not in report.json: run again with a larger --report-budget for those.
    ///
    /// Of an index with --index: titles, outlets, dates and figures of its stories, but no texts, which
    /// an index does not keep. With --since only the stories of these days are looked at.
    Report(PageArgs),
    /// Say how good a clustering is, against a truth or labelled pairs
    Eval(EvalArgs),
    /// Show what a banding will find, and what it will miss
    Curve(CurveArgs),
    /// Write a script that completes commands and flags in your shell
    #[command(after_help = COMPLETIONS)]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual, or write it as man pages
    #[command(after_help = MANUAL)]
    Man(ManArgs),
}

const COMPLETIONS: &str = "\
Where the script goes:
  bash        wirecopy completions bash > ~/.local/share/bash-completion/completions/wirecopy
  zsh         wirecopy completions zsh > ~/.zfunc/_wirecopy
              with  fpath+=~/.zfunc; autoload -U compinit; compinit  in ~/.zshrc
  fish        wirecopy completions fish > ~/.config/fish/completions/wirecopy.fish
  elvish      wirecopy completions elvish > ~/.config/elvish/lib/wirecopy.elv
              with  use wirecopy  in ~/.config/elvish/rc.elv
  powershell  wirecopy completions powershell >> $PROFILE
A new shell knows them.";
const MANUAL: &str = "\
Examples:
  wirecopy man | man -l -                                read it
  wirecopy man cluster | man -l -                        that of one command
  wirecopy man -o ~/.local/share/man/man1                install it: `man wirecopy`";

const EXAMPLE_CLUSTER: &str = "\
Example: wirecopy cluster news.jsonl archive/*.jsonl -o copies --threshold 0.7";
const EXAMPLE_DEDUP: &str = "\
Example: wirecopy dedup news.jsonl -o clean --keep source=reuters.com,apnews.com --write kept,removed";

/// Arguments of `wirecopy cluster`.
#[derive(Args, Debug)]
#[command(override_usage = "wirecopy cluster [OPTIONS] <INPUT>... [-o <DIR>]")]
pub(super) struct ClusterArgs {
    #[command(flatten)]
    pub(super) run: RunArgs,
    #[command(flatten)]
    pub(super) text: TextArgs,
}

/// Arguments of `wirecopy dedup`.
#[derive(Args, Debug)]
#[command(override_usage = "wirecopy dedup [OPTIONS] <INPUT>... [-o <DIR>]")]
pub(super) struct DedupArgs {
    #[command(flatten)]
    pub(super) run: RunArgs,
    #[command(flatten)]
    pub(super) remove: RemoveArgs,
}

/// What both have.
#[derive(Args, Debug)]
pub(super) struct RunArgs {
    /// Files or folders to read, or - for standard input
    ///
    /// JSON Lines or CSV, plain, .gz or .zst; folders of text files; - for standard input.
    #[arg(value_name = "INPUT", required = true)]
    pub(super) inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) write: WriteArgs,
    #[command(flatten)]
    pub(super) report: ReportArgs,
    #[command(flatten)]
    pub(super) compare: CompareArgs,
    #[command(flatten)]
    pub(super) read: ReadArgs,
    #[command(flatten)]
    pub(super) execute: ExecuteArgs,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_flag_has_help_and_where_there_are_many_a_purpose() {
        for command in Cli::command().get_subcommands() {
            let many = command.get_arguments().count() > 12;
            for arg in command.get_arguments().filter(|arg| !arg.is_positional()) {
                let name = arg.get_id();
                assert!(arg.get_help().is_some(), "{name}");
                assert!(!many || arg.get_help_heading().is_some(), "{name}");
            }
        }
    }
}
