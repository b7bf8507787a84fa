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

use foldhash::fast::FixedState;

use crate::date::Date;
use crate::hash;
use crate::learned::Learned;
use crate::likeness::Likeness;
use crate::lsh::GroupRule;
use crate::recipe::{Profile, Recipe};
use crate::relation::Relation;
use crate::sketch::{Sketcher, screen};
use crate::stages::{Compared, Dates, PairScreen, rank, relate};
use crate::story::{PageReading, TextReading, normal_hash, story_hash};
use crate::verify::{Between, Judge, Marks, Rule, ShingleSets, Stories, StoryText, WordKind};

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
    /// Pages by each of their keys. A key tells of which band it is.
    filed: HashMap<u64, Vec<u64>, FixedState>,
    /// Pages by the identity of their texts.
    equal: HashMap<u128, Vec<u64>, FixedState>,
    next: u64,
    buffers: Buffers,
}

/// What is kept of a page.
#[derive(Default)]
struct Held {
    words: Vec<u64>,
    kinds: Vec<WordKind>,
    keys: Vec<u64>,
    screen: Vec<u8>,
    normal: u128,
    content: u64,
    publisher: Option<u64>,
    date: Option<Date>,
}

impl Held {
    fn length(&self) -> u32 {
        u32::try_from(self.words.len()).unwrap_or(u32::MAX)
    }
}

/// Memory that is used again for every page.
#[derive(Default)]
struct Buffers {
    page: PageReading,
    text: TextReading,
    signature: Vec<u32>,
    shingles: Vec<u64>,
    sets: ShingleSets,
    marks: Marks,
    stories: Stories,
}

impl Online {
    /// No page is held yet. `learned` is what a run of `wire` learned; `near` needs none.
    ///
    /// # Errors
    ///
    /// If a recipe of `wire` comes without it.
    pub fn new(recipe: Recipe, learned: Option<Learned>) -> Result<Online, NotLearned> {
        let learned = match recipe.profile() {
            Profile::Near => None,
            Profile::Wire => {
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
            buffers: Buffers::default(),
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
        for &key in &held.keys {
            self.filed.entry(key).or_default().push(number);
        }
        self.equal.entry(held.normal).or_default().push(number);
        self.pages.insert(number, held);
        (PageId(number), found)
    }

    /// Forgets a page. Whether it was there.
    pub fn forget(&mut self, page: PageId) -> bool {
        let PageId(number) = page;
        let Some(held) = self.pages.remove(&number) else {
            return false;
        };
        for key in held.keys {
            if let Some(others) = self.filed.get_mut(&key) {
                others.retain(|&other| other != number);
                if others.is_empty() {
                    self.filed.remove(&key);
                }
            }
        }
        if let Some(others) = self.equal.get_mut(&held.normal) {
            others.retain(|&other| other != number);
            if others.is_empty() {
                self.equal.remove(&held.normal);
            }
        }
        true
    }

    /// A page as it is held. A text without a story has no keys, so it is a copy of the same text only.
    fn read(&mut self, page: OnlinePage<'_>) -> Held {
        let shingling = self.recipe.shingling();
        let Buffers {
            page: reading,
            text,
            signature,
            shingles,
            ..
        } = &mut self.buffers;
        let publisher = page.publisher.map(|name| hash::bytes(name.as_bytes()));
        let mut held = Held {
            content: hash::bytes(page.text.as_bytes()),
            publisher,
            date: page.date,
            ..Held::default()
        };
        match &self.learned {
            None => {
                text.read(page.text, shingling);
                held.normal = normal_hash(page.text, &text.units);
                held.words.clone_from(&text.units);
                std::mem::swap(&mut text.shingles, shingles);
            }
            Some((learned, _)) => {
                reading.read(page.text);
                reading.mask(&learned.boilerplate, publisher, shingling);
                reading.find_kinds(page.text);
                if reading.story_length() == 0 {
                    held.normal = reading.page_hash(page.text);
                    return held;
                }
                held.normal = story_hash(&reading.story_words);
                held.words.clone_from(&reading.story_words);
                held.kinds.clone_from(&reading.kinds);
                std::mem::swap(&mut reading.shingles, shingles);
            }
        }
        if !shingles.is_empty() {
            let banding = self.recipe.banding();
            signature.resize(self.sketcher.slots(), 0);
            self.sketcher.sign(shingles, signature);
            held.keys.resize(banding.bands() as usize, 0);
            banding.keys(signature, &mut held.keys);
            held.screen.resize(banding.slots() as usize, 0);
            screen::bytes(signature, &mut held.screen);
        }
        held
    }

    fn look_up(&mut self, page: &Held) -> Vec<OnlineMatch> {
        let mut found = Vec::new();
        for &number in self.equal.get(&page.normal).into_iter().flatten() {
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
        let likenesses = match self.learned.is_some() {
            true => self.align(page, &candidates),
            false => self.overlap(page, &candidates),
        };
        let alike = candidates.into_iter().zip(likenesses);
        let threshold = self.recipe.threshold();
        let alike: Vec<(u64, Likeness)> = alike
            .filter(|(_, likeness)| likeness.is_copy(threshold))
            .collect();
        // All pages of a text are as alike as the one that stands for it.
        let equal = |number: u64| &self.equal[&self.pages[&number].normal];
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
        let rule: GroupRule = self.recipe.caps().rule(page.keys.len());
        let mut texts: Vec<u128> = Vec::new();
        let mut others = Vec::new();
        for (band, key) in page.keys.iter().enumerate() {
            let filed = self.filed.get(key).into_iter().flatten();
            others.clear();
            others.extend(filed.map(|at| self.pages[at].normal));
            if others.len() >= rule.group {
                others.sort_unstable();
                others.dedup();
            }
            others.retain(|&other| other != page.normal);
            rule.paired_with((band, &others), page.normal, rank, &mut texts);
        }
        texts.sort_unstable();
        texts.dedup();
        let stands_for = |normal: u128| {
            let pages = self.equal.get(&normal).into_iter().flatten().copied();
            pages.min_by_key(|at| (self.pages[at].content, *at))
        };
        let own = (page.screen.as_slice(), page.length());
        let passes = |at: &u64| {
            let other = &self.pages[at];
            self.screen.passes(own, (&other.screen, other.length()))
        };
        texts
            .into_iter()
            .filter_map(stands_for)
            .filter(passes)
            .collect()
    }

    /// What the shingle sets share (`near`).
    fn overlap(&mut self, page: &Held, others: &[u64]) -> Vec<Likeness> {
        let shingling = self.recipe.shingling();
        let Buffers {
            shingles,
            sets,
            marks,
            ..
        } = &mut self.buffers;
        sets.clear();
        let words = others.iter().map(|at| &self.pages[at].words);
        for words in std::iter::once(&page.words).chain(words) {
            shingling.shingles(words, shingles);
            sets.push(shingles);
        }
        let mut likenesses = Vec::with_capacity(others.len());
        sets.overlaps(0, 1..=others.len(), marks, |_, overlap| {
            likenesses.push(Likeness::of_sets(overlap));
        });
        likenesses
    }

    /// What aligning the stories gives (`wire`).
    fn align(&mut self, page: &Held, others: &[u64]) -> Vec<Likeness> {
        let Some((learned, weights)) = &self.learned else {
            return Vec::new();
        };
        let weights = learned.words.weights_by(weights);
        let stock = learned.stock.as_ref();
        let shingling = self.recipe.shingling();
        let Buffers {
            shingles, stories, ..
        } = &mut self.buffers;
        stories.clear();
        let held = others.iter().map(|at| &self.pages[at]);
        for story in std::iter::once(page).chain(held) {
            shingling.shingles(&story.words, shingles);
            let text = StoryText {
                words: &story.words,
                shingles,
                kinds: &story.kinds,
            };
            stories.push(
                text,
                |word| weights.weight(word),
                |shingle| stock.is_some_and(|stock| stock.contains(shingle)),
            );
        }
        let rule = Rule {
            threshold: self.recipe.threshold().get(),
            ..Rule::WIRE
        };
        // As of all pages of the two texts.
        let of_text = |normal: u128| {
            let pages = self.equal.get(&normal).into_iter().flatten();
            pages.map(|at| &self.pages[at])
        };
        let dates = |normal: u128| Dates::of(of_text(normal).filter_map(|page| page.date));
        let own_dates = of_text(page.normal).filter_map(|page| page.date);
        let own_dates = Dates::of(own_dates.chain(page.date));
        let is_own = |text: &Held| {
            let mut pages = of_text(text.normal);
            pages.all(|other| other.publisher == page.publisher)
        };
        let is_of_one = page.publisher.is_some() && is_own(page);
        let mut judge = Judge::new();
        judge.hold(stories, 0);
        let mut likenesses = Vec::with_capacity(others.len());
        for (place, at) in (1..).zip(others) {
            let other = &self.pages[at];
            let between = Between {
                days_apart: own_dates.days_apart(&dates(other.normal)),
                is_one_outlet: is_of_one && is_own(other),
            };
            let decision = judge.decide_next(stories, place, &rule, between);
            likenesses.push(Compared::of(decision, judge.alignment()).likeness());
        }
        likenesses
    }
}

#[cfg(test)]
mod tests;
