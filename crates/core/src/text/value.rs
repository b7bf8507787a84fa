//! What a figure is worth: its scale word counted in, and no zeros that say nothing.
//!
//! `$3,200 million`, `3.2bn` and `3,2 Milliarden` are one amount, as are `45.000` and `45 bin`, `2.50` and `2.5`.
//! Tokens are distinguished; where figures are compared as facts, these are not.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::FixedState;

/// Bytes that a value may take: more than any figure that has a scale.
pub const VALUE: usize = 32;

/// Words behind a figure that multiply it, by their power of ten; any word that begins so, where no
/// blank parts words. A word that means something else too (`m`, `bin`) does no harm: a figure is still
/// itself.
const SCALES: &[(u8, &[&str])] = &[
    (
        3,
        &[
            "thousand",
            "k",
            "tausend",
            "tsd",
            "mille",
            "mil",
            "mila",
            "bin",
            "тыс",
            "тысяч",
            "тысячи",
            "हजार",
            "हज़ार",
            "ہزار",
            "ألف",
            "آلاف",
            "ribu",
            "nghìn",
        ],
    ),
    (5, &["lakh", "lakhs", "लाख", "لاکھ"]),
    (
        6,
        &[
            "million",
            "millions",
            "m",
            "mn",
            "mln",
            "mio",
            "millionen",
            "millón",
            "millones",
            "milhão",
            "milhões",
            "milioni",
            "milione",
            "milyon",
            "млн",
            "миллион",
            "миллиона",
            "миллионов",
            "مليون",
            "ملین",
            "juta",
            "triệu",
        ],
    ),
    (7, &["crore", "crores", "करोड़", "کروڑ"]),
    (
        9,
        &[
            "billion",
            "billions",
            "bn",
            "b",
            "milliard",
            "milliards",
            "milliarde",
            "milliarden",
            "mrd",
            "md",
            "miliardi",
            "miliardo",
            "milyar",
            "млрд",
            "миллиард",
            "миллиарда",
            "миллиардов",
            "مليار",
            "ارب",
            "bilhão",
            "bilhões",
            "miliar",
            "tỷ",
        ],
    ),
    (
        12,
        &[
            "trillion",
            "trillions",
            "tn",
            "trn",
            "billionen",
            "billones",
            "трлн",
            "trilyon",
        ],
    ),
];

/// The same in scripts in which particles follow without a blank.
const GLUED: &[(char, u8)] = &[
    ('천', 3),
    ('만', 4),
    ('억', 8),
    ('조', 12),
    ('千', 3),
    ('万', 4),
    ('萬', 4),
    ('亿', 8),
    ('億', 8),
    ('兆', 12),
];

/// The power of ten that a word multiplies the figure before it by, if it does.
pub fn scale(word: &[u8]) -> Option<u8> {
    let word = std::str::from_utf8(word).ok()?;
    if let Some(&power) = BY_WORD.get(word) {
        return Some(power);
    }
    let first = word.chars().next().filter(|c| !c.is_ascii())?;
    let glued = GLUED.iter().find(|(c, _)| *c == first);
    glued.map(|&(_, power)| power)
}

/// Every word of [`SCALES`] with its power.
static BY_WORD: LazyLock<HashMap<&str, u8, FixedState>> = LazyLock::new(|| {
    let each = |(power, words): &(u8, &'static [&'static str])| {
        let power = *power;
        words.iter().map(move |&word| (word, power))
    };
    SCALES.iter().flat_map(each).collect()
});

/// Writes what a figure is worth, times a power of ten, and returns its length; none, if that is the figure
/// itself, or no number that ends.
pub fn value(figure: &[u8], power: u8, value: &mut [u8; VALUE]) -> Option<usize> {
    let point = figure.iter().position(|&byte| byte == b'.');
    if point.is_none() && power == 0 || figure.len() + usize::from(power) > VALUE {
        return None;
    }
    let (whole, decimals) = figure.split_at(point.unwrap_or(figure.len()));
    let decimals = decimals.get(1..).unwrap_or_default();
    if decimals.contains(&b'.') {
        return None; // a date
    }
    let mut length = 0;
    let mut push = |byte| {
        value[length] = byte;
        length += 1;
    };
    whole.iter().for_each(|&byte| push(byte));
    let power = usize::from(power);
    (0..power).for_each(|at| push(decimals.get(at).copied().unwrap_or(b'0')));
    let rest = decimals.get(power..).unwrap_or_default();
    let telling = rest
        .iter()
        .rposition(|&byte| byte != b'0')
        .map_or(0, |last| last + 1);
    if telling > 0 {
        push(b'.');
        rest[..telling].iter().for_each(|&byte| push(byte));
    }
    Some(without_lead(value, length))
}

/// Moves a value to the left over zeros before its digits (`0.5 million`), and returns its length.
fn without_lead(value: &mut [u8; VALUE], length: usize) -> usize {
    let sign = usize::from(value[0] == b'-');
    let digits = &value[sign..length];
    let zeros = digits.iter().take_while(|&&byte| byte == b'0').count();
    let follows = digits.get(zeros).is_some_and(u8::is_ascii_digit);
    let dropped = if follows {
        zeros
    } else {
        zeros.saturating_sub(1)
    };
    value.copy_within(sign + dropped..length, sign);
    length - dropped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value_of(figure: &str, word: &str) -> String {
        let mut buffer = [0; VALUE];
        let power = scale(word.as_bytes()).unwrap_or(0);
        match value(figure.as_bytes(), power, &mut buffer) {
            Some(length) => std::str::from_utf8(&buffer[..length]).unwrap().to_owned(),
            None => figure.to_owned(),
        }
    }

    #[test]
    fn a_figure_is_worth_what_its_scale_makes_of_it() {
        for (figure, word, value) in [
            ("3.2", "bn", "3200000000"),
            ("3200", "million", "3200000000"),
            ("3.2", "milliarden", "3200000000"),
            ("45", "bin", "45000"),
            ("46", "억원을", "4600000000"),
            ("46", "億", "4600000000"),
            ("2.50", "percent", "2.5"),
            ("2.5", "percent", "2.5"),
            ("11.00", "gmt", "11"),
            ("0.5", "million", "500000"),
            ("-0.25", "lakh", "-25000"),
            ("0.0", "", "0"),
            ("0.05", "", "0.05"),
            ("12345", "", "12345"),
            ("24.12.2020", "", "24.12.2020"),
            ("1.2345", "thousand", "1234.5"),
        ] {
            assert_eq!(value_of(figure, word), value, "{figure} {word}");
        }
        assert_eq!(value_of(&"9".repeat(40), "bn").len(), 40);
    }
}
