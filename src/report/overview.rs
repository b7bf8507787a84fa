//! What the templates show: figures as text, charts as drawings, the first rows of the table.
//!
//! The templates print and decide nothing but what is empty. Everything here is escaped by them,
//! but for the drawings, which hold no text of the corpus.

use minijinja::Value;
use serde::Serialize;

use super::carriers::{CARRIERS, Carrier, carriers};
use super::charts::{self, Chart};
use super::escape::shown;
use super::left_out::Said;
use super::model::{Cluster, Report};
use super::view::{View, outlets};
use super::words::{count, counted, day, percent};

/// Rows of the table that are readable without a script.
const FIRST_ROWS: usize = 40;
/// Sources of which much is masked that are named.
const DOUBTED: usize = 12;
/// Stories in the list of the most carried ones.
const MOST_CARRIED: usize = 8;

/// The overview and the beginning of the table.
#[derive(Debug, Serialize)]
pub(super) struct Overview {
    version: String,
    profile: String,
    inputs: String,
    title: String,
    headline: String,
    standfirst: String,
    narrowed: Option<String>,
    figures: Vec<(String, String, String)>,
    carried: Vec<Row>,
    charts: Vec<Drawn>,
    carriers: Vec<Carrier>,
    less_carrying: Vec<Carrier>,
    less: String,
    of_index: bool,
    unlisted: Option<String>,
    in_words: Vec<String>,
    recipe: String,
    noted: Vec<(String, String)>,
    pub(super) left_out: Said,
    rows: Vec<Row>,
    clusters: String,
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
}

impl Overview {
    /// What there is to say of a report and the clusters of a view.
    pub(super) fn of(report: &Report, view: &View, clusters: &[usize]) -> Overview {
        let chosen = |at: &usize| &report.clusters[*at];
        let mut drawn = vec![charts::sizes(report, clusters), charts::days(report)];
        if !report.of_index {
            drawn.push(charts::similarities(report));
        }
        drawn.push(charts::curve(report));
        let drawn = drawn.into_iter().map(|chart| Drawn {
            drawing: Value::from_safe_string(chart.svg.clone()),
            chart: Chart {
                svg: String::new(),
                ..chart
            },
        });
        let counts = &report.counts;
        let mut carriers = carriers(report);
        let carrying = report.outlets.iter().filter(|outlet| outlet.stories > 0);
        let unlisted = (carrying.count() - carriers.len()) as u64;
        let less_carrying = carriers.split_off(carriers.len().min(CARRIERS));
        Overview {
            version: report.version.clone(),
            profile: report.profile.clone(),
            inputs: inputs(report),
            title: format!(
                "{} in {}",
                counted(counts.clusters, "story with copies", "stories with copies"),
                inputs(report)
            ),
            headline: headline(report),
            standfirst: standfirst(report),
            narrowed: view.in_words(report).map(|words| {
                let (whole, all, figures) = match report.of_index {
                    true => ("index", counts.clusters, "Figures, days and outlets"),
                    false => ("run", report.clusters.len() as u64, "Figures and charts"),
                };
                format!(
                    "{}: {} of {} in the {whole}. {} are of the whole {whole}.",
                    shown(&words, 200),
                    count(clusters.len() as u64),
                    count(all),
                    figures
                )
            }),
            figures: figures(report),
            carried: most_carried(report, clusters),
            charts: drawn.collect(),
            less: counted(less_carrying.len() as u64, "more outlet", "more outlets"),
            unlisted: (unlisted > 0).then(|| counted(unlisted, "outlet", "outlets")),
            of_index: report.of_index,
            carriers,
            less_carrying,
            in_words: report
                .in_words
                .iter()
                .map(|sentence| shown(sentence, 2000))
                .collect(),
            recipe: shown(&report.recipe, 2000),
            noted: noted(report),
            left_out: Said::default(),
            rows: clusters
                .iter()
                .take(FIRST_ROWS)
                .map(|at| row(report, chosen(at)))
                .collect(),
            clusters: count(clusters.len() as u64),
            more_rows: clusters.len().saturating_sub(FIRST_ROWS) as u64,
            doubtful: report.doubtful.len(),
            sample: report.sample.len(),
        }
    }
}

fn inputs(report: &Report) -> String {
    let name = |path: &String| {
        shown(
            path.rsplit('/')
                .find(|part| !part.is_empty())
                .unwrap_or(path),
            60,
        )
    };
    match report.inputs.as_slice() {
        [] => "the corpus".to_owned(),
        [one] => name(one),
        [first, rest @ ..] => format!(
            "{} and {}",
            name(first),
            counted(rest.len() as u64, "other file", "other files")
        ),
    }
}

fn headline(report: &Report) -> String {
    let counts = &report.counts;
    match counts.clusters {
        0 if counts.documents == 0 => "There were no documents to compare".to_owned(),
        0 => format!(
            "None of {} is a copy of another",
            counted(counts.documents, "document", "documents")
        ),
        _ => format!(
            "{} of {} share a story with another one",
            count(counts.clustered),
            counted(counts.documents, "document", "documents")
        ),
    }
}

fn standfirst(report: &Report) -> String {
    let counts = &report.counts;
    if counts.clusters == 0 && report.of_index {
        return "There is no cluster to show.".to_owned();
    }
    if counts.clusters == 0 {
        return "No pair was accepted, so there is no cluster to show. The pairs nearest to the decision, if any were compared, are under Check by eye.".to_owned();
    }
    let first = (report.outlets.iter())
        .filter(|outlet| outlet.first > 0)
        .max_by(|a, b| a.first.cmp(&b.first).then(b.name.cmp(&a.name)));
    let first = first.map_or(String::new(), |outlet| {
        format!(
            " {} was alone in being first most often, with {}.",
            shown(&outlet.name, 60),
            counted(outlet.first, "of them", "of them")
        )
    });
    format!(
        "They are {}, told {} where once would do: {} of the corpus is copies.{first}",
        counted(counts.clusters, "story", "stories"),
        counted(counts.duplicates, "time more", "times more"),
        percent(counts.duplicates, counts.documents),
    )
}

fn figures(report: &Report) -> Vec<(String, String, String)> {
    let counts = &report.counts;
    let figure = |name: &str, value: u64, note: String| (name.to_owned(), count(value), note);
    let stories = counts.documents.saturating_sub(counts.duplicates);
    let mut figures = vec![
        figure(
            "documents",
            counts.documents,
            match report.outlets.len() {
                0 => "outlets unknown".to_owned(),
                many => counted(many as u64, "outlet", "outlets"),
            },
        ),
        figure(
            "distinct stories",
            stories,
            format!("{} of the documents", percent(stories, counts.documents)),
        ),
        figure(
            "clusters",
            counts.clusters,
            format!("{} documents", count(counts.clustered)),
        ),
        figure(
            "copies",
            counts.duplicates,
            format!(
                "{} of the documents",
                percent(counts.duplicates, counts.documents)
            ),
        ),
        figure(
            "pairs compared",
            counts.compared,
            format!("{} accepted", count(counts.accepted)),
        ),
    ];
    if report.of_index {
        figures.pop(); // an index does not count what was compared
    }
    figures
}

/// What was masked, rejected or capped.
fn noted(report: &Report) -> Vec<(String, String)> {
    let counts = &report.counts;
    let mut noted = Vec::new();
    let mut note = |what: &str, said: String| noted.push((what.to_owned(), said));
    if let Some(masked) = &report.masked {
        let share = percent(masked.masked, masked.words);
        note(
            "Masked as boilerplate",
            format!(
                "{} of {} words ({share})",
                count(masked.masked),
                count(masked.words)
            ),
        );
        for (name, pages, share) in masked.doubted.iter().take(DOUBTED) {
            let pages = counted(*pages, "page", "pages");
            note(
                "Much is masked",
                format!(
                    "{}: {:.0} % of {pages}. Look at one of them.",
                    shown(name, 80),
                    share * 100.0
                ),
            );
        }
        let more = masked.doubted.len().saturating_sub(DOUBTED) as u64;
        if more > 0 {
            let sources = counted(more, "more source", "more sources");
            note("Much is masked", format!("{sources}, named in run.json"));
        }
    }
    if report.of_index {
        note(
            "Not kept",
            "texts: an index keeps titles, and words as numbers".to_owned(),
        );
        return noted;
    }
    let rejected = match counts.rejected {
        0 => "no record".to_owned(),
        many => format!(
            "{}, listed in rejected.jsonl",
            counted(many, "record", "records")
        ),
    };
    note("Rejected", rejected);
    if counts.thin > 0 {
        note(
            "Too short to compare",
            format!(
                "{}: only equals are found",
                counted(counts.thin, "document", "documents")
            ),
        );
    }
    for (bound, reached) in &report.bounds {
        let times = counted(*reached, "time", "times");
        note("Bound reached", format!("{}: {times}", shown(bound, 160)));
    }
    if report.bounds.is_empty() {
        note("Capped", "no bound of the work was reached".to_owned());
    }
    noted
}

fn row(report: &Report, cluster: &Cluster) -> Row {
    let first = cluster.members.first();
    let outlet = first.and_then(|first| report.outlets.get(first.outlet? as usize));
    Row {
        id: cluster.id.clone(),
        title: shown(&cluster.title, 160),
        opening: shown(&cluster.opening, 160),
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
    }
}

/// The clusters on most outlets; of as many, the one with more documents.
fn most_carried(report: &Report, clusters: &[usize]) -> Vec<Row> {
    let mut ranked: Vec<_> = (clusters.iter())
        .map(|&at| (outlets(&report.clusters[at]).len(), at))
        .filter(|&(outlets, _)| outlets > 1)
        .collect();
    ranked.sort_by_key(|&(outlets, at)| (std::cmp::Reverse(outlets), at));
    (ranked.iter().take(MOST_CARRIED))
        .map(|&(_, at)| row(report, &report.clusters[at]))
        .collect()
}
