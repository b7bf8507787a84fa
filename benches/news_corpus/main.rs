//! Writes a corpus of invented news with planted copies as JSON Lines: the same bytes for the
//! same size and seed on any machine.
//!
//! ```text
//! cargo run --release --example news_corpus -- --documents 100000 --seed 1 -o corpus.jsonl
//! ```
//!
//! `--truth FILE` writes `id<TAB>story` for every document, `-o -` writes to standard output.
//! A summary goes to standard error. How alike the copies are is counted by the example
//! `true_pairs`.

#![allow(clippy::print_stderr)] // a program

use std::collections::HashMap;
use std::error::Error;
use std::fs::File;
use std::io::{self, BufWriter, Write};

use testkit::news_corpus::Corpus;

struct Arguments {
    documents: u32,
    seed: u64,
    output: String,
    truth: Option<String>,
}

fn arguments() -> Result<Arguments, Box<dyn Error>> {
    let mut given = std::env::args().skip(1);
    let mut arguments = Arguments {
        documents: 100_000,
        seed: 1,
        output: "-".into(),
        truth: None,
    };
    while let Some(name) = given.next() {
        let mut value = || given.next().ok_or(format!("{name} needs a value"));
        match name.as_str() {
            "--documents" => arguments.documents = value()?.parse()?,
            "--seed" => arguments.seed = value()?.parse()?,
            "-o" => arguments.output = value()?,
            "--truth" => arguments.truth = Some(value()?),
            _ => {
                return Err(format!("unknown {name}: use --documents, --seed, -o, --truth").into());
            }
        }
    }
    Ok(arguments)
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = arguments()?;
    let mut out: Box<dyn Write> = match arguments.output.as_str() {
        "-" => Box::new(io::stdout().lock()),
        path => Box::new(File::create(path)?),
    };
    let mut truth = arguments
        .truth
        .map(File::create)
        .transpose()?
        .map(BufWriter::new);
    let mut families = HashMap::<u32, u64>::new();
    let mut buffer = Vec::new();
    let (mut bytes, mut text_bytes, mut beyond_ascii) = (0, 0, 0u32);
    for document in Corpus::new(arguments.documents, arguments.seed).documents() {
        *families.entry(document.story).or_default() += 1;
        text_bytes += document.text.len();
        beyond_ascii += u32::from(!document.text.is_ascii());
        document.write_json(&mut buffer);
        if let Some(truth) = &mut truth {
            writeln!(truth, "{}\t{}", document.id, document.story)?;
        }
        if buffer.len() >= 1 << 20 {
            bytes += buffer.len();
            out.write_all(&buffer)?;
            buffer.clear();
        }
    }
    bytes += buffer.len();
    out.write_all(&buffer)?;
    out.flush()?;
    if let Some(truth) = &mut truth {
        truth.flush()?;
    }

    let documents = f64::from(arguments.documents.max(1));
    eprintln!("documents   {}", arguments.documents);
    eprintln!(
        "bytes       {bytes} ({:.0} a line)",
        bytes as f64 / documents
    );
    eprintln!(
        "text bytes  {text_bytes} ({:.0} a document)",
        text_bytes as f64 / documents
    );
    eprintln!(
        "non-ASCII   {:.1} % of documents",
        100.0 * f64::from(beyond_ascii) / documents
    );
    eprintln!("stories     {}", families.len());
    eprintln!("carriers    stories");
    for low in (0..32).map(|power| 1u64 << power) {
        let stories = families
            .values()
            .filter(|&&size| (low..2 * low).contains(&size))
            .count();
        if stories > 0 {
            eprintln!("{low:>5}-{:<5} {stories}", 2 * low - 1);
        }
    }
    Ok(())
}
