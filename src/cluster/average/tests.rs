//! Average linkage against its definition, and the cases it is for.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use proptest::prelude::*;

use super::super::LARGEST_COMPONENT;
use super::super::link::Weight;
use super::super::tests::doc;
use super::*;

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
    (0..texts).map(|rank| Text { rank, crowd: None }).collect()
}

fn numbers(found: &Averaged) -> Vec<Vec<u32>> {
    let numbers = |set: &Vec<DocId>| set.iter().map(|doc| doc.get()).collect();
    found.members.iter().map(numbers).collect()
}

fn run(texts: &[Text], links: &[Link]) -> Vec<Vec<u32>> {
    numbers(&average(texts, links, stop(), LARGEST_COMPONENT))
}

/// The definition, all pairs of clusters at every step.
fn dense(texts: &[Text], links: &[Link], stop: Threshold) -> Vec<Vec<u32>> {
    let weights: BTreeMap<(DocId, DocId), i64> = links
        .iter()
        .map(|link| {
            let pair = (link.a.min(link.b), link.a.max(link.b));
            (pair, link.weight.millionths())
        })
        .collect();
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
                let (mut sum, mut known) = (0i128, 0i128);
                for &a in &clusters[x] {
                    for &b in &clusters[y] {
                        let crowds = (texts[a.index()].crowd, texts[b.index()].crowd);
                        match weights.get(&(a.min(b), a.max(b))) {
                            Some(weight) => (sum, known) = (sum + i128::from(*weight), known + 1),
                            None if crowds.0.is_some() && crowds.0 == crowds.1 => {}
                            None => known += 1,
                        }
                    }
                }
                let enough = sum >= i128::from(Weight::accepted(stop.get()).millionths()) * known;
                if known == 0 || !enough {
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
        let crowds = prop::collection::vec(prop::option::weighted(0.6, 0u32..3), texts);
        let links = prop::collection::btree_map(pair, weights(), 0..4 * texts);
        let order = Just((0..texts).collect::<Vec<usize>>()).prop_shuffle();
        (ranks, crowds, links, order).prop_map(|(ranks, crowds, links, order)| {
            let texts = ranks.into_iter().zip(crowds);
            let texts = texts.map(|(rank, crowd)| Text { rank, crowd }).collect();
            let links = links.into_iter().filter(|((a, b), _)| a < b);
            let links = links.map(|((a, b), weight)| link(a, b, weight)).collect();
            (texts, links, order)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_clusters_are_those_of_the_definition((texts, links, _) in components()) {
        prop_assert_eq!(run(&texts, &links), dense(&texts, &links, stop()));
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
        let mut back: Vec<Vec<u32>> = average(&moved, &turned, stop(), 6)
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
        prop_assert_eq!(back, numbers(&average(&texts, &links, stop(), 6)));
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

/// A star of links to one leader, as a crowded key leaves it.
fn star(carriers: u32, crowd: Option<u32>, score: impl Fn(u32) -> f64) -> (Vec<Text>, Vec<Link>) {
    let rank = |at: u32| u64::from(at).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let texts = (0..carriers).map(|at| Text {
        rank: rank(at),
        crowd,
    });
    let links = (1..carriers).map(|leaf| edge(0, leaf, score(leaf)));
    (texts.collect(), links.collect())
}

#[test]
fn one_story_of_2000_carriers_comes_out_as_one_cluster() {
    let (texts, links) = star(2_000, Some(7), |leaf| 0.7 + f64::from(leaf % 30) / 100.0);
    let found = average(&texts, &links, stop(), LARGEST_COMPONENT);
    assert_eq!(found.members.len(), 1);
    assert_eq!(found.members[0].len(), 2_000);
    // Without the crowd every pair of leaves counts 0, and the star falls apart.
    let (texts, links) = star(2_000, None, |_| 0.7);
    assert_eq!(run(&texts, &links)[0].len(), 5); // .7 / 4 is above the stop, .7 / 5 is not
}

#[test]
fn texts_of_one_crowd_of_which_nothing_is_known_are_not_merged() {
    let crowd = |rank, crowd| Text {
        rank,
        crowd: Some(crowd),
    };
    let texts = [crowd(1, 1), crowd(2, 1), crowd(3, 2), crowd(4, 2)];
    assert_eq!(run(&texts, &[]), Vec::<Vec<u32>>::new());
    // What is known of the clusters {0, 2} and {1, 3} is that (0, 3) and (1, 2) have no link.
    assert_eq!(
        run(&texts, &[edge(0, 2, 1.0), edge(1, 3, 1.0)]),
        [[0, 2], [1, 3]]
    );
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
