//! A report of any size about nothing, for measuring and testing the page.
//!
//! ```sh
//! cargo run --example report_sample -- --clusters 50000 -o report.html
//! ```
//!
//! `--pair FILE` writes the side-by-side page of its first pair, `--json FILE` the model itself,
//! `--budget BYTES` bounds the page, `--seed N` makes another one. The same arguments write the
//! same bytes. Some titles, texts and names are hostile: the browser tests look for what they do.

mod invent;
mod story;

use std::{env, fs, process::ExitCode};

use wirecopy::report::{View, page, pair_page};

const USAGE: &str = "usage: report_sample [--clusters N] [--seed N] [--budget BYTES] [--json FILE] [--pair FILE] -o FILE";

fn main() -> ExitCode {
    match run(env::args().skip(1).collect()) {
        Ok(()) => ExitCode::SUCCESS,
        #[expect(clippy::print_stderr, reason = "a program says why it failed")]
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Vec<String>) -> Result<(), String> {
    let (mut clusters, mut seed, mut view) = (400, 1, View::default());
    let (mut html, mut json, mut pair) = (None, None, None);
    let mut arguments = arguments.into_iter();
    while let Some(flag) = arguments.next() {
        let value = arguments.next().ok_or(USAGE)?;
        let number = || {
            value
                .parse::<u64>()
                .map_err(|_| format!("{flag} {value}: not a number"))
        };
        match flag.as_str() {
            "--clusters" => clusters = number()?,
            "--seed" => seed = number()?,
            "--budget" => view.budget = usize::try_from(number()?).map_err(|e| e.to_string())?,
            "--json" => json = Some(value),
            "--pair" => pair = Some(value),
            "-o" => html = Some(value),
            _ => return Err(USAGE.to_owned()),
        }
    }
    let html = html.ok_or(USAGE)?;
    let report = invent::report(clusters, seed);
    let write = |file: &str, text: String| {
        fs::write(file, text).map_err(|error| format!("{file}: {error}"))
    };
    write(&html, page(&report, &view))?;
    if let Some(file) = pair {
        write(&file, pair_page(&invent::one_pair(&report)))?;
    }
    if let Some(file) = json {
        let model = serde_json::to_string(&report).map_err(|error| error.to_string())?;
        write(&file, model)?;
    }
    Ok(())
}
