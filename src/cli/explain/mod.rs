//! `wirecopy explain A B --run DIR`: why are these two a pair, or why not?
//!
//! `run.json` holds the options and the inputs of a run; they become the command line again, and
//! the two documents are read and compared as the run did.

mod near;
mod past;
mod show;
mod wire;
mod wire_json;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use serde_json::Value;
use wirecopy::pipeline::{Figures, Side, Silent, StorySide};

use super::args::{Color, ProgressMode};
use super::show::Voice;
use super::signals::Interrupt;
use past::{clusters_of, plan_of, reported};
use wire::StoryPair;

/// Say why two documents are, or are not, a pair.
#[derive(Debug, clap::Args)]
pub(super) struct ExplainArgs {
    /// The first document, by its id in documents.jsonl
    a: String,
    /// The second document
    b: String,

    /// The output folder of a finished run
    #[arg(long, value_name = "DIR")]
    run: PathBuf,

    /// Print one JSON object, with the whole texts in passages
    #[arg(long)]
    json: bool,

    /// When to use colour: auto, always, never
    #[arg(
        long,
        value_name = "WHEN",
        value_enum,
        default_value = "auto",
        hide_possible_values = true
    )]
    color: Color,
}

/// Reads the two documents again, compares them, and shows what was found.
///
/// # Errors
///
/// If the run cannot be read, its inputs are gone, or a document is not among them.
pub(super) fn run(args: ExplainArgs) -> anyhow::Result<ExitCode> {
    let interrupt = Interrupt::listen().context("cannot listen for Ctrl-C")?;
    let plan = plan_of(&args.run)?;
    let recipe = plan.job.recipe().clone();
    let mut open = plan.job.open()?;
    open.preflight()?;
    let found = open.explain(&args.a, &args.b, &Silent, interrupt.cancelled())?;
    let clusters = clusters_of(&args.run, [&found.a.id, &found.b.id])?;
    let text = match (&found.figures, args.json) {
        (Figures::Near(near), false) => near::as_text(&found, *near, &recipe, &clusters),
        (Figures::Near(near), true) => lines(&near::as_json(&found, *near, &recipe, &clusters)),
        (Figures::Wire(story), json) => {
            let compared = |side: &Side, figures: &StorySide| {
                figures.spoken_for_by.clone().unwrap_or(side.id.clone())
            };
            let (a, b) = (compared(&found.a, &story.a), compared(&found.b, &story.b));
            let pair = StoryPair {
                found: &found,
                story,
                recipe: &recipe,
                reported: reported(&args.run, [&a, &b])?,
                clusters: &clusters,
            };
            match json {
                true => lines(&pair.as_json()),
                false => pair.as_text(),
            }
        }
    };
    let voice = Voice::new(false, ProgressMode::None, args.color);
    voice.print(&text)?;
    Ok(ExitCode::SUCCESS)
}

fn lines(value: &Value) -> String {
    format!("{value}\n")
}
