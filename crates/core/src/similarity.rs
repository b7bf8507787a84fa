//! How alike two documents are: exact counts, the figures made of them, and thresholds.
//!
//! Figures are ratios of integers and are compared as integers, so that no rounding decides
//! whether a pair is reported.

use std::fmt;
use std::str::FromStr;

/// The sizes of two shingle sets and of their intersection.
///
/// Invariant: `shared ≤ min(left, right)`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Overlap {
    /// Shingles in both sets.
    pub shared: u32,
    /// Shingles in the first document's set.
    pub left: u32,
    /// Shingles in the second document's set.
    pub right: u32,
}

impl Overlap {
    /// The overlap of a document of `size` shingles with its own copy.
    pub const fn full(size: u32) -> Overlap {
        Overlap {
            shared: size,
            left: size,
            right: size,
        }
    }

    /// Shingles in either set.
    pub const fn union(self) -> u64 {
        self.left as u64 + self.right as u64 - self.shared as u64
    }

    /// `|A ∩ B| / |A ∪ B|`, in `0.0..=1.0`; 0 for two empty sets.
    pub fn jaccard(self) -> f64 {
        ratio(u64::from(self.shared), self.union())
    }

    /// Share of the first set that is in the second, in `0.0..=1.0`.
    pub fn left_coverage(self) -> f64 {
        ratio(u64::from(self.shared), u64::from(self.left))
    }

    /// Share of the second set that is in the first, in `0.0..=1.0`.
    pub fn right_coverage(self) -> f64 {
        ratio(u64::from(self.shared), u64::from(self.right))
    }

    /// The same figures seen from the second document.
    pub const fn flipped(self) -> Overlap {
        Overlap {
            shared: self.shared,
            left: self.right,
            right: self.left,
        }
    }
}

fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

/// A similarity asked for in steps of one millionth, compared without rounding: up to 1, or up to 2 where the
/// story score is meant, of which identical stories have 2.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Threshold {
    millionths: u32,
}

/// A threshold outside 0 to 2, or not a number.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error(
    "a threshold is a number above 0 and at most 1 (of a story score 2), such as 0.8; found `{found}`"
)]
pub struct ThresholdError {
    found: String,
}

impl Threshold {
    const ONE: u32 = 1_000_000;
    /// Of a story score.
    const MOST: u32 = 2 * Self::ONE;

    /// The nearest millionth to `value`.
    ///
    /// # Errors
    ///
    /// If `value` rounds to 0, is above 2, or is NaN.
    pub fn new(value: f64) -> Result<Threshold, ThresholdError> {
        let scaled = (value * f64::from(Self::ONE)).round();
        if !(1.0..=f64::from(Self::MOST)).contains(&scaled) {
            return Err(ThresholdError {
                found: value.to_string(),
            });
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // in 1..=2e6
        Ok(Threshold {
            millionths: scaled as u32,
        })
    }

    /// The threshold as a number in `0.0..=2.0`.
    pub fn get(self) -> f64 {
        f64::from(self.millionths) / f64::from(Self::ONE)
    }

    /// Whether the Jaccard similarity of these sets is at least this threshold.
    pub fn admits(self, overlap: Overlap) -> bool {
        self.admits_ratio(u64::from(overlap.shared), overlap.union())
    }

    /// Whether `part / whole` is at least this threshold; false where `whole` is 0.
    pub fn admits_ratio(self, part: u64, whole: u64) -> bool {
        whole > 0
            && u128::from(part) * u128::from(Self::ONE)
                >= u128::from(self.millionths) * u128::from(whole)
    }

    /// Whether it can be a share or a Jaccard similarity: at most 1.
    pub fn is_share(self) -> bool {
        self.millionths <= Self::ONE
    }

    /// This threshold times `factor`, kept within `(0, 2]`.
    pub fn scaled(self, factor: f64) -> Threshold {
        Threshold::new((self.get() * factor).clamp(1e-6, 2.0)).expect("clamped into range")
    }

    /// The next stricter threshold, one `step` higher, or `None` at 1.
    pub fn raised(self, step: f64) -> Option<Threshold> {
        if self.millionths >= Self::ONE {
            return None;
        }
        Threshold::new((self.get() + step).min(1.0)).ok()
    }
}

impl fmt::Display for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}

impl FromStr for Threshold {
    type Err = ThresholdError;

    fn from_str(text: &str) -> Result<Threshold, ThresholdError> {
        let refused = || ThresholdError {
            found: text.to_owned(),
        };
        Threshold::new(text.parse().map_err(|_| refused())?).map_err(|_| refused())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_exactly_at_the_threshold_is_admitted() {
        let threshold = Threshold::new(0.8).unwrap();
        assert!(threshold.admits(Overlap {
            shared: 8,
            left: 9,
            right: 9
        }));
        assert!(!threshold.admits(Overlap {
            shared: 799_999,
            left: 900_000,
            right: 899_999
        }));
    }

    #[test]
    fn figures_are_ratios_of_the_counts() {
        let overlap = Overlap {
            shared: 30,
            left: 40,
            right: 120,
        };
        assert_eq!(overlap.jaccard(), 30.0 / 130.0);
        assert_eq!(overlap.left_coverage(), 0.75);
        assert_eq!(overlap.right_coverage(), 0.25);
        assert_eq!(overlap.flipped().left_coverage(), 0.25);
    }

    #[test]
    fn empty_sets_are_alike_to_nothing() {
        let empty = Overlap {
            shared: 0,
            left: 0,
            right: 0,
        };
        assert_eq!(empty.jaccard(), 0.0);
        assert!(!Threshold::new(0.000001).unwrap().admits(empty));
    }

    #[test]
    fn thresholds_outside_the_range_are_refused_with_what_was_found() {
        for wrong in ["0", "-0.5", "2.01", "NaN", "eighty"] {
            let error = wrong.parse::<Threshold>().unwrap_err().to_string();
            assert!(error.contains(wrong), "{error}");
        }
        assert_eq!("1".parse::<Threshold>().unwrap().get(), 1.0);
        let score = Threshold::new(1.5).unwrap();
        assert!(!score.is_share() && score.raised(0.01).is_none());
        assert_eq!(score.scaled(0.8).get(), 1.2);
    }
}
