//! Pages that come one by one, are held against those that are in memory, and are forgotten again.
//!
//! For a stream with a window, such as the news of the last two days: a page is read, looked up by its keys, compared
//! with what shares some, and kept until it is forgotten. A pair gets the verdict that it gets in a run with the same
//! recipe and the same tables, if it is compared: a run also compares pairs that are both like a third page, and
//! makes clusters.
//!
//! Space: 9 bytes a word of the story, and 12 bytes a key. Time of a page: reading it, and comparing it with those that a run
//! would compare it with ([`GroupRule`]).

use std::collections::HashMap;
use std::convert::Infallible;

use foldhash::fast::FixedState;

use crate::date::Date;
use crate::hash;
use crate::learned::Learned;
use crate::likeness::Likeness;
use crate::lsh::GroupRule;
use crate::recipe::Recipe;
use crate::relation::Relation;
use crate::sketch::Sketcher;
use crate::stages::{Dates, OneText, OneTextBuffers, OneTextReader, PairScreen, rank, relate};
use crate::verify::Between;

/// A page that comes.
#[derive(Clone, Copy, Debug, Default)]
pub struct OnlinePage<'a> {
    /// Its text.
    pub text: &'a str,
    /// Who published it, if publishers are known and there are several.
    pub publisher: Option<&'a str>,
    /// When it was published.
    pub date: Option<Date>,
}

/// The number of a page that is held: pages are numbered from 0 in the order in which they come.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct PageId(pub u64);

/// A page that is held and is a copy of the one that was asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct OnlineMatch {
    /// Which page.
    pub page: PageId,
    /// What the page that was asked for is to it.
    pub relation: Relation,
    /// The figures, `left` being the page that was asked for; none if both have one text.
    pub likeness: Option<Likeness>,
}

/// A recipe of `wire` was given without what it masks by.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error(
    "a window of the `wire` profile needs what was learned of a corpus, found nothing: run once over past pages and \
     give what it learned, or take a recipe of `near`"
)]
pub struct NotLearned;

/// Pages in memory, by their keys.
pub struct Online {
    recipe: Recipe,
    /// What is masked, in `wire`, and the weights of words.
    learned: Option<(Learned, Vec<f32>)>,
    sketcher: Sketcher,
    screen: PairScreen,
    pages: HashMap<u64, Held, FixedState>,
    /// Pages by each of their keys. A key shows of which band it is.
    filed: HashMap<u64, Vec<u64>, FixedState>,
    /// Pages by the identity of their texts.
    equal: HashMap<u128, Vec<u64>, FixedState>,
    next: u64,
    buffers: OneTextBuffers,
}

/// What is kept of a page.
struct Held {
    text: OneText,
    content: u64,
    publisher: Option<u64>,
    date: Option<Date>,
}

impl Online {
    /// No page is held yet. `learned` is what a run of `wire` learned; `near` needs none.
    ///
    /// # Errors
    ///
    /// If a recipe of `wire` comes without it.
    pub fn new(recipe: Recipe, learned: Option<Learned>) -> Result<Online, NotLearned> {
        let learned = match recipe.profile().has_stories() {
            false => None,
            true => {
                let learned = learned.ok_or(NotLearned)?;
                let weights = learned.words.weight_table();
                Some((learned, weights))
            }
        };
        Ok(Online {
            // The hash functions follow from the seed: two windows of one recipe have equal keys.
            sketcher: Sketcher::new(recipe.banding().slots(), recipe.seed()),
            screen: PairScreen::of(&recipe),
            recipe,
            learned,
            pages: HashMap::default(),
            filed: HashMap::default(),
            equal: HashMap::default(),
            next: 0,
            buffers: OneTextBuffers::default(),
        })
    }

    /// How many pages are held.
    pub fn len(&self) -> usize {
        self.pages.len()
    }

    /// Whether no page is held.
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// The pages that this one is a copy of: those of the same text by their age, then the others, the most alike first.
    pub fn matches(&mut self, page: OnlinePage<'_>) -> Vec<OnlineMatch> {
        let page = self.read(page);
        self.look_up(&page)
    }

    /// The same, and holds the page from now on. Says by which number.
    pub fn push(&mut self, page: OnlinePage<'_>) -> (PageId, Vec<OnlineMatch>) {
        let held = self.read(page);
        let found = self.look_up(&held);
        let number = self.next;
        self.next += 1;
        for &key in &held.text.keys {
            self.filed.entry(key).or_default().push(number);
        }
        self.equal.entry(held.text.normal).or_default().push(number);
        self.pages.insert(number, held);
        (PageId(number), found)
    }

    /// Forgets a page. Whether it was there.
    pub fn forget(&mut self, page: PageId) -> bool {
        let PageId(number) = page;
        let Some(held) = self.pages.remove(&number) else {
            return false;
        };
        for key in held.text.keys {
            if let Some(others) = self.filed.get_mut(&key) {
                others.retain(|&other| other != number);
                if others.is_empty() {
                    self.filed.remove(&key);
                }
            }
        }
        if let Some(others) = self.equal.get_mut(&held.text.normal) {
            others.retain(|&other| other != number);
            if others.is_empty() {
                self.equal.remove(&held.text.normal);
            }
        }
        true
    }

    /// A page as it is held. A text without a story has no keys, so it is a copy of the same text only.
    fn read(&mut self, page: OnlinePage<'_>) -> Held {
        let publisher = page.publisher.map(|name| hash::bytes(name.as_bytes()));
        let learned = self.learned.as_ref();
        let mut reader = reader(&self.recipe, learned, &self.sketcher, &mut self.buffers);
        Held {
            text: reader.read(page.text, publisher),
            content: hash::bytes(page.text.as_bytes()),
            publisher,
            date: page.date,
        }
    }

    fn look_up(&mut self, page: &Held) -> Vec<OnlineMatch> {
        let mut found = Vec::new();
        for &number in self.equal.get(&page.text.normal).into_iter().flatten() {
            let is_exact = self.pages[&number].content == page.content;
            found.push(OnlineMatch {
                page: PageId(number),
                relation: match is_exact {
                    true => Relation::Exact,
                    false => Relation::Normalized,
                },
                likeness: None,
            });
        }
        let candidates = self.candidates(page);
        let likenesses = self.likenesses(page, &candidates);
        let alike = candidates.into_iter().zip(likenesses);
        let threshold = self.recipe.threshold();
        let alike: Vec<(u64, Likeness)> = alike
            .filter(|(_, likeness)| likeness.is_copy(threshold))
            .collect();
        // All pages of a text are as alike as the one that stands for it.
        let equal = |number: u64| &self.equal[&self.pages[&number].text.normal];
        let mut alike: Vec<(u64, Likeness)> = alike
            .into_iter()
            .flat_map(|(number, likeness)| equal(number).iter().map(move |&at| (at, likeness)))
            .collect();
        alike.sort_by(|(a, x), (b, y)| y.score().total_cmp(&x.score()).then(a.cmp(b)));
        for (number, likeness) in alike {
            let dates = page.date.zip(self.pages[&number].date);
            let later = dates.is_some_and(|(own, other)| own.is_after(other));
            found.push(OnlineMatch {
                page: PageId(number),
                relation: relate(likeness, later, false),
                likeness: Some(likeness),
            });
        }
        found
    }

    /// The pages worth comparing, of each text the one that stands for it: those that a run would compare with this one.
    fn candidates(&self, page: &Held) -> Vec<u64> {
        let rule: GroupRule = self.recipe.caps().rule(page.text.keys.len());
        let mut texts: Vec<u128> = Vec::new();
        let mut others = Vec::new();
        for (band, key) in page.text.keys.iter().enumerate() {
            let filed = self.filed.get(key).into_iter().flatten();
            others.clear();
            others.extend(filed.map(|at| self.pages[at].text.normal));
            if others.len() >= rule.group {
                others.sort_unstable();
                others.dedup();
            }
            others.retain(|&other| other != page.text.normal);
            rule.paired_with((band, &others), page.text.normal, rank, &mut texts);
        }
        texts.sort_unstable();
        texts.dedup();
        let stands_for = |normal: u128| {
            let pages = self.equal.get(&normal).into_iter().flatten().copied();
            pages.min_by_key(|at| (self.pages[at].content, *at))
        };
        let own = (page.text.screen.as_slice(), page.text.length());
        let passes = |at: &u64| {
            let other = &self.pages[at].text;
            self.screen.passes(own, (&other.screen, other.length()))
        };
        texts
            .into_iter()
            .filter_map(stands_for)
            .filter(passes)
            .collect()
    }

    fn likenesses(&mut self, page: &Held, others: &[u64]) -> Vec<Likeness> {
        // What is known of all pages of a text.
        let of_text = |text: u128| {
            let pages = self.equal.get(&text).into_iter().flatten();
            pages.map(|at| &self.pages[at])
        };
        let dates = |held: &Held| of_text(held.text.normal).filter_map(|page| page.date);
        let own_dates = Dates::of(dates(page).chain(page.date));
        let is_own = |held: &Held| {
            let mut pages = of_text(held.text.normal);
            pages.all(|other| other.publisher == page.publisher)
        };
        let is_of_one = page.publisher.is_some() && is_own(page);
        let between = |place: usize| {
            let other = &self.pages[&others[place]];
            Ok::<_, Infallible>(Between {
                days_apart: own_dates.days_apart(&Dates::of(dates(other))),
                is_one_outlet: is_of_one && is_own(other),
            })
        };
        let learned = self.learned.as_ref();
        let mut reader = reader(&self.recipe, learned, &self.sketcher, &mut self.buffers);
        reader.begin(&page.text);
        for at in others {
            let text = &self.pages[at].text;
            reader.push(&text.words, &text.kinds);
        }
        let Ok(likenesses) = reader.likenesses(between);
        likenesses
    }
}

fn reader<'a>(
    recipe: &'a Recipe,
    learned: Option<&'a (Learned, Vec<f32>)>,
    sketcher: &'a Sketcher,
    buffers: &'a mut OneTextBuffers,
) -> OneTextReader<'a> {
    OneTextReader {
        recipe,
        tables: learned.map(|(learned, weights)| (learned, weights.as_slice())),
        sketcher,
        buffers,
    }
}

#[cfg(test)]
mod tests;
