//! The options a run has in the end, from defaults, file and command line, for `run.json`.
//!
//! Only those that shape results: the same results are the same bytes, however they were reached.

use clap::{Arg, ArgAction, ArgMatches, Command, CommandFactory};
use serde_json::{Map, Value};

use super::args::Cli;

/// Options by the long names of their flags.
pub(super) type Options = Map<String, Value>;

/// Flags that do not shape results: what is where, and how a run is carried out.
const WITHOUT_INFLUENCE: [&str; 18] = [
    "config",
    "output",
    "force",
    "threads",
    "memory",
    "temp-dir",
    "no-mmap",
    "dry-run",
    "quiet",
    "progress",
    "color",
    "instructions",
    "report",
    "no-report",
    "report-budget",
    "focus",
    "since",
    "min-outlets",
];

/// Every option of the command that shapes results, by the long name of its flag.
pub(super) fn options(command: &Command, matches: &ArgMatches) -> Options {
    let mut options = Map::new();
    let Some((name, matches)) = matches.subcommand() else {
        return options;
    };
    let Some(command) = command.find_subcommand(name) else {
        return options;
    };
    for arg in command.get_arguments() {
        if let Some(name) = arg.get_long()
            && !WITHOUT_INFLUENCE.contains(&name)
            && let Some(value) = value(arg, matches)
        {
            options.insert(name.to_owned(), value);
        }
    }
    options
}

/// The options of a command that are not its defaults, as flags with their values.
pub(super) fn changed(command: &str, options: &Options) -> Vec<(String, Option<String>)> {
    let cli = Cli::command();
    let usual = cli
        .clone()
        .try_get_matches_from(["wirecopy", command, "input", "-o", "output"])
        .map(|matches| self::options(&cli, &matches))
        .unwrap_or_default();
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let mut flags = Vec::new();
    for (name, value) in options {
        let flag = format!("--{name}");
        match value {
            _ if usual.get(name) == Some(value) => {}
            Value::Bool(true) => flags.push((flag, None)),
            Value::Bool(false) | Value::Null => {}
            Value::Array(values) if name == "glob" => {
                flags.extend(values.iter().map(|glob| (flag.clone(), Some(text(glob)))));
            }
            Value::Array(values) => {
                let values: Vec<String> = values.iter().map(text).collect();
                flags.push((flag, Some(values.join(","))));
            }
            value => flags.push((flag, Some(text(value)))),
        }
    }
    flags
}

fn value(arg: &Arg, matches: &ArgMatches) -> Option<Value> {
    let id = arg.get_id().as_str();
    match arg.get_action() {
        ArgAction::SetTrue => Some(matches.get_flag(id).into()),
        ArgAction::Append => Some(raw(id, matches)?.collect()),
        ArgAction::Set => raw(id, matches)?.next(),
        _ => None,
    }
}

fn raw<'a>(id: &str, matches: &'a ArgMatches) -> Option<impl Iterator<Item = Value> + 'a> {
    let words = matches.get_raw(id)?.map(|word| word.to_string_lossy());
    Some(words.map(|word| match serde_json::from_str(&word) {
        Ok(Value::Number(number)) => number.into(),
        _ => word.into(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options_of(words: &[&str]) -> Options {
        let command = Cli::command();
        let matches = command.clone().try_get_matches_from(words).unwrap();
        options(&command, &matches)
    }

    #[test]
    fn flags_without_influence_exist() {
        let command = Cli::command();
        let cluster = command.find_subcommand("cluster").unwrap();
        for name in WITHOUT_INFLUENCE {
            let known = cluster
                .get_arguments()
                .any(|arg| arg.get_long() == Some(name));
            assert!(known, "{name}");
        }
    }

    #[test]
    fn what_differs_from_the_defaults_can_be_typed_again() {
        assert_eq!(
            changed(
                "cluster",
                &options_of(&["wirecopy", "cluster", "a", "-o", "b"])
            ),
            []
        );
        let words = "wirecopy cluster a -o b -t 0.6 --text-field x,y --format jsonl,csv --no-mmap";
        let words: Vec<&str> = words.split(' ').collect();
        let flags = changed("cluster", &options_of(&words));
        let typed: Vec<String> = flags
            .into_iter()
            .map(|(flag, value)| format!("{flag}={}", value.unwrap_or_default()))
            .collect();
        assert_eq!(
            typed,
            ["--format=jsonl,csv", "--text-field=x,y", "--threshold=0.6"]
        );
    }

    #[test]
    fn defaults_and_flags_stand_together() {
        let words = [
            "wirecopy",
            "dedup",
            "a",
            "-o",
            "b",
            "--threshold",
            "0.7",
            "--threads",
            "3",
        ];
        let options = options_of(&words);
        assert_eq!(options["threshold"], 0.7);
        assert_eq!(options["profile"], "wire");
        assert_eq!(options["merge"], false);
        assert_eq!(options["remove"].as_array().unwrap().len(), 4);
        assert!(!options.contains_key("threads"));
    }
}
