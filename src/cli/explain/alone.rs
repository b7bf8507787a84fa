//! One page of the `wire` profile: what of it is story, and what is masked.

use serde_json::{Value, json};
use wirecopy::pipeline::{Passage, PassageKind, Side, StorySide};

use super::show::{BOLD, DIM, PLAIN, headline};
use super::wire_json::side;
use crate::cli::show::{count, safe};

/// The page as lines to read.
pub(super) fn as_text(page: &Side, figures: &StorySide, cluster: Option<&str>) -> String {
    let mut text = format!(
        "{BOLD}{}{PLAIN}\n\n  words       {}, {} of them story text; {} masked by its own lines, {} as \
         furniture\n  cluster     {}\n\n",
        headline(page),
        count(figures.words as u64, "word"),
        figures.story_words,
        figures.masked_by_lines,
        figures.masked_as_furniture,
        cluster.unwrap_or("none: it has no copies in this run"),
    );
    for passage in &page.passages {
        let words: Vec<&str> = page.record.text[passage.range.clone()]
            .split_whitespace()
            .collect();
        let words = safe(&words.join(" "), usize::MAX);
        let label = label(passage);
        text.push_str(&match passage.kind.is_masked() {
            true => format!("  {label:<15}{DIM}{words}{PLAIN}\n"),
            false => format!("  {label:<15}{words}\n"),
        });
    }
    text
}

/// The same for programs.
pub(super) fn as_json(page: &Side, figures: &StorySide, cluster: Option<&str>) -> Value {
    let mut value = side(page, figures);
    value["cluster"] = cluster.into();
    for (passage, told) in page
        .passages
        .iter()
        .zip(value["passages"].as_array_mut().into_iter().flatten())
    {
        told["kind"] = json!(name(passage.kind));
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
