//! The program `wirecopy`: the command line of the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    wirecopy::cli::main()
}
