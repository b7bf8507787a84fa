//! Banding: finding likely copies without comparing every pair.
//!
//! A signature is cut into `bands` bands of `rows` slots. Two documents become a candidate when
//! at least one band is equal in all its rows. At Jaccard similarity `s` that happens with
//! probability `1 − (1 − s^rows)^bands`: an S-curve, flat near 0, flat near 1 and steep between.
//!
//! The cut is chosen for a *recall at the threshold*: of the pairs exactly as similar as the
//! threshold, this share is found, and of more similar ones more. Many cuts reach a recall; the
//! cheapest is taken, by a cost in nanoseconds a document (constants below).
//!
//! Source: J. Leskovec, A. Rajaraman, J. Ullman, *Mining of Massive Datasets*, section 3.4
//! (<http://www.mmds.org>).

use std::fmt;

use crate::hash;
use crate::similarity::Threshold;

/// How a signature is cut into bands.
///
/// Invariant: at least one band of at least one row, at most [`MOST_SLOTS`] slots.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Banding {
    bands: u32,
    rows: u32,
}

/// The longest signature: beyond it a document's sketch outweighs its text.
pub const MOST_SLOTS: u32 = 1024;

/// Why no such banding is to be had.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum BandingError {
    /// No bands, no rows, or too many slots.
    #[error(
        "cannot cut a signature into {bands} bands of {rows} rows: bands × rows must be between 1 \
         and {MOST_SLOTS}"
    )]
    OutOfRange {
        /// Bands asked for.
        bands: u32,
        /// Rows asked for.
        rows: u32,
    },
    /// Not a share that banding can reach.
    #[error("a recall is above 0 and below 1, such as 0.95; found {recall}")]
    Recall {
        /// The share asked for.
        recall: f64,
    },
    /// Even single rows are too strict.
    #[error(
        "no {MOST_SLOTS} slots find {recall} of the pairs at similarity {threshold}: raise the \
         threshold or lower the recall"
    )]
    OutOfReach {
        /// The similarity asked for.
        threshold: Threshold,
        /// The share of pairs asked for.
        recall: f64,
    },
}

/// What a banding costs, in nanoseconds a document, as measured on news (about 400 shingles).
///
/// A slot costs 1/16 of a register operation a shingle: 400 · 0.02. A key is hashed, sorted and
/// grouped. A candidate is looked up at two random places.
mod cost {
    pub(super) const SLOT: f64 = 8.0;
    pub(super) const KEY: f64 = 60.0;
    pub(super) const CANDIDATE: f64 = 60.0;
    /// The other pages of a site at hand, which share its boilerplate: 200 sites in 100,000 pages.
    pub(super) const NEIGHBOURS: f64 = 500.0;
    /// How alike they are: half a page of boilerplate in common.
    pub(super) const BOILERPLATE: f64 = 0.3;
}

impl Banding {
    /// A signature of so many slots, cut into pairs.
    pub const fn of_pairs(slots: usize) -> Banding {
        assert!(slots >= 2 && slots <= MOST_SLOTS as usize && slots.is_multiple_of(2));
        #[expect(clippy::cast_possible_truncation)] // at most MOST_SLOTS
        let bands = slots as u32 / 2;
        Banding { bands, rows: 2 }
    }

    /// A signature of `bands × rows` slots, cut into bands of `rows`.
    ///
    /// # Errors
    ///
    /// [`BandingError::OutOfRange`] if `bands × rows` is zero or above [`MOST_SLOTS`].
    pub fn new(bands: u32, rows: u32) -> Result<Banding, BandingError> {
        match bands.checked_mul(rows) {
            Some(slots) if (1..=MOST_SLOTS).contains(&slots) => Ok(Banding { bands, rows }),
            _ => Err(BandingError::OutOfRange { bands, rows }),
        }
    }

    /// The cheapest banding that finds a share of at least `recall` of the pairs whose
    /// similarity is exactly `threshold`.
    ///
    /// # Errors
    ///
    /// If `recall` is not between 0 and 1, or out of reach of [`MOST_SLOTS`] slots.
    pub fn for_recall(threshold: Threshold, recall: f64) -> Result<Banding, BandingError> {
        if !(recall > 0.0 && recall < 1.0) {
            return Err(BandingError::Recall { recall });
        }
        if !threshold.is_share() {
            return Err(BandingError::OutOfReach { threshold, recall });
        }
        (1..=32)
            .filter_map(|rows| Banding::fewest_bands(rows, threshold, recall))
            .min_by(|a, b| a.cost().total_cmp(&b.cost()))
            .ok_or(BandingError::OutOfReach { threshold, recall })
    }

    fn fewest_bands(rows: u32, threshold: Threshold, recall: f64) -> Option<Banding> {
        (1..=MOST_SLOTS / rows)
            .map(|bands| Banding { bands, rows })
            .find(|banding| banding.candidate_probability(threshold.get()) >= recall)
    }

    fn cost(self) -> f64 {
        #[expect(clippy::cast_possible_truncation)] // 16
        const LANES: u32 = super::LANES as u32;
        cost::SLOT * f64::from(self.slots().next_multiple_of(LANES))
            + cost::KEY * f64::from(self.bands)
            + cost::CANDIDATE * cost::NEIGHBOURS * self.candidate_probability(cost::BOILERPLATE)
    }

    /// The probability, in `0.0..=1.0`, that two documents of this similarity agree on at least
    /// one band: `1 − (1 − s^rows)^bands`.
    pub fn candidate_probability(self, similarity: f64) -> f64 {
        let band_agrees = libm::pow(similarity, f64::from(self.rows));
        // `1 − (1 − p)^bands`, written so that a tiny `p` is not rounded away.
        -libm::expm1(f64::from(self.bands) * libm::log1p(-band_agrees))
    }

    /// Bands, and so keys a document.
    pub fn bands(self) -> u32 {
        self.bands
    }

    /// Slots in a band.
    pub fn rows(self) -> u32 {
        self.rows
    }

    /// Slots used.
    pub fn slots(self) -> u32 {
        self.bands * self.rows
    }

    /// Writes the key of every band of a signature.
    ///
    /// # Panics
    ///
    /// If the signature has fewer than [`slots`](Self::slots) values, or `keys` not one a band.
    pub fn keys(self, signature: &[u32], keys: &mut [u64]) {
        assert_eq!(keys.len(), self.bands as usize, "a key a band");
        let bands = signature[..self.slots() as usize].chunks_exact(self.rows as usize);
        for ((key, rows), band) in keys.iter_mut().zip(bands).zip(0..) {
            *key = hash::band(rows, band);
        }
    }
}

impl fmt::Display for Banding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}x{}", self.bands, self.rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn threshold(value: f64) -> Threshold {
        Threshold::new(value).unwrap()
    }

    /// The worked example of section 3.4.2 (20 bands of 5 rows), to its printed digits.
    #[test]
    fn the_s_curve_matches_the_book() {
        let banding = Banding::new(20, 5).unwrap();
        for (s, printed) in [
            (0.2, 0.006),
            (0.3, 0.047),
            (0.4, 0.186),
            (0.5, 0.470),
            (0.6, 0.802),
            (0.7, 0.975),
        ] {
            let got = banding.candidate_probability(s);
            assert!(
                (got - printed).abs() < 6e-4,
                "s = {s}: got {got}, book has {printed}"
            );
        }
    }

    #[test]
    fn identical_documents_are_always_candidates() {
        assert_eq!(
            Banding::new(1, 128).unwrap().candidate_probability(1.0),
            1.0
        );
    }

    #[test]
    fn the_chosen_banding_reaches_the_recall_at_the_threshold() {
        for (t, recall) in [
            (0.8, 0.95),
            (0.5, 0.95),
            (0.9, 0.99),
            (0.3, 0.9),
            (0.7, 0.5),
        ] {
            let banding = Banding::for_recall(threshold(t), recall).unwrap();
            assert!(banding.candidate_probability(t) >= recall);
            assert!(banding.slots() <= MOST_SLOTS);
        }
    }

    #[test]
    fn the_default_is_what_the_documentation_says() {
        let banding = Banding::for_recall(threshold(0.8), 0.95).unwrap();
        assert_eq!(banding.to_string(), "10x6");
    }

    #[test]
    fn impossible_bandings_are_refused() {
        assert_eq!(
            Banding::new(20, 0),
            Err(BandingError::OutOfRange { bands: 20, rows: 0 })
        );
        assert!(Banding::new(u32::MAX, 2).is_err());
        assert!(matches!(
            Banding::for_recall(threshold(0.8), 1.0),
            Err(BandingError::Recall { .. })
        ));
        assert!(matches!(
            Banding::for_recall(threshold(0.001), 0.95),
            Err(BandingError::OutOfReach { .. })
        ));
    }

    #[test]
    fn a_key_says_its_rows_and_its_band() {
        let banding = Banding::new(3, 2).unwrap();
        let mut keys = [0; 3];
        banding.keys(&[7, 8, 7, 8, 7, 9], &mut keys);
        assert_ne!(keys[0], keys[1]);
        assert_ne!(keys[1], keys[2]);
        let mut again = [0; 3];
        banding.keys(&[7, 8, 7, 8, 7, 8, 1, 2], &mut again);
        assert_eq!(keys[..2], again[..2]);
        assert_ne!(keys[2], again[2]);
    }
}
