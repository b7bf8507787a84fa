//! What did the user ask?
//!
//! Words become typed arguments ([`args`], completed from a file by [`config`]), arguments become
//! checked library values ([`plan`]), and a command carries them out. This page ties the three
//! together, and turns what comes of it into an exit code.

mod args;
mod batch;
mod called;
mod config;
mod curve;
mod curve_svg;
mod effective;
mod eval;
mod event;
mod exit;
mod explain;
mod index;
mod loss;
mod man;
mod plan;
mod pool;
mod preflight;
mod preset;
mod progress;
mod recipe;
mod rejects;
mod report;
mod show;
mod signals;
mod stdout;
mod suggest;
mod summary;
mod values;
mod version;
mod view;
mod warning;
mod wrap;

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::Context;
use clap::{CommandFactory, FromArgMatches};
use wirecopy::Index;

use args::{Cli, Command};
use effective::Options;
use plan::Plan;
use signals::Interrupt;

/// Parses, runs, and reports.
pub(crate) fn main() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().collect();
    let result = guard()
        .and_then(|()| parse(words.clone()))
        .and_then(|(command, options)| run(command, options));
    result.unwrap_or_else(|error| exit::report(&error, &words, &called::called(&words)))
}

/// A mapped file that is cut by another program must not end this one.
fn guard() -> anyhow::Result<()> {
    wirecopy::corpus::install_guard().context("cannot guard mapped files against being cut")
}

fn parse(mut words: Vec<OsString>) -> anyhow::Result<(Command, Options)> {
    let mut command = Cli::command();
    command.build();
    let mut matches = (command.clone().try_get_matches_from(&words))
        .map_err(|error| exit::misread(error, &command))?;
    if let Some(file) = config::File::named_in(&command, &matches)? {
        // Right behind the name of the command, where they are flags whatever follows.
        let behind = 1 + file.depth();
        words.splice(behind..behind, file.flags()?);
        matches =
            (command.clone().try_get_matches_from(&words)).map_err(|error| file.blame(&error))?;
    }
    if let Some((behind, flags)) = preset::flags(&matches) {
        words.splice(behind..behind, flags);
        matches = (command.clone().try_get_matches_from(words))
            .map_err(|error| exit::misread(error, &command))?;
    }
    if asks_for_events(&matches) {
        event::speak();
    }
    let options = effective::options(&command, &matches);
    Ok((Cli::from_arg_matches(&matches)?.command, options))
}

/// Whether the command, whichever it is, was asked to write for a program.
fn asks_for_events(matches: &clap::ArgMatches) -> bool {
    let mut given = matches;
    while let Some((_, inner)) = given.subcommand() {
        given = inner;
    }
    let mode = given.try_get_one::<args::ProgressMode>("progress");
    matches!(mode, Ok(Some(args::ProgressMode::Json)))
}

fn run(command: Command, options: Options) -> anyhow::Result<ExitCode> {
    let interrupt = Interrupt::listen().context("cannot listen for Ctrl-C")?;
    interrupt.end(carry_out(command, options, &interrupt))
}

fn carry_out(
    command: Command,
    options: Options,
    interrupt: &Interrupt,
) -> anyhow::Result<ExitCode> {
    match command {
        Command::Cluster(args) => batch::run(Plan::cluster(args, options)?, interrupt),
        Command::Dedup(args) => {
            let against = args.remove.against.as_deref();
            let against = against.map(Index::open).transpose()?;
            batch::run(Plan::dedup(args, options, against)?, interrupt)
        }
        Command::Index(args) => index::run(args.command, interrupt),
        Command::Explain(args) => explain::run(args, interrupt),
        Command::Report(args) => report::run(args, interrupt),
        Command::Eval(args) => eval::run(args),
        Command::Curve(args) => curve::run(args),
        Command::Completions { shell } => completions(shell),
        Command::Man(args) => man::run(&args),
    }
}

fn completions(shell: clap_complete::Shell) -> anyhow::Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "wirecopy", &mut script);
    let script = String::from_utf8_lossy(&script);
    stdout::write(&script, anstream::ColorChoice::Never)?;
    Ok(ExitCode::SUCCESS)
}
