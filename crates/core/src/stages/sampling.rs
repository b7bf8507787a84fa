//! A stratified random sample of compared pairs, and how many there were to draw from.
//!
//! Every pair has a number by which it is drawn, the hash of what its two texts say; a stratum
//! keeps the pairs of the smallest numbers (bottom-k). So the sample is uniform in each stratum,
//! it is the same in whatever order, threads and parts the pairs come, and samples of parts merge
//! into that of the whole. Of a pair the weight is the population of its stratum over the pairs
//! drawn from it.
//!
//! Source: E. Cohen, H. Kaplan, "Summarizing data using bottom-k sketches", PODC 2007.

use std::collections::BTreeMap;

use crate::doc_id::DocId;
use crate::edge::Edge;
use crate::likeness::{Likeness, Refusal};
use crate::recipe::Recipe;

/// Pairs drawn from a stratum. A verdict costs a person some ten seconds, so that all strata
/// together are about twenty minutes; 20 alike answers put a share within .12 of 0 or 1.
pub const DRAWN: usize = 20;

/// Pairs that verification treated alike, so that its errors are alike too.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Stratum {
    /// Accepted, in the band next to the threshold (0) or further above it (1, 2).
    Accepted(u8),
    /// Above the threshold, but one form with other facts.
    Facts,
    /// Below the threshold, near enough to be reported.
    Close,
    /// Further below.
    Far,
    /// Too little in common to be aligned.
    Gate,
}

/// The pairs drawn, by stratum.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sampling {
    strata: BTreeMap<Stratum, Drawing>,
}

/// The pairs drawn from one stratum.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// Pairs there were.
    pub population: u64,
    /// By number, then documents.
    drawn: BTreeMap<(u64, DocId, DocId), Likeness>,
}

impl Sampling {
    /// A pair that was compared, and the number by which it is drawn.
    pub fn offer(&mut self, stratum: Stratum, number: u64, pair: Edge) {
        let drawing = self.strata.entry(stratum).or_default();
        drawing.population += 1;
        drawing.keep((number, pair.a, pair.b), pair.likeness);
    }

    /// Adds what was drawn from other pairs.
    pub fn merge(&mut self, other: Sampling) {
        for (stratum, drawing) in other.strata {
            let own = self.strata.entry(stratum).or_default();
            own.population += drawing.population;
            for (key, likeness) in drawing.drawn {
                own.keep(key, likeness);
            }
        }
    }

    /// The strata that have pairs.
    pub fn strata(&self) -> impl Iterator<Item = (Stratum, &Drawing)> {
        self.strata
            .iter()
            .map(|(&stratum, drawing)| (stratum, drawing))
    }
}

impl Drawing {
    fn keep(&mut self, key: (u64, DocId, DocId), likeness: Likeness) {
        let is_full = self.drawn.len() >= DRAWN;
        let last = self.drawn.last_key_value().map(|(last, _)| *last);
        if is_full && last.is_none_or(|last| key > last) {
            return;
        }
        self.drawn.insert(key, likeness);
        if self.drawn.len() > DRAWN {
            self.drawn.pop_last();
        }
    }

    /// The pairs drawn with their numbers, in the order in which they are drawn: the first few of them are a sample,
    /// too.
    pub fn pairs(&self) -> impl Iterator<Item = (u64, Edge)> {
        let drawn = self.drawn.iter();
        drawn.map(|(&(number, a, b), &likeness)| (number, Edge { a, b, likeness }))
    }
}

impl Stratum {
    /// The stratum of a compared pair of different texts.
    pub fn of(likeness: Likeness, recipe: &Recipe, reported: f64) -> Stratum {
        let refused = likeness.aligned.and_then(|aligned| aligned.refused);
        match refused {
            Some(Refusal::Gate) => Stratum::Gate,
            Some(Refusal::Facts | Refusal::Boilerplate) => Stratum::Facts,
            _ if likeness.is_copy(recipe.threshold()) => {
                let [first, second] = bands(recipe);
                let score = likeness.score();
                Stratum::Accepted(u8::from(score >= first) + u8::from(score >= second))
            }
            _ if likeness.score() >= reported => Stratum::Close,
            _ => Stratum::Far,
        }
    }

    /// The name in every output. Names of one report differ.
    pub fn name(self, recipe: &Recipe, reported: f64) -> String {
        let threshold = recipe.threshold().get();
        let [first, second] = bands(recipe);
        match self {
            Stratum::Accepted(0) => format!("accepted, {threshold:.2} to {first:.2}"),
            Stratum::Accepted(1) => format!("accepted, {first:.2} to {second:.2}"),
            Stratum::Accepted(_) => format!("accepted, from {second:.2}"),
            Stratum::Facts => "refused by the facts".to_owned(),
            Stratum::Close => format!("refused, {reported:.2} to {threshold:.2}"),
            Stratum::Far => format!("refused, below {reported:.2}"),
            Stratum::Gate => "refused at the gate".to_owned(),
        }
    }
}

/// Where the second and the third band of accepted scores begin: at an eighth and at half of the
/// way from the threshold to the highest score there is. Errors are near the threshold.
fn bands(recipe: &Recipe) -> [f64; 2] {
    let highest = recipe.profile().character().highest_score;
    let threshold = recipe.threshold().get();
    [0.125, 0.5].map(|way| threshold + way * (highest - threshold))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::similarity::Overlap;

    fn edge(at: u32) -> Edge {
        let likeness = Likeness::of_sets(Overlap::full(at));
        Edge::new(DocId::new(at), DocId::new(at + 1), likeness)
    }

    fn number(at: u32) -> u64 {
        crate::hash::pair(u64::from(at), 7)
    }

    fn stratum(at: u32) -> Stratum {
        match at % 3 {
            0 => Stratum::Accepted(0),
            1 => Stratum::Far,
            _ => Stratum::Gate,
        }
    }

    proptest! {
        #[test]
        fn order_and_parts_do_not_matter(pairs in prop::collection::vec((0u32..500, 0usize..4), 0..300)) {
            let mut seen = std::collections::HashSet::new();
            let pairs: Vec<_> = pairs.into_iter().filter(|&(at, _)| seen.insert(at)).collect();
            let mut whole = Sampling::default();
            let mut parts = vec![Sampling::default(); 4];
            for &(at, part) in pairs.iter().rev() {
                whole.offer(stratum(at), number(at), edge(at));
                parts[part].offer(stratum(at), number(at), edge(at));
            }
            let mut merged = Sampling::default();
            parts.into_iter().for_each(|part| merged.merge(part));
            prop_assert_eq!(&merged, &whole);
            for (stratum_of, drawing) in whole.strata() {
                let mut all: Vec<u32> = pairs.iter().map(|&(at, _)| at).filter(|&at| stratum(at) == stratum_of).collect();
                all.sort_by_key(|&at| number(at));
                prop_assert_eq!(drawing.population, all.len() as u64);
                all.truncate(DRAWN);
                let drawn: Vec<u32> = drawing.pairs().map(|(_, pair)| pair.a.get()).collect();
                prop_assert_eq!(drawn, all);
            }
        }
    }

    #[test]
    fn every_pair_is_drawn_as_often() {
        let mut drawn = [0u32; 60];
        for round in 0..2_000u64 {
            let mut sampling = Sampling::default();
            for at in 0..60 {
                let number = crate::hash::pair(u64::from(at), round);
                sampling.offer(Stratum::Far, number, edge(at));
            }
            let (_, drawing) = sampling.strata().next().unwrap();
            drawing
                .pairs()
                .for_each(|(_, pair)| drawn[pair.a.index()] += 1);
        }
        // A third of 2,000; six standard deviations of 21.
        assert!(
            drawn.iter().all(|&times| times.abs_diff(667) < 127),
            "{drawn:?}"
        );
    }

    #[test]
    fn strata_are_reported_by_outcome_and_score() {
        let recipe = Recipe::default_near();
        let of = |shared, size| {
            let overlap = Overlap {
                shared,
                left: size,
                right: size,
            };
            Stratum::of(Likeness::of_sets(overlap), &recipe, 0.64)
        };
        assert_eq!(of(100, 100), Stratum::Accepted(2));
        assert_eq!(of(92, 100), Stratum::Accepted(1));
        assert_eq!(of(90, 100), Stratum::Accepted(0));
        assert_eq!(of(80, 100), Stratum::Close);
        assert_eq!(of(50, 100), Stratum::Far);
        assert_eq!(Stratum::Close.name(&recipe, 0.64), "refused, 0.64 to 0.80");
    }
}
