//! A pair as the `near` profile sees it: two shingle sets.
//!
//! A word counts as shared where a shingle that covers it is in the other text too: the very
//! sets that verification counts, not a second opinion.

use std::collections::HashSet;

use super::sketches::Sketches;
use super::{Explanation, Figures, NearFigures, Passage, PassageKind, Side};
use crate::cluster::Facts;
use crate::corpus::Corpus;
use crate::doc_id::DocId;
use crate::error::Error;
use crate::inspect::near_page::NearPage;
use crate::inspect::report::{SideBySide, Verdict, of_pair};
use crate::likeness::Likeness;
use crate::run::settings::Settings;
use crate::shingle::Shingling;
use crate::similarity::Overlap;
use crate::sketch::Screen;
use crate::stages::relation_of;
use crate::store::documents::Documents;
use crate::verify::{Marks, ShingleSets};

/// Compares two documents.
pub(super) fn explain(
    corpus: &Corpus,
    job: &Settings,
    documents: &Documents,
    docs: [DocId; 2],
) -> Result<Explanation, Error> {
    let recipe = &job.recipe;
    let mut reader = corpus.reader();
    let [a, b] = docs;
    let mut read = |doc| NearPage::read(recipe.shingling(), documents, &mut reader, doc);
    let read = [read(a)?, read(b)?];
    let overlap = overlap(&read);
    let equal = documents.row(a).normal == documents.row(b).normal;
    let relation = relation_of(documents, b, a, Likeness::of_sets(overlap.flipped()), false);
    let accepted = equal || recipe.threshold().admits(overlap);
    let slots = recipe.banding().slots() as usize;
    let screen = Screen::new(slots, recipe.threshold()).fewest();
    let shingles = [&read[0].shingles[..], &read[1].shingles[..]];
    let sketches = Sketches::of(job, shingles, screen);
    let side = |at: usize| Side {
        id: documents.id(docs[at]).into_owned(),
        publisher: documents.publisher(docs[at]).map(str::to_owned),
        passages: passages(&read[at], &read[1 - at], recipe.shingling()),
        record: read[at].record.clone(),
    };
    let sides = [side(0), side(1)];
    let verdict = Verdict {
        accepted,
        refused: None,
        relation: accepted.then_some(relation),
        same_cluster: false,
        score: overlap.jaccard(),
        coverage: (overlap.left_coverage(), overlap.right_coverage()),
    };
    let figures = NearFigures {
        agreeing_slots: sketches.agreeing_slots,
        screen,
    };
    let pair = SideBySide::of_sets(read, recipe.shingling());
    let report = of_pair(documents, recipe, docs, &pair, &verdict, None);
    let [a, b] = sides;
    Ok(Explanation {
        a,
        b,
        overlap,
        accepted,
        relation: accepted.then_some(relation),
        equal_bands: sketches.equal_bands,
        found_probability: recipe.banding().candidate_probability(overlap.jaccard()),
        runs: pair.places(),
        report,
        figures: Figures::Near(figures),
    })
}

fn overlap(read: &[NearPage; 2]) -> Overlap {
    let mut sets = ShingleSets::default();
    read.iter().for_each(|side| sets.push(&side.shingles));
    let mut result = Overlap::full(0);
    sets.overlaps(
        0,
        std::iter::once(1),
        &mut Marks::default(),
        |_, overlap| result = overlap,
    );
    result
}

/// Cuts a text where shared words meet words that are not.
fn passages(own: &NearPage, other: &NearPage, shingling: Shingling) -> Vec<Passage> {
    let others: HashSet<u64> = other.shingles.iter().copied().collect();
    let length = own.window(shingling);
    let mut shared = vec![false; own.units()];
    for (start, shingle) in own.shingles.iter().enumerate() {
        if others.contains(shingle) {
            shared[start..start + length].fill(true);
        }
    }
    let mut passages: Vec<Passage> = Vec::new();
    for (range, units) in &own.words {
        let kind = match shared[units.clone()].iter().all(|&shared| shared) {
            true => PassageKind::Shared,
            false => PassageKind::Own,
        };
        match passages.last_mut() {
            Some(last) if last.kind == kind => {
                last.range.end = range.end;
                last.words += 1;
            }
            _ => passages.push(Passage {
                range: range.clone(),
                words: 1,
                kind,
                is_stock: false,
            }),
        }
    }
    passages
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Context;
    use crate::corpus::OwnedRecord;
    use crate::recipe::Recipe;
    use crate::relation::Relation;
    use crate::run::job::Job;

    fn explained(recipe: Recipe, a: &str, b: &str) -> Explanation {
        let page = |id: &str, text: &str| OwnedRecord {
            id: Some(id.to_owned()),
            text: text.to_owned(),
            ..OwnedRecord::default()
        };
        let job = Job::new(recipe)
            .records(vec![page("a", a), page("b", b)])
            .open()
            .unwrap();
        job.explain("a", "b", Context::default()).unwrap()
    }

    fn marked(side: &Side) -> Vec<(&str, bool)> {
        let text = side.record.text.as_str();
        side.passages
            .iter()
            .map(|p| (&text[p.range.clone()], p.kind.is_shared()))
            .collect()
    }

    #[test]
    fn passages_are_what_the_sets_share() {
        let found = explained(
            Recipe::default_near(),
            "Today: one two three, four five six! End.",
            "One two three four five six; nothing else",
        );
        assert_eq!(
            marked(&found.a),
            [
                ("Today", false),
                ("one two three, four five six", true),
                ("End", false)
            ]
        );
        assert_eq!(
            marked(&found.b),
            [
                ("One two three four five six", true),
                ("nothing else", false)
            ]
        );
        assert_eq!(
            (
                found.overlap.shared,
                found.overlap.left,
                found.overlap.right
            ),
            (2, 4, 4)
        );
        assert!(!found.accepted && found.relation.is_none());
    }

    #[test]
    fn equal_texts_are_candidates_in_every_band() {
        let found = explained(Recipe::default_near(), "The SAME, words", "the same words");
        assert!(found.accepted && found.is_candidate());
        assert_eq!(found.relation, Some(Relation::Normalized));
        assert_eq!(found.equal_bands, Recipe::default_near().banding().bands());
        assert_eq!(found.found_probability, 1.0);
        assert_eq!(found.a.passages.len(), 1);
    }

    #[test]
    fn texts_without_words_have_no_passages() {
        let found = explained(Recipe::default_near(), "...", "!!!");
        assert!(!found.accepted && found.equal_bands == 0 && found.a.passages.is_empty());
    }

    #[test]
    fn characters_make_passages_of_whole_words() {
        let recipe = Recipe::default_near()
            .with_shingling("char:4".parse().unwrap())
            .unwrap();
        let found = explained(recipe, "harbour strike", "harbour strife");
        assert_eq!(marked(&found.a)[0], ("harbour", true));
    }
}
