//! `wirecopy man`: the manual, made of the help texts.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Command, CommandFactory};
use clap_mangen::Man;
use wirecopy::nearest::nearest;
use wirecopy::output::write_whole;

use super::args::Cli;
use super::exit::{self, Usage};
use super::stdout;

/// Arguments of `wirecopy man`.
#[derive(Debug, clap::Args)]
pub(super) struct ManArgs {
    /// The command; without it the program itself
    command: Vec<String>,

    /// Folder to write the pages of all commands to, as wirecopy-cluster.1 and so on
    #[arg(short, long, value_name = "DIR", conflicts_with = "command")]
    output: Option<PathBuf>,
}

/// Prints a page, or writes all of them.
///
/// # Errors
///
/// If there is no such command, or it cannot be written.
pub(super) fn run(args: &ManArgs) -> anyhow::Result<u8> {
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    if let Some(folder) = &args.output {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("{}: cannot create it", folder.display()))?;
        write_all(&program, folder)?;
        return Ok(exit::DONE);
    }
    let mut command = &program;
    for name in &args.command {
        command = command
            .find_subcommand(name)
            .ok_or_else(|| unknown(command, name))?;
    }
    let page = page(command)?;
    stdout::print(|out| out.write_all(&page))?;
    Ok(exit::DONE)
}

fn unknown(command: &Command, name: &str) -> Usage {
    let names: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
    let near = nearest(name, names.iter().copied());
    let near = near.map_or_else(String::new, |near| format!("did you mean `{near}`? "));
    Usage(format!(
        "no command is called `{}`: {near}expected one of {}",
        name.escape_debug(),
        names.join(", ")
    ))
}

fn write_all(command: &Command, folder: &Path) -> anyhow::Result<()> {
    let name = command.get_display_name().unwrap_or(command.get_name());
    write_whole(&folder.join(format!("{name}.1")), &page(command)?)?;
    for inner in command.get_subcommands() {
        write_all(inner, folder)?;
    }
    Ok(())
}

fn page(command: &Command) -> anyhow::Result<Vec<u8>> {
    let mut page = Vec::new();
    Man::new(command.clone()).render(&mut page)?;
    Ok(page)
}
