//! Average linkage against its definition, and the cases it is for.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use proptest::prelude::*;

use super::super::LARGEST_COMPONENT;
use super::super::link::Weight;
use super::super::tests::doc;
use super::*;

fn average(texts: &[Text], links: &[Link], stop: Threshold, largest: usize) -> Averaged {
    super::average(texts, links, stop, largest, &AtomicBool::new(false))
}

fn average_where(
    texts: &[Text],
    links: &[Link],
    stop: Threshold,
    largest: usize,
    full: u64,
) -> Averaged {
    super::average_where(texts, links, stop, (largest, full), &AtomicBool::new(false))
}

fn stop() -> Threshold {
    Threshold::new(0.15).unwrap()
}

fn link(a: u32, b: u32, weight: Weight) -> Link {
    Link {
        a: doc(a),
        b: doc(b),
        weight,
    }
}

fn edge(a: u32, b: u32, score: f64) -> Link {
    link(a, b, Weight::accepted(score))
}

fn alone(texts: u64) -> Vec<Text> {
    (0..texts).map(|rank| Text { rank }).collect()
}

fn numbers(found: &Averaged) -> Vec<Vec<u32>> {
    let numbers = |set: &Vec<DocId>| set.iter().map(|doc| doc.get()).collect();
    found.members.iter().map(numbers).collect()
}

fn run(texts: &[Text], links: &[Link]) -> Vec<Vec<u32>> {
    numbers(&average(texts, links, stop(), LARGEST_COMPONENT))
}

/// Links from which on a text is full, in small components.
const FEW: u64 = 3;

/// The definition, all pairs of clusters at every step.
fn dense(texts: &[Text], links: &[Link], stop: Threshold) -> Vec<Vec<u32>> {
    let weights: BTreeMap<(DocId, DocId), i64> = links
        .iter()
        .map(|link| {
            let pair = (link.a.min(link.b), link.a.max(link.b));
            (pair, link.weight.millionths())
        })
        .collect();
    // Links count among texts that hang together by edges.
    let mut piece: Vec<usize> = (0..texts.len()).collect();
    for _ in texts {
        for link in links.iter().filter(|link| link.weight.is_accepted()) {
            let least = piece[link.a.index()].min(piece[link.b.index()]);
            piece[link.a.index()] = least;
            piece[link.b.index()] = least;
        }
    }
    let degree = |text: usize| {
        let ends = weights.keys().map(|(a, b)| (a.index(), b.index()));
        let own = ends.filter(|&(a, b)| piece[a] == piece[b] && (a == text || b == text));
        own.count() as u64
    };
    let full: Vec<bool> = (0..texts.len()).map(|at| degree(at) >= FEW).collect();
    let places = (0..texts.len()).map(DocId::from_index);
    let mut clusters: Vec<Vec<DocId>> = places.map(|place| vec![place]).collect();
    let first = |set: &Vec<DocId>| {
        let ranks = set.iter().map(|doc| texts[doc.index()].rank);
        ranks.min().unwrap()
    };
    loop {
        let mut best: Option<(i128, i128, _, _)> = None;
        for x in 0..clusters.len() {
            for y in x + 1..clusters.len() {
                let (mut sum, mut known, mut of_full, mut links_of_full) = (0i128, 0, 0, 0);
                for &a in &clusters[x] {
                    for &b in &clusters[y] {
                        let weight = weights.get(&(a.min(b), a.max(b)));
                        sum += i128::from(weight.copied().unwrap_or(0));
                        if full[a.index()] && full[b.index()] {
                            of_full += 1;
                            links_of_full += i128::from(weight.is_some());
                        } else {
                            known += 1;
                        }
                    }
                }
                let count = |set: &[DocId]| set.iter().filter(|doc| full[doc.index()]).count();
                let share = i128::from(FEW) * count(&clusters[x]).min(count(&clusters[y])) as i128;
                known += of_full.min(links_of_full.max(share));
                let enough = sum >= i128::from(Weight::accepted(stop.get()).millionths()) * known;
                if !enough || sum == 0 {
                    continue;
                }
                let firsts = (first(&clusters[x]), first(&clusters[y]));
                let names = Reverse((firsts.0.min(firsts.1), firsts.0.max(firsts.1)));
                let better = best.is_none_or(|(best_sum, best_known, best_names, _)| {
                    let order = (sum * best_known).cmp(&(best_sum * known));
                    order.then(names.cmp(&best_names)).is_gt()
                });
                if better {
                    best = Some((sum, known, names, (x, y)));
                }
            }
        }
        let Some((_, _, _, (x, y))) = best else {
            break;
        };
        let moved = clusters.remove(y);
        clusters[x].extend(moved);
    }
    clusters.retain(|set| set.len() > 1);
    clusters.iter_mut().for_each(|set| set.sort_unstable());
    clusters.sort_unstable();
    let numbers = |set: &Vec<DocId>| set.iter().map(|doc| doc.get()).collect();
    clusters.iter().map(numbers).collect()
}

/// Few different weights, so that ties are common.
fn weights() -> impl Strategy<Value = Weight> {
    prop_oneof![
        2 => Just(Weight::REFUSED),
        1 => Just(Weight::CONTRADICTED),
        4 => Just(Weight::accepted(1.0)),
        3 => (1u32..=20).prop_map(|twentieths| Weight::accepted(f64::from(twentieths) / 20.0)),
    ]
}

/// Texts of different ranks, links among them, and an order to shuffle them by.
fn components() -> impl Strategy<Value = (Vec<Text>, Vec<Link>, Vec<usize>)> {
    (2usize..18).prop_flat_map(|texts| {
        let places = 0..u32::try_from(texts).unwrap();
        let pair = (places.clone(), places);
        let ranks = Just((0..texts as u64).collect::<Vec<u64>>()).prop_shuffle();
        let links = prop::collection::btree_map(pair, weights(), 0..6 * texts);
        let order = Just((0..texts).collect::<Vec<usize>>()).prop_shuffle();
        (ranks, links, order).prop_map(|(ranks, links, order)| {
            let texts = ranks.into_iter().map(|rank| Text { rank }).collect();
            let links = links.into_iter().filter(|((a, b), _)| a < b);
            let links = links.map(|((a, b), weight)| link(a, b, weight)).collect();
            (texts, links, order)
        })
    })
}

#[test]
fn a_refused_link_of_an_earlier_text_hides_no_tie() {
    let (no, yes) = (Weight::REFUSED, Weight::accepted(1.0));
    let ranks = [7, 5, 2, 4, 6, 8, 3, 0, 1];
    let texts: Vec<Text> = ranks.map(|rank| Text { rank }).to_vec();
    let links = [
        (0, 7, no),
        (0, 8, yes),
        (1, 8, yes),
        (2, 4, yes),
        (2, 5, yes),
        (2, 6, yes),
        (3, 5, no),
        (3, 6, yes),
        (3, 7, yes),
        (4, 6, yes),
        (4, 7, yes),
        (5, 8, yes),
    ];
    let links = links.map(|(a, b, weight)| link(a, b, weight));
    let found = average_where(&texts, &links, stop(), LARGEST_COMPONENT, FEW);
    assert_eq!(numbers(&found), dense(&texts, &links, stop()));
    assert_eq!(numbers(&found), [vec![0, 1, 8], vec![2, 3, 4, 5, 6, 7]]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_clusters_are_those_of_the_definition((texts, links, _) in components()) {
        let found = average_where(&texts, &links, stop(), LARGEST_COMPONENT, FEW);
        prop_assert_eq!(numbers(&found), dense(&texts, &links, stop()));
    }

    #[test]
    fn neither_the_order_of_texts_nor_that_of_links_matters((texts, links, order) in components()) {
        // order[new place] = old place
        let moved: Vec<Text> = order.iter().map(|&old| texts[old]).collect();
        let new_place = |old: DocId| {
            DocId::from_index(order.iter().position(|&place| place == old.index()).unwrap())
        };
        let mut turned: Vec<Link> = links
            .iter()
            .map(|l| Link { a: new_place(l.b), b: new_place(l.a), weight: l.weight })
            .collect();
        turned.sort_unstable_by_key(|l| (l.b, l.a));
        let mut back: Vec<Vec<u32>> = average_where(&moved, &turned, stop(), 6, FEW)
            .members
            .iter()
            .map(|set| {
                let mut set: Vec<u32> =
                    set.iter().map(|place| u32::try_from(order[place.index()]).unwrap()).collect();
                set.sort_unstable();
                set
            })
            .collect();
        back.sort_unstable();
        let found = average_where(&texts, &links, stop(), 6, FEW);
        prop_assert_eq!(back, numbers(&found));
    }
}

#[test]
fn a_chain_whose_ends_were_refused_by_the_fact_check_is_cut() {
    let chain = [edge(0, 1, 0.9), edge(1, 2, 0.8)];
    assert_eq!(run(&alone(3), &chain), [[0, 1, 2]]);
    let contradicted = [chain[0], chain[1], link(0, 2, Weight::CONTRADICTED)];
    assert_eq!(run(&alone(3), &contradicted), [[0, 1]]);
}

#[test]
fn absent_pairs_keep_a_long_chain_apart() {
    // {0, 1} and {2, 3} have .58 over 4 pairs, less than the stop.
    let chain: Vec<Link> = (0..7).map(|at| edge(at, at + 1, 0.58)).collect();
    let clusters = run(&alone(8), &chain);
    assert_eq!(clusters, [[0, 1], [2, 3], [4, 5], [6, 7]]);
}

#[test]
fn an_average_exactly_at_the_stop_is_enough() {
    let links = |weight| [edge(0, 1, 1.0), edge(2, 3, 1.0), edge(1, 2, weight)];
    // One link of the four between {0, 1} and {2, 3}.
    let stop = 4.0 * 0.15;
    assert_eq!(run(&alone(4), &links(stop)), [[0, 1, 2, 3]]);
    assert_eq!(run(&alone(4), &links(stop - 1e-6)), [[0, 1], [2, 3]]);
}

/// Stories of so many carriers, each compared with the 8 leaders of its story and some thirty others.
fn stories(carriers: u32, stories: u32) -> (Vec<Text>, Vec<Link>) {
    let rank = |at: u32| u64::from(at).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let all = carriers * stories;
    let texts = (0..all).map(|at| Text { rank: rank(at) });
    let mut links = Vec::new();
    for text in 0..all {
        let start = text / carriers * carriers;
        let own = text - start;
        let leaders = (0..8).filter(|&leader| leader < own);
        links.extend(leaders.map(|leader| edge(start + leader, text, 0.7)));
        for step in 1..=16 {
            let other = (own + step * step * 31) % carriers;
            links.push(edge(
                text,
                start + other,
                0.5 + f64::from(text % 30) / 100.0,
            ));
        }
    }
    (texts.collect(), links)
}

#[test]
fn one_story_of_2000_carriers_comes_out_as_one_cluster() {
    let (texts, links) = stories(2_000, 1);
    let found = average(&texts, &links, stop(), LARGEST_COMPONENT);
    assert_eq!(found.members.len(), 1);
    assert_eq!(found.members[0].len(), 2_000);
    // If every pair without a link counted 0, it would fall apart.
    let apart = average_where(&texts, &links, stop(), LARGEST_COMPONENT, u64::MAX);
    assert!(apart.members.iter().all(|set| set.len() < 1_000));
}

#[test]
fn wrong_links_between_two_stories_of_2000_do_not_join_them_unless_they_are_many_and_stronger() {
    // Right ones weigh .50 to .79. How many texts of the first story each cluster has, and of the second:
    let found = |wrong: u32, weight: f64| -> Vec<(usize, usize)> {
        let (texts, mut links) = stories(2_000, 2);
        links.extend((0..wrong).map(|at| edge(at * 19, 2_000 + at * 17, weight)));
        let found = average(&texts, &links, stop(), LARGEST_COMPONENT);
        let count = |set: &Vec<DocId>| {
            let own = set.iter().filter(|text| text.get() < 2_000).count();
            (own, set.len() - own)
        };
        found.members.iter().map(count).collect()
    };
    assert_eq!(found(100, 0.45), [(2_000, 0), (0, 2_000)]);
    assert_eq!(found(100, 0.6), [(2_000, 0), (0, 2_000)]);
    // Two texts that are more alike than each is to its story go together, into one of the two. Of a hundred such
    // pairs the stories do not recover: they become one.
    let [first, second] = found(10, 1.0)[..] else {
        panic!("two stories")
    };
    assert!(first.1 <= 20 && second.0 <= 20, "{first:?} {second:?}");
    assert_eq!(found(100, 1.0), [(2_000, 2_000)]);
}

#[test]
fn a_component_over_the_cap_is_taken_apart_at_its_weakest_edges_first() {
    let links = [
        edge(0, 1, 0.95),
        edge(1, 2, 0.71),
        edge(0, 2, 0.71),
        edge(2, 3, 0.95),
        edge(3, 4, 0.95),
    ];
    let found = average(&alone(5), &links, stop(), 3);
    assert_eq!(
        (numbers(&found), found.split),
        (vec![vec![0, 1], vec![2, 3, 4]], 1)
    );
    assert_eq!(average(&alone(5), &links, stop(), 5).split, 0);
}

#[test]
fn a_crowd_larger_than_the_cap_is_left_whole() {
    let (texts, links) = stories(2_000, 1);
    let found = average(&texts, &links, stop(), 200);
    assert_eq!((found.members.len(), found.split), (1, 0));
    assert_eq!(found.members[0].len(), 2_000);
}

#[test]
fn crowds_of_nearly_equal_texts_that_begin_as_one_come_to_the_same() {
    let (texts, mut links) = stories(500, 3);
    for link in &mut links {
        // In the first story all are nearly equal, in the second half of them.
        if link.b.get() < 500 || (link.b.get() < 1_000 && link.b.get() % 2 == 0) {
            link.weight = Weight::accepted(0.97);
        }
    }
    links.extend((0..30).map(|at| edge(at * 19 % 500, 500 + at * 17 % 500, 0.45)));
    links.extend((0..40).map(|at| link(at * 11 % 500, 1_000 + at * 7 % 500, Weight::CONTRADICTED)));
    let whole = average(&texts, &links, stop(), LARGEST_COMPONENT);
    assert_eq!(whole.members.len(), 3);
    let begun = average(&texts, &links, stop(), 100);
    assert_eq!((begun.members, begun.split), (whole.members, 0));
}

#[test]
fn who_is_asked_to_stop_merges_no_more() {
    let (texts, links) = stories(500, 1);
    let stopped = super::average(
        &texts,
        &links,
        stop(),
        LARGEST_COMPONENT,
        &AtomicBool::new(true),
    );
    assert!(stopped.members.is_empty());
}

#[test]
fn a_component_that_no_threshold_splits_is_left_whole() {
    let links = [edge(0, 1, 1.0), edge(1, 2, 1.0)];
    let found = average(&alone(3), &links, stop(), 2);
    assert_eq!((numbers(&found), found.split), (vec![vec![0, 1, 2]], 1));
}

#[test]
fn a_pair_linked_twice_counts_once_by_its_lower_weight() {
    assert_eq!(
        run(&alone(2), &[edge(0, 1, 1.0), edge(1, 0, 0.1)]),
        Vec::<Vec<u32>>::new()
    );
}
