//! A last look at the sketches before a text is read again.
//!
//! Of every slot one byte is kept. Two documents of similarity `s` agree in a byte with
//! probability `s + (1 − s)/256`, so the number of equal bytes is binomial, and a pair that
//! agrees in far fewer than `threshold · slots` of them is below the threshold but for a chance
//! that can be chosen: the screen turns away what agrees in fewer bytes than all but one in a
//! million pairs at the threshold do. It never accepts: what passes is verified on the text.
//!
//! A corpus of pages with common boilerplate has a hundred times more pairs that share a band by
//! chance than copies; each costs two cache lines here, and two documents read again without.
//!
//! Source: P. Li, A. König, "b-bit minwise hashing", WWW 2010.

use crate::similarity::Threshold;

/// The share of pairs exactly at the threshold that the screen may lose. It counts against the
/// stated recall, of which it is a ten-thousandth part of the usual 5 % allowance.
pub const RISK: f64 = 1e-6;

/// The fewest equal bytes of a candidate worth reading.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Screen {
    fewest: u32,
}

impl Screen {
    /// The screen that loses at most [`RISK`] of the pairs at `threshold` over `slots` slots.
    pub fn new(slots: usize, threshold: Threshold) -> Screen {
        Screen {
            fewest: fewest(slots, threshold.get(), RISK),
        }
    }

    /// Fewest equal bytes of a pair that passes.
    pub fn fewest(self) -> u32 {
        self.fewest
    }

    /// Whether two documents' bytes agree often enough.
    #[inline]
    pub fn passes(self, a: &[u8], b: &[u8]) -> bool {
        agreement(a, b) >= self.fewest
    }
}

/// The byte of each slot of a signature.
pub fn bytes(signature: &[u32], bytes: &mut [u8]) {
    for (byte, slot) in bytes.iter_mut().zip(signature) {
        *byte = slot.to_le_bytes()[0];
    }
}

/// How many bytes agree.
#[inline]
pub fn agreement(a: &[u8], b: &[u8]) -> u32 {
    // Sums of bytes within 128 slots cannot overflow a byte, which lets them be added in parallel.
    a.chunks(128)
        .zip(b.chunks(128))
        .map(|(a, b)| u32::from(a.iter().zip(b).map(|(a, b)| u8::from(a == b)).sum::<u8>()))
        .sum()
}

/// The most equal bytes that a pair of Jaccard similarity `similarity` falls short of with a probability
/// of at most `risk`.
pub(super) fn fewest(slots: usize, similarity: f64, risk: f64) -> u32 {
    let agree = similarity + (1.0 - similarity) / 256.0;
    // Walk up the lower tail of the binomial distribution until it holds the risk.
    let mut below = 0.0;
    let mut fewest = 0;
    for equal in 0..=slots {
        below += binomial(slots, equal, agree);
        if below > risk {
            break;
        }
        fewest = u32::try_from(equal + 1).unwrap_or(u32::MAX);
    }
    fewest
}

fn binomial(trials: usize, successes: usize, probability: f64) -> f64 {
    if probability >= 1.0 {
        return if successes == trials { 1.0 } else { 0.0 };
    }
    let log_choose: f64 = (1..=successes)
        .map(|k| libm::log((trials - successes + k) as f64 / k as f64))
        .sum();
    let log = log_choose
        + successes as f64 * libm::log(probability)
        + (trials - successes) as f64 * libm::log1p(-probability);
    libm::exp(log)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn screen(slots: usize, threshold: f64) -> Screen {
        Screen::new(slots, Threshold::new(threshold).unwrap())
    }

    #[test]
    fn binomial_probabilities_add_up() {
        let total: f64 = (0..=96).map(|equal| binomial(96, equal, 0.8)).sum();
        assert!((total - 1.0).abs() < 1e-12);
        assert!((binomial(10, 3, 0.5) - 120.0 / 1024.0).abs() < 1e-15);
    }

    #[test]
    fn the_screen_stands_about_five_standard_errors_below_the_threshold() {
        // 96 · 0.8 = 76.8 bytes agree on average, with a standard error of 3.9.
        assert_eq!(screen(96, 0.8).fewest(), 57);
        assert_eq!(screen(96, 1.0).fewest(), 96);
        assert_eq!(screen(16, 0.1).fewest(), 0);
    }

    #[test]
    fn agreement_counts_equal_bytes() {
        let a: Vec<u8> = (0..=255).cycle().take(1000).collect();
        let mut b = a.clone();
        b.iter_mut()
            .step_by(3)
            .for_each(|byte| *byte = byte.wrapping_add(1));
        assert_eq!(agreement(&a, &b), 1000 - 334);
        assert_eq!(agreement(&a, &a), 1000);
    }
}
