//! Signatures, sixteen slots an instruction.
//!
//! Up to eight registers of slots are computed in one pass over the shingles: their minima,
//! multipliers and masks fill 24 of the 32 registers, so that a shingle costs a broadcast and
//! three instructions for every 16 slots, and nothing is stored until the end.

#![allow(unsafe_code)]

use std::arch::x86_64::*;

use super::LANES;

/// Proof that the machine has AVX-512 F.
#[derive(Clone, Copy)]
pub(super) struct Avx512(());

impl Avx512 {
    pub(super) fn new() -> Option<Avx512> {
        is_x86_feature_detected!("avx512f").then_some(Avx512(()))
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
            let vectors = ((signature.len() - done) / LANES).min(8);
            let slots = done..done + vectors * LANES;
            let (a, b) = (&multipliers[slots.clone()], &masks[slots.clone()]);
            let out = &mut signature[slots];
            // SAFETY: `self` exists only where the machine has AVX-512 F; the three slices hold
            // `vectors` times 16 values each.
            unsafe {
                match vectors {
                    1 => registers::<1>(shingles, a, b, out),
                    2 => registers::<2>(shingles, a, b, out),
                    3 => registers::<3>(shingles, a, b, out),
                    4 => registers::<4>(shingles, a, b, out),
                    5 => registers::<5>(shingles, a, b, out),
                    6 => registers::<6>(shingles, a, b, out),
                    7 => registers::<7>(shingles, a, b, out),
                    _ => registers::<8>(shingles, a, b, out),
                }
            }
            done += vectors * LANES;
        }
    }
}

/// # Safety
///
/// The three slices of slots must hold `16 · N` values each.
#[target_feature(enable = "avx512f")]
unsafe fn registers<const N: usize>(
    shingles: &[u64],
    multipliers: &[u32],
    masks: &[u32],
    signature: &mut [u32],
) {
    let load = |from: &[u32]| -> [__m512i; N] {
        std::array::from_fn(|v| {
            // SAFETY: the caller's promise: `16 · N` values from each pointer on.
            unsafe { _mm512_loadu_si512(from.as_ptr().add(v * LANES).cast()) }
        })
    };
    let (multipliers, masks) = (load(multipliers), load(masks));
    let mut least = [_mm512_set1_epi32(-1); N];
    for shingle in shingles {
        let x = _mm512_set1_epi32(((shingle >> 32) as u32).cast_signed());
        for v in 0..N {
            let value = _mm512_mullo_epi32(_mm512_xor_si512(x, masks[v]), multipliers[v]);
            least[v] = _mm512_min_epu32(least[v], value);
        }
    }
    for (v, least) in least.into_iter().enumerate() {
        // SAFETY: the caller's promise.
        unsafe { _mm512_storeu_si512(signature.as_mut_ptr().add(v * LANES).cast(), least) };
    }
}
