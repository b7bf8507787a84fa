//! The frozen hashes: every number that shapes a key, a signature or a name comes from here.
//!
//! All of them are XXH3 (`xxhash-rust`) or its short-input mixing step, and known-answer tests
//! below pin them: a change of one bit would make every stored index, cluster name and
//! signature unlike all others. A new procedure is a new version beside the old one, never an edit.
//!
//! Words are the hot case, some 150 million a second, and most have fewer than nine letters of
//! quickly changing length, where XXH3's choice among its short-input formulas costs a
//! mispredicted branch a word. Words of up to 16 bytes therefore take one formula whatever
//! their length: zero-padded to two 64-bit halves, each XORed with a constant, multiplied to
//! 128 bits, the halves of the product XORed and avalanched, as XXH3 does it for 9 to 16 bytes.
//! Longer words are XXH3-64.
//!
//! Source: Y. Collet, XXH3, <https://github.com/Cyan4973/xxHash>, `doc/xxhash_spec.md`.

use xxhash_rust::xxh3;

/// The name of this set of procedures in a recipe.
pub const VERSION: &str = "v1";

/// Bytes from the start of a word that [`word`] may look at.
pub const WORD_WINDOW: usize = 16;

// The first two 64-bit words of XXH3's default secret, the constants of its short inputs.
const LOW: u64 = 0xbe4b_a423_396c_feb8;
const HIGH: u64 = 0x1cad_2172_1bcf_4b2c; // odd in its top half: no word folds to a constant

/// `KEEP[n]` keeps the first `n` of 16 bytes, read as two little-endian halves.
const KEEP: [(u64, u64); WORD_WINDOW + 1] = {
    let mut keep = [(0, 0); WORD_WINDOW + 1];
    let mut n = 0;
    while n <= WORD_WINDOW {
        let low = if n >= 8 {
            u64::MAX
        } else {
            (1u64 << (8 * n)) - 1
        };
        let high = match n {
            0..=8 => 0,
            16 => u64::MAX,
            _ => (1u64 << (8 * (n - 8))) - 1,
        };
        keep[n] = (low, high);
        n += 1;
    }
    keep
};

/// The hash of the normalised word in the first `len` bytes of `window`.
///
/// What follows the word in the window does not matter; it must be there, so that a word is two
/// loads whatever its length. Words hold no NUL, so the padding is unambiguous.
///
/// # Panics
///
/// If the window is shorter than [`WORD_WINDOW`] or `len`.
#[inline(always)]
pub fn word(window: &[u8], len: usize) -> u64 {
    if len > WORD_WINDOW {
        return xxh3::xxh3_64(&window[..len]);
    }
    word_of_halves(halves(window, len))
}

/// The hash of a word of at most [`WORD_WINDOW`] bytes, by its [`halves`].
#[inline(always)]
pub fn word_of_halves((low, high): (u64, u64)) -> u64 {
    avalanche(fold(low ^ LOW, high ^ HIGH))
}

/// The first `len` bytes of `window`, at most 16, as two little-endian halves padded with zeros.
///
/// # Panics
///
/// If the window is shorter than [`WORD_WINDOW`], or `len` is greater.
#[inline(always)]
pub fn halves(window: &[u8], len: usize) -> (u64, u64) {
    let bytes: &[u8; WORD_WINDOW] = window.first_chunk().expect("a window of 16 bytes");
    let halves = u128::from_le_bytes(*bytes);
    let (keep_low, keep_high) = KEEP[len];
    #[expect(clippy::cast_possible_truncation)] // the low half
    let low = (halves as u64) & keep_low;
    (low, ((halves >> 64) as u64) & keep_high)
}

/// XXH3's last step: spreads every bit over all others.
#[inline(always)]
const fn avalanche(mut hash: u64) -> u64 {
    hash ^= hash >> 37;
    hash = hash.wrapping_mul(0x1656_6791_9e37_79f9);
    hash ^ (hash >> 32)
}

/// The two halves of the 128-bit product, XORed.
#[inline(always)]
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    #[expect(clippy::cast_possible_truncation)] // the low half
    let low = product as u64;
    low ^ (product >> 64) as u64
}

/// XXH3-64 of some bytes: a text's content hash, an id, a file.
pub fn bytes(bytes: &[u8]) -> u64 {
    xxh3::xxh3_64(bytes)
}

/// XXH3-128 of a sequence of word hashes: the identity of a normalised text.
pub fn words(words: &[u64]) -> u128 {
    #[cfg(target_endian = "big")]
    compile_error!("signatures and indexes are defined on little-endian machines");
    xxh3::xxh3_128(bytemuck::cast_slice(words))
}

/// The hash of two numbers, in this order: the formula of a [`word`] of 16 bytes.
#[inline(always)]
pub fn pair(a: u64, b: u64) -> u64 {
    avalanche(fold(a ^ LOW, b ^ HIGH))
}

/// The key of one band: XXH3-64 of its rows, seeded with the number of the band.
pub fn band(rows: &[u32], band: u32) -> u64 {
    xxh3::xxh3_64_with_seed(bytemuck::cast_slice(rows), u64::from(band))
}

/// The `index`-th number of the stream that `seed` names (SplitMix64).
///
/// Source: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", 2014.
pub const fn stream(seed: u64, index: u64) -> u64 {
    let mut z = seed.wrapping_add(index.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A hash of a file or stream that arrives in pieces: XXH3-64 of the whole.
#[derive(Clone, Default)]
pub struct Running(xxh3::Xxh3);

impl Running {
    /// Takes the next piece.
    pub fn update(&mut self, piece: &[u8]) {
        self.0.update(piece);
    }

    /// The hash of all pieces so far.
    pub fn finish(&self) -> u64 {
        self.0.digest()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn word_of(text: &str) -> u64 {
        let mut window = text.as_bytes().to_vec();
        window.extend_from_slice(b"garbage after the word");
        word(&window, text.len())
    }

    #[test]
    fn xxh3_gives_its_published_values() {
        assert_eq!(bytes(b""), 0x2d06_8005_38d3_94c2);
        assert_eq!(bytes(b"a"), 0xe6c6_32b6_1e96_4e1f);
    }

    #[test]
    fn every_hash_is_frozen() {
        assert_eq!(word_of("a"), 0xc63f_ef83_4b67_371c);
        assert_eq!(word_of("reuters"), 0xdcfd_6f33_1070_0af1);
        assert_eq!(word_of("sixteen_letters_"), 0xa011_9e24_4771_7e60);
        assert_eq!(
            word_of("bundesverfassungsgericht"),
            bytes(b"bundesverfassungsgericht")
        );
        assert_eq!(words(&[1, 2, 3]), 0xd0d6_6ae2_837a_0117_026f_21f9_c50d_cf1f);
        assert_eq!(band(&[1, 2, 3], 7), 0xc009_064f_93b7_b194);
        // SplitMix64's published first outputs for seed 1234567.
        assert_eq!(stream(1_234_567, 0), 6_457_827_717_110_365_317);
        assert_eq!(stream(1_234_567, 1), 3_203_168_211_198_807_973);
    }

    #[test]
    fn a_hash_in_pieces_is_the_hash_of_the_whole() {
        let mut running = Running::default();
        running.update(b"wire");
        running.update(b"copy");
        assert_eq!(running.finish(), bytes(b"wirecopy"));
        // Longer than XXH3's block of 1,024 bytes, in pieces that end anywhere in it.
        let text: Vec<u8> = (0..5000).map(|n| stream(0, n).to_le_bytes()[0]).collect();
        assert_eq!(bytes(&text), 0x4044_6c0a_46f7_598c);
        for piece in [1, 7, 64, 255, 256, 257, 1023, 1024, 4999] {
            let mut running = Running::default();
            text.chunks(piece).for_each(|piece| running.update(piece));
            assert_eq!(running.finish(), bytes(&text), "in pieces of {piece}");
        }
    }

    #[test]
    fn what_follows_a_word_does_not_matter() {
        for len in 1..=16 {
            let text = "abcdefghijklmnop";
            let (mut one, mut other) = ([0u8; 40], [0xffu8; 40]);
            one[..len].copy_from_slice(&text.as_bytes()[..len]);
            other[..len].copy_from_slice(&text.as_bytes()[..len]);
            assert_eq!(word(&one, len), word(&other, len));
        }
    }

    #[test]
    fn two_million_words_have_two_million_hashes() {
        let mut seen = HashSet::new();
        for n in 0..1_000_000u32 {
            assert!(seen.insert(word_of(&n.to_string())));
            let letters: String = format!("{n:06}")
                .bytes()
                .map(|b| char::from(b - b'0' + b'a'))
                .collect();
            assert!(seen.insert(word_of(&letters)));
        }
    }

    /// Each input bit flips each output bit about half of the time, so that any 32 bits of a
    /// word's hash can serve.
    #[test]
    fn word_hashes_avalanche() {
        let mut flips = [0u32; 64];
        let mut trials = 0u32;
        for n in 0..2_000u64 {
            let mut window = [0u8; 16];
            window[..8].copy_from_slice(&stream(1, n).to_le_bytes());
            window[..8].iter_mut().for_each(|b| *b = b'a' + *b % 26);
            let base = word(&window, 8);
            for byte in 0..8 {
                let mut changed = window;
                changed[byte] = b'a' + (changed[byte] - b'a' + 1) % 26;
                let difference = base ^ word(&changed, 8);
                trials += 1;
                (0..64).for_each(|bit| flips[bit] += u32::from(difference >> bit & 1 == 1));
            }
        }
        for (bit, &count) in flips.iter().enumerate() {
            let share = f64::from(count) / f64::from(trials);
            assert!(
                (0.40..=0.60).contains(&share),
                "output bit {bit} flips with {share}"
            );
        }
    }
}
