//! Which stories there are, what makes them easy to confuse, and how many pages each gets.
//!
//! Shares of the pages: agency stories 65 %, forms filled in daily 9 %, own texts 22 %, paywall
//! stubs 3 %, live tickers 1 %.

use super::calendar::DAY;
use super::draw::Draw;
use super::grammar::Cast;
use super::kind::Part;
use super::names;
use super::prose::{Body, Prose};
use super::story::{AGENCIES, Story, WEEKDAYS};
use super::template::Template;
use super::variant::Variant;
use crate::random::Random;

/// Length of the calendar in days.
const DAYS: u32 = 14;

/// A story and its number of pages.
pub(crate) struct Planned {
    pub(crate) story: Story,
    /// [`Part::Whole`] for whatever may be carried by many, or what the only page is.
    pub(crate) part: Part,
    pub(crate) carriers: usize,
    /// Further pages by the outlet that ran it first.
    pub(crate) again: usize,
}

/// Plans a set of exactly so many pages.
pub(crate) fn stories(
    pages: usize,
    variant: &Variant,
    prose: &mut Prose,
    random: &mut Random,
) -> Vec<Planned> {
    let mut plan = Plan {
        planned: Vec::new(),
        pages: 0,
    };
    let series = series(pages / 130 + 4, prose, random);
    plan.forms(pages * 9 / 100, variant, prose, random);
    for _ in 0..pages * 8 / 1000 {
        plan.add(
            Story::new(None, minute(random), prose, random).of_family("ticker"),
            Part::Ticker,
            1,
        );
    }
    for _ in 0..pages * 3 / 100 {
        plan.add(
            Story::new(None, minute(random), prose, random).of_family("stub"),
            Part::Stub,
            1,
        );
    }
    for _ in 0..pages * 22 / 100 {
        plan.own(&series, variant, prose, random);
    }
    while plan.pages < pages {
        plan.wire(&series, variant, prose, random);
    }
    while plan.pages > pages {
        plan.pages -= 1;
        let last = plan.planned.last_mut().expect("a story for every page");
        match last.again {
            0 => last.carriers -= 1,
            _ => last.again -= 1,
        }
        if last.carriers == 0 {
            plan.planned.pop();
        }
    }
    plan.planned
}

/// Background paragraphs, each of a series of stories.
fn series(count: usize, prose: &mut Prose, random: &mut Random) -> Vec<Body> {
    let mut one = || {
        let cast = Cast::new(None, WEEKDAYS[0], random);
        prose.background(&cast, random)
    };
    (0..count).map(|_| one()).collect()
}

fn minute(random: &mut Random) -> u32 {
    random.below(DAYS * DAY)
}

struct Plan {
    planned: Vec<Planned>,
    pages: usize,
}

impl Plan {
    fn add(&mut self, story: Story, part: Part, carriers: usize) {
        self.pages += carriers;
        self.planned.push(Planned {
            story,
            part,
            carriers,
            again: 0,
        });
    }

    /// Lets the first outlet of the story just planned file it four to eight times.
    fn file_again(&mut self, random: &mut Random) {
        let last = self.planned.last_mut().expect("a story that was planned");
        last.again = random.between(3, 7) as usize;
        self.pages += last.again;
    }

    /// Every form on several days; now and then a second report of a day, for another market or
    /// region.
    fn forms(&mut self, pages: usize, variant: &Variant, prose: &mut Prose, random: &mut Random) {
        let templates: Vec<Template> = (0..variant.templates)
            .map(|number| Template::new(number, prose, random))
            .collect();
        let first: Vec<_> = templates
            .iter()
            .map(|template| template.draw(random))
            .collect();
        let mut day = 0;
        while self.pages < pages {
            for (template, first) in templates.iter().zip(&first) {
                let reports = if random.chance(150) { 2 } else { 1 };
                for _ in 0..reports {
                    let values = match variant.changed {
                        None => template.draw(random),
                        Some((low, high)) => {
                            template.redraw(first, random.between(low, high), random)
                        }
                    };
                    let minute = day % DAYS * DAY + random.between(300, 1200);
                    let carriers = random.pick(&[1, 1, 1, 2, 2, 3, 4]);
                    self.add(
                        template.report(&values, minute, random),
                        Part::Whole,
                        carriers,
                    );
                }
            }
            day += 1;
        }
    }

    /// A paper's own text; every fourth lifts a paragraph of an agency's background.
    fn own(&mut self, series: &[Body], variant: &Variant, prose: &mut Prose, random: &mut Random) {
        let mut story = Story::new(None, minute(random), prose, random).of_family("own");
        if random.chance(250) {
            let background: &Body = random.item(series);
            let lifted = random.item(background).clone();
            story.body.push(lifted);
        }
        if variant.takes && random.chance(170) {
            story.write_through(prose, random);
            self.add(story, Part::Whole, 1);
            return self.file_again(random);
        }
        self.add(story, Part::Own, 1);
    }

    /// An agency's story: alone, in a series with a common background, or beside what another
    /// agency and perhaps a paper wrote about the same event.
    fn wire(&mut self, series: &[Body], variant: &Variant, prose: &mut Prose, random: &mut Random) {
        let agency = random.pick(&AGENCIES);
        let mut story = Story::new(Some(agency), minute(random), prose, random);
        let number = self.planned.len();
        match random.below(100) {
            0..35 => {
                let which = random.place(series.len());
                story.body.extend(series[which].iter().cloned());
                story.family = format!("series{which}");
            }
            35..50 => {
                story.family = format!("sameevent{number}");
                let others: Vec<&str> = AGENCIES
                    .iter()
                    .copied()
                    .filter(|other| *other != agency)
                    .collect();
                let other = random.pick(&others);
                let mut rival = story
                    .of_same_event(Some(other), prose, random)
                    .of_family(&story.family);
                rival.write_through(prose, random);
                if random.chance(250) {
                    let staff = story
                        .of_same_event(None, prose, random)
                        .of_family(&story.family);
                    self.add(staff, Part::Own, 1);
                }
                let carriers = (random.family() as usize).min(6) - usize::from(random.chance(400));
                self.add(rival, Part::Whole, carriers);
            }
            _ => {}
        }
        if agency == "Reuters" {
            let [reporter, editor] = [names::person(random), names::person(random)];
            story.body.push(vec![format!(
                "(Reporting by {reporter}; Editing by {editor})"
            )]);
        }
        story.write_through(prose, random);
        self.add(story, Part::Whole, carriers(variant.carriers, random));
        if variant.takes && random.chance(500) {
            self.file_again(random);
        }
    }
}

/// How many papers carry a story: one in seven a single one, one in eight many, the rest a
/// power law, and none more than `most`. Where that is more than 15, every fifteenth story is one
/// that everybody carries.
fn carriers(most: u32, random: &mut Random) -> usize {
    if most > 15 && random.chance(65) {
        return random.between(most / 3, most) as usize;
    }
    if random.chance(140) {
        return 1;
    }
    if random.chance(120) {
        return random.between(8, 15).min(most) as usize;
    }
    (random.family() + random.below(4)).min(15.min(most)) as usize
}

impl Story {
    fn of_family(mut self, family: &str) -> Story {
        self.family = family.into();
        self
    }
}

/// A name under an own text.
pub(crate) fn byline(random: &mut Random) -> String {
    names::person(random)
}
