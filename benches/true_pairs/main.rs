//! Finds every pair of documents at or above a Jaccard similarity, exactly: what a sketching tool
//! ought to find.
//!
//! ```text
//! cargo run --release --example true_pairs -- corpus.jsonl -o pairs.tsv --threshold 0.8
//! ```
//!
//! A document is the set of its runs of five words; a word is a maximal run of alphanumeric
//! characters of the lower-cased text (`char::is_alphanumeric`). A shorter document is one run.
//! Writes `id_a<TAB>id_b<TAB>jaccard` sorted by the documents' places in the file, and a
//! histogram to standard error. The tokens are not wirecopy's own: this is the plain definition
//! that every tool in `benches/peers` is given. `--words wirecopy` takes wirecopy's words instead,
//! to hold a run's pairs against all there are.

#![allow(clippy::print_stderr)] // a program

mod all_pairs;
mod shingles;

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::time::Instant;

use serde::Deserialize;

#[derive(Deserialize)]
struct Record {
    id: String,
    text: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut given = std::env::args().skip(1);
    let (mut input, mut output, mut threshold) = (None, None, 0.8);
    let mut set: fn(&str) -> Vec<u64> = shingles::set;
    while let Some(name) = given.next() {
        let mut value = || given.next().ok_or(format!("{name} needs a value"));
        match name.as_str() {
            "-o" => output = Some(value()?),
            "--threshold" => threshold = value()?.parse()?,
            "--words" => match value()?.as_str() {
                "plain" => set = shingles::set,
                "wirecopy" => set = shingles::wirecopy_set,
                other => return Err(format!("--words is plain or wirecopy, not {other}").into()),
            },
            _ => input = Some(name),
        }
    }
    let input = input.ok_or("name the JSON Lines file to read")?;
    let output = output.ok_or("name the file to write with -o")?;

    let start = Instant::now();
    let mut ids = Vec::new();
    let mut sets = Vec::new();
    for line in BufReader::with_capacity(1 << 20, File::open(input)?).lines() {
        let record: Record = serde_json::from_str(&line?)?;
        ids.push(record.id);
        sets.push(set(&record.text));
    }
    let shingles: usize = sets.iter().map(Vec::len).sum();
    eprintln!(
        "{} documents, {shingles} shingles, {:.1?}",
        ids.len(),
        start.elapsed()
    );

    let mut histogram = [0u64; 11];
    let mut out = BufWriter::new(File::create(output)?);
    let pairs = all_pairs::find(&sets, threshold);
    for pair in &pairs {
        let (a, b) = (&ids[pair.a as usize], &ids[pair.b as usize]);
        let jaccard = f64::from(pair.shared) / f64::from(pair.union);
        writeln!(out, "{a}\t{b}\t{jaccard:.6}")?;
        histogram[(pair.shared * 10 / pair.union) as usize] += 1;
    }
    out.flush()?;
    eprintln!("jaccard   pairs");
    for (tenth, pairs) in histogram
        .iter()
        .enumerate()
        .filter(|(_, pairs)| **pairs > 0)
    {
        eprintln!("{:.1}{:>12}", tenth as f64 / 10.0, pairs);
    }
    eprintln!(
        "{} true pairs, {:.2} a document, {:.1?}",
        pairs.len(),
        pairs.len() as f64 / ids.len().max(1) as f64,
        start.elapsed()
    );
    Ok(())
}
