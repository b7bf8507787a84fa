//! The classifiers of [`blocks`](super::blocks) for x86-64.
//!
//! Holding an [`Avx2`] or [`Avx512`] proves that the machine has the instructions: the only
//! constructors ask the processor.

#![allow(unsafe_code)]

use std::arch::x86_64::*;

use super::Sink;
use super::blocks::{BLOCK, Classify, Masks, scan_with};
use super::run::Scratch;

/// Proof that the machine has AVX2 and the bit instructions that come with it.
#[derive(Clone, Copy)]
pub(super) struct Avx2(());

/// Proof that the machine has AVX-512 F, BW and VL.
#[derive(Clone, Copy)]
pub(super) struct Avx512(());

impl Avx2 {
    pub(super) fn new() -> Option<Avx2> {
        (is_x86_feature_detected!("avx2")
            && is_x86_feature_detected!("bmi1")
            && is_x86_feature_detected!("bmi2")
            && is_x86_feature_detected!("lzcnt"))
        .then_some(Avx2(()))
    }

    pub(super) fn scan<S: Sink>(
        self,
        text: &str,
        lower: &mut Vec<u8>,
        scratch: &mut Scratch,
        sink: &mut S,
    ) {
        // SAFETY: `self` exists only where the machine has these instructions.
        unsafe { scan_avx2(self, text, lower, scratch, sink) }
    }
}

impl Avx512 {
    pub(super) fn new() -> Option<Avx512> {
        (Avx2::new().is_some()
            && is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512vl"))
        .then_some(Avx512(()))
    }

    pub(super) fn scan<S: Sink>(
        self,
        text: &str,
        lower: &mut Vec<u8>,
        scratch: &mut Scratch,
        sink: &mut S,
    ) {
        // SAFETY: `self` exists only where the machine has these instructions.
        unsafe { scan_avx512(self, text, lower, scratch, sink) }
    }
}

#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt")]
fn scan_avx2<S: Sink>(
    proof: Avx2,
    text: &str,
    lower: &mut Vec<u8>,
    scratch: &mut Scratch,
    sink: &mut S,
) {
    scan_with(proof, text, lower, scratch, sink);
}

#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx2,bmi1,bmi2,lzcnt")]
fn scan_avx512<S: Sink>(
    proof: Avx512,
    text: &str,
    lower: &mut Vec<u8>,
    scratch: &mut Scratch,
    sink: &mut S,
) {
    scan_with(proof, text, lower, scratch, sink);
}

impl Classify for Avx2 {
    #[inline(always)]
    fn classify(self, block: &[u8; BLOCK], lower: &mut [u8; BLOCK]) -> Masks {
        // SAFETY: `self` exists only where the machine has AVX2; both pointers stand at 64
        // readable or writable bytes, of which each half takes 32, unaligned.
        unsafe {
            let (first, second) = (block.as_ptr(), block.as_ptr().add(32));
            let a = half(first, lower.as_mut_ptr());
            let b = half(second, lower.as_mut_ptr().add(32));
            let join = |low: u32, high: u32| u64::from(low) | (u64::from(high) << 32);
            Masks {
                letter: join(a[0], b[0]),
                digit: join(a[1], b[1]),
                mid_num_let: join(a[2], b[2]),
                mid_num: join(a[3], b[3]),
                mid_letter: join(a[4], b[4]),
                joiner: join(a[5], b[5]),
                double_quote: join(a[6], b[6]),
                hyphen: join(a[7], b[7]),
                line_end: join(a[8], b[8]),
                sign: join(a[9], b[9]),
                non_ascii: join(a[10], b[10]),
            }
        }
    }

    #[inline(always)]
    fn places(self, block: &[u8; BLOCK], byte: u8) -> u64 {
        // SAFETY: `self` exists only where the machine has AVX2; the pointers stand at 32 readable
        // bytes each.
        unsafe {
            let half = |from| u64::from(places_avx2(from, byte));
            half(block.as_ptr()) | half(block.as_ptr().add(32)) << 32
        }
    }
}

/// Classifies 32 bytes; the masks in the order of the fields of [`Masks`].
///
/// # Safety
///
/// `from` must be readable and `to` writable for 32 bytes.
#[inline]
#[target_feature(enable = "avx2")]
unsafe fn half(from: *const u8, to: *mut u8) -> [u32; 11] {
    // SAFETY: the caller's promise.
    let v = unsafe { _mm256_loadu_si256(from.cast()) };
    let byte = |b: u8| _mm256_set1_epi8(b.cast_signed());
    // Signed comparison serves: bytes from 0x80 on are negative and thus below every bound.
    let within = |v: __m256i, low: u8, high: u8| {
        _mm256_and_si256(
            _mm256_cmpgt_epi8(v, byte(low - 1)),
            _mm256_cmpgt_epi8(byte(high + 1), v),
        )
    };
    let equal = |b: u8| _mm256_cmpeq_epi8(v, byte(b));
    let bits = |v: __m256i| _mm256_movemask_epi8(v).cast_unsigned();
    let upper = within(v, b'A', b'Z');
    let lower = _mm256_or_si256(v, _mm256_and_si256(upper, byte(0x20)));
    // SAFETY: the caller's promise.
    unsafe { _mm256_storeu_si256(to.cast(), lower) };
    [
        bits(within(lower, b'a', b'z')),
        bits(within(v, b'0', b'9')),
        bits(_mm256_or_si256(equal(b'.'), equal(b'\''))),
        bits(_mm256_or_si256(equal(b','), equal(b';'))),
        bits(equal(b':')),
        bits(equal(b'_')),
        bits(equal(b'"')),
        bits(equal(b'-')),
        bits(_mm256_or_si256(equal(b'\n'), equal(b'\r'))),
        bits(_mm256_or_si256(
            equal(b'+'),
            _mm256_or_si256(within(v, b'#', b'%'), within(v, b'<', b'>')),
        )),
        bits(v),
    ]
}

/// Where a byte stands among 32.
///
/// # Safety
///
/// `from` must be readable for 32 bytes.
#[inline]
#[target_feature(enable = "avx2")]
unsafe fn places_avx2(from: *const u8, byte: u8) -> u32 {
    // SAFETY: the caller's promise.
    let v = unsafe { _mm256_loadu_si256(from.cast()) };
    let equal = _mm256_cmpeq_epi8(v, _mm256_set1_epi8(byte.cast_signed()));
    _mm256_movemask_epi8(equal).cast_unsigned()
}

impl Classify for Avx512 {
    #[inline(always)]
    fn classify(self, block: &[u8; BLOCK], lower: &mut [u8; BLOCK]) -> Masks {
        // SAFETY: `self` exists only where the machine has AVX-512 F and BW.
        unsafe { classify_avx512(block, lower) }
    }

    #[inline(always)]
    fn places(self, block: &[u8; BLOCK], byte: u8) -> u64 {
        // SAFETY: `self` exists only where the machine has AVX-512 F and BW.
        unsafe { places_avx512(block, byte) }
    }
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn classify_avx512(block: &[u8; BLOCK], lower: &mut [u8; BLOCK]) -> Masks {
    // SAFETY: the pointer stands at 64 readable bytes.
    let v = unsafe { _mm512_loadu_si512(block.as_ptr().cast()) };
    let byte = |b: u8| _mm512_set1_epi8(b.cast_signed());
    let within = |v: __m512i, low: u8, count: u8| {
        _mm512_cmplt_epu8_mask(_mm512_sub_epi8(v, byte(low)), byte(count))
    };
    let equal = |b: u8| _mm512_cmpeq_epi8_mask(v, byte(b));
    let upper = within(v, b'A', 26);
    let small = _mm512_mask_add_epi8(v, upper, v, byte(0x20));
    // SAFETY: the pointer stands at 64 writable bytes.
    unsafe { _mm512_storeu_si512(lower.as_mut_ptr().cast(), small) };
    Masks {
        letter: within(small, b'a', 26),
        digit: within(v, b'0', 10),
        mid_num_let: equal(b'.') | equal(b'\''),
        mid_num: equal(b',') | equal(b';'),
        mid_letter: equal(b':'),
        joiner: equal(b'_'),
        double_quote: equal(b'"'),
        hyphen: equal(b'-'),
        line_end: equal(b'\n') | equal(b'\r'),
        sign: signs_avx512(v),
        non_ascii: _mm512_movepi8_mask(v),
    }
}

/// Where a byte stands in a block.
#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn places_avx512(block: &[u8; BLOCK], byte: u8) -> u64 {
    // SAFETY: the pointer stands at 64 readable bytes.
    let v = unsafe { _mm512_loadu_si512(block.as_ptr().cast()) };
    _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8(byte.cast_signed()))
}

/// Where the signs stand: `#`, `$`, `%` and `+` begin with the digit 2 in hexadecimal, `<`, `=` and `>` with 3. One
/// table says of every second digit with which first ones it is a sign, one of every first digit its bit.
#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn signs_avx512(v: __m512i) -> u64 {
    const TWO: i32 = 1;
    const THREE: i32 = 2;
    let table = |bytes: [i32; 4]| {
        let [a, b, c, d] = bytes;
        _mm512_broadcast_i32x4(_mm_setr_epi32(a, b, c, d))
    };
    let second = table([
        TWO << 24,
        TWO | TWO << 8,
        TWO << 24,
        THREE | THREE << 8 | THREE << 16,
    ]);
    let first = table([TWO << 16 | THREE << 24, 0, 0, 0]);
    let high = _mm512_and_si512(_mm512_srli_epi16::<4>(v), _mm512_set1_epi8(0x0f));
    // A byte of another script has its highest bit set, and so no entry.
    _mm512_test_epi8_mask(
        _mm512_shuffle_epi8(second, v),
        _mm512_shuffle_epi8(first, high),
    )
}
