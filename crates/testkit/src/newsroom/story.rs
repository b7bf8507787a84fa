//! A story as its agency wrote it, its later version, and its headlines.

use super::draw::Draw;
use super::grammar::{self, Cast};
use super::names::CITIES;
use super::prose::{Body, Prose};
use crate::random::Random;

/// Who writes for all.
pub(crate) const AGENCIES: [&str; 6] = ["Reuters", "AP", "AFP", "dpa", "PTI", "Xinhua"];
/// Weekdays; day 0 of the calendar is a Sunday.
pub(crate) const WEEKDAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];
/// Length of a story in words: the median, and the spread of its logarithm.
const LENGTH: (u32, f64) = (235, 0.5);

/// One story of one author.
#[derive(Clone)]
pub(crate) struct Story {
    /// Which family of the set it belongs to: what makes it easy to confuse with others.
    pub(crate) family: String,
    /// None if a paper's own staff wrote it.
    pub(crate) agency: Option<&'static str>,
    pub(crate) city: &'static str,
    pub(crate) cast: Cast,
    /// Minutes since the start of the calendar.
    pub(crate) minute: u32,
    /// The first version.
    pub(crate) body: Body,
    /// The write-through.
    pub(crate) update: Body,
}

impl Story {
    /// A new story of about 240 words.
    pub(crate) fn new(
        agency: Option<&'static str>,
        minute: u32,
        prose: &mut Prose,
        random: &mut Random,
    ) -> Story {
        let mut story = Story::blank(agency, minute, random);
        story.write(prose, random);
        story
    }

    /// A story with a cast and no text.
    pub(crate) fn blank(agency: Option<&'static str>, minute: u32, random: &mut Random) -> Story {
        let city = random.pick(&CITIES);
        let day = WEEKDAYS[(minute / 1440 % 7) as usize];
        Story {
            family: "plain".into(),
            agency,
            city,
            cast: Cast::new(Some(city), day, random),
            minute,
            body: Body::new(),
            update: Body::new(),
        }
    }

    fn write(&mut self, prose: &mut Prose, random: &mut Random) {
        let length = random.log_normal(LENGTH.0, LENGTH.1).clamp(90, 900) as usize;
        self.body = vec![vec![prose.sentence("LEAD", &self.cast, random)]];
        self.body
            .extend(prose.paragraphs(length, &self.cast, random));
    }

    /// Another author's story about the same event: same people and places, other sentences, and
    /// one or two quotations that both heard.
    pub(crate) fn of_same_event(
        &self,
        agency: Option<&'static str>,
        prose: &mut Prose,
        random: &mut Random,
    ) -> Story {
        let mut other = Story::blank(agency, self.minute + random.between(5, 300), random);
        other.city = self.city;
        other.cast = self.cast.clone();
        other.write(prose, random);
        let quoted = |paragraph: &&Vec<String>| paragraph[0].starts_with('\u{201c}');
        let shared = random.between(1, 2) as usize;
        for quotation in self.body.iter().filter(quoted).take(shared) {
            let place = 1 + random.place(other.body.len());
            other.body.insert(place, quotation.clone());
        }
        other
    }

    /// Writes the later version: a new lead, one or two new paragraphs, a third of the figures
    /// changed, sometimes the end given up; the rest of the body is kept.
    pub(crate) fn write_through(&mut self, prose: &mut Prose, random: &mut Random) {
        let mut body = self.body.clone();
        if random.chance(400) && body.len() > 5 {
            body.truncate(body.len() - random.between(1, 2) as usize);
        }
        for sentence in body.iter_mut().flatten() {
            *sentence = change_figures(sentence, 330, random);
        }
        body[0] = vec![prose.sentence("LEAD", &self.cast, random)];
        for _ in 0..random.between(1, 2) {
            body.insert(1, prose.paragraph(&self.cast, random));
        }
        self.update = body;
    }

    /// A headline as one more outlet would write it: the start of the lead, or words of its own
    /// about the same people and places.
    pub(crate) fn headline(&self, prose: &Prose, random: &mut Random) -> String {
        if !prose.is_borrowed() && random.chance(600) {
            return prose.grammar.write("HEAD", &self.cast, random);
        }
        let from = random.place(self.body.len().min(3));
        let words: Vec<&str> = self.body[from][0].split_whitespace().collect();
        let length = (random.between(6, 11) as usize).min(words.len());
        let line = words[..length]
            .join(" ")
            .replace(['\u{201c}', '\u{201d}'], "");
        grammar::capitalise(line.trim_end_matches([',', '.', ':', ';']))
    }
}

/// Draws other figures for `per_mille` of the numbers of a sentence; years stay.
pub(crate) fn change_figures(sentence: &str, per_mille: u32, random: &mut Random) -> String {
    let mut words: Vec<String> = sentence.split(' ').map(str::to_owned).collect();
    for word in &mut words {
        let plain = word.trim_end_matches(['.', ',']);
        let digits = plain.replace(',', "");
        let tail = word[plain.len()..].to_owned();
        if let Ok(number) = digits.parse::<u32>() {
            let is_year = digits.len() == 4 && plain.len() == 4;
            if !is_year && random.chance(per_mille) {
                let other = number + random.between(1, number / 4 + 2);
                *word = grammar::thousands(other) + &tail;
            }
        } else if digits.parse::<f64>().is_ok() && random.chance(per_mille) {
            *word = format!("{}.{}{tail}", random.between(1, 48), random.below(10));
        }
    }
    words.join(" ")
}
