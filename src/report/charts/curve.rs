//! The S-curve: how likely two documents of some similarity are ever compared.

use super::super::model::Report;
use super::{Chart, Frame};

pub(in super::super) fn curve(report: &Report) -> Chart {
    let title = "What is looked at: the S-curve".to_owned();
    let points: Vec<(f64, f64)> = (report.curve.iter())
        .map(|&(s, p)| (s.clamp(0.0, 1.0), p.clamp(0.0, 1.0)))
        .collect();
    let Some(half) = points.iter().find(|&&(_, chance)| chance >= 0.5) else {
        return Chart {
            title,
            says: "The model holds no S-curve.".to_owned(),
            svg: String::new(),
            legend: Vec::new(),
        };
    };
    let nearly = points
        .iter()
        .find(|&&(_, chance)| chance >= 0.99)
        .unwrap_or(half);
    let says = format!(
        "Two documents of Jaccard similarity {:.2} are compared half of the time, from {:.2} on in 99 of 100 cases.",
        half.0, nearly.0
    );
    let mut frame = Frame::new();
    let percents = [(0.0, "0 %"), (0.5, "50 %"), (1.0, "100 %")];
    frame.rows(&percents.map(|(at, name)| (at, name.to_owned())));
    let ticks = [0.0, 0.25, 0.5, 0.75, 1.0].map(|at| (at, at.to_string()));
    frame.columns(&ticks, "Jaccard similarity of what is compared");
    frame.line("curve", &points);
    Chart {
        title,
        svg: frame.svg(&says),
        says,
        legend: Vec::new(),
    }
}
