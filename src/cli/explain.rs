//! `wirecopy explain A B --run DIR`: why are these two a pair, or why not?
//!
//! `run.json` holds the options and the inputs of a run; they become the command line again, and
//! the two documents are read and compared as the run did.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::{CommandFactory, FromArgMatches};
use serde_json::{Value, json};
use wirecopy::Recipe;
use wirecopy::pipeline::{Explanation, Passage, Side, Silent};

use super::args::{Cli, Color, Command, ProgressMode};
use super::exit::Usage;
use super::plan::Plan;
use super::show::{Voice, safe};
use super::signals::Interrupt;

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
    let voice = Voice::new(false, ProgressMode::None, args.color);
    let text = if args.json {
        format!("{}\n", as_json(&found, &recipe, &clusters))
    } else {
        as_text(&found, &recipe, &clusters)
    };
    voice.print(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// The plan of a finished run.
fn plan_of(dir: &Path) -> anyhow::Result<Plan> {
    let path = dir.join("run.json");
    let text = fs::read_to_string(&path).with_context(|| {
        format!(
            "{}: cannot read it; --run takes the output folder of a finished run",
            path.display()
        )
    })?;
    let unfit = || {
        format!(
            "{}: not written by this version of wirecopy: run again",
            path.display()
        )
    };
    let run: Value = serde_json::from_str(&text).with_context(unfit)?;
    let (Some(command), Some(options), Some(sources)) = (
        run["command"].as_str(),
        run["options"].as_object(),
        run["sources"].as_array(),
    ) else {
        bail!(unfit());
    };
    if sources.iter().any(|source| source == "-") {
        bail!(Usage(format!(
            "{}: this run read standard input, which is gone: run again on a file",
            dir.display()
        )));
    }
    let mut words = vec![
        "wirecopy".to_owned(),
        command.to_owned(),
        format!("--output={}", dir.display()),
    ];
    for (name, value) in options {
        let word = |value: &Value| match value {
            Value::String(text) => format!("--{name}={text}"),
            other => format!("--{name}={other}"),
        };
        match value {
            Value::Bool(true) => words.push(format!("--{name}")),
            Value::Bool(false) | Value::Null => {}
            Value::Array(values) => words.extend(values.iter().map(word)),
            value => words.push(word(value)),
        }
    }
    words.push("--".to_owned());
    words.extend(sources.iter().filter_map(Value::as_str).map(str::to_owned));
    let matches = Cli::command()
        .try_get_matches_from(words)
        .with_context(unfit)?;
    match Cli::from_arg_matches(&matches)?.command {
        Command::Cluster(args) => Ok(Plan::cluster(args, options.clone())?),
        Command::Dedup(args) => Ok(Plan::dedup(args, options.clone())?),
        _ => bail!(unfit()),
    }
}

/// The cluster of each of two documents, as the run wrote it.
fn clusters_of(dir: &Path, ids: [&str; 2]) -> anyhow::Result<[Option<String>; 2]> {
    #[derive(serde::Deserialize)]
    struct Row<'a> {
        #[serde(borrow)]
        id: Cow<'a, str>,
        cluster_id: String,
    }
    let path = dir.join("clusters.jsonl");
    let unread = || format!("{}: cannot read it; run again", path.display());
    let mut clusters = [None, None];
    for line in BufReader::new(File::open(&path).with_context(unread)?).lines() {
        let line = line.with_context(unread)?;
        let row: Row<'_> = serde_json::from_str(&line).with_context(unread)?;
        for (id, cluster) in ids.iter().zip(&mut clusters) {
            if row.id == *id {
                *cluster = Some(row.cluster_id.clone());
            }
        }
    }
    Ok(clusters)
}

/// Where the run put the two, and why, if that is not what the pair alone would say.
fn together(found: &Explanation, [a, b]: &[Option<String>; 2]) -> String {
    match (a, b) {
        (Some(a), Some(b)) if a == b && found.accepted => format!("both in {a}"),
        (Some(a), Some(b)) if a == b => format!("both in {a}: a chain of copies joins them"),
        (None, None) => "none: neither has copies in this run".to_owned(),
        _ => {
            let name = |cluster: &Option<String>| cluster.clone().unwrap_or("none".into());
            format!("the first in {}, the second in {}", name(a), name(b))
        }
    }
}

fn as_text(found: &Explanation, recipe: &Recipe, clusters: &[Option<String>; 2]) -> String {
    let (bold, red, green, plain) = ("\u{1b}[1m", "\u{1b}[31m", "\u{1b}[32m", "\u{1b}[0m");
    let Explanation { a, b, overlap, .. } = found;
    let verdict = match found.relation {
        Some(relation) => format!("copies: the second is {} to the first", relation.name()),
        None => "no copies".to_owned(),
    };
    let mut text = format!("{bold}{verdict}{plain}\n\n");
    let mut line = |name: &str, value: String| text.push_str(&format!("  {name:<12}{value}\n"));
    line("first", headline(a));
    line("second", headline(b));
    let sign = if recipe.threshold.admits(*overlap) {
        "≥"
    } else {
        "<"
    };
    line(
        "jaccard",
        format!(
            "{:.6} {sign} {}: {} of {} shingles in common",
            overlap.jaccard(),
            recipe.threshold,
            overlap.shared,
            overlap.union()
        ),
    );
    line(
        "coverage",
        format!(
            "{:.1} % of the first stands in the second, {:.1} % of the second in the first",
            100.0 * overlap.left_coverage(),
            100.0 * overlap.right_coverage()
        ),
    );
    line(
        "candidate",
        format!(
            "{}: {} of {} bands equal, {} of {} slots (at least {} are asked)",
            if found.is_candidate() { "yes" } else { "no" },
            found.equal_bands,
            recipe.banding.bands(),
            found.agreeing_slots,
            recipe.banding.slots(),
            found.screen
        ),
    );
    line(
        "chance",
        format!(
            "{:.2} % of pairs as similar become candidates",
            100.0 * found.found_probability
        ),
    );
    line("cluster", together(found, clusters));
    for (name, side, color, open, close) in [
        ("first", a, red, "[-", "-]"),
        ("second", b, green, "{+", "+}"),
    ] {
        text.push_str(&format!(
            "\n{bold}The {name}{plain}, {color}{open}what only it has{close}{plain} marked\n\n"
        ));
        if side.passages.is_empty() {
            text.push_str("  (no words)\n");
        }
        for passage in &side.passages {
            let words = abridged(&side.record.text[passage.range.clone()], passage);
            text.push_str(&match passage.shared {
                true => format!("  {words}\n"),
                false => format!("  {color}{open}{words}{close}{plain}\n"),
            });
        }
    }
    text
}

/// Id, publisher, headline.
fn headline(side: &Side) -> String {
    let mut text = safe(&side.id, 80);
    if let Some(publisher) = &side.publisher {
        text.push_str(&format!(", {}", safe(publisher, 40)));
    }
    if let Some(title) = &side.record.title {
        text.push_str(&format!(": {}", safe(title, 80)));
    }
    text
}

/// Words shown of each end of a long passage, and of one that is shown whole.
const END: usize = 12;
const WHOLE: usize = 60;

/// A passage on one line; of a long shared one, its ends.
fn abridged(text: &str, passage: &Passage) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let join = |words: &[&str]| safe(&words.join(" "), usize::MAX);
    if passage.shared && words.len() > WHOLE {
        let left_out = words.len() - 2 * END;
        return format!(
            "{} […{left_out} words…] {}",
            join(&words[..END]),
            join(&words[words.len() - END..])
        );
    }
    join(&words)
}

fn as_json(found: &Explanation, recipe: &Recipe, clusters: &[Option<String>; 2]) -> Value {
    let side = |side: &Side| {
        let passages = side.passages.iter().map(|passage| {
            json!({
                "shared": passage.shared,
                "words": passage.words,
                "text": &side.record.text[passage.range.clone()],
            })
        });
        json!({
            "id": side.id,
            "publisher": side.publisher,
            "title": side.record.title,
            "passages": passages.collect::<Vec<_>>(),
        })
    };
    json!({
        "a": side(&found.a),
        "b": side(&found.b),
        "accepted": found.accepted,
        "relation": found.relation.map(wirecopy::relation::Relation::name),
        "threshold": recipe.threshold.get(),
        "jaccard": found.overlap.jaccard(),
        "coverage_a": found.overlap.left_coverage(),
        "coverage_b": found.overlap.right_coverage(),
        "shared": found.overlap.shared,
        "cluster_a": clusters[0],
        "cluster_b": clusters[1],
        "candidate": found.is_candidate(),
        "equal_bands": found.equal_bands,
        "bands": recipe.banding.bands(),
        "agreeing_slots": found.agreeing_slots,
        "slots": recipe.banding.slots(),
        "found_probability": found.found_probability,
    })
}
