//! Sentences from a small grammar.
//!
//! A rule is a list of alternatives with symbols in braces, expanded until none is left: those of
//! [`super::rules`] by one of their alternatives, all others by a word of the vocabulary. Nearly
//! every second word comes from a symbol, so that two stories hardly share six words in a row, but
//! they do share what all agencies write: "said in a statement on Monday", "told reporters in".

use super::draw::Draw;
use super::names;
use super::rules::rule;
use super::words::{self, Words};
use crate::random::Random;

/// Who and what a story is about.
#[derive(Clone)]
pub(crate) struct Cast {
    pub(crate) people: Vec<(String, String)>,
    pub(crate) places: Vec<String>,
    pub(crate) bodies: Vec<String>,
    pub(crate) field: usize,
    /// The weekday it is dated.
    pub(crate) day: &'static str,
}

impl Cast {
    pub(crate) fn new(city: Option<&str>, day: &'static str, random: &mut Random) -> Cast {
        let mut places: Vec<String> = city.map(str::to_owned).into_iter().collect();
        places.extend((0..random.between(2, 3)).map(|_| names::town(random)));
        Cast {
            people: (0..random.between(3, 6))
                .map(|_| (names::person(random), names::role(random)))
                .collect(),
            places,
            bodies: (0..random.between(2, 3))
                .map(|_| names::body(random))
                .collect(),
            field: random.place(Words::FIELDS),
            day,
        }
    }
}

/// Writes sentences.
pub(crate) struct Grammar {
    words: Words,
}

impl Grammar {
    pub(crate) fn new() -> Grammar {
        Grammar {
            words: Words::new(),
        }
    }

    /// A sentence, or several, of a rule.
    pub(crate) fn write(&self, symbol: &str, cast: &Cast, random: &mut Random) -> String {
        let mut out = String::new();
        self.expand(random.pick(rule(symbol)), cast, random, &mut out);
        capitalise(&with_articles(&out))
    }

    /// A common word that could stand anywhere: for words exchanged at random.
    pub(crate) fn any_word(&self, random: &mut Random) -> String {
        match random.below(4) {
            0 => words::past(self.words.verb(random)),
            1 => self.words.adjective(random).into(),
            _ => {
                let field = random.place(Words::FIELDS);
                self.words.noun(field, random).into()
            }
        }
    }

    pub(crate) fn adverb(&self, random: &mut Random) -> &'static str {
        self.words.adverb(random)
    }

    fn expand(&self, pattern: &str, cast: &Cast, random: &mut Random, out: &mut String) {
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let (symbol, after) = after.split_once('}').expect("a closed brace");
            match rule(symbol) {
                [] => out.push_str(&self.terminal(symbol, cast, random)),
                all => self.expand(random.pick(all), cast, random, out),
            }
            rest = after;
        }
        out.push_str(rest);
    }

    fn terminal(&self, symbol: &str, cast: &Cast, random: &mut Random) -> String {
        let words = &self.words;
        match symbol {
            "n" => self.noun(cast, random),
            "ns" => words::plural(&self.noun(cast, random)),
            "a" => words.adjective(random).into(),
            "a n" => match random.below(3) {
                0 => format!("a {}", self.noun(cast, random)),
                _ => format!("a {} {}", words.adjective(random), self.noun(cast, random)),
            },
            "adv" => words.adverb(random).into(),
            "v" => words::base(words.verb(random)).into(),
            "vd" => words::past(words.verb(random)),
            "ving" => words::gerund(words.verb(random)),
            "vg" => format!("is {}", words::gerund(words.verb(random))),
            "actd" => words::past(words.act(random)),
            "num" => number(random),
            "pct" => format!("{}.{}", random.between(1, 48), random.below(10)),
            "big" => thousands(random.log_normal(4000, 2.0).max(101)),
            "year" => random.between(1994, 2021).to_string(),
            "ordinal" => random.pick(&["second", "third", "fourth", "fifth"]).into(),
            "day" => cast.day.into(),
            "month" => random
                .pick(&[
                    "January", "March", "April", "June", "July", "October", "December",
                ])
                .into(),
            "place" => random.item(&cast.places).clone(),
            "body" => random.item(&cast.bodies).clone(),
            "The body" => format!("The {}", self.terminal("body", cast, random)),
            "who" | "Who" => {
                let (name, role) = random.item(&cast.people);
                format!("{name}, {role}")
            }
            "last name" | "the person" | "The last name" => {
                let (name, _) = random.item(&cast.people);
                name.rsplit(' ').next().unwrap_or(name).into()
            }
            _ => unreachable!("{symbol} is neither a rule nor a word"),
        }
    }

    /// A noun; one in nine is put together of two, which no list holds.
    fn noun(&self, cast: &Cast, random: &mut Random) -> String {
        let noun = self.words.noun(cast.field, random);
        if random.chance(110) {
            let other = self.words.noun(cast.field, random);
            let joint = random.pick(&["-", " ", "-"]);
            format!("{other}{joint}{noun}")
        } else {
            noun.into()
        }
    }
}

fn number(random: &mut Random) -> String {
    const WORDS: [&str; 9] = [
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    match random.below(3) {
        0 => random.pick(&WORDS).into(),
        _ => random.between(11, 99).to_string(),
    }
}

/// A number with a comma between groups of three digits.
pub(crate) fn thousands(number: u32) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// "a" before a vowel becomes "an".
fn with_articles(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let mut out = Vec::with_capacity(words.len());
    for (place, word) in words.iter().enumerate() {
        let vowel = words.get(place + 1).and_then(|next| next.chars().next());
        match vowel {
            Some('a' | 'e' | 'i' | 'o') if *word == "a" => out.push("an"),
            _ => out.push(word),
        }
    }
    out.join(" ")
}

/// A capital at the start, behind a quotation mark too, and after each full stop.
pub(crate) fn capitalise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut start = true;
    let mut stopped = false;
    for letter in text.chars() {
        if (start || stopped) && letter.is_alphabetic() {
            out.extend(letter.to_uppercase());
            (start, stopped) = (false, false);
            continue;
        }
        // A digit opens a sentence as well as a letter does.
        start &= !letter.is_ascii_digit();
        stopped = letter == '.' || (stopped && !letter.is_alphanumeric());
        if letter.is_ascii_digit() {
            stopped = false;
        }
        out.push(letter);
    }
    out
}
