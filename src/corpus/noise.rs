//! Is a text full of wrong characters, as scanned pages are?
//!
//! A wrong character makes a word that is nowhere else, and that differs by one letter from a word that is met
//! often: `Tcssamar` beside `Tessamar`. Such *near misses* are rare in clean text of any language: words that occur
//! once are many, words that occur once and are one inner letter from a common one are few. Counted are words of
//! five letters or more; common is what occurs three times.
//!
//! Measured on the first 50,000 words of nineteen clean sets in twelve languages, and on the same with so many of their
//! characters wrong, as near misses in 1,000 words of five letters or more:
//!
//! | wrong | English (8 sets) | German, French, Portuguese | Turkish | Urdu | Arabic | Korean, Thai, Chinese, Japanese, Burmese |
//! |---|---|---|---|---|---|---|
//! | none | 1 to 5 | 4 to 7 | 11 | 6 | 21 | 0 to 6 |
//! | 1 % | 23 to 27 | 24 to 25 | 25 | 22 | 32 | 3 to 10 |
//! | 2 % | 36 to 42 | 36 to 38 | 33 | 35 | 41 | 3 to 23 |
//! | 5 % | 56 to 66 | 50 to 57 | 53 | 59 | 59 | 1 to 17 |
//!
//! Fewer words have fewer common ones: of 5,000, 0 to 9 clean and 14 to 26 with 2 %. Scripts that put few letters
//! or none between spaces do not decide.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher;

use foldhash::fast::FixedState;

/// Words that are looked at, of all inputs together.
const WORDS: u32 = 50_000;
/// Fewer say nothing.
const FEWEST: u32 = 2_000;
/// Letters of a word that counts; shorter ones are near one another anyway.
const LONG: usize = 5;
/// Longer ones are no words, but lines of a script without spaces.
const LONGEST: usize = 24;
/// How often a common word occurs.
const COMMON: u32 = 3;
/// Near misses among words that count, from which on text is noisy: of 50,000 words, and of 5,000.
const NOISY: f64 = 0.025;
const NOISY_OF_FEW: f64 = 0.012;
const FEW: f64 = 5_000.0;

/// The words of a sample.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Words {
    /// How often each occurs.
    counts: HashMap<Box<str>, u32, FixedState>,
    all: u32,
}

impl Words {
    /// Adds those of a text, up to so many in all.
    pub(super) fn add(&mut self, text: &str, most: u32) {
        let mut word = String::new();
        for written in text.split(|c: char| !c.is_alphanumeric()) {
            if self.all >= most.min(WORDS) {
                return;
            }
            if written.is_empty() {
                continue;
            }
            self.all += 1;
            if written.len() < LONG {
                continue;
            }
            word.clear();
            match written.is_ascii() {
                true => {
                    word.push_str(written);
                    word.make_ascii_lowercase();
                }
                false => word.extend(written.chars().flat_map(char::to_lowercase)),
            }
            match self.counts.get_mut(word.as_str()) {
                Some(count) => *count += 1,
                None => {
                    self.counts.insert(word.as_str().into(), 1);
                }
            }
        }
    }

    /// Adds those of another sample.
    pub(super) fn merge(&mut self, other: &Words) {
        if self.all >= WORDS {
            return;
        }
        self.all += other.all;
        for (word, count) in &other.counts {
            *self.counts.entry(word.clone()).or_default() += count;
        }
    }

    /// The share of near misses, if it is that of noisy text.
    pub(super) fn noise(&self) -> Option<f64> {
        if self.all < FEWEST {
            return None;
        }
        // Every way to leave out a letter of a common word.
        let mut common: HashSet<u64, FixedState> = HashSet::default();
        let (mut long, mut once) = (0u32, Vec::new());
        for (word, &count) in &self.counts {
            let letters = word.chars().count();
            if !(LONG..=LONGEST).contains(&letters) {
                continue;
            }
            long += count;
            if count >= COMMON {
                common.extend(without_a_letter(word));
            } else if count == 1 {
                once.push(word);
            }
        }
        let misses = once
            .into_iter()
            .filter(|word| without_a_letter(word).any(|rest| common.contains(&rest)));
        #[expect(clippy::cast_precision_loss)] // far below 2^52
        let share = misses.count() as f64 / f64::from(long.max(1));
        (share >= threshold(self.all)).then_some(share)
    }
}

/// From which share on text of so many words is noisy: between the two measured in proportion to the logarithm.
fn threshold(words: u32) -> f64 {
    let part = (f64::from(words) / FEW).ln() / (f64::from(WORDS) / FEW).ln();
    NOISY_OF_FEW + (NOISY - NOISY_OF_FEW) * part.clamp(0.0, 1.0)
}

/// What is left of a word without one of its inner letters, and which place that was, as a number each.
fn without_a_letter(word: &str) -> impl Iterator<Item = u64> + '_ {
    let places = word.char_indices().skip(1);
    let last = word.chars().next_back().map_or(0, char::len_utf8);
    let inner = places.take_while(move |(at, _)| at + last < word.len());
    inner.map(move |(at, letter)| {
        let parts = (&word[..at], &word[at + letter.len_utf8()..]);
        FixedState::default().hash_one(parts)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mixed(a: u64, b: u64) -> u64 {
        FixedState::default().hash_one((a, b))
    }

    /// Invented words, the commonest of them again and again.
    fn text(words: u64) -> Vec<String> {
        let letter = |seed: u64, at: u64| {
            let letters = [
                'e', 't', 'a', 'o', 'i', 'n', 's', 'h', 'r', 'd', 'l', 'u', 'c', 'm', 'w', 'f',
                'g', 'y', 'p', 'b', 'v', 'k',
            ];
            let number = mixed(mixed(seed, at), 7);
            letters[usize::try_from(number % 22).unwrap()]
        };
        let word = |n: u64| {
            let rank = mixed(n, 1) % (1 + mixed(n, 2) % 3_000);
            let length = 2 + mixed(rank, 3) % 8;
            (0..length).map(|at| letter(rank, at)).collect()
        };
        (0..words).map(word).collect()
    }

    fn noise(words: &[String]) -> Option<f64> {
        let mut sample = Words::default();
        for line in words.chunks(50) {
            sample.add(&line.join(" "), u32::MAX);
        }
        sample.noise()
    }

    /// The same with every so many-th letter wrong.
    fn wrong(words: &[String], every: usize) -> Vec<String> {
        let mut at = 0;
        let each = |word: &String| {
            let letters = word.chars().map(|letter| {
                at += 1;
                if at % every == 0 { 'q' } else { letter }
            });
            letters.collect()
        };
        words.iter().map(each).collect()
    }

    #[test]
    fn wrong_letters_are_noticed_and_clean_text_is_not_noise() {
        for words in [6_000, 50_000] {
            let clean = text(words);
            assert_eq!(noise(&clean), None);
            assert!(noise(&wrong(&clean, 47)).is_some(), "{words} words");
        }
        assert_eq!(noise(&wrong(&text(1_500), 47)), None, "too few to tell");
    }

    #[test]
    fn samples_add_up_in_their_order() {
        let all = wrong(&text(12_000), 47);
        let (mut first, mut second) = (Words::default(), Words::default());
        first.add(&all[..5_000].join(" "), u32::MAX);
        second.add(&all[5_000..].join(" "), u32::MAX);
        first.merge(&second);
        assert_eq!(first.noise(), noise(&all));
    }

    #[test]
    fn inner_letters_are_left_out_one_at_a_time() {
        assert_eq!(without_a_letter("straße").count(), 4);
        assert_eq!(without_a_letter("a").count(), 0);
        let of = |word| without_a_letter(word).collect::<HashSet<u64>>();
        assert!(!of("tessamar").is_disjoint(&of("tcssamar")));
        assert!(
            of("tessamar").is_disjoint(&of("bessamar")),
            "the first letter"
        );
    }
}
