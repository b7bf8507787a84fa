//! `index query`: the copies of documents, without adding them.

use std::fs;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde_json::Value;
use wirecopy::Index;
use wirecopy::corpus::{Compression, CorpusError};
use wirecopy::output::OutputFolder;
use wirecopy::unfinished::Unfinished;
use wirecopy::{Job, OwnedRecord};

use super::answers;
use super::batch::{end, files, in_pool, job};
use crate::cli::args::QueryArgs;
use crate::cli::plan::on_sources;
use crate::cli::show::number;
use crate::cli::signals::Interrupt;
use crate::cli::table_forms::table_forms;
use crate::cli::warning::Warning;
use crate::cli::{exit, loss, progress, rejects, stdout};

/// Prints a line for each document or, with an output folder, writes tables.
pub(super) fn run(args: QueryArgs, interrupt: &Interrupt) -> anyhow::Result<u8> {
    let QueryArgs { batch: args, json } = args;
    let max_rejected = args.read.max_rejected;
    let tables = table_forms(&args.format)?;
    let index = Index::open(&args.index)?;
    let recipe = index.recipe().clone();
    in_pool(args.execute, |execute, voice| {
        if let Some(output) = &args.output {
            let folder = OutputFolder::create(output, args.force, &args.inputs)?;
            let profile = recipe.profile();
            let job = job(recipe, &args.inputs, args.read, execute, output)?;
            let progress = progress::listener(
                voice.progress,
                progress::Steps::against_index(profile, true),
            );
            let context = interrupt.context(progress.as_ref());
            let open = job.open()?;
            Warning::report_before(open.recipe(), None, voice);
            let mut run = index.clusters_with(open, context)?;
            let to = rejects::Destination::of(&run, max_rejected, folder, output)?;
            let mut files = files("index query", &args.inputs, &args.index, tables);
            let notes = [
                ("max_rejected", max_rejected.into()),
                ("rejects_over_limit", to.is_over.into()),
                ("loss", (to.is_over || run.corpus().has_loss()).into()),
            ];
            let notes = notes.map(|(name, value): (&str, Value)| (name.to_owned(), value));
            files.notes.extend(notes);
            run.write(to.folder, &files, context)?;
            let code = end(&run, voice);
            if to.is_over {
                rejects::report(&run, &to.dir, to.earlier.as_deref(), voice);
                return Ok(exit::NOT_ALL_READ);
            }
            return Ok(code);
        }
        let spooled;
        let open = match text_on_stdin(&args.inputs, args.read.allow_empty)? {
            Some(Given::Text(text)) => on_sources(
                Job::new(recipe).records(vec![OwnedRecord {
                    text,
                    ..OwnedRecord::default()
                }]),
                &[],
                execute,
            )
            .open()?,
            Some(Given::Lines(file, listed)) => {
                spooled = (file, listed);
                let inputs = [spooled.0.path().to_owned()];
                job(recipe, &inputs, args.read, execute, Path::new("."))?.open()?
            }
            None => {
                let beside = Path::new(".");
                job(recipe, &args.inputs, args.read, execute, beside)?.open()?
            }
        };
        let skipped = Warning::skipped(open.corpus().passed_over());
        let answers = index.query_all(open, interrupt.silent())?;
        if json || !io::stdout().is_terminal() {
            stdout::print(|out| {
                (answers.answers.iter())
                    .try_for_each(|answer| writeln!(out, "{}", answers::json(answer)?))
            })?;
        } else {
            let text = answers::table(&answers.answers);
            stdout::write(&text, voice.color).context("cannot write to standard output")?;
        }
        let is_damaged = loss::report(&answers.damaged, voice);
        if let Some(skipped) = &skipped {
            skipped.show(voice);
        }
        let over_limit = wirecopy::is_over(answers.rejected, answers.read, max_rejected);
        if over_limit {
            let message = format!(
                "{} of {} records rejected, more than --max-rejected allows",
                number(answers.rejected),
                number(answers.read)
            );
            voice.warn("rejects_over_limit", &message, true);
        }
        Ok(match is_damaged || skipped.is_some() || over_limit {
            true => exit::NOT_ALL_READ,
            false => exit::DONE,
        })
    })
}

/// What standard input had.
enum Given {
    Text(String),
    Lines(tempfile::NamedTempFile, Unfinished),
}

/// What is on standard input, if that is the only input.
fn text_on_stdin(inputs: &[PathBuf], allow_empty: bool) -> anyhow::Result<Option<Given>> {
    if inputs != [PathBuf::from("-")] {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .read_to_end(&mut bytes)
        .context("cannot read standard input")?;
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    if first.is_none() && !allow_empty {
        return Err(CorpusError::NothingRead {
            input: format!("standard input ({} bytes)", bytes.len()),
            rejected: 0,
            first: None,
        }
        .into());
    }
    let is_compressed = Compression::of(&bytes) != Compression::None;
    if first == Some(&b'{') || is_compressed {
        let mut file = tempfile::Builder::new()
            .prefix("standard-input-")
            .suffix(if is_compressed { "" } else { ".jsonl" })
            .tempfile()
            .context("cannot put standard input aside")?;
        let path = file.path().to_owned();
        let listed = Unfinished::enter(move || _ = fs::remove_file(path));
        file.write_all(&bytes)
            .and_then(|()| file.flush())
            .context("cannot put standard input aside")?;
        return Ok(Some(Given::Lines(file, listed)));
    }
    let text = String::from_utf8(bytes)
        .context("standard input is no UTF-8 text: give JSON Lines, or convert it with iconv")?;
    Ok(Some(Given::Text(text)))
}
