//! `--config FILE.toml`: flags kept in a file.
//!
//! The names in the file are those of the long flags, and each entry becomes that flag, so both
//! are checked by the same rules. A flag that is on the command line wins, also over one it
//! cannot be combined with. A name that is no flag is an error.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command};
use toml::{Table, Value};

use super::exit::Usage;

/// A configuration file, and the command it is for.
pub(super) struct File<'a> {
    path: PathBuf,
    table: Table,
    command: &'a Command,
    given: ArgMatches,
    /// Names in the command: 2 of `index add`.
    depth: usize,
}

impl<'a> File<'a> {
    /// The file that the command line names, if it names one.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or is not TOML.
    pub(super) fn named_in(
        command: &'a Command,
        matches: &ArgMatches,
    ) -> Result<Option<File<'a>>, Usage> {
        let (mut command, mut given, mut depth) = (command, matches, 0);
        while let Some((name, deeper)) = given.subcommand()
            && let Some(own) = command.find_subcommand(name)
        {
            (command, given, depth) = (own, deeper, depth + 1);
        }
        let Ok(Some(path)) = given.try_get_one::<PathBuf>("config") else {
            return Ok(None);
        };
        let text = std::fs::read_to_string(path).map_err(|error| {
            Usage(format!(
                "{}: cannot read the configuration: {error}; check the path after --config",
                path.display()
            ))
        })?;
        let table = text.parse::<Table>().map_err(|error| {
            let message = error.to_string();
            let message = message.trim_end().replace('\n', "\n  ");
            Usage(format!("{}: not TOML: {message}", path.display()))
        })?;
        Ok(Some(File {
            path: path.clone(),
            table,
            command,
            given: given.clone(),
            depth,
        }))
    }

    /// Words of the command line behind which a flag is one of the command, the program's name
    /// apart.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// What is to be added to the command line.
    ///
    /// # Errors
    ///
    /// If a name is no flag of the command, or a value cannot be one.
    pub(super) fn flags(&self) -> Result<Vec<OsString>, Usage> {
        let mut flags = Vec::new();
        for (name, value) in &self.table {
            let arg = self.flag(name).ok_or_else(|| self.unknown(name))?;
            let beaten = self.is_given(arg)
                || self
                    .command
                    .get_arg_conflicts_with(arg)
                    .into_iter()
                    .any(|arg| self.is_given(arg));
            if !beaten {
                let words = words(name, arg, value).ok_or_else(|| self.unfit(name, arg, value))?;
                flags.extend(words.into_iter().map(OsString::from));
            }
        }
        Ok(flags)
    }

    /// Says that it is the file whose values were refused, and not the command line.
    pub(super) fn blame(&self, error: &clap::Error) -> Usage {
        let text = error.to_string();
        let reason = text.lines().next().unwrap_or_default();
        let reason = reason.strip_prefix("error: ").unwrap_or(reason);
        Usage(format!("{}: {reason}", self.path.display()))
    }

    fn flag(&self, name: &str) -> Option<&Arg> {
        let settable = |arg: &&Arg| {
            matches!(
                arg.get_action(),
                ArgAction::Set | ArgAction::Append | ArgAction::SetTrue
            ) && arg.get_id() != "config"
        };
        self.command
            .get_arguments()
            .filter(settable)
            .find(|arg| arg.get_long() == Some(name))
    }

    fn is_given(&self, arg: &Arg) -> bool {
        self.given.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine)
    }

    fn unknown(&self, name: &str) -> Usage {
        let command = self.command.get_name();
        Usage(format!(
            "{}: unknown key `{name}`: expected the long name of a flag of `wirecopy {command}`, \
             without the dashes; `wirecopy {command} --help` lists them",
            self.path.display()
        ))
    }

    fn unfit(&self, name: &str, arg: &Arg, value: &Value) -> Usage {
        let expected = match arg.get_action() {
            ArgAction::SetTrue => "true or false",
            ArgAction::Append => "a string, a number, or an array of them",
            _ => "a string or a number",
        };
        Usage(format!(
            "{}: `{name}`: expected {expected}, found {} {}",
            self.path.display(),
            article(value),
            value.type_str()
        ))
    }
}

/// An entry of the file as words of a command line; nothing if the value is of a wrong type.
fn words(name: &str, arg: &Arg, value: &Value) -> Option<Vec<String>> {
    let word = |value: &Value| match value {
        Value::String(text) => Some(format!("--{name}={text}")),
        Value::Integer(number) => Some(format!("--{name}={number}")),
        Value::Float(number) => Some(format!("--{name}={number}")),
        _ => None,
    };
    match (arg.get_action(), value) {
        (ArgAction::SetTrue, Value::Boolean(true)) => Some(vec![format!("--{name}")]),
        (ArgAction::SetTrue, Value::Boolean(false)) => Some(Vec::new()),
        (ArgAction::SetTrue, _) => None,
        (ArgAction::Append, Value::Array(values)) => values.iter().map(word).collect(),
        _ => word(value).map(|word| vec![word]),
    }
}

fn article(value: &Value) -> &'static str {
    if value.is_integer() || value.is_array() {
        "an"
    } else {
        "a"
    }
}
