//! `--preset NAME`: flags that were measured together, each of which a flag on the command line or in the
//! configuration beats.

use std::ffi::OsString;

use clap::ArgMatches;
use clap::parser::ValueSource;

use super::args::Preset;

/// What is to be added to the command line, and behind how many words of it, if it names a preset. A
/// configuration has been added already.
pub(super) fn flags(mut matches: &ArgMatches) -> Option<(usize, Vec<OsString>)> {
    let mut behind = 1;
    while let Some((_, deeper)) = matches.subcommand() {
        (matches, behind) = (deeper, behind + 1);
    }
    let presets = matches.try_get_many::<Preset>("preset").ok()??;
    // A command that adds to an index takes its recipe from there.
    let is_free = |name: &str| {
        let name = name.replace('-', "_");
        let is_known = matches.try_contains_id(&name).is_ok();
        is_known && matches.value_source(&name) != Some(ValueSource::CommandLine)
    };
    let mut words: Vec<OsString> = Vec::new();
    let mut taken = Vec::new();
    for (name, value) in presets.flat_map(|preset| preset.flags()) {
        // Of two presets the first counts.
        if is_free(name) && !taken.contains(name) {
            taken.push(name);
            words.push(format!("--{name}={value}").into());
        }
    }
    Some((behind, words))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::args::Cli;

    fn added(words: &str) -> Option<(usize, Vec<String>)> {
        let matches = Cli::command()
            .try_get_matches_from(words.split(' '))
            .unwrap();
        let (behind, words) = flags(&matches)?;
        let words = words.iter().map(|word| word.to_string_lossy().into_owned());
        Some((behind, words.collect()))
    }

    #[test]
    fn a_preset_is_its_flags_but_those_that_are_given() {
        let of = |words: &[&str]| {
            words
                .iter()
                .map(|&word| word.to_owned())
                .collect::<Vec<_>>()
        };
        let all = ["--profile=near", "--shingle=char:5", "--threshold=0.4"];
        assert_eq!(added("wirecopy cluster a -o b"), None);
        assert_eq!(
            added("wirecopy cluster a -o b --preset ocr"),
            Some((2, of(&all)))
        );
        let build = "wirecopy index build a --index i --preset ocr";
        assert_eq!(added(build), Some((3, of(&all))));
        let own = "wirecopy dedup a -o b --preset ocr -t 0.5";
        assert_eq!(added(own), Some((2, of(&all[..2]))));
    }

    #[test]
    fn several_presets_go_together_and_a_command_takes_what_it_knows() {
        let (_, words) = added("wirecopy cluster a -o b --preset ocr,newsplease").unwrap();
        assert!(words.contains(&"--profile=near".to_owned()));
        assert!(words.contains(&"--text-field=maintext,text".to_owned()));
        let (behind, words) =
            added("wirecopy index add --index i a --preset ocr,nexis --date-field day").unwrap();
        assert_eq!(behind, 3);
        assert!(!words.iter().any(|word| word.starts_with("--profile")));
        assert!(!words.iter().any(|word| word.starts_with("--date-field")));
        assert!(
            words
                .iter()
                .any(|word| word.starts_with("--source-field=source,Publication"))
        );
    }
}
