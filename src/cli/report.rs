//! `wirecopy report`: the page of a finished run, drawn again from its saved model, or that of an index.

use std::fs;
use std::io::{ErrorKind, IsTerminal};
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use wirecopy::Index;
use wirecopy::output::write_whole;
use wirecopy::report::{self, Report, SavedError, Since, View};

use super::args::execute::{Color, ProgressMode};
use super::args::report::ViewArgs;
use super::exit::{self, Committed, Usage};
use super::pool::in_pool;
use super::show::{Voice, bytes, safe};
use super::signals::Interrupt;
use super::values::threads;
use super::warning::Warning;
use super::{progress, stdout, suggest, view};

/// Arguments of `wirecopy report`.
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "wirecopy report [OPTIONS] <DIR>\n       \
                      wirecopy report [OPTIONS] --index <DIR> -o <FILE>",
    after_help = "\
Example: wirecopy report copies --min-outlets 5      writes copies/report-min-outlets-5.html
         wirecopy report --index news.index --since 7d -o weekly.html"
)]
pub(super) struct PageArgs {
    /// The output folder of a finished run
    dir: Option<PathBuf>,

    /// The folder of an index, in place of that of a run
    #[arg(long, value_name = "DIR")]
    index: Option<PathBuf>,

    /// File to write [default: report.html in the folder of the run, or a file named after the part]
    ///
    /// A narrowed report never takes the place of the complete one: it is named after what it shows, such as
    /// report-min-outlets-5.html. The file is replaced when the new one is complete. Nothing is written into the folder of an index.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Threads, at most 1024; 0 is one for every core
    #[arg(long, value_name = "N", default_value = "0", value_parser = threads)]
    threads: usize,

    #[command(flatten)]
    view: ViewArgs,
}

/// Gets the model, draws the page, puts it in place.
///
/// # Errors
///
/// If there is no run with a saved model and no index, it is damaged or of another format, or the
/// page cannot be written.
pub(super) fn run(args: PageArgs, interrupt: &Interrupt) -> anyhow::Result<u8> {
    interrupt.leaves("no report was written");
    let view = view::of(args.view);
    match (args.dir, args.index) {
        (Some(dir), None) => {
            let mut report = saved(&dir)?;
            report.folder = dir.display().to_string();
            let path = args.output.unwrap_or_else(|| dir.join(view.file_name()));
            draw(&report, &view, &path, "run")
        }
        (None, Some(index)) => {
            let path = beside(&index, args.output)?;
            in_pool(args.threads, || of_index(&index, &view, &path, interrupt))
        }
        (None, None) => Err(Usage(
            "the report of what? Name the output folder of a finished run, or an index with --index DIR"
                .to_owned(),
        )
        .into()),
        (Some(dir), Some(index)) => Err(Usage(format!(
            "{} and --index {}: a report is of a run or of an index: name one of them",
            dir.display(),
            index.display()
        ))
        .into()),
    }
}

/// Where the page of an index goes: to a file that is named, and never among its own.
fn beside(index: &Path, output: Option<PathBuf>) -> Result<PathBuf, Usage> {
    let Some(path) = output else {
        return Err(Usage(format!(
            "--index {}: nothing is written into an index: say with -o FILE where the report goes",
            index.display()
        )));
    };
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    match (fs::canonicalize(folder), fs::canonicalize(index)) {
        (Ok(folder), Ok(index)) if folder.starts_with(&index) => Err(Usage(format!(
            "-o {}: nothing is written into an index: name a file elsewhere",
            path.display()
        ))),
        _ => Ok(path),
    }
}

/// Judges the clusters that are asked for again, and draws their page.
fn of_index(folder: &Path, view: &View, path: &Path, interrupt: &Interrupt) -> anyhow::Result<u8> {
    let index = Index::open(folder)?;
    // Bars on a terminal; a log needs no word of it.
    let mode = match std::io::stderr().is_terminal() {
        true => ProgressMode::Auto,
        false => ProgressMode::None,
    };
    let progress = progress::listener(mode, progress::Steps::of_report());
    let report = index.report(view.since.as_ref(), interrupt.context(&*progress));
    drop(progress);
    let mut report = report?;
    report.folder = folder.display().to_string();
    draw(&report, view, path, "index")
}

fn draw(report: &Report, view: &View, path: &Path, of: &str) -> anyhow::Result<u8> {
    if let Some(focus) = &view.focus {
        check_outlet(report, focus, of)?;
    }
    if let (Some(since), true) = (&view.since, report.days.is_empty()) {
        return Err(Usage(format!(
            "--since {since}: no document of this {of} has a date, so none is known to be of these days: \
             leave it out"
        ))
        .into());
    }
    if let (Some(Since::Days(_)), Some(newest)) = (&view.since, report.days.last()) {
        note_future(&newest.day);
    }
    if view.narrows() && view.stories(report) == 0 {
        let shown = Warning::NothingShown {
            of: report.counts.clusters,
        };
        shown.show(Voice::new(false, ProgressMode::None, Color::Auto));
    }
    let page = report::page(report, view);
    write_whole(path, page.as_bytes())?;
    let size = bytes(page.len() as u64);
    stdout::print(|out| writeln!(out, "{}: {size}", path.display())).context(Committed::PAGE)?;
    Ok(exit::DONE)
}

/// Days are counted back from the newest page: one that is dated wrong leaves a window without news.
fn note_future(newest: &str) {
    // In no time zone is it already the day after tomorrow.
    let today = jiff::tz::Offset::UTC
        .to_datetime(jiff::Timestamp::now())
        .date();
    let is_ahead = |day: jiff::civil::Date| {
        let tomorrow = today.tomorrow();
        tomorrow.is_ok_and(|tomorrow| day > tomorrow)
    };
    if newest.parse().is_ok_and(is_ahead) {
        let voice = Voice::new(false, ProgressMode::None, Color::Auto);
        voice.note(&format!(
            "wirecopy: warning: a document is dated {newest}, after today, and days are counted back from the newest \
             one: name the first day instead, as in --since {today}\n"
        ));
    }
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

/// Refuses an outlet that the report does not know: a report without a story would look like an answer.
fn check_outlet(report: &Report, focus: &str, of: &str) -> Result<(), Usage> {
    let asked = focus.to_lowercase();
    let names = report.outlets.iter().map(|outlet| outlet.name.as_str());
    if names.clone().any(|name| name.to_lowercase() == asked) {
        return Ok(());
    }
    let safe_names = |names: Vec<&str>| -> Vec<String> {
        names.into_iter().map(|name| safe(name, 80)).collect()
    };
    let like = safe_names(suggest::like(focus, names.clone()));
    let largest = safe_names(names.take(5).collect());
    let focus = safe(focus, 80);
    Err(Usage(match (&like[..], &largest[..]) {
        (_, []) => format!(
            "--focus {focus}: this {of} knows no outlets: its documents name no url and no source"
        ),
        ([], _) => format!(
            "--focus {focus}: no outlet of this {of} is called so; it has {} of them, such as {}",
            report.outlets.len(),
            largest.join(", ")
        ),
        _ => format!(
            "--focus {focus}: no outlet of this {of} is called so; did you mean {}?",
            suggest::listed(&like)
        ),
    }))
}
