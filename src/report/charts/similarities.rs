//! How alike the compared pairs were, accepted and refused, around the threshold.

use super::super::model::{Bin, Report};
use super::super::words::count;
use super::{Chart, Frame, counted_rows};

/// Width of a bin.
const BIN: f64 = 0.05;

pub(in super::super) fn similarities(report: &Report) -> Chart {
    let title = format!("How alike compared pairs were ({})", measure(report));
    let bins = &report.similarities;
    // Pairs that shared a key by chance are many in the lowest bin, and would flatten all others.
    let (low, high): (Vec<&Bin>, Vec<&Bin>) = bins.iter().partition(|bin| bin.from < BIN);
    let chance: u64 = low.iter().map(|bin| bin.refused).sum();
    let highest = (high.iter().map(|bin| bin.accepted + bin.refused)).max();
    let is_cut = low.iter().all(|bin| bin.accepted == 0)
        && highest.is_some_and(|highest| chance > 3 * highest);
    let cut = if is_cut { chance } else { 0 };
    let bins: Vec<&Bin> = if is_cut { high } else { bins.iter().collect() };
    let (accepted, refused): (u64, u64) = (bins.iter()).fold((0, cut), |(yes, no), bin| {
        (yes + bin.accepted, no + bin.refused)
    });
    if accepted + refused == 0 {
        return Chart {
            title,
            says: "No pair was compared.".to_owned(),
            svg: String::new(),
            legend: Vec::new(),
        };
    }
    let mut says = format!(
        "{} pairs accepted, {} refused; the threshold is {}.",
        count(accepted),
        count(refused),
        report.threshold
    );
    if cut > 0 {
        says += &format!(
            " Not drawn: {} refused below {BIN}, met by chance.",
            count(cut)
        );
    }
    let most = bins.iter().map(|bin| bin.accepted + bin.refused).max();
    let (rows, top) = counted_rows(most.unwrap_or(0));
    let mut frame = Frame::new();
    frame.rows(&rows);
    let ticks = [0.0, 0.25, 0.5, 0.75, 1.0].map(|at| (at, at.to_string()));
    frame.columns(&ticks, &format!("{}, a bar is .05", measure(report)));
    for bin in &bins {
        // Pairs of exactly 1 have a bin of their own, drawn at the edge.
        let from = bin.from.clamp(0.0, 1.0 - BIN);
        let across = (from + 0.004, from + BIN - 0.004);
        let title = format!(
            "{:.2} to {:.2}: {} accepted, {} refused",
            bin.from,
            bin.from + BIN,
            count(bin.accepted),
            count(bin.refused)
        );
        let refused = bin.refused as f64 / top;
        frame.bar("pale", across, (0.0, refused), &title);
        frame.bar(
            "full",
            across,
            (refused, refused + bin.accepted as f64 / top),
            &title,
        );
    }
    frame.mark(
        report.threshold.clamp(0.0, 1.0),
        &format!("threshold {}", report.threshold),
    );
    Chart {
        title,
        svg: frame.svg(&says),
        says,
        legend: vec![("full", "accepted"), ("pale", "refused")],
    }
}

/// What is on the axis.
fn measure(report: &Report) -> &'static str {
    if report.measure == "jaccard" {
        "Jaccard similarity"
    } else {
        "score"
    }
}
