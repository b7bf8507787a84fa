//! How do we shrink the set?
//!
//! A document's shingles become a *MinHash signature*: slot `i` is the least value that hash
//! function `i` takes over the set, so that two documents agree in a slot with probability equal
//! to the Jaccard similarity of their sets. [`banding`] cuts signatures into bands, whose hashes
//! are the document's keys in the index; [`screen`] keeps one byte a slot, enough to turn away
//! candidates that are far below the threshold before their texts are read again.
//!
//! All shingles count, none is sampled: a word put in front of a text moves every later shingle,
//! and a sketch that samples positions takes the two for unrelated texts.
//!
//! `scalar` is the definition; the AVX2 and AVX-512 kernels equal it bit for bit (test).
//!
//! Source: A. Broder, "On the resemblance and containment of documents", 1997.

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
pub mod banding;
mod containment;
mod kernel;
mod scalar;
pub mod screen;

pub use banding::{Banding, BandingError};
pub use containment::{ContainmentScreen, WIRE_SLOTS};
pub use kernel::Kernel;
pub use screen::Screen;

use crate::hash;

/// Slots come in whole AVX-512 registers.
pub const LANES: usize = 16;

/// Computes MinHash signatures. Cheap to share between threads; holds no buffers.
///
/// Hash function `i` maps a shingle to `(x XOR b_i) · a_i mod 2³²`, `x` the upper half of the
/// shingle's hash and `a_i` odd: a bijection of 32-bit numbers whose upper bits, the ones that
/// decide a minimum, depend on every bit of `x`.
#[derive(Clone, Debug)]
pub struct Sketcher {
    multipliers: Vec<u32>,
    masks: Vec<u32>,
    kernel: Kernel,
}

impl Sketcher {
    /// A sketcher of at least `slots` slots (rounded up to a multiple of [`LANES`]), its hash
    /// functions drawn from `seed`.
    pub fn new(slots: u32, seed: u64) -> Sketcher {
        Sketcher::with_kernel(slots, seed, Kernel::detect())
    }

    /// The same with a given kernel; all kernels give the same signatures.
    pub fn with_kernel(slots: u32, seed: u64, kernel: Kernel) -> Sketcher {
        let slots = (slots as usize).max(1).next_multiple_of(LANES);
        let draw = |stream: u64| {
            let key = hash::stream(seed, stream);
            (0..slots).map(move |slot| (hash::stream(key, slot as u64) >> 32) as u32)
        };
        Sketcher {
            multipliers: draw(0).map(|multiplier| multiplier | 1).collect(),
            masks: draw(1).collect(),
            kernel,
        }
    }

    /// Slots of a signature: 4 bytes each.
    pub fn slots(&self) -> usize {
        self.masks.len()
    }

    /// Writes the signature of a set of shingles; repeats do not matter. Without shingles every
    /// slot is `u32::MAX`: such a document must not be filed.
    ///
    /// Cost: one multiplication a shingle and slot, 16 at a time with AVX-512.
    ///
    /// # Panics
    ///
    /// If `signature` has not [`slots`](Self::slots) values.
    pub fn sign(&self, shingles: &[u64], signature: &mut [u32]) {
        assert_eq!(
            signature.len(),
            self.slots(),
            "a signature has a value a slot"
        );
        kernel::sign(
            self.kernel,
            shingles,
            &self.multipliers,
            &self.masks,
            signature,
        );
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn signature(kernel: Kernel, slots: u32, shingles: &[u64]) -> Vec<u32> {
        let sketcher = Sketcher::with_kernel(slots, 1, kernel);
        let mut signature = vec![0; sketcher.slots()];
        sketcher.sign(shingles, &mut signature);
        signature
    }

    #[test]
    fn signatures_are_frozen() {
        let signature = signature(
            Kernel::Scalar,
            16,
            &[hash::stream(9, 0), hash::stream(9, 1)],
        );
        assert_eq!(
            signature[..4],
            [783_263_759, 1_124_761_304, 2_016_573_915, 288_574_187]
        );
    }

    proptest! {
        #[test]
        fn every_kernel_equals_the_definition(
            slots in 1u32..=300,
            shingles in prop::collection::vec(any::<u64>(), 0..80),
        ) {
            let expected = signature(Kernel::Scalar, slots, &shingles);
            for kernel in Kernel::available() {
                prop_assert_eq!(&signature(kernel, slots, &shingles), &expected, "{:?}", kernel);
            }
        }
    }

    /// The share of equal slots is an unbiased estimate of the Jaccard similarity: over 400
    /// pairs at 128 slots its standard error is `sqrt(s(1 − s) / 51200)` = 0.0018 at 0.8.
    #[test]
    fn slots_agree_as_often_as_sets_overlap() {
        for (shared, own) in [(400u64, 50u64), (100, 100), (30, 5), (300, 600)] {
            let jaccard = shared as f64 / (shared + 2 * own) as f64;
            let mut equal = 0usize;
            let pairs = 400u64;
            for pair in 0..pairs {
                let set = |from: u64, count: u64| {
                    (from..from + count).map(move |n| hash::stream(pair, n))
                };
                let a: Vec<u64> = set(0, shared + own).collect();
                let b: Vec<u64> = set(0, shared).chain(set(10_000, own)).collect();
                let (a, b) = (
                    signature(Kernel::detect(), 128, &a),
                    signature(Kernel::detect(), 128, &b),
                );
                equal += a.iter().zip(&b).filter(|(a, b)| a == b).count();
            }
            let share = equal as f64 / (pairs * 128) as f64;
            let error = (jaccard * (1.0 - jaccard) / (pairs * 128) as f64).sqrt();
            assert!(
                (share - jaccard).abs() < 4.0 * error,
                "{share} for {jaccard} ± {error}"
            );
        }
    }
}
