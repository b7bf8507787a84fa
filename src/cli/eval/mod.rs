//! `wirecopy eval`: a clustering held against true clusters and labelled pairs.
//!
//! [`clusters`] and [`read`] turn the files into rows, [`evaluation`] gives every scored document
//! its place and asks the library, [`table`] and [`json`] show the answer to people and to machines.
//! Verdicts exported from a report are another question, with a reader and tables of their own
//! ([`judged`], [`judged_show`]).

mod clusters;
mod evaluation;
mod json;
mod judged;
mod judged_show;
mod read;
mod table;

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::ensure;

use self::evaluation::{Evaluation, Scored};
use self::judged::Judged;
use super::exit::{self, Usage};
use super::show::safe;
use super::stdout;

/// How good was a clustering? P/R/F1, B-cubed, ARI and the worst errors.
///
/// Two documents are a pair when one cluster holds both. Precision is the share of the predicted
/// pairs that are true, recall the share of the true pairs that were predicted, F1 their harmonic
/// mean. B-cubed asks the same of every document's own cluster, so that large clusters count less;
/// ARI (adjusted Rand index) is 1 for equal clusterings and 0 for chance.
#[derive(Debug, clap::Args)]
#[command(
    group = clap::ArgGroup::new("against").args(["truth", "pairs"]).required(true).multiple(true),
    after_help = "A document that is absent from CLUSTERS is its own cluster. Ids in CLUSTERS \
        that are not scored are counted, named on standard error and not used."
)]
pub(crate) struct EvalArgs {
    /// The clustering: a run's folder, a file of JSON Lines, TSV or CSV with `id` and
    /// `cluster_id` (or `cluster`), or `-` for standard input. With verdicts from a report: the
    /// folder of the run they are about, which says how many pairs were drawn.
    clusters: Option<PathBuf>,

    /// True clusters: TSV with the header `id`, `cluster`. It names the documents that are scored.
    #[arg(long, value_name = "FILE")]
    truth: Option<PathBuf>,

    /// Labelled pairs: TSV with the header `id_a`, `id_b`, `label`; or verdicts as the report
    /// exports them.
    ///
    /// Verdicts (JSON Lines) on the report's random sample give the precision of the accepted pairs
    /// and the recall among candidates, with 95 % intervals.
    ///
    /// Labels copy, contained, edited and partial are copies of some kind, others are none, and
    /// a predicted pair that is not listed is wrong. If all labels are cut, light, heavy or non
    /// (levels of reuse judged by people), it is neither right nor wrong. Without --truth the
    /// documents named here are scored.
    #[arg(long, value_name = "FILE")]
    pairs: Option<PathBuf>,

    /// The documents, as JSON Lines with `id` and, if known, `title`, `text` and `source`: adds
    /// titles to --errors, and recall of copies between different sources.
    #[arg(long, value_name = "FILE")]
    docs: Option<PathBuf>,

    /// Print one JSON object for machines.
    #[arg(long)]
    json: bool,

    /// Show this many of the worst false merges and misses, and of the listed pairs that were
    /// missed or wrongly joined.
    #[arg(long, value_name = "N", default_value_t = 0)]
    errors: usize,
}

/// Evaluates a clustering and prints the figures.
///
/// # Errors
///
/// If a file cannot be read or is not what its option says, or standard output cannot be written.
pub(crate) fn run(args: EvalArgs) -> anyhow::Result<u8> {
    if let Some(path) = args.pairs.as_deref().filter(|path| is_of_verdicts(path)) {
        return verdicts(&args, path);
    }
    let clusters = args.clusters.as_deref().ok_or_else(|| {
        Usage(
            "no clustering: name a run's folder or a file of clusters before --truth and --pairs \
             (verdicts from a report, as JSON Lines, need none)"
                .into(),
        )
    })?;
    let clusters = clusters::read(clusters)?;
    let truth = args.truth.as_deref().map(read::truth).transpose()?;
    let pairs = args.pairs.as_deref().map(read::pairs).transpose()?;
    let scored = Scored::new(truth, pairs.as_deref().unwrap_or_default());
    ensure!(
        !scored.ids.is_empty(),
        "nothing to score: the truth lists no document (a row a document, `id<TAB>cluster`), and \
         neither do the pairs"
    );
    let descriptions = match &args.docs {
        Some(path) => read::descriptions(path, &scored.ids)?,
        None => Default::default(),
    };
    let evaluation = Evaluation::new(&clusters, &scored, &pairs, &descriptions, args.errors);
    warn_of_unknown(&evaluation)?;
    stdout::print(|out| {
        if args.json {
            json::write(out, &evaluation)
        } else {
            table::write(out, &evaluation, &descriptions)
        }
    })?;
    Ok(exit::DONE)
}

/// Whether the file holds verdicts from a report. One that cannot be read is reported later.
fn is_of_verdicts(path: &Path) -> bool {
    let mut start = Vec::new();
    let file = File::open(path);
    let read = file.and_then(|file| file.take(1 << 12).read_to_end(&mut start));
    read.is_ok() && judged::is_judged(&String::from_utf8_lossy(&start))
}

/// Evaluates a run by what a person said of its pairs.
fn verdicts(args: &EvalArgs, path: &Path) -> anyhow::Result<u8> {
    let other = [
        ("--truth", args.truth.is_some()),
        ("--docs", args.docs.is_some()),
        ("--errors", args.errors > 0),
    ];
    if let Some((flag, _)) = other.iter().find(|(_, given)| *given) {
        return Err(Usage(format!(
            "{flag}: not with verdicts from a report ({}), which are about pairs and not about \
             clusters; leave it out",
            path.display()
        ))
        .into());
    }
    if let Some(run) = args.clusters.as_deref().filter(|run| !run.is_dir()) {
        return Err(Usage(format!(
            "{}: expected the folder of the run that was judged, or nothing",
            run.display()
        ))
        .into());
    }
    let judged = Judged::read(path, args.clusters.as_deref())?;
    stdout::print(|out| match args.json {
        true => judged_show::json(out, &judged),
        false => judged_show::table(out, &judged),
    })?;
    Ok(exit::DONE)
}

fn warn_of_unknown(evaluation: &Evaluation<'_>) -> io::Result<()> {
    let unknown = &evaluation.unknown;
    if let [first, ..] = unknown[..] {
        writeln!(
            io::stderr(),
            "warning: {} ids of the clusters are not scored documents, such as `{}`: not used",
            unknown.len(),
            safe(first, 80)
        )?;
    }
    Ok(())
}
