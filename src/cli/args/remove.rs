//! Flags that say what a deduplicated corpus keeps.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use wirecopy::cluster::Keep;
use wirecopy::relation::Relation;
use wirecopy::similarity::Threshold;

use crate::cli::values::{KEEP, coverage, relation};

/// What goes, and what is written of it.
#[derive(Args, Debug)]
#[command(next_help_heading = "Removing")]
pub(in crate::cli) struct RemoveArgs {
    /// Which copy is kept first: longest, earliest, representative, first, source=OUTLET,OUTLET
    ///
    /// longest: the longest text, so that nothing said is lost. earliest: the first by date.
    /// representative: the one that clusters.jsonl lists first. first: the first in the input.
    /// source=A,B: by outlet, in the order given. Ties go to the longest (for longest: to the
    /// earliest). A story keeps more than one document where no kept one carries the others.
    #[arg(long, value_name = "WHICH", default_value = "longest", value_parser = KEEP, hide_possible_values = true)]
    pub(in crate::cli) keep: Keep,

    /// Kinds of copies that go: also extended, updated, composite
    ///
    /// What a copy is to the kept document: exact (same bytes), normalized (same words; in wire of
    /// the story text), excerpt (mostly contained in it), revised (alike on both sides). Removing
    /// others loses text: extended (contains most of it, and much more) and, in wire only, updated
    /// (a later version under a new lead) and composite (holds another story besides).
    #[arg(
        long, value_name = "KINDS", value_delimiter = ',', value_parser = relation(),
        default_value = "exact,normalized,excerpt,revised", hide_possible_values = true
    )]
    pub(in crate::cli) remove: Vec<Relation>,

    /// Remove also what an index holds, and keep all that it holds
    ///
    /// Documents are read, masked and compared as those of the index were, so flags that shape a
    /// comparison cannot stand beside it. A witness may be in the index; the index is not changed.
    #[arg(
        long, value_name = "DIR",
        conflicts_with_all = [
            "profile", "threshold", "boilerplate", "recall", "bands", "rows", "shingle", "seed",
            "report"
        ]
    )]
    pub(in crate::cli) against: Option<PathBuf>,

    /// Least share of a removed text that the kept one carries [default: threshold; in wire 0.8]
    ///
    /// Above 0 and up to 1, for other than exact and normalized copies. In wire of the story text;
    /// updates and composites are rarely carried to more than 0.75.
    #[arg(long, value_name = "SHARE", value_parser = coverage)]
    pub(in crate::cli) min_coverage: Option<Threshold>,

    /// Which corpora are written: kept, removed, annotated, story-text
    ///
    /// kept: the records that stay. removed: those that go. annotated: all of them, each with its
    /// verdict, story and witness in fields of its own. Records of kept and removed are written
    /// byte for byte, one file per input, under its name and compression. story-text (in wire):
    /// story-text.jsonl, of every document the text that is left when boilerplate is masked.
    #[arg(
        long,
        value_name = "WHICH",
        value_enum,
        value_delimiter = ',',
        default_value = "kept",
        hide_possible_values = true
    )]
    pub(in crate::cli) write: Vec<Part>,

    /// Write one file (kept.jsonl) instead of one per input
    #[arg(long)]
    pub(in crate::cli) merge: bool,
}

/// A filtered corpus.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(in crate::cli) enum Part {
    /// The records that stay
    Kept,
    /// The records that go
    Removed,
    /// All records, with what was found about them
    Annotated,
    /// Story texts without boilerplate
    StoryText,
}
