//! A stretch of text between two plain ASCII breaks that is more than ASCII letters and digits:
//! `Straße,`, `don’t`, `1,200`, `foo_bar`, `東京`.
//!
//! Word segmentation for the classes of [`class`]: one pass, one byte or character
//! at a time, with at most one joining mark pending. Where a character is [`Class::Complex`], the
//! piece of the stretch around it, from the last certain word boundary to the next, is handed to
//! the definition.

use super::class::{self, Class};
use super::{Sink, Token, WINDOW, broken, definition, number};

/// A word under construction.
#[derive(Default)]
pub(super) struct Word {
    bytes: Vec<u8>,
    /// The word is a character of a script without spaces: nothing but marks may follow.
    pub(super) unspaced: bool,
    pub(super) has_letter_or_number: bool,
    /// A `.` or `,` stands between two digits.
    pub(super) has_marks_in_number: bool,
}

impl Word {
    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.unspaced = false;
        self.has_letter_or_number = false;
        self.has_marks_in_number = false;
    }

    pub(super) fn push_char(&mut self, c: char) {
        self.bytes
            .extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    }

    /// Hands the word on, if it is one, and begins the next.
    #[inline]
    pub(super) fn emit(&mut self, start: usize, end: usize, sink: &mut impl Sink) {
        if self.has_letter_or_number || self.unspaced {
            if self.has_marks_in_number {
                number::join_groups(&mut self.bytes);
            }
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
    let mut pending: Option<(Class, u8)> = None; // a mark that may join, and its byte if ASCII
    let mut word_end = start; // behind the last character that surely belongs to the word
    let mut begin = start; // the last certain boundary: where the word in progress begins
    let mut at = start;
    while at < end {
        let (class, c, len) = classify(text, at);
        let mut next = at + len;
        if matches!(class, Class::Break | Class::Complex)
            && let Some(next) = broken::goes_on(text, at)
        {
            at = next;
            continue;
        }
        match class {
            Class::Complex => {
                let stop = next_boundary(text, next, end);
                word.clear();
                definition::for_each(&text[begin..stop], begin, word, sink);
                (last, pending, begin, at) = (Last::Nothing, None, stop, stop);
                continue;
            }
            Class::Break => {
                word.emit(begin, word_end, sink);
                (last, pending, begin) = (Last::Nothing, None, next);
            }
            Class::Unspaced => {
                word.emit(begin, word_end, sink);
                (last, pending, begin) = (Last::Nothing, None, at);
                // A mark behind it would belong to it: then the definition takes both.
                if next >= end || classify(text, next).0 != Class::Complex {
                    word.push_char(c);
                    word.unspaced = true;
                    word.emit(at, next, sink);
                    begin = next;
                }
            }
            Class::Letter | Class::Digit => {
                let own = if class == Class::Digit {
                    Last::Digit
                } else {
                    Last::Letter
                };
                let joins = match pending {
                    None => true,
                    Some((Class::MidNumLet, _)) => last == own,
                    Some((Class::MidNum, _)) => last == own && own == Last::Digit,
                    Some(_) => last == own && own == Last::Letter,
                };
                if !joins {
                    word.emit(begin, word_end, sink);
                    begin = at;
                } else if last == Last::Nothing {
                    begin = at;
                } else if own == Last::Digit
                    && let Some((_, mark @ (b'.' | b','))) = pending
                {
                    word.bytes.push(mark);
                    word.has_marks_in_number = true;
                }
                if c.is_ascii() {
                    // The letters, or digits, that follow come to the same.
                    let rest = &text.as_bytes()[at..end];
                    let other = |&byte: &u8| class::of_ascii(byte) != class;
                    let run = rest.iter().position(other).unwrap_or(rest.len());
                    word.bytes
                        .extend(rest[..run].iter().map(u8::to_ascii_lowercase));
                    next = at + run;
                } else if let Some(folded) = class::folding(c) {
                    word.bytes.extend_from_slice(folded.as_bytes());
                } else {
                    word.bytes.extend_from_slice(&text.as_bytes()[at..next]);
                }
                word.has_letter_or_number = true;
                (last, pending, word_end) = (own, None, next);
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
                    let byte = if len == 1 { text.as_bytes()[at] } else { 0 };
                    pending = Some((class, byte));
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

/// The next place where a word certainly ends: before a break or a character that is a word of
/// its own. Behind a zero-width joiner nothing is certain: it ties a pictograph, as `®` is one, to
/// what stands before (UAX #29, rule WB3c); nor before a double quote, which joins Hebrew letters
/// (WB7b).
fn next_boundary(text: &str, mut at: usize, end: usize) -> usize {
    while at < end {
        let (class, c, len) = classify(text, at);
        if let Some(next) = broken::goes_on(text, at) {
            at = next;
            continue;
        }
        let ends = class == Class::Unspaced || (class == Class::Break && c != '"');
        if ends && !text[..at].ends_with('\u{200d}') {
            return at;
        }
        at += len;
    }
    end
}
