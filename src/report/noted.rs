//! What is noted of a run beside its results: what was compared, masked, rejected, capped or doubted.

use serde::Serialize;

use super::escape::shown;
use super::model::{Masked, Report};
use super::part::Part;
use super::words::{count, counted, percent};
use crate::date::APART;

/// Sources of which much is masked that are named.
const DOUBTED: usize = 12;

/// Something noted.
#[derive(Debug, Serialize)]
pub(super) struct Noted {
    what: &'static str,
    said: String,
    /// What the list of stories is filtered by, if there is one.
    list: Option<&'static str>,
}

/// All of it.
pub(super) fn noted(report: &Report, part: &Part<'_>) -> Vec<Noted> {
    let counts = &report.counts;
    let mut noted = Vec::new();
    let mut note = |what, said: String| {
        noted.push(Noted {
            what,
            said,
            list: None,
        });
    };
    if !report.of_index {
        let candidates: u64 = (report.similarities.iter())
            .map(|bin| bin.accepted + bin.refused)
            .sum();
        let more = match counts.compared.saturating_sub(candidates) {
            0 => String::new(),
            more => format!(
                " ({} candidates, {} more while stories were joined)",
                count(candidates),
                count(more)
            ),
        };
        let accepted = count(counts.accepted);
        note(
            "Pairs compared",
            format!(
                "{}{more}, of which {accepted} were accepted",
                count(counts.compared)
            ),
        );
    }
    if let Some(masked) = &report.masked {
        masks(masked, &mut note);
    }
    if part.outlets.is_empty() && counts.documents > 0 {
        let none = "unknown: they are read from url or source, and a value that all records have names none";
        note("Outlets", none.to_owned());
    }
    if report.days.is_empty() && counts.documents > 0 {
        note(
            "Dates",
            "no document has one, so nobody can be said to be first".to_owned(),
        );
    }
    if !report.of_index {
        let rejected = match counts.rejected {
            0 => "no record".to_owned(),
            many => format!(
                "{}, listed in rejected.jsonl",
                counted(many, "record", "records")
            ),
        };
        note("Rejected", rejected);
        if counts.thin > 0 {
            let documents = counted(counts.thin, "document", "documents");
            note(
                "Too short to compare",
                format!("{documents}: only equals are found"),
            );
        }
        for (bound, reached) in &report.bounds {
            let times = counted(*reached, "time", "times");
            note("Bound reached", format!("{}: {times}", shown(bound, 160)));
        }
        if report.bounds.is_empty() {
            note("Capped", "no bound of the work was reached".to_owned());
        }
    }
    if part.doubted > 0 {
        let stories = counted(part.doubted, "story", "stories");
        noted.push(Noted {
            what: "Dates to check",
            said: format!("{stories} whose first copy is {APART} days or more before all others: nobody counts as first there"),
            list: Some("?dates=doubted"),
        });
    }
    noted
}

fn masks(masked: &Masked, note: &mut impl FnMut(&'static str, String)) {
    let (share, words) = (percent(masked.masked, masked.words), count(masked.words));
    let said = format!("{} of {words} words ({share})", count(masked.masked));
    note("Masked as boilerplate", said);
    for (name, documents, share) in masked.doubted.iter().take(DOUBTED) {
        let documents = counted(*documents, "document", "documents");
        let (name, share) = (shown(name, 80), share * 100.0);
        note(
            "Much is masked",
            format!("{name}: {share:.0} % of {documents}. Look at one of them."),
        );
    }
    let more = masked.doubted.len().saturating_sub(DOUBTED) as u64;
    if more > 0 {
        let outlets = counted(more, "more outlet", "more outlets");
        note("Much is masked", format!("{outlets}, named in run.json"));
    }
}
