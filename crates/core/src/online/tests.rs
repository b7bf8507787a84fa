//! Windows of both profiles: what is found, and what is left of forgotten pages.

use super::*;
use crate::boilerplate::LearnedBoilerplate;
use crate::learned::LOG2_WORD_CELLS;
use crate::verify::WordFrequencies;

const FERRY: &str = "The ferry to the island was late again on Monday, and nobody in the harbour office could say \
    whether Tuesday would be any better. Passengers waited on the pier for almost three hours, in the rain.";
const BRIDGE: &str = "The old bridge over the river will stay closed until the end of the year, the council said on Monday.";

fn page(text: &str) -> OnlinePage<'_> {
    OnlinePage {
        text,
        ..OnlinePage::default()
    }
}

fn numbers(found: &[OnlineMatch]) -> Vec<u64> {
    found.iter().map(|found| found.page.0).collect()
}

/// A window of `wire` that has learned nothing, and one of `near`.
fn windows() -> [Online; 2] {
    let words = WordFrequencies::new(LOG2_WORD_CELLS);
    let boilerplate = LearnedBoilerplate::from_parts(Vec::new(), Vec::new());
    let learned = Learned::without_stock(boilerplate, words);
    let wire = Online::new(Recipe::default_wire(), Some(learned));
    [
        wire.unwrap(),
        Online::new(Recipe::default_near(), None).unwrap(),
    ]
}

#[test]
fn a_copy_is_found_until_its_page_is_forgotten() {
    let edited = FERRY.replace("in the rain", "in the cold");
    for mut window in windows() {
        let (ferry, found) = window.push(page(FERRY));
        assert!(found.is_empty());
        window.push(page(BRIDGE));
        let (again, found) = window.push(page(FERRY));
        assert_eq!(numbers(&found), [ferry.0]);
        assert_eq!(
            (found[0].relation, found[0].likeness),
            (Relation::Exact, None)
        );
        let found = window.matches(page(&edited));
        assert_eq!(numbers(&found), [ferry.0, again.0]);
        let score = found[0].likeness.unwrap().score();
        assert!(score > 0.7, "{score}");
        assert!(window.forget(ferry) && !window.forget(ferry));
        assert_eq!(numbers(&window.matches(page(&edited))), [again.0]);
        assert_eq!(window.len(), 2);
        window.forget(again);
        assert!(window.matches(page(&edited)).is_empty());
    }
}

#[test]
fn nothing_is_left_of_pages_that_are_forgotten() {
    for mut window in windows() {
        let all = [FERRY, BRIDGE, FERRY, "", "…"].map(|text| window.push(page(text)).0);
        all.into_iter()
            .for_each(|number| assert!(window.forget(number)));
        assert!(window.is_empty() && window.filed.is_empty() && window.equal.is_empty());
    }
}

#[test]
fn texts_without_words_are_copies_of_the_same_bytes_only() {
    for mut window in windows() {
        window.push(page("…"));
        assert!(window.matches(page("—")).is_empty());
        assert_eq!(window.matches(page("…")).len(), 1);
    }
}

#[test]
fn a_window_of_stories_needs_what_was_learned() {
    let refused = Online::new(Recipe::default_wire(), None).err().unwrap();
    assert!(refused.to_string().contains("needs what was learned"));
}

#[test]
fn of_a_crowded_key_the_same_pages_are_compared_in_any_order() {
    let texts: Vec<String> = (0..300)
        .map(|n| format!("{FERRY} Extra number {n}."))
        .collect();
    let found = |order: &mut dyn Iterator<Item = &String>| {
        let [_, mut near] = windows();
        let mut by_number = Vec::new();
        for text in order {
            near.push(page(text));
            by_number.push(text.clone());
        }
        let found = near.matches(page(FERRY));
        let mut found: Vec<String> = found
            .iter()
            .map(|found| by_number[usize::try_from(found.page.0).unwrap()].clone())
            .collect();
        found.sort();
        found
    };
    let there = found(&mut texts.iter());
    // Eight leaders a key and two neighbours, of ten keys.
    assert!((8..100).contains(&there.len()), "{}", there.len());
    assert_eq!(there, found(&mut texts.iter().rev()));
}
