//! How good was a run on its own corpus? From a stratified random sample that a person judged.
//!
//! With `N` pairs in a stratum, `m` of them judged and `k` of these copies, the stratum holds
//! `T = N k / m` copies (the stratified estimator: W. G. Cochran, *Sampling Techniques*, 3rd ed.
//! 1977, chapter 5). Precision of the accepted pairs is `ΣT / ΣN` over accepted strata; recall
//! among candidates is `ΣT` over accepted strata, divided by `ΣT` over all.
//!
//! Intervals of 95 % are simulated. The share of copies among the pairs of a stratum that were not
//! judged is drawn from a beta distribution of shapes `k + ½, m − k + ½`, which gives Jeffreys'
//! interval for one stratum (L. D. Brown, T. T. Cai, A. DasGupta, "Interval estimation for a
//! binomial proportion", Statistical Science 16, 2001); the figures are computed from the draws,
//! and the middle 95 % of them is the interval, widened to the estimate where all or none were
//! copies. Draws are seeded. What was judged counts as known, so that a stratum judged to its last
//! pair adds no doubt. How often such intervals hold the truth is tested by simulation.

use rand_distr::{Beta, Distribution};
use rand_pcg::Pcg64Mcg;
use rand_pcg::rand_core::SeedableRng;

/// Draws of a simulation: quantiles of 2.5 % are right to about a tenth of their distance from the
/// estimate.
const DRAWS: usize = 10_000;
/// The seed of every simulation.
const SEED: u64 = 1;
/// Of the draws, the share left out at each end.
const TAIL: f64 = 0.025;

/// Pairs that a run treated alike, and what a person said of some drawn from them at random.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SampledStratum {
    /// Whether the run accepted these pairs.
    pub accepted: bool,
    /// Pairs there are, judged or not.
    pub population: f64,
    /// Pairs judged to be copies.
    pub same: u64,
    /// Pairs judged to be none.
    pub different: u64,
}

/// A figure and the ends of its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimated {
    /// The estimate, in `0.0..=1.0`.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// What a judged sample says of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SampleScores {
    /// Share of the accepted pairs that are copies; `None` where none of them was judged.
    pub precision: Option<Estimated>,
    /// Share of the copies among the compared candidates that was accepted; `None` where accepted
    /// or refused pairs were not judged, or none is a copy.
    pub recall: Option<Estimated>,
}

impl SampledStratum {
    fn judged(&self) -> u64 {
        self.same + self.different
    }

    /// Copies in it, as estimated.
    fn copies(&self) -> f64 {
        self.population * self.same as f64 / self.judged() as f64
    }

    /// Copies in it, as they might be.
    fn draw(&self, random: &mut Pcg64Mcg) -> f64 {
        let rest = (self.population - self.judged() as f64).max(0.0);
        let share = Beta::new(self.same as f64 + 0.5, self.different as f64 + 0.5)
            .expect("shapes of one half and more")
            .sample(random);
        self.same as f64 + rest * share
    }

    fn size(&self) -> f64 {
        self.population.max(self.judged() as f64)
    }
}

impl SampleScores {
    /// The figures of these strata. Those without a judged pair are left out of all sums.
    pub fn new(strata: &[SampledStratum]) -> SampleScores {
        let judged: Vec<SampledStratum> = strata
            .iter()
            .copied()
            .filter(|stratum| stratum.judged() > 0)
            .collect();
        let accepted = |stratum: &&SampledStratum| stratum.accepted;
        let size: f64 = judged
            .iter()
            .filter(accepted)
            .map(SampledStratum::size)
            .sum();
        let has_refused = judged.iter().any(|stratum| !stratum.accepted);
        let figures = |copies: &[f64]| {
            let of = |wanted: bool| -> f64 {
                let both = judged.iter().zip(copies);
                let own = both.filter(|(stratum, _)| stratum.accepted == wanted);
                own.map(|(_, copies)| copies).sum()
            };
            let (found, missed) = (of(true), of(false));
            (found / size, found / (found + missed))
        };
        let copies: Vec<f64> = judged.iter().map(SampledStratum::copies).collect();
        let (precision, recall) = figures(&copies);
        let mut random = Pcg64Mcg::seed_from_u64(SEED);
        let (mut precisions, mut recalls) = (Vec::new(), Vec::new());
        let mut copies = copies;
        for _ in 0..DRAWS {
            for (copies, stratum) in copies.iter_mut().zip(&judged) {
                *copies = stratum.draw(&mut random);
            }
            let (precision, recall) = figures(&copies);
            precisions.push(precision);
            recalls.push(recall);
        }
        let is_known = size > 0.0;
        SampleScores {
            precision: is_known.then(|| Estimated::new(precision, precisions)),
            recall: (is_known && has_refused && !recall.is_nan())
                .then(|| Estimated::new(recall, recalls)),
        }
    }
}

impl Estimated {
    fn new(value: f64, mut draws: Vec<f64>) -> Estimated {
        draws.sort_by(f64::total_cmp);
        let last = draws.len() - 1;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a place among draws
        let at = |share: f64| draws[(share * last as f64).round() as usize];
        Estimated {
            value,
            low: at(TAIL).min(value),
            high: at(1.0 - TAIL).max(value),
        }
    }
}

#[cfg(test)]
mod tests {
    use rand_distr::Open01;

    use super::*;

    fn stratum(accepted: bool, population: f64, same: u64, different: u64) -> SampledStratum {
        SampledStratum {
            accepted,
            population,
            same,
            different,
        }
    }

    #[test]
    fn estimates_are_those_worked_out_by_hand() {
        let strata = [
            stratum(true, 100.0, 9, 1),
            stratum(true, 300.0, 20, 0),
            stratum(false, 50.0, 2, 8),
            stratum(false, 1_000.0, 0, 20),
            stratum(false, 9_000.0, 0, 0),
        ];
        let scores = SampleScores::new(&strata);
        let (precision, recall) = (scores.precision.unwrap(), scores.recall.unwrap());
        assert!((precision.value - 390.0 / 400.0).abs() < 1e-12);
        assert!((recall.value - 390.0 / 400.0).abs() < 1e-12);
        assert!(precision.low < precision.value && precision.value < precision.high);
        assert!(recall.low < recall.value && recall.value < recall.high);
        assert_eq!(SampleScores::new(&strata), scores, "seeded");
    }

    /// The interval of one stratum of many pairs is Jeffreys': of 9 in 10, .619 to .989 (quantiles
    /// of the beta distribution of 9.5 and 1.5, by numerical integration).
    #[test]
    fn one_stratum_has_the_interval_of_jeffreys() {
        let precision = SampleScores::new(&[stratum(true, 1e12, 9, 1)]).precision;
        let Estimated { value, low, high } = precision.unwrap();
        assert_eq!(value, 0.9);
        assert!((low - 0.6187).abs() < 0.01, "{low}");
        assert!((high - 0.9890).abs() < 0.003, "{high}");
    }

    #[test]
    fn what_was_judged_to_the_last_pair_is_known() {
        let strata = [stratum(true, 10.0, 9, 1), stratum(false, 3.0, 1, 2)];
        let scores = SampleScores::new(&strata);
        let exact = |value: f64| {
            Some(Estimated {
                value,
                low: value,
                high: value,
            })
        };
        assert_eq!(scores.precision, exact(0.9));
        assert_eq!(scores.recall, exact(0.9));
    }

    #[test]
    fn what_was_not_judged_has_no_figure() {
        assert_eq!(SampleScores::new(&[]).precision, None);
        let accepted = SampleScores::new(&[stratum(true, 10.0, 2, 0)]);
        assert!(accepted.precision.is_some() && accepted.recall.is_none());
        let none = [stratum(true, 10.0, 0, 10), stratum(false, 10.0, 0, 10)];
        let none = SampleScores::new(&none);
        assert_eq!((none.precision.unwrap().value, none.recall), (0.0, None));
    }

    /// Runs of known quality, sampled and judged over and over: the intervals hold the truth in
    /// 95 of 100 cases, give or take what 600 rounds and few pairs per stratum allow.
    #[test]
    fn intervals_hold_the_truth_as_often_as_they_say() {
        const ROUNDS: u64 = 600;
        let runs: [&[(bool, f64, f64)]; 3] = [
            &[
                (true, 2_000.0, 0.98),
                (true, 500.0, 0.8),
                (false, 400.0, 0.3),
                (false, 900.0, 0.1),
            ],
            &[(true, 900.0, 0.6), (false, 900.0, 0.4)],
            &[
                (true, 5_000.0, 0.95),
                (true, 300.0, 0.7),
                (true, 60.0, 0.5),
                (false, 200.0, 0.5),
                (false, 30.0, 0.5),
            ],
        ];
        for run in runs {
            let whole: f64 = run.iter().filter(|s| s.0).map(|s| s.1).sum();
            let copies = |accepted| -> f64 {
                let own = run.iter().filter(|s| s.0 == accepted);
                own.map(|s| s.1 * s.2).sum()
            };
            let precision = copies(true) / whole;
            let recall = copies(true) / (copies(true) + copies(false));
            let (mut held_precision, mut held_recall) = (0, 0);
            for round in 0..ROUNDS {
                let mut random = Pcg64Mcg::seed_from_u64(1_000 + round);
                let judged: Vec<SampledStratum> = run
                    .iter()
                    .map(|&(accepted, population, share)| {
                        // Without putting back: exactly `population * share` are copies.
                        let (mut left, mut copies) = (population, population * share);
                        let mut same = 0;
                        for _ in 0..20 {
                            let uniform: f64 = Open01.sample(&mut random);
                            let is_copy = uniform < copies / left;
                            same += u64::from(is_copy);
                            copies -= f64::from(u8::from(is_copy));
                            left -= 1.0;
                        }
                        stratum(accepted, population, same, 20 - same)
                    })
                    .collect();
                let scores = SampleScores::new(&judged);
                let holds = |found: Option<Estimated>, truth: f64| {
                    found.is_some_and(|found| found.low <= truth && truth <= found.high)
                };
                held_precision += u64::from(holds(scores.precision, precision));
                held_recall += u64::from(holds(scores.recall, recall));
            }
            let shares = [held_precision, held_recall].map(|held| held as f64 / ROUNDS as f64);
            assert!(
                shares.iter().all(|share| (0.925..=0.99).contains(share)),
                "{shares:?} {run:?}"
            );
        }
    }
}
