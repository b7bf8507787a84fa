//! What `index query` found: a table for people, an object a line for programs.

use std::fmt::Write;

use serde::Serialize;
use wirecopy::{Answer, Match};

use crate::cli::show::{count, safe};
use crate::cli::wrap::{cell, columns};

/// Copies of a document that a table shows; `--json` gives all.
const SHOWN: usize = 10;
/// Most columns of an outlet and of an id.
const OUTLET: usize = 28;
const ID: usize = 60;

/// Documents with their copies, equal ones first, then by score.
pub(super) fn table(answers: &[Answer]) -> String {
    let ids = answers.iter().map(|answer| columns(&shown_id(&answer.id)));
    let widest = ids.max().unwrap_or(0);
    let mut text = String::new();
    for answer in answers {
        let found = match answer.copies.len() {
            0 => "no copies".to_owned(),
            1 => "1 copy".to_owned(),
            some => format!("{some} copies"),
        };
        writeln!(text, "{}  {found}", cell(&shown_id(&answer.id), widest))
            .expect("a string takes all");
        let shown = &answer.copies[..answer.copies.len().min(SHOWN)];
        let rows: Vec<[String; 5]> = shown.iter().map(row).collect();
        let wide = [0, 1, 2, 3].map(|column| {
            let cells = rows.iter().map(|row| columns(&row[column]));
            cells.max().unwrap_or(0)
        });
        for row in &rows {
            text.push(' ');
            for (column, width) in wide.iter().enumerate().filter(|(_, width)| **width > 0) {
                text.push_str(&format!(" {} ", cell(&row[column], *width)));
            }
            text.push_str(&format!(" {}\n", row[4]));
        }
        let more = answer.copies.len() - shown.len();
        if more > 0 {
            let more = count(more as u64, "more");
            writeln!(
                text,
                "  and {}; all with --json",
                more.trim_end_matches('s')
            )
            .expect("a string takes all");
        }
    }
    text
}

fn shown_id(id: &str) -> String {
    safe(id, ID)
}

/// Relation, score, outlet, day, id.
fn row(copy: &Match) -> [String; 5] {
    let score = copy
        .likeness
        .map(|likeness| format!("{:.2}", likeness.score()));
    let day = copy.date.map(|date| {
        let text = date.to_string();
        text.split('T').next().unwrap_or_default().to_owned()
    });
    let outlet = copy.publisher.as_deref().unwrap_or_default();
    [
        copy.relation.name().to_owned(),
        score.unwrap_or_default(),
        cell(&safe(outlet, OUTLET), columns(&safe(outlet, OUTLET))),
        day.unwrap_or_default(),
        safe(&copy.id, ID),
    ]
}

/// A line of JSON; keys in the order in which they are read.
#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    copies: Vec<Copy<'a>>,
}

#[derive(Serialize)]
struct Copy<'a> {
    id: &'a str,
    relation: &'static str,
    cluster_id: Option<String>,
    publisher: Option<&'a str>,
    date: Option<String>,
    #[serde(flatten)]
    figures: Option<Figures>,
}

#[derive(Serialize)]
struct Figures {
    score: f64,
    coverage: f64,
    copy_coverage: f64,
    jaccard: f64,
}

/// A document as one line for a program.
pub(super) fn json(answer: &Answer) -> serde_json::Result<String> {
    serde_json::to_string(&Row {
        id: &answer.id,
        copies: answer.copies.iter().map(copy).collect(),
    })
}

fn copy(copy: &Match) -> Copy<'_> {
    Copy {
        id: &copy.id,
        relation: copy.relation.name(),
        cluster_id: copy.cluster.map(|id| id.to_string()),
        publisher: copy.publisher.as_deref(),
        date: copy.date.map(|date| date.to_string()),
        figures: copy.likeness.map(|likeness| {
            let coverage = likeness.coverage();
            Figures {
                score: rounded(likeness.score()),
                coverage: rounded(coverage.left_coverage()),
                copy_coverage: rounded(coverage.right_coverage()),
                jaccard: rounded(likeness.overlap.jaccard()),
            }
        }),
    }
}

/// To millionths, as tables have them.
fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}
