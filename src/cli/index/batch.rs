//! `index build` and `index add`: documents go in, and the user is shown what they are copies of.

use std::path::{Path, PathBuf};

use anyhow::Context;
use serde_json::{Map, Value, json};
use wirecopy::LearnedFile;
use wirecopy::output::{FinishedFolder, OutputFolder, TableForms};
use wirecopy::{AddOptions, Added, Files, Index, Known, Learned};
use wirecopy::{Job, OpenJob, Recipe, Run};

use super::rebuild::advice;
use super::waiting::Listener;
use crate::cli::args::{AddArgs, BuildArgs, ExecuteArgs, KnownArg, ReadArgs};
use crate::cli::plan::{on_sources, read_options};
use crate::cli::preflight::{passed_over, passed_over_json, preflight_json, preflight_lines};
use crate::cli::progress::Steps;
use crate::cli::recipe::recipe;
use crate::cli::show::{Voice, bytes, count, number};
use crate::cli::signals::Interrupt;
use crate::cli::table_forms::table_forms;
use crate::cli::warning::{self, Warning};
use crate::cli::{batch, event, exit, loss, pool, summary};

/// Makes an index.
pub(super) fn build(args: BuildArgs, interrupt: &Interrupt) -> anyhow::Result<u8> {
    let recipe = recipe(&args.compare, &args.read.preset)?;
    let learned = args.compare.boilerplate.as_deref();
    let learned = learned.map(Learned::load).transpose()?;
    let (dry_run, max_rejected) = (args.execute.dry_run, args.read.max_rejected);
    in_pool(args.execute, |execute, voice| {
        let profile = recipe.profile();
        let job = job(recipe, &args.inputs, args.read, execute, &args.index)?;
        let mut job = job.for_index().most_rejected(max_rejected);
        let learns = learned.is_none();
        if let Some(learned) = learned {
            job = job.learned(learned);
        }
        let open = look(job, voice, dry_run)?;
        if dry_run {
            return Ok(exit::DONE);
        }
        let progress = Listener::of(voice, Steps::of_build(profile, learns));
        let context = interrupt.context(&progress);
        let (index, run) = Index::build(&args.index, open, context)?;
        let printed = report(&index, &run, &args.index, Change::MADE, voice);
        printed.context(exit::Committed::INDEX_ONCE)?;
        Ok(rejects(&run, max_rejected, true, voice))
    })
}

/// Adds to an index.
pub(super) fn add(args: AddArgs, interrupt: &Interrupt) -> anyhow::Result<u8> {
    let AddArgs { batch: args, known } = args;
    let tables = table_forms(&args.format)?;
    let (dry_run, max_rejected) = (args.execute.dry_run, args.read.max_rejected);
    let recipe = Index::open(&args.index)?.recipe().clone();
    let profile = recipe.profile();
    in_pool(args.execute, |execute, voice| {
        let mut folder = match &args.output {
            Some(output) if !dry_run => {
                Some(OutputFolder::create(output, args.force, &args.inputs)?)
            }
            _ => None,
        };
        let beside = args.output.as_deref().unwrap_or(&args.index);
        let job = job(recipe, &args.inputs, args.read, execute, beside)?;
        let open = look(job.for_index().most_rejected(max_rejected), voice, dry_run)?;
        if dry_run {
            return Ok(exit::DONE);
        }
        let steps = Steps::against_index(profile, folder.is_some());
        let progress = Listener::of(voice, steps);
        let context = interrupt.context(&progress);
        // Tables are written beside their place before the index changes, so that only a rename is left behind it.
        let mut finished = None;
        let mut write = |run: &mut Run| {
            if let Some(folder) = folder.take() {
                let files = files("index add", &args.inputs, &args.index, tables);
                let written = run.write_beside(folder, &files, context)?;
                finished = Some(written.0);
            }
            Ok(())
        };
        let options = AddOptions {
            known: match known {
                KnownArg::Skip => Known::Skip,
                KnownArg::Reject => Known::Reject,
                KnownArg::Replace => Known::Replace,
            },
            before_commit: args.output.is_some().then_some(&mut write),
        };
        let added = Index::add_as(&args.index, open, options, context)?;
        let conclude = || {
            let has_tables = finished.is_some();
            finished.map_or(Ok(()), FinishedFolder::place)?;
            if let Some(error) = &added.upkeep {
                let message = format!(
                    "all is added, but small segments could not be merged, which the next batch does: {error}"
                );
                voice.warn("not_merged", &message, false);
            }
            report(
                &added.index,
                &added.run,
                &args.index,
                Change::of(&added),
                voice,
            )?;
            let first = !has_tables;
            Ok(rejects(&added.run, max_rejected, first, voice))
        };
        let concluded: anyhow::Result<u8> = conclude();
        match added.is_changed {
            true => concluded.context(exit::Committed::INDEX),
            false => concluded,
        }
    })
}

/// What is written of documents that were held against an index.
pub(super) fn files(command: &str, inputs: &[PathBuf], index: &Path, tables: TableForms) -> Files {
    let mut notes = Map::new();
    notes.insert("command".to_owned(), command.into());
    notes.insert("sources".to_owned(), batch::sources(inputs));
    notes.insert(
        "index".to_owned(),
        batch::sources(&[index.to_owned()])[0].clone(),
    );
    Files {
        tables,
        notes,
        ..Files::default()
    }
}

/// Works in as many threads as asked.
pub(super) fn in_pool<'a>(
    execute: ExecuteArgs,
    work: impl FnOnce(&ExecuteArgs, Voice) -> anyhow::Result<u8> + Send + 'a,
) -> anyhow::Result<u8> {
    let voice = Voice::new(execute.quiet, execute.progress, execute.color);
    pool::in_pool(execute.threads, || work(&execute, voice))
}

/// The job that reads the documents.
pub(super) fn job(
    recipe: Recipe,
    inputs: &[PathBuf],
    read: ReadArgs,
    execute: &ExecuteArgs,
    beside: &Path,
) -> anyhow::Result<Job> {
    let job = Job::new(recipe).read_options(read_options(read, execute, beside)?);
    Ok(on_sources(job, inputs, execute))
}

/// Opens the inputs and says what was found in them.
fn look(job: Job, voice: Voice, dry_run: bool) -> anyhow::Result<OpenJob> {
    let mut open = job.open()?;
    let preflight = open.preflight()?;
    Warning::report_before(open.recipe(), Some(&preflight.corpus), voice);
    let seen = match voice.is_json() {
        true => event::line(preflight_json(&preflight, None)),
        false => preflight_lines(&preflight, None).join("\n") + "\n",
    };
    match dry_run {
        true => {
            match voice.is_json() {
                true => voice.print_whole(&seen)?,
                false => voice.print(&seen)?,
            }
            open.corpus().refuse(&preflight.corpus)?;
        }
        false => voice.note(&seen),
    }
    Ok(open)
}

/// What was done with documents.
struct Change {
    done: &'static str,
    known: u64,
    replaced: u64,
}

impl Change {
    const MADE: Change = Change {
        done: "made",
        known: 0,
        replaced: 0,
    };

    fn of(added: &Added) -> Change {
        Change {
            done: "added",
            known: added.known,
            replaced: added.replaced,
        }
    }
}

/// Says what became of the documents.
fn report(
    index: &Index,
    run: &Run,
    folder: &Path,
    change: Change,
    voice: Voice,
) -> anyhow::Result<()> {
    let Change {
        done,
        known,
        replaced,
    } = change;
    let (counts, info) = (run.counts(), index.info());
    let documents = counts.read - counts.rejected - known;
    if voice.is_json() {
        let printed = json!({
            "event": "summary",
            "command": match done {
                "made" => "index build",
                _ => "index add",
            },
            "documents": documents,
            "replaced": replaced,
            "counts": counts,
            "removed": summary::removed_json(run),
            "work": run.work(),
            "bytes": summary::bytes(run),
            "seconds": summary::seconds(run),
            "passed_over": passed_over_json(run.corpus().passed_over()),
            "index": info_json(&info),
        });
        voice.print_whole(&event::line(printed))?;
        return Ok(());
    }
    let rejected = match counts.rejected {
        0 => String::new(),
        some => format!(", {} rejected", number(some)),
    };
    let known = match known {
        0 => String::new(),
        1 => "known     1 document was in the index already\n".to_owned(),
        some => format!(
            "known     {} documents were in the index already\n",
            number(some)
        ),
    };
    let replaced = match replaced {
        0 => String::new(),
        some => format!(
            "replaced  {} of the index, by others of their ids\n",
            count(some, "document")
        ),
    };
    let bounds = match warning::bounds(&run.work()) {
        none if none.is_empty() => String::new(),
        reached => format!("bounds    {}\n", reached.join(", ")),
    };
    let passed = match run.corpus().passed_over() {
        none if none.count == 0 => String::new(),
        some => format!("passed over  {}\n", passed_over(some)),
    };
    let copies = match documents {
        0 => String::new(),
        _ => format!(
            "; they are in {}, and {} of them are copies that could go",
            stories(counts.clusters),
            number(counts.removed),
        ),
    };
    let text = format!(
        "{done:<10}{}{rejected}{copies}\n{known}{replaced}{passed}{bounds}index     {}: {}, {}, {} in {}\n",
        count(documents, "document"),
        folder.display(),
        count(info.documents, "document"),
        stories(info.clusters),
        bytes(info.bytes),
        count(info.segments.len() as u64, "segment"),
    );
    voice.print(&text)?;
    if let Some(advice) = advice(&info) {
        voice.note(&format!("advice    {advice}\n"));
    }
    Ok(())
}

fn stories(value: u64) -> String {
    match value {
        1 => "1 story".to_owned(),
        some => format!("{} stories", number(some)),
    }
}

fn info_json(info: &wirecopy::Info) -> Value {
    json!({
        "documents": info.documents,
        "clusters": info.clusters,
        "bytes": info.bytes,
        "segments": info.segments.len(),
    })
}

/// The exit code, by how many records were rejected. Where no table says why, the `first` one is reported.
fn rejects(run: &Run, max_rejected: f64, first: bool, voice: Voice) -> u8 {
    let (counts, code) = (run.counts(), end(run, voice));
    if !run.has_too_many_rejects(max_rejected) {
        return code;
    }
    let first = match run.first_rejection().filter(|_| first) {
        Some((file, offset, reason)) => format!("; the first: {file}, byte {offset}: {reason}"),
        None => String::new(),
    };
    let message = format!(
        "{} of {} records rejected, more than --max-rejected allows{first}",
        number(counts.rejected),
        number(counts.read)
    );
    voice.warn("rejects_over_limit", &message, true);
    exit::NOT_ALL_READ
}

/// Says what is to be said of a run last, and gives the exit code.
pub(super) fn end(run: &Run, voice: Voice) -> u8 {
    loss::report(run.corpus().damaged(), voice);
    Warning::report_all(run, None, None, voice);
    batch::exit_code(run)
}
