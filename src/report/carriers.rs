//! Outlets as carriers of stories: how many they carried, how often first, how far behind.

use serde::Serialize;

use super::escape::shown;
use super::model::{Outlet, Report};
use super::words::{count, lag};

/// Outlets in the table.
pub(super) const CARRIERS: usize = 16;
/// Outlets behind "more".
const MORE_CARRIERS: usize = 84;

/// An outlet as a line. Bars are shares of the longest one, in percent.
#[derive(Debug, Serialize)]
pub(super) struct Carrier {
    name: String,
    documents: String,
    stories: String,
    stories_bar: u64,
    first: String,
    first_bar: u64,
    lag: String,
}

/// The outlets that carry most, as lines.
pub(super) fn carriers(report: &Report) -> Vec<Carrier> {
    let mut ranked: Vec<&Outlet> = report
        .outlets
        .iter()
        .filter(|outlet| outlet.stories > 0)
        .collect();
    ranked.sort_by(|a, b| {
        b.stories
            .cmp(&a.stories)
            .then(b.first.cmp(&a.first))
            .then(a.name.cmp(&b.name))
    });
    let longest = ranked.first().map_or(1, |outlet| outlet.stories).max(1);
    let carrier = |outlet: &&Outlet| Carrier {
        name: shown(&outlet.name, 80),
        documents: count(outlet.documents),
        stories: count(outlet.stories),
        stories_bar: outlet.stories * 100 / longest,
        first: count(outlet.first),
        first_bar: outlet.first * 100 / longest,
        lag: outlet.median_lag.map_or("–".to_owned(), lag),
    };
    ranked
        .iter()
        .take(CARRIERS + MORE_CARRIERS)
        .map(carrier)
        .collect()
}
