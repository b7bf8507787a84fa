//! How a command ends: exit codes, and errors as they are shown.
//!
//! 0 done, all that was given was read · 1 failed, earlier results stay · 2 usage · 3 done, but not all
//! was read · 4 index damaged or of another recipe · 5 what was to be changed is, but not all that was to follow was
//! done · 130, 143 interrupted.

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::Command;
use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use wirecopy::output::OutputError;
use wirecopy::shown::shown;

use super::show::tame;

/// What was asked cannot be meant, or not be done.
pub(super) const USAGE: u8 = 2;
/// Done, but not all that was given was read: more records were rejected than `--max-rejected`
/// allows, or there is loss that a flag allows.
pub(super) const NOT_ALL_READ: u8 = 3;
/// An index is damaged, or was made by a program that works in another way.
const DAMAGED: u8 = 4;
/// What was to be changed is changed, and something that was to follow was not done.
pub(super) const COMMITTED: u8 = 5;

/// The context of an error behind the step by which all is done.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Committed(pub(super) &'static str);

impl Committed {
    /// An index was changed.
    pub(super) const INDEX: Committed = Committed(
        "the change is in the index, but what follows failed; run the same command again to complete it",
    );
    /// The same, by a command that cannot be given twice.
    pub(super) const INDEX_ONCE: Committed =
        Committed("the change is in the index, and only what follows failed");
    /// A page was put in place.
    pub(super) const PAGE: Committed =
        Committed("the page is in place, and only what follows failed");
    /// Results were put in place.
    pub(super) const RESULTS: Committed = Committed(
        "the results are in place, but what follows failed; the same command again, with --force, completes it",
    );
}

/// A value that clap alone cannot know to be wrong: the message says which flag, and the way out.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Usage(pub(super) String);

/// Of a flag that the command has not and another has, the error names the other one.
pub(super) fn elsewhere(mut error: clap::Error, program: &Command) -> clap::Error {
    let unknown = match (error.kind(), error.get(ContextKind::InvalidArg)) {
        (ErrorKind::UnknownArgument, Some(ContextValue::String(flag))) => flag.clone(),
        _ => return error,
    };
    let has = |command: &&Command| {
        let mut names = command.get_arguments().filter_map(clap::Arg::get_long);
        names.any(|name| unknown.strip_prefix("--") == Some(name))
    };
    let homes: Vec<String> = program
        .get_subcommands()
        .filter(has)
        .map(|command| format!("'wirecopy {}'", command.get_name()))
        .collect();
    if !homes.is_empty() {
        let advice = format!("'{unknown}' is a flag of {}", homes.join(", "));
        let advice = vec![StyledStr::from(advice)];
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(advice));
    }
    error
}

/// Shows why a command failed, and says with which code the program ends.
pub(super) fn report(error: &anyhow::Error) -> ExitCode {
    if let Some(error) = error.downcast_ref::<clap::Error>() {
        // Help and version arrive as errors too; a reader that has gone away is no failure.
        let _ = match error.kind() {
            _ if !error.use_stderr() => error.print(),
            ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => error.print(),
            _ => write!(
                io::stderr().lock(),
                "wirecopy: {}",
                tame(&error.render().to_string())
            ),
        };
        return u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from);
    }
    let usage = error.is::<Usage>();
    let mut text = lines(error.as_ref());
    if usage {
        text.push_str("For more information, try 'wirecopy COMMAND --help'.\n");
    }
    let _ = io::stderr().lock().write_all(text.as_bytes()); // there is no one else to tell
    match error.downcast_ref() {
        _ if usage => USAGE.into(),
        _ if error.is::<Committed>() => COMMITTED.into(),
        _ if matches!(error.downcast_ref(), Some(OutputError::NotFlushed { .. })) => {
            COMMITTED.into()
        }
        Some(error) if error.is_committed() => COMMITTED.into(),
        Some(wirecopy::Error::Index(index)) if index.is_damage() => DAMAGED.into(),
        _ => ExitCode::FAILURE,
    }
}

/// The error, and what caused it, a line each. A cause that the line before already quotes is
/// not told again.
fn lines(error: &(dyn Error + 'static)) -> String {
    let mut before = error.to_string();
    let mut text = format!("wirecopy: error: {}\n", message_lines(&before));
    let mut cause = error.source();
    while let Some(error) = cause {
        let message = error.to_string();
        if !before.contains(&message) {
            text.push_str(&format!("  because: {}\n", message_lines(&message)));
        }
        before = message;
        cause = error.source();
    }
    text
}

/// A message, whatever names of files and fields are in it: it steers no terminal, and a line of it is
/// its first or is indented, so that none looks like one of ours.
fn message_lines(message: &str) -> String {
    let lines: Vec<_> = message.split("\n  ").map(shown).collect();
    lines.join("\n  ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_forges_no_line_and_steers_nothing() {
        let named = "a\nwirecopy: done\u{1b}[2J\u{9b}\u{202e}.jsonl: cut off\n  its recipe: near";
        assert_eq!(
            lines(anyhow::Error::msg(named).as_ref()),
            "wirecopy: error: a\\nwirecopy: done\\u{1b}[2J\\u{9b}\\u{202e}.jsonl: cut off\n  its recipe: near\n"
        );
    }

    #[test]
    fn a_cause_is_told_once() {
        let cause = io::Error::other("disk on fire");
        let quoted = anyhow::Error::new(cause).context("cannot write: disk on fire");
        assert_eq!(
            lines(quoted.as_ref()),
            "wirecopy: error: cannot write: disk on fire\n"
        );
        let cause = io::Error::other("disk on fire");
        let other = anyhow::Error::new(cause).context("cannot write");
        assert_eq!(
            lines(other.as_ref()),
            "wirecopy: error: cannot write\n  because: disk on fire\n"
        );
    }
}
