//! The model as the page's script reads it: columns and short arrays, nothing said twice.
//!
//! A page may hold 50,000 clusters, so names of fields would be most of it. Clusters are columns;
//! documents, texts and comparisons are arrays by position. Shares are whole thousandths, places
//! in texts are written as distances from the one before. `page/data.js` is the other side.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::escape::{json, opening};
use super::model::{Cluster, Comparison, Member, Report, Text};
use super::view::outlets;
use super::words::day_number;

/// Longest name of an outlet or an agency in the page, in characters.
pub(super) const NAME: usize = 120;
/// Longest title in the page, in characters.
const TITLE: usize = 240;

/// Names, each stored once and referred to by number.
pub(super) struct Names {
    /// Agencies, by name.
    agencies: BTreeMap<String, usize>,
    /// Relations, by name.
    relations: BTreeMap<String, usize>,
    /// Outlets, by number.
    outlets: Vec<String>,
}

impl Names {
    /// The names in a report.
    pub(super) fn of(report: &Report) -> Names {
        let members = || report.clusters.iter().flat_map(|cluster| &cluster.members);
        let number = |names: &mut BTreeMap<String, usize>| {
            (0..)
                .zip(names.values_mut())
                .for_each(|(at, number)| *number = at);
        };
        let mut agencies: BTreeMap<String, usize> = members()
            .filter_map(|member| member.agency.clone())
            .chain(
                report
                    .clusters
                    .iter()
                    .filter_map(|cluster| cluster.agency.clone()),
            )
            .map(|name| (name, 0))
            .collect();
        let mut relations: BTreeMap<String, usize> = members()
            .filter_map(|member| member.relation.clone())
            .map(|name| (name, 0))
            .collect();
        number(&mut agencies);
        number(&mut relations);
        let outlets = (report.outlets.iter())
            .map(|outlet| opening(&outlet.name, NAME))
            .collect();
        Names {
            agencies,
            relations,
            outlets,
        }
    }

    /// What every view of the page needs, as JSON.
    pub(super) fn head(&self, report: &Report) -> String {
        let keys = |names: &BTreeMap<String, usize>| names.keys().cloned().collect::<Vec<_>>();
        json(&json!({
            "folder": super::words::argument(&report.folder),
            "ofIndex": report.of_index,
            "removes": report.removed.is_some(),
            "profile": report.profile,
            "measure": report.measure,
            "threshold": report.threshold,
            "recipe": report.recipe,
            "inputs": report.inputs,
            "outlets": self.outlets,
            "agencies": keys(&self.agencies),
            "relations": keys(&self.relations),
        }))
    }

    fn agency(&self, name: Option<&String>) -> Value {
        name.and_then(|name| self.agencies.get(name))
            .map_or(json!(-1), |&at| json!(at))
    }

    fn relation(&self, name: Option<&String>) -> Option<usize> {
        name.and_then(|name| self.relations.get(name)).copied()
    }

    /// A cluster as a value of each column of [`COLUMNS`], its opening cut to so many characters.
    pub(super) fn row(&self, cluster: &Cluster, letters: usize) -> [String; COLUMNS.len()] {
        let days = (cluster.members.iter()).filter_map(|member| day_number(member.date.as_ref()?));
        let days: BTreeSet<i64> = days.collect();
        let first = days.first();
        let later: Vec<i64> = (days.iter().zip(days.iter().skip(1)))
            .map(|(day, next)| next - day)
            .collect();
        let relations = (cluster.members.iter())
            .filter_map(|member| self.relation(member.relation.as_ref()))
            .fold(0_u32, |all, relation| all | 1 << (relation % 32));
        let shown = match letters {
            0 => String::new(),
            // A story without a headline is called by its opening, which need not be there twice.
            _ if cluster.opening.starts_with(&cluster.title) => String::new(),
            _ => opening(&cluster.opening, letters),
        };
        let gone = (cluster.members.iter()).filter(|member| member.witness.is_some());
        [
            json(&cluster.id),
            json(&opening(&cluster.title, TITLE)),
            json(&shown),
            cluster.members.len().to_string(),
            json(&outlets(cluster)),
            json(&first),
            json(&later),
            relations.to_string(),
            json(&self.agency(cluster.agency.as_ref())),
            gone.count().to_string(),
            cluster.doubted.unwrap_or(0).to_string(),
        ]
    }

    /// The members of a cluster, as JSON.
    pub(super) fn members(&self, cluster: &Cluster) -> String {
        let member = |member: &Member| {
            let title = match &member.title {
                Some(title) if *title == cluster.title => json!(0),
                Some(title) => json!(opening(title, TITLE)),
                None => Value::Null,
            };
            json!([
                member.id,
                member.outlet,
                member.date,
                member.lag,
                u8::from(member.lag_in_days),
                self.relation(member.relation.as_ref()),
                thousandths(member.score),
                thousandths(member.coverage),
                thousandths(member.representative_coverage),
                member.words,
                title,
                self.agency(member.agency.as_ref()),
                member.also_in,
                member.url,
                member.witness,
            ])
        };
        json(&cluster.members.iter().map(member).collect::<Vec<_>>())
    }
}

/// The columns of clusters, in order.
pub(super) const COLUMNS: [&str; 11] = [
    "id",
    "title",
    "opening",
    "size",
    "outlets",
    "day",
    "later",
    "relations",
    "agency",
    "gone",
    "doubted",
];

/// A text, as JSON.
pub(super) fn text(text: &Text) -> String {
    let mut before = 0;
    let mut places = Vec::with_capacity(2 * text.masked.len());
    for &(begin, end) in &text.masked {
        places.extend([distance(before, begin), distance(begin, end)]);
        before = end;
    }
    json(&json!([
        text.id,
        text.outlet.as_ref().map(|name| opening(name, NAME)),
        text.date,
        text.title.as_ref().map(|title| opening(title, TITLE)),
        text.text,
        text.cut,
        places,
        text.url,
    ]))
}

/// A comparison of the texts that are numbered so in the page, as JSON.
pub(super) fn comparison(comparison: &Comparison, a: usize, b: usize) -> String {
    let (mut in_a, mut in_b) = (0, 0);
    let mut runs = Vec::with_capacity(4 * comparison.runs.len());
    for &(begin_a, end_a, begin_b, end_b) in &comparison.runs {
        runs.extend([
            distance(in_a, begin_a),
            distance(begin_a, end_a),
            distance(in_b, begin_b),
            distance(begin_b, end_b),
        ]);
        (in_a, in_b) = (end_a, end_b);
    }
    json(&json!([
        a,
        b,
        u8::from(comparison.accepted),
        comparison.refused,
        u8::from(comparison.same_cluster),
        comparison.relation,
        millionths(comparison.score),
        comparison.parts.map(|(covered, jaccard, substituted)| {
            [covered, jaccard, substituted].map(millionths)
        }),
        millionths(comparison.coverage_a),
        millionths(comparison.coverage_b),
        runs,
        comparison.facts_a,
        comparison.facts_b,
    ]))
}

fn distance(from: u32, to: u32) -> i64 {
    i64::from(to) - i64::from(from)
}

/// A share in whole thousandths. JSON has no infinities: what is no number is 0.
#[expect(
    clippy::cast_possible_truncation,
    reason = "floats saturate, and shares are small"
)]
fn thousandths(share: f64) -> i64 {
    (share * 1000.0).round() as i64
}

/// A figure with six digits behind the point.
fn millionths(figure: f64) -> f64 {
    let rounded = (figure * 1e6).round() / 1e6;
    if rounded.is_finite() { rounded } else { 0.0 }
}
