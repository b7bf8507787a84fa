//! `wirecopy explain A B --run DIR`: why are these two a pair, or why not?
//!
//! `run.json` holds the options and the inputs of a run; they become the command line again, and
//! the two documents are read and compared as the run did. One document alone is shown with what of it
//! is story.

mod alone;
mod interleaved;
mod near;
mod pages;
mod past;
mod removal;
mod show;
mod wire;
mod wire_json;

use std::path::{Path, PathBuf};

use anyhow::bail;
use serde_json::Value;
use wirecopy::output::write_whole;
use wirecopy::report::{self, Report};
use wirecopy::{Figures, Side, StorySide};

use super::args::execute::{Color, ProgressMode};
use super::exit::{self, Usage};
use super::pool::in_pool;
use super::show::Voice;
use super::signals::Interrupt;
use super::stdout;
use super::values::threads;
use past::{clusters_of, plan_of, reported};
use removal::removals;
use wire::StoryPair;

/// Say why two documents are, or are not, a pair.
#[derive(Debug, clap::Args)]
pub(super) struct ExplainArgs {
    /// The first document, by its id in documents.jsonl
    a: String,
    /// The second document; without it, what of the first is story and what is masked is shown
    b: Option<String>,

    /// The output folder of a finished run
    #[arg(long, value_name = "DIR")]
    run: PathBuf,

    /// Print one JSON object, with all digits and the whole texts in passages
    #[arg(long)]
    json: bool,

    /// Print each document for itself, passage by passage with what was made of it, not both as one text
    #[arg(long, conflicts_with_all = ["json", "html"], requires = "b")]
    pages: bool,

    /// Write the two side by side as an HTML file, instead of printing them
    #[arg(long, value_name = "FILE", conflicts_with = "json", requires = "b")]
    html: Option<PathBuf>,

    /// When to use colour: auto, always, never
    #[arg(
        long,
        value_name = "WHEN",
        value_enum,
        default_value = "auto",
        hide_possible_values = true
    )]
    color: Color,

    /// Threads, at most 1024; 0 is one for every core
    #[arg(long, value_name = "N", default_value = "0", value_parser = threads)]
    threads: usize,
}

/// Reads the two documents again, compares them, and shows what was found.
///
/// # Errors
///
/// If the run cannot be read, its inputs are gone, or a document is not among them.
pub(super) fn run(args: ExplainArgs, interrupt: &Interrupt) -> anyhow::Result<u8> {
    if args.html.is_some() {
        interrupt.leaves("no file was written");
    }
    in_pool(args.threads, || explain(args, interrupt))
}

fn explain(args: ExplainArgs, interrupt: &Interrupt) -> anyhow::Result<u8> {
    let plan = plan_of(&args.run)?;
    let recipe = plan.job.recipe().clone();
    let is_dedup = plan.command == "dedup";
    if args.b.is_none() && !recipe.profile().has_stories() {
        bail!(Usage(
            "the near profile compares whole texts and masks nothing: name a second document"
                .into()
        ));
    }
    let mut open = plan.job.open()?;
    open.preflight()?;
    let second = args.b.as_ref().unwrap_or(&args.a);
    let found = open.explain(&args.a, second, interrupt.silent())?;
    let clusters = clusters_of(&args.run, [&found.a.id, &found.b.id])?;
    if let Some(path) = &args.html {
        return html(found.report, &args.run, &clusters, path);
    }
    let voice = Voice::new(false, ProgressMode::None, args.color);
    let (width, pages) = (voice.wide_out, args.pages);
    let removals = removals(&args.run, [&found.a.id, &found.b.id])?;
    let text = match (&found.figures, args.json) {
        (Figures::Near(near), false) => {
            near::as_text(&found, *near, (&recipe, &clusters), pages, width)
        }
        (Figures::Near(near), true) => lines(&near::as_json(&found, *near, &recipe, &clusters)),
        (Figures::Wire(story), json) if args.b.is_none() => {
            let cluster = clusters[0].as_deref();
            match json {
                true => lines(&alone::as_json(&found.a, &story.a, cluster)),
                false => alone::as_text(&found.a, &story.a, cluster),
            }
        }
        (Figures::Wire(story), json) => {
            let compared = |side: &Side, figures: &StorySide| {
                figures.compared_as.clone().unwrap_or(side.id.clone())
            };
            let (a, b) = (compared(&found.a, &story.a), compared(&found.b, &story.b));
            let pair = StoryPair {
                found: &found,
                story,
                recipe: &recipe,
                reported: reported(&args.run, [&a, &b])?,
                clusters: &clusters,
                removals: &removals,
                is_dedup,
            };
            match json {
                true => lines(&pair.as_json()),
                false => pair.as_text(pages, width),
            }
        }
    };
    match args.json {
        true => voice.print_whole(&text)?,
        false => voice.print(&text)?,
    }
    Ok(exit::DONE)
}

/// Writes the two side by side.
fn html(
    mut pair: Report,
    run: &Path,
    clusters: &[Option<String>; 2],
    path: &Path,
) -> anyhow::Result<u8> {
    pair.folder = run.display().to_string();
    for comparison in &mut pair.comparisons {
        comparison.same_cluster = clusters[0].is_some() && clusters[0] == clusters[1];
    }
    write_whole(path, report::pair_page(&pair).as_bytes())?;
    stdout::print(|out| writeln!(out, "{}", path.display()))?;
    Ok(exit::DONE)
}

fn lines(value: &Value) -> String {
    format!("{value}\n")
}
