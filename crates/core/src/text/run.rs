//! A stretch of text between two plain ASCII breaks that is more than ASCII letters or digits:
//! `Straße,`, `don’t`, `1,200`, `12 000`, `foo_bar`, `50%`, `東京`.
//!
//! Word segmentation for the classes of [`class`]: one pass, one byte or character
//! at a time, with at most one joining mark pending. Where a character is [`Class::Complex`], the
//! piece of the stretch around it, from the last certain word boundary to the next, is handed to
//! the definition.

use std::ops::Range;

use super::class::{self, Class};
use super::{Sink, Token, WINDOW, broken, definition, figure, sign};

/// A word under construction.
#[derive(Default)]
pub(super) struct Word {
    bytes: Vec<u8>,
    /// The word is a character of a script without spaces, or a sign: nothing but marks may follow.
    pub(super) stands_alone: bool,
    pub(super) has_letter_or_number: bool,
}

impl Word {
    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.stands_alone = false;
        self.has_letter_or_number = false;
    }

    pub(super) fn push_char(&mut self, c: char) {
        self.bytes
            .extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    }

    /// Adds the ASCII digits that a text begins with, and says how many.
    #[inline]
    fn push_digits(&mut self, text: &[u8]) -> usize {
        let run = text.iter().position(|byte| !byte.is_ascii_digit());
        let run = run.unwrap_or(text.len());
        self.bytes.extend_from_slice(&text[..run]);
        run
    }

    /// Adds the ASCII letters between two places of a text in lower case, up to the first byte that is none, and says
    /// how many: eight at a time, as a loop over each would be mispredicted at its end.
    #[inline]
    fn push_letters(&mut self, text: &[u8], range: Range<usize>) -> usize {
        let mut at = range.start;
        while let Some(eight) = text[at..].first_chunk() {
            let (lower, letters) = letters(*eight);
            let run = letters.min(range.end - at);
            let length = self.bytes.len() + run;
            self.bytes.extend_from_slice(&lower);
            self.bytes.truncate(length);
            at += run;
            if run < lower.len() {
                return at - range.start;
            }
        }
        let rest = text[at..range.end].iter();
        let rest = rest.take_while(|byte| byte.is_ascii_alphabetic());
        let before = self.bytes.len();
        self.bytes.extend(rest.map(u8::to_ascii_lowercase));
        at - range.start + self.bytes.len() - before
    }

    /// Hands the word on, if it is one, and begins the next.
    #[inline]
    pub(super) fn emit(&mut self, start: usize, end: usize, sink: &mut impl Sink) {
        if self.has_letter_or_number || self.stands_alone {
            let len = self.bytes.len();
            self.bytes.extend_from_slice(&[0; WINDOW]);
            sink.token(Token {
                window: &self.bytes,
                len,
                start,
                end,
            });
        }
        self.clear();
    }

    /// Hands on the figure that begins at a place, and a minus before it; says where it ends.
    pub(super) fn emit_figure(&mut self, text: &str, at: usize, sink: &mut impl Sink) -> usize {
        self.clear();
        let digits = at + figure::minus(text, at);
        if digits > at {
            self.emit_alone('-', at..digits, sink);
            self.bytes.push(b'-');
        }
        let end = figure::read(text, digits, &mut self.bytes);
        self.stands_alone = end > digits; // money may follow a minus, too
        self.emit(digits, end, sink);
        end
    }

    /// Hands on a character that is a word of its own.
    pub(super) fn emit_alone(&mut self, c: char, range: Range<usize>, sink: &mut impl Sink) {
        self.push_char(c);
        self.stands_alone = true;
        self.emit(range.start, range.end, sink);
    }
}

/// Eight bytes with their ASCII letters in lower case, and how many of these they begin with.
#[inline]
fn letters(eight: [u8; 8]) -> ([u8; 8], usize) {
    let each = |byte: u8| u64::from_le_bytes([byte; 8]);
    let lower = u64::from_le_bytes(eight) | each(0x20);
    // Sums whose highest bit says whether a byte below 0x80 is no less than a letter; none reaches the next byte.
    let low = lower & each(0x7f);
    let least = |byte: u8| low + each(0x80 - byte);
    let letters = least(b'a') & !least(b'z' + 1) & !lower & each(0x80);
    let run = (letters ^ each(0x80)).trailing_zeros() / 8;
    (lower.to_le_bytes(), run as usize)
}

/// The buffers of this path.
#[derive(Default)]
pub(super) struct Scratch {
    word: Word,
}

/// What the last character of the word in progress was.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Last {
    Nothing,
    Letter,
    Digit,
    Joiner,
}

/// Hands the tokens of `text[start..end]` to `sink`.
pub(super) fn process(
    text: &str,
    start: usize,
    end: usize,
    scratch: &mut Scratch,
    sink: &mut impl Sink,
) {
    let word = &mut scratch.word;
    let mut last = Last::Nothing;
    let mut pending: Option<Class> = None; // a mark that may join
    let mut word_end = start; // behind the last character that surely belongs to the word
    let mut begin = start; // the last certain boundary: where the word in progress begins
    let mut at = start;
    while at < end {
        let (class, c, len) = classify(text, at);
        let mut next = at + len;
        if matches!(class, Class::Break | Class::Sign | Class::Complex)
            && let Some(next) = broken::goes_on(text, at)
        {
            at = next;
            continue;
        }
        let may_be_figure = match class {
            Class::Digit | Class::Complex => true,
            Class::Sign | Class::Break => figure::is_minus(c),
            _ => false,
        };
        if may_be_figure && figure::begins(text, at) {
            word.emit(begin, word_end, sink);
            at = word.emit_figure(text, at, sink);
            (last, pending, begin) = (Last::Nothing, None, at);
            continue;
        }
        match class {
            Class::Complex => {
                let stop = next_boundary(text, next, end);
                word.clear();
                at = definition::for_each(text, begin..stop, word, sink);
                (last, pending, begin) = (Last::Nothing, None, at);
                continue;
            }
            Class::Break => {
                word.emit(begin, word_end, sink);
                (last, pending, begin) = (Last::Nothing, None, next);
            }
            Class::Sign => {
                word.emit(begin, word_end, sink);
                (last, pending, begin) = (Last::Nothing, None, next);
                if sign::is_sign(c) && sign::counts(c, text, (at, next)) {
                    word.emit_alone(c, at..next, sink);
                }
            }
            Class::Unspaced => {
                word.emit(begin, word_end, sink);
                (last, pending, begin) = (Last::Nothing, None, at);
                // A mark behind it would belong to it: then the definition takes both.
                let has_mark = next < text.len()
                    && classify(text, next).0 == Class::Complex
                    && !figure::begins(text, next);
                if !has_mark {
                    word.emit_alone(c, at..next, sink);
                    begin = next;
                }
            }
            Class::Digit => {
                // Behind a letter, or it would be a figure.
                next = at + word.push_digits(&text.as_bytes()[at..end]);
                (last, pending, word_end) = (Last::Digit, None, next);
            }
            Class::Letter => {
                let joins = match pending {
                    None => true,
                    Some(Class::MidNum) => false,
                    Some(_) => last == Last::Letter,
                };
                if !joins {
                    word.emit(begin, word_end, sink);
                    begin = at;
                } else if last == Last::Nothing {
                    begin = at;
                }
                if c.is_ascii() {
                    // The letters that follow come to the same.
                    next = at + word.push_letters(text.as_bytes(), at..end);
                } else if let Some(folded) = class::folding(c) {
                    word.bytes.extend_from_slice(folded.as_bytes());
                } else {
                    word.bytes.extend_from_slice(&text.as_bytes()[at..next]);
                }
                word.has_letter_or_number = true;
                (last, pending, word_end) = (Last::Letter, None, next);
            }
            Class::Joiner => {
                if pending.is_some() || last == Last::Nothing {
                    word.emit(begin, word_end, sink);
                    begin = at;
                }
                (last, pending, word_end) = (Last::Joiner, None, next);
            }
            Class::MidNum | Class::MidNumLet | Class::MidLetter => {
                if pending.is_none() && matches!(last, Last::Letter | Last::Digit) {
                    pending = Some(class);
                } else {
                    word.emit(begin, word_end, sink);
                    (last, pending, begin) = (Last::Nothing, None, at);
                }
            }
        }
        at = next;
    }
    word.emit(begin, word_end, sink);
}

#[inline(always)]
fn classify(text: &str, at: usize) -> (Class, char, usize) {
    let byte = text.as_bytes()[at];
    if byte < 0x80 {
        return (class::of_ascii(byte), char::from(byte), 1);
    }
    let c = text[at..]
        .chars()
        .next()
        .expect("runs end at character boundaries");
    (class::of_char(c), c, c.len_utf8())
}

/// The next place where a word certainly ends: before a break, a figure or a character that is a word
/// of its own. Behind a zero-width joiner nothing is certain: it ties a pictograph, as `®` is one, to
/// what stands before (UAX #29, rule WB3c); nor before a double quote, which joins Hebrew letters
/// (WB7b).
fn next_boundary(text: &str, mut at: usize, end: usize) -> usize {
    while at < end {
        let (class, c, len) = classify(text, at);
        if let Some(next) = broken::goes_on(text, at) {
            at = next;
            continue;
        }
        let ends = match class {
            Class::Unspaced | Class::Sign => true,
            Class::Digit => figure::begins(text, at),
            Class::Break => c != '"',
            _ => false,
        };
        if ends && !text[..at].ends_with('\u{200d}') {
            return at;
        }
        at += len;
    }
    end
}
