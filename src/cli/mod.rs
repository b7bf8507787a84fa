//! What did the user ask?

mod curve;
mod curve_svg;
mod eval;
mod stdout;

use std::process::ExitCode;

use clap::Parser;

#[derive(Parser)]
#[command(name = "wirecopy", version, about)]
enum Command {
    Eval(eval::EvalArgs),
    Curve(curve::CurveArgs),
}

pub(crate) fn run() -> anyhow::Result<ExitCode> {
    match Command::parse() {
        Command::Eval(args) => eval::run(args),
        Command::Curve(args) => curve::run(args),
    }
}
