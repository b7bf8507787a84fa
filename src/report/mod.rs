//! The page people look at: who carried which story, when, and what they changed.
//!
//! [`page`] draws a saved [`Report`] as one self-contained HTML file, [`pair_page`] two texts side
//! by side. Both are pure functions with the same bytes for the same model: no clock, no network,
//! no file.

pub mod model;

mod escape;
mod saved;
mod view;

pub use model::Report;
pub use saved::{FILE, PAGE, SavedError};
pub use view::{DEFAULT_BUDGET, View};

/// The report as one HTML file. To be replaced by the page itself.
pub fn page(report: &Report, view: &View) -> String {
    let clusters = view.clusters(report).into_iter();
    let ids: Vec<&str> = clusters.map(|at| report.clusters[at].id.as_str()).collect();
    let data = escape::json(&(view.in_words(), ids));
    format!("<!doctype html>\n<script type=\"application/json\">{data}</script>\n")
}

/// Two texts side by side. To be replaced by the page itself.
pub fn pair_page(report: &Report) -> String {
    let data = escape::json(&(&report.texts, &report.comparisons));
    format!("<!doctype html>\n<script type=\"application/json\">{data}</script>\n")
}
