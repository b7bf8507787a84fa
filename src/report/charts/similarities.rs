//! How alike the compared pairs were, accepted and refused, around the threshold.
//!
//! The axis goes from 0 to the highest score there is. Pairs that have it are identical, pairs below 0 differ in more
//! than they share: both have a bar of their own at their end.

use super::super::model::{Bin, Report};
use super::super::words::count;
use super::{Chart, Frame, counted_rows};

/// Width of a bin.
const BIN: f64 = 0.05;

/// What is drawn where, in bins from the left.
struct Axis {
    /// Bins between 0 and the top.
    bins: f64,
    /// Room on the left for what is below 0.
    below: f64,
}

/// Room of the bar of identical pairs on the right, with a gap before it.
const IDENTICAL: f64 = 1.5;

impl Axis {
    fn of(report: &Report, bins: &[&Bin]) -> Axis {
        Axis {
            bins: (top(report) / BIN).round(),
            below: if bins.iter().any(|bin| bin.from < -BIN / 2.0) {
                1.5
            } else {
                0.0
            },
        }
    }

    fn part(&self, bins: f64) -> f64 {
        (self.below + bins) / (self.below + self.bins + IDENTICAL)
    }

    /// From where to where the bar of a bin goes.
    fn bar(&self, from: f64) -> (f64, f64) {
        let gap = 0.08;
        let first = match (from / BIN).round() {
            at if at < 0.0 => -self.below,
            at if at >= self.bins => self.bins + IDENTICAL - 1.0,
            at => at,
        };
        (self.part(first + gap), self.part(first + 1.0 - gap))
    }
}

/// The highest score there is.
fn top(report: &Report) -> f64 {
    if report.measure == "jaccard" {
        1.0
    } else {
        2.0
    }
}

pub(in super::super) fn similarities(report: &Report) -> Chart {
    let title = format!("How alike compared pairs were ({})", measure(report));
    let bins = &report.similarities;
    // Pairs that shared a key by chance are many in the lowest bins, and would flatten all others.
    let (low, high): (Vec<&Bin>, Vec<&Bin>) = bins.iter().partition(|bin| bin.from < BIN / 2.0);
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
        "Of the candidates {} were accepted, {} refused; the threshold is {}.",
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
    Chart {
        title,
        svg: draw(report, &bins).svg(&says),
        says,
        legend: vec![("full", "accepted"), ("pale", "refused")],
    }
}

fn draw(report: &Report, bins: &[&Bin]) -> Frame {
    let (axis, top) = (Axis::of(report, bins), top(report));
    let bars = joined(bins, top);
    let most = bars.iter().map(|bar| bar.accepted + bar.refused).max();
    let (rows, highest) = counted_rows(most.unwrap_or(0));
    let mut frame = Frame::new();
    frame.rows(&rows);
    let round = [0.0, 0.25, 0.5, 0.75].map(|part| part * top);
    let mut ticks: Vec<_> = (round.iter())
        .map(|at| (axis.part(at / BIN), at.to_string()))
        .collect();
    ticks.push((
        axis.part(axis.bins + IDENTICAL - 0.5),
        "identical".to_owned(),
    ));
    frame.columns(&ticks, &format!("{}, a bar is .05", measure(report)));
    for bar in &bars {
        let across = axis.bar(bar.from);
        let range = match bar.from {
            from if from < -BIN / 2.0 => "below 0".to_owned(),
            from if from >= top - BIN / 2.0 => "identical".to_owned(),
            from => format!("{from:.2} to {:.2}", from + BIN),
        };
        let title = format!(
            "{range}: {} accepted, {} refused",
            count(bar.accepted),
            count(bar.refused)
        );
        let refused = bar.refused as f64 / highest;
        frame.bar("pale", across, (0.0, refused), &title);
        let accepted = bar.accepted as f64 / highest;
        frame.bar("full", across, (refused, refused + accepted), &title);
    }
    let threshold = axis.part(report.threshold.clamp(0.0, top) / BIN);
    frame.mark(threshold, &format!("threshold {}", report.threshold));
    frame
}

/// The bins with all below 0 as one.
fn joined(bins: &[&Bin], top: f64) -> Vec<Bin> {
    let mut bars: Vec<Bin> = Vec::new();
    for &bin in bins {
        let from = match bin.from {
            from if from < -BIN / 2.0 => -BIN,
            from => from.min(top),
        };
        match bars.last_mut() {
            Some(last) if (last.from - from).abs() < BIN / 2.0 => {
                last.accepted += bin.accepted;
                last.refused += bin.refused;
            }
            _ => bars.push(Bin {
                from,
                ..bin.clone()
            }),
        }
    }
    bars
}

/// What is on the axis.
fn measure(report: &Report) -> &'static str {
    if report.measure == "jaccard" {
        "Jaccard similarity"
    } else {
        "score"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bin(from: f64, accepted: u64, refused: u64) -> Bin {
        Bin {
            from,
            accepted,
            refused,
        }
    }

    /// The figures after a word in a text.
    fn numbers(text: &str, before: &str) -> u64 {
        let parts = text.split(before);
        let number = |part: &str| {
            let digits = part.rsplit([' ', '>']).find(|word| !word.is_empty());
            digits.and_then(|digits| digits.replace(',', "").parse::<u64>().ok())
        };
        let mut parts: Vec<&str> = parts.collect();
        parts.pop();
        parts.into_iter().filter_map(number).sum()
    }

    #[test]
    fn heights_come_to_what_is_said() {
        let report = Report {
            measure: "score".to_owned(),
            threshold: 0.7,
            similarities: vec![
                bin(-0.4, 0, 2),
                bin(-0.05, 0, 1),
                bin(0.0, 0, 9),
                bin(0.6, 0, 8),
                bin(0.7, 40, 3),
                bin(1.5, 1_200, 0),
                bin(1.95, 7, 0),
                bin(2.0, 113, 0),
            ],
            ..Report::default()
        };
        let chart = similarities(&report);
        assert!(
            chart.says.contains("1,360 were accepted, 23 refused"),
            "{}",
            chart.says
        );
        // Every bar says its figures twice, refused and accepted being two pieces of it.
        assert_eq!(numbers(&chart.svg, " accepted, "), 2 * 1_360);
        assert_eq!(numbers(&chart.svg, " refused</title>"), 2 * 23);
        // No two bars are at one place, and none is outside.
        let places: Vec<f64> = (chart.svg.split("<rect ").skip(1))
            .map(|rect| {
                rect.split("x=\"")
                    .nth(1)
                    .unwrap()
                    .split('"')
                    .next()
                    .unwrap()
                    .parse()
                    .unwrap()
            })
            .collect();
        let mut distinct = places.clone();
        distinct.dedup();
        assert_eq!((places.len(), distinct.len()), (14, 7));
        assert!(distinct.is_sorted());
        for said in [
            "identical: 113 accepted",
            "below 0: 0 accepted, 3 refused",
            ">1.5</text>",
        ] {
            assert!(chart.svg.contains(said), "{said}");
        }
    }

    #[test]
    fn what_met_by_chance_is_said_and_not_drawn() {
        let report = Report {
            measure: "jaccard".to_owned(),
            threshold: 0.8,
            similarities: vec![bin(0.0, 0, 900), bin(0.85, 5, 0), bin(1.0, 4, 0)],
            ..Report::default()
        };
        let chart = similarities(&report);
        assert!(
            chart.says.contains("9 were accepted, 900 refused"),
            "{}",
            chart.says
        );
        assert!(chart.says.contains("Not drawn: 900"), "{}", chart.says);
        assert!(
            chart.svg.contains("identical: 4 accepted")
                && !chart.svg.contains("900 refused</title>")
        );
    }
}
