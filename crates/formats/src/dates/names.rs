//! Names of months and of days of the week in some sixty languages, from Unicode CLDR 48.2: `names.tsv`, which `names.py`
//! writes.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::fold::folded;

/// What a word may be.
#[derive(Debug, Default)]
pub(super) struct Name {
    /// The months that it is, each with a bit for each language in which it is that month. Usually one.
    pub(super) months: Vec<(i64, u64)>,
    /// A bit for each day of the week, the lowest for Monday.
    pub(super) weekdays: u8,
    /// A month of the Persian calendar.
    pub(super) persian: Option<i64>,
    /// A month of the Islamic calendar.
    pub(super) islamic: bool,
    /// Yesterday, today or tomorrow.
    pub(super) today: bool,
}

static TABLE: &str = include_str!("names.tsv");

/// Months of the Islamic calendar, which is not read: its days differ from country to country.
const ISLAMIC: &str =
    "محرم صفر رجب شعبان رمضان شوال muharram safar rajab shaban ramadan ramazan shawwal";

struct Names {
    languages: Vec<&'static str>,
    words: HashMap<String, Name>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut names = Names {
        languages: Vec::new(),
        words: HashMap::new(),
    };
    for word in ISLAMIC.split(' ') {
        names.words.entry(folded(word)).or_default().islamic = true;
    }
    for line in TABLE.lines() {
        let mut parts = line.split('\t');
        if let (Some(language), Some(what), Some(list)) = (parts.next(), parts.next(), parts.next())
        {
            names.line(language, what, list);
        }
    }
    names
});

impl Names {
    fn line(&mut self, language: &'static str, what: &str, list: &str) {
        let known = self.languages.iter().position(|known| *known == language);
        let at = known.unwrap_or(self.languages.len());
        if known.is_none() {
            self.languages.push(language);
        }
        let bit = u32::try_from(at).ok().and_then(|at| 1_u64.checked_shl(at));
        let bit = bit.expect("there are fewer than 64 languages");
        for (position, forms) in (1..).zip(list.split(';')) {
            for form in forms.split(',').filter(|form| !form.is_empty()) {
                let name = self.words.entry(folded(form)).or_default();
                match what {
                    "m" => match name.months.iter_mut().find(|(month, _)| *month == position) {
                        Some((_, languages)) => *languages |= bit,
                        None => name.months.push((position, bit)),
                    },
                    "d" => name.weekdays |= 1 << (position - 1),
                    "p" => name.persian = Some(position),
                    _ => name.today = true,
                }
            }
        }
    }
}

/// What a folded word may be.
pub(super) fn name(word: &str) -> Option<&'static Name> {
    let words = &NAMES.words;
    words.get(word).or_else(|| {
        // Hebrew puts "in" before, Basque "of" behind a month.
        let bare = word
            .strip_prefix('ב')
            .or_else(|| word.strip_suffix("ren"))?;
        words.get(bare)
    })
}

/// The months that a folded word may be.
pub(super) fn months(word: &str) -> Option<&'static [(i64, u64)]> {
    let months = &name(word)?.months;
    (!months.is_empty()).then_some(months)
}

/// Whether a folded word is a month of the Islamic calendar.
pub(super) fn is_islamic(word: &str) -> bool {
    name(word).is_some_and(|name| name.islamic)
}

/// The bit of a language.
pub(super) fn language(code: &str) -> Option<u64> {
    let at = NAMES.languages.iter().position(|known| *known == code)?;
    1_u64.checked_shl(u32::try_from(at).ok()?)
}

/// The languages of some bits.
pub(super) fn languages(bits: u64) -> Vec<&'static str> {
    let all = NAMES.languages.iter().copied();
    let is_in = |at: u32| bits & 1_u64.checked_shl(at).unwrap_or(0) != 0;
    all.zip(0..)
        .filter(|(_, at)| is_in(*at))
        .map(|(code, _)| code)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_of_many_languages_are_known() {
        assert!(NAMES.languages.len() >= 50, "{:?}", NAMES.languages);
        for (word, month) in [
            ("March", 3),
            ("März", 3),
            ("févr", 2),
            ("ENERO", 1),
            ("giugno", 6),
            ("marca", 3),
            ("июня", 6),
            ("серпня", 8),
            ("srpna", 8),
            ("júl", 7),
            ("oktober", 10),
            ("maaliskuuta", 3),
            ("március", 3),
            ("Ağustos", 8),
            ("Μαρτίου", 3),
            ("مارس", 3),
            ("मार्च", 3),
            ("Maret", 3),
            ("март", 3),
            ("ožujka", 3),
            ("марта", 3),
            ("març", 3),
            ("มีนาคม", 3),
            ("kovo", 3),
            ("märts", 3),
            ("במרץ", 3),
            ("martxoaren", 3),
        ] {
            let found = months(&folded(word)).unwrap_or_default();
            assert!(
                found.iter().any(|(known, _)| *known == month),
                "{word}: {found:?}"
            );
        }
        let november = months("listopadu").unwrap();
        assert_eq!(
            november.iter().map(|(month, _)| *month).collect::<Vec<_>>(),
            [11]
        );
        assert_eq!(months("listopada").unwrap().len(), 2, "Polish and Croatian");
        assert_eq!(languages(language("de").unwrap()), ["de"]);
    }
}
