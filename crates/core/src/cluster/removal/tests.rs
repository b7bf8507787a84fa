//! What goes, on whose word, and what stays.

use super::super::Neighbour;
use super::super::tests::{Page, doc};
use super::*;
use crate::similarity::Overlap;

fn rule(keep: Keep) -> RemovalRule {
    RemovalRule {
        keep,
        relations: vec![
            Relation::Exact,
            Relation::Normalized,
            Relation::Excerpt,
            Relation::Revised,
        ],
        coverage: Threshold::new(0.8).unwrap(),
    }
}

fn page(words: u32, content: u64) -> Page {
    Page {
        words,
        content,
        ..Page::default()
    }
}

/// Verdicts over pages that are all texts of their own but for `equal`, joined by `edges`
/// of (text, text, shared).
fn run(
    pages: &[Page],
    equal: &[(u32, u32)],
    edges: &[(u32, u32, u32)],
    rule: &RemovalRule,
) -> Vec<Verdict> {
    let pages = pages.to_vec();
    let members: Vec<DocId> = (0..pages.len()).map(DocId::from_index).collect();
    let text_of = |d: DocId| {
        equal
            .iter()
            .find(|&&(_, copy)| copy == d.get())
            .map_or(d, |&(text, _)| doc(text))
    };
    let neighbours = |text: DocId| {
        let own = |a: u32, b: u32| a == text.get() || b == text.get();
        edges
            .iter()
            .filter(|&&(a, b, _)| own(a, b))
            .map(|&(a, b, shared)| {
                let other = if a == text.get() { b } else { a };
                let words = |d: u32| pages[d as usize].words;
                Neighbour {
                    text: doc(other),
                    overlap: Overlap {
                        shared,
                        left: words(text.get()),
                        right: words(other),
                    },
                }
            })
            .collect::<Vec<_>>()
    };
    let nothing = |_: DocId, _: &[DocId]| Ok::<_, ()>(Vec::new());
    verdicts(&members, doc(0), rule, &pages, text_of, neighbours, nothing).unwrap()
}

fn removed(witness: u32, relation: Relation) -> Verdict {
    Verdict::Removed {
        witness: doc(witness),
        relation,
    }
}

#[test]
fn the_longest_copy_is_kept_and_the_others_name_it() {
    let pages = [page(90, 1), page(100, 2), page(95, 3)];
    let edges = [(0, 1, 89), (1, 2, 94), (0, 2, 85)];
    assert_eq!(
        run(&pages, &[], &edges, &rule(Keep::Longest)),
        [
            removed(1, Relation::Revised),
            Verdict::Kept,
            removed(1, Relation::Revised)
        ]
    );
}

#[test]
fn a_chain_keeps_what_no_kept_document_carries() {
    // 0 – 1 – 2: the middle one goes with 0; no kept one is verified against 2.
    let pages = [page(100, 1), page(98, 2), page(96, 3)];
    let edges = [(0, 1, 90), (1, 2, 90)];
    assert_eq!(
        run(&pages, &[], &edges, &rule(Keep::Longest)),
        [Verdict::Kept, removed(0, Relation::Revised), Verdict::Kept]
    );
}

#[test]
fn equal_texts_go_as_exact_or_normalized_also_when_their_first_copy_went() {
    let pages = [page(100, 1), page(95, 2), page(95, 2), page(95, 7)];
    let equal = [(1, 2), (1, 3)];
    assert_eq!(
        run(&pages, &equal, &[(0, 1, 92)], &rule(Keep::Longest))[1..],
        [removed(0, Relation::Revised); 3]
    );
    assert_eq!(
        run(&pages, &equal, &[], &rule(Keep::First)),
        [
            Verdict::Kept,
            Verdict::Kept,
            removed(1, Relation::Exact),
            removed(1, Relation::Normalized)
        ]
    );
}

/// The first copy kept of a text has other bytes; the second one has the same.
#[test]
fn an_exact_copy_goes_also_where_a_normalized_one_was_kept_before() {
    let pages = [page(9, 1), page(9, 2), page(9, 2)];
    let mut rule = rule(Keep::Longest);
    rule.relations = vec![Relation::Exact];
    assert_eq!(
        run(&pages, &[(0, 1), (0, 2)], &[], &rule),
        [Verdict::Kept, Verdict::Kept, removed(1, Relation::Exact)]
    );
}

#[test]
fn an_extended_copy_goes_only_on_request() {
    let pages = [page(60, 1), page(100, 2)];
    let mut rule = rule(Keep::First);
    rule.coverage = Threshold::new(0.5).unwrap();
    assert_eq!(
        run(&pages, &[], &[(0, 1, 58)], &rule),
        [Verdict::Kept, Verdict::Kept]
    );
    rule.relations.push(Relation::Extended);
    assert_eq!(
        run(&pages, &[], &[(0, 1, 58)], &rule),
        [Verdict::Kept, removed(0, Relation::Extended)]
    );
}

#[test]
fn a_document_that_its_witness_does_not_carry_enough_of_stays() {
    let pages = [page(100, 1), page(99, 2)];
    assert_eq!(
        run(&pages, &[], &[(0, 1, 79)], &rule(Keep::Longest)),
        [Verdict::Kept; 2]
    );
}

#[test]
fn sources_are_preferred_in_their_order() {
    let mut pages = [page(100, 1), page(95, 2), page(90, 3)];
    pages[0].publisher = Some("tabloid.example");
    pages[2].publisher = Some("agency.example");
    let edges = [(0, 1, 90), (1, 2, 89), (0, 2, 88)];
    let keep = Keep::Source(vec!["agency.example".into(), "tabloid.example".into()]);
    assert_eq!(run(&pages, &[], &edges, &rule(keep))[2], Verdict::Kept);
}

/// As `wire` asks: the caller has aligned the texts and says what they are.
#[test]
fn the_relation_and_the_coverage_may_be_known() {
    let pages = [page(100, 1), page(90, 2), page(80, 3)];
    let members = [doc(0), doc(1), doc(2)];
    let carrier = |text, relation, carried| Carrier {
        text: doc(text),
        relation,
        if_later: relation,
        carried,
        of: 100,
        closeness: 1.0,
    };
    let neighbours = |text: DocId| match text.get() {
        1 => vec![carrier(0, Relation::Updated, 95)],
        2 => vec![
            carrier(0, Relation::Excerpt, 79),
            carrier(1, Relation::Excerpt, 80),
        ],
        _ => Vec::new(),
    };
    let nothing = |_: DocId, _: &[DocId]| Ok::<_, ()>(Vec::new());
    let rule = rule(Keep::Longest);
    let decided = |rule| {
        let pages = pages.to_vec();
        verdicts(
            &members,
            doc(0),
            rule,
            &pages,
            |doc| doc,
            neighbours,
            nothing,
        )
        .unwrap()
    };
    assert_eq!(
        decided(&rule),
        [Verdict::Kept, Verdict::Kept, removed(1, Relation::Excerpt)]
    );
    let mut asked = rule.clone();
    asked.relations.push(Relation::Updated);
    let update = removed(0, Relation::Updated);
    assert_eq!(decided(&asked), [Verdict::Kept, update, Verdict::Kept]);
}

/// Three documents of one text, before and after the only witness there is.
#[test]
fn the_date_of_each_document_says_whether_it_is_an_update() {
    let dated = |day, words, content| Page {
        date: Some((day, None)),
        ..page(words, content)
    };
    let pages = vec![
        dated(5, 100, 1),
        dated(4, 90, 2),
        dated(6, 90, 3),
        dated(5, 90, 4),
    ];
    let members = [doc(0), doc(1), doc(2), doc(3)];
    let carrier = Carrier {
        text: doc(0),
        relation: Relation::Revised,
        if_later: Relation::Updated,
        carried: 9,
        of: 10,
        closeness: 1.0,
    };
    let mut rule = rule(Keep::Longest);
    rule.relations
        .retain(|&relation| relation != Relation::Normalized);
    let verdicts = verdicts(
        &members,
        doc(0),
        &rule,
        &pages,
        |d| if d == doc(0) { d } else { doc(1) },
        |text| (text == doc(1)).then_some(carrier),
        |_, _| Ok::<_, ()>(Vec::new()),
    );
    let revised = removed(0, Relation::Revised);
    let expected = [Verdict::Kept, revised, Verdict::Kept, revised];
    assert_eq!(verdicts.unwrap(), expected);
}

#[test]
fn a_document_is_compared_with_the_first_kept_ones_before_it_is_kept() {
    // Eleven texts without a known pair; the last is carried by the third.
    let mut pages: Vec<Page> = (0..11).map(|n| page(100 - n, u64::from(n))).collect();
    pages[10].words = 50;
    let members: Vec<DocId> = (0..pages.len()).map(DocId::from_index).collect();
    let mut asked = Vec::new();
    let verdicts = verdicts(
        &members,
        doc(0),
        &rule(Keep::Longest),
        &pages,
        |doc| doc,
        |_| [],
        |text, others| {
            asked.push(others.len());
            let overlap = Overlap {
                shared: 45,
                left: 50,
                right: 53,
            };
            let found = others
                .iter()
                .filter(|_| text == doc(10))
                .map(|&text| Neighbour {
                    text,
                    overlap: Overlap {
                        shared: if text == doc(2) { 46 } else { 45 },
                        ..overlap
                    },
                });
            Ok::<_, ()>(found.collect())
        },
    );
    let verdicts = verdicts.unwrap();
    assert_eq!(verdicts[..10], [Verdict::Kept; 10]);
    assert_eq!(verdicts[10], removed(2, Relation::Revised));
    assert_eq!(asked, [1, 2, 3, 4, 5, 6, 7, 8, 8, 8]);
}
