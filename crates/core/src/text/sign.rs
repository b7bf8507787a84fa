//! Which signs are words?
//!
//! A sign that changes what is said is a token of its own, since texts that differ in it alone are not
//! equal to a reader: currencies, `%`, `°`, the signs of mathematics, emoji, and `+` and `#` behind a word
//! (`C++`, `C#`). What decorates is none, since two sites set it differently: quotes, dashes, bullets,
//! pipes, arrows, `©`, `™`, box drawing; nor are the tones of an emoji's skin. Minus is part of a figure
//! ([`super::figure`]).
//!
//! ASCII signs are often decoration or markup, so where they stand decides: `=`, `<`, `>` between blanks
//! and words or before a digit, `+` likewise between words or behind one, not three in a row; `%` behind a
//! digit. A `+` before a figure says nothing: +5 is 5.

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use super::figure::{digit, is_minus};

/// Whether a normalised character may be a sign that counts.
pub(super) fn is_sign(c: char) -> bool {
    match c {
        '%' | '#' | '\u{66a}' | '‰' | '‱' => true,
        _ if c.is_ascii() && !matches!(c, '$' | '+' | '<' | '=' | '>') => false,
        _ => match c.general_category() {
            GeneralCategory::CurrencySymbol => true,
            GeneralCategory::MathSymbol => {
                points(c) || !is_minus(c) && !is_arrow(c) && !is_mark_of_print(c)
            }
            GeneralCategory::OtherSymbol => points(c) || c == '°' || is_picture(c),
            _ => false,
        },
    }
}

/// Whether a sign counts wherever it stands.
#[cfg(test)]
pub(super) fn counts_anywhere(c: char) -> bool {
    !matches!(c, '%' | '#' | '\u{66a}' | '‰' | '‱' | '+' | '<' | '=' | '>') && !points(c)
}

/// Whether a sign counts where it stands: what is between `start` and `end` of a text.
pub(super) fn counts(c: char, text: &str, (start, end): (usize, usize)) -> bool {
    let before = || text[..start].chars().rev();
    let behind = || text[end..].chars();
    let is_digit = |c: Option<char>| c.is_some_and(|c| digit(c).is_some());
    match c {
        '%' | '\u{66a}' | '‰' | '‱' => {
            let mut before = before();
            match before.next() {
                Some(blank) if blank.is_whitespace() => is_digit(before.next()),
                other => is_digit(other),
            }
        }
        '#' => {
            before().next().is_some_and(char::is_alphabetic)
                && !behind().next().is_some_and(char::is_alphanumeric)
        }
        '+' | '<' | '=' | '>' => {
            let (mut before, mut behind) = (before().peekable(), behind().peekable());
            let is_operator = |c: &char| matches!(c, '+' | '<' | '=' | '>' | '!');
            let many = (0..2)
                .filter(|_| before.next_if(is_operator).is_some())
                .count()
                + (0..2)
                    .filter(|_| behind.next_if(is_operator).is_some())
                    .count();
            if many > 1 {
                return false;
            }
            let (left, right) = (before.next(), behind.next());
            let is_visible = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
            if left == Some(' ') && right == Some(' ') {
                return is_visible(before.next()) && is_visible(behind.next());
            }
            match c {
                '+' => left.is_some_and(|c| c.is_alphanumeric() || c == ')'),
                _ => is_digit(right),
            }
        }
        _ if points(c) => is_digit(behind().next()),
        _ => true,
    }
}

/// As a token has it.
pub(super) fn written(c: char) -> char {
    match c {
        '\u{66a}' => '%',
        _ => c,
    }
}

/// Arrows and triangles up and down, which say before a digit where a price went. (In Japan `▲` is minus.)
fn points(c: char) -> bool {
    matches!(c, '↑' | '↓' | '▲' | '▼' | '△' | '▽')
}

fn is_arrow(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{21ff}' | '\u{27f0}'..='\u{27ff}' | '\u{2900}'..='\u{297f}')
}

/// Mathematical by its class, in print a bar, bullet, slash, hyphen or tilde, or a shape.
fn is_mark_of_print(c: char) -> bool {
    matches!(
        c,
        '|' | '~' | '¬' | '\u{2044}' | '\u{2052}' | '\u{2215}'..='\u{2219}' | '\u{2223}' | '\u{223c}' | '\u{22c5}'
            | '\u{2500}'..='\u{25ff}'
    )
}

/// Emoji and the pictures before them, by block: weather, stars, hearts, hands, ticks and crosses.
/// Ornaments and arrows of the same blocks are bullets.
fn is_picture(c: char) -> bool {
    matches!(
        c,
        '\u{231a}'..='\u{231b}' | '\u{23e9}'..='\u{23fa}' | '\u{2600}'..='\u{2721}' | '\u{274c}' | '\u{274e}'
            | '\u{2753}'..='\u{2755}' | '\u{2757}' | '\u{2763}'..='\u{2767}' | '\u{2795}'..='\u{2797}' | '\u{2b50}' | '\u{2b55}'
            | '\u{1f000}'..='\u{1faff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(text: &str) -> String {
        text.char_indices()
            .filter(|&(at, c)| is_sign(c) && counts(c, text, (at, at + c.len_utf8())))
            .map(|(_, c)| written(c))
            .collect()
    }

    #[test]
    fn what_changes_the_sense_counts() {
        for (text, found) in [
            ("$5 €5 £5 ₹5", "$€£₹"),
            ("5% 5 % 5‰ ٥٪", "%%‰%"),
            ("20 °C", "°"),
            (
                "a + b, a = b, a < b, a > b, 2+3, a == b, a != b",
                "+=<>+===",
            ),
            ("x=5 <5 >5 a × b ≤ c", "=<>×≤"),
            ("C++ C# Disney+ 18+", "++#++"),
            ("👍 👎 😍😍 ❤️ ✅ ☀", "👍👎😍😍❤✅☀"),
            ("▲5 ▼5 ↑2 ↓2", "▲▼↑↓"),
        ] {
            assert_eq!(signs(text), found, "{text}");
        }
    }

    #[test]
    fn decoration_does_not() {
        for text in [
            "a | b",
            "a ~ b",
            "• a",
            "■ a",
            "→ a",
            "a ► b",
            "▲ a",
            "© a ™ ®",
            "“a” «b» – — …",
            "+++ a +++",
            "=== a",
            "--- a",
            "> a",
            "a >",
            "<b>a</b>",
            "#news",
            "page#part",
            "+5",
            "%20",
            "a/b",
            "¬",
            "➤ a",
            "❖",
            "x − y",
            "\u{1f3fb}",
        ] {
            assert_eq!(signs(text), "", "{text}");
        }
    }
}
