//! Where sentences come from: the grammar, or a file of prose.

use std::collections::BTreeSet;

use super::draw::Draw;
use super::grammar::{Cast, Grammar};
use crate::random::Random;

/// A text as paragraphs of sentences.
pub(crate) type Body = Vec<Vec<String>>;

/// Words in a body.
pub(crate) fn count_words(body: &Body) -> usize {
    let in_paragraph = |paragraph: &Vec<String>| -> usize {
        paragraph
            .iter()
            .map(|sentence| sentence.split_whitespace().count())
            .sum()
    };
    body.iter().map(in_paragraph).sum()
}

/// Writes paragraphs. Every sentence of a file is handed out once, however often it stands there: two stories with one sentence
/// of it would be an unlabelled copy.
pub(crate) struct Prose {
    pub(crate) grammar: Grammar,
    file: Option<Sentences>,
}

struct Sentences {
    all: Vec<String>,
    next: usize,
}

impl Prose {
    /// Prose of the grammar alone, or of a plain text with a paragraph a line, whose paragraphs
    /// are taken in an order that the seed decides.
    pub(crate) fn new(text: Option<&str>, random: &mut Random) -> Prose {
        let file = text.map(|text| {
            let mut seen = BTreeSet::new();
            let mut paragraphs: Vec<Vec<String>> = text.lines().map(sentences).collect();
            random.shuffle(&mut paragraphs);
            Sentences {
                all: paragraphs
                    .into_iter()
                    .flatten()
                    .filter(|sentence| seen.insert(sentence.clone()))
                    .collect(),
                next: 0,
            }
        });
        Prose {
            grammar: Grammar::new(),
            file,
        }
    }

    /// Whether the sentences come from a file.
    pub(crate) fn is_borrowed(&self) -> bool {
        self.file.is_some()
    }

    /// How many sentences the file was short of, if it was.
    pub(crate) fn missing(&self) -> usize {
        self.file
            .as_ref()
            .map_or(0, |file| file.next.saturating_sub(file.all.len()))
    }

    /// A sentence of a rule of the grammar, or the next of the file in that role.
    pub(crate) fn sentence(&mut self, rule: &str, cast: &Cast, random: &mut Random) -> String {
        let Some(file) = &mut self.file else {
            return self.grammar.write(rule, cast, random);
        };
        file.next += 1;
        match file.all.get(file.next - 1) {
            None => self.grammar.write(rule, cast, random),
            Some(sentence) if rule == "Q" => {
                let (name, role) = random.item(&cast.people);
                let said = sentence.trim_end_matches(['.', '!', '?']);
                format!("\u{201c}{said},\u{201d} said {name}, {role}.")
            }
            Some(sentence) => sentence.clone(),
        }
    }

    /// A paragraph as agencies set them: one to three sentences, or a quotation.
    pub(crate) fn paragraph(&mut self, cast: &Cast, random: &mut Random) -> Vec<String> {
        if random.chance(220) {
            return vec![self.sentence("Q", cast, random)];
        }
        let sentences = random.pick(&[1, 1, 1, 2, 2, 3]);
        (0..sentences)
            .map(|_| self.sentence("S", cast, random))
            .collect()
    }

    /// Paragraphs of about so many words.
    pub(crate) fn paragraphs(&mut self, words: usize, cast: &Cast, random: &mut Random) -> Body {
        let mut body = Body::new();
        while count_words(&body) < words {
            body.push(self.paragraph(cast, random));
        }
        body
    }

    /// Background that a series of stories repeats: two paragraphs without the day's figures.
    pub(crate) fn background(&mut self, cast: &Cast, random: &mut Random) -> Body {
        (0..random.between(1, 3))
            .map(|_| {
                (0..2)
                    .map(|_| self.sentence("STOCK", cast, random))
                    .collect()
            })
            .collect()
    }
}

/// Splits a paragraph after `.`, `!` or `?` before a space and a capital; leaves out sentences
/// below four words or above sixty, which are headings and tables.
fn sentences(paragraph: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut sentence = String::new();
    let mut words = paragraph.split_whitespace().peekable();
    while let Some(word) = words.next() {
        if !sentence.is_empty() {
            sentence.push(' ');
        }
        sentence.push_str(word);
        let closed = word
            .trim_end_matches(['"', '\u{201d}', '\'', ')'])
            .ends_with(['.', '!', '?']);
        let opens = words
            .peek()
            .is_none_or(|next| !next.starts_with(char::is_lowercase));
        if closed && opens {
            if (4..=60).contains(&sentence.split(' ').count()) {
                found.push(std::mem::take(&mut sentence));
            }
            sentence.clear();
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::sentences;

    #[test]
    fn a_paragraph_becomes_its_sentences_without_headings() {
        let text = "Short one. The bridge was closed at 4.5 tonnes. Nobody knew why it \
                    was so! And a tail without an end";
        assert_eq!(
            sentences(text),
            [
                "The bridge was closed at 4.5 tonnes.",
                "Nobody knew why it was so!"
            ]
        );
    }
}
