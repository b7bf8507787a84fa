//! Prose as a list of pieces: words with the marks around them.
//!
//! Copies are made on pieces, so that an edit is a word and a cut is the end of a sentence.
//! Letters, quotes, dashes and line ends appear only when an outlet's [`Style`] sets the pieces.

use std::fmt::Write;

use super::language::Language;
use crate::random::Random;

/// What stands at a place in a text.
#[derive(Clone, Copy)]
pub(crate) enum What {
    Word(u16),
    Name(u16),
    Number(u32),
}

/// A word, name or number, and the marks around it.
#[derive(Clone, Copy)]
pub(crate) struct Piece {
    pub(crate) what: What,
    marks: u8,
}

const CAPITAL: u8 = 1;
const OPEN: u8 = 2;
const CLOSE: u8 = 4;
const COMMA: u8 = 8;
const DASH: u8 = 16;
const STOP: u8 = 32;
const LINE: u8 = 64;

/// How an outlet sets text.
pub(crate) struct Style {
    /// Opening and closing quotation mark.
    pub(crate) quotes: [&'static str; 2],
    /// The dash between two words, with its spaces.
    pub(crate) dash: &'static str,
    /// Between groups of three digits.
    pub(crate) thousands: char,
    /// Between two paragraphs.
    pub(crate) line: &'static str,
}

/// Writes prose in a language, with the names of one story.
pub(crate) struct Author<'a> {
    language: &'a Language,
    names: [u16; 8],
}

impl<'a> Author<'a> {
    /// An author with a cast of names.
    pub(crate) fn new(language: &'a Language, random: &mut Random) -> Author<'a> {
        Author {
            language,
            names: std::array::from_fn(|_| language.draw_name(random)),
        }
    }

    fn piece(&self, random: &mut Random) -> Piece {
        let what = match random.below(100) {
            0..=1 => What::Number(1 << random.below(20)).scattered(random),
            2..=6 => What::Name(random.pick(&self.names)),
            7 => What::Name(self.language.draw_name(random)),
            _ => What::Word(self.language.draw_word(random)),
        };
        let marks = match random.below(100) {
            0..=5 => COMMA,
            6 => DASH,
            _ => 0,
        };
        Piece { what, marks }
    }

    /// A line without a full stop: a headline, a teaser, an entry of a menu.
    pub(crate) fn line(&self, random: &mut Random, words: u32) -> Vec<Piece> {
        let mut line: Vec<Piece> = (0..words).map(|_| self.piece(random)).collect();
        line[0].marks |= CAPITAL;
        end(&mut line, LINE);
        line
    }

    fn sentence(&self, random: &mut Random, text: &mut Vec<Piece>) {
        let start = text.len();
        let words = random.between(6, 30);
        text.extend((0..words).map(|_| self.piece(random)));
        if random.chance(100) {
            let plain = |&word: &u16| Piece {
                what: What::Word(word),
                marks: 0,
            };
            text.extend(self.language.draw_phrase(random).iter().map(plain));
        }
        text[start].marks |= CAPITAL;
        if random.chance(180) {
            let closing = text.len() - 1;
            text[start].marks |= OPEN;
            text[closing].marks = (text[closing].marks & CAPITAL) | CLOSE | COMMA;
            text.push(Piece {
                what: What::Word(self.language.draw_word(random)),
                marks: 0,
            });
            text.push(Piece {
                what: What::Name(random.pick(&self.names)),
                marks: 0,
            });
        }
        end(&mut text[start..], STOP);
    }

    /// Paragraphs of one to four sentences, of about as many words as asked.
    pub(crate) fn paragraphs(&self, random: &mut Random, words: u32) -> Vec<Piece> {
        let mut text = Vec::new();
        while text.len() < words as usize {
            for _ in 0..random.between(1, 4) {
                self.sentence(random, &mut text);
            }
            end(&mut text, STOP | LINE);
        }
        text
    }
}

impl What {
    /// A number of the same size with other digits; the small ones stay as they are.
    fn scattered(self, random: &mut Random) -> What {
        match self {
            What::Number(size) => What::Number(size + random.below(size)),
            other => other,
        }
    }
}

/// Closes a text with these marks in place of a comma or dash.
fn end(text: &mut [Piece], marks: u8) {
    let last = text.last_mut().expect("a text has words");
    last.marks = (last.marks & !(COMMA | DASH)) | marks;
}

/// Replaces words, each with this probability in 1/100,000.
pub(crate) fn substitute(text: &mut [Piece], rate: u32, language: &Language, random: &mut Random) {
    for piece in text {
        if random.below(100_000) < rate {
            piece.what = What::Word(language.draw_word(random));
        }
    }
}

/// Cuts the text from the bottom, at the end of the sentence in which the share is reached.
pub(crate) fn trim(text: &mut Vec<Piece>, per_mille: u32) {
    let least = text.len() * per_mille as usize / 1000;
    let stop = text
        .iter()
        .skip(least)
        .position(|piece| piece.marks & STOP != 0);
    text.truncate(stop.map_or(text.len(), |stop| least + stop + 1));
}

/// Replaces the first sentence.
pub(crate) fn replace_lead(text: &mut Vec<Piece>, author: &Author<'_>, random: &mut Random) {
    let mut lead = Vec::new();
    author.sentence(random, &mut lead);
    let old = text
        .iter()
        .position(|piece| piece.marks & STOP != 0)
        .expect("text has sentences");
    text.splice(..=old, lead);
}

/// Sets pieces as text, at the end of `out`.
pub(crate) fn set(pieces: &[Piece], style: &Style, language: &Language, out: &mut String) {
    for piece in pieces {
        if piece.marks & OPEN != 0 {
            out.push_str(style.quotes[0]);
        }
        match piece.what {
            What::Number(number) => set_number(number, style.thousands, out),
            What::Name(name) => out.push_str(language.name(name)),
            What::Word(word) if piece.marks & CAPITAL == 0 => out.push_str(language.word(word)),
            What::Word(word) => {
                let mut letters = language.word(word).chars();
                out.extend(letters.next().expect("a word has letters").to_uppercase());
                out.push_str(letters.as_str());
            }
        }
        if piece.marks & CLOSE != 0 {
            out.push_str(style.quotes[1]);
        }
        out.push_str(match piece.marks & (COMMA | STOP) {
            0 => "",
            COMMA => ",",
            _ => ".",
        });
        out.push_str(match piece.marks & (DASH | LINE) {
            0 => " ",
            DASH => style.dash,
            _ => style.line,
        });
    }
}

fn set_number(number: u32, thousands: char, out: &mut String) {
    let digits = |out: &mut String, number: u32, width: usize| {
        write!(out, "{number:0width$}").expect("a string takes everything");
    };
    match number {
        0..1000 => digits(out, number, 0),
        1000..1_000_000 => digits(out, number / 1000, 0),
        _ => {
            digits(out, number / 1_000_000, 0);
            out.push(thousands);
            digits(out, number / 1000 % 1000, 3);
        }
    }
    if number >= 1000 {
        out.push(thousands);
        digits(out, number % 1000, 3);
    }
}
