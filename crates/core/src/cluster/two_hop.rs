//! Two-hop pairs: texts that share a neighbour, but were no candidates.
//!
//! Two heavily edited copies may share no key, and yet both have an edge to a third one. Such
//! pairs are worth a look before average linkage counts them as 0: measured on heavy edits, up to
//! +.01 of ARI.
//!
//! Every text brings together its best neighbours, so the work is bounded: a text gives
//! `n · (n − 1) / 2`, n = [`TWO_HOP_NEIGHBOURS`], pairs at most. And two texts that both have more neighbours than that
//! are left alone: their place in the story is known. (A story of 1,900 carriers gave half a million
//! such pairs, and more than half of the time of a run over 100,000 pages.)

use std::cmp::Reverse;
use std::sync::atomic::{AtomicBool, Ordering};

use super::link::{Link, Text};
use super::ties::Ties;
use crate::doc_id::DocId;

/// How many neighbours of a text are brought together: those of highest weight.
///
/// The number the rule was measured with. It bounds the work at 1,770 pairs a text, and at far
/// less where a story has fewer carriers or its copies are candidates of one another already.
pub const TWO_HOP_NEIGHBOURS: usize = 60;

/// Texts that are worth a look, and how often a bound kept some apart.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct TwoHop {
    /// The pairs, in ascending order, every pair once and with the smaller place first.
    pub pairs: Vec<(DocId, DocId)>,
    /// Texts with more neighbours than were brought together.
    pub capped: u64,
}

/// The pairs of texts that share a neighbour and are not linked.
///
/// `links` are all compared pairs, of which the accepted ones make neighbours. Of neighbours of
/// equal weight those of smaller rank come first, then of smaller place. `most` is [`TWO_HOP_NEIGHBOURS`]
/// unless a test asks for less.
///
/// # Panics
///
/// If a link names a place that is not in `texts`.
///
/// If cancelled, some pairs are missing.
pub fn two_hop(texts: &[Text], links: &[Link], most: usize, cancelled: &AtomicBool) -> TwoHop {
    let compared = Ties::of(texts.len(), links, |_| true);
    // Who is brought together with others by whom.
    let mut neighbours: Vec<Vec<DocId>> = vec![Vec::new(); texts.len()];
    let mut hosts: Vec<Vec<DocId>> = vec![Vec::new(); texts.len()];
    let mut is_known = vec![false; texts.len()];
    let mut best = Vec::new();
    for (at, guests) in neighbours.iter_mut().enumerate() {
        let host = DocId::from_index(at);
        let own = compared
            .get(host)
            .filter(|tie| tie.link.weight.is_accepted());
        best.clear();
        best.extend(own.map(|tie| {
            let preference = (Reverse(tie.link.weight), texts[tie.other.index()].rank);
            (preference, tie.other)
        }));
        is_known[at] = best.len() > most;
        best.sort_unstable();
        best.dedup();
        guests.extend(best.iter().take(most).map(|&(_, guest)| guest));
        guests
            .iter()
            .for_each(|guest| hosts[guest.index()].push(host));
    }

    let mut pairs = Vec::new();
    let mut met = Vec::new();
    let mut known: Vec<DocId> = Vec::new();
    for text in 0..texts.len() {
        if cancelled.load(Ordering::Relaxed) {
            break;
        }
        let own = DocId::from_index(text);
        known.clear();
        known.extend(compared.get(own).map(|tie| tie.other));
        known.sort_unstable();
        let guests = hosts[text]
            .iter()
            .flat_map(|host| &neighbours[host.index()]);
        met.clear();
        let is_wanted =
            |guest: &DocId| *guest > own && !(is_known[text] && is_known[guest.index()]);
        met.extend(guests.copied().filter(is_wanted));
        met.sort_unstable();
        met.dedup();
        let new = met
            .iter()
            .filter(|guest| known.binary_search(guest).is_err());
        pairs.extend(new.map(|&guest| (own, guest)));
    }
    let capped = is_known.iter().filter(|&&capped| capped).count() as u64;
    TwoHop { pairs, capped }
}

#[cfg(test)]
mod tests {
    use super::super::link::Weight;
    use super::super::tests::doc;
    use super::*;
    use proptest::prelude::*;

    fn two_hop(texts: &[Text], links: &[Link], most: usize) -> TwoHop {
        super::two_hop(texts, links, most, &AtomicBool::new(false))
    }

    fn texts(ranks: &[u64]) -> Vec<Text> {
        let text = |&rank| Text { rank };
        ranks.iter().map(text).collect()
    }

    fn link(a: u32, b: u32, score: f64) -> Link {
        let weight = if score > 0.0 {
            Weight::accepted(score)
        } else {
            Weight::REFUSED
        };
        Link {
            a: doc(a),
            b: doc(b),
            weight,
        }
    }

    fn numbers(found: &TwoHop) -> Vec<(u32, u32)> {
        found
            .pairs
            .iter()
            .map(|(a, b)| (a.get(), b.get()))
            .collect()
    }

    #[test]
    fn two_copies_of_one_text_are_brought_together_once() {
        let links = [
            link(0, 2, 0.8),
            link(2, 1, 0.9),
            link(0, 3, 0.7),
            link(1, 3, 0.7),
        ];
        let found = two_hop(&texts(&[1, 2, 3, 4]), &links, TWO_HOP_NEIGHBOURS);
        assert_eq!(numbers(&found), [(0, 1), (2, 3)]);
    }

    #[test]
    fn a_compared_pair_is_not_compared_again_and_a_refused_one_makes_no_two_hop_pair() {
        let links = [
            link(0, 1, 0.8),
            link(1, 2, 0.8),
            link(0, 2, 0.0),
            link(2, 3, 0.0),
        ];
        let found = two_hop(&texts(&[1, 2, 3, 4]), &links, TWO_HOP_NEIGHBOURS);
        assert_eq!(found, TwoHop::default());
    }

    #[test]
    fn the_best_neighbours_count_and_ties_go_to_the_smaller_rank() {
        let links = [
            link(0, 1, 0.7),
            link(0, 2, 0.9),
            link(0, 3, 0.8),
            link(0, 4, 0.8),
        ];
        let found = |ranks| numbers(&two_hop(&texts(ranks), &links, 2));
        assert_eq!(found(&[0, 1, 2, 3, 4]), [(2, 3)]);
        assert_eq!(found(&[0, 1, 2, 9, 4]), [(2, 4)]);
    }

    #[test]
    fn a_hub_gives_no_more_pairs_than_its_best_neighbours_have() {
        let links: Vec<Link> = (1..500).map(|leaf| link(0, leaf, 1.0)).collect();
        let ranks: Vec<u64> = (0..500).collect();
        let found = two_hop(&texts(&ranks), &links, TWO_HOP_NEIGHBOURS);
        assert_eq!((found.pairs.len(), found.capped), (60 * 59 / 2, 1));
    }

    proptest! {
        #[test]
        fn the_pairs_are_those_of_the_definition(
            drawn in prop::collection::btree_map((0u32..12, 0u32..12), 0u32..4, 0..40),
        ) {
            let pairs = drawn.into_iter().filter(|((a, b), _)| a < b);
            let links: Vec<Link> = pairs.map(|((a, b), s)| link(a, b, f64::from(s) / 4.0)).collect();
            let edge = |a: u32, b: u32| {
                let same = |l: &&Link| (l.a, l.b) == (doc(a.min(b)), doc(a.max(b)));
                links.iter().find(same).map(|link| link.weight.is_accepted())
            };
            let mut expected = Vec::new();
            for a in 0..12 {
                for b in a + 1..12 {
                    let shared = (0..12).any(|c| edge(a, c) == Some(true) && edge(c, b) == Some(true));
                    if shared && edge(a, b).is_none() {
                        expected.push((a, b));
                    }
                }
            }
            let ranks: Vec<u64> = (0..12).collect();
            prop_assert_eq!(numbers(&two_hop(&texts(&ranks), &links, TWO_HOP_NEIGHBOURS)), expected);
        }
    }
}
