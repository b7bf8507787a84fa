//! What judged pairs say, for people and for programs.

use std::io::{self, Write};

use serde_json::{Value, json};
use wirecopy::eval::Estimated;

use super::judged::{Counts, Judged, Stratum};
use crate::cli::show::safe;

/// Widest name of a stratum.
const NAME: usize = 30;

/// Writes a table.
pub(super) fn table(out: &mut dyn Write, judged: &Judged) -> io::Result<()> {
    let scores = judged.scores();
    writeln!(
        out,
        "{:NAME$}{:>10}{:>10}{:>8}{:>11}{:>8}",
        "random sample", "compared", "judged", "same", "different", "unsure"
    )?;
    for (name, stratum) in &judged.strata {
        let counts = stratum.counts;
        writeln!(
            out,
            "{:NAME$}{:>10.0}{:>10}{:>8}{:>11}{:>8}",
            safe(name, NAME - 2),
            stratum.population(),
            counts.all(),
            counts.same,
            counts.different,
            counts.unsure
        )?;
    }
    if judged.strata.is_empty() {
        writeln!(out, "no pair of the random sample was judged")?;
    }
    writeln!(out, "\n{:NAME$}{:>10}   95 % interval", "", "estimate")?;
    figure(out, "precision of accepted pairs", scores.precision)?;
    figure(out, "recall among candidates", scores.recall)?;
    writeln!(
        out,
        "\nOf the pairs that were compared, on this corpus: what never became a candidate is not \
         in it.\nUnsure verdicts are left out."
    )?;
    if !judged.drawn_known {
        writeln!(
            out,
            "Sizes are right only if every drawn pair was judged; name the run's folder, and they \
             are read there."
        )?;
    }
    let unjudged: Vec<&str> = unjudged(judged).map(|(name, _)| name.as_str()).collect();
    if !unjudged.is_empty() {
        writeln!(
            out,
            "Not in the estimate, for want of a verdict: {}.",
            safe(&unjudged.join("; "), 400)
        )?;
    }
    let [accepted, refused] = judged.doubtful;
    if accepted.all() + refused.all() > 0 {
        writeln!(
            out,
            "Doubtful pairs were picked and not drawn, so they are not counted: {} accepted \
             ({} same, {} different), {} refused ({} same, {} different).",
            accepted.all(),
            accepted.same,
            accepted.different,
            refused.all(),
            refused.same,
            refused.different
        )?;
    }
    Ok(())
}

/// Strata without a verdict that counts.
fn unjudged(judged: &Judged) -> impl Iterator<Item = (&String, &Stratum)> {
    let none =
        |(_, stratum): &(&String, &Stratum)| stratum.counts.same + stratum.counts.different == 0;
    judged.strata.iter().filter(none)
}

fn figure(out: &mut dyn Write, name: &str, found: Option<Estimated>) -> io::Result<()> {
    match found {
        Some(Estimated { value, low, high }) => {
            writeln!(out, "{name:NAME$}{value:>10.4}   {low:.4} to {high:.4}")
        }
        None => writeln!(out, "{name:NAME$}{:>10}   too little was judged", "-"),
    }
}

/// Writes one object.
pub(super) fn json(out: &mut dyn Write, judged: &Judged) -> io::Result<()> {
    let scores = judged.scores();
    let figure = |found: Option<Estimated>| {
        found.map(
            |Estimated { value, low, high }| json!({ "value": value, "low": low, "high": high }),
        )
    };
    let strata = judged.strata.iter().map(|(name, stratum)| {
        let mut row = counts(stratum.counts);
        row["stratum"] = name.as_str().into();
        row["accepted"] = stratum.accepted.into();
        row["compared"] = stratum.population().into();
        row
    });
    let [accepted, refused] = judged.doubtful;
    let object = json!({
        "precision": figure(scores.precision),
        "recall": figure(scores.recall),
        "strata": strata.collect::<Vec<_>>(),
        "unjudged_strata": unjudged(judged).count(),
        "drawn_known": judged.drawn_known,
        "doubtful_not_counted": { "accepted": counts(accepted), "refused": counts(refused) },
    });
    serde_json::to_writer_pretty(&mut *out, &object)?;
    writeln!(out)
}

fn counts(counts: Counts) -> Value {
    json!({
        "same": counts.same,
        "different": counts.different,
        "unsure": counts.unsure,
    })
}
