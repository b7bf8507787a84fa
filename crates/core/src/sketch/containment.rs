//! The screen of candidates that may be parts of one another.
//!
//! A copy cut from the bottom has a low Jaccard similarity to the whole, so that the screen of
//! [`super::screen`] would lose it. But where the sizes of two sets are known, a share `c` of the smaller
//! one in the larger one means a similarity of `c / (1 + r − c)`, `r` how many times as large the larger
//! one is; and the number of equal bytes then is as binomial as ever. So the fewest bytes that must agree
//! are asked by the ratio of the sizes: many of two texts of one length, none of a page and a book.
//!
//! Of 100,000 generated pages, nine in ten of the pairs that verification refused had less than the least
//! share; each costs two times 256 bytes here, and two story texts laid and compared without.
//!
//! When it is the wrong choice: for texts that say the same words many times, whose sets are smaller than
//! their sizes allow; then pairs near the least share may be lost.
//!
//! Source: as [`super::screen`]; containment from similarity and sizes: A. Broder, "On the resemblance
//! and containment of documents", 1997.

use std::sync::LazyLock;

use super::screen::{agreement, fewest};

/// The least share of the smaller text's shingles in the other one that is looked for.
///
/// Pairs that `wire` accepts have more, as it asks for aligned words and similarity together: of 8,000
/// accepted candidates of seven labelled sets, 4 had less than 0.35 and 1 less than 0.3; of 247,000 of
/// generated news none had less than 0.4.
const LEAST_CONTAINMENT: f64 = 0.3;

/// The share of pairs of exactly [`LEAST_CONTAINMENT`] that may be lost. At .4 it is less than one in
/// a million, of texts of one length.
const CONTAINMENT_RISK: f64 = 1e-3;

/// Slots of a signature of `wire`; a test of the recipe holds it to them.
pub const WIRE_SLOTS: usize = 256;

/// Steps of the ratio of two sizes that are distinguished, for each time the smaller one.
const STEPS: u64 = 4;

/// The fewest equal bytes of a candidate worth comparing, by the sizes of the two sets.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ContainmentScreen {
    /// By how much the larger set is larger, in [`STEPS`]-ths of the smaller one. Beyond the last, none.
    fewest: Vec<u32>,
}

impl ContainmentScreen {
    /// The screen that loses at most `risk` of the pairs that have a share of `containment` of the smaller
    /// set, or more, in common.
    pub fn new(slots: usize, containment: f64, risk: f64) -> ContainmentScreen {
        let at = |step: u64| {
            // The least similarity there is in this step: at its far end.
            let ratio = 1.0 + (step + 1) as f64 / STEPS as f64;
            fewest(slots, containment / (1.0 + ratio - containment), risk)
        };
        ContainmentScreen {
            fewest: (0..).map(at).take_while(|&fewest| fewest > 0).collect(),
        }
    }

    /// The screen of `wire`: 256 slots.
    pub fn of_wire() -> &'static ContainmentScreen {
        static SCREEN: LazyLock<ContainmentScreen> = LazyLock::new(|| {
            ContainmentScreen::new(WIRE_SLOTS, LEAST_CONTAINMENT, CONTAINMENT_RISK)
        });
        &SCREEN
    }

    /// Fewest equal bytes of a pair of sets of these sizes that passes.
    #[inline]
    pub fn fewest(&self, a: u32, b: u32) -> u32 {
        let (smaller, larger) = (u64::from(a.min(b)), u64::from(a.max(b)));
        let step = STEPS * (larger - smaller) / smaller.max(1);
        let step = usize::try_from(step).unwrap_or(usize::MAX);
        self.fewest.get(step).copied().unwrap_or(0)
    }

    /// Whether the bytes of two sets agree often enough for their sizes.
    #[inline]
    pub fn passes(&self, (a, size_a): (&[u8], u32), (b, size_b): (&[u8], u32)) -> bool {
        match self.fewest(size_a, size_b) {
            0 => true,
            fewest => agreement(a, b) >= fewest,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash;
    use crate::sketch::{Sketcher, screen};

    /// Two sets of these sizes with so many elements in common, as bytes of their signatures.
    fn bytes(seed: u64, a: u64, b: u64, shared: u64) -> [Vec<u8>; 2] {
        let sketcher = Sketcher::new(256, 1);
        [0..a, a - shared..a - shared + b].map(|elements| {
            let set: Vec<u64> = elements.map(|at| hash::stream(seed, at)).collect();
            let mut signature = vec![0; sketcher.slots()];
            sketcher.sign(&set, &mut signature);
            let mut bytes = vec![0; signature.len()];
            screen::bytes(&signature, &mut bytes);
            bytes
        })
    }

    fn passing(a: u64, b: u64, shared: u64) -> usize {
        let screen = ContainmentScreen::of_wire();
        let size = |size: u64| u32::try_from(size).unwrap();
        (0..1_000)
            .filter(|&seed| {
                let [x, y] = bytes(seed, a, b, shared);
                screen.passes((&x, size(a)), (&y, size(b)))
            })
            .count()
    }

    #[test]
    fn what_shares_the_least_passes_whatever_the_sizes() {
        for (a, b) in [(200, 200), (200, 290), (200, 700), (200, 3_000)] {
            assert!(passing(a, b, 60) >= 995, "{a} {b}: {}", passing(a, b, 60));
        }
    }

    #[test]
    fn what_shares_little_is_turned_away_where_sizes_let_it_be_known() {
        assert!(passing(200, 200, 10) <= 1);
        assert!(passing(200, 200, 20) <= 20);
        assert!(passing(200, 500, 2) <= 50);
        assert_eq!(passing(200, 100_000, 0), 1_000);
    }

    #[test]
    fn fewer_are_asked_the_more_the_sizes_differ() {
        let screen = ContainmentScreen::of_wire();
        let fewest: Vec<u32> = [200, 249, 250, 400, 800, 2_000, 20_000]
            .map(|b| screen.fewest(200, b))
            .to_vec();
        assert_eq!(fewest[0], fewest[1]);
        assert!(fewest.is_sorted_by(|x, y| x >= y), "{fewest:?}");
        assert_eq!((screen.fewest(0, 0), screen.fewest(0, 90)), (fewest[0], 0));
        assert_eq!(fewest.last(), Some(&0));
    }
}
