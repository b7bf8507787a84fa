//! Words out of bit masks, 64 bytes at a time.
//!
//! A classifier turns 64 bytes into one bit mask a class (letters, digits, each kind of joining
//! mark, non-ASCII) and a lower-cased copy. Runs of one bits are then stretches of text, cut behind the digits
//! they begin with: those of ASCII letters and digits alone are words as they stand in the copy;
//! those that also hold a non-ASCII byte, an underscore, a sign, or a mark that joins its neighbours go
//! to [`run`]. Nothing else is looked at byte by byte.
//!
//! A mark joins only what touches it, so whether it belongs to a stretch is three shifts and
//! two ands over the masks of this block and its neighbours' border bits.

use super::run::{self, Scratch};
use super::{Sink, Token, WINDOW, boundary, broken};

/// Which instructions classify the bytes. All give the same tokens.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kernel {
    /// Plain Rust, the definition of the masks.
    Scalar,
    /// 32 bytes an instruction (x86-64).
    Avx2,
    /// 64 bytes an instruction (x86-64).
    Avx512,
}

impl Kernel {
    /// The widest kernel this machine has.
    pub fn detect() -> Kernel {
        Kernel::available()
            .last()
            .copied()
            .unwrap_or(Kernel::Scalar)
    }

    /// The kernels this machine has, narrowest first.
    pub fn available() -> Vec<Kernel> {
        #[allow(unused_mut)] // grows on x86-64 only
        let mut kernels = vec![Kernel::Scalar];
        #[cfg(target_arch = "x86_64")]
        {
            kernels.extend(super::x86::Avx2::new().map(|_| Kernel::Avx2));
            kernels.extend(super::x86::Avx512::new().map(|_| Kernel::Avx512));
        }
        kernels
    }
}

/// Bytes classified at once: the bits of a mask.
pub(super) const BLOCK: usize = 64;

/// One bit a byte of the block, by class.
#[derive(Clone, Copy, Default)]
pub(super) struct Masks {
    pub(super) letter: u64,
    pub(super) digit: u64,
    /// `.` and `'`
    pub(super) mid_num_let: u64,
    /// `,` and `;`
    pub(super) mid_num: u64,
    /// `:`
    pub(super) mid_letter: u64,
    /// `_`
    pub(super) joiner: u64,
    /// `"`, which joins Hebrew letters
    pub(super) double_quote: u64,
    /// `-`, which breaks words at line ends
    pub(super) hyphen: u64,
    /// `\n` and `\r`
    pub(super) line_end: u64,
    /// `$`, `%`, `#`, `+`, `<`, `=` and `>`
    pub(super) sign: u64,
    pub(super) non_ascii: u64,
}

/// Turns 64 bytes into masks and a lower-cased copy.
pub(super) trait Classify: Copy {
    fn classify(self, block: &[u8; BLOCK], lower: &mut [u8; BLOCK]) -> Masks;

    /// Where a byte stands in a block.
    fn places(self, block: &[u8; BLOCK], byte: u8) -> u64;
}

/// The definition of the masks.
#[derive(Clone, Copy)]
struct Scalar;

impl Classify for Scalar {
    fn classify(self, block: &[u8; BLOCK], lower: &mut [u8; BLOCK]) -> Masks {
        let mut masks = Masks::default();
        for (at, &byte) in block.iter().enumerate() {
            let mask = match byte {
                b'a'..=b'z' | b'A'..=b'Z' => &mut masks.letter,
                b'0'..=b'9' => &mut masks.digit,
                b'.' | b'\'' => &mut masks.mid_num_let,
                b',' | b';' => &mut masks.mid_num,
                b':' => &mut masks.mid_letter,
                b'_' => &mut masks.joiner,
                b'"' => &mut masks.double_quote,
                b'-' => &mut masks.hyphen,
                b'\n' | b'\r' => &mut masks.line_end,
                b'#'..=b'%' | b'+' | b'<'..=b'>' => &mut masks.sign,
                0x80.. => &mut masks.non_ascii,
                _ => continue,
            };
            *mask |= 1 << at;
        }
        lower.copy_from_slice(block);
        lower.make_ascii_lowercase();
        masks
    }

    fn places(self, block: &[u8; BLOCK], byte: u8) -> u64 {
        let each = block.iter().enumerate();
        each.fold(0, |places, (at, &own)| {
            places | u64::from(own == byte) << at
        })
    }
}

/// Hands every token of `text` to `sink`, with the given kernel if the machine has it.
pub(super) fn scan<S: Sink>(
    kernel: Kernel,
    text: &str,
    lower: &mut Vec<u8>,
    scratch: &mut Scratch,
    sink: &mut S,
) {
    #[cfg(target_arch = "x86_64")]
    {
        use super::x86::{Avx2, Avx512};
        if let (Kernel::Avx512, Some(avx512)) = (kernel, Avx512::new()) {
            return avx512.scan(text, lower, scratch, sink);
        }
        if let (Kernel::Avx2, Some(avx2)) = (kernel, Avx2::new()) {
            return avx2.scan(text, lower, scratch, sink);
        }
    }
    let _ = kernel;
    scan_with(Scalar, text, lower, scratch, sink);
}

/// The loop itself, compiled once for each classifier.
#[inline(always)]
pub(super) fn scan_with<C: Classify, S: Sink>(
    classifier: C,
    text: &str,
    lower: &mut Vec<u8>,
    scratch: &mut Scratch,
    sink: &mut S,
) {
    let bytes = text.as_bytes();
    let blocks = bytes.len().div_ceil(BLOCK);
    // The last block may end behind the text, and the last word's window behind that.
    if lower.len() < blocks * BLOCK + WINDOW {
        lower.resize(blocks * BLOCK + WINDOW, 0);
    }
    let classify = |block: usize, lower: &mut [u8]| -> Masks {
        let at = block * BLOCK;
        let copy: &mut [u8; BLOCK] = lower[at..]
            .first_chunk_mut()
            .expect("the copy is as long as the blocks");
        match bytes[at..].first_chunk() {
            Some(whole) => classifier.classify(whole, copy),
            None => {
                let mut padded = [b' '; BLOCK];
                padded[..bytes.len() - at].copy_from_slice(&bytes[at..]);
                classifier.classify(&padded, copy)
            }
        }
    };

    let mut before = Masks::default();
    let mut here = if blocks > 0 {
        classify(0, lower)
    } else {
        Masks::default()
    };
    let mut open_figure = 0; // 1 if the last block ended in a figure
    let mut open = Open {
        start: 0,
        special: false,
        carried: 0,
    };
    let mut joined = 0;
    for block in 0..blocks {
        let behind = if block + 1 < blocks {
            classify(block + 1, lower)
        } else {
            Masks::default()
        };
        let left = |mask: fn(&Masks) -> u64| (mask(&here) << 1) | (mask(&before) >> 63);
        let right = |mask: fn(&Masks) -> u64| (mask(&here) >> 1) | (mask(&behind) << 63);
        let word = here.letter | here.digit;
        let mids = here.mid_num_let | here.mid_num | here.mid_letter;
        let between_letters = left(|m| m.letter) & right(|m| m.letter);
        let mut special = here.non_ascii
            | here.joiner
            | here.sign
            | (between_letters & (here.mid_num_let | here.mid_letter));
        let mut cut = 0;
        // Most blocks are far from figures and other scripts. (A hyphen may have money between it and a figure.)
        let figure = |m: &Masks| m.digit | m.non_ascii;
        let is_near = figure(&here) | figure(&before) >> 63 | figure(&behind) & 3;
        if is_near != 0 {
            let (left_far, right_far) = (left(|m| m.non_ascii), right(|m| m.non_ascii));
            let own = lower[block * BLOCK..].first_chunk();
            let own: &[u8; BLOCK] = own.expect("the copy is as long as the blocks");
            let blank = classifier.places(own, b' ');
            let digits = left(|m| m.digit) & right(|m| m.digit);
            special |= mids & (digits | left_far | right_far);
            special |= here.double_quote & left_far & right_far;
            special |= here.hyphen & right(|m| m.digit | m.non_ascii | m.sign);
            special |= blank & left(figure) & right(figure);
            // Digits behind no letter are a figure, and end before a letter ([`run`] sees to those behind a
            // byte of another script). AddOptions the first bit of a run of digits clears all of the run.
            let first = !left(|m| m.letter | m.digit | m.non_ascii) | open_figure;
            let figures = here.digit & !here.digit.wrapping_add(here.digit & first);
            cut = here.letter & (figures << 1 | open_figure);
            open_figure = figures >> 63;
        }
        let base = block * BLOCK;
        // What breaks a word stretches to where it goes on, in this block or the next.
        special |= bits_below(joined, base);
        let mut line_ends = (here.hyphen | here.non_ascii) & right(|m| m.line_end);
        while line_ends != 0 {
            let at = boundary(text, base + line_ends.trailing_zeros() as usize);
            if let Some(next) = broken::goes_on(text, at) {
                special |= bits_below(next, base) & !bits_below(at, base);
                joined = next;
            }
            line_ends &= line_ends - 1;
        }
        let stretch = word | special;
        open.close_runs(base, (stretch, special, cut), text, lower, scratch, sink);
        before = here;
        here = behind;
    }
    if open.carried != 0 {
        open.emit(bytes.len(), text, lower, scratch, sink);
    }
}

/// The stretch that reaches into the next block.
struct Open {
    start: usize,
    special: bool,
    /// 1 if a stretch is open, to be shifted into the masks.
    carried: u64,
}

impl Open {
    /// Hands on the stretches that end in this block; `cut` has the bits before which one ends though
    /// the next follows at once.
    #[inline(always)]
    fn close_runs<S: Sink>(
        &mut self,
        base: usize,
        (stretch, special, cut): (u64, u64, u64),
        text: &str,
        lower: &[u8],
        scratch: &mut Scratch,
        sink: &mut S,
    ) {
        let shifted = (stretch << 1) | self.carried;
        let mut starts = stretch & (!shifted | cut);
        let mut ends = (!stretch | cut) & shifted;
        if self.carried == 1 && ends == 0 {
            self.special |= special != 0; // the whole block is one stretch
            return;
        }
        if self.carried == 1 {
            let end = ends.trailing_zeros();
            self.special |= special & low_bits(end) != 0;
            self.emit(base + end as usize, text, lower, scratch, sink);
            ends &= ends - 1;
        }
        if special == 0 {
            while ends != 0 {
                let (start, end) = (
                    starts.trailing_zeros() as usize,
                    ends.trailing_zeros() as usize,
                );
                plain(base + start, base + end, lower, sink);
                starts &= starts - 1;
                ends &= ends - 1;
            }
        } else {
            while ends != 0 {
                let (start, end) = (starts.trailing_zeros(), ends.trailing_zeros());
                let (from, to) = (base + start as usize, base + end as usize);
                if special & low_bits(end) & !low_bits(start) == 0 {
                    plain(from, to, lower, sink);
                } else {
                    run::process(text, from, to, scratch, sink);
                }
                starts &= starts - 1;
                ends &= ends - 1;
            }
        }
        self.carried = stretch >> 63;
        if self.carried == 1 {
            let start = starts.trailing_zeros();
            self.start = base + start as usize;
            self.special = special & !low_bits(start) != 0;
        }
    }

    #[inline(always)]
    fn emit<S: Sink>(
        &mut self,
        end: usize,
        text: &str,
        lower: &[u8],
        scratch: &mut Scratch,
        sink: &mut S,
    ) {
        if self.special {
            run::process(text, self.start, end, scratch, sink);
        } else {
            plain(self.start, end, lower, sink);
        }
        self.carried = 0;
    }
}

/// The bits of a block that begins at `base` for the bytes before a place of the text.
#[inline(always)]
fn bits_below(place: usize, base: usize) -> u64 {
    match place.saturating_sub(base) {
        bits @ 0..BLOCK => (1 << bits) - 1,
        _ => u64::MAX,
    }
}

/// The bits below `count`, which is at most 63.
#[inline(always)]
fn low_bits(count: u32) -> u64 {
    (1u64 << count) - 1
}

/// A word of ASCII letters and digits alone.
#[inline(always)]
fn plain<S: Sink>(start: usize, end: usize, lower: &[u8], sink: &mut S) {
    sink.token(Token {
        window: &lower[start..],
        len: end - start,
        start,
        end,
    });
}
