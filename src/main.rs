//! The program `wirecopy`.

mod cli;

fn main() -> anyhow::Result<std::process::ExitCode> {
    cli::run()
}
