//! The story score: how much of the smaller story is the other one, word by word.
//!
//! `score = X + J − 2 U`, where
//! * `X` (*covered*) is the aligned share of the story that weighs less, words weighted by how
//!   rare they are and stock words by nothing;
//! * `J` (*jaccard*) is the Jaccard similarity of the sets of all shingles;
//! * `U` (*substituted*) is words replaced per word aligned. Pure insertions and deletions cost
//!   nothing: they are what an editor does to a wire story, while words in place of other words
//!   are what the same form with other facts looks like.
//!
//! Source: `pair_decision.md`, section 2, steps 3 to 7 and 10, chosen on half of five labelled
//! sets and confirmed on the other half.

use super::align::Alignment;
use super::story::Story;
use crate::similarity::Overlap;

/// What the story score is made of. Each part is in `0.0..=1.0`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Parts {
    /// `X`: the weighted aligned share of the story that weighs less.
    pub covered: f64,
    /// `J`: Jaccard similarity of the sets of all shingles, stock or not.
    pub jaccard: f64,
    /// `U`: words substituted per word aligned, at most 0.5.
    pub substituted: f64,
}

impl Parts {
    /// `X + J − 2 U`, in `-1.0..=2.0`.
    ///
    /// `J` alone and `X` alone each read .01 to .09 of precision worse on three of four sets
    /// ("what each part gives"); the factor of 2 is the nearest whole number to a logistic fit.
    pub fn score(&self) -> f64 {
        self.covered + self.jaccard - 2.0 * self.substituted
    }
}

/// `U` counts gaps of at most this many words a side, the ones that are filled: what stands in a
/// longer gap is another passage, not other words in the same one.
const SUBSTITUTION_GAP: u32 = super::fill::LONGEST_GAP;

/// `U` is at most this. At 0.5, half of the words are others and the score is at most 1; more
/// would only tell worse from bad. Step 6.
const MOST_SUBSTITUTED: f64 = 0.5;

/// With fewer words than this outside stock, in either story, stock words keep their weight: a
/// dozen words is what a story must have at all, or it is *thin*. The gate does the same with
/// shingles (`real_sets.md`, section 6, step 5). Step 3.
pub(super) const LEAST_KEPT: u32 = 12;

/// `X` is a share of at least as much as this many words of mean weight, so that a handful of
/// aligned words that stock left over is no full coverage. Step 4.
const LEAST_WEIGHT: u64 = 12;

/// `X` of two stories, with stock words at nothing if `stock` is set and enough words stay.
///
/// The mean weight is that of all words of the two stories, stock words included.
pub(super) fn covered(a: &Story<'_>, b: &Story<'_>, alignment: &Alignment, stock: bool) -> f64 {
    let kept = stock && a.kept_words.min(b.kept_words) >= LEAST_KEPT;
    let (sums_a, sums_b) = if kept {
        (a.kept_sums, b.kept_sums)
    } else {
        (a.sums, b.sums)
    };
    let (mut aligned_a, mut aligned_b) = (0, 0);
    for run in alignment.runs() {
        aligned_a += weight(sums_a, run.a, run.length);
        aligned_b += weight(sums_b, run.b, run.length);
    }
    // The smaller weight, and where both are equal the smaller coverage, whichever comes first.
    let (whole, aligned) =
        (weight(sums_a, 0, a.len()), aligned_a).min((weight(sums_b, 0, b.len()), aligned_b));
    let words = u64::from(a.len()) + u64::from(b.len());
    if words == 0 {
        return 0.0;
    }
    let both = weight(a.sums, 0, a.len()) + weight(b.sums, 0, b.len());
    // `LEAST_WEIGHT · both / words` against `whole`, without rounding.
    let scaled = (u128::from(whole) * u128::from(words)).max(u128::from(LEAST_WEIGHT * both));
    if scaled == 0 {
        return 0.0;
    }
    (u128::from(aligned) * u128::from(words)) as f64 / scaled as f64
}

fn weight(sums: &[u64], at: u32, length: u32) -> u64 {
    sums[at as usize + length as usize] - sums[at as usize]
}

/// `U` of an alignment.
pub(super) fn substituted(alignment: &Alignment, matched: u32) -> f64 {
    if matched == 0 {
        return 0.0;
    }
    let replaced: u32 = alignment
        .gaps()
        .filter(|gap| gap.longer() <= SUBSTITUTION_GAP)
        .map(|gap| gap.shorter())
        .sum();
    (f64::from(replaced) / f64::from(matched)).min(MOST_SUBSTITUTED)
}

/// The measure of the first clustering, before stock is known: the mean of `X` without stock and
/// of the containment of the smaller set. Step 10 takes pairs from 0.45.
pub(super) fn provisional(covered: f64, overlap: Overlap) -> f64 {
    f64::midpoint(
        covered,
        overlap.left_coverage().max(overlap.right_coverage()),
    )
}
