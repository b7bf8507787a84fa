//! How many clusters are how large, both axes logarithmic: a straight fall is a power law.

use std::collections::BTreeMap;

use super::super::model::Report;
use super::super::words::{count, counted};
use super::{Chart, Frame};

pub(in super::super) fn sizes(report: &Report, clusters: &[usize]) -> Chart {
    let mut by_size: BTreeMap<u64, u64> = BTreeMap::new();
    for &at in clusters {
        *by_size
            .entry(report.clusters[at].members.len() as u64)
            .or_default() += 1;
    }
    let says = says(&by_size, clusters.len() as u64);
    let svg = if by_size.is_empty() {
        String::new()
    } else {
        draw(&by_size).svg(&says)
    };
    Chart {
        title: "How large the clusters are".to_owned(),
        says,
        svg,
        legend: Vec::new(),
    }
}

fn says(by_size: &BTreeMap<u64, u64>, clusters: u64) -> String {
    let (Some((least, _)), Some((most, _))) = (by_size.first_key_value(), by_size.last_key_value())
    else {
        return "There are no clusters.".to_owned();
    };
    let mut below = 0;
    let half = by_size.iter().find(|&(_, &many)| {
        below += many;
        below * 2 >= clusters
    });
    let half = half.map_or(*most, |(&size, _)| size);
    format!(
        "{} of {} to {} documents; half of them have {} or fewer.",
        counted(clusters, "cluster", "clusters"),
        count(*least),
        count(*most),
        count(half)
    )
}

fn draw(by_size: &BTreeMap<u64, u64>) -> Frame {
    let most = by_size.values().copied().max().unwrap_or(1);
    let largest = by_size.keys().copied().max().unwrap_or(2).max(10);
    // Sizes begin at 2. A tenth of the height below one cluster keeps its dot off the axis.
    let across =
        |size: u64| (size as f64 / 2.0).ln() / (largest as f64 / 2.0).ln().max(0.1) * 0.96 + 0.02;
    let top = (most.max(10) as f64).ln();
    let up = |many: u64| 0.08 + 0.88 * (many as f64).ln() / top;
    let mut frame = Frame::new();
    let tens = |most: u64| {
        std::iter::successors(Some(1_u64), |at| at.checked_mul(10))
            .take_while(move |&at| at <= most)
    };
    frame.rows(
        &tens(most.max(10))
            .map(|at| (up(at), count(at)))
            .collect::<Vec<_>>(),
    );
    let ticks = [
        2, 3, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 100_000,
    ];
    let dense = largest > 200;
    let ticks: Vec<_> = (ticks.into_iter())
        .filter(|&at| at <= largest && !(dense && [3, 20, 200, 2000].contains(&at)))
        .map(|at| (across(at), count(at)))
        .collect();
    frame.columns(&ticks, "documents in a cluster, log");
    for (&size, &many) in by_size {
        let title = format!(
            "{} of {} documents",
            counted(many, "cluster", "clusters"),
            count(size)
        );
        frame.line("stem", &[(across(size), 0.0), (across(size), up(many))]);
        frame.dot("dot", (across(size), up(many)), &title);
    }
    frame
}
