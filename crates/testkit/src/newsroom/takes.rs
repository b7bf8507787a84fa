//! A story that one outlet has on many pages: takes of a growing text, or one page fetched again.

use super::calendar::DAY;
use super::carrier::Carried;
use super::cut;
use super::drafts::Draft;
use super::kind::{Kind, Part};
use super::plan::Planned;
use super::prose::{Prose, count_words};
use super::story::AGENCIES;
use crate::random::Random;

/// How the first outlet of a story files it.
#[derive(Clone, Copy)]
pub(crate) enum Filing {
    Once,
    /// In takes, on the site of the agency of this place in [`AGENCIES`].
    Agency(usize),
    /// In takes.
    Paper,
    /// One page, collected on several days: the same text below other teasers.
    Fetched,
}

impl Filing {
    pub(crate) fn of(planned: &Planned, random: &mut Random) -> Filing {
        if planned.again == 0 {
            return Filing::Once;
        }
        let agency = AGENCIES
            .iter()
            .position(|name| Some(*name) == planned.story.agency);
        match agency.filter(|_| random.chance(500)) {
            Some(place) => Filing::Agency(place),
            None if random.chance(500) => Filing::Paper,
            None => Filing::Fetched,
        }
    }

    /// All pages of the outlet, from the one it would have run.
    pub(crate) fn pages(
        self,
        first: Draft,
        planned: &Planned,
        prose: &mut Prose,
        random: &mut Random,
    ) -> Vec<Draft> {
        match self {
            Filing::Once => vec![first],
            Filing::Fetched => fetches(&first, planned.again),
            Filing::Agency(_) | Filing::Paper => takes(&first, planned, prose, random),
        }
    }
}

/// The same page, day after day.
fn fetches(first: &Draft, again: usize) -> Vec<Draft> {
    (0..)
        .take(again + 1)
        .map(|day| Draft {
            dated: first.minute + day * DAY,
            headline: first.headline.clone(),
            carried: first.carried.clone(),
            fetched: true,
            ..*first
        })
        .collect()
}

/// Takes ten to thirty-six hours apart: each has a new headline and lead and more of the body than
/// the one before, from a quarter of it; the last is the write-through.
fn takes(first: &Draft, planned: &Planned, prose: &mut Prose, random: &mut Random) -> Vec<Draft> {
    let story = &planned.story;
    let words = count_words(&story.body);
    let mut minute = first.minute;
    let mut take = |number: usize| {
        let part = match number < planned.again {
            true => Part::Trim,
            false => Part::Whole,
        };
        let mut body = match part {
            Part::Whole => story.update.clone(),
            _ => cut::take(
                &story.body,
                words / 4 + words * 3 / 4 * number / planned.again,
            ),
        };
        if part == Part::Trim && number > 0 {
            body[0] = vec![prose.sentence("LEAD", &story.cast, random)];
        }
        if number > 0 {
            minute += random.between(600, 2160);
        }
        Draft {
            minute,
            dated: minute,
            headline: story.headline(prose, random),
            carried: Carried {
                kind: Kind {
                    update: part == Part::Whole,
                    ..Kind::plain(part)
                },
                body,
                also_in: Vec::new(),
            },
            ..*first
        }
    };
    (0..=planned.again).map(&mut take).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::making;
    use super::super::variant::Variant;
    use super::*;

    #[test]
    fn outlets_file_a_story_four_to_eight_times_and_agencies_do_on_sites_of_their_own() {
        let variant = Variant::named("takes").unwrap();
        let documents = making::make(600, 3, &variant, None).unwrap_or_default();
        let mut filed: BTreeMap<(usize, &str), Vec<u32>> = BTreeMap::new();
        for document in &documents {
            let pages = filed.entry((document.story, &document.outlet));
            pages.or_default().push(document.minute);
        }
        filed.retain(|_, minutes| minutes.len() > 3);
        assert!(filed.len() > 20);
        for (filing, minutes) in &filed {
            let span = minutes.iter().max().unwrap() - minutes.iter().min().unwrap();
            assert!(minutes.len() <= 8 && span > DAY, "{filing:?}");
        }
        let agencies = filed.keys().filter(|(_, name)| AGENCIES.contains(name));
        assert!(agencies.count() > 3);
    }
}
