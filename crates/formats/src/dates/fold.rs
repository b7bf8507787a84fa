//! A written date in a form that is easy to take apart: lower case, no accents, no marks of direction, ASCII digits
//! and punctuation.

use unicode_normalization::char::decompose_canonical;

/// What the writing itself says of the calendar.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Script {
    /// Digits of Persian, as in ۱۳۹۹.
    pub(super) persian_digits: bool,
    /// Letters or digits of Thai.
    pub(super) thai: bool,
}

/// The first digit of each script that has ten in a row (Unicode 16, general category `Nd`).
const ZEROS: [u32; 18] = [
    0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66,
    0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x17e0, 0xff10,
];

/// Folds a value.
pub(super) fn fold(text: &str) -> (String, Script) {
    let mut script = Script::default();
    if text.is_ascii() {
        return (text.to_ascii_lowercase(), script);
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        script.thai |= ('\u{e00}'..='\u{e7f}').contains(&c);
        script.persian_digits |= ('\u{6f0}'..='\u{6f9}').contains(&c);
        push(c, &mut folded);
    }
    (folded, script)
}

/// Folds a name.
pub(super) fn folded(name: &str) -> String {
    fold(name).0
}

fn push(c: char, into: &mut String) {
    let code = u32::from(c);
    let digit = ZEROS
        .iter()
        .find_map(|zero| code.checked_sub(*zero).filter(|value| *value < 10));
    if let Some(digit) = digit.and_then(|value| char::from_digit(value, 10)) {
        into.push(digit);
        return;
    }
    match c {
        // Marks of direction and byte order, joiners, soft hyphens.
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}'
        | '\u{ad}'
        | '॰' => {}
        // Thai writes มี.ค. for one word.
        '.' if into.ends_with(|before| ('\u{e00}'..='\u{e7f}').contains(&before)) => {}
        '‐'..='―' | '−' | '－' | '﹣' => into.push('-'),
        '’' | '‘' | 'ʼ' | '´' | '`' => into.push('\''),
        '：' | '∶' => into.push(':'),
        '／' | '⁄' => into.push('/'),
        '．' | '·' | '・' | '。' => into.push('.'),
        '，' | '、' | '،' => into.push(','),
        '（' => into.push('('),
        '）' => into.push(')'),
        _ if c.is_whitespace() => into.push(' '),
        // Hangul stays in syllables.
        '\u{ac00}'..='\u{d7a3}' => into.push(c),
        _ => decompose_canonical(c, |part| {
            part.to_lowercase().for_each(|lower| base(lower, into));
        }),
    }
}

/// A letter without what is put on it.
fn base(c: char, into: &mut String) {
    match c {
        // Accents, Arabic vowels and the hamza, Hebrew points.
        '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{655}' | '\u{670}' | '\u{591}'..='\u{5c7}' | 'ـ' => {
        }
        'ı' => into.push('i'),
        'ł' => into.push('l'),
        'đ' => into.push('d'),
        'ø' => into.push('o'),
        'ß' => into.push_str("ss"),
        'ς' => into.push('σ'),
        'ي' | 'ى' => into.push('ی'),
        'ك' => into.push('ک'),
        _ => into.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_folded() {
        for (text, expected) in [
            ("4. MÄRZ 2021", "4. marz 2021"),
            ("4\u{a0}FÉVRIER\u{200f} 2021", "4 fevrier 2021"),
            ("٤ مارس ٢٠٢١", "4 مارس 2021"),
            ("๔ มี.ค. ๒๕๖๔", "4 มีค 2564"),
            ("２０２１／０３／０４", "2021/03/04"),
            ("ΜΆΡΤΙΟΣ", "μαρτιοσ"),
            ("İSTANBUL Kasım", "istanbul kasim"),
            ("4 ma\u{308}rz", "4 marz"),
            ("2018년 10월", "2018년 10월"),
        ] {
            assert_eq!(folded(text), expected);
        }
    }
}
