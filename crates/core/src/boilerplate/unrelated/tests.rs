//! Notices, stories and menus: what is asked of their pages, and when no page is asked.

use super::super::RUN;
use super::super::distinct::{by_pages, page_sets};
use super::super::frequent::{Frequent, frequent};
use super::super::tests::{own, pages_of, pages_with, word};
use super::*;

/// A page before a block of 150 words: its own words, and words of the block among them.
#[derive(Clone, Copy)]
struct Stub {
    own: u64,
    repeated: usize,
    day: Option<i64>,
}

const FOREIGN: Stub = Stub {
    own: 12,
    repeated: 0,
    day: None,
};
const HEADLINE: Stub = Stub {
    repeated: 1,
    ..FOREIGN
};

/// Whether the block is boilerplate on these pages.
fn is_foreign_to(stubs: &[Stub]) -> bool {
    let block = own(1, 150);
    let texts: Vec<Vec<u64>> = (100..)
        .zip(stubs)
        .map(|(page, stub)| {
            let from = 70 + (page % 3) as usize; // headlines differ
            let repeated = &block[from..from + stub.repeated];
            [repeated, &own(page, stub.own), &block].concat()
        })
        .collect();
    asked(&texts, stubs)
}

/// Asked of these pages without a publisher, and of ten more, of other days if these have some.
fn asked(texts: &[Vec<u64>], stubs: &[Stub]) -> bool {
    let mut texts = texts.to_vec();
    let mut facts: Vec<(Option<u64>, Option<i64>)> =
        stubs.iter().map(|stub| (None, stub.day)).collect();
    let is_dated = stubs.iter().any(|stub| stub.day.is_some());
    for page in 0..10i64 {
        texts.push(own(5_000 + page.cast_unsigned(), 20));
        facts.push((None, is_dated.then_some(1_000 + 10 * page)));
    }
    let (everywhere, _, all) = found(&texts, &facts);
    assert!(
        everywhere == 0 || everywhere == all,
        "a passage is asked about as a whole"
    );
    everywhere > 0
}

/// How many grams are boilerplate everywhere and of one outlet, and how many were asked about.
fn found(texts: &[Vec<u64>], facts: &[(Option<u64>, Option<i64>)]) -> (usize, usize, usize) {
    let pages = pages_with(texts, facts);
    let go_on = AtomicBool::new(false);
    let all = frequent(&pages, &RoughCounts::of(&pages, &go_on), 4, RUN, &go_on);
    let all = by_pages(&all);
    let masked = vec![false; pages.total_words()];
    let found = unrelated(
        &pages,
        &RoughCounts::of(&pages, &go_on),
        &page_sets(&all),
        &masked,
        &go_on,
    );
    (found.everywhere.len(), found.of_outlet.len(), all.len())
}

/// Pages of publishers, given by their numbers: words of their own, a passage of 150, and other words behind it.
fn homes(publishers: &[u64], before: u64, behind: u64) -> (usize, usize) {
    let page = |(number, _): (u64, &u64)| {
        [
            own(100 + number, before),
            own(1, 150),
            own(900 + number, behind),
        ]
        .concat()
    };
    let mut texts: Vec<Vec<u64>> = (0..).zip(publishers).map(page).collect();
    let mut facts: Vec<(Option<u64>, Option<i64>)> =
        publishers.iter().map(|&name| (Some(name), None)).collect();
    for other in 0..40 {
        texts.push(own(5_000 + other, 20));
        facts.push((Some(other % 9), None));
    }
    let (everywhere, of_outlet, _) = found(&texts, &facts);
    (everywhere, of_outlet)
}

#[test]
fn on_few_pages_of_a_publisher_two_sentences_before_a_passage_make_it_boilerplate() {
    assert_eq!(homes(&[3; 4], 20, 0), (0, 147));
    assert_eq!(homes(&[3; 4], 19, 0), (0, 0), "a new lead");
    assert_eq!(
        homes(&[3; 4], 0, 40),
        (0, 0),
        "fetched again, with other teasers"
    );
    assert_eq!(homes(&[3; 16], 12, 0), (0, 147), "many stubs");
    assert_eq!(homes(&[3; 3], 20, 0), (0, 0));
}

#[test]
fn what_publishers_print_once_each_is_their_story_and_what_they_repeat_is_theirs() {
    let each = |times: u64| (0..18).map(|page| page / times).collect::<Vec<u64>>();
    assert_eq!(homes(&each(1), 40, 0), (0, 0));
    // Of two pages each the first sixteen are asked: eight publishers.
    assert_eq!(homes(&each(2), 40, 0), (0, 8 * 147));
}

#[test]
fn days_that_are_all_the_same_say_nothing() {
    let stub = |page: u64| [own(100 + page, 12), own(1, 150)].concat();
    let texts: Vec<Vec<u64>> = (0..20).map(stub).collect();
    let (everywhere, ..) = found(&texts, &[(None, Some(7)); 20]);
    assert_eq!(everywhere, 147);
}

#[test]
fn blocks_are_asked_about_up_to_a_bound() {
    assert_eq!(within(10, [4, 6, 1].into_iter()), 2);
    assert_eq!(within(9, [4, 6, 1].into_iter()), 1);
    assert_eq!(within(9, [usize::MAX, usize::MAX].into_iter()), 0);
    // Sixteen pages, and thousands of pairs of grams that are on all of them in another order.
    let texts: Vec<Vec<u64>> = (0..16)
        .map(|page| {
            let blocks = (0..3_000)
                .filter(|block| block % 40 != page)
                .map(|n| own(n, 4));
            [blocks.flatten().collect(), own(9_000 + page, 30)].concat()
        })
        .collect();
    let pages = pages_of(&texts);
    let go_on = AtomicBool::new(false);
    let all: Vec<Frequent> = (0..4_000)
        .map(|gram| Frequent {
            gram,
            publisher: None,
            pages: MANY_PAGES,
            listings: 0,
            sample: (0..16).filter(|page| gram >> page & 1 == 0).collect(),
        })
        .collect();
    let all = by_pages(&all);
    let sets = page_sets(&all);
    let masked = vec![false; pages.total_words()];
    let found = unrelated(
        &pages,
        &RoughCounts::of(&pages, &go_on),
        &sets,
        &masked,
        &go_on,
    );
    assert!(found.unjudged > 0, "{found:?}");
    let few = unrelated(
        &pages,
        &RoughCounts::of(&pages, &go_on),
        &sets[..2],
        &masked,
        &go_on,
    );
    assert_eq!(few.unjudged, 0);
}

#[test]
fn a_paywall_notice_is_unrelated_and_a_story_that_the_headline_repeats_is_not() {
    assert!(is_foreign_to(&[FOREIGN; 20]));
    assert!(!is_foreign_to(&[HEADLINE; 20]));
}

#[test]
fn three_of_four_asked_pages_must_be_unrelated() {
    // The first sixteen are asked.
    let with_headlines = |count: usize| {
        let mut stubs = [FOREIGN; 20];
        stubs[..count].fill(HEADLINE);
        is_foreign_to(&stubs)
    };
    assert!(with_headlines(4));
    assert!(!with_headlines(5));
    let mut later = [FOREIGN; 20];
    later[MANY_PAGES as usize..].fill(HEADLINE);
    assert!(is_foreign_to(&later));
}

/// Whether the block is boilerplate on twenty pages, the first sixteen of which have these of its words.
fn is_foreign_with(hits: [&[usize]; 16], own_words: u64) -> bool {
    let block = own(1, 150);
    let page = |page: u64| {
        let hits = hits.get(usize::try_from(page).unwrap()).copied();
        let hits = hits.unwrap_or_default().iter().map(|&at| block[at]);
        let own = own(100 + page, if page < 4 { 12 } else { own_words });
        [hits.collect(), own, block.clone()].concat()
    };
    let texts: Vec<Vec<u64>> = (0..20).map(page).collect();
    asked(&texts, &[FOREIGN; 20])
}

#[test]
fn a_word_of_the_menu_that_the_notice_has_makes_no_story_of_it() {
    let mut hits: [&[usize]; 16] = [&[70]; 16];
    assert!(is_foreign_with(hits, 12), "one and the same");
    hits[..4].fill(&[70, 71]);
    assert!(is_foreign_with(hits, 12), "and another on four");
    hits[4] = &[72];
    assert!(
        !is_foreign_with(hits, 12),
        "five are not enough to be unrelated"
    );
    hits = [&[70, 71]; 16];
    assert!(!is_foreign_with(hits, 12), "neither is more than half");
}

#[test]
fn on_few_pages_one_word_makes_a_story() {
    let hits: [&[usize]; 16] = std::array::from_fn(|page| match page {
        0..4 => &[70][..],
        _ => &[],
    });
    assert!(!is_foreign_with(hits, 3), "four are counted");
    assert!(is_foreign_with(hits, 5));
}

#[test]
fn four_asked_pages_must_have_five_words_of_their_own() {
    let with_words = |counted: usize, words: u64| {
        let mut stubs = [Stub { own: 4, ..FOREIGN }; 20];
        stubs[..counted].fill(Stub {
            own: words,
            ..FOREIGN
        });
        is_foreign_to(&stubs)
    };
    assert!(with_words(4, 5));
    assert!(!with_words(3, 5));
    assert!(!with_words(4, 4));
}

/// Whether the block is boilerplate on twenty pages, the first of which are of these days.
fn is_foreign_on(days: &[i64]) -> bool {
    let mut stubs = [FOREIGN; 20];
    for (stub, &day) in stubs.iter_mut().zip(days) {
        stub.day = Some(day);
    }
    is_foreign_to(&stubs)
}

#[test]
fn where_four_of_the_sampled_pages_are_dated_their_days_count() {
    assert!(is_foreign_on(&[3; 3]));
    assert!(!is_foreign_on(&[3; 4]));
}

#[test]
fn where_three_of_four_dated_pages_are_of_the_same_days_nobody_is_asked() {
    // Sixteen are sampled: so many of them within three days, the others before and after.
    let with_carriers = |carriers: usize| {
        let mut days = [50, 90, 53, 13].repeat(4);
        for (number, day) in days[..carriers].iter_mut().enumerate() {
            *day = [30, 33, 31][number % 3];
        }
        is_foreign_on(&days)
    };
    assert!(with_carriers(11));
    assert!(!with_carriers(12));
    assert!(is_foreign_on(&[30, 34].repeat(8)), "four days apart");
    assert!(!is_foreign_on(&[30, 33].repeat(8)));
}

#[test]
fn everybodys_words_are_nobodys_own() {
    let block = own(1, 150);
    let everybodys = own(2, 9); // too few for a run
    let stub = |page: u64| {
        let theirs = [&everybodys[..], &own(page, 4)].concat();
        match page % 2 {
            0 => [theirs, block.clone()].concat(),
            _ => theirs, // pages without the block have these words too
        }
    };
    let texts: Vec<Vec<u64>> = (100..160).map(stub).collect();
    assert!(!asked(&texts, &[FOREIGN; 60]));
}

#[test]
fn a_word_counts_once_a_page_and_numbers_not_at_all() {
    let mut pages = Pages::new();
    for rank in 0..3 {
        let facts = super::super::PageFacts {
            rank,
            publisher: None,
            day: None,
            is_listing: false,
        };
        pages.push(facts, [word(1_001), word(1_001), word(rank)]);
    }
    let words = page_counts(&pages);
    assert_eq!(words.len(), 1);
    assert_eq!(words[&word(1_001)], 3);
}
