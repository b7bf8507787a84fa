//! Corpora made to cost as much as they can: what a byte of them costs is bounded, and every run can be
//! stopped, whatever it is at.
//!
//! Bounds are those of `docs/reliability.md`, doubled: small corpora say little, and so does a busy machine.
//! CPU time of one thread is reported by Linux alone; elsewhere nothing is asked.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use testkit::hostile;
use wirecopy::Context;
use wirecopy::{Error, Job, Recipe};

use crate::cmd::Dir;

fn cpu() -> Option<Duration> {
    let answer = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = answer.split(' ').next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

fn run(corpus: &str, recipe: &Recipe, cancelled: &AtomicBool) -> Result<(), Error> {
    let dir = Dir::new();
    dir.write("corpus.jsonl", corpus);
    let mut open = Job::new(recipe.clone())
        .path(dir.path("corpus.jsonl"))
        .open()?;
    open.preflight()?;
    open.run(Context::silent(cancelled)).map(drop)
}

/// CPU seconds a byte, of one thread.
fn cost(corpus: &str, recipe: &Recipe) -> Option<f64> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .unwrap();
    pool.install(|| {
        let before = cpu()?;
        run(corpus, recipe, &AtomicBool::new(false)).unwrap();
        Some((cpu()? - before).as_secs_f64() / corpus.len() as f64)
    })
}

/// Bytes of each corpus: some tenths of a second of the slowest.
const BYTES: usize = 300_000;

fn bounded(recipe: &Recipe, most: impl Fn(&str) -> f64) {
    let ordinary = hostile::ordinary(BYTES);
    let Some(base) = (0..3)
        .filter_map(|_| cost(&ordinary, recipe))
        .min_by(f64::total_cmp)
    else {
        return;
    };
    let mut over = Vec::new();
    for (name, kind) in hostile::KINDS {
        let corpus = kind(BYTES);
        let measured = || cost(&corpus, recipe).unwrap() / base;
        // A busy machine costs CPU time, too: what is over the bound is measured again.
        let mut ratio = measured();
        for _ in 0..2 {
            if ratio > most(name) {
                ratio = ratio.min(measured());
            }
        }
        if ratio > most(name) {
            over.push(format!(
                "{name}: {ratio:.1} ordinary bytes, at most {}",
                most(name)
            ));
        }
    }
    assert!(over.is_empty(), "{over:#?}");
}

#[test]
fn a_hostile_byte_of_wire_costs_a_bounded_number_of_ordinary_ones() {
    bounded(&Recipe::default_wire(), |kind| match kind {
        // Every page is compared with some 80 others; every record takes its .3 µs, and is two bytes long.
        "near-identical" | "forms" => 60.0,
        "letters" | "letter-lines" | "junk" => 30.0,
        "expansions" => 18.0,
        _ => 12.0,
    });
}

#[test]
fn a_hostile_byte_of_near_costs_a_bounded_number_of_ordinary_ones() {
    bounded(&Recipe::default_near(), |kind| match kind {
        "junk" | "expansions" => 250.0,
        _ => 60.0,
    });
}

#[test]
fn more_pairs_than_there_is_memory_for_are_refused_with_a_way_out() {
    let corpus = hostile::KINDS
        .iter()
        .find(|(name, _)| *name == "near-identical");
    let corpus = corpus.unwrap().1(2_000_000);
    let dir = Dir::new();
    dir.write("corpus.jsonl", &corpus);
    let job = || Job::new(Recipe::default_wire()).path(dir.path("corpus.jsonl"));
    let answer = job().open().unwrap().preflight().unwrap().memory;
    let refused = job().memory(answer + (1 << 20)).run().unwrap_err();
    assert!(
        matches!(
            refused,
            Error::DoesNotFit { .. } | Error::TooManyPairs { .. }
        ),
        "{refused}"
    );
    assert!(refused.to_string().contains("--memory"), "{refused}");
    let run = job().memory(answer + (200 << 20)).run().unwrap();
    assert_eq!(run.clusters().len(), 1);
}

/// At least this much of each, so that there is something to stop; long enough after 200 ms.
const LONG: usize = 4_000_000;

#[test]
fn a_run_over_anything_can_be_stopped() {
    let mut stopped = 0;
    for recipe in [Recipe::default_wire(), Recipe::default_near()] {
        for (name, kind) in hostile::KINDS {
            // A record is normalised at one go: these take tenths of a second a megabyte.
            let corpus = kind(if *name == "expansions" {
                LONG / 16
            } else {
                LONG
            });
            let cancelled = Arc::new(AtomicBool::new(false));
            let flag = Arc::clone(&cancelled);
            let (begun, ready) = std::sync::mpsc::channel();
            let asking = thread::spawn(move || {
                ready.recv().unwrap();
                thread::sleep(Duration::from_millis(200));
                flag.store(true, Ordering::Relaxed);
                Instant::now()
            });
            begun.send(()).unwrap();
            let result = run(&corpus, &recipe, &cancelled);
            let ended = Instant::now();
            let asked = asking.join().unwrap();
            if matches!(result, Err(Error::Cancelled)) {
                stopped += 1;
                // A second is promised; the machine may be busy.
                let took = ended.saturating_duration_since(asked);
                assert!(took < Duration::from_secs(3), "{name}: {took:?}");
            } else {
                result.unwrap();
            }
        }
    }
    assert!(stopped >= 6, "{stopped} were long enough");
}
