//! Corpora of the goldens: the same bytes on every machine, each in three parts, `0.jsonl` to `2.jsonl`, and whole,
//! `all.jsonl`.

use std::fmt::Write as _;
use std::fs;

use crate::cmd::{self, Dir};
use testkit::newsroom::variant::Variant;
use testkit::newsroom::{making, write};

/// The newsroom of the fixtures.
pub(crate) fn fixture(dir: &Dir) {
    part(
        dir,
        &fs::read_to_string(cmd::fixture("newsroom/newsroom.jsonl")).unwrap(),
    );
}

/// A newsroom in which every fifteenth story has 80 to 240 carriers: in `wire` keys are crowded.
pub(crate) fn newsroom(dir: &Dir, documents: usize) {
    let variant = Variant {
        outlets: 250,
        carriers: 240,
        ..Variant::named("base").unwrap()
    };
    let made = making::make(documents, 11, &variant, None).unwrap_or_default();
    let folder = dir.path("made");
    fs::create_dir(&folder).unwrap();
    write::all(&made, write::Fields::ALL, &folder).unwrap();
    part(dir, &fs::read_to_string(folder.join("docs.jsonl")).unwrap());
}

/// Carriers of the stories of [`crowds`]: keys of the first are crowded in both profiles, and so are documents.
const CARRIERS: [u64; 5] = [700, 260, 90, 12, 3];

/// Edited copies of a few texts, every fifth one word for word and on another day, among other pages.
pub(crate) fn crowds(dir: &Dir) {
    let mut dice = Dice(3);
    let mut records = Vec::new();
    let word = |dice: &mut Dice| format!("w{:x}", dice.below(4_000));
    for carriers in CARRIERS {
        let text: Vec<String> = (0..180).map(|_| word(&mut dice)).collect();
        for carrier in 0..carriers {
            // Up to 3 % of the words are other ones.
            let edits = if carrier % 5 == 1 {
                0
            } else {
                30 * carrier / carriers
            };
            let copy = text.iter().map(|own| match dice.below(1_000) < edits {
                true => word(&mut dice),
                false => own.clone(),
            });
            records.push(sentences(copy));
        }
    }
    for _ in 0..300 {
        records.push(sentences((0..120).map(|_| word(&mut dice))));
    }
    for at in (1..records.len()).rev() {
        records.swap(at, usize::try_from(dice.below(at as u64 + 1)).unwrap());
    }
    let mut lines = String::new();
    for (at, text) in records.iter().enumerate() {
        let (outlet, day) = (dice.below(60), 1 + dice.below(9));
        writeln!(
            lines,
            "{{\"id\": \"d{at}\", \"source\": \"outlet{outlet}.example\", \"date\": \"2024-05-0{day}\", \
             \"title\": \"Page {at}\", \"text\": \"{text}\"}}"
        )
        .unwrap();
    }
    part(dir, &lines);
}

/// Words with a full stop behind every twelfth.
fn sentences(words: impl Iterator<Item = String>) -> String {
    let mut text = String::new();
    for (at, word) in words.enumerate() {
        let end = if at % 12 == 11 { ". " } else { " " };
        text += &word;
        text += end;
    }
    text.trim_end().to_owned()
}

/// Writes a corpus whole and in parts: of ten lines six, three and one.
fn part(dir: &Dir, lines: &str) {
    let mut parts = [String::new(), String::new(), String::new()];
    for (at, line) in lines.lines().enumerate() {
        let part = [0, 1, 0, 0, 1, 0, 2, 0, 1, 0][at % 10];
        parts[part] += line;
        parts[part] += "\n";
    }
    for (at, part) in parts.iter().enumerate() {
        dir.write(&format!("{at}.jsonl"), part);
    }
    dir.write("all.jsonl", lines);
}

/// SplitMix64 (Steele, Lea, Flood 2014).
struct Dice(u64);

impl Dice {
    /// A number below this one.
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end
    }
}
