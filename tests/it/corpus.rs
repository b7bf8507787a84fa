//! Small corpora for the tests: stories and their edited copies, from a seed.

use wirecopy::OwnedRecord;

/// What a corpus is made of.
#[derive(Clone, Copy)]
pub(crate) struct Story {
    /// Names the corpus.
    pub(crate) seed: u64,
    /// Stories that share no run of words.
    pub(crate) stories: u32,
    /// Documents a story.
    pub(crate) copies: u32,
    /// Share of the words that a copy replaces.
    pub(crate) edits: f64,
}

/// A small generator: SplitMix64 (Steele, Lea, Flood 2014).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// True with this probability.
    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        (self.roll() >> 11) as f64 / (1u64 << 53) as f64 <= probability
    }
}

/// Stories of 60 to 360 words and their copies, the copies of a story one after another.
pub(crate) fn stories(of: Story) -> Vec<OwnedRecord> {
    let mut dice = Dice(of.seed);
    let mut records = Vec::new();
    for story in 0..of.stories {
        let length = 60 + dice.roll() % 300;
        let text: Vec<String> = (0..length)
            .map(|_| format!("word{}", dice.roll() % 5_000))
            .collect();
        for copy in 0..of.copies {
            let mut edits = of.edits * f64::from(copy) / f64::from(of.copies.max(1));
            if copy % 5 == 1 {
                edits = 0.0;
            }
            let words = edited(&text, edits, &mut dice);
            records.push(OwnedRecord {
                id: Some(format!("s{story}c{copy}")),
                text: words.join(" "),
                date: Some(format!("2024-05-{:02}", 1 + dice.roll() % 28)),
                ..OwnedRecord::default()
            });
        }
    }
    records
}

/// The words of a copy, of which this share is replaced.
pub(crate) fn edited(text: &[String], edits: f64, dice: &mut Dice) -> Vec<String> {
    text.iter()
        .map(|word| match dice.chance(edits) {
            true => format!("edit{}", dice.roll() % 5_000),
            false => word.clone(),
        })
        .collect()
}
