//! What a byte of a hostile corpus costs, in bytes of an ordinary one.
//!
//! ```text
//! cargo run --release --example hostile -- [--megabytes 10] [NAME…]
//! ```
//!
//! Reading to clusters, in one thread, in CPU time; nothing is written. `near` reads an ordinary megabyte in a
//! few ms, so that what every record or key costs is much there. Of twice the megabytes the ratio should be the
//! same: more would be more than linear.

#![allow(clippy::print_stdout, reason = "a program")]

use std::error::Error;
use std::fs;

use testkit::hostile;
use wirecopy::Context;
use wirecopy::{Job, Recipe};

/// CPU seconds of this thread, where Linux says.
fn cpu() -> Result<f64, Box<dyn Error>> {
    let text = fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanoseconds: u64 = text.split(' ').next().unwrap_or_default().parse()?;
    #[expect(clippy::cast_precision_loss, reason = "fewer than 2^52")]
    Ok(nanoseconds as f64 / 1e9)
}

/// CPU seconds a megabyte, and what it came to.
fn measured(corpus: &str, recipe: &Recipe) -> Result<(f64, String), Box<dyn Error>> {
    let dir = tempfile::tempdir()?;
    let path = dir.path().join("corpus.jsonl");
    fs::write(&path, corpus)?;
    let before = cpu()?;
    let mut open = Job::new(recipe.clone()).path(path).open()?;
    open.preflight()?;
    let run = open.run(Context::default())?;
    #[expect(clippy::cast_precision_loss, reason = "fewer than 2^52")]
    let seconds = (cpu()? - before) / (corpus.len() as f64 / 1e6);
    let (counts, work) = (run.counts(), run.work());
    let line = format!(
        "{} read, {} rejected, {} clustered, largest {}, {} compared",
        counts.read, counts.rejected, counts.clustered, counts.largest_cluster, work.compared
    );
    Ok((seconds, line))
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut megabytes = 10;
    let mut names: Vec<String> = Vec::new();
    let mut given = std::env::args().skip(1);
    while let Some(argument) = given.next() {
        match argument.as_str() {
            "--megabytes" => {
                megabytes = given.next().ok_or("--megabytes needs a number")?.parse()?
            }
            name => names.push(name.to_owned()),
        }
    }
    let bytes = megabytes * 1_000_000;
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
    for (profile, recipe) in [
        ("wire", Recipe::default_wire()),
        ("near", Recipe::default_near()),
    ] {
        let ordinary = hostile::ordinary(bytes);
        let once = || one.install(|| measured(&ordinary, &recipe).map_err(|e| e.to_string()));
        let base = (0..3).map(|_| once()).collect::<Result<Vec<_>, _>>()?;
        let base = base
            .iter()
            .map(|(seconds, _)| *seconds)
            .fold(f64::MAX, f64::min);
        println!("{profile} ordinary: {base:.4} CPU s/MB");
        for (name, kind) in hostile::KINDS {
            if !names.is_empty() && !names.iter().any(|asked| asked == name) {
                continue;
            }
            let corpus = kind(bytes);
            let found = one.install(|| measured(&corpus, &recipe).map_err(|e| e.to_string()))?;
            println!("{profile} {name:16} {:7.2} ×  {}", found.0 / base, found.1);
        }
    }
    Ok(())
}
