//! Outlets as carriers of stories: how many they carried, how often first, how far behind.

use serde::Serialize;

use super::escape::{opening, shown};
use super::model::Outlet;
use super::words::{address, count, counted, lag};

/// Outlets in the table.
pub(super) const CARRIERS: usize = 16;
/// Outlets behind "more".
const MORE_CARRIERS: usize = 84;
/// Outlets without a story with copies that are named.
const WITHOUT: usize = 12;

/// An outlet as a line. Bars are shares of the longest one, in percent.
#[derive(Debug, Serialize)]
pub(super) struct Carrier {
    name: String,
    /// The address of its stories.
    list: String,
    documents: String,
    stories: String,
    shared: String,
    /// Stories with others.
    shared_bar: u64,
    /// All of its stories.
    stories_bar: u64,
    first: String,
    lag: String,
}

/// The outlets that carry most, as lines.
pub(super) fn carriers(outlets: &[Outlet]) -> Vec<Carrier> {
    let mut ranked: Vec<&Outlet> = outlets.iter().filter(|outlet| outlet.stories > 0).collect();
    ranked.sort_by(|a, b| {
        (b.shared.cmp(&a.shared))
            .then(b.stories.cmp(&a.stories))
            .then(b.first.cmp(&a.first))
            .then(a.name.cmp(&b.name))
    });
    let longest = ranked
        .iter()
        .map(|outlet| outlet.stories)
        .max()
        .unwrap_or(1);
    let carrier = |outlet: &&Outlet| Carrier {
        name: shown(&outlet.name, 80),
        list: address(&[("outlet", &opening(&outlet.name, super::encode::NAME))]),
        documents: count(outlet.documents),
        stories: count(outlet.stories),
        shared: count(outlet.shared),
        shared_bar: outlet.shared * 100 / longest,
        stories_bar: outlet.stories * 100 / longest,
        first: count(outlet.first),
        lag: match outlet.median_lag {
            None => "–".to_owned(),
            // Where dates have no time of day, nothing is known of hours.
            Some(..86_400) if outlet.lags_in_days => "under 1 day".to_owned(),
            Some(seconds) if outlet.lags_in_days => format!("{:.0} d", seconds as f64 / 86_400.0),
            Some(seconds) => lag(seconds),
        },
    };
    (ranked.iter().take(CARRIERS + MORE_CARRIERS))
        .map(carrier)
        .collect()
}

/// What there is to say of outlets that are not in the table.
pub(super) fn unlisted(outlets: &[Outlet], listed: usize) -> Vec<String> {
    let (carrying, without): (Vec<&Outlet>, Vec<&Outlet>) =
        outlets.iter().partition(|outlet| outlet.stories > 0);
    let mut said = Vec::new();
    let less = (carrying.len() - listed) as u64;
    if less > 0 {
        let outlets = counted(less, "outlet carries", "outlets carry");
        said.push(format!(
            "{outlets} less. All can be chosen in the filter of the stories."
        ));
    }
    let many = counted(without.len() as u64, "outlet has", "outlets have");
    let names: Vec<String> = (without.iter().take(WITHOUT))
        .map(|outlet| {
            format!(
                "{} ({})",
                shown(&outlet.name, 80),
                counted(outlet.documents, "document", "documents")
            )
        })
        .collect();
    match without.len() {
        0 => {}
        1..=WITHOUT => said.push(format!(
            "{many} no story with copies: {}.",
            names.join(", ")
        )),
        _ => said.push(format!("{many} no story with copies.")),
    }
    said
}
