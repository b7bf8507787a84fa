//! Forms of dates that a person gives, in the notation of `strftime`, with names of any language.
//!
//! The whole value must fit. `pl:%d %B %Y` reads names as Polish. Directives: `%Y %y %m %d %e %j %B %b %h %A %a %H %k %I %l %M %S
//! %p %f %s %z %Z %F %T %R %D %n %t %%`, with the flags `-`, `_` and `0`, which change nothing.

use super::When;
use super::calendar::{DAY, day_number};
use super::decision::{Decision, Order};
use super::fold::{fold, folded};
use super::names;
use super::shape::{Separator, Year};
use super::zones::{Zone, moment, zone};

/// A form of dates.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Format {
    given: String,
    language: Option<u64>,
    items: Vec<Item>,
}

/// Why a form cannot be used.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum FormatError {
    /// A directive that is not known.
    Directive(String),
    /// A language that is not known.
    Language(String),
    /// It names no day: month and day, or seconds since 1970.
    NoDay,
}

impl std::fmt::Display for FormatError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            FormatError::Directive(directive) => write!(f, "`{directive}` is no part of a date"),
            FormatError::Language(language) => write!(f, "the names of `{language}` are not known"),
            FormatError::NoDay => f.write_str("it gives no day: year, month and day are needed"),
        }
    }
}

impl std::error::Error for FormatError {}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Item {
    Letter(char),
    Blank,
    Directive(char),
}

/// What was read so far.
#[derive(Clone, Copy, Default)]
struct Fields {
    year: Option<i64>,
    month: Option<i64>,
    day: Option<i64>,
    of_year: Option<i64>,
    hour: Option<i64>,
    minute: i64,
    second: i64,
    afternoon: Option<bool>,
    zone: Option<Zone>,
    since_1970: Option<i64>,
}

impl Format {
    /// A form as it is given.
    ///
    /// # Errors
    ///
    /// If it has a directive that is not known, or gives no day.
    pub fn new(given: &str) -> Result<Format, FormatError> {
        let (language, form) = match given.split_once(':') {
            Some((code, form)) if !code.contains('%') && code.len() <= 3 && !code.is_empty() => {
                let bit = names::language(code);
                (
                    Some(bit.ok_or_else(|| FormatError::Language(code.to_owned()))?),
                    form,
                )
            }
            _ => (None, given),
        };
        let mut items = Vec::new();
        expand(form, &mut items)?;
        let has = |any: &str| {
            items
                .iter()
                .any(|item| matches!(item, Item::Directive(c) if any.contains(*c)))
        };
        let is_whole = has("s") || has("Yy") && (has("j") || has("mBb") && has("d"));
        let format = Format {
            given: given.to_owned(),
            language,
            items,
        };
        if is_whole {
            Ok(format)
        } else {
            Err(FormatError::NoDay)
        }
    }

    /// As it was given.
    pub fn given(&self) -> &str {
        &self.given
    }

    pub(super) fn language(&self) -> Option<u64> {
        self.language
    }

    /// Whether `2021-03-04` may fit, and mean something else.
    pub(super) fn looks_like_iso(&self) -> bool {
        use Item::{Directive, Letter};
        let form = [
            Directive('Y'),
            Letter('-'),
            Directive('d'),
            Letter('-'),
            Directive('m'),
        ];
        self.items.starts_with(&form)
    }

    /// What stands between three numbers, and their order.
    pub(super) fn order(&self) -> Option<(Separator, Order)> {
        let at = self
            .items
            .iter()
            .position(|item| matches!(item, Item::Directive('Y' | 'y' | 'm' | 'd')))?;
        let mut directives = Vec::new();
        let mut between = None;
        for item in &self.items[at..] {
            match item {
                Item::Directive(c @ ('Y' | 'y' | 'm' | 'd')) => {
                    directives.push(if *c == 'Y' { 'y' } else { *c })
                }
                Item::Directive(_) => break,
                Item::Letter(c) if directives.len() < 3 && *between.get_or_insert(*c) != *c => {
                    return None;
                }
                Item::Letter(_) | Item::Blank => {}
            }
        }
        let separator = match between {
            Some('/') => Separator::Slash,
            Some('.') => Separator::Dot,
            Some('-' | '_') => Separator::Dash,
            None => Separator::None,
            Some(_) => return None,
        };
        match directives[..] {
            ['d', 'm', 'y', ..] => Some((separator, Order::DayFirst)),
            ['m', 'd', 'y', ..] => Some((separator, Order::MonthFirst)),
            ['y', 'm', 'd', ..] => Some((separator, Order::YearFirst)),
            _ => None,
        }
    }

    /// Reads a value that fits, whole.
    pub(super) fn read(&self, text: &str, decision: &Decision) -> Option<When> {
        let (text, script) = fold(text);
        let mut fields = Fields::default();
        let mut rest = text.trim();
        for item in &self.items {
            rest = match item {
                Item::Blank => rest.trim_start(),
                Item::Letter(c) => rest
                    .trim_start_matches(' ')
                    .strip_prefix(*c)
                    .or_else(|| rest.strip_prefix(*c))?,
                Item::Directive(c) => {
                    self.directive(*c, rest.trim_start(), decision, &mut fields)?
                }
            };
        }
        let thai = |year: i64| {
            if script.thai || year > 2400 {
                super::calendar::gregorian_year(year)
            } else {
                year
            }
        };
        fields.year = fields.year.map(thai);
        if rest.trim().is_empty() {
            fields.when()
        } else {
            None
        }
    }

    fn directive<'t>(
        &self,
        c: char,
        text: &'t str,
        decision: &Decision,
        fields: &mut Fields,
    ) -> Option<&'t str> {
        let most = |digits: usize| number(text, digits);
        let (value, rest) = match c {
            'Y' => most(4)?,
            'y' | 'm' | 'd' | 'H' | 'I' | 'M' | 'S' => most(2)?,
            'j' => most(3)?,
            'f' | 's' => most(18)?,
            _ => return self.word(c, text, decision, fields),
        };
        match c {
            'Y' => fields.year = Some(value),
            'y' => fields.year = Some(decision.year(Year::Short(value))),
            'm' => fields.month = Some(value),
            'd' => fields.day = Some(value),
            'j' => fields.of_year = Some(value),
            'H' | 'I' => fields.hour = Some(value),
            'M' => fields.minute = value,
            'S' => fields.second = value,
            's' => fields.since_1970 = Some(value),
            _ => {}
        }
        Some(rest)
    }

    fn word<'t>(
        &self,
        c: char,
        text: &'t str,
        decision: &Decision,
        fields: &mut Fields,
    ) -> Option<&'t str> {
        if c == 'z' {
            let (zone, rest) = offset(text)?;
            fields.zone = Some(zone);
            return Some(rest);
        }
        let is_part =
            |c: char| c.is_alphabetic() || matches!(u32::from(c), 0x300..=0x36f | 0x900..=0xe7f);
        let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
        let (word, rest) = text.split_at(end);
        match c {
            'b' => {
                let months = names::months(word)?;
                let languages = self.language.unwrap_or(decision.languages);
                let fits = |(_, own): &&(i64, u64)| months.len() == 1 || own & languages != 0;
                fields.month = Some(months.iter().find(fits)?.0);
                Some(rest.strip_prefix('.').unwrap_or(rest))
            }
            'a' => (end > 0).then(|| rest.strip_prefix('.').unwrap_or(rest)),
            'p' => {
                let dotted = rest
                    .strip_prefix(".m.")
                    .or_else(|| rest.strip_prefix(". m."));
                let (half, rest) = match (word, dotted) {
                    ("am", _) => (false, rest),
                    ("pm", _) => (true, rest),
                    ("a", Some(rest)) => (false, rest),
                    ("p", Some(rest)) => (true, rest),
                    _ => return None,
                };
                fields.afternoon = Some(half);
                Some(rest)
            }
            'Z' => {
                fields.zone = zone(word);
                (end > 0).then_some(rest)
            }
            _ => None,
        }
    }
}

impl Fields {
    fn when(self) -> Option<When> {
        if let Some(seconds) = self.since_1970 {
            return Some(When::moment(seconds));
        }
        let year = self.year?;
        let days = match (self.of_year, self.month, self.day) {
            (Some(of_year), ..) => {
                let days = day_number(year, 1, 1)? + of_year - 1;
                (of_year > 0 && days < day_number(year + 1, 1, 1)?).then_some(days)?
            }
            (None, month, day) => day_number(year, month?, day?)?,
        };
        let Some(hour) = self.hour else {
            return Some(When::day(days * DAY));
        };
        let hour = match self.afternoon {
            Some(true) if hour < 12 => hour + 12,
            Some(false) if hour == 12 => 0,
            _ => hour,
        };
        let sound = hour < 24 && self.minute < 60 && self.second <= 60;
        let clock = hour * 3600 + self.minute * 60 + self.second.min(59);
        sound.then(|| When::moment(moment(days, year, clock, self.zone)))
    }
}

/// The items of a form.
fn expand(form: &str, items: &mut Vec<Item>) -> Result<(), FormatError> {
    let form = folded_letters(form);
    let mut chars = form.chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            items.push(if c == ' ' {
                Item::Blank
            } else {
                Item::Letter(c)
            });
            continue;
        }
        let mut next = chars.next();
        while matches!(next, Some('-' | '_' | '0' | '.' | '3' | '6' | '9' | ':')) {
            next = chars.next();
        }
        match next {
            Some(
                c @ ('Y' | 'y' | 'm' | 'd' | 'j' | 'H' | 'I' | 'M' | 'S' | 'f' | 's' | 'p' | 'z'
                | 'Z'),
            ) => {
                items.push(Item::Directive(c));
            }
            Some('e') => items.push(Item::Directive('d')),
            Some('k') => items.push(Item::Directive('H')),
            Some('l') => items.push(Item::Directive('I')),
            Some('P') => items.push(Item::Directive('p')),
            Some('B' | 'b' | 'h') => items.push(Item::Directive('b')),
            Some('A' | 'a') => items.push(Item::Directive('a')),
            Some('n' | 't') => items.push(Item::Blank),
            Some('%') => items.push(Item::Letter('%')),
            Some('F') => expand("%Y-%m-%d", items)?,
            Some('T') => expand("%H:%M:%S", items)?,
            Some('R') => expand("%H:%M", items)?,
            Some('D') => expand("%m/%d/%y", items)?,
            other => {
                let other = other.map(String::from).unwrap_or_default();
                return Err(FormatError::Directive(format!("%{other}")));
            }
        }
    }
    Ok(())
}

/// Folds what is not a directive, as values are folded.
fn folded_letters(form: &str) -> String {
    let mut out = String::new();
    let mut after_percent = false;
    for c in form.chars() {
        if after_percent || c == '%' {
            out.push(c);
        } else {
            out.push_str(&folded(c.encode_utf8(&mut [0; 4])));
        }
        after_percent =
            (after_percent || c == '%') && !c.is_alphabetic() && !(after_percent && c == '%');
    }
    out
}

/// A number of at least one digit.
fn number(text: &str, most: usize) -> Option<(i64, &str)> {
    let digits = text
        .bytes()
        .take(most)
        .take_while(u8::is_ascii_digit)
        .count();
    let (number, rest) = text.split_at(digits);
    Some((number.parse().ok()?, rest))
}

/// `Z`, `+02:00`, `+0200`, `+02`.
fn offset(text: &str) -> Option<(Zone, &str)> {
    if let Some(rest) = text.strip_prefix('z') {
        return Some((Zone::East(0), rest));
    }
    let (sense, rest) = match text.strip_prefix('+') {
        Some(rest) => (1, rest),
        None => (-1, text.strip_prefix('-')?),
    };
    let (hours, rest) = number(rest, 2)?;
    let minutes = number(rest.strip_prefix(':').unwrap_or(rest), 2);
    let (minutes, rest) = minutes.unwrap_or((0, rest));
    let sound = hours < 24 && minutes < 60;
    sound.then(|| (Zone::East(sense * (hours * 3600 + minutes * 60)), rest))
}
