//! A labelled newsroom: plans stories, lets outlets carry them, and sets the pages.

use super::calendar::{DAY, YEAR};
use super::carrier::Carried;
use super::drafts::{self, Draft};
use super::draw::Draw;
use super::frame;
use super::kind::Part;
use super::outlet::{self, Outlet};
use super::page::Page;
use super::plan;
use super::prose::{self, Prose};
use super::variant::Variant;
use crate::random::Random;

/// Streams of chance.
const PROSE: u64 = 1;
const PLAN: u64 = 2;
const OUTLETS: u64 = 3;
const ORDER: u64 = 5;
const PAGES: u64 = 6;
const CRAWL: u64 = 10;

/// A page with its labels.
pub struct Document {
    pub(super) outlet: String,
    pub(super) minute: u32,
    pub(super) text: String,
    /// Number of its story.
    pub(super) story: usize,
    pub(super) family: String,
    pub(super) agency: &'static str,
    pub(super) carried: Carried,
    pub(super) body_words: usize,
}

/// Makes a set, or says how many sentences the given prose is short of.
pub fn make(
    pages: usize,
    seed: u64,
    variant: &Variant,
    text: Option<&str>,
) -> Result<Vec<Document>, usize> {
    let mut prose = Prose::new(text, &mut Random::new(seed, PROSE, 0));
    if variant.framed {
        let documents = frame::pages(pages, seed, &mut prose);
        return match prose.missing() {
            0 => Ok(documents),
            missing => Err(missing),
        };
    }
    let outlets = outlet::all(variant.outlets, seed, OUTLETS);
    let all = plan::stories(pages, variant, &mut prose, &mut Random::new(seed, PLAN, 0));
    let mut drafts = drafts::all(&all, &outlets, seed, variant, &mut prose);
    Random::new(seed, ORDER, 0).shuffle(&mut drafts);
    if prose.missing() > 0 {
        return Err(prose.missing());
    }
    let captions: Vec<String> = all
        .iter()
        .zip(0..)
        .map(|(planned, number)| {
            let random = &mut Random::new(seed, PAGES, number);
            prose.grammar.write("CL", &planned.story.cast, random) + "."
        })
        .collect();
    let mut documents = Vec::with_capacity(drafts.len());
    for (number, draft) in drafts.iter().enumerate() {
        let random = &mut Random::new(seed, PAGES, (1 << 32) + number as u64);
        // Fetches of one page differ in their teasers alone.
        let page = &mut Random::new(seed, PAGES, (2 << 32) + draft.story as u64);
        let story = &all[draft.story].story;
        let byline = plan::byline(if draft.fetched { page } else { random });
        let teasers = teasers(&drafts, draft, &outlets, random);
        let random = if draft.fetched { page } else { random };
        let page = Page {
            outlet: &outlets[draft.outlet],
            story,
            headline: &draft.headline,
            body: &draft.carried.body,
            byline: &byline,
            caption: &captions[draft.story],
            minute: draft.minute,
            teasers: &teasers,
            walled: draft.carried.kind.part == Part::Stub,
        };
        let minute = match variant.crawled {
            true => Random::new(seed, CRAWL, number as u64).below(YEAR * DAY),
            false => draft.dated,
        };
        documents.push(Document {
            outlet: outlets[draft.outlet].name.clone(),
            minute,
            text: page.text(variant.one_line, random),
            story: draft.story,
            family: story.family.clone(),
            agency: story.agency.unwrap_or(""),
            body_words: prose::count_words(&draft.carried.body),
            carried: Carried {
                kind: draft.carried.kind,
                body: Vec::new(),
                also_in: draft.carried.also_in.clone(),
            },
        });
    }
    Ok(documents)
}

/// Headlines of four to nine other stories that the outlet, or a sister of its chain, ran within
/// two days, those nearest in time first.
fn teasers(drafts: &[Draft], page: &Draft, outlets: &[Outlet], random: &mut Random) -> Vec<String> {
    let chain = outlets[page.outlet].chain;
    let mut found: Vec<(bool, u32, &str)> = drafts
        .iter()
        .filter(|other| other.story != page.story && outlets[other.outlet].chain == chain)
        .filter(|other| other.dated == other.minute)
        .map(|other| {
            let lag = other.minute.abs_diff(page.dated);
            (
                other.outlet != page.outlet && lag < 2880,
                lag,
                other.headline.as_str(),
            )
        })
        .collect();
    found.sort_unstable();
    let mut nearest: Vec<&str> = found
        .iter()
        .take(16)
        .map(|&(_, _, headline)| headline)
        .collect();
    random.shuffle(&mut nearest);
    let shown = random.between(4, 9) as usize;
    nearest.into_iter().take(shown).map(str::to_owned).collect()
}
