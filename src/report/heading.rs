//! What the overview says first: title, heading, a sentence, and the figures below.

use serde::Serialize;

use super::escape::shown;
use super::model::{Outlet, Report};
use super::part::Part;
use super::view::View;
use super::words::{count, counted, percent};

/// A figure with its name, a note, and the list behind it.
#[derive(Debug, Serialize)]
pub(super) struct Figure {
    name: String,
    value: String,
    note: String,
    /// What the list of stories is filtered by, as in its address; `None` where there is no list.
    list: Option<&'static str>,
}

/// The names of the inputs, short.
pub(super) fn inputs(report: &Report) -> String {
    let name = |path: &String| {
        let last = path.rsplit('/').find(|part| !part.is_empty());
        shown(last.unwrap_or(path), 60)
    };
    match report.inputs.as_slice() {
        [] => "the corpus".to_owned(),
        [one] => name(one),
        [first, rest @ ..] => {
            let others = counted(rest.len() as u64, "other file", "other files");
            format!("{} and {others}", name(first))
        }
    }
}

/// The title of the page, as in the tab of a browser.
pub(super) fn title(report: &Report, view: &View, part: &Part<'_>) -> String {
    let stories = part.counts.clusters;
    let what = match view.in_words(report) {
        Some(words) => format!(
            "{} {}",
            counted(stories, "story", "stories"),
            shown(&words, 200)
        ),
        None => counted(stories, "story with copies", "stories with copies"),
    };
    format!("{what} in {}", inputs(report))
}

/// The heading.
pub(super) fn heading(report: &Report, view: &View, part: &Part<'_>) -> String {
    let counts = &part.counts;
    if let Some(words) = view.in_words(report) {
        let words = shown(&words, 200);
        return match counts.clusters {
            0 => format!("No story {words}"),
            many => format!("{} {words}", counted(many, "story", "stories")),
        };
    }
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

/// What was found, in a few sentences.
pub(super) fn standfirst(report: &Report, part: &Part<'_>) -> String {
    let counts = &part.counts;
    match (counts.clusters, part.is_whole, report.of_index) {
        (0, false, _) => return "The whole report shows all stories.".to_owned(),
        (0, true, true) => return "There is no story with copies to show.".to_owned(),
        (0, true, false) => {
            return "No two documents were accepted as copies, so there is no story to show. The pairs nearest to \
                    the decision, if any were compared, are under Check by eye."
                .to_owned();
        }
        _ => {}
    }
    let repeats = counted(counts.duplicates, "repeat", "repeats");
    let mut said = match part.is_whole {
        true => format!(
            "{} printed more than once: {repeats}, {} of all documents.",
            counted(counts.clusters, "story was", "stories were"),
            percent(counts.duplicates, counts.documents)
        ),
        false => format!(
            "Printed in {}: {repeats}.",
            counted(counts.documents, "document", "documents")
        ),
    };
    if !part.outlets.is_empty() {
        let (crossed, within) = (count(part.shared), count(counts.clusters - part.shared));
        said += &format!(" {crossed} crossed outlets, {within} stayed within one.");
    }
    if let Some(first) = most_often_first(&part.outlets) {
        let name = shown(&first.name, 60);
        said += &format!(" Most often first: {name} ({}).", count(first.first));
    }
    if let Some(removed) = part.removed.filter(|&removed| removed > 0) {
        said += &format!(
            " {} removed, each carried by one that was kept.",
            counted(removed, "document was", "documents were")
        );
    }
    said
}

fn most_often_first(outlets: &[Outlet]) -> Option<&Outlet> {
    let first = outlets.iter().filter(|outlet| outlet.first > 0);
    first.max_by(|a, b| a.first.cmp(&b.first).then(b.name.cmp(&a.name)))
}

/// What a narrowed page is a part of.
pub(super) fn narrowed(report: &Report, part: &Part<'_>) -> Option<String> {
    let (whole, all) = match report.of_index {
        true => ("index", report.counts.clusters),
        false => ("run", report.clusters.len() as u64),
    };
    let stories = format!(
        "{} of {} of the {whole}",
        count(part.counts.clusters),
        counted(all, "story", "stories")
    );
    let rest = match report.of_index {
        true => "How this was found is told of the whole index.",
        false => "How this was found, and the pairs to check by eye, are of the whole run.",
    };
    (!part.is_whole).then(|| format!("A part of the report: {stories}. {rest}"))
}

/// The figures, those with a list behind them with its address.
pub(super) fn figures(part: &Part<'_>) -> Vec<Figure> {
    let counts = &part.counts;
    let figure = |name: &str, value: u64, note: String, list| Figure {
        name: name.to_owned(),
        value: count(value),
        note,
        list,
    };
    let of_all = |many| format!("{} of the documents", percent(many, counts.documents));
    let outlets = match part.outlets.len() {
        0 => "outlets unknown".to_owned(),
        many => counted(many as u64, "outlet", "outlets"),
    };
    let mut figures = vec![figure("documents", counts.documents, outlets, None)];
    if part.is_whole {
        let distinct = counts.documents.saturating_sub(counts.duplicates);
        figures.push(figure("distinct stories", distinct, of_all(distinct), None));
    }
    let documents = format!("{} documents", count(counts.clustered));
    let list = |list| (counts.clusters > 0).then_some(list);
    figures.push(figure(
        "stories with copies",
        counts.clusters,
        documents,
        list(""),
    ));
    if !part.outlets.is_empty() {
        let within = format!("{} within one", count(counts.clusters - part.shared));
        let shared = (part.shared > 0).then_some("?outlets=2");
        figures.push(figure("in 2 outlets or more", part.shared, within, shared));
    }
    figures.push(figure(
        "repeats",
        counts.duplicates,
        of_all(counts.duplicates),
        list("?sort=documents"),
    ));
    if let Some(removed) = part.removed {
        let kept = format!("{} kept", count(counts.documents.saturating_sub(removed)));
        let list = (removed > 0).then_some("?removed=yes");
        figures.push(figure("removed", removed, kept, list));
    }
    figures
}
