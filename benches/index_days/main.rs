//! Builds an index of invented news, adds day after day, and asks for the copies of single pages.
//!
//! ```text
//! cargo run --release --example index_days -- --documents 100000 --days 10 --day 10000 --dir DIR
//! ```
//!
//! Inside the clock of `build` and `run`: from the file to the index, or to the clusters, in memory. Of
//! `add`: from the file of the day to the commit, and small segments merged, on about every second day. Of `open`: the folder. Of
//! `query`: one text, in a process that has asked before; the texts are pages of days that were not
//! added. Of `rebuild`: all of it. DIR is made anew and left in place. With `--profile near` the index is of whole texts,
//! and there is nothing to rebuild.

#![allow(clippy::print_stdout)] // a program

use std::error::Error;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use testkit::news_corpus;
use wirecopy::{Context, Index, Query};
use wirecopy::{Job, OpenJob, Recipe};

struct Arguments {
    documents: u32,
    days: u32,
    day: u32,
    queries: usize,
    recipe: Recipe,
    dir: PathBuf,
}

fn arguments() -> Result<Arguments, Box<dyn Error>> {
    let mut given = std::env::args().skip(1);
    let mut arguments = Arguments {
        documents: 100_000,
        days: 10,
        day: 10_000,
        queries: 2_000,
        recipe: Recipe::default_wire(),
        dir: PathBuf::from("index-days"),
    };
    while let Some(name) = given.next() {
        let mut value = || given.next().ok_or(format!("{name} needs a value"));
        match name.as_str() {
            "--documents" => arguments.documents = value()?.parse()?,
            "--days" => arguments.days = value()?.parse()?,
            "--day" => arguments.day = value()?.parse()?,
            "--queries" => arguments.queries = value()?.parse()?,
            "--dir" => arguments.dir = value()?.into(),
            "--profile" => {
                arguments.recipe = match value()?.as_str() {
                    "wire" => Recipe::default_wire(),
                    "near" => Recipe::default_near(),
                    other => return Err(format!("no profile `{other}`: use wire or near").into()),
                }
            }
            _ => {
                let known = "--documents, --days, --day, --queries, --profile, --dir";
                return Err(format!("unknown {name}: use {known}").into());
            }
        }
    }
    Ok(arguments)
}

fn open(path: &Path, recipe: &Recipe) -> Result<OpenJob, Box<dyn Error>> {
    let mut open = Job::new(recipe.clone()).path(path).open()?;
    open.preflight()?;
    Ok(open)
}

/// Milliseconds that so many of 100 times stay below.
fn quantile(times: &mut [Duration], of_100: usize) -> f64 {
    times.sort_unstable();
    let at = times.len() * of_100 / 100;
    times[at.min(times.len() - 1)].as_secs_f64() * 1e3
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = arguments()?;
    let Arguments {
        documents,
        days,
        day,
        queries,
        recipe,
        dir,
    } = arguments;
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir)?;
    let queried = u32::try_from(queries)?;
    let whole = news_corpus::Corpus::new(documents + days * day + queried, 1);
    let mut pages = whole.documents();
    let write =
        |name: String, count: u32, pages: &mut dyn Iterator<Item = news_corpus::Document<'_>>| {
            let path = dir.join(name);
            let mut file = File::create(&path)?;
            let mut bytes = Vec::new();
            for page in pages.take(count as usize) {
                page.write_json(&mut bytes);
                if bytes.len() > 1 << 20 {
                    file.write_all(&bytes)?;
                    bytes.clear();
                }
            }
            file.write_all(&bytes)?;
            Ok::<PathBuf, std::io::Error>(path)
        };
    let first = write("first.jsonl".to_owned(), documents, &mut pages)?;
    let added: Vec<PathBuf> = (0..days)
        .map(|at| write(format!("day{at}.jsonl"), day, &mut pages))
        .collect::<Result<_, _>>()?;
    let texts: Vec<String> = pages.map(|page| page.text).collect();

    let index = dir.join("index");
    let started = Instant::now();
    let clusters = open(&first, &recipe)?
        .run(Context::default())?
        .clusters()
        .len();
    let run = started.elapsed();
    let started = Instant::now();
    Index::build(&index, open(&first, &recipe)?, Context::default())?;
    let build = started.elapsed();
    println!(
        "run         {:8.2} s, {clusters} clusters",
        run.as_secs_f64()
    );
    println!(
        "build       {:8.2} s, {:.2} times the run",
        build.as_secs_f64(),
        build.as_secs_f64() / run.as_secs_f64()
    );
    // Days that end with the merging of small segments, apart from the others.
    let (mut plain, mut merging) = (Vec::new(), Vec::new());
    let mut segments = 1;
    for path in &added {
        let started = Instant::now();
        let (grown, _) = Index::add(&index, open(path, &recipe)?, Context::default())?;
        let took = started.elapsed();
        let before = std::mem::replace(&mut segments, grown.info().segments.len());
        match segments > before {
            true => plain.push(took),
            false => merging.push(took),
        }
    }
    let mut all = [plain.as_slice(), &merging].concat();
    for (name, times) in [
        ("add", &mut all),
        ("  no merge", &mut plain),
        ("  merging", &mut merging),
    ] {
        if !times.is_empty() {
            println!(
                "{name:11} {:8.2} s median of {}, {:.2} s at most",
                quantile(times, 50) / 1e3,
                times.len(),
                quantile(times, 100) / 1e3
            );
        }
    }
    let mut times: Vec<Duration> = Vec::new();
    for _ in 0..20 {
        let started = Instant::now();
        Index::open(&index)?;
        times.push(started.elapsed());
    }
    println!("open        {:8.2} ms median", quantile(&mut times, 50));
    let opened = Index::open(&index)?;
    let (mut times, mut found) = (Vec::new(), 0);
    for text in &texts {
        let started = Instant::now();
        let copies = opened.query(&Query {
            text,
            ..Query::default()
        })?;
        times.push(started.elapsed());
        found += usize::from(!copies.is_empty());
    }
    if !times.is_empty() {
        println!(
            "query       {:8.2} ms median, {:.2} ms at 99 of 100; {found} of {} texts have copies",
            quantile(&mut times, 50),
            quantile(&mut times, 99),
            texts.len()
        );
    }
    let info = opened.info();
    println!(
        "index       {} documents, {} segments, {:.0} bytes a document",
        info.documents,
        info.segments.len(),
        info.bytes as f64 / info.documents as f64
    );
    drop(opened);
    if info.learned.is_none() {
        return Ok(());
    }
    let started = Instant::now();
    let (_, rebuilt) =
        Index::rebuild_keys(&index, Job::new(Recipe::default_wire()), Context::default())?;
    println!(
        "rebuild     {:8.2} s, {} clusters, more masked of {}",
        started.elapsed().as_secs_f64(),
        rebuilt.clusters,
        rebuilt.masked_anew
    );
    Ok(())
}
