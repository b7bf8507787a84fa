//! Figures: a token is their value, however they are written.
//!
//! A figure is a word of its own, whatever follows: `46억`, `46 억` and `$3.2bn` hold the figures 46 and
//! 3.2. (Behind a letter of a script with capitals digits belong to a name: `G20`, `covid19`.) Its digits may be of any script (Unicode class Nd). Groups go: `12,000`, `12.000`, `12 000`,
//! `12'000` and `12,00,000` (in lakhs) are written without marks. A decimal mark is a point, so `2,5` is
//! `2.5`; the colon of a clock is one too, as half of all papers write `11.00`. A minus directly before
//! a figure, and not directly behind a word, is a word, and the figure is negative: -5 and 5 differ by as
//! much as two words.
//!
//! What sets groups apart: a blank or an apostrophe does it always, and joins nothing else; a point
//! or a comma does it where every group has three digits (or two, and the last three) and the first
//! one to three, not beginning with 0. So `1.234` is a thousand and more, also where an English page
//! means one and a quarter: two pages of one story mean the same, and forms with other figures
//! still have others.

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// The first digit that is not ASCII: Arabic-Indic zero.
const DIGITS_FROM: char = '\u{660}';

/// The value of a decimal digit.
pub(super) fn digit(c: char) -> Option<u8> {
    if c.is_ascii_digit() {
        return Some(c as u8 - b'0');
    }
    if c < DIGITS_FROM || !is_decimal(c) {
        return None;
    }
    // Digits stand in the code charts from 0 to 9, sets of one script behind one another.
    let before = (1..)
        .map(|back| char::from_u32(c as u32 - back))
        .take_while(|&c| c.is_some_and(is_decimal));
    u8::try_from(before.count() % 10).ok()
}

fn is_decimal(c: char) -> bool {
    c.general_category() == GeneralCategory::DecimalNumber
}

/// Whether a character may be a minus: hyphens and the en dash are typed for it.
pub(super) fn is_minus(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}' | '\u{2011}' | '\u{2013}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}'
    )
}

/// Whether a figure begins at a place in a text: a digit that goes on with no word, or a minus of one or of
/// an amount of money.
pub(super) fn begins(text: &str, at: usize) -> bool {
    let mut chars = text[at..].chars();
    let Some(c) = chars.next() else { return false };
    let before = || text[..at].chars().next_back();
    if !is_minus(c) {
        return digit(c).is_some() && !before().is_some_and(goes_on);
    }
    let is_of_figure = match chars.next() {
        Some(next) if is_currency(next) => chars.next().is_some_and(|c| digit(c).is_some()),
        Some(next) => digit(next).is_some(),
        None => false,
    };
    is_of_figure && before().is_none_or(leaves_open)
}

/// Whether digits behind a character belong to its word.
fn goes_on(c: char) -> bool {
    match c {
        _ if c.is_ascii() => c.is_ascii_alphanumeric(),
        _ => c.is_lowercase() || c.is_uppercase() || digit(c).is_some(),
    }
}

/// Whether a minus may follow: behind a word, a figure or a closing bracket it is a hyphen.
fn leaves_open(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '(' | '[' | '"' | '“' | '„' | '«' | '/' | '+' | '<' | '=' | '>'
        )
        || is_currency(c)
}

fn is_currency(c: char) -> bool {
    c == '$' || (!c.is_ascii() && c.general_category() == GeneralCategory::CurrencySymbol)
}

/// What may stand between two digits of a figure.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Mark {
    /// Groups or decimals, by the digits around it; the byte it is kept as.
    Either(u8),
    /// Groups only: a blank or an apostrophe.
    Group(char),
    /// Hours and minutes.
    Clock,
}

fn mark(c: char) -> Option<Mark> {
    Some(match c {
        '.' | '\u{66b}' | '\u{2024}' | '\u{fe52}' | '\u{ff0e}' => Mark::Either(b'.'),
        ',' | '\u{66c}' | '\u{fe50}' | '\u{ff0c}' => Mark::Either(b','),
        '\'' | '’' => Mark::Group('\''),
        // Blanks of any width that is set in numbers.
        ' ' | '\u{a0}' | '\u{202f}' | '\u{2007}'..='\u{200a}' => Mark::Group(' '),
        ':' => Mark::Clock,
        _ => return None,
    })
}

/// The bytes of the minus that a figure begins with, 0 if there is none.
pub(super) fn minus(text: &str, at: usize) -> usize {
    let first = text[at..].chars().next().filter(|&c| is_minus(c));
    first.map_or(0, char::len_utf8)
}

/// Appends the value of the digits at a place to `value`, and says where the figure ends.
///
/// Linear in its length.
pub(super) fn read(text: &str, at: usize, value: &mut Vec<u8>) -> usize {
    let bytes = &text.as_bytes()[at..];
    if let Some(lead) = one_group(bytes) {
        value.extend_from_slice(&bytes[..lead]);
        value.extend_from_slice(&bytes[lead + 1..lead + 4]);
        return at + lead + 4;
    }
    read_any(text, at, value)
}

/// How many digits stand before the mark of a figure like `1,200` that some bytes begin with: most figures with a
/// mark are such, and are known by their bytes alone.
fn one_group(bytes: &[u8]) -> Option<usize> {
    let lead = bytes.iter().take(4);
    let lead = lead.take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = bytes.split_at(lead);
    let ([b'.' | b',', rest @ ..], true) = (rest, lead > 0 && may_lead(digits)) else {
        return None;
    };
    let (group, rest) = rest.split_at_checked(3)?;
    let goes_on = match rest {
        [b'.' | b',', next, ..] | [next, ..] => next.is_ascii_digit() || !next.is_ascii(),
        [] => false,
    };
    (group.iter().all(u8::is_ascii_digit) && !goes_on).then_some(lead)
}

/// The same of a figure of any form.
fn read_any(text: &str, at: usize, value: &mut Vec<u8>) -> usize {
    let start = value.len();
    let mut end = at + push_digits(&text[at..], value);
    let lead = value.len() - start;
    let (mut groups, mut has_either) = (None, false);
    while end > at && value.len() > start {
        let mut chars = text[end..].chars();
        let Some((c, mark)) = chars.next().and_then(|c| Some((c, mark(c)?))) else {
            break;
        };
        let rest = chars.as_str();
        let is_joined = match mark {
            Mark::Either(_) => digits(rest) > 0,
            Mark::Group(c) => {
                let may = may_lead(&value[start..][..lead]) && !has_either;
                may && groups.is_none_or(|groups| groups == c) && is_group(rest)
            }
            Mark::Clock => groups.is_none() && !has_either && lead <= 2 && digits(rest) == 2,
        };
        if !is_joined {
            break;
        }
        match mark {
            Mark::Either(byte) => {
                has_either = true;
                value.push(byte);
            }
            Mark::Group(c) => groups = Some(c),
            Mark::Clock => value.push(b'.'),
        }
        end += c.len_utf8();
        end += push_digits(&text[end..], value);
        if mark == Mark::Clock {
            return end;
        }
    }
    if has_either {
        settle(value, start);
    }
    end
}

/// Whether the first digits of a figure may have groups behind them.
fn may_lead(digits: &[u8]) -> bool {
    digits.len() <= 3 && digits.first() != Some(&b'0')
}

/// Whether a text begins with a group of three digits, and no figure with groups of its own.
fn is_group(text: &str) -> bool {
    if digits(text) != 3 {
        return false;
    }
    let mut behind = text.chars();
    behind.nth(2);
    let is_mark = matches!(behind.next().and_then(mark), Some(Mark::Either(_)));
    !is_mark || digits(behind.as_str()) != 3
}

/// How many digits a text begins with, 4 for any more.
fn digits(text: &str) -> usize {
    let bytes = text.as_bytes();
    let ascii = bytes
        .iter()
        .take(4)
        .take_while(|byte| byte.is_ascii_digit());
    let ascii = ascii.count();
    if ascii == 4 || bytes.get(ascii).is_none_or(u8::is_ascii) {
        return ascii;
    }
    text.chars()
        .take(4)
        .take_while(|&c| digit(c).is_some())
        .count()
}

/// Appends the digits that a text begins with, and says how many bytes they take.
fn push_digits(text: &str, value: &mut Vec<u8>) -> usize {
    let bytes = text.as_bytes();
    let ascii = bytes.iter().position(|byte| !byte.is_ascii_digit());
    let mut taken = ascii.unwrap_or(bytes.len());
    value.extend_from_slice(&bytes[..taken]);
    if bytes.get(taken).is_none_or(u8::is_ascii) {
        return taken;
    }
    for c in text[taken..].chars() {
        let Some(digit) = digit(c) else { break };
        value.push(b'0' + digit);
        taken += c.len_utf8();
    }
    taken
}

/// Drops marks that set groups apart, from `start` on, and makes points of all others.
fn settle(value: &mut Vec<u8>, start: usize) {
    let is_mark = |byte: u8| !byte.is_ascii_digit();
    let figure = &value[start..];
    let lead = figure.iter().take_while(|byte| !is_mark(**byte)).count();
    let first = figure[lead];
    // The groups: all that follows up to another mark.
    let (mut twos, mut threes, mut groups, mut length) = (0, 0, 1, 0);
    let mut end = lead + 1;
    for &byte in &figure[lead + 1..] {
        match byte {
            _ if byte == first => {
                twos += u32::from(length == 2);
                threes += u32::from(length == 3);
                groups += 1;
                length = 0;
            }
            _ if is_mark(byte) => break,
            _ => length += 1,
        }
        end += 1;
    }
    let before_last = groups - 1;
    let lakhs = first == b',' && lead <= 2 && groups > 1 && twos == before_last;
    let grouped = may_lead(&figure[..lead]) && length == 3 && (threes == before_last || lakhs);
    let end = start + end;
    let mut kept = start;
    for at in start..value.len() {
        let byte = value[at];
        if is_mark(byte) && grouped && at < end {
            continue;
        }
        value[kept] = if is_mark(byte) { b'.' } else { byte };
        kept += 1;
    }
    value.truncate(kept);
}

#[cfg(test)]
mod tests;
