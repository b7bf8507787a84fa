//! How much was published when, and how much of it was new: documents and distinct stories a day,
//! a week or a month, so that there are never more bars than one can see.

use std::collections::BTreeMap;

use super::super::model::Report;
use super::super::words::{count, day, day_number};
use super::{Chart, Frame, counted_rows};

/// Most bars.
const BARS: i64 = 120;

pub(in super::super) fn days(report: &Report) -> Chart {
    let known: Vec<(i64, &str, u64, u64)> = (report.days.iter())
        .filter_map(|at| Some((day_number(&at.day)?, &*at.day, at.documents, at.stories)))
        .collect();
    let title = |unit: &str| format!("Documents and distinct stories a {unit}");
    let (Some(first), Some(last)) = (known.first(), known.last()) else {
        return Chart {
            title: title("day"),
            says: "No document has a date, so nobody can say who was first.".to_owned(),
            svg: String::new(),
            legend: Vec::new(),
        };
    };
    let (span, begin) = (last.0 - first.0 + 1, first.0);
    let (unit, length) = match span {
        ..=BARS => ("day", 1),
        span if span <= 7 * BARS => ("week", 7),
        span => ("month", (span / BARS + 1).max(30)),
    };
    let mut bars: BTreeMap<i64, (String, u64, u64)> = BTreeMap::new();
    for (number, name, documents, stories) in known {
        let bar = (bars.entry((number - begin) / length)).or_insert_with(|| (day(name), 0, 0));
        bar.1 += documents;
        bar.2 += stories;
    }
    let most = bars.values().map(|bar| bar.1).max().unwrap_or(0);
    let all: u64 = bars.values().map(|bar| bar.1).sum();
    let says = format!(
        "{} dated documents from {} to {}; at most {} a {unit}.",
        count(all),
        day(&report.days[0].day),
        day(&report.days[report.days.len() - 1].day),
        count(most)
    );
    let mut frame = Frame::new();
    let (rows, top) = counted_rows(most);
    frame.rows(&rows);
    let slots = (span + length - 1) / length;
    let part = |slot: i64| slot as f64 / slots as f64;
    // Three names have room on a narrow screen too: the middles of three thirds.
    let every = (slots + 2) / 3;
    let ticks: Vec<_> = (bars.iter())
        .filter(|(slot, _)| *slot % every == every / 2)
        .map(|(&slot, bar)| (part(slot), bar.0.clone()))
        .collect();
    frame.columns(&ticks, &format!("a bar is a {unit}"));
    let gap = 0.12 / slots as f64;
    for (&slot, (name, documents, stories)) in &bars {
        let across = (part(slot) + gap, part(slot + 1) - gap);
        let title = format!(
            "{name}: {} documents, {} distinct stories",
            count(*documents),
            count(*stories)
        );
        let up = |many: u64| many as f64 / top;
        frame.bar("pale", across, (0.0, up(*documents)), &title);
        frame.bar("full", across, (0.0, up(*stories)), &title);
    }
    Chart {
        title: title(unit),
        svg: frame.svg(&says),
        says,
        legend: vec![("pale", "documents"), ("full", "distinct stories")],
    }
}
