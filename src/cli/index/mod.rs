//! `wirecopy index`: yesterday's corpus, today's documents.

mod answers;
mod batch;
mod ids;
mod query;
mod rebuild;
mod upkeep;
mod waiting;

use super::args::IndexCommand;
use super::pool::in_pool;
use super::signals::Interrupt;

/// Carries out a command on an index.
///
/// # Errors
///
/// If the documents or the index cannot be read or written.
pub(super) fn run(command: IndexCommand, interrupt: &Interrupt) -> anyhow::Result<u8> {
    interrupt.leaves(match command {
        IndexCommand::Build(_) => "no index was made",
        _ => "the index is as before",
    });
    match command {
        IndexCommand::Build(args) => batch::build(args, interrupt),
        IndexCommand::Add(args) => batch::add(args, interrupt),
        IndexCommand::Query(args) => query::run(args, interrupt),
        IndexCommand::Remove(args) => in_pool(args.threads, || upkeep::remove(&args, interrupt)),
        IndexCommand::Info(args) => upkeep::info(&args),
        IndexCommand::Verify(args) => upkeep::verify(&args),
        IndexCommand::Compact(args) => {
            in_pool(args.threads, || upkeep::compact(&args.which, interrupt))
        }
        IndexCommand::RebuildKeys(args) => rebuild::rebuild_keys(args, interrupt),
        IndexCommand::ExportClusters(args) => {
            in_pool(args.threads, || upkeep::export(&args.which, interrupt))
        }
    }
}
