//! What is reported of pairs of story texts, through a job.

use super::*;
use crate::context::Context;
use crate::corpus::OwnedRecord;
use crate::recipe::Recipe;
use crate::run::job::Job;

fn page(id: &str, text: &str) -> OwnedRecord {
    OwnedRecord {
        id: Some(id.to_owned()),
        text: text.to_owned(),
        ..OwnedRecord::default()
    }
}

fn explained(records: Vec<OwnedRecord>, a: &str, b: &str) -> (Explanation, StoryFigures) {
    let open = Job::new(Recipe::default_wire())
        .records(records)
        .open()
        .unwrap();
    let found = open.explain(a, b, Context::default()).unwrap();
    let Figures::Wire(story) = found.figures.clone() else {
        panic!("the job is of the wire profile");
    };
    (found, *story)
}

const STORY: &str = "The harbour board voted on Tuesday to close the old ferry terminal for good. \
    Crews will begin to take down the wooden piers next month, the board said in a statement. \
    Passengers are asked to use the new quay until the rail link opens in the spring.";

fn marked(side: &Side) -> Vec<(&str, PassageKind)> {
    let text = side.record.text.as_str();
    let passages = side.passages.iter();
    passages
        .map(|passage| (&text[passage.range.clone()], passage.kind))
        .collect()
}

#[test]
fn a_page_is_cut_into_what_is_masked_aligned_and_its_own() {
    let a = page("a", &format!("Menu Home\n{STORY}"));
    let edited = STORY.replace("old ferry", "ageing ferry");
    let b = page(
        "b",
        &format!("{edited}\nThe mayor declined to comment on the decision on Tuesday night."),
    );
    let (found, story) = explained(vec![a, b], "a", "b");
    assert_eq!(story.outcome, Outcome::Accepted);
    assert!(found.accepted && found.is_candidate());
    let of_a = marked(&found.a);
    assert_eq!(of_a[0], ("Menu Home", PassageKind::MaskedByLines));
    assert_eq!(of_a[2], ("old", PassageKind::Own));
    let of_b = marked(&found.b);
    assert_eq!(of_b[1], ("ageing", PassageKind::Own));
    assert_eq!(of_b.last().unwrap().1, PassageKind::Own);
    assert_eq!(story.a.masked_by_lines, 2);
    for (side, figures) in [(&found.a, &story.a), (&found.b, &story.b)] {
        let of = |wanted: fn(PassageKind) -> bool| -> usize {
            let passages = side.passages.iter().filter(|passage| wanted(passage.kind));
            passages.map(|passage| passage.words).sum()
        };
        assert_eq!(
            of(PassageKind::is_shared),
            story.decision.words.shared as usize
        );
        assert_eq!(of(|_| true), figures.words);
        assert_eq!(
            of(PassageKind::is_masked) + figures.story_words,
            figures.words
        );
    }
}

#[test]
fn a_thin_page_is_only_compared_with_its_equals() {
    let records = vec![
        page("a", STORY),
        page(
            "caption",
            "Passengers are asked to use the new quay until the",
        ),
        page(
            "again",
            "Passengers are asked to use the new quay, until the",
        ),
    ];
    let (found, story) = explained(records.clone(), "a", "caption");
    assert_eq!(story.outcome, Outcome::Thin);
    assert!(!found.accepted && !found.is_candidate() && story.b.is_thin);
    let (found, story) = explained(records, "caption", "again");
    assert_eq!(story.outcome, Outcome::Equal);
    assert_eq!(found.relation, Some(Relation::Normalized));
}

#[test]
fn the_first_of_equal_story_texts_speaks_for_the_others() {
    let records = vec![
        page("a", STORY),
        page("b", &format!("Menu Home\n{}", STORY.to_uppercase())),
        page("c", &STORY.replace("Tuesday", "Wednesday")),
    ];
    let (found, story) = explained(records.clone(), "c", "b");
    assert_eq!(story.b.compared_as.as_deref(), Some("a"));
    assert_eq!(story.a.compared_as, None);
    assert!(found.accepted);
    let (_, through_a) = explained(records.clone(), "c", "a");
    assert_eq!(story.decision, through_a.decision);
    let (found, story) = explained(records, "b", "a");
    assert_eq!(story.outcome, Outcome::Equal);
    assert_eq!(found.relation, Some(Relation::Normalized));
    assert_eq!(story.a.compared_as, None);
}

#[test]
fn pages_without_words_are_thin() {
    let (found, story) = explained(vec![page("a", "..."), page("b", STORY)], "a", "b");
    assert_eq!(story.outcome, Outcome::Thin);
    assert!(found.a.passages.is_empty());
    assert_eq!(found.found_probability, 0.0);
}
