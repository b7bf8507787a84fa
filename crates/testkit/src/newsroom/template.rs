//! Fills a form for a day: the same words, other figures and names.

use super::draw::Draw;
use super::grammar::{self, Cast};
use super::names;
use super::prose::{Body, Prose};
use super::skeletons::SKELETONS;
use super::story::{AGENCIES, Story, WEEKDAYS};
use crate::random::Random;

/// A form, the agency that fills it in, and what stands below it every day.
pub(crate) struct Template {
    parts: Vec<Part>,
    agency: &'static str,
    closing: Body,
    /// Places and people that come back: a form is about one region.
    towns: Vec<String>,
    people: Vec<String>,
    family: String,
}

enum Part {
    Text(&'static str),
    Slot(&'static str),
}

impl Template {
    /// Form `number` of [`SKELETONS`].
    pub(crate) fn new(number: usize, prose: &mut Prose, random: &mut Random) -> Template {
        let mut rest = SKELETONS[number].1;
        let mut parts = Vec::new();
        while let Some((before, after)) = rest.split_once('{') {
            let (slot, after) = after.split_once('}').expect("a closed slot");
            parts.extend([Part::Text(before), Part::Slot(slot)]);
            rest = after;
        }
        parts.push(Part::Text(rest));
        let cast = Cast::new(None, WEEKDAYS[0], random);
        let closing = match random.chance(900) {
            true => prose.background(&cast, random),
            false => Body::new(),
        };
        Template {
            parts,
            agency: random.pick(&AGENCIES),
            closing,
            towns: (0..8).map(|_| names::town(random)).collect(),
            people: (0..5).map(|_| names::person(random)).collect(),
            family: format!("tmpl{number}"),
        }
    }

    /// The values of one day.
    pub(crate) fn draw(&self, random: &mut Random) -> Vec<String> {
        let slots = self.parts.iter().filter_map(|part| match part {
            Part::Slot(slot) => Some(*slot),
            Part::Text(_) => None,
        });
        slots.map(|slot| self.value(slot, random)).collect()
    }

    /// The values of another day of which all but about `per_mille` of the text's words stay: at
    /// least three slots, figures and names first, change.
    pub(crate) fn redraw(
        &self,
        values: &[String],
        per_mille: u32,
        random: &mut Random,
    ) -> Vec<String> {
        let words: usize = self.text(values, "Monday").split_whitespace().count();
        let wanted = (words * per_mille as usize / 1000).max(3);
        let other = self.draw(random);
        let mut mixed = values.to_vec();
        let (mut changed, mut attempts) = (0, 0);
        while changed < wanted && attempts < 1000 {
            attempts += 1;
            let slot = random.place(values.len());
            let is_fact = other[slot].starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase());
            if is_fact && mixed[slot] == values[slot] && other[slot] != values[slot] {
                changed += other[slot].split(' ').count();
                mixed[slot] = other[slot].clone();
            }
        }
        mixed
    }

    fn text(&self, values: &[String], day: &str) -> String {
        let mut values = values.iter();
        let mut text = String::new();
        for part in &self.parts {
            text.push_str(match part {
                Part::Text(text) => text,
                Part::Slot("day") => {
                    values.next();
                    day
                }
                Part::Slot(_) => values.next().expect("a value for every slot"),
            });
        }
        text
    }

    /// The report of a day as a story of its own.
    pub(crate) fn report(&self, values: &[String], minute: u32, random: &mut Random) -> Story {
        let mut story = Story::blank(Some(self.agency), minute, random);
        let text = self.text(values, story.cast.day);
        story.body = text
            .lines()
            .map(|line| {
                line.split(". ")
                    .map(|part| format!("{}.", part.trim_end_matches('.')))
            })
            .map(|sentences| {
                sentences
                    .map(|sentence| grammar::capitalise(&sentence))
                    .collect()
            })
            .collect();
        story.body.extend(self.closing.iter().cloned());
        story.family = self.family.clone();
        story
    }

    fn value(&self, slot: &str, random: &mut Random) -> String {
        let (kind, detail) = slot.split_once(':').unwrap_or((slot, ""));
        let mut range = detail.split('-').filter_map(|bound| bound.parse().ok());
        let mut number = |random: &mut Random| {
            let low = range.next().unwrap_or(0);
            random.between(low, range.next().unwrap_or(low))
        };
        match kind {
            "i" => number(random).to_string(),
            "t" => grammar::thousands(number(random)),
            "d" => format!("{}.{}", number(random), random.below(9) + 1),
            "w" => random.pick(&detail.split('|').collect::<Vec<_>>()).into(),
            "name" => names::surname(random),
            "person" => random.item(&self.people).clone(),
            "town" => random.item(&self.towns).clone(),
            "body" => names::body(random),
            "day" => String::new(),
            _ => unreachable!("no such slot: {slot}"),
        }
    }
}
