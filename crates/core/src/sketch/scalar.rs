//! The definition of a signature.

/// Slot `i` becomes the least `(x XOR masks[i]) · multipliers[i] mod 2³²` over the upper halves
/// `x` of the shingles.
pub(super) fn sign(shingles: &[u64], multipliers: &[u32], masks: &[u32], signature: &mut [u32]) {
    signature.fill(u32::MAX);
    for shingle in shingles {
        let x = (shingle >> 32) as u32;
        for ((slot, mask), multiplier) in signature.iter_mut().zip(masks).zip(multipliers) {
            *slot = (*slot).min((x ^ mask).wrapping_mul(*multiplier));
        }
    }
}
