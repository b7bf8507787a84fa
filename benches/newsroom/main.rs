//! Writes a labelled newsroom: pages of invented news with the truth about who copied whom.
//!
//! ```text
//! cargo run --release --example newsroom -- --seed 5 -o DIR
//! ```
//!
//! `--pages N` (1900), `--variant NAME` (base), `--prose FILE` (sentences of a plain text, one
//! paragraph a line), `--without source,date` leaves fields out, `--constant-source` gives all
//! pages one source. Writes `docs.jsonl`, `truth.tsv`, `pairs.tsv` and `meta.tsv`: the same bytes
//! for the same arguments on any machine. What is planted is listed in `benches/README.md`.
//! The generator is that of `crates/testkit`.

#![allow(clippy::print_stderr)] // a program

use std::error::Error;
use std::path::PathBuf;

use testkit::newsroom::making;
use testkit::newsroom::variant::Variant;
use testkit::newsroom::write::{self, Fields};

struct Arguments {
    pages: usize,
    seed: u64,
    variant: Variant,
    prose: Option<PathBuf>,
    fields: Fields,
    output: PathBuf,
}

fn arguments() -> Result<Arguments, Box<dyn Error>> {
    let mut given = std::env::args().skip(1);
    let (mut pages, mut seed, mut prose, mut output) = (1900, 1, None, None);
    let mut variant = Variant::named("base")?;
    let mut fields = Fields::ALL;
    while let Some(name) = given.next() {
        let mut value = || given.next().ok_or(format!("{name} needs a value"));
        match name.as_str() {
            "--pages" => pages = value()?.parse()?,
            "--seed" => seed = value()?.parse()?,
            "--variant" => variant = Variant::named(&value()?)?,
            "--prose" => prose = Some(value()?.into()),
            "--without" => fields.leave_out(&value()?)?,
            "--constant-source" => fields.constant_source = true,
            "-o" => output = Some(value()?.into()),
            _ => {
                return Err(format!(
                    "unknown {name}: use --pages, --seed, --variant, --prose, --without, \
                     --constant-source, -o"
                )
                .into());
            }
        }
    }
    if !(8..=100_000).contains(&pages) {
        return Err(format!("--pages is from 8 to 100000, not {pages}").into());
    }
    if variant.bare {
        fields.leave_out("source,date")?;
    }
    let output = output.ok_or("name the folder to write with -o")?;
    Ok(Arguments {
        pages,
        seed,
        variant,
        prose,
        fields,
        output,
    })
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = arguments()?;
    let text = arguments
        .prose
        .as_ref()
        .map(std::fs::read_to_string)
        .transpose()?;
    let made = making::make(
        arguments.pages,
        arguments.seed,
        &arguments.variant,
        text.as_deref(),
    );
    let documents = made.map_err(|missing| {
        format!("--prose is {missing} sentences short: name a longer text, or fewer --pages")
    })?;
    std::fs::create_dir_all(&arguments.output)?;
    let pairs = write::all(&documents, arguments.fields, &arguments.output)?;
    eprintln!("{} pages, {pairs} labelled pairs", documents.len());
    Ok(())
}
