//! `index build` and `index add`: documents go in, and the user is told what they are copies of.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use serde_json::{Map, Value, json};
use wirecopy::output::OutputFolder;
use wirecopy::pipeline::{Files, Index, Learned};
use wirecopy::{Error, Job, OpenJob, Recipe, Run};

use super::rebuild::advice;
use crate::cli::args::{AddArgs, BuildArgs, ExecuteArgs, ReadArgs, TableFormat};
use crate::cli::plan::{on_sources, read_options};
use crate::cli::preflight::{passed_over, passed_over_json, preflight_json, preflight_lines};
use crate::cli::progress;
use crate::cli::recipe::recipe;
use crate::cli::show::{Voice, bytes, number};
use crate::cli::signals::Interrupt;
use crate::cli::warning::{self, Warning};
use crate::cli::{batch, exit, loss, pool};

/// Makes an index.
pub(super) fn build(args: BuildArgs, interrupt: &Interrupt) -> anyhow::Result<ExitCode> {
    let recipe = recipe(&args.compare)?;
    let learned = args.compare.boilerplate.as_deref();
    let learned = learned.map(Learned::load).transpose()?;
    let (dry_run, max_rejected) = (args.execute.dry_run, args.read.max_rejected);
    in_pool(args.execute, |execute, voice| {
        let job = job(recipe, &args.inputs, args.read, execute, &args.index)?;
        let mut job = job.for_index();
        if let Some(learned) = learned {
            job = job.learned(learned);
        }
        let open = look(job, voice, dry_run)?;
        if dry_run {
            return Ok(ExitCode::SUCCESS);
        }
        let progress = progress::listener(voice.progress);
        let cancelled = interrupt.cancelled();
        let (index, run) = Index::build(&args.index, open, progress.as_ref(), cancelled)?;
        tell(&index, &run, &args.index, "made", voice)?;
        Ok(rejects(&run, max_rejected, voice))
    })
}

/// Adds to an index.
pub(super) fn add(args: AddArgs, interrupt: &Interrupt) -> anyhow::Result<ExitCode> {
    let AddArgs {
        batch: args,
        format,
    } = args;
    let (dry_run, max_rejected) = (args.execute.dry_run, args.read.max_rejected);
    let recipe = Index::open(&args.index)?.recipe().clone();
    in_pool(args.execute, |execute, voice| {
        let folder = match &args.output {
            Some(output) if !dry_run => {
                Some(OutputFolder::create(output, args.force, &args.inputs)?)
            }
            _ => None,
        };
        let beside = args.output.as_deref().unwrap_or(&args.index);
        let job = job(recipe, &args.inputs, args.read, execute, beside)?;
        let open = look(job.for_index(), voice, dry_run)?;
        if dry_run {
            return Ok(ExitCode::SUCCESS);
        }
        let progress = progress::listener(voice.progress);
        let cancelled = interrupt.cancelled();
        let (index, mut run) = Index::add(&args.index, open, progress.as_ref(), cancelled)?;
        if let Some(folder) = folder {
            let csv = format.contains(&TableFormat::Csv);
            let files = files("index add", &args.inputs, &args.index, csv);
            match run.write(folder, &files, progress.as_ref(), cancelled) {
                Err(Error::Cancelled) => {
                    voice.fail(
                        "wirecopy: interrupted; the documents are in the index, but their tables were \
                         not written\n",
                    );
                    return Ok(exit::COMMITTED.into());
                }
                written => written.context(
                    "the documents are in the index, but their tables could not be written",
                )?,
            };
        }
        tell(&index, &run, &args.index, "added", voice)?;
        Ok(rejects(&run, max_rejected, voice))
    })
}

/// What is written of documents that were held against an index.
pub(super) fn files(command: &str, inputs: &[PathBuf], index: &Path, csv: bool) -> Files {
    let mut notes = Map::new();
    notes.insert("command".to_owned(), command.into());
    notes.insert("sources".to_owned(), batch::sources(inputs));
    notes.insert(
        "index".to_owned(),
        batch::sources(&[index.to_owned()])[0].clone(),
    );
    Files {
        csv,
        notes,
        ..Files::default()
    }
}

/// Works in as many threads as asked.
pub(super) fn in_pool<'a>(
    execute: ExecuteArgs,
    work: impl FnOnce(&ExecuteArgs, Voice) -> anyhow::Result<ExitCode> + Send + 'a,
) -> anyhow::Result<ExitCode> {
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
    let mut seen = if voice.is_json() {
        preflight_json(&preflight, None).to_string()
    } else {
        preflight_lines(&preflight, None).join("\n")
    };
    seen.push('\n');
    match dry_run {
        true => {
            voice.print(&seen)?;
            open.corpus().refuse(&preflight.corpus)?;
        }
        false => voice.tell(&seen),
    }
    Ok(open)
}

/// Says what became of the documents.
fn tell(index: &Index, run: &Run, folder: &Path, done: &str, voice: Voice) -> anyhow::Result<()> {
    let (counts, info) = (run.counts(), index.info());
    let documents = counts.read - counts.rejected;
    if voice.is_json() {
        let told = json!({
            "event": "summary",
            "command": done,
            "documents": documents,
            "rejected": counts.rejected,
            "passed_over": passed_over_json(run.corpus().passed_over()),
            "clusters": counts.clusters,
            "removable": counts.removed,
            "bounds": warning::bounds(&run.work()),
            "index": info_json(&info),
        });
        voice.print(&format!("{told}\n"))?;
        return Ok(());
    }
    let rejected = match counts.rejected {
        0 => String::new(),
        some => format!(", {} rejected", number(some)),
    };
    let bounds = match warning::bounds(&run.work()) {
        none if none.is_empty() => String::new(),
        reached => format!("bounds    {}\n", reached.join(", ")),
    };
    let passed = match run.corpus().passed_over() {
        none if none.count == 0 => String::new(),
        some => format!("passed over  {}\n", passed_over(some)),
    };
    let text = format!(
        "{done}      {} documents{rejected}; they are in {} clusters, and {} of them are copies that \
         could go\n{passed}{bounds}index     {}: {} documents, {} clusters, {} in {} segments\n",
        number(documents),
        number(counts.clusters),
        number(counts.removed),
        folder.display(),
        number(info.documents),
        number(info.clusters),
        bytes(info.bytes),
        info.segments.len(),
    );
    voice.print(&text)?;
    if let Some(advice) = advice(&info) {
        voice.tell(&format!("advice    {advice}\n"));
    }
    Ok(())
}

fn info_json(info: &wirecopy::pipeline::Info) -> Value {
    json!({
        "documents": info.documents,
        "clusters": info.clusters,
        "bytes": info.bytes,
        "segments": info.segments.len(),
    })
}

/// The exit code, by how many records were rejected.
pub(super) fn rejects(run: &Run, max_rejected: f64, voice: Voice) -> ExitCode {
    if let Some(warning) = Warning::skipped(run.corpus().passed_over()) {
        warning.tell(voice);
    }
    loss::tell(run.corpus().damaged(), voice);
    if !batch::rejects_over_limit(run, max_rejected) {
        return batch::exit_code(run);
    }
    let counts = run.counts();
    voice.fail(&format!(
        "wirecopy: {} of {} records rejected, more than --max-rejected allows\n",
        number(counts.rejected),
        number(counts.read)
    ));
    exit::NOT_ALL_READ.into()
}
