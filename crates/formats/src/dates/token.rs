//! The numbers, words and signs of a folded date.

/// One of them.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Token<'t> {
    /// A number, and how many digits it was written with.
    Number(i64, usize),
    /// Letters. Of scripts that do not separate words, each sign.
    Word(&'t str),
    /// A sign between them, or a blank.
    Sign(char),
    /// What was taken out: a time of day.
    Gap,
}

impl Token<'_> {
    pub(super) fn is_blank(self) -> bool {
        matches!(self, Token::Sign(' ') | Token::Gap)
    }
}

/// Takes a folded value apart.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::with_capacity(16);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (token, length) = if first.is_ascii_digit() {
            number(rest)
        } else if let Some((value, length)) = han_number(rest) {
            (
                Token::Number(value, if value < 1000 { 2 } else { 4 }),
                length,
            )
        } else if stands_alone(first) {
            let length = first.len_utf8();
            (Token::Word(&rest[..length]), length)
        } else if is_letter(first) {
            let ends = |c: char| !is_letter(c) || stands_alone(c);
            let length = rest.find(ends).unwrap_or(rest.len());
            (Token::Word(&rest[..length]), length)
        } else {
            (Token::Sign(first), first.len_utf8())
        };
        // Blanks are one.
        if token != Token::Sign(' ') || tokens.last() != Some(&token) {
            tokens.push(token);
        }
        rest = &rest[length..];
    }
    tokens
}

fn number(text: &str) -> (Token<'_>, usize) {
    let length = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let value = text[..length].parse().unwrap_or(i64::MAX);
    (Token::Number(value, length), length)
}

fn is_letter(c: char) -> bool {
    // Vowel signs of Indic and Thai words are no letters everywhere.
    c.is_alphabetic() || matches!(u32::from(c), 0x900..=0xe7f)
}

/// Han, kana and Hangul.
fn stands_alone(c: char) -> bool {
    matches!(u32::from(c), 0x3005..=0x30ff | 0x3400..=0x9fff | 0xac00..=0xd7a3)
}

/// A number in Han figures before a unit of dates: `二〇二一年`, `十月`, `二十五日`, `元年`.
fn han_number(text: &str) -> Option<(i64, usize)> {
    const DIGITS: &str = "〇一二三四五六七八九";
    let digit = |c: char| {
        let c = if c == '零' { '〇' } else { c };
        DIGITS.chars().zip(0..).find(|(known, _)| *known == c)
    };
    let is_figure = |c: char| c == '十' || c == '元' || digit(c).is_some();
    let length = text.find(|c| !is_figure(c))?;
    let (figures, unit) = text.split_at(length);
    let unit = unit.chars().next()?;
    if length == 0 || !"年月日号號时時点點分".contains(unit) || figures.chars().count() > 4
    {
        return None;
    }
    if figures == "元" {
        return (unit == '年').then_some((1, length));
    }
    let mut value = 0;
    for c in figures.chars() {
        value = match digit(c) {
            Some((_, digit)) if figures.contains('十') => value + digit,
            Some((_, digit)) => value * 10 + digit,
            None if c == '十' => value.max(1) * 10,
            None => return None,
        };
    }
    Some((value, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_han_are_numbers() {
        for (text, expected) in [
            ("二〇二一年", Some(2021)),
            ("十月", Some(10)),
            ("十二月", Some(12)),
            ("二十五日", Some(25)),
            ("三十日", Some(30)),
            ("元年", Some(1)),
            ("四", None),
            ("年", None),
        ] {
            assert_eq!(han_number(text).map(|(value, _)| value), expected, "{text}");
        }
    }

    #[test]
    fn digits_letters_and_signs_are_distinguished() {
        use Token::{Number, Sign, Word};
        assert_eq!(
            tokens("4th mar,  2021年"),
            [
                Number(4, 1),
                Word("th"),
                Sign(' '),
                Word("mar"),
                Sign(','),
                Sign(' '),
                Number(2021, 4),
                Word("年"),
            ]
        );
    }
}
