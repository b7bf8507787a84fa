//! Dates of three numbers: `2021/03/04`, `4.3.2021`, `04-03-21`.

use super::fold::Script;
use super::shape::{Separator, Shape, full_day};
use super::token::Token;

/// The first such date, with a full year or without one, and where it ends.
pub(super) fn find(tokens: &[Token<'_>], script: Script, full: bool) -> Option<(Shape, usize)> {
    let mut at = 0;
    while at < tokens.len() {
        let Some(chain) = Chain::at(tokens, at) else {
            at += 1;
            continue;
        };
        if let Some(shape) = chain.shape(script, full) {
            return Some((shape, chain.end));
        }
        at = chain.end;
    }
    None
}

/// The date of the numbers that begin at a place.
pub(super) fn from(tokens: &[Token<'_>], at: usize) -> Option<Shape> {
    Chain::at(tokens, at)?.shape(Script::default(), true)
}

/// Numbers with the same sign between them.
struct Chain {
    numbers: Vec<(i64, usize)>,
    separator: Separator,
    end: usize,
}

impl Chain {
    fn at(tokens: &[Token<'_>], from: usize) -> Option<Chain> {
        let Token::Number(value, digits) = tokens[from] else {
            return None;
        };
        let mut chain = Chain {
            numbers: vec![(value, digits)],
            separator: Separator::None,
            end: from + 1,
        };
        let mut between = None;
        while let Some((sign, next)) = separator(tokens, chain.end) {
            let Some(Token::Number(value, digits)) = tokens.get(next) else {
                break;
            };
            if *between.get_or_insert(sign) != sign {
                break;
            }
            chain.numbers.push((*value, *digits));
            chain.end = next + 1;
        }
        chain.separator = match between {
            Some('/') => Separator::Slash,
            Some('.') => Separator::Dot,
            Some(' ' | ',') => Separator::Blank,
            Some(_) => Separator::Dash,
            None => Separator::None,
        };
        Some(chain)
    }

    fn shape(&self, script: Script, full: bool) -> Option<Shape> {
        // An address such as 10.3.21.44, a number of a section.
        let [a, b, c, more @ ..] = &self.numbers[..] else {
            return None;
        };
        let year_first = a.1 == 4;
        if !more.is_empty() && !year_first && self.separator != Separator::Blank || b.1 > 2 {
            return None;
        }
        if year_first {
            return full_day(a.0, b.0, c.0, script).filter(|_| full && c.1 <= 2);
        }
        let parts = [a.0, b.0, c.0];
        match (a.1, c.1) {
            (1 | 2, 4) if full => year_last(parts, self.separator, script),
            (2, 2) | (1, 2) if !full && self.separator != Separator::Blank => {
                Some(Shape::Numeric {
                    separator: self.separator,
                    short_year: true,
                    parts,
                })
            }
            (2, 1) if !full && self.separator != Separator::Blank && a.0 > 31 => {
                Some(Shape::Numeric {
                    separator: self.separator,
                    short_year: true,
                    parts,
                })
            }
            _ => None,
        }
    }
}

/// A date that ends in its year, if there is such a day in one order or the other.
fn year_last([a, b, year]: [i64; 3], separator: Separator, script: Script) -> Option<Shape> {
    let shapes = [full_day(year, b, a, script), full_day(year, a, b, script)];
    let day = |shape: &Option<Shape>| match shape {
        Some(Shape::Day(days)) => Some(*days),
        _ => None,
    };
    match (day(&shapes[0]), day(&shapes[1])) {
        (None, None) => shapes.into_iter().flatten().next(),
        _ => Some(Shape::Numeric {
            separator,
            short_year: false,
            parts: [a, b, super::calendar::gregorian_year(year)],
        }),
    }
}

/// The sign between two numbers, with blanks around it, and where it ends.
fn separator(tokens: &[Token<'_>], from: usize) -> Option<(char, usize)> {
    let blank = |at: usize| tokens.get(at) == Some(&Token::Sign(' '));
    let mut at = from + usize::from(blank(from));
    let sign = match tokens.get(at)? {
        Token::Sign(sign @ ('/' | '.' | '-' | '_' | ':' | ',')) => {
            at += 1;
            *sign
        }
        Token::Number(..) if blank(from) => ' ',
        _ => return None,
    };
    at += usize::from(sign != ' ' && blank(at));
    let sign = if sign == ',' { ' ' } else { sign };
    Some((sign, at))
}
