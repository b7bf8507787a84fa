//! The order of a run: claim the output, open, look, run, write, report.
//!
//! What would be refused is refused before hours of reading: the output folder is claimed first,
//! and the run says what it will need before it goes on.

use std::path::PathBuf;

use anyhow::Context;
use serde_json::{Value, json};
use wirecopy::Learned;
use wirecopy::LearnedFile;
use wirecopy::Run;
use wirecopy::output::OutputFolder;
use wirecopy::report::View;

use super::args::ProgressMode;
use super::event;
use super::exit;
use super::loss;
use super::plan::Plan;
use super::pool::in_pool;
use super::preflight::{preflight_json, preflight_lines};
use super::progress::{self, Steps};
use super::rejects;
use super::signals::Interrupt;
use super::summary::Summary;
use super::warning::Warning;

/// Carries out a plan, in as many threads as it says.
pub(super) fn run(plan: Plan, interrupt: &Interrupt) -> anyhow::Result<u8> {
    interrupt.leaves("nothing was written");
    in_pool(plan.threads, || carry_out(plan, interrupt))
}

fn carry_out(plan: Plan, interrupt: &Interrupt) -> anyhow::Result<u8> {
    let Plan {
        voice,
        max_rejected,
        ..
    } = plan;
    let learned = plan.boilerplate.as_deref().map(Learned::load).transpose()?;
    let folder = claim(&plan)?;
    let job = match learned {
        Some(learned) => plan.job.learned(learned),
        None => plan.job,
    };
    let mut open = job.open()?;
    let preflight = open.preflight()?;
    if let Some(filtered) = &plan.files.filtered {
        filtered.check(open.corpus())?;
    }
    Warning::report_before(open.recipe(), Some(&preflight.corpus), voice);
    let needs = plan.files.needs(&open, &preflight, &plan.output)?;
    let may_not_fit = needs.may_not_fit()?;
    let seen = match voice.is_json() {
        true => event::line(preflight_json(&preflight, Some(&needs))),
        false => preflight_lines(&preflight, Some(&needs)).join("\n") + "\n",
    };
    let Some(folder) = folder else {
        match voice.is_json() {
            true => voice.print_whole(&seen)?,
            false => voice.print(&seen)?,
        }
        if may_not_fit {
            Warning::may_not_fit(&needs).show(voice);
        }
        open.corpus().refuse(&preflight.corpus)?;
        return Ok(exit::DONE);
    };
    voice.note(&seen);
    if may_not_fit {
        Warning::may_not_fit(&needs).show(voice);
    }

    let steps = match plan.against {
        Some(_) => Steps::against_index(preflight.profile, true),
        None => Steps::of_run(preflight.profile, preflight.learns),
    };
    let progress = progress::listener(voice.progress, steps);
    let context = interrupt.context(progress.as_ref());
    let mut run = match &plan.against {
        Some((_, index)) => index.clusters_with(open, context)?,
        None => open.run(context)?,
    };
    let rejects::Destination {
        folder,
        dir,
        earlier,
        is_over,
    } = rejects::Destination::of(&run, max_rejected, folder, &plan.output)?;
    let mut files = plan.files;
    let notes = [
        ("command", plan.command.into()),
        ("options", Value::Object(plan.options.clone())),
        ("sources", sources(&plan.inputs)),
        ("max_rejected", max_rejected.into()),
        ("rejects_over_limit", is_over.into()),
        ("loss", (is_over || run.corpus().has_loss()).into()),
    ];
    if let Some(view) = &files.report {
        files.notes.insert("report".to_owned(), shown(view));
    }
    if let Some((folder, _)) = &plan.against {
        let index = sources(std::slice::from_ref(folder));
        files.notes.insert("index".to_owned(), index[0].clone());
    }
    files
        .notes
        .extend(notes.map(|(name, value)| (name.to_owned(), value)));
    let written = run.write(folder, &files, context)?;

    drop(progress);
    let summary = Summary {
        run: &run,
        command: plan.command,
        inputs: &plan.inputs,
        options: &plan.options,
        dir: &dir,
        rejects_over_limit: is_over,
        is_against_index: plan.against.is_some(),
    };
    if !voice.is_json() && voice.progress != ProgressMode::None {
        let gap = if voice.wide_out.is_some() { "\n" } else { "" };
        voice.note(&(summary.done() + gap));
    }
    loss::report(run.corpus().damaged(), voice);
    Warning::report_all(&run, files.report.as_ref(), written.reported, voice);
    let printed = match voice.is_json() {
        true => voice.print_whole(&event::line(summary.json())),
        false => voice.print(&summary.text(voice.wide_out)),
    };
    printed.context(exit::Committed::RESULTS)?;
    if is_over {
        rejects::report(&run, &dir, earlier.as_deref(), voice);
        return Ok(exit::NOT_ALL_READ);
    }
    Ok(exit_code(&run))
}

/// The exit code of a run that was not stopped by its rejects.
pub(super) fn exit_code(run: &Run) -> u8 {
    match run.corpus().has_loss() {
        true => exit::NOT_ALL_READ,
        false => exit::DONE,
    }
}

/// What the page of the run shows, for `run.json`.
fn shown(view: &View) -> Value {
    json!({
        "budget": view.budget,
        "focus": view.focus,
        "since": view.since.as_ref().map(ToString::to_string),
        "min_outlets": view.min_outlets,
    })
}

/// Claims the output folder. A dry run only asks whether it could be had, and changes nothing.
fn claim(plan: &Plan) -> anyhow::Result<Option<OutputFolder>> {
    if plan.dry_run {
        if plan.is_named {
            OutputFolder::check(&plan.output, plan.force, &plan.inputs)?;
        }
        return Ok(None);
    }
    let folder = OutputFolder::create(&plan.output, plan.force, &plan.inputs)?;
    Ok(Some(folder))
}

/// The inputs as they were given, wherever the next command is run from.
pub(super) fn sources(inputs: &[PathBuf]) -> Value {
    let whole = |path: &PathBuf| match path.as_os_str() == "-" {
        true => path.clone(),
        false => std::path::absolute(path).unwrap_or_else(|_| path.clone()),
    };
    inputs
        .iter()
        .map(|path| Value::from(whole(path).to_string_lossy()))
        .collect()
}
