//! `PairStats`: what is counted of all compared candidates while they are compared, by all threads.
//!
//! Most candidates are refused and forgotten at once, so a histogram of them and a sample to be
//! judged by eye can only be taken here.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::batches::DocPair;
use super::facts::DocFacts;
use super::sampling::{Sampling, Stratum};
use crate::edge::Edge;
use crate::hash;
use crate::likeness::Likeness;
use crate::recipe::Recipe;

/// Counts pairs as they are compared.
pub struct PairStats<'a> {
    documents: &'a dyn DocFacts,
    recipe: &'a Recipe,
    reported: f64,
    /// One a thread.
    parts: Vec<Mutex<PairTotals>>,
}

/// What was counted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PairTotals {
    /// The pairs drawn to be judged by eye.
    pub sampling: Sampling,
    /// Pairs accepted and refused by twentieths of the score, rounded down.
    pub bins: BTreeMap<i32, (u64, u64)>,
}

impl<'a> PairStats<'a> {
    /// Counts pairs of these documents.
    pub fn new(documents: &'a dyn DocFacts, recipe: &'a Recipe) -> PairStats<'a> {
        let threads = rayon::current_num_threads();
        PairStats {
            documents,
            recipe,
            reported: recipe.threshold().scaled(Recipe::REPORTED).get(),
            parts: (0..threads).map(|_| Mutex::default()).collect(),
        }
    }

    /// Records a pair of different texts, `left` in the likeness being the first.
    pub fn record(&self, (a, b): DocPair, likeness: Likeness) {
        let [a_says, b_says] = [a, b].map(|doc| self.documents.rank(doc));
        let number = hash::pair(a_says.min(b_says), a_says.max(b_says));
        let stratum = Stratum::of(likeness, self.recipe, self.reported);
        let part = rayon::current_thread_index().unwrap_or(0) % self.parts.len();
        let mut part = self.parts[part]
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let (accepted, refused) = part.bins.entry(twentieths(likeness)).or_default();
        *match likeness.is_copy(self.recipe.threshold()) {
            true => accepted,
            false => refused,
        } += 1;
        part.sampling
            .offer(stratum, number, Edge::new(a, b, likeness));
    }

    /// What was counted by all threads.
    pub fn finish(self) -> PairTotals {
        let mut all = PairTotals::default();
        for part in self.parts {
            let part = part.into_inner().unwrap_or_else(PoisonError::into_inner);
            all.sampling.merge(part.sampling);
            for (bin, (accepted, refused)) in part.bins {
                let counts = all.bins.entry(bin).or_default();
                counts.0 += accepted;
                counts.1 += refused;
            }
        }
        all
    }
}

/// Twentieths of the score, rounded down, in whole numbers.
fn twentieths(likeness: Likeness) -> i32 {
    match likeness.aligned {
        Some(aligned) => aligned.score.millionths().div_euclid(50_000),
        None => {
            let overlap = likeness.overlap;
            let twentieths = u64::from(overlap.shared) * 20 / overlap.union().max(1);
            i32::try_from(twentieths).unwrap_or(20)
        }
    }
}
