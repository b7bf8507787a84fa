//! `--glob`: which files of a folder are meant. Patterns are those of a `.gitignore`, as `rg -g` takes them: one
//! without a slash is about names, one with a slash about paths below the folder; `!` leaves out; the last
//! that fits counts; and once one of them takes something in, what none takes in is left out.

use std::path::Path;

use ignore::overrides::{Override, OverrideBuilder};

use super::error::CorpusError;

/// The patterns, for one folder.
#[derive(Clone, Debug)]
pub(super) struct Globs {
    all: Override,
    /// Those that take something in, each alone, by their position among all.
    takers: Vec<(usize, Override)>,
}

impl Globs {
    /// The patterns for the files below a folder.
    ///
    /// # Errors
    ///
    /// If one is no pattern.
    pub(super) fn new(root: &Path, patterns: &[String]) -> Result<Globs, CorpusError> {
        let mut all = OverrideBuilder::new(root);
        let mut takers = Vec::new();
        let wrong = |pattern: &str, error: ignore::Error| CorpusError::Glob {
            pattern: pattern.to_owned(),
            message: error.to_string(),
        };
        for (at, pattern) in patterns.iter().enumerate() {
            all.add(pattern).map_err(|error| wrong(pattern, error))?;
            if !pattern.starts_with('!') {
                let mut one = OverrideBuilder::new(root);
                one.add(pattern).map_err(|error| wrong(pattern, error))?;
                takers.push((at, one.build().map_err(|error| wrong(pattern, error))?));
            }
        }
        let all = all.build();
        let all = all.map_err(|error| wrong(&patterns.join(" "), error))?;
        Ok(Globs { all, takers })
    }

    /// Whether files are taken by name, and not only left out.
    pub(super) fn take(&self) -> bool {
        !self.takers.is_empty()
    }

    /// Whether a file, or a folder and all in it, is left out.
    pub(super) fn leave_out(&self, path: &Path, is_folder: bool) -> bool {
        self.all.matched(path, is_folder).is_ignore()
    }

    /// Notes which patterns take a file in.
    pub(super) fn note(&self, path: &Path, used: &mut [bool]) {
        for (at, taker) in &self.takers {
            used[*at] = used[*at] || taker.matched(path, false).is_whitelist();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_that_fits_counts() {
        let out = |patterns: &[&str], path: &str| {
            let patterns: Vec<String> = patterns.iter().map(|&glob| glob.into()).collect();
            let globs = Globs::new(Path::new("in"), &patterns).unwrap();
            globs.leave_out(&Path::new("in").join(path), false)
        };
        assert!(!out(&[], "a.txt"));
        assert!(!out(&["*.jsonl"], "x/a.jsonl") && out(&["*.jsonl"], "x/a.txt"));
        assert!(!out(&["x/*.jsonl"], "x/a.jsonl") && out(&["x/*.jsonl"], "x/y/a.jsonl"));
        assert!(out(&["!*.xz"], "a.jsonl.xz") && !out(&["!*.xz"], "a.txt"));
        assert!(out(&["*.jsonl", "!old*"], "old.jsonl"));
        assert!(!out(&["!old*", "*.jsonl"], "old.jsonl"));
        assert!(!out(&["*.{csv,tsv}"], "a.tsv"));
    }

    #[test]
    fn what_takes_nothing_is_known() {
        let patterns = ["*.csv".to_owned(), "!*.txt".into(), "*.tsv".into()];
        let globs = Globs::new(Path::new("in"), &patterns).unwrap();
        let mut used = [false; 3];
        globs.note(Path::new("in/a.tsv"), &mut used);
        assert_eq!(used, [false, false, true]);
        let said = Globs::new(Path::new("in"), &["a{b".into()]).unwrap_err();
        assert!(said.to_string().contains("a{b"), "{said}");
    }
}
