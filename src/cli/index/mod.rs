//! `wirecopy index`: yesterday's corpus, today's documents.

mod batch;
mod query;
mod rebuild;
mod upkeep;

use std::process::ExitCode;

use anyhow::Context;

use super::args::IndexCommand;
use super::signals::Interrupt;

/// Carries out a command on an index.
///
/// # Errors
///
/// If the documents or the index cannot be read or written.
pub(super) fn run(command: IndexCommand) -> anyhow::Result<ExitCode> {
    let interrupt = Interrupt::listen().context("cannot listen for Ctrl-C")?;
    match command {
        IndexCommand::Build(args) => batch::build(args, &interrupt),
        IndexCommand::Add(args) => batch::add(args, &interrupt),
        IndexCommand::Query(args) => query::run(args, &interrupt),
        IndexCommand::Remove(args) => upkeep::remove(&args, &interrupt),
        IndexCommand::Info(args) => upkeep::info(&args),
        IndexCommand::Verify(args) => upkeep::verify(&args),
        IndexCommand::Compact(args) => upkeep::compact(&args, &interrupt),
        IndexCommand::RebuildKeys(args) => rebuild::rebuild_keys(args, &interrupt),
        IndexCommand::ExportClusters(args) => upkeep::export(&args, &interrupt),
    }
}
