//! What a fact is, by definition and by example.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::likeness::Refusal;
use crate::verify::pair_verifier::PairVerifier;
use crate::verify::stories::Stories;
use crate::verify::testing::push_kinds;
use crate::verify::verdict::{Between, Rule};

/// What a word is, by its number: some are numbers, some names.
fn kind(word: u64) -> WordKind {
    match word % 10 {
        0 | 1 => WordKind::Number,
        2 => WordKind::Capital,
        3 => WordKind::SentenceStart,
        _ => WordKind::Lower,
    }
}

fn dated(days_apart: f64) -> Between {
    Between {
        days_apart: Some(days_apart),
        ..Between::default()
    }
}

fn facts_of(a: &[u64], b: &[u64], kind: impl Fn(u64) -> WordKind) -> (Facts, Alignment) {
    let mut stories = Stories::default();
    for text in [a, b] {
        let kinds: Vec<WordKind> = text.iter().map(|&word| kind(word)).collect();
        push_kinds(&mut stories, text, &kinds);
    }
    let mut verifier = PairVerifier::new();
    // Twice, so that marks of an earlier pair are there.
    verifier.decide_in_full(&stories, (1, 0), &Rule::WIRE, Between::default());
    verifier.decide_in_full(&stories, (0, 1), &Rule::WIRE, Between::default());
    (verifier.facts().clone(), verifier.alignment().clone())
}

/// The words that are facts, by definition.
fn plain(
    text: &[u64],
    other: &[u64],
    gaps: impl Iterator<Item = std::ops::Range<u32>>,
    names: bool,
) -> BTreeSet<u64> {
    gaps.flatten()
        .map(|at| text[at as usize])
        .filter(|&word| match kind(word) {
            WordKind::Number => true,
            WordKind::Capital => names,
            _ => false,
        })
        .filter(|word| !other.contains(word))
        .collect()
}

/// Whether capitals are rare, by definition.
fn names(text: &[u64]) -> bool {
    let count = |which| text.iter().filter(|&&word| kind(word) == which).count() as f64;
    let (capital, lower) = (count(WordKind::Capital), count(WordKind::Lower));
    capital > 0.0 && capital / (capital + lower) < 0.22 || capital == 0.0 && lower > 0.0
}

proptest! {
    #[test]
    fn facts_are_the_words_of_the_definition(
        base in prop::collection::vec(0u64..80, 8..80),
        changes in prop::collection::vec((0usize..80, 0u64..200), 0..16),
    ) {
        let mut other = base.clone();
        for (at, word) in changes {
            let at = at % other.len();
            other[at] = word;
        }
        let (facts, alignment) = facts_of(&base, &other, kind);
        let short: Vec<_> = alignment
            .gaps()
            .filter(|gap| gap.a.len() <= 6 && gap.b.len() <= 6)
            .collect();
        let names = names(&base) && names(&other);
        let words = |text: &[u64], places: &[u32]| -> Vec<u64> {
            places.iter().map(|&at| text[at as usize]).collect()
        };
        let (of_a, of_b) = (words(&base, &facts.a), words(&other, &facts.b));
        let a = plain(&base, &other, short.iter().map(|gap| gap.a.clone()), names);
        let b = plain(&other, &base, short.iter().map(|gap| gap.b.clone()), names);
        prop_assert_eq!((of_a.len(), of_b.len()), (a.len(), b.len()), "each once");
        prop_assert_eq!(of_a.into_iter().collect::<BTreeSet<_>>(), a);
        prop_assert_eq!(of_b.into_iter().collect::<BTreeSet<_>>(), b);
    }
}

/// A notice of 60 words that all are 4 to 9 at the end, so in lower case.
fn notice() -> Vec<u64> {
    (0..60).map(|at| at * 10 + 4 + at % 6).collect()
}

fn with(places: &[(usize, u64)]) -> Vec<u64> {
    let mut text = notice();
    places.iter().for_each(|&(at, word)| text[at] = word);
    text
}

fn count(a: &[(usize, u64)], b: &[(usize, u64)]) -> u32 {
    facts_of(&with(a), &with(b), kind).0.count()
}

#[test]
fn a_figure_in_place_of_a_figure_is_a_fact() {
    assert_eq!(count(&[(10, 1_000)], &[(10, 2_000)]), 1);
    // The same change again is the same fact.
    let (a, b) = ([(10, 1_000), (30, 1_000)], [(10, 2_000), (30, 2_000)]);
    assert_eq!(count(&a, &b), 1);
    // A figure that the other story has elsewhere is none.
    assert_eq!(count(&[(10, 1_000)], &[(10, 2_000), (50, 1_000)]), 0);
    // Nor is a word.
    assert_eq!(count(&[(10, 1_004)], &[(10, 2_004)]), 0);
}

#[test]
fn a_name_is_a_fact_where_capitals_are_rare() {
    assert_eq!(count(&[(10, 1_002)], &[(10, 2_002)]), 1);
    let (a, b) = (with(&[(10, 1_002)]), with(&[(10, 2_002)]));
    let german = |word: u64| match word % 4 {
        0 => WordKind::Capital,
        _ => kind(word),
    };
    assert_eq!(facts_of(&a, &b, german).0.count(), 0);
    assert_eq!(count(&[(10, 1_003)], &[(10, 2_003)]), 0, "sentence start");
}

#[test]
fn a_person_in_place_of_another_is_one_fact() {
    let people = [[(10, 1_002), (11, 1_012)], [(10, 2_002), (11, 2_012)]];
    assert_eq!(count(&people[0], &people[1]), 1);
    // Elsewhere there is another fact.
    let [one, other] = people;
    let and_figure = |[first, last]: [_; 2], figure| [first, last, (30, figure)];
    assert_eq!(count(&and_figure(one, 1_000), &and_figure(other, 2_000)), 2);
    // Two names apart are two, as are a name and a figure, and an authority's three words.
    let apart = |base: u64| [(10, base + 2), (20, base + 12)];
    assert_eq!(count(&apart(1_000), &apart(2_000)), 2);
    let dated = |base: u64| [(10, base + 2), (11, base)];
    assert_eq!(count(&dated(1_000), &dated(2_000)), 2);
    let authority = |base: u64| [(10, base + 2), (11, base + 12), (12, base + 22)];
    assert_eq!(count(&authority(1_000), &authority(2_000)), 3);
    assert_eq!(count(&people[0], &authority(2_000)), 2);
}

#[test]
fn another_photographer_is_no_other_story() {
    let copies = [1_000, 2_000].map(|base| with(&[(10, base + 2), (11, base + 12)]));
    let (facts, alignment) = facts_of(&copies[0], &copies[1], kind);
    assert_eq!((&facts.a[..], facts.people), (&[10, 11][..], 1));
    assert!(!facts.contradict(alignment.matched(), None));
}

#[test]
fn names_need_rare_capitals_within_sentences() {
    let kinds = |capital: usize, lower: usize| {
        let mut kinds = vec![WordKind::Capital; capital];
        kinds.resize(capital + lower, WordKind::Lower);
        kinds.resize(200, WordKind::SentenceStart);
        kinds
    };
    for (capital, tell) in [(21, true), (22, false), (0, true)] {
        let mut stories = Stories::default();
        let words: Vec<u64> = (0..200).collect();
        push_kinds(&mut stories, &words, &kinds(capital, 100 - capital));
        assert_eq!(stories.story(0).names_tell, tell, "{capital} of 100");
    }
}

#[test]
fn a_gap_of_seven_words_holds_no_facts() {
    for (size, facts) in [(6, 6), (7, 0)] {
        let side = |base: u64| -> Vec<(usize, u64)> {
            (0..size)
                .map(|at| (20 + at, base + 10 * at as u64))
                .collect()
        };
        assert_eq!(count(&side(10_000), &side(20_000)), facts);
    }
}

#[test]
fn two_facts_a_side_contradict_and_on_one_day_four_unless_in_a_long_story() {
    let facts = |a: u32, b: u32| Facts {
        a: (0..a).collect(),
        b: (0..b).collect(),
        ..Facts::default()
    };
    // A person alone is one fact, and with another fact weighs as the words do.
    let people = |words: u32| Facts {
        people: 1,
        ..facts(words, words)
    };
    assert!(!people(2).contradict(20, None));
    assert!(people(3).contradict(199, None));
    assert!(!people(3).contradict(200, None));
    assert!(facts(2, 2).contradict(133, None));
    assert!(!facts(2, 2).contradict(134, None));
    assert!(!facts(1, 9).contradict(20, None));
    assert!(facts(2, 2).contradict(50, Some(-0.81)));
    assert!(!facts(3, 3).contradict(20, Some(0.8)));
    assert!(facts(4, 4).contradict(114, Some(0.8)));
    assert!(!facts(4, 4).contradict(115, Some(0.8)));
    assert!(!people(4).contradict(50, Some(0.0)));
    assert!(people(5).contradict(142, Some(0.0)));
}

#[test]
fn figures_that_outnumber_those_that_agree_contradict() {
    let facts = |figures: u32, agreed: u32| Facts {
        figures,
        agreed,
        ..Facts::default()
    };
    assert!(facts(3, 2).contradict(200, None));
    assert!(!facts(3, 3).contradict(200, None));
    assert!(!facts(2, 0).contradict(50, None));
    assert!(!facts(3, 2).contradict(300, None));
    assert!(!facts(3, 2).contradict(200, Some(0.5)));
}

#[test]
fn the_same_form_with_other_figures_is_refused() {
    let mut stories = Stories::default();
    for figures in [[(20, 1_000), (40, 1_010)], [(20, 2_000), (40, 2_010)]] {
        let text = with(&figures);
        let kinds: Vec<WordKind> = text.iter().map(|&word| kind(word)).collect();
        push_kinds(&mut stories, &text, &kinds);
    }
    let mut verifier = PairVerifier::new();
    let next_day = verifier.decide(&stories, (0, 1), &Rule::WIRE, dated(1.0));
    assert!(next_day.score > 1.0);
    assert_eq!(next_day.refused, Some(Refusal::Facts));
    assert_eq!(
        (&verifier.facts().a[..], &verifier.facts().b[..]),
        (&[20, 40][..], &[20, 40][..])
    );
    let same_day = verifier.decide(&stories, (0, 1), &Rule::WIRE, dated(0.1));
    assert_eq!(same_day.facts, 2);
    assert!(same_day.is_copy() && !same_day.contradicted);
}
