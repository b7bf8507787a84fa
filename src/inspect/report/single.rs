//! A report of one pair, for the page that shows two documents side by side.

use super::overview::opened;
use super::pairing::{Verdict, comparison};
use super::shown::Shown;
use super::side_by_side::SideBySide;
use crate::doc_id::DocId;
use crate::recipe::Recipe;
use crate::report::model::Report;
use crate::store::documents::Documents;
use crate::verify::Decision;

/// Two texts and their comparison.
pub(crate) fn of_pair(
    documents: &Documents,
    recipe: &Recipe,
    docs: [DocId; 2],
    pair: &SideBySide,
    verdict: &Verdict,
    decision: Option<Decision>,
) -> Report {
    let shown = [0, 1].map(|at| Shown::of(documents, docs[at], &pair.sides[at]));
    let comparison = comparison(pair, &shown, verdict, decision);
    Report {
        comparisons: vec![comparison],
        texts: shown.map(|shown| shown.text).into(),
        ..opened(recipe, recipe.to_string())
    }
}
