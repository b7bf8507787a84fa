//! What did the user ask?
//!
//! Words become typed arguments (`args`, completed from a file by `config`), arguments become
//! checked library values (`plan`), and a command carries them out. This page ties the three
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
mod table_forms;
mod values;
mod version;
mod view;
mod warning;
mod wrap;

use std::ffi::OsString;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::Context;
use clap::{CommandFactory, FromArgMatches};
use wirecopy::Index;

use args::{Cli, Command};
use effective::Options;
use plan::Plan;
use signals::Interrupt;

/// The program: the words are those of this process, and signals end it.
pub fn main() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().collect();
    carry_out(&words, || {
        Interrupt::listen().context("cannot listen for Ctrl-C")
    })
    .into()
}

/// Does what the words of a command line ask, the first of which is the name of the program, and hands back the exit
/// code: 0 to 5 as `wirecopy --help` has them, 130 where `cancelled` was set before anything was put in place.
///
/// For programs that have the command line as one of their own commands. It writes to the standard streams of the
/// process and handles no signals; nothing ends the process. One call at a time: whether errors are written for people or
/// for programs (`--progress json`) is known once in a process.
pub fn run(words: impl IntoIterator<Item = OsString>, cancelled: &Arc<AtomicBool>) -> u8 {
    let words: Vec<OsString> = words.into_iter().collect();
    carry_out(&words, || Ok(Interrupt::by(cancelled)))
}

/// Parses, runs, and reports.
fn carry_out(words: &[OsString], interrupt: impl FnOnce() -> anyhow::Result<Interrupt>) -> u8 {
    let result = guard()
        .and_then(|()| parse(words.to_vec()))
        .and_then(|(command, options)| {
            let interrupt = interrupt()?;
            interrupt.end(dispatch(command, options, &interrupt))
        });
    result.unwrap_or_else(|error| exit::report(&error, words, &called::called(words)))
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
    event::speak(asks_for_events(&matches));
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

fn dispatch(command: Command, options: Options, interrupt: &Interrupt) -> anyhow::Result<u8> {
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

fn completions(shell: clap_complete::Shell) -> anyhow::Result<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "wirecopy", &mut script);
    let script = String::from_utf8_lossy(&script);
    stdout::write(&script, anstream::ColorChoice::Never)?;
    Ok(exit::DONE)
}
