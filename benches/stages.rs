//! The stages of sketching one after the other, on one thread, in the process: how many MB of
//! text (the line scan: of JSON Lines) go through each in a second.
//!
//! ```text
//! cargo bench --bench stages              # 10,000 documents, 9 rounds
//! cargo bench --bench stages -- 50000 15
//! ```
//!
//! A round goes over all documents once, and a stage includes those before it in its group: the
//! third line of a group less the second is what shingles cost. Kernels must agree: a stage
//! returns a fold of all it made, and a different fold is a failure, not a result.

#![allow(clippy::print_stdout)] // a program

use std::collections::HashSet;
use std::hint::black_box;
use std::time::{Duration, Instant};

use testkit::news_corpus;
use wirecopy::doc_id::DocId;
use wirecopy::lsh::KeyTable;
use wirecopy::shingle::Shingling;
use wirecopy::sketch::{self, Sketcher};
use wirecopy::{hash, text};

/// Slots of a signature, as the peers of `benches/peers` have.
const SLOTS: u32 = 128;
/// Slots of a band of it.
const ROWS: u32 = 8;

/// What every stage is measured on.
struct Bench {
    rounds: u32,
    bytes: usize,
}

impl Bench {
    /// Times `stage` over all rounds and prints a line; what it returns must not change.
    fn run(&self, name: &str, mut stage: impl FnMut() -> u64) -> u64 {
        let expected = black_box(stage());
        let mut times: Vec<Duration> = (0..self.rounds)
            .map(|_| {
                let start = Instant::now();
                let fold = black_box(stage());
                let time = start.elapsed();
                assert_eq!(fold, expected, "{name} gives the same every time");
                time
            })
            .collect();
        times.sort_unstable();
        let [best, median] = [times[0], times[times.len() / 2]]
            .map(|time| self.bytes as f64 / 1e6 / time.as_secs_f64());
        println!("{name:<34}{best:>10.0}{median:>10.0}");
        expected
    }
}

/// Folds a value into what a stage returns.
fn fold(sum: u64, value: u64) -> u64 {
    sum.rotate_left(5) ^ value
}

/// A stage's fold by one kernel equals that by another.
fn agree(expected: &mut Option<u64>, found: u64) {
    assert_eq!(*expected.get_or_insert(found), found, "kernels agree");
}

fn main() {
    // `cargo bench` says so; without it this is a test that the kernels agree.
    let measured = std::env::args().any(|given| given == "--bench");
    let (documents, rounds) = if measured { (10_000, 9) } else { (500, 1) };
    let mut numbers = std::env::args().filter_map(|given| given.parse::<u32>().ok());
    let documents = numbers.next().unwrap_or(documents);
    let rounds = numbers.next().unwrap_or(rounds).max(1);

    let (mut lines, mut texts, mut stories) = (Vec::new(), Vec::new(), HashSet::new());
    for document in news_corpus::Corpus::new(documents, 1).documents() {
        document.write_json(&mut lines);
        stories.insert(document.story);
        texts.push(document.text);
    }
    let bench = Bench {
        rounds,
        bytes: texts.iter().map(String::len).sum(),
    };
    println!(
        "{documents} documents of {} stories, {:.1} MB of JSON Lines, {:.1} MB of text\n",
        stories.len(),
        lines.len() as f64 / 1e6,
        bench.bytes as f64 / 1e6
    );
    println!("{:<34}{:>10}{:>10}", "MB/s on one thread", "best", "median");

    let whole = Bench {
        rounds,
        bytes: lines.len(),
    };
    let found = whole.run("line scan", || {
        memchr::memchr_iter(b'\n', &lines).fold(0, |count, _| count + 1)
    });
    assert_eq!(found, u64::from(documents));

    let shingling = Shingling::default();
    tokens(&bench, &texts, shingling);
    let sets = sets(&texts, shingling);
    let signatures = signatures(&bench, &sets);
    table(&bench, &signatures);
}

/// Words, then their hashes, then shingles, by every text kernel.
fn tokens(bench: &Bench, texts: &[String], shingling: Shingling) {
    let (mut counts, mut units_folds, mut shingle_folds) = (None, None, None);
    for kernel in text::Kernel::available() {
        let mut tokenizer = text::Tokenizer::with_kernel(kernel);
        let (mut units, mut shingles) = (Vec::new(), Vec::new());
        let count = bench.run(&format!("tokens, {kernel:?}"), || {
            let mut count = 0;
            for text in texts {
                tokenizer.for_each(text, |token| count += token.len() as u64);
            }
            count
        });
        agree(&mut counts, count);
        let sum = bench.run(&format!("tokens + hashes, {kernel:?}"), || {
            texts.iter().fold(0, |sum, text| {
                read(&mut tokenizer, text, shingling, &mut units);
                units.iter().fold(sum, |sum, &unit| fold(sum, unit))
            })
        });
        agree(&mut units_folds, sum);
        let sum = bench.run(&format!("tokens + hashes + shingles, {kernel:?}"), || {
            texts.iter().fold(0, |sum, text| {
                read(&mut tokenizer, text, shingling, &mut units);
                shingling.shingles(&units, &mut shingles);
                shingles
                    .iter()
                    .fold(sum, |sum, &shingle| fold(sum, shingle))
            })
        });
        agree(&mut shingle_folds, sum);
    }
}

/// Replaces `units` by those of a text.
fn read(tokenizer: &mut text::Tokenizer, text: &str, shingling: Shingling, units: &mut Vec<u64>) {
    units.clear();
    tokenizer.for_each(text, |token| {
        shingling.push_units(token.window(), token.len(), units)
    });
}

/// The shingles of every text.
fn sets(texts: &[String], shingling: Shingling) -> Vec<Vec<u64>> {
    let (mut tokenizer, mut units) = (text::Tokenizer::new(), Vec::new());
    let set = |text: &String| {
        let mut shingles = Vec::new();
        read(&mut tokenizer, text, shingling, &mut units);
        shingling.shingles(&units, &mut shingles);
        shingles
    };
    texts.iter().map(set).collect()
}

/// Signatures of ready shingles, by every sketch kernel; the rate is of the text behind them.
fn signatures(bench: &Bench, sets: &[Vec<u64>]) -> Vec<Vec<u32>> {
    let mut signatures = vec![vec![0; SLOTS as usize]; sets.len()];
    let mut folds = None;
    for kernel in sketch::Kernel::available() {
        let sketcher = Sketcher::with_kernel(SLOTS, 1, kernel);
        let sum = bench.run(&format!("signature of {SLOTS} slots, {kernel:?}"), || {
            sets.iter()
                .zip(&mut signatures)
                .fold(0, |sum, (set, signature)| {
                    sketcher.sign(set, signature);
                    signature
                        .iter()
                        .fold(sum, |sum, &slot| fold(sum, slot.into()))
                })
        });
        agree(&mut folds, sum);
    }
    signatures
}

/// One sorted table a band: keys and radix sort.
fn table(bench: &Bench, signatures: &[Vec<u32>]) {
    bench.run(&format!("sorted keys, {} bands", SLOTS / ROWS), || {
        (0..SLOTS / ROWS).fold(0, |sum, band| {
            let rows = (band * ROWS) as usize..((band + 1) * ROWS) as usize;
            let key = |signature: &Vec<u32>| hash::band(&signature[rows.clone()], band);
            let filed = signatures
                .iter()
                .zip(0..)
                .map(|(s, doc)| (key(s), DocId::new(doc)));
            fold(sum, KeyTable::build(filed).groups().count() as u64)
        })
    });
}
