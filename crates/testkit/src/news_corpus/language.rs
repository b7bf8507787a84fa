//! An invented language: words of syllables, as long and as often as real ones.
//!
//! Frequent words are short and the rest have two to four syllables, which makes six bytes a word
//! with its space, as in English and German news. One rare word in twelve has an umlaut or an
//! accent. Names are many and used by few stories, so the tail of the vocabulary is as thick as
//! in real text. Set phrases recur in unrelated stories, as "said in a statement on" does.

use std::collections::HashSet;

use crate::random::{Random, Zipf};

/// Words, of which the rarest is drawn once in half a million.
const WORDS: u16 = 40_000;
/// Names of people, places and firms.
const NAMES: u16 = 20_000;
/// Set phrases.
const PHRASES: u32 = 600;

const ONSETS: [&str; 24] = [
    "b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "st", "tr", "br",
    "sch", "pl", "c", "th", "j", "",
];
const VOWELS: [&str; 16] = [
    "a", "e", "i", "o", "u", "e", "a", "i", "o", "u", "e", "a", "ei", "au", "ie", "ea",
];
const ACCENTED: [&str; 7] = ["ä", "ö", "ü", "é", "è", "á", "ñ"];
const CODAS: [&str; 16] = [
    "", "", "", "", "", "", "", "n", "r", "s", "t", "l", "m", "nd", "ng", "st",
];

/// The words of the language and how often each is used.
pub(crate) struct Language {
    words: Vec<String>,
    names: Vec<String>,
    frequency: Zipf,
    phrases: Vec<Vec<u16>>,
}

impl Language {
    /// Invents a language.
    pub(crate) fn new(random: &mut Random) -> Language {
        let mut known = HashSet::new();
        let words = (0..WORDS)
            .map(|rank| fresh(&mut known, || word(random, rank)))
            .collect();
        let names = (0..NAMES)
            .map(|_| fresh(&mut known, || name(random)))
            .collect();
        let frequency = Zipf::new(WORDS, 2);
        let phrases = (0..PHRASES)
            .map(|_| {
                (0..random.between(4, 8))
                    .map(|_| frequency.draw(random))
                    .collect()
            })
            .collect();
        Language {
            words,
            names,
            frequency,
            phrases,
        }
    }

    /// Draws a word as often as it is used.
    pub(crate) fn draw_word(&self, random: &mut Random) -> u16 {
        self.frequency.draw(random)
    }

    /// Draws a name; all are equally likely.
    pub(crate) fn draw_name(&self, random: &mut Random) -> u16 {
        u16::try_from(random.below(u32::from(NAMES))).expect("names are few")
    }

    /// Draws a set phrase.
    pub(crate) fn draw_phrase(&self, random: &mut Random) -> &[u16] {
        &self.phrases[random.below(PHRASES) as usize]
    }

    /// The letters of a word.
    pub(crate) fn word(&self, word: u16) -> &str {
        &self.words[usize::from(word)]
    }

    /// The letters of a name.
    pub(crate) fn name(&self, name: u16) -> &str {
        &self.names[usize::from(name)]
    }
}

/// The first thing made that is new.
fn fresh(known: &mut HashSet<String>, mut make: impl FnMut() -> String) -> String {
    loop {
        let made = make();
        if known.insert(made.clone()) {
            return made;
        }
    }
}

fn word(random: &mut Random, rank: u16) -> String {
    let syllables = match rank {
        0..400 => 1,
        400..4000 => random.between(1, 2),
        _ => random.between(2, 4),
    };
    let accented = rank >= 400 && random.chance(80);
    let mut word = String::new();
    for syllable in 0..syllables {
        word += random.pick(&ONSETS);
        let vowels: &[&str] = if accented && syllable == 0 {
            &ACCENTED
        } else {
            &VOWELS
        };
        word += random.pick(vowels);
        word += random.pick(&CODAS);
    }
    if word.len() < 2 {
        word.push('n');
    }
    word
}

fn name(random: &mut Random) -> String {
    let lower = word(random, u16::MAX);
    let mut letters = lower.chars();
    let first = letters.next().expect("a word has letters");
    first.to_uppercase().chain(letters).collect()
}
