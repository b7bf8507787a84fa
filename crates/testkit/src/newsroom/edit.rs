//! What an outlet does to a text that it carries: words put in, left out, exchanged; a sentence
//! turned round or written anew.

use super::draw::Draw;
use super::grammar::{Cast, Grammar};
use super::prose::Body;
use super::words::SYNONYMS;
use crate::random::Random;

/// Edits at a rate.
pub(crate) struct Editor<'a> {
    pub(crate) grammar: &'a Grammar,
    pub(crate) cast: &'a Cast,
    /// Words touched, of a thousand.
    pub(crate) per_mille: u32,
    /// Whether half of the edits exchange a word for any other word of the vocabulary.
    pub(crate) any_word: bool,
}

impl Editor<'_> {
    /// Edits a body. At 30 per mille one sentence in 25 is rewritten as well.
    pub(crate) fn edit(&self, body: &mut Body, random: &mut Random) {
        for sentence in body.iter_mut().flatten() {
            *sentence = if random.chance(self.per_mille * 4 / 3) {
                self.rewrite(sentence, random)
            } else {
                self.touch(sentence, random)
            };
        }
    }

    fn touch(&self, sentence: &str, random: &mut Random) -> String {
        let mut out: Vec<String> = Vec::new();
        for (place, word) in sentence.split_whitespace().enumerate() {
            let plain = word.chars().all(|c| c.is_lowercase() || c == '-');
            if place == 0 || !plain {
                out.push(word.into());
                continue;
            }
            // A word with a synonym draws the eye of an editor ten times as often.
            let synonym = synonym(word).filter(|_| random.chance(self.per_mille * 10));
            if let Some(synonym) = synonym {
                out.push(synonym.into());
            } else if !random.chance(self.per_mille) {
                out.push(word.into());
            } else if self.any_word && random.chance(500) {
                out.push(self.grammar.any_word(random));
            } else if random.chance(550) {
                out.push(self.grammar.adverb(random).into());
                out.push(word.into());
            }
        }
        out.join(" ")
    }

    /// A quotation gets its speaker in front, a clause at the end is cut, or the sentence is
    /// replaced.
    fn rewrite(&self, sentence: &str, random: &mut Random) -> String {
        let quoted = sentence.strip_prefix('\u{201c}');
        let parts = quoted.and_then(|rest| rest.split_once(",\u{201d} said "));
        if let Some((quote, speaker)) = parts.filter(|(_, speaker)| !speaker.contains('\u{201c}')) {
            let speaker = speaker.trim_end_matches('.');
            return format!("{speaker}, said: \u{201c}{quote}.\u{201d}");
        }
        match sentence.rsplit_once(", ") {
            Some((front, _)) if front.split(' ').count() >= 6 && random.chance(600) => {
                format!("{}.", front.trim_end_matches(','))
            }
            _ => self.grammar.write("S", self.cast, random),
        }
    }
}

fn synonym(word: &str) -> Option<&'static str> {
    SYNONYMS.iter().find_map(|&(one, other)| {
        if word == one {
            Some(other)
        } else {
            (word == other).then_some(one)
        }
    })
}

/// Shuffles all paragraphs behind the lead.
pub(crate) fn shuffle(body: &mut Body, random: &mut Random) {
    random.shuffle(&mut body[1..]);
}
