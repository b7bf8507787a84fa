//! `index rebuild-keys`: an index that has grown learns anew.

use anyhow::Context;
use serde_json::json;
use wirecopy::corpus::ReadOptions;
use wirecopy::{Index, Info};
use wirecopy::{Job, Recipe};

use super::batch::in_pool;
use super::waiting::Listener;
use crate::cli::args::RebuildArgs;
use crate::cli::plan::{on_sources, temp_dir};
use crate::cli::progress::Steps;
use crate::cli::show::{bytes, number};
use crate::cli::signals::Interrupt;
use crate::cli::{event, exit};

/// An index of so many times the documents that it learned from has likely met forms it does not know.
const OUTGROWN: u64 = 2;

/// What to say of an index that is much larger than when it learned.
pub(super) fn advice(info: &Info) -> Option<String> {
    let is_outgrown = info.learned_of > 0 && info.documents >= OUTGROWN * info.learned_of;
    is_outgrown.then(|| {
        format!(
            "it learned when it had {} documents: `wirecopy index rebuild-keys` learns anew",
            number(info.learned_of)
        )
    })
}

/// Learns anew.
pub(super) fn rebuild_keys(args: RebuildArgs, interrupt: &Interrupt) -> anyhow::Result<u8> {
    let folder = args.which.index;
    let dry_run = args.execute.dry_run;
    in_pool(args.execute, |execute, voice| {
        let options = ReadOptions {
            temp_dir: Some(temp_dir(execute, &folder)),
            ..ReadOptions::default()
        };
        let how = on_sources(
            Job::new(Recipe::default_wire()).read_options(options),
            &[],
            execute,
        );
        if dry_run {
            let index = Index::open(&folder)?;
            let (info, memory) = (index.info(), index.memory_to_rebuild(how)?);
            let text = format!(
                "{}: {} documents would be filed anew; it learned when there were {}\n\
                 memory    about {} needed\n",
                folder.display(),
                number(info.documents),
                match info.learned_of {
                    0 => "an unknown number".to_owned(),
                    documents => number(documents),
                },
                bytes(memory),
            );
            voice.print(&text)?;
            return Ok(exit::DONE);
        }
        let progress = Listener::of(voice, Steps::of_rebuild());
        let context = interrupt.context(&progress);
        let (index, rebuilt) = Index::rebuild_keys(&folder, how, context)?;
        let info = index.info();
        if voice.is_json() {
            let mut line = serde_json::to_value(rebuilt)?;
            line["event"] = "summary".into();
            line["command"] = "index rebuild-keys".into();
            line["index"] = json!({ "bytes": info.bytes, "segments": info.segments.len() });
            let printed = voice.print_whole(&event::line(line));
            printed.context(exit::Committed::INDEX)?;
            return Ok(exit::DONE);
        }
        let text = format!(
            "rebuilt   {} documents, by what {} of them taught; more is masked of {}\n\
             index     {}: {} stories, {} merges and splits, {}\n",
            number(rebuilt.documents),
            number(rebuilt.learned_from),
            number(rebuilt.masked_anew),
            folder.display(),
            number(rebuilt.clusters),
            number(rebuilt.changes),
            bytes(info.bytes),
        );
        voice.print(&text).context(exit::Committed::INDEX)?;
        Ok(exit::DONE)
    })
}
