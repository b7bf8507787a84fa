//! `wirecopy curve`: which copies will a banding find, and which will it miss?
//!
//! A search by MinHash-LSH is a lottery whose odds are known: a pair of Jaccard similarity `s`
//! becomes a candidate with probability `1 − (1 − s^rows)^bands`. Candidates are verified on the
//! text, so the curve says what is missed; nothing below the threshold is reported.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Context;
use wirecopy::Recipe;
use wirecopy::output::write_whole;
use wirecopy::similarity::Threshold;
use wirecopy::sketch::Banding;

use super::exit::{self, Usage};
use super::{curve_svg, stdout};

/// Widest bar of the table, in characters.
const BAR: usize = 40;
/// The table has a row every so many hundredths of similarity.
const STEP: u32 = 5;

/// Show the S-curve of `near`: what share of the copies of each similarity will be found.
///
/// The figures are of the `near` profile and of its Jaccard similarity, also the default of
/// --threshold; `wire` has a banding and a measure of its own. Pairs of documents are compared only if their sketches agree in a whole band. The banding is
/// the cheapest that finds the asked share of the pairs exactly as similar as the threshold; of
/// more similar pairs it finds more. Or give a banding with --bands and --rows.
#[derive(Debug, clap::Args)]
pub(crate) struct CurveArgs {
    /// Least Jaccard similarity of a copy, above 0 and at most 1: the --threshold of near.
    #[arg(short, long, value_name = "SIMILARITY", default_value_t = Recipe::default_near().threshold())]
    threshold: Threshold,

    /// Share of the pairs exactly at the threshold that is to be found, between 0 and 1.
    #[arg(
        long,
        value_name = "SHARE",
        default_value_t = Recipe::RECALL,
        conflicts_with = "bands"
    )]
    recall: f64,

    /// Bands of a banding given by hand. More bands find more.
    #[arg(long, value_name = "B", requires = "rows")]
    bands: Option<u32>,

    /// Rows of each band. More rows are stricter.
    #[arg(long, value_name = "R", requires = "bands")]
    rows: Option<u32>,

    /// Write the curve as a picture, `-` for standard output instead of the table.
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
}

/// Prints the curve.
///
/// # Errors
///
/// If there is no such banding, or the picture or standard output cannot be written.
pub(crate) fn run(args: CurveArgs) -> anyhow::Result<u8> {
    let banding = match args.bands.zip(args.rows) {
        Some((bands, rows)) => Banding::new(bands, rows)
            .map_err(|error| Usage(format!("--bands {bands} --rows {rows}: {error}")))?,
        None => Banding::for_recall(args.threshold, args.recall).map_err(|error| {
            Usage(format!(
                "--threshold {} --recall {}: {error}",
                args.threshold, args.recall
            ))
        })?,
    };
    match args.svg {
        Some(path) if path.as_os_str() == "-" => {
            let picture = curve_svg::draw(banding, args.threshold);
            stdout::print(|out| out.write_all(picture.as_bytes()))?;
        }
        Some(path) => {
            write_whole(&path, curve_svg::draw(banding, args.threshold).as_bytes())
                .with_context(|| format!("cannot write the picture to {}", path.display()))?;
            stdout::print(|out| table(out, banding, args.threshold))?;
        }
        None => stdout::print(|out| table(out, banding, args.threshold))?,
    }
    Ok(exit::DONE)
}

/// The similarity of which half the pairs are found: `(1 − (1/2)^(1/bands))^(1/rows)`.
pub(super) fn even_odds(banding: Banding) -> f64 {
    let band_agrees = -f64::exp_m1(-std::f64::consts::LN_2 / f64::from(banding.bands()));
    band_agrees.powf(1.0 / f64::from(banding.rows()))
}

fn table(out: &mut dyn Write, banding: Banding, threshold: Threshold) -> io::Result<()> {
    let at_threshold = banding.candidate_probability(threshold.get());
    writeln!(
        out,
        "banding     {banding}: {} bands of {} rows, {} slots",
        banding.bands(),
        banding.rows(),
        banding.slots()
    )?;
    writeln!(
        out,
        "recall      {at_threshold:.4} of the pairs exactly at the threshold {threshold}"
    )?;
    writeln!(out, "even odds   at similarity {:.3}", even_odds(banding))?;
    writeln!(out, "\nsimilarity     found")?;
    let mut rows: Vec<(f64, &str)> = (0..=100 / STEP)
        .map(|row| (f64::from(row * STEP) / 100.0, ""))
        .collect();
    let place = rows.partition_point(|&(similarity, _)| similarity < threshold.get());
    match rows.get_mut(place) {
        Some(row) if row.0 == threshold.get() => row.1 = " threshold",
        _ => rows.insert(place, (threshold.get(), " threshold")),
    }
    for (similarity, mark) in rows {
        let found = banding.candidate_probability(similarity);
        let shown = format!("{similarity:<10} {found:9.4}  {:BAR$}{mark}", bar(found));
        writeln!(out, "{}", shown.trim_end())?;
    }
    Ok(())
}

fn bar(share: f64) -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0..=BAR
    let length = (share.clamp(0.0, 1.0) * BAR as f64).round() as usize;
    "█".repeat(length)
}
