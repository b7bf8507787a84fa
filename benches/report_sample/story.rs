//! Stories of invented sentences, the pages that carry them, and how two pages are aligned.

use wirecopy::report::model::Text;

/// Numbers that look random: splitmix64.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % sides
    }

    pub(crate) fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[usize::try_from(self.roll(from.len() as u64)).expect("short lists")]
    }
}

const SUBJECTS: &[&str] = &[
    "the port authority",
    "a harbour pilot",
    "the finance ministry",
    "the ferry operator",
    "a court in Ebersand",
    "the dairy union",
    "the rail regulator",
    "an opposition senator",
    "the city council",
    "the national bank",
    "a rescue team",
    "the weather office",
    "the teachers’ federation",
    "the mining company",
    "a panel of historians",
    "the health board",
];
const VERBS: &[&str] = &[
    "announced",
    "rejected",
    "postponed",
    "welcomed",
    "examined",
    "signed",
    "criticised",
    "confirmed",
    "withdrew",
    "published",
    "defended",
    "suspended",
    "reopened",
    "questioned",
];
const OBJECTS: &[&str] = &[
    "a plan to dredge the northern channel",
    "the wage agreement reached on Tuesday",
    "a loan of 40 million crowns",
    "the findings of the inquiry",
    "new rules for night shifts",
    "a bridge across the Tessa",
    "the closure of three schools",
    "tolls on the mountain road",
    "an appeal by the former director",
    "the sale of its cement works",
    "a ban on river gravel",
    "the timetable for the winter",
    "a record harvest of plums",
    "the search for two hikers",
];
const TAILS: &[&str] = &[
    "after weeks of talks",
    "in a statement on Thursday",
    "despite warnings from residents",
    "according to two people who were present",
    "for the second time this year",
    "ahead of a vote in parliament",
    "without giving a reason",
    "on the advice of engineers",
    "while protesters waited outside",
    "as prices continued to rise",
    "by a majority of nine",
];
const PAGE_LINES: &[&str] = &[
    "Sign up for the morning letter",
    "Follow us on all channels",
    "Also read: the week in pictures",
    "Most read today",
    "Share this article",
    "Comments are closed",
    "Related topics: politics, economy",
];

pub(crate) fn sentence(dice: &mut Dice) -> String {
    let text = format!(
        "{} {} {} {}.",
        dice.pick(SUBJECTS),
        dice.pick(VERBS),
        dice.pick(OBJECTS),
        dice.pick(TAILS)
    );
    text[..1].to_uppercase() + &text[1..]
}

pub(crate) fn headline(dice: &mut Dice) -> String {
    let text = format!(
        "{} {} {}",
        dice.pick(SUBJECTS),
        dice.pick(VERBS),
        dice.pick(OBJECTS)
    );
    text[..1].to_uppercase() + &text[1..]
}

/// A story: paragraphs of sentences.
pub(crate) fn paragraphs(dice: &mut Dice) -> Vec<String> {
    let count = 5 + dice.roll(8);
    let paragraph = |dice: &mut Dice| {
        let sentences: Vec<_> = (0..2 + dice.roll(2)).map(|_| sentence(dice)).collect();
        sentences.join(" ")
    };
    (0..count).map(|_| paragraph(dice)).collect()
}

/// A page that carries a story, and where the words of the story are.
#[derive(Clone)]
pub(crate) struct Page {
    pub(crate) text: String,
    pub(crate) masked: Vec<(u32, u32)>,
    /// Of each piece of the story on this page: its number, and its begin and end in UTF-16 units.
    pub(crate) pieces: Vec<(u32, u32, u32)>,
    units: u32,
}

impl Page {
    fn put(&mut self, text: &str) -> (u32, u32) {
        let begin = self.units;
        self.text.push_str(text);
        self.units += u32::try_from(text.encode_utf16().count()).expect("short texts");
        (begin, self.units)
    }

    /// Carries the first `kept` paragraphs of a story, leaving out one word in `edits`.
    pub(crate) fn carry(dice: &mut Dice, story: &[String], kept: usize, edits: u64) -> Page {
        let mut page = Page {
            text: String::new(),
            masked: Vec::new(),
            pieces: Vec::new(),
            units: 0,
        };
        page.boilerplate(dice, 2);
        for (paragraph, text) in (0..).zip(&story[..kept]) {
            if paragraph > 0 && dice.roll(9) == 0 {
                page.boilerplate(dice, 1);
            }
            page.paragraph(dice, paragraph * 1000, text, edits);
            if edits > 0 && dice.roll(6) == 0 {
                let local = sentence(dice);
                page.put(&local);
                page.put("\n");
            }
        }
        page.boilerplate(dice, 5);
        page
    }

    fn paragraph(&mut self, dice: &mut Dice, number: u32, text: &str, edits: u64) {
        let mut piece: Option<(u32, u32, u32)> = None;
        for (at, word) in (number..).zip(text.split(' ')) {
            let changed = edits > 0 && dice.roll(edits) == 0;
            if changed {
                self.pieces.extend(piece.take());
                if dice.roll(2) == 0 {
                    self.put("reportedly ");
                }
                continue;
            }
            let (begin, end) = self.put(word);
            self.put(" ");
            piece = Some(piece.map_or((at, begin, end), |(first, from, _)| (first, from, end)));
        }
        self.pieces.extend(piece);
        self.put("\n");
    }

    fn boilerplate(&mut self, dice: &mut Dice, lines: usize) {
        let begin = self.units;
        for _ in 0..lines {
            let line = dice.pick(PAGE_LINES);
            self.put(line);
            self.put("\n");
        }
        self.masked.push((begin, self.units - 1));
    }

    pub(crate) fn words(&self) -> u32 {
        self.pieces
            .iter()
            .map(|&(_, begin, end)| (end - begin) / 6)
            .sum()
    }

    pub(crate) fn into_text(
        self,
        id: String,
        outlet: Option<String>,
        date: Option<String>,
        title: String,
    ) -> Text {
        Text {
            id,
            outlet,
            date,
            title: Some(title),
            text: self.text,
            masked: self.masked,
            ..Text::default()
        }
    }
}

/// The runs of words that two pages share: the whole one, and one made from the same story.
pub(crate) fn runs(whole: &Page, other: &Page) -> Vec<(u32, u32, u32, u32)> {
    let mut runs = Vec::new();
    for &(first, begin, end) in &other.pieces {
        // The whole page has every paragraph as one piece, so words are as far apart in both.
        let Some(&(_, at, until)) = whole
            .pieces
            .iter()
            .rev()
            .find(|&&(number, ..)| number <= first)
        else {
            continue;
        };
        let needle: Vec<u16> = slice(&other.text, begin, end);
        let hay: Vec<u16> = slice(&whole.text, at, until);
        let found = hay
            .windows(needle.len())
            .position(|window| window == needle.as_slice());
        if let Some(found) = found {
            let found = at + u32::try_from(found).expect("short texts");
            let overlaps = runs
                .last()
                .is_some_and(|&(_, end, ..): &(u32, u32, u32, u32)| found < end);
            if !overlaps {
                runs.push((found, found + (end - begin), begin, end));
            }
        }
    }
    runs
}

fn slice(text: &str, begin: u32, end: u32) -> Vec<u16> {
    text.encode_utf16()
        .skip(begin as usize)
        .take((end - begin) as usize)
        .collect()
}
