//! What the templates show: figures as text, charts as drawings, the first rows of the table.
//!
//! The templates print and decide nothing but what is empty. Everything here is escaped by them,
//! but for the drawings, which hold no text of the corpus.

use minijinja::Value;
use serde::Serialize;

use super::carriers::{CARRIERS, Carrier, carriers, unlisted};
use super::charts::{self, Chart};
use super::escape::shown;
use super::heading::{self, Figure};
use super::left_out::Said;
use super::model::{Cluster, Report};
use super::noted::{Noted, noted};
use super::part::Part;
use super::view::{View, outlets};
use super::words::{count, counted, day};

/// Rows of the table that are readable without a script.
const FIRST_ROWS: usize = 40;
/// Stories in the list of the most carried ones.
const MOST_CARRIED: usize = 8;

/// The overview and the beginning of the table.
#[derive(Debug, Serialize)]
pub(super) struct Overview {
    version: String,
    inputs: String,
    title: String,
    heading: String,
    standfirst: String,
    narrowed: Option<String>,
    figures: Vec<Figure>,
    carried: Vec<Row>,
    /// Whether the stories that were carried most are ordered by outlets.
    by_outlets: bool,
    charts: Vec<Drawn>,
    method_charts: Vec<Drawn>,
    carriers: Vec<Carrier>,
    less_carrying: Vec<Carrier>,
    less: String,
    of_index: bool,
    removes: bool,
    unlisted: Vec<String>,
    in_words: Vec<String>,
    recipe: String,
    noted: Vec<Noted>,
    pub(super) left_out: Said,
    rows: Vec<Row>,
    clusters: String,
    stories: String,
    more_rows: u64,
    doubtful: usize,
    sample: usize,
}

/// A chart whose drawing is not escaped.
#[derive(Debug, Serialize)]
struct Drawn {
    #[serde(flatten)]
    chart: Chart,
    drawing: Value,
}

/// A cluster as a line.
#[derive(Debug, Serialize)]
struct Row {
    id: String,
    title: String,
    opening: String,
    size: String,
    outlets: String,
    first: String,
    day: String,
    agency: String,
    doubted: bool,
}

impl Overview {
    /// What there is to say of a report and the clusters of a view.
    pub(super) fn of(report: &Report, view: &View, clusters: &[usize]) -> Overview {
        let part = Part::of(report, view, clusters);
        let mut carriers = carriers(&part.outlets);
        let unlisted = unlisted(&part.outlets, carriers.len());
        let less_carrying = carriers.split_off(carriers.len().min(CARRIERS));
        let by_outlets = part.shared > 0;
        let mut method = vec![charts::curve(report)];
        if !report.of_index {
            method.insert(0, charts::similarities(report));
        }
        Overview {
            version: report.version.clone(),
            inputs: heading::inputs(report),
            title: heading::title(report, view, &part),
            heading: heading::heading(report, view, &part),
            standfirst: heading::standfirst(report, &part),
            narrowed: heading::narrowed(report, &part),
            figures: heading::figures(&part),
            carried: listed(report, clusters, by_outlets, MOST_CARRIED),
            by_outlets,
            charts: drawn([charts::sizes(report, clusters), charts::days(&part.days)]),
            method_charts: drawn(method),
            less: counted(less_carrying.len() as u64, "more outlet", "more outlets"),
            unlisted,
            of_index: report.of_index,
            removes: report.removed.is_some(),
            carriers,
            less_carrying,
            in_words: (report.in_words.iter())
                .map(|sentence| shown(sentence, 2000))
                .collect(),
            recipe: shown(&report.recipe, 2000),
            noted: noted(report, &part),
            left_out: Said::default(),
            rows: listed(report, clusters, by_outlets, FIRST_ROWS),
            clusters: count(clusters.len() as u64),
            stories: counted(clusters.len() as u64, "story", "stories"),
            more_rows: clusters.len().saturating_sub(FIRST_ROWS) as u64,
            doubtful: report.doubtful.len(),
            sample: report.sample.len(),
        }
    }
}

/// Charts with something to see.
fn drawn(charts: impl IntoIterator<Item = Chart>) -> Vec<Drawn> {
    let drawn = charts.into_iter().filter(|chart| !chart.svg.is_empty());
    drawn
        .map(|chart| Drawn {
            drawing: Value::from_safe_string(chart.svg.clone()),
            chart: Chart {
                svg: String::new(),
                ..chart
            },
        })
        .collect()
}

fn row(report: &Report, cluster: &Cluster) -> Row {
    let first = cluster.members.first();
    let outlet = first.and_then(|first| report.outlets.get(first.outlet? as usize));
    // A story without a headline is called by its opening, which need not be there twice.
    let opening = match cluster.opening.starts_with(&cluster.title) {
        true => String::new(),
        false => shown(&cluster.opening, 160),
    };
    Row {
        id: cluster.id.clone(),
        title: shown(&cluster.title, 160),
        opening,
        size: count(cluster.members.len() as u64),
        outlets: count(outlets(cluster).len() as u64),
        first: outlet.map_or(String::new(), |outlet| shown(&outlet.name, 80)),
        day: first
            .and_then(|first| first.date.as_ref())
            .map_or(String::new(), |date| day(date)),
        agency: cluster
            .agency
            .as_ref()
            .map_or(String::new(), |name| shown(name, 40)),
        doubted: cluster.doubted.is_some(),
    }
}

/// The clusters on most outlets, of as many those with more documents; by documents alone where no story is known to be on two.
fn listed(report: &Report, clusters: &[usize], by_outlets: bool, most: usize) -> Vec<Row> {
    let mut ranked: Vec<_> = (clusters.iter())
        .map(|&at| (outlets(&report.clusters[at]).len(), at))
        .collect();
    if by_outlets {
        ranked.sort_by_key(|&(outlets, at)| (std::cmp::Reverse(outlets), at));
    }
    let ranked = ranked.iter().take(most);
    ranked
        .map(|&(_, at)| row(report, &report.clusters[at]))
        .collect()
}
