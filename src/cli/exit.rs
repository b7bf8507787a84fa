//! How a command ends: exit codes, and errors as they are shown.
//!
//! 0 done, all that was given was read · 1 failed, earlier results stay · 2 usage · 3 done, but not all
//! was read · 4 index damaged or of another recipe · 5 what was to be changed is, but not all that was to follow was
//! done · 130, 143 interrupted.

use std::error::Error;
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;

use anyhow::anyhow;
use clap::Command;
use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use serde_json::{Value, json};
use wirecopy::LearnedError;
use wirecopy::corpus::CorpusError;
use wirecopy::output::OutputError;
use wirecopy::shown::{shown, shown_path};

use super::event;
use super::show::{path as show, tame};
use super::wrap;

/// Done, and all that was given was read.
pub(super) const DONE: u8 = 0;
/// Failed.
pub(super) const FAILED: u8 = 1;
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
    /// A report was put in place.
    pub(super) const PAGE: Committed =
        Committed("the report is in place, and only what follows failed");
    /// Results were put in place.
    pub(super) const RESULTS: Committed = Committed(
        "the results are in place, but what follows failed; the same command again, with --force, completes it",
    );
}

/// A value that clap alone cannot know to be wrong: the message says which flag, and the way out.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Usage(pub(super) String);

/// What is wrong with a command line, in the words of its user: a flag of another command, or a file where a
/// command is expected.
pub(super) fn misread(error: clap::Error, program: &Command) -> anyhow::Error {
    let is_command = error.kind() == ErrorKind::InvalidSubcommand;
    let word = match error.get(ContextKind::InvalidSubcommand) {
        Some(ContextValue::String(word)) if is_command => Path::new(word),
        _ => return elsewhere(error, program).into(),
    };
    let (is_file, is_folder) = (word.is_file(), word.is_dir());
    if !is_file && !is_folder {
        return error.into();
    }
    let (what, name) = (if is_file { "file" } else { "folder" }, show(word));
    anyhow!(Usage(format!(
        "{name} is a {what}, and a command is expected: did you mean `wirecopy cluster {name} -o copies`?"
    )))
}

/// Of a flag that the command has not and another has, the error names the other one.
fn elsewhere(mut error: clap::Error, program: &Command) -> clap::Error {
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

/// Shows why the command of these words failed, which is called so, and says with which code the program ends.
pub(super) fn report(error: &anyhow::Error, words: &[OsString], called: &str) -> u8 {
    let code = code(error);
    let misread = error.downcast_ref::<clap::Error>();
    let is_asked_for = misread.is_some_and(|error| !error.use_stderr()); // help, or the version
    if !is_asked_for && (event::is_spoken() || event::is_asked_by(words)) {
        let line = event::line(as_event(error, code));
        let _ = io::stderr().lock().write_all(line.as_bytes()); // there is no other place to say it
        return code;
    }
    if let Some(error) = misread {
        // A reader that has gone away is no failure.
        let _ = match error.kind() {
            _ if is_asked_for => error.print(),
            ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => error.print(),
            _ => write!(
                io::stderr().lock(),
                "wirecopy: {}",
                tame(&error.render().to_string())
            ),
        };
        return code;
    }
    let mut text = lines(error.as_ref());
    if error.is::<Usage>() {
        text.push_str(&format!("For more information, try '{called} --help'.\n"));
    }
    if let Some(width) = wrap::width(io::stderr()) {
        text = wrap::wrapped(&text, width);
    }
    let _ = io::stderr().lock().write_all(text.as_bytes()); // as above
    code
}

/// The exit code of an error.
fn code(error: &anyhow::Error) -> u8 {
    if let Some(error) = error.downcast_ref::<clap::Error>() {
        return u8::try_from(error.exit_code()).unwrap_or(FAILED);
    }
    match error.downcast_ref() {
        _ if error.is::<Usage>() => USAGE,
        _ if error.is::<Committed>() => COMMITTED,
        _ if matches!(error.downcast_ref(), Some(OutputError::NotFlushed { .. })) => COMMITTED,
        Some(error) if error.is_committed() => COMMITTED,
        Some(wirecopy::Error::Index(index)) if index.is_damage() => DAMAGED,
        _ => FAILED,
    }
}

/// An error as one object: its kind, what it is about, and what is said to people.
fn as_event(error: &anyhow::Error, code: u8) -> Value {
    let of_run = error.downcast_ref::<wirecopy::Error>();
    let (kind, path) = if let Some(error) = of_run {
        (error.kind(), error.path())
    } else if let Some(error) = error.downcast_ref::<CorpusError>() {
        (error.kind(), error.path())
    } else if let Some(error) = error.downcast_ref::<OutputError>() {
        (error.kind(), error.path())
    } else if let Some(error) = error.downcast_ref::<LearnedError>() {
        ("unfit_boilerplate", Some(error.path.as_path()))
    } else if code == USAGE {
        ("usage", None)
    } else if code == COMMITTED {
        ("not_finished", None)
    } else {
        ("failed", None)
    };
    let message = match error.downcast_ref::<clap::Error>() {
        Some(error) => {
            let text = error.to_string();
            let first = text.lines().next().unwrap_or_default();
            first.strip_prefix("error: ").unwrap_or(first).to_owned()
        }
        None => causes(error.as_ref()).join("; "),
    };
    json!({
        "event": "error", "kind": kind, "path": path.map(shown_path), "message": message, "exit_code": code,
    })
}

/// The error, and what caused it. A cause that the one before already quotes is not reported again.
fn causes(error: &(dyn Error + 'static)) -> Vec<String> {
    let mut messages = vec![error.to_string()];
    let mut before = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let message = error.to_string();
        if !before.contains(&message) {
            messages.push(message.clone());
        }
        before = message;
        cause = error.source();
    }
    messages
}

/// The same as a line each.
fn lines(error: &(dyn Error + 'static)) -> String {
    let mut text = String::new();
    for (at, message) in causes(error).iter().enumerate() {
        let lead = if at == 0 {
            "wirecopy: error"
        } else {
            "  because"
        };
        text.push_str(&format!("{lead}: {}\n", message_lines(message)));
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
    fn a_cause_is_reported_once() {
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
