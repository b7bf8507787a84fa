//! How the command is called that a message is about.

use std::ffi::OsString;

use clap::CommandFactory;

use super::args::Cli;

/// The command that words are of, as it is typed: `wirecopy index add`.
pub(super) fn called(words: &[OsString]) -> String {
    let mut command = &Cli::command();
    let mut name = command.get_name().to_owned();
    for word in words.iter().skip(1).filter_map(|word| word.to_str()) {
        if let Some(inner) = command.find_subcommand(word) {
            command = inner;
            name = format!("{name} {word}");
        } else if !command.has_subcommands() {
            break;
        }
    }
    name
}
