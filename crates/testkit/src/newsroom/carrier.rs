//! What an outlet makes of a story: the text of one carrier, before the page is put around it.

use super::cut;
use super::draw::Draw;
use super::edit::{self, Editor};
use super::kind::{Kind, Part};
use super::outlet::Outlet;
use super::plan::Planned;
use super::prose::{Body, Prose};
use super::variant::Variant;
use crate::random::Random;

/// Words touched by an edit at the base rate, per mille; a carrier draws one of them.
const RATES: [u32; 5] = [8, 15, 25, 40, 60];

/// A carrier's text.
#[derive(Clone)]
pub(crate) struct Carried {
    pub(crate) kind: Kind,
    pub(crate) body: Body,
    /// Other stories of which it has a piece, by number.
    pub(crate) also_in: Vec<usize>,
}

/// Draws what becomes of a story with its carrier number `carrier`.
fn kind(planned: &Planned, carrier: usize, variant: &Variant, random: &mut Random) -> Kind {
    if planned.part != Part::Whole {
        return Kind::plain(planned.part);
    }
    let is_form = planned.story.update.is_empty();
    let part = match random.below(100) {
        _ if carrier == 0 => Part::Whole,
        0..36 => Part::Trim,
        36..44 if !is_form => Part::Excerpt,
        44..48 if !is_form => Part::MidCut,
        48..54 if !is_form => Part::Composite,
        _ => Part::Whole,
    };
    let updatable = carrier > 0 && !is_form && matches!(part, Part::Whole | Part::Trim);
    Kind {
        part,
        update: updatable && random.chance(180),
        edited: part != Part::Composite && random.chance(500),
        shuffled: part == Part::Whole && !is_form && random.chance(variant.shuffled),
        local: part != Part::Composite && !is_form && random.chance(120),
    }
}

/// Makes a carrier's text.
pub(crate) fn carry(
    all: &[Planned],
    number: usize,
    carrier: usize,
    outlet: &Outlet,
    variant: &Variant,
    prose: &mut Prose,
    random: &mut Random,
) -> Carried {
    let planned = &all[number];
    let story = &planned.story;
    let kind = kind(planned, carrier, variant, random);
    let version = if kind.update {
        &story.update
    } else {
        &story.body
    };
    let mut also_in = Vec::new();
    let mut body = match kind.part {
        Part::Whole | Part::Own => version.clone(),
        Part::Trim => cut::trim(version, random),
        Part::Excerpt => cut::excerpt(version, random),
        Part::MidCut => cut::mid_cut(version, random),
        Part::Stub => cut::take(version, 40),
        Part::Composite => {
            let mut body = match random.chance(500) {
                true => cut::trim(version, random),
                false => version.clone(),
            };
            for _ in 0..random.between(1, 3) {
                let most = super::prose::count_words(&body) / 2;
                if let Some(other) = other_story(all, number, random) {
                    let words = (random.between(40, 90) as usize).min(most);
                    body.push(vec![all[other].story.headline(prose, random)]);
                    body.extend(cut::take(&all[other].story.body, words));
                    also_in.push(other);
                }
            }
            body
        }
        Part::Ticker => {
            let mut body = cut::take(version, 120);
            for _ in 0..random.between(4, 7) {
                if let Some(other) = other_story(all, number, random) {
                    let words = random.between(25, 60) as usize;
                    let mut entry = cut::take(&all[other].story.body, words);
                    let time = format!("{:02}.{:02}:", random.between(6, 22), random.below(60));
                    entry[0].insert(0, time);
                    let place = random.place(body.len());
                    body.splice(place..place, entry);
                    also_in.push(other);
                }
            }
            body
        }
    };
    also_in.sort_unstable();
    also_in.dedup();
    if kind.edited {
        let editor = Editor {
            grammar: &prose.grammar,
            cast: &story.cast,
            per_mille: random.pick(&RATES) * variant.edits / 100,
            any_word: variant.substitutions,
        };
        editor.edit(&mut body, random);
    }
    if kind.shuffled {
        edit::shuffle(&mut body, random);
    }
    if kind.local {
        let mut cast = story.cast.clone();
        cast.places = vec![outlet.town.clone()];
        let words = random.between(20, 90) as usize;
        let local = prose.paragraphs(words, &cast, random);
        let place = if random.chance(600) { body.len() } else { 1 };
        body.splice(place..place, local);
    }
    Carried {
        kind,
        body,
        also_in,
    }
}

/// An agency's story of about the same time.
fn other_story(all: &[Planned], number: usize, random: &mut Random) -> Option<usize> {
    let minute = all[number].story.minute;
    let fits = |other: &usize| {
        let story = &all[*other].story;
        *other != number
            && story.agency.is_some()
            && story.family != all[number].story.family
            && story.minute.abs_diff(minute) < 2000
    };
    let found: Vec<usize> = (0..all.len()).filter(fits).collect();
    (!found.is_empty()).then(|| *random.item(&found))
}
