//! Signatures, eight slots an instruction.
//!
//! Four registers of slots are computed in one pass over the shingles: twelve of the sixteen
//! registers hold their minima, multipliers and masks.

#![allow(unsafe_code)]

use std::arch::x86_64::*;

use super::LANES;

/// Proof that the machine has AVX2.
#[derive(Clone, Copy)]
pub(super) struct Avx2(());

/// Slots in a register.
const WIDTH: usize = 8;

impl Avx2 {
    pub(super) fn new() -> Option<Avx2> {
        is_x86_feature_detected!("avx2").then_some(Avx2(()))
    }

    pub(super) fn sign(
        self,
        shingles: &[u64],
        multipliers: &[u32],
        masks: &[u32],
        signature: &mut [u32],
    ) {
        assert!(signature.len().is_multiple_of(LANES));
        assert!(multipliers.len() == signature.len() && masks.len() == signature.len());
        let mut done = 0;
        while done < signature.len() {
            let vectors = ((signature.len() - done) / WIDTH).min(4);
            let slots = done..done + vectors * WIDTH;
            let (a, b) = (&multipliers[slots.clone()], &masks[slots.clone()]);
            let out = &mut signature[slots];
            // SAFETY: `self` exists only where the machine has AVX2; the three slices hold
            // `vectors` times 8 values each.
            unsafe {
                match vectors {
                    2 => registers::<2>(shingles, a, b, out),
                    _ => registers::<4>(shingles, a, b, out), // slots come by sixteens
                }
            }
            done += vectors * WIDTH;
        }
    }
}

/// # Safety
///
/// The three slices of slots must hold `8 · N` values each.
#[target_feature(enable = "avx2")]
unsafe fn registers<const N: usize>(
    shingles: &[u64],
    multipliers: &[u32],
    masks: &[u32],
    signature: &mut [u32],
) {
    let load = |from: &[u32]| -> [__m256i; N] {
        std::array::from_fn(|v| {
            // SAFETY: the caller's promise: `8 · N` values from each pointer on.
            unsafe { _mm256_loadu_si256(from.as_ptr().add(v * WIDTH).cast()) }
        })
    };
    let (multipliers, masks) = (load(multipliers), load(masks));
    let mut least = [_mm256_set1_epi32(-1); N];
    for shingle in shingles {
        let x = _mm256_set1_epi32(((shingle >> 32) as u32).cast_signed());
        for v in 0..N {
            let value = _mm256_mullo_epi32(_mm256_xor_si256(x, masks[v]), multipliers[v]);
            least[v] = _mm256_min_epu32(least[v], value);
        }
    }
    for (v, least) in least.into_iter().enumerate() {
        // SAFETY: the caller's promise.
        unsafe { _mm256_storeu_si256(signature.as_mut_ptr().add(v * WIDTH).cast(), least) };
    }
}
