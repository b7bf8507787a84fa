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
    let by_day = by_day(report);
    let mut ranked: Vec<(&Outlet, bool)> = (report.outlets.iter().zip(by_day))
        .filter(|(outlet, _)| outlet.stories > 0)
        .collect();
    ranked.sort_by(|(a, _), (b, _)| {
        (b.stories.cmp(&a.stories))
            .then(b.first.cmp(&a.first))
            .then(a.name.cmp(&b.name))
    });
    let longest = ranked.first().map_or(1, |(outlet, _)| outlet.stories);
    let carrier = |&(outlet, by_day): &(&Outlet, bool)| Carrier {
        name: shown(&outlet.name, 80),
        documents: count(outlet.documents),
        stories: count(outlet.stories),
        stories_bar: outlet.stories * 100 / longest,
        first: count(outlet.first),
        first_bar: outlet.first * 100 / longest,
        lag: match outlet.median_lag {
            None => "–".to_owned(),
            // Where dates have no time of day, nothing is known of minutes.
            Some(..86_400) if by_day => "same day".to_owned(),
            Some(seconds) => lag(seconds),
        },
    };
    (ranked.iter().take(CARRIERS + MORE_CARRIERS))
        .map(carrier)
        .collect()
}

/// Of each outlet, whether a lag of its documents is in whole days.
fn by_day(report: &Report) -> Vec<bool> {
    let mut by_day: Vec<bool> = (report.outlets.iter())
        .map(|outlet| outlet.lags_in_days)
        .collect();
    for member in report.clusters.iter().flat_map(|cluster| &cluster.members) {
        let known = (member.outlet).and_then(|outlet| by_day.get_mut(outlet as usize));
        if let Some(known) = known {
            *known |= member.lag_in_days;
        }
    }
    by_day
}
