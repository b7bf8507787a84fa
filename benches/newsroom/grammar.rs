//! Sentences from a small grammar.
//!
//! A rule is a list of alternatives with symbols in braces, expanded until none is left. Symbols
//! in capitals are rules, those in small letters are words. Nearly every second word comes from a
//! symbol, so that two stories hardly share six words in a row, but they do share what all
//! agencies write: "said in a statement on Monday", "told reporters in".

use super::draw::Draw;
use super::names;
use super::random::Random;
use super::words::{self, Words};

/// Who and what a story is about.
#[derive(Clone)]
pub(crate) struct Cast {
    pub(crate) people: Vec<(String, String)>,
    pub(crate) places: Vec<String>,
    pub(crate) bodies: Vec<String>,
    pub(crate) field: usize,
    /// The weekday it is told on.
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
            field: random.below(Words::FIELDS) as usize,
            day,
        }
    }
}

/// The alternatives of a rule.
fn rule(symbol: &str) -> &'static [&'static str] {
    match symbol {
        "S" => &[
            "{NP} {vd} {NP} {PP}.",
            "{NP} {vd} {NP} on {day}, {SAYS}.",
            "{Who} said on {day} that {NP} had {vd} {NP}.",
            "{PP}, {NP} {vd} {NP} and {vd} {NP}.",
            "The {body} said in a statement on {day} that {CL}.",
            "{Who} told reporters in {place} that {CL}.",
            "According to {SRC}, {CL}.",
            "{CL}, while {CL}.",
            "{CL}, but {CL}.",
            "{CL} because {CL}.",
            "{NP}, which {vd} {NP} {PP}, {vd} {NP}.",
            "At least {num} {ns} {actd} {PP}, {SAYS}.",
            "{NP} rose {pct} percent to {big} {PP}, compared with {big} a year earlier.",
            "The number of {ns} fell by {pct} percent in {month}, {SAYS}.",
            "{Who} declined to {v} {NP}, saying that {CL}.",
            "It was not immediately clear whether {NP} would {v} {NP}.",
            "{NP} is expected to {v} {NP} {TIME}.",
            "{NP} has {adv} {vd} {NP} since {month}, when {CL}.",
            "About {big} {ns} in {place} {vd} {NP}, according to {SRC}.",
            "Despite {NP}, {CL}.",
            "After {ving} {NP}, {the person} {vd} {NP} {PP}.",
            "{NP} and {NP} {vd} {NP} {TIME}.",
            "{The last name} had {adv} {vd} {NP} before {NP} {actd}.",
            "Some {ns} {actd} {PP}, and {NP} {vd} {num} {ns}.",
            "The {a} {n} comes as {NP} {vg} {NP}.",
            "{NP} did not respond to a request for comment {TIME}.",
            "The {n} is one of {num} {ns} that {vd} {NP}.",
            "Under the {n}, {NP} would {v} {NP} by {year}.",
            "{Who} said {NP} was {ving} {NP}.",
            "If {NP} {actd}, {NP} could {v} {num} {ns}.",
            "{CL}, {SAYS}.",
            "{NP} {vd} {NP} {PP}, where {CL}.",
        ],
        "Q" => &[
            "\u{201c}{QC},\u{201d} {SAID}.",
            "\u{201c}{QC},\u{201d} {SAID}. \u{201c}{QC}.\u{201d}",
        ],
        "SAID" => &[
            "said {who}",
            "{last name} said",
            "{last name} told reporters",
            "{last name} added on {day}",
            "{last name} said in a statement",
        ],
        "QC" => &[
            "We {v} {NP} {PP} and we will {v} {NP}",
            "There is {adv} {a n} {PP}",
            "What we {v} is {NP}, not {NP}",
            "Nobody {vd} {NP} when {CL}",
            "I have {vd} {NP} for {num} years",
            "It is time to {v} {NP}",
            "You cannot {v} {NP} without {ving} {NP}",
            "The {n} must {v} {NP}, and it must {v} {NP} {TIME}",
            "Our {ns} have {vd} {NP}",
            "They {vd} {NP} and then {actd}",
            "I don't {v} {NP}; I {v} {NP}",
            "If we {v} {NP}, {CL}",
        ],
        "CL" => &[
            "{NP} {vd} {NP}",
            "{NP} {vd} {NP} {PP}",
            "{NP} {adv} {vd} {NP}",
            "{NP} {actd} {PP}",
            "{num} {ns} were {vd} {PP}",
            "the {n} had been {vd} {TIME}",
            "{ns} from {place} {vd} {NP}",
            "{NP} would {v} {NP}",
            "{NP} could {adv} {v} {NP}",
        ],
        "NP" => &[
            "the {n}",
            "the {a} {n}",
            "the {a} {n}",
            "{a n}",
            "{a} {ns}",
            "{ns}",
            "the {ns}",
            "the {n}'s {n}",
            "the {n} of {ns}",
            "{num} {ns}",
            "the {body}",
            "{place}'s {n}",
            "{last name}",
            "its {n}",
            "the {n} {n}",
            "{a} {ns} and {ns}",
            "most {ns}",
        ],
        "PP" => &[
            "in {place}",
            "in {place}",
            "near {place}",
            "after {a n}",
            "during the {a} {n}",
            "before the {n}",
            "on {day}",
            "in {month}",
            "at the {n}",
            "against {a} {ns}",
            "for {num} {ns}",
            "with {ns} of the {n}",
            "outside the {body}",
            "for the {a} {n}",
            "in the {n} of {place}",
            "since {year}",
            "from {ns}",
            "over {a n}",
        ],
        "TIME" => &[
            "on {day}",
            "in {month}",
            "this week",
            "last month",
            "early on {day}",
            "by {year}",
            "within {num} days",
            "at the end of {month}",
            "in the coming weeks",
            "a year ago",
        ],
        "SAYS" => &[
            "{last name} said",
            "the {body} said",
            "officials said",
            "according to {SRC}",
            "police said on {day}",
            "state media reported",
            "{who} said",
            "witnesses said",
        ],
        "SRC" => &[
            "the {body}",
            "{who}",
            "people familiar with the matter",
            "{a} {ns}",
            "local media",
            "a {n} seen by reporters",
            "two {ns} who asked not to be named",
        ],
        // What a story says before anything else.
        "LEAD" => &[
            "{NP} {vd} {NP} in {place} on {day}, {SAYS}, {ving} {NP}.",
            "{The body} on {day} {vd} {NP} and {vd} {num} {ns}, a move that could {v} {NP}.",
            "At least {num} {ns} were {vd} near {place} on {day} after {NP} {vd} {NP}, {SAYS}.",
            "{Who} {vd} {NP} on {day}, days after {NP} {vd} {NP}.",
            "{a} {ns} in {place} {vd} {NP} on {day}, as {NP} {actd} for a {ordinal} day.",
        ],
        // A line above a story, by another hand each time.
        "HEAD" => &[
            "{place} {n}: {ns} {v} {a} {n}",
            "{a} {n} {actd} as {ns} {v} {place}",
            "{ns} {v} {n} after {place} {n}",
            "{last name} {vd} {n} over {a} {ns}",
            "{body} to {v} {a} {ns}",
            "Why {place}'s {n} {vd} {num} {ns}",
            "{last name}: {a} {n} will {v} {ns}",
            "{num} {ns} {vd} in {place} {n}",
            "Explained: how the {n} {vd} {last name}",
            "{last name} says {n} must {v} {a} {n}",
        ],
        // A stable phrase of background: no day, no name that changes.
        "STOCK" => &[
            "{NP} has {adv} {vd} {NP} since {year}, when {NP} {vd} {NP} {PP}.",
            "The {body} was founded in {year} to {v} {NP}, and it {vd} {num} {ns} in its first years.",
            "More than {big} {ns} have been {vd} in {place} since {year}, according to {SRC}.",
            "The {a} {n} began in {month} {year} after {NP} {vd} {NP}.",
            "{place}, a {n} of {big} people, {vd} {NP} for most of the past decade.",
            "Critics say {NP} {vd} {NP}, which supporters of the {n} deny.",
        ],
        _ => &[],
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
                let field = random.below(Words::FIELDS) as usize;
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
        if place > 0 && (digits.len() - place) % 3 == 0 {
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
