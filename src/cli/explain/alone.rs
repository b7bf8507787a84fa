//! One page of the `wire` profile: what of it is story, and what is masked.

use serde_json::{Value, json};
use wirecopy::{Passage, PassageKind, Side, StorySide};

use super::pages::words;
use super::show::{BOLD, DIM, PLAIN, headline};
use super::wire_json::side;
use crate::cli::show::safe;

/// The page as lines to read.
pub(super) fn as_text(page: &Side, figures: &StorySide, cluster: Option<&str>) -> String {
    let mut text = format!(
        "{BOLD}{}{PLAIN}\n\n  words       {}\n  story       {}\n\n",
        headline(page),
        words(figures),
        cluster.unwrap_or("none: it has no copies in this run"),
    );
    for passage in &page.passages {
        let shown: Vec<&str> = page.record.text[passage.range.clone()]
            .split_whitespace()
            .collect();
        let shown = safe(&shown.join(" "), usize::MAX);
        let label = label(passage);
        text.push_str(&match passage.kind.is_masked() {
            true => format!("  {label:<15}{DIM}{shown}{PLAIN}\n"),
            false => format!("  {label:<15}{shown}\n"),
        });
    }
    text
}

/// The same for programs.
pub(super) fn as_json(page: &Side, figures: &StorySide, cluster: Option<&str>) -> Value {
    let mut value = side(page, figures);
    value["cluster"] = cluster.into();
    for (passage, row) in page
        .passages
        .iter()
        .zip(value["passages"].as_array_mut().into_iter().flatten())
    {
        row["kind"] = json!(name(passage.kind));
    }
    value
}

fn label(passage: &Passage) -> String {
    match passage.is_stock {
        true => format!("{}, stock", name(passage.kind)),
        false => name(passage.kind).to_owned(),
    }
}

/// Whatever is not masked is story; there is no other page to have it or not.
fn name(kind: PassageKind) -> &'static str {
    match kind.is_masked() {
        true => kind.name(),
        false => "story",
    }
}
