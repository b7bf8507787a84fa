//! `wirecopy report DIR`: the page of a finished run, drawn again from its saved model.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, anyhow, bail};
use wirecopy::output::write_whole;
use wirecopy::report::{self, Report, SavedError};

use super::args::ViewArgs;
use super::exit::Usage;
use super::show::{bytes, safe};
use super::{stdout, view};

/// Draw the page of a finished run again, whole or a part of it
///
/// From report.json in the run's folder; the corpus is not needed. A page can be narrowed to an
/// outlet, to recent days, or to stories that many carried. Texts that the run had no room for are
/// not in report.json: run again with a larger --report-budget for those.
#[derive(Debug, clap::Args)]
pub(super) struct PageArgs {
    /// The output folder of a finished run
    dir: PathBuf,

    /// File to write [default: report.html in the folder]
    ///
    /// It is replaced when the new page is complete.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    #[command(flatten)]
    view: ViewArgs,
}

/// Reads the model, draws the page, puts it in place.
///
/// # Errors
///
/// If there is no run with a saved model, it is damaged or of another format, or the page cannot
/// be written.
pub(super) fn run(args: PageArgs) -> anyhow::Result<ExitCode> {
    let PageArgs {
        dir,
        output,
        view: asked,
    } = args;
    let mut report = saved(&dir)?;
    let view = view::of(asked);
    if let Some(focus) = &view.focus {
        check_outlet(&report, focus)?;
    }
    report.folder = dir.display().to_string();
    let page = report::page(&report, &view);
    let path = output.unwrap_or_else(|| dir.join(report::PAGE));
    write_whole(&path, page.as_bytes())?;
    let size = bytes(page.len() as u64);
    stdout::print(|out| writeln!(out, "{}: {size}", path.display()))?;
    Ok(ExitCode::SUCCESS)
}

/// The saved model of a run.
fn saved(dir: &Path) -> anyhow::Result<Report> {
    let path = dir.join(report::FILE);
    let place = path.display();
    let run = dir.join("run.json");
    let json = match fs::read_to_string(&path) {
        Ok(json) => json,
        Err(error) if error.kind() == ErrorKind::NotFound && !run.is_file() => bail!(
            "{}: no finished run: it holds no run.json; name the folder that \
             `wirecopy cluster` or `wirecopy dedup` wrote with -o",
            dir.display()
        ),
        Err(error) if error.kind() == ErrorKind::NotFound => bail!(
            "{place}: not there: this run was written without a report; run again without \
             --no-report or, in `near`, with --report"
        ),
        Err(error) if error.kind() == ErrorKind::InvalidData => {
            bail!("{place}: damaged: not UTF-8; run again")
        }
        Err(error) => {
            return Err(anyhow!(error)).with_context(|| format!("{place}: cannot read it"));
        }
    };
    Report::from_json(&json).map_err(|error| match error {
        SavedError::Format { .. } => {
            anyhow!("{place}: {error}; draw it with the version that run.json names, or run again")
        }
        _ => anyhow!("{place}: {error}; run again"),
    })
}

/// Refuses an outlet that the report does not know: a page without a row would look like an answer.
fn check_outlet(report: &Report, focus: &str) -> Result<(), Usage> {
    let asked = focus.to_lowercase();
    let mut names = report.outlets.iter().map(|outlet| outlet.name.as_str());
    if names.any(|name| name.to_lowercase() == asked) {
        return Ok(());
    }
    let largest: Vec<String> = (report.outlets.iter().take(5))
        .map(|outlet| safe(&outlet.name, 40))
        .collect();
    Err(Usage(match largest[..] {
        [] => format!(
            "--focus {}: this run knows no outlets: its documents name no url and no source",
            safe(focus, 80)
        ),
        _ => format!(
            "--focus {}: no outlet of this run; it has {} of them, such as {}",
            safe(focus, 80),
            report.outlets.len(),
            largest.join(", ")
        ),
    }))
}
