//! Chance that is the same on every machine.
//!
//! The generator is xoshiro256++ (D. Blackman, S. Vigna, "Scrambled linear pseudorandom number
//! generators", 2021), its state filled by SplitMix64 as its authors advise. Every story, page
//! and outlet has a stream of its own, so that each can be made without making the others.
//!
//! Distributions use integers, and where they need fractions only `+ − × ÷ √` of `f64`, which
//! IEEE 754 defines to the last bit. Nothing from a platform's mathematical library is called.

#![expect(clippy::cast_possible_truncation)] // upper bits of a word, and ranks below 65,536
#![expect(clippy::cast_sign_loss)] // of floats that are clamped to be positive

/// A stream of numbers.
pub(crate) struct Random([u64; 4]);

fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

impl Random {
    /// Stream `item` of the given `kind` under `seed`.
    pub(crate) fn new(seed: u64, kind: u64, item: u64) -> Random {
        let mut state = seed;
        state = split_mix(&mut state) ^ kind;
        state = split_mix(&mut state) ^ item;
        Random(std::array::from_fn(|_| split_mix(&mut state)))
    }

    /// 64 random bits.
    pub(crate) fn bits(&mut self) -> u64 {
        let s = &mut self.0;
        let result = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = s[3].rotate_left(45);
        result
    }

    /// A number in `0..bound`; the bias of multiply-and-shift is below `bound / 2³²`.
    pub(crate) fn below(&mut self, bound: u32) -> u32 {
        (((self.bits() >> 32) * u64::from(bound)) >> 32) as u32
    }

    /// A number in `low..=high`.
    pub(crate) fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high - low + 1)
    }

    /// True in `per_mille` of a thousand cases.
    pub(crate) fn chance(&mut self, per_mille: u32) -> bool {
        self.below(1000) < per_mille
    }

    /// One of the items.
    pub(crate) fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len() as u32) as usize]
    }

    /// A fraction in `0.0 < u <= 1.0`.
    pub(crate) fn fraction(&mut self) -> f64 {
        ((self.bits() >> 11) + 1) as f64 / (1u64 << 53) as f64
    }

    /// A log-normal number of this median; `spread` is the standard deviation of its logarithm.
    ///
    /// The normal is the sum of twelve 16-bit uniforms (variance 1/12 each), which reaches to
    /// ± 6: the far tail of article lengths is cut anyway.
    pub(crate) fn log_normal(&mut self, median: u32, spread: f64) -> u32 {
        let sum: u64 = (0..3)
            .map(|_| self.bits())
            .map(|bits| {
                (0..4)
                    .map(|part| (bits >> (16 * part)) & 0xFFFF)
                    .sum::<u64>()
            })
            .sum();
        let normal = sum as f64 / 65_536.0 - 6.0;
        (f64::from(median) * exponential(spread * normal)).clamp(1.0, 1e9) as u32
    }

    /// The size of a family: at least 2, and at least `s` with probability `(2 / s)²`.
    pub(crate) fn family(&mut self) -> u32 {
        (2.0 / self.fraction().sqrt()).min(1e6) as u32
    }
}

/// eˣ for |x| ≤ 6: the 64th power of the Taylor sum at x / 64, whose error is below 10⁻¹⁵.
fn exponential(x: f64) -> f64 {
    let x = x / 64.0;
    let mut sum = 1.0;
    for term in (1..=8).rev() {
        sum = 1.0 + x * sum / f64::from(term);
    }
    (0..6).fold(sum, |power, _| power * power)
}

/// Ranks drawn with probability proportional to 1 / (rank + offset), by one look into a table.
pub(crate) struct Zipf(Vec<u16>);

impl Zipf {
    /// Slots of the table. The rarest of 40,000 words has two of them.
    const SLOTS: u64 = 1 << 20;

    /// Ranks `0..count`. The offset flattens the head (B. Mandelbrot, 1953).
    pub(crate) fn new(count: u16, offset: u64) -> Zipf {
        let weight = |rank: u16| (1u64 << 32) / (u64::from(rank) + offset);
        let total: u64 = (0..count).map(weight).sum();
        let mut table = Vec::with_capacity(Self::SLOTS as usize);
        let mut reached = 0;
        for rank in 0..count {
            reached += weight(rank);
            table.resize((reached * Self::SLOTS / total) as usize, rank);
        }
        Zipf(table)
    }

    /// Draws a rank.
    pub(crate) fn draw(&self, random: &mut Random) -> u16 {
        random.pick(&self.0)
    }
}
