//! A corpus of invented news with planted copies.
//!
//! Every page is a function of the seed, its story and its place among the story's carriers:
//! nothing is kept, and any page can be made on its own. Carrier 0 publishes the story as
//! written. The others copy it in one of five manners: the same text to the byte, words replaced,
//! trimmed from the bottom, under another headline with another lead, or wrapped in the page of
//! their outlet. The similarities of copies therefore spread from 0.3 to 1.0.
//!
//! Most stories have one carrier, the rest a power law of them, and story 0 is the one that
//! everybody carried: a fiftieth of the corpus, edited so lightly that most of its pairs are
//! copies at Jaccard 0.8.

mod json;
mod language;
mod outlet;
mod prose;

use crate::random::{Random, Zipf};
use language::Language;
use outlet::Outlet;
use prose::{Author, Piece};

/// Streams of chance.
const LANGUAGE: u64 = 1;
const OUTLETS: u64 = 2;
const PLAN: u64 = 3;
const STORY: u64 = 4;
const PAGE: u64 = 5;

/// Outlets, the largest with a sixth of the pages.
const OUTLET_COUNT: u16 = 200;
/// Background paragraphs that many stories share.
const STOCK_COUNT: u16 = 1000;
/// Story lengths in words. With the pages around them the median text is about 2.3 KB.
const STORY_WORDS: u32 = 225;
/// Standard deviation of the logarithm of story lengths.
const STORY_SPREAD: f64 = 0.5;
/// The length in words of the story that everybody carried.
const CARRIED_WORDS: u32 = 650;

/// A page, as a collector would have stored it.
pub struct Document<'a> {
    /// Unique, and says nothing about the story.
    pub id: String,
    /// The story it carries.
    pub story: u32,
    /// Who published it.
    outlet: &'a Outlet,
    /// Its address.
    pub url: String,
    /// When it appeared, RFC 3339.
    pub date: String,
    /// Its headline.
    pub title: String,
    /// All text of the page.
    pub text: String,
}

/// The plan of a corpus and all it is made of.
pub struct Corpus {
    seed: u64,
    language: Language,
    outlets: Vec<Outlet>,
    outlet_sizes: Zipf,
    stock: Vec<Vec<Piece>>,
    stock_use: Zipf,
    /// Story and carrier of every document, in the order of the corpus.
    plan: Vec<(u32, u32)>,
}

/// A story as its author wrote it.
struct Story<'a> {
    author: Author<'a>,
    headline: Vec<Piece>,
    body: Vec<Piece>,
    /// Seconds since the start of the year.
    written: u32,
}

/// What a page shows, before its address is made.
struct Page<'a> {
    outlet: &'a Outlet,
    title: String,
    text: String,
    published: u32,
}

impl Corpus {
    /// Plans a corpus of this many documents.
    pub fn new(documents: u32, seed: u64) -> Corpus {
        let language = Language::new(&mut Random::new(seed, LANGUAGE, 0));
        let mut random = Random::new(seed, OUTLETS, 0);
        let outlets = (0..OUTLET_COUNT)
            .map(|number| Outlet::new(u32::from(number), &language, &mut random))
            .collect();
        let stock = (0..STOCK_COUNT)
            .map(|_| Author::new(&language, &mut random).paragraphs(&mut random, 25))
            .collect();
        Corpus {
            seed,
            language,
            outlets,
            outlet_sizes: Zipf::new(OUTLET_COUNT, 1),
            stock,
            stock_use: Zipf::new(STOCK_COUNT, 5),
            plan: plan(documents, &mut Random::new(seed, PLAN, 0)),
        }
    }

    /// All documents, made one after the other.
    pub fn documents(&self) -> impl Iterator<Item = Document<'_>> {
        self.plan
            .iter()
            .map(|&(story, carrier)| self.document(story, carrier))
    }

    fn document(&self, number: u32, carrier: u32) -> Document<'_> {
        let page = self.page(&self.story(number), number, carrier);
        let mut random = self.page_random(number, carrier);
        let id = format!("n{:016x}", random.bits());
        let slug: String = page
            .title
            .to_lowercase()
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || *c == ' ')
            .map(|c| if c == ' ' { '-' } else { c })
            .collect();
        Document {
            url: format!("https://www.{}/news/{slug}-{}", page.outlet.host, &id[9..]),
            id,
            story: number,
            outlet: page.outlet,
            date: date(page.published),
            title: page.title,
            text: page.text,
        }
    }

    fn page_random(&self, story: u32, carrier: u32) -> Random {
        Random::new(self.seed, PAGE, u64::from(story) << 32 | u64::from(carrier))
    }

    fn story(&self, number: u32) -> Story<'_> {
        let mut random = Random::new(self.seed, STORY, u64::from(number));
        let author = Author::new(&self.language, &mut random);
        let length = random.between(6, 11);
        let headline = author.line(&mut random, length);
        let words = match number {
            0 => CARRIED_WORDS,
            _ => random
                .log_normal(STORY_WORDS, STORY_SPREAD)
                .clamp(30, 20_000),
        };
        let mut body = author.paragraphs(&mut random, words);
        if random.chance(250) {
            let stock = self.stock_use.draw(&mut random);
            body.extend_from_slice(&self.stock[usize::from(stock)]);
        }
        Story {
            author,
            headline,
            body,
            written: random.below(360 * 86_400),
        }
    }

    fn page(&self, story: &Story<'_>, number: u32, carrier: u32) -> Page<'_> {
        let mut random = self.page_random(number, carrier);
        random.bits(); // the id
        let outlet = &self.outlets[usize::from(self.outlet_sizes.draw(&mut random))];
        let published = story.written + carrier.min(1) * random.below(3 * 86_400);
        let manner = if carrier == 0 {
            1000
        } else {
            random.below(1000)
        };
        if number > 0 && manner < 150 {
            let copied = self.page(story, number, random.below(carrier));
            return Page {
                outlet,
                published,
                ..copied
            };
        }

        let mut headline = story.headline.clone();
        let mut body = story.body.clone();
        let mut wrapped = carrier == 0 && random.chance(400);
        match manner {
            _ if number == 0 => {
                prose::substitute(&mut body, random.below(1200), &self.language, &mut random)
            }
            1000 => {}
            150..480 => {
                // Up to an eighth of the words. A Jaccard of 0.8 needs all five words of 8/9 of
                // the shingles untouched, which one word in 43 replaced leaves: the square puts
                // two pages in five above that, and many near it.
                let rate = random.fraction();
                prose::substitute(&mut body, rate_of(rate * rate), &self.language, &mut random);
            }
            480..680 => prose::trim(&mut body, random.between(350, 980)),
            680..820 => prose::replace_lead(&mut body, &story.author, &mut random),
            _ => wrapped = true,
        }
        if carrier > 0 && random.chance(500) {
            let words = random.between(6, 11);
            headline = story.author.line(&mut random, words);
        }
        if wrapped {
            body = outlet.wrap(&body, &mut random);
        }
        if outlet.repeats_headline {
            body.splice(..0, headline.iter().copied());
        }
        let setting = |pieces: &[Piece]| {
            let mut out = String::new();
            prose::set(pieces, &outlet.style, &self.language, &mut out);
            out.truncate(out.trim_end().len());
            out
        };
        Page {
            outlet,
            title: setting(&headline),
            text: setting(&body),
            published,
        }
    }
}

/// A share of an eighth, in 1/100,000.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // share is in 0..=1
fn rate_of(share: f64) -> u32 {
    (share * 12_500.0) as u32
}

/// Which stories there are, who carries them, and in which order the pages were collected.
fn plan(documents: u32, random: &mut Random) -> Vec<(u32, u32)> {
    let carried = (documents / 50).max(1);
    let mut plan: Vec<(u32, u32)> = (0..carried.min(documents))
        .map(|carrier| (0, carrier))
        .collect();
    let mut story = 0;
    let mut left = documents - carried.min(documents);
    while left > 0 {
        story += 1;
        let family = if random.chance(860) {
            1
        } else {
            random.family()
        };
        let family = family.min(documents / 100).clamp(1, left);
        plan.extend((0..family).map(|carrier| (story, carrier)));
        left -= family;
    }
    for last in (1..documents).rev() {
        plan.swap(last as usize, random.below(last + 1) as usize);
    }
    plan
}

/// A second of the year 2025 as RFC 3339.
fn date(second: u32) -> String {
    let mut day = second / 86_400;
    let mut month = 0;
    for length in [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30] {
        if day < length {
            break;
        }
        day -= length;
        month += 1;
    }
    let (hour, minute, second) = (second / 3600 % 24, second / 60 % 60, second % 60);
    format!(
        "2025-{:02}-{:02}T{hour:02}:{minute:02}:{second:02}Z",
        month + 1,
        day + 1
    )
}
