//! A pair of the `near` profile, for people and for programs.

use serde_json::{Value, json};
use wirecopy::Recipe;
use wirecopy::{Explanation, NearFigures, Side};

use super::interleaved;
use super::show::{BOLD, Marks, PLAIN, abridged, headline, relation};
use super::wire::digits;

/// Where the run put the two, and why, if that is not what the pair alone would say.
fn together(found: &Explanation, [a, b]: &[Option<String>; 2]) -> String {
    match (a, b) {
        (Some(a), Some(b)) if a == b && found.accepted => format!("both in {a}"),
        (Some(a), Some(b)) if a == b => format!("both in {a}: a chain of copies joins them"),
        (None, None) => "none: neither has copies in this run".to_owned(),
        _ => {
            let name = |cluster: &Option<String>| cluster.clone().unwrap_or("none".into());
            format!("the first in {}, the second in {}", name(a), name(b))
        }
    }
}

/// The pair as lines to read.
pub(super) fn as_text(
    found: &Explanation,
    figures: NearFigures,
    (recipe, clusters): (&Recipe, &[Option<String>; 2]),
    pages: bool,
    width: Option<usize>,
) -> String {
    let Explanation { a, b, overlap, .. } = found;
    let verdict = relation(found.relation);
    let mut text = format!("{BOLD}{verdict}{PLAIN}\n\n");
    let mut line = |name: &str, value: String| text.push_str(&format!("  {name:<12}{value}\n"));
    line("first", headline(a));
    line("second", headline(b));
    let sign = if recipe.threshold().admits(*overlap) {
        "≥"
    } else {
        "<"
    };
    line(
        "jaccard",
        format!(
            "{} {sign} {}: {} of {} shingles in common",
            digits(overlap.jaccard(), recipe.threshold().get()),
            recipe.threshold(),
            overlap.shared,
            overlap.union()
        ),
    );
    line(
        "coverage",
        format!(
            "{:.1} % of the first stands in the second, {:.1} % of the second in the first",
            100.0 * overlap.left_coverage(),
            100.0 * overlap.right_coverage()
        ),
    );
    line(
        "candidate",
        format!(
            "{}: {} of {} bands equal, {} of {} slots (at least {} are asked)",
            if found.is_candidate() { "yes" } else { "no" },
            found.equal_bands,
            recipe.banding().bands(),
            figures.agreeing_slots,
            recipe.banding().slots(),
            figures.screen
        ),
    );
    line(
        "chance",
        format!(
            "{:.2} % of pairs as similar become candidates",
            100.0 * found.found_probability
        ),
    );
    line("story", together(found, clusters));
    if !pages {
        text.push_str(&interleaved::as_text(found, width));
        return text;
    }
    for (name, side, marks) in [("first", a, Marks::FIRST), ("second", b, Marks::SECOND)] {
        let Marks { color, open, close } = marks;
        text.push_str(&format!(
            "\n{BOLD}The {name}{PLAIN}, {color}{open}what only it has{close}{PLAIN} marked\n\n"
        ));
        if side.passages.is_empty() {
            text.push_str("  (no words)\n");
        }
        for passage in &side.passages {
            let words = abridged(&side.record.text[passage.range.clone()], passage);
            text.push_str(&match passage.kind.is_shared() {
                true => format!("  {words}\n"),
                false => format!("  {color}{open}{words}{close}{PLAIN}\n"),
            });
        }
    }
    text
}

/// The pair as one object.
pub(super) fn as_json(
    found: &Explanation,
    figures: NearFigures,
    recipe: &Recipe,
    clusters: &[Option<String>; 2],
) -> Value {
    let side = |side: &Side| {
        let passages = side.passages.iter().map(|passage| {
            json!({
                "shared": passage.kind.is_shared(),
                "words": passage.words,
                "text": &side.record.text[passage.range.clone()],
            })
        });
        json!({
            "id": side.id,
            "publisher": side.publisher,
            "title": side.record.title,
            "passages": passages.collect::<Vec<_>>(),
        })
    };
    json!({
        "a": side(&found.a),
        "b": side(&found.b),
        "accepted": found.accepted,
        "relation": found.relation.map(wirecopy::relation::Relation::name),
        "threshold": recipe.threshold().get(),
        "jaccard": found.overlap.jaccard(),
        "coverage_a": found.overlap.left_coverage(),
        "coverage_b": found.overlap.right_coverage(),
        "shared": found.overlap.shared,
        "cluster_a": clusters[0],
        "cluster_b": clusters[1],
        "candidate": found.is_candidate(),
        "equal_bands": found.equal_bands,
        "bands": recipe.banding().bands(),
        "agreeing_slots": figures.agreeing_slots,
        "slots": recipe.banding().slots(),
        "found_probability": found.found_probability,
    })
}
