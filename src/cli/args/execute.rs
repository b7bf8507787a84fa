//! Flags that say how a run is carried out. None of them changes results.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::values::{size, threads};

/// How a run is carried out.
#[derive(Args, Debug)]
#[command(next_help_heading = "Running")]
pub(in crate::cli) struct ExecuteArgs {
    /// Read flags from a TOML file; those given here win
    ///
    /// The names are those of the long flags: threshold = 0.7, text-field = ["body"], force = true.
    /// Paths in it are taken from the folder you are in. A name that is no flag is an error.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) config: Option<PathBuf>,

    /// Threads, at most 1024; 0 is one for every core
    #[arg(long, value_name = "N", default_value = "0", value_parser = threads)]
    pub(in crate::cli) threads: usize,

    /// Memory the run may use, such as 2G [default: what the machine has free]
    ///
    /// Mapped files apart. A run that would need more says so before it starts.
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub(in crate::cli) memory: Option<u64>,

    /// Folder for temporary files [default: where the output goes]
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) temp_dir: Option<PathBuf>,

    /// Read plain files instead of mapping them
    ///
    /// For files on a network drive, or that other programs may cut while they are read.
    #[arg(long)]
    pub(in crate::cli) no_mmap: bool,

    /// Widest instructions to use: widest, avx2, scalar
    ///
    /// Results do not depend on it. For measuring what narrower machines would take.
    #[arg(
        long,
        value_name = "SET",
        value_enum,
        default_value = "widest",
        hide = true
    )]
    pub(in crate::cli) instructions: InstructionsArg,

    /// Look at the inputs and say what the run would need; write nothing
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,

    /// Print nothing but errors
    #[arg(short, long)]
    pub(in crate::cli) quiet: bool,

    /// How progress is shown on standard error: auto, plain, json, none
    ///
    /// auto: one line that moves on a terminal; elsewhere a line a step of runs that take more than a
    /// second. plain: a line when a step begins, and every ten seconds. json: one JSON object a line; the
    /// summary and what stops the run are objects, too. none: not at all.
    #[arg(
        long,
        value_name = "MODE",
        value_enum,
        default_value = "auto",
        hide_possible_values = true
    )]
    pub(in crate::cli) progress: ProgressMode,

    /// When to use colour: auto, always, never
    ///
    /// auto: on a terminal, unless NO_COLOR is set.
    #[arg(
        long,
        value_name = "WHEN",
        value_enum,
        default_value = "auto",
        hide_possible_values = true
    )]
    pub(in crate::cli) color: Color,
}

/// Which instructions are used.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(in crate::cli) enum InstructionsArg {
    /// What the machine has
    Widest,
    /// At most AVX2
    Avx2,
    /// What every machine has
    Scalar,
}

/// How progress is shown.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(in crate::cli) enum ProgressMode {
    /// One line that moves on a terminal, few lines elsewhere
    Auto,
    /// Lines
    Plain,
    /// JSON objects
    Json,
    /// Not at all
    None,
}

/// When colour is used.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(in crate::cli) enum Color {
    /// On a terminal
    Auto,
    /// Everywhere
    Always,
    /// Nowhere
    Never,
}
